"""How numbers are written: the same quantity the same way everywhere."""

import math
import re
import textwrap

from mlpviz.experiment.language import THIN_SPACE, count_text, tr

MINUS = "−"
MADE_NUMBER = re.compile(r"-?\d+\.\d{13,}(e-?\d+)?", re.ASCII)
SURE_DIGITS, LEAST_NOISE = 13, 5  # of a number that arithmetic has made; that these leave out
FORMULA_WIDTH, INDENT = 90, "    "  # of the lines below a formula, in characters


def not_finite(value: float) -> str:
    """Say in words what is not a finite number."""
    if math.isnan(value):
        return tr("not a number")
    return tr("infinite") if value > 0 else tr("− infinite")


def epoch_text(epoch: int) -> str:
    """Write a count with thin spaces: 12 340."""
    return count_text(epoch)


def formula_words(label: str, formula: str, convention: str) -> str:
    """Write a formula after its name, and below it where others define it otherwise."""
    lines = textwrap.wrap(
        convention, FORMULA_WIDTH, initial_indent=INDENT, subsequent_indent=INDENT
    )
    return "\n".join([f"{label}: {formula}", *lines])


def scale_words(name: str, offset: float, factor: float) -> str:
    """Write how a quantity is scaled: (x − 3) / 5."""
    return f"({name} {MINUS if offset >= 0.0 else '+'} {abs(offset):g}) / {factor:g}"


def loss_text(loss: float) -> str:
    """Write a loss with four decimals, or as a power of ten where these would not do."""
    if not math.isfinite(loss):
        return not_finite(loss)
    if loss == 0.0 or 0.0001 <= abs(loss) < 10_000.0:
        return f"{loss:.4f}".replace("-", MINUS)
    return scientific(loss)


def accuracy_percent(accuracy: float) -> str:
    """Write the share of samples that are right in per cent, with one decimal."""
    return percent(accuracy, 1)


def percent(share: float, decimals: int) -> str:
    """Write a share from 0 to 1 in per cent: 0 only for exactly none, and 100 only for all."""
    text, least = f"{100.0 * share:.{decimals}f}", 10.0**-decimals
    if share > 0.0 and float(text) == 0.0:
        return f"{least:.{decimals}f}"
    if share < 1.0 and float(text) == 100.0:
        return f"{100.0 - least:.{decimals}f}"
    return text


def accuracy_text(accuracy: float) -> str:
    """Write a share from 0 to 1 in per cent."""
    return f"{accuracy_percent(accuracy)}{THIN_SPACE}%"


def r_squared_text(value: float) -> str:
    """Write R² with four decimals, or in at most eight characters where it is far below 0."""
    return value_text(value, 4) if abs(value) < 10.0 else chip_text(value)


def value_text(value: float, decimals: int = 2) -> str:
    """Write a weight, an output or a coordinate with two decimals (or more) and a true minus."""
    if not math.isfinite(value):
        return not_finite(value)
    if abs(value) < 1000.0:
        text = f"{value:.{decimals}f}"
        return text.replace("-", MINUS) if float(text) != 0.0 else text.lstrip("-")
    return scientific(value)


def added_text(value: float) -> str:
    """Write a number that is added to what stands before it: + 2.10, or − 2.10."""
    text = value_text(value).lstrip("+")
    return f"{MINUS} {text[1:]}" if text.startswith(MINUS) else f"+ {text}"


def signed_text(value: float) -> str:
    """Write a number with its sign."""
    text = value_text(value)
    return f"+{text}" if math.isfinite(value) and value > 0 and text != "0.00" else text


def chip_text(value: float) -> str:
    """Write a weight in at most six characters, for a number that stands on an edge."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "+∞" if value > 0 else f"{MINUS}∞"
    return signed_text(value) if abs(value) < 99.995 else scientific(value, 0)


def activation_text(value: float) -> str:
    """Write what a unit gives in at most seven characters, for a number that stands on the unit."""
    if not math.isfinite(value):
        return chip_text(value)
    return value_text(value) if abs(value) < 999.995 else scientific(value, 0)


def share_text(share: float, decimals: int = 2) -> str:
    """Write a share from 0 to 1 in per cent, with two decimals or another number of them."""
    return not_finite(share) if math.isnan(share) else f"{percent(share, decimals)}{THIN_SPACE}%"


def percent_digits(share: float) -> str:
    """Write 100 times a share in as few digits as give this very share back, or all there are."""
    texts = (f"{100.0 * share:.{digits}g}" for digits in range(3, 18))
    return next((text for text in texts if float(text) / 100.0 == share), repr(100.0 * share))


def percent_text(share: float) -> str:
    """Write a share that was chosen in per cent: 12.5 %."""
    return f"{percent_digits(share)}{THIN_SPACE}%"


def short_text(value: float) -> str:
    """Write a round number, as on a scale, in as few characters as it takes."""
    if value != 0.0 and not 0.001 <= abs(value) < 10_000.0:
        return scientific(value, 0)
    return f"{value:g}".replace("-", MINUS)


def without_noise(text: str) -> str:
    """Write a number that arithmetic has made as a person would: 0.3 for 0.30000000000000004.

    The last digits of such a number are those of binary fractions. Any other text stays as it is.
    """
    if MADE_NUMBER.fullmatch(text) is None:
        return text
    short = f"{float(text):.{SURE_DIGITS}g}"
    return short if len(short) <= len(text) - LEAST_NOISE else text


def scientific(value: float, decimals: int = 2) -> str:
    """Write a number as a power of ten: 1.23e5."""
    mantissa, exponent = f"{value:.{decimals}e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)


def speed_text(speed: float | None) -> str:
    """Write a training speed; None is as fast as it goes."""
    if speed is None:
        return tr("flat out")
    return tr("{epochs}/s", epochs=epoch_text(int(speed)))
