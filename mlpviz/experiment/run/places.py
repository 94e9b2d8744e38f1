"""The parameters of a network one by one: where each lies, and what is kept of them.

A parameter is a `Place`: the weight from one unit to another, or the bias of a unit.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.network import layer_views, parameter_count
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import MAX_LAYERS, MAX_UNITS, Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.start import untrained_network

NEW_LAYER_UNITS = 4
NEW = -1  # the index of what a network did not have before

Unit = tuple[int, int]  # (layer, unit); layer 0 are the inputs


class Place(NamedTuple):
    """A parameter by where it is drawn.

    Parameters
    ----------
    layer, unit : the unit that it leads into; layer 0 are the inputs, which have none
    source : the unit of the layer before that a weight comes from; None for the bias
    """

    layer: int
    unit: int
    source: int | None = None

    def position(self, sizes: Sequence[int]) -> int:
        """Return its place in the flat vector of parameters, in the order of `engine.network`."""
        start = parameter_count(sizes[: self.layer])
        fan_in, fan_out = sizes[self.layer - 1], sizes[self.layer]
        row = fan_in if self.source is None else self.source  # the biases follow the last row
        return start + row * fan_out + self.unit


def place_of(position: int, sizes: Sequence[int]) -> Place:
    """Return the place of a parameter by its number in the flat vector."""
    layer = 1
    while position >= parameter_count(sizes[: layer + 1]):
        layer += 1
    row, unit = divmod(position - parameter_count(sizes[:layer]), sizes[layer])
    return Place(layer, unit, None if row == sizes[layer - 1] else row)


def kept_indices(old: Sequence[int], new: Sequence[int]) -> NDArray[np.intp]:
    """Return which parameter of a network each one of another is; NEW for those it did not have.

    Layers and units are the same where they have the same number. The output units stay; what
    leads into them is new where another layer lies before them now.

    Parameters
    ----------
    old, new : units per layer, with as many outputs
    """
    kept = np.full(parameter_count(new), NEW, np.intp)
    of_old = layer_views(np.arange(parameter_count(old)), old)
    of_new = layer_views(kept, new)
    for layer in range(min(len(old), len(new)) - 2):  # all that leads into hidden layers
        W, before = of_new[0][layer], of_old[0][layer]
        rows, columns = min(len(W), len(before)), min(W.shape[1], before.shape[1])
        W[:rows, :columns] = before[:rows, :columns]
        of_new[1][layer][:columns] = of_old[1][layer][:columns]
    of_new[1][-1][:] = of_old[1][-1]
    if len(old) == len(new):
        rows = min(old[-2], new[-2])
        of_new[0][-1][:rows] = of_old[0][-1][:rows]
    return kept


def with_layers(recipe: Recipe, parameters: Array | None, hidden: tuple[int, ...]) -> Recipe:
    """Return a recipe with other hidden layers that starts from the present weights.

    What the network has already stays as it is, frozen or not; what is new is drawn from the
    weight seed, biases being 0.

    Parameters
    ----------
    parameters : the present ones; None for the initial ones of the recipe

    Raises
    ------
    ValueError
        for layers that the recipe refuses, and for weights that are not finite.
    """
    drawn = revised(recipe, hidden=hidden)
    if parameters is None:
        parameters = untrained_network(recipe).parameters
    if not np.isfinite(parameters).all():
        raise ValueError(
            tr(
                "Layers must be changed while all weights are finite, for they are the start of "
                "the next run. Got some that are not: Reset first."
            )
        )
    kept = kept_indices(recipe.sizes, drawn.sizes)
    start = np.where(kept == NEW, untrained_network(drawn).parameters, parameters[kept])
    frozen = np.flatnonzero(np.isin(kept, recipe.frozen)).tolist()
    return revised(drawn, start=tuple(start.tolist()), frozen=tuple(frozen))


def with_unit(recipe: Recipe, parameters: Array | None, layer: int, more: int) -> Recipe:
    """Return `with_layers` with units more (or fewer) in one hidden layer, counted from 1.

    Raises
    ------
    ValueError
        where the layer would have no unit or too many.
    """
    hidden = list(recipe.hidden)
    hidden[layer - 1] += more
    if not 1 <= hidden[layer - 1] <= MAX_UNITS:
        raise ValueError(
            tr(
                "A hidden layer must have 1 to {most} units. Got {got}.",
                most=MAX_UNITS,
                got=hidden[layer - 1],
            )
        )
    return with_layers(recipe, parameters, tuple(hidden))


def with_layer(recipe: Recipe, parameters: Array | None, more: int) -> Recipe:
    """Return `with_layers` with a hidden layer more at the end, or without the last one.

    Raises
    ------
    ValueError
        where there would be too many layers or fewer than none.
    """
    count = len(recipe.hidden) + more
    if not 0 <= count <= MAX_LAYERS:
        raise ValueError(
            tr(
                "A network must have 0 to {most} hidden layers. Got {got}.",
                most=MAX_LAYERS,
                got=count,
            )
        )
    return with_layers(recipe, parameters, (*recipe.hidden, NEW_LAYER_UNITS)[:count])
