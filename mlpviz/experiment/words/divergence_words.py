"""What is said of numbers that are not finite: where, what was computed, why, and what helps."""

import math
from dataclasses import replace

from mlpviz.engine.activations import SOFTMAX
from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.catalogue import REPORT_DATASETS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.diagnosis import Divergence, Mechanism, Outside, Quantity
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.words.formats import epoch_text, not_finite, scientific, value_text
from mlpviz.experiment.words.names import layer_name
from mlpviz.experiment.words.remedies import Remedy, activations_on, smaller_steps

# What an output of exactly 0 or 1 leads to.
AT_ZERO = {Mechanism.ZERO_TIMES_LOG_ZERO: "0 · log 0", Mechanism.LOG_OF_ZERO: "log 0 = −∞"}
OVERFLOWS = {
    Quantity.SAMPLE_LOSS: marked(
        "{place}: ({value})² overflows, because the weights are as large as {size}."
    ),
    Quantity.WEIGHTED_SUM: marked(
        "{place}: the weighted sum is {value}, because the weights are as large as {size}."
    ),
    Quantity.DIFFERENCE: marked(
        "{place}: the difference of two z overflows, because the weights are as large as {size}."
    ),
    Quantity.MEAN_LOSS: marked(
        "{place}: the sum of the losses overflows, because the weights are as large as {size}."
    ),
    Quantity.SLOPE: marked(
        "{place}: the slope of the loss overflows, because the weights are as large as {size}."
    ),
    Quantity.GRADIENT: marked(
        "{place}: the gradient overflows, because the weights are as large as {size}."
    ),
    Quantity.STEP: marked("{place}: the step overflows, because the steps are too long."),
    Quantity.PARAMETER: marked(
        "{place}: the weight or bias overflows, because the steps are too long."
    ),
}


def is_finite_again(frame: Frame) -> bool:
    """Tell whether nothing is left of what was not finite."""
    return math.isfinite(frame.loss) and frame.first_nonfinite_weight_epoch is None


def divergence_text(frame: Frame, divergence: Divergence) -> str:
    """Say which number first was not finite, and how far that has spread."""
    recipe, outside = frame.recipe, divergence.outside
    if outside is not None:
        what = _outside_text(recipe, divergence, outside)
    else:
        what = _operation(recipe, divergence, _place(recipe, divergence))
    if is_finite_again(frame):
        was = (
            tr("The loss was not a number, but is finite again.")
            if math.isnan(divergence.loss)
            else tr("The loss was infinite, but is finite again.")
        )
        return f"{what} {was}"
    if outside is not None:
        return f"{what} {_brief_extent(divergence, frame.first_nonfinite_weight_epoch)}"
    sentences = [what, _extent(frame, divergence)]
    if divergence.last_finite_epoch is not None:
        epoch = epoch_text(divergence.last_finite_epoch)
        sentences.append(tr("Last finite state: epoch {epoch}.", epoch=epoch))
    return " ".join(sentences)


def _outside_text(recipe: Recipe, divergence: Divergence, outside: Outside) -> str:
    """Say why a logarithm does not exist: that of an output which the activation leaves free."""
    places = {"sample": outside.sample, "output": _exactly(outside.output)}
    if outside.unit is not None:
        why = tr(
            "Cross-entropy needs outputs between 0 and 1; without softmax sample {sample} gives "
            "{output} for class {number}, and the logarithm of that does not exist.",
            number=outside.unit,
            **places,
        )
    elif outside.output < 0.0:
        why = tr(
            "Cross-entropy needs an output between 0 and 1; without the sigmoid sample {sample} "
            "gives {output}, and the logarithm of that does not exist.",
            **places,
        )
    else:
        why = tr(
            "Cross-entropy needs an output between 0 and 1; without the sigmoid sample {sample} "
            "gives {output}, and the logarithm of 1 − {output} does not exist.",
            **places,
        )
    first, formula = divergence.sample, AT_ZERO.get(divergence.mechanism)
    if formula is None or first == outside.sample:
        return why
    return f"{why} {tr('Sample {sample} gives {formula}.', sample=first, formula=formula)}"


def _brief_extent(divergence: Divergence, weight_epoch: int | None) -> str:
    """Say what is not finite by now, after a long sentence."""
    epoch = epoch_text(divergence.epoch)
    if weight_epoch is None:
        return tr(
            "The loss has not been finite since epoch {epoch}; the weights still are.", epoch=epoch
        )
    return tr(
        "Not finite: loss since epoch {epoch}, weights since epoch {weight_epoch}.",
        epoch=epoch,
        weight_epoch=epoch_text(weight_epoch),
    )


def _place(recipe: Recipe, divergence: Divergence) -> str:
    """Name the place: "Epoch 3, hidden layer 2, sample 0"."""
    epoch, layer = epoch_text(divergence.epoch), layer_name(recipe, divergence.layer)
    if divergence.sample is None:
        return tr("Epoch {epoch}, {layer}", epoch=epoch, layer=layer)
    return tr(
        "Epoch {epoch}, {layer}, sample {sample}",
        epoch=epoch,
        layer=layer,
        sample=divergence.sample,
    )


def _operation(recipe: Recipe, divergence: Divergence, place: str) -> str:
    """Say what was computed, and why it has no finite result."""
    if divergence.mechanism is Mechanism.OVERFLOW:
        return _overflow(recipe, divergence, place)
    if divergence.mechanism is Mechanism.LOG_OF_NEGATIVE:
        return _logarithm(divergence, place)
    if divergence.mechanism is Mechanism.DIVISION_BY_ZERO:
        return _division(recipe, divergence, place)
    formula, digit = AT_ZERO[divergence.mechanism], _digit(divergence)
    if name := _saturated(recipe, divergence):
        return tr(
            "{place}: {formula}, because the {activation} saturated to exactly {digit}.",
            place=place,
            formula=formula,
            activation=name,
            digit=digit,
        )
    if divergence.unit is None:
        return tr(
            "{place}: {formula}, because the output is exactly {digit}.",
            place=place,
            formula=formula,
            digit=digit,
        )
    return tr(
        "{place}: {formula}, because the output for class {number} is exactly {digit}.",
        place=place,
        formula=formula,
        number=divergence.unit,
        digit=digit,
    )


