"""What the message bar says: sentences for a student, from the facts of this very run."""

import math
from dataclasses import dataclass, replace

from mlpviz.experiment.diagnosis import Divergence, Mechanism
from mlpviz.experiment.frame import Frame
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.runner import Update
from mlpviz.gui.formats import epoch_text, not_finite, scientific, value_text


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, whether it is a warning, and what helps.

    Parameters
    ----------
    text : one or two sentences; may be empty
    is_warning : whether something went wrong
    remedy : words for a button; empty for none
    recipe : the recipe that the button brings
    """

    text: str
    is_warning: bool = False
    remedy: str = ""
    recipe: Recipe | None = None


def message_for(update: Update) -> Message:
    """Choose what to say about an update; the first thing that applies."""
    if update.error:
        return Message(f"{update.error}. Reset starts over.", is_warning=True)
    frame = update.frames[0]
    if frame.divergence is not None:
        return _divergence_message(frame, frame.divergence)
    if frame.first_nonfinite_weight_epoch is not None:
        return Message(_weights_sentence(frame), True, *_smaller_steps(frame.recipe))
    if update.is_at_limit:
        limit = epoch_text(frame.recipe.epochs)
        return Message(
            f"Paused at epoch {epoch_text(frame.epoch)}: the limit is {limit} epochs. "
            "Play goes on without a limit."
        )
    if frame.epoch == 0 and not update.is_playing:
        return Message("Untrained. Press Space to train, → for one epoch.")
    return Message("")


def _divergence_message(frame: Frame, divergence: Divergence) -> Message:
    if math.isfinite(frame.loss):
        return Message(f"{_loss_sentence(divergence, 'was')} It is finite again.")
    text = f"{_loss_sentence(divergence, 'is')} {_weights_sentence(frame)}"
    recipe = frame.recipe
    if recipe.activations_off:
        return Message(text, True, "Activations on", replace(recipe, activations_off=False))
    if recipe.loss == "cross_entropy" and recipe.output_activation != "sigmoid":
        return Message(text, True, "Sigmoid output", replace(recipe, output_activation="sigmoid"))
    if recipe.numerics == "textbook" and divergence.mechanism is not Mechanism.OVERFLOW:
        return Message(text, True, "Stable numerics", replace(recipe, numerics="stable"))
    return Message(text, True, *_smaller_steps(recipe))


def _loss_sentence(divergence: Divergence, verb: str) -> str:
    what = "not a number" if math.isnan(divergence.loss) else "infinite"
    when = "since" if verb == "is" else "at"
    epoch = epoch_text(divergence.epoch)
    return f"The loss {verb} {what} {when} epoch {epoch}: {_reason(divergence)}."


def _reason(divergence: Divergence) -> str:
    output, sample = divergence.output, divergence.sample
    exact = "1" if output == 1.0 else "0"
    if divergence.mechanism is Mechanism.LOG_OF_NEGATIVE:
        if output < 0.0:
            return (
                f"the output for sample {sample} is {_exactly(output)}, "
                "and log of a negative number does not exist"
            )
        return (
            f"the output for sample {sample} is {_exactly(output)}, so 1 − ŷ is negative, "
            "and log of a negative number does not exist"
        )
    if divergence.mechanism is Mechanism.ZERO_TIMES_LOG_ZERO:
        return f"the output for sample {sample} is exactly {exact}, and 0 · log 0 is not a number"
    if divergence.mechanism is Mechanism.LOG_OF_ZERO:
        return f"the output for sample {sample} is exactly {exact}, and log 0 is −∞"
    if abs(output) <= 1.0:  # the output is none of the numbers that grew too large
        return "the numbers that it is the sum of are too large to go on with"
    if math.isfinite(output):
        return f"the output for sample {sample} is {_exactly(output)}, too large to go on with"
    return f"the output for sample {sample} is {not_finite(output)}, because the sums overflowed"


def _exactly(output: float) -> str:
    """Write an output so that what is below 0 or above 1 does not read 0.00 or 1.00."""
    text = value_text(output)
    if text == "1.00":
        return f"1 + {scientific(output - 1.0)}"
    return scientific(output) if text == "0.00" else text


def _weights_sentence(frame: Frame) -> str:
    epoch = frame.first_nonfinite_weight_epoch
    if epoch is None:
        return "The weights are still finite."
    return f"The weights are not finite since epoch {epoch_text(epoch)}."


def _smaller_steps(recipe: Recipe) -> tuple[str, Recipe | None]:
    rate = recipe.learning_rate / 10.0
    if rate == 0.0:  # the smallest number there is, divided by ten
        return "", None
    return "Learning rate ÷ 10", replace(recipe, learning_rate=rate)
