"""How a unit is made, in words: for a screen reader, and beside its picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from mlpviz.engine.activations import OUTPUT_ACTIVATIONS, SOFTMAX
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.making import Making
from mlpviz.experiment.words.formats import activation_text, added_text, chip_text, value_text
from mlpviz.experiment.words.names import name_of, sum_name
from mlpviz.experiment.words.spoken import unit_words


@dataclass(frozen=True, slots=True)
class MakingNumbers:
    """The numbers of a unit's making, as they are written beside its pictures.

    Parameters
    ----------
    weights : of the terms shown
    bias : of the unit
    inputs, products : a and w · a of these terms; of no sample none
    others : the sum of the products that are not shown
    z, a : the weighted sum with the bias, and what the unit gives; of no sample ""
    """

    weights: tuple[str, ...]
    bias: str
    inputs: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    others: str = ""
    z: str = ""
    a: str = ""


def making_numbers(making: Making, shown: Sequence[int]) -> MakingNumbers:
    """Write the numbers of a unit's making.

    Parameters
    ----------
    shown : the terms that have room
    """
    weights = tuple(chip_text(float(making.weights[term])) for term in shown)
    bias, sample = chip_text(making.bias), making.sample
    if sample is None:
        return MakingNumbers(weights, bias)
    return MakingNumbers(
        weights,
        bias,
        inputs=tuple(activation_text(float(sample.inputs[term])) for term in shown),
        products=tuple(chip_text(float(sample.products[term])) for term in shown),
        others=chip_text(sample.sum_without(shown)),
        z=activation_text(sample.z),
        a=activation_text(sample.a),
    )


def making_words(recipe: Recipe, making: Making, shown: Sequence[int]) -> str:
    """Say in sentences how a unit is made.

    Parameters
    ----------
    shown : the terms that are named; the others are counted
    """
    layer, unit = making.unit
    terms = [
        f"{added_text(float(making.weights[term]))} · {name_of(recipe, layer - 1, term)}"
        for term in shown
    ]
    whole = " ".join((*terms, added_text(making.bias)))
    sum_words = f"{sum_name(recipe, layer, unit)} = {whole.removeprefix('+ ')}"
    sentences = [_making_sentence(making, unit_words(recipe, layer, unit), sum_words)]
    left_out = len(making.weights) - len(shown)
    if left_out:
        sentences.append(
            tr_plural(
                "{count} weaker term is not shown.", "{count} weaker terms are not shown.", left_out
            )
        )
    sample = making.sample
    if sample is not None:
        sentences.append(
            tr(
                "For sample {number}, {sum_name} = {sum} and {unit_name} = {value}.",
                number=sample.number,
                sum_name=sum_name(recipe, layer, unit),
                sum=value_text(sample.z),
                unit_name=name_of(recipe, layer, unit),
                value=value_text(sample.a),
            )
        )
    return " ".join(sentences)


def _making_sentence(making: Making, unit: str, sum_words: str) -> str:
    if making.activation is None:
        return tr("How {unit} is made: {sum}, with no activation.", unit=unit, sum=sum_words)
    if making.activation == SOFTMAX:
        return tr("How {unit} is made: {sum}, then softmax over all z.", unit=unit, sum=sum_words)
    label = tr(OUTPUT_ACTIVATIONS[making.activation].label)
    return tr(
        "How {unit} is made: {sum}, then {activation}.", unit=unit, sum=sum_words, activation=label
    )


def more_words(count: int) -> str:
    """Say how many terms there is no room for."""
    return tr_plural("and {count} more", "and {count} more", count)
