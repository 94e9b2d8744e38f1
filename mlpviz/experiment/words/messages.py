"""What the message bar says: sentences for a student, from the facts of this very run."""

import math
from dataclasses import dataclass, replace

from mlpviz.engine.activations import SOFTMAX
from mlpviz.engine.features import PLANE, feature_labels
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.diagnosis import Divergence, Mechanism, Quantity
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.symptoms import RANGES, SATURATED, Kind, StuckUnits, Symptom
from mlpviz.experiment.words.formats import (
    epoch_text,
    loss_text,
    not_finite,
    scientific,
    share_text,
    short_text,
    value_text,
)
from mlpviz.experiment.words.names import SUBSCRIPTS

# What an output of exactly 0 or 1 leads to.
AT_ZERO = {
    Mechanism.ZERO_TIMES_LOG_ZERO: "0 · log 0",
    Mechanism.LOG_OF_ZERO: "log 0 = −∞",
    Mechanism.DIVISION_BY_ZERO: "the slope of the loss divides by 0",
}


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, whether it is a warning, and what helps.

    Parameters
    ----------
    text : one or two sentences; may be empty
    is_warning : whether something went wrong
    remedy : words for a button; empty for none
    recipe : the recipe that the button brings
    is_hint : whether it only says what could be done now, so that it can wait
    """

    text: str
    is_warning: bool = False
    remedy: str = ""
    recipe: Recipe | None = None
    is_hint: bool = False


def message_for(update: Update) -> Message:
    """Choose what to say about an update; the first thing that applies."""
    if not update.frames:
        return Message(update.error, is_warning=bool(update.error))
    if update.error:
        return Message(f"{update.error}. Reset starts over.", is_warning=True)
    if update.share_restored is not None:
        return restored_message(update.share_restored)
    frame = update.frames[0]
    if isinstance(frame.diagnosis, Divergence):
        return _divergence_message(frame, frame.diagnosis)
    if frame.diagnosis is not None:
        remedy = _symptom_remedy(frame.recipe, frame.diagnosis)
        return Message(_symptom_text(frame.recipe, frame.diagnosis), True, *remedy)
    if update.is_under_way:
        return _under_way_message(update)
    if update.is_at_limit:
        limit = epoch_text(frame.recipe.epochs)
        return Message(
            f"Paused at epoch {epoch_text(frame.epoch)}: the limit is {limit} epochs. "
            "Play goes on without a limit."
        )
    if frame.epoch == 0 and not update.is_playing:
        begun = f"{_begun_words(frame)} Press Space to train, → for one epoch."
        return Message(begun, is_hint=True)
    return Message("")


def restored_message(share: float) -> Message:
    """Say how far runs are that come back."""
    return Message(f"The run before is computed again: {share_text(share, 0)}.", is_hint=True)


def _under_way_message(update: Update) -> Message:
    epoch = epoch_text(update.frames[0].epoch + 1)
    if update.is_held:
        return Message(f"Paused in the middle of epoch {epoch}. Play completes it.", is_hint=True)
    return Message(f"Epoch {epoch} is under way.", is_hint=True)


def _begun_words(frame: Frame) -> str:
    """Say what the weights of epoch 0 are: those of the seed, or others that can be trained."""
    if any(change.edits for change in frame.changes):
        return "Epoch 0, with weights set by hand."
    return "Untrained." if frame.recipe.start is None else "Epoch 0, from given weights."


# Numbers that are not finite


def _divergence_message(frame: Frame, divergence: Divergence) -> Message:
    where = f"{_place(frame.recipe, divergence)}: {_operation(frame.recipe, divergence)}."
    if math.isfinite(frame.loss) and frame.first_nonfinite_weight_epoch is None:
        return Message(f"{where} The loss was {_broken(divergence)}, but is finite again.")
    text = f"{where} {_extent(frame, divergence)}"
    if divergence.last_finite_epoch is not None:
        text += f" Last finite state: epoch {epoch_text(divergence.last_finite_epoch)}."
    return Message(text, True, *_divergence_remedy(frame.recipe, divergence))


def _place(recipe: Recipe, divergence: Divergence) -> str:
    place = f"Epoch {epoch_text(divergence.epoch)}, {_layer_name(recipe, divergence.layer)}"
    return place if divergence.sample is None else f"{place}, sample {divergence.sample}"


def _layer_name(recipe: Recipe, layer: int) -> str:
    if layer > len(recipe.hidden):
        return "output layer"
    return "hidden layer" if len(recipe.hidden) == 1 else f"hidden layer {layer}"


def _operation(recipe: Recipe, divergence: Divergence) -> str:
    """Write what was computed, and why it has no finite result."""
    if divergence.mechanism is Mechanism.OVERFLOW:
        return f"{_overflow(recipe, divergence)}, because {_overflow_cause(divergence)}"
    if divergence.mechanism is Mechanism.LOG_OF_NEGATIVE:
        logarithm = f"log({_exactly(divergence.operand)})"
        if divergence.output < 0.0:
            return f"{logarithm}, because {_output_name(divergence)} is outside (0, 1)"
        output = _exactly(divergence.output)
        return f"log(1 − ŷ) = {logarithm}, because the output {output} is outside (0, 1)"
    return f"{AT_ZERO[divergence.mechanism]}, because {_saturation(recipe, divergence)}"


def _output_name(divergence: Divergence) -> str:
    return "the output" if divergence.unit is None else f"the output for class {divergence.unit}"


def _overflow(recipe: Recipe, divergence: Divergence) -> str:
    quantity = divergence.quantity
    if quantity is Quantity.SAMPLE_LOSS:
        return f"({scientific(divergence.operand)})² overflows"
    if quantity is Quantity.WEIGHTED_SUM:
        return f"the weighted sum is {not_finite(divergence.operand)}"
    is_plain = (recipe.optimizer, recipe.regularization) == ("gradient_descent", "none")
    if quantity is Quantity.STEP and is_plain:
        return "learning rate · gradient overflows"
    return f"the {quantity.value} overflows"


def _overflow_cause(divergence: Divergence) -> str:
    if divergence.quantity in (Quantity.STEP, Quantity.PARAMETER):
        return "the steps are too long"
    return f"the weights are as large as {scientific(divergence.largest_weight)}"


def _saturation(recipe: Recipe, divergence: Divergence) -> str:
    """Say how the output came to be exactly 0 or 1."""
    output = divergence.output
    digit = "1" if output == 1.0 else "0"
    name = recipe.activations[-1]
    if name == "sigmoid" or (name == "tanh" and output == 1.0):
        return f"the {name} saturated to exactly {digit}"
    return f"{_output_name(divergence)} is exactly {digit}"


def _exactly(value: float) -> str:
    """Write a number so that what is below 0 or above 1 does not read 0.00 or 1.00."""
    text = value_text(value)
    if text == "1.00":
        return f"1 + {scientific(value - 1.0)}"
    return scientific(value) if text == "0.00" else text


def _extent(frame: Frame, divergence: Divergence) -> str:
    """Say what is not finite by now: the loss, the weights, or both."""
    weight_epoch = frame.first_nonfinite_weight_epoch
    if divergence.weights_are_finite:
        loss = f"The loss is {_broken(divergence)} since then"
        if weight_epoch is None:
            return f"{loss}; the weights are still finite."
        return f"{loss}, and the weights since epoch {epoch_text(weight_epoch)}."
    loss_epoch = frame.curve.first_nonfinite_epoch
    if loss_epoch is None:
        return "The weights are not finite since then; the loss still is."
    if loss_epoch == divergence.epoch:
        return "Neither weights nor loss are finite since then."
    return f"The weights are not finite since then, and the loss since epoch {loss_epoch}."


def _broken(divergence: Divergence) -> str:
    return "not a number" if math.isnan(divergence.loss) else "infinite"


def _divergence_remedy(recipe: Recipe, divergence: Divergence) -> tuple[str, Recipe | None]:
    if recipe.activations_off:
        return "Activations on", replace(recipe, activations_off=False)
    if recipe.loss == "cross_entropy" and recipe.output_activation not in ("sigmoid", SOFTMAX):
        return "Sigmoid output", replace(recipe, output_activation="sigmoid")
    if recipe.numerics == "textbook" and divergence.mechanism is not Mechanism.OVERFLOW:
        return "Stable numerics", replace(recipe, numerics="stable")
    return _smaller_steps(recipe)


def _smaller_steps(recipe: Recipe) -> tuple[str, Recipe | None]:
    rate = recipe.learning_rate / 10.0
    if rate == 0.0:  # the smallest number there is, divided by ten
        return "", None
    return "Learning rate ÷ 10", replace(recipe, learning_rate=rate)


# Networks that do not learn


def _symptom_text(recipe: Recipe, symptom: Symptom) -> str:
    rate, guessing = short_text(recipe.learning_rate), _guessing(recipe, symptom)
    first, loss = loss_text(symptom.first_loss), loss_text(symptom.loss)
    epoch = epoch_text(symptom.epoch)
    if symptom.stuck is not None:
        return _stuck_text(recipe, symptom, symptom.stuck)
    if symptom.kind is Kind.GROWTH:
        return (
            f"The loss has grown from {first} to {loss} by epoch {epoch}: the steps are so long "
            f"that they lead uphill. The learning rate {rate} is too large."
        )
    if symptom.kind is Kind.OSCILLATION:
        return (
            f"The loss goes up and down and gets hardly lower than by guessing, {guessing}: the "
            "steps are so long that they jump across the valley. "
            f"The learning rate {rate} is too large."
        )
    if symptom.kind is Kind.ONE_LINE:
        return (
            f"{_linear_map(recipe)}{_no_line(recipe)} "
            f"{_fits(recipe)}. The loss stays at that of guessing, {guessing}."
        )
    outputs = "the share of its class" if recipe.outputs > 1 else value_text(symptom.guess)
    return (
        f"The network has learned nothing in {epoch} epochs: the loss stays at that of guessing, "
        f"{guessing}, and every output is about {outputs}."
    )


def _guessing(recipe: Recipe, symptom: Symptom) -> str:
    """Write the loss of guessing; of K classes of about the same size it is ln K."""
    text, count = loss_text(symptom.guess_loss), recipe.class_count
    if recipe.loss != "cross_entropy" or abs(symptom.guess_loss - math.log(count)) >= 0.005:
        return text
    return f"{text} ≈ ln {count}"


def _fits(recipe: Recipe) -> str:
    if recipe.is_regression:
        return "fits these targets"
    is_plural = recipe.outputs > 1 and recipe.features == PLANE
    return "part these classes" if is_plural else "parts these classes"


def _linear_map(recipe: Recipe) -> str:
    if not recipe.hidden:
        return "Without hidden layers the network is one linear map"
    return f"With the hidden activations off the network is one linear map, {_product(recipe)}"


def _no_line(recipe: Recipe) -> str:
    """Say what does not part the classes: of other inputs it is more than a line, or less."""
    if recipe.features == PLANE:
        if recipe.is_regression:
            return ", and no plane"
        if recipe.outputs > 1:
            return ": its boundaries are straight lines, and no such lines"
        return ": its boundary is one straight line, and no line"
    return f", and no weighted sum of {feature_labels(recipe.features)}"


def _product(recipe: Recipe) -> str:
    names = [f"W{layer}".translate(SUBSCRIPTS) for layer in range(1, len(recipe.hidden) + 2)]
    return "·".join(names) if len(names) < 5 else f"{names[0]}·…·{names[-1]}"


def _stuck_text(recipe: Recipe, symptom: Symptom, stuck: StuckUnits) -> str:
    since = " from the start" if symptom.is_from_start else ""
    if symptom.kind is Kind.DEAD_UNITS:
        return (
            f"{_stuck_units(recipe, stuck)} dead{since}: ReLU gives 0 on every sample. "
            "Its slope is 0 there, so no weight that leads there can learn."
        )
    low, high = RANGES[recipe.activations[stuck.layer - 1]]
    ends = f"{short_text(low)} or {short_text(high)}"
    return (
        f"{_stuck_units(recipe, stuck)} saturated{since}: within {SATURATED} of {ends} on every "
        "sample. The slope is almost 0 there, so the weights that lead there hardly learn."
    )


def _stuck_units(recipe: Recipe, stuck: StuckUnits) -> str:
    count, size = len(stuck.units), stuck.layer_size
    layer = _layer_name(recipe, stuck.layer)
    if not layer[-1].isdigit():
        layer = f"the {layer}"
    if size == 1:
        return f"The unit of {layer} is"
    return (
        f"All {size} units of {layer} are"
        if count == size
        else f"{count} of {size} units of {layer} are"
    )


def _symptom_remedy(recipe: Recipe, symptom: Symptom) -> tuple[str, Recipe | None]:
    if symptom.kind is Kind.ONE_LINE:
        return _bend(recipe)
    is_held = recipe.regularization != "none" and recipe.regularization_rate > 0.0
    if symptom.kind is Kind.PLATEAU and is_held:
        return "Regularization off", replace(recipe, regularization="none")
    if symptom.kind is Kind.PLATEAU or symptom.is_from_start:
        return "New weights", recipe.with_new_weights()
    return _smaller_steps(recipe)


def _bend(recipe: Recipe) -> tuple[str, Recipe]:
    """Offer what makes more of the network than one linear map."""
    if not recipe.hidden:
        return "Hidden layers", revised(recipe, hidden=Recipe().hidden)
    if recipe.activations_off:
        return "Activations on", replace(recipe, activations_off=False)
    return "Hidden activations on", replace(recipe, hidden_activation="sigmoid")


def linear_words(frame: Frame) -> str:
    """Write the product of all layers as the one linear map that it is; "" where units bend it."""
    found = frame.linear_map() if frame.recipe.hidden else None
    if found is None:
        return ""
    (w1, w2), b = found[0].tolist(), found[1]
    if not any(map(math.isfinite, (w1, w2, b))):
        return f"{_product(frame.recipe)}: not a number"
    return f"{_product(frame.recipe)}: z = {value_text(w1)} x₁ {_term(w2)} x₂ {_term(b)}"


def _term(value: float) -> str:
    """Write a number as what is added to others, its sign apart."""
    text = value_text(value)
    return f"− {text[1:]}" if text.startswith("−") else f"+ {text}"
