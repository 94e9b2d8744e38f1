"""What the parts of a network, the data and the classes are called."""

from collections.abc import Sequence

from mlpviz.engine.features import FEATURES, PLANE
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place

SUBSCRIPTS = str.maketrans("0123456789,", "₀₁₂₃₄₅₆₇₈₉,")
LONGEST_NAME = 14  # characters, in a line of text


def unit_name(
    layer: int,
    unit: int,
    layer_count: int,
    features: Sequence[str] = PLANE,
    outputs: int = 1,
) -> str:
    """Name a unit: x₁ for an input, h₁,₂ for the second of the first layer, ŷ for the output.

    Of several outputs each has the number of its class: ŷ₀, ŷ₁, ŷ₂.

    Parameters
    ----------
    features : of the recipe, which name the inputs
    outputs : units of the output layer
    """
    if layer == 0:
        return FEATURES[features[unit]].label
    if layer == layer_count - 1:
        return "ŷ" if outputs == 1 else f"ŷ{unit}".translate(SUBSCRIPTS)
    return "h" + f"{layer},{unit + 1}".translate(SUBSCRIPTS)


def name_of(recipe: Recipe, layer: int, unit: int) -> str:
    """Name a unit of the network of a recipe."""
    return unit_name(layer, unit, len(recipe.sizes), recipe.features, recipe.outputs)


def unit_names(recipe: Recipe, layer: int) -> tuple[str, ...]:
    """Name all units of a layer of the network of a recipe."""
    return tuple(name_of(recipe, layer, unit) for unit in range(recipe.sizes[layer]))


def place_name(recipe: Recipe, place: Place) -> str:
    """Name a parameter: "bias h₁,₂", or "x₁ → h₁,₂" for a weight."""
    target = name_of(recipe, place.layer, place.unit)
    if place.source is None:
        return tr("bias {unit}", unit=target)
    return f"{name_of(recipe, place.layer - 1, place.source)} → {target}"


def layer_name(recipe: Recipe, layer: int) -> str:
    """Name a layer, counted from 1, by itself: hidden layer 2, or output layer."""
    if layer > len(recipe.hidden):
        return tr("output layer")
    if len(recipe.hidden) == 1:
        return tr("hidden layer")
    return tr("hidden layer {number}", number=layer)


def layer_name_with_article(recipe: Recipe, layer: int) -> str:
    """Name a layer, counted from 1, within a sentence: hidden layer 2, or the output layer."""
    if layer > len(recipe.hidden):
        return tr("the output layer")
    if len(recipe.hidden) == 1:
        return tr("the hidden layer")
    return tr("hidden layer {number}", number=layer)


def product_name(recipe: Recipe) -> str:
    """Name the product of all weight matrices: W₁·W₂·W₃, and W₁·…·W₇ of many."""
    names = [f"W{layer}".translate(SUBSCRIPTS) for layer in range(1, len(recipe.hidden) + 2)]
    return "·".join(names) if len(names) < 5 else f"{names[0]}·…·{names[-1]}"


def sum_name(recipe: Recipe, layer: int, unit: int) -> str:
    """Name the weighted sum of a unit: z, and z₂ for one of several outputs."""
    is_one_of_many = layer == len(recipe.activations) and recipe.outputs > 1
    return f"z{unit}".translate(SUBSCRIPTS) if is_one_of_many else "z"


def short_names(recipe: Recipe) -> tuple[str, ...]:
    """Return what the classes are called in a table: own data name them, others have numbers."""
    own = recipe.used_own
    return tuple(map(str, range(recipe.class_count))) if own is None else own.classes


def class_names(recipe: Recipe) -> tuple[str, ...]:
    """Return how the classes of a recipe are called in a line of text."""
    return shown_names(short_names(recipe))


def shown_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return how classes of these names are called; a number alone would say too little."""
    if are_numbers(names):
        return tuple(tr("class {number}", number=name) for name in names)
    return tuple(elided_chars(name, LONGEST_NAME) for name in names)


def are_numbers(names: tuple[str, ...]) -> bool:
    """Tell whether classes are called by nothing but their numbers."""
    return names == tuple(map(str, range(len(names))))


def elided_chars(name: str, longest: int) -> str:
    """Cut a name that has more than so many characters."""
    return name if len(name) <= longest else f"{name[: longest - 1]}…"