def _division(recipe: Recipe, divergence: Divergence, place: str) -> str:
    digit = _digit(divergence)
    if name := _saturated(recipe, divergence):
        return tr(
            "{place}: the slope of the loss divides by 0, because the {activation} saturated to "
            "exactly {digit}.",
            place=place,
            activation=name,
            digit=digit,
        )
    if divergence.unit is None:
        return tr(
            "{place}: the slope of the loss divides by 0, because the output is exactly {digit}.",
            place=place,
            digit=digit,
        )
    return tr(
        "{place}: the slope of the loss divides by 0, because the output for class {number} is "
        "exactly {digit}.",
        place=place,
        number=divergence.unit,
        digit=digit,
    )


def _logarithm(divergence: Divergence, place: str) -> str:
    operand = _exactly(divergence.operand)
    if divergence.output >= 0.0:
        return tr(
            "{place}: log(1 − ŷ) = log({operand}), because the output {output} is outside (0, 1).",
            place=place,
            operand=operand,
            output=_exactly(divergence.output),
        )
    if divergence.unit is None:
        return tr(
            "{place}: log({operand}), because the output is outside (0, 1).",
            place=place,
            operand=operand,
        )
    return tr(
        "{place}: log({operand}), because the output for class {number} is outside (0, 1).",
        place=place,
        operand=operand,
        number=divergence.unit,
    )


def _overflow(recipe: Recipe, divergence: Divergence, place: str) -> str:
    quantity = divergence.quantity
    is_plain = (recipe.optimizer, recipe.regularization) == ("gradient_descent", "none")
    if quantity is Quantity.STEP and is_plain:
        return tr(
            "{place}: learning rate · gradient overflows, because the steps are too long.",
            place=place,
        )
    return tr(
        OVERFLOWS[quantity],
        place=place,
        value=_as_power(divergence.operand),
        size=_as_power(divergence.largest_weight),
    )


def _as_power(value: float) -> str:
    """Write a number as a power of ten, or say what it is instead of one."""
    return scientific(value) if math.isfinite(value) else not_finite(value)


def _saturated(recipe: Recipe, divergence: Divergence) -> str:
    """Return the activation whose saturation is why the output is exactly 0 or 1; "" for none."""
    name = recipe.activations[-1]
    is_saturated = name == "sigmoid" or (name == "tanh" and divergence.output == 1.0)
    return name if is_saturated else ""


def _digit(divergence: Divergence) -> str:
    return "1" if divergence.output == 1.0 else "0"


def _exactly(value: float) -> str:
    """Write a number so that what is below 0 or above 1 does not read 0.00 or 1.00."""
    text = value_text(value)
    if text == "1.00":
        return f"1 + {scientific(value - 1.0)}"
    return scientific(value) if text == "0.00" else text


def _extent(frame: Frame, divergence: Divergence) -> str:
    """Say what is not finite by now: the loss, the weights, or both."""
    if divergence.weights_are_finite:
        return _extent_from_loss(divergence, frame.first_nonfinite_weight_epoch)
    epoch = frame.curve.first_nonfinite_epoch
    if epoch is None:
        return tr("The weights have not been finite since; the loss still is.")
    if epoch == divergence.epoch:
        return tr("Neither weights nor loss have been finite since.")
    return tr(
        "The weights have not been finite since, nor the loss since epoch {epoch}.",
        epoch=epoch_text(epoch),
    )


def _extent_from_loss(divergence: Divergence, weight_epoch: int | None) -> str:
    is_nan = math.isnan(divergence.loss)
    if weight_epoch is None:
        return (
            tr("The loss has not been a number since; the weights are still finite.")
            if is_nan
            else tr("The loss has been infinite since; the weights are still finite.")
        )
    epoch = epoch_text(weight_epoch)
    if is_nan:
        return tr(
            "The loss has not been a number since, nor the weights since epoch {epoch}.",
            epoch=epoch,
        )
    return tr(
        "The loss has been infinite since, and the weights not finite since epoch {epoch}.",
        epoch=epoch,
    )


def divergence_remedies(recipe: Recipe, divergence: Divergence) -> tuple[Remedy, ...]:
    """Offer what keeps it from happening."""
    if recipe.activations_off:
        return (activations_on(recipe),)
    if recipe.loss == "cross_entropy" and recipe.output_activation not in ("sigmoid", SOFTMAX):
        return (Remedy(tr("Sigmoid output"), replace(recipe, output_activation="sigmoid")),)
    if recipe.numerics == "textbook" and divergence.mechanism is not Mechanism.OVERFLOW:
        return (Remedy(tr("Stable numerics"), replace(recipe, numerics="stable")),)
    return smaller_steps(recipe)


def counted_wrong_words(recipe: Recipe) -> str:
    """Say how a prediction that is not a number is counted, and how a well-known report did."""
    counted = tr("A prediction that is not a number counts as wrong.")
    if not recipe.activations_off or recipe.dataset not in REPORT_DATASETS:
        return counted
    in_report = tr(
        "The 49 % of the report that these experiments are from came from NaN > 0.5 being "
        "false: it took such a prediction for class 0."
    )
    return f"{counted} {in_report}"
