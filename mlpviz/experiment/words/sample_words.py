"""What is said of one sample: where it is, and what the units of the network give for it."""

import math

from mlpviz.engine.activations import SOFTMAX
from mlpviz.engine.network import ForwardPass
from mlpviz.engine.scores import NO_CLASS
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.readings import predicted_class, softmax_powers
from mlpviz.experiment.words.formats import loss_text, not_finite, value_text
from mlpviz.experiment.words.names import LONGEST_NAME, elided_chars, name_of, sum_name
from mlpviz.experiment.words.own_units import input_units, target_unit


def sample_words(frame: Frame, sample: int, values: ForwardPass) -> str:
    """Name a sample, its place and its output; of several that of the class which is predicted.

    Of own data all that are numbers have the names and units of their table.

    Parameters
    ----------
    values : of `Frame.forward_at` at its place
    """
    x1, x2 = frame.X[sample].tolist()
    return tr(
        "sample {number}: {place}, {output}",
        number=sample,
        place=_place_words(frame.recipe.used_own, x1, x2),
        output=_output_words(frame.recipe, values),
    )


def short_sample_words(frame: Frame, sample: int, values: ForwardPass) -> tuple[str, ...]:
    """Name a sample in ever fewer words, for where there is no room: with its output, and without.

    Parameters
    ----------
    values : as of `sample_words`
    """
    output = _output_words(frame.recipe, values)
    return (
        tr("sample {number}: {value}", number=sample, value=output),
        tr("sample {number}", number=sample),
    )


def _place_words(own: OwnData | None, x1: float, x2: float) -> str:
    if own is None:
        return f"x₁ {value_text(x1)}, x₂ {value_text(x2)}"
    pairs = zip(input_units(own), (x1, x2), strict=True)
    return ", ".join(f"{elided_chars(unit.name, LONGEST_NAME)} {unit.text(x)}" for unit, x in pairs)


def _output_words(recipe: Recipe, values: ForwardPass) -> str:
    outputs = values.activations[-1]
    unit = None if recipe.used_own is None else target_unit(recipe.used_own)
    if unit is not None:
        return tr(
            "predicted {target} {value}",
            target=elided_chars(unit.name, LONGEST_NAME),
            value=unit.computed_text(float(outputs[0])),
        )
    if len(outputs) == 1:
        return f"ŷ {value_text(float(outputs[0]))}"
    number = predicted_class(outputs)
    if number == NO_CLASS:
        return f"ŷ {not_finite(math.nan)}"
    name = name_of(recipe, len(recipe.activations), number)
    value = value_text(float(outputs[number]))
    return tr("largest {output} {value}", output=name, value=value)


def unit_sample_lines(
    recipe: Recipe, sample: int, values: ForwardPass, layer: int, unit: int
) -> list[str]:
    """Say in lines what a unit gives for a sample, and of softmax how it comes by that.

    Parameters
    ----------
    values : as of `sample_words`
    """
    value = float(values.activations[layer][unit])
    if layer < len(recipe.activations) or recipe.activations[-1] != SOFTMAX:
        return [tr("sample {number}: {value}", number=sample, value=value_text(value, 4))]
    place, sums = (recipe, layer, unit), values.sums[-1]
    powers, total = softmax_powers(sums)
    share = f"{loss_text(float(powers[unit]))} / {loss_text(total)} = "
    has_share = 0.0 < total < math.inf  # softmax does without such powers
    weighted_sum = f"{sum_name(*place)} = {value_text(float(sums[unit]), 4)}"
    return [
        tr("sample {number}: {value}", number=sample, value=weighted_sum),
        f"{name_of(*place)} = {share if has_share else ''}{loss_text(value)}",
    ]
