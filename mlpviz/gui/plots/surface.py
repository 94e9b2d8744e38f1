"""What the map shows of a surface: its colours, its lines, its scale.

There are three kinds: one number at each place (an output unit, a hidden unit, a regression), an
output for each class, and the output for one class alone.
"""

from typing import NamedTuple

import numpy as np
from PySide6.QtGui import QImage

from mlpviz.engine import Array
from mlpviz.engine.activations import SOFTMAX
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.places import Unit
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.palette import (
    ClassTable,
    ColourTable,
    Scale,
    class_index,
    output_scale,
    ramp_index,
    to_index,
    unit_scale,
)
from mlpviz.gui.plots.surface_lines import (
    CLASS_PROBABILITIES,
    PROBABILITIES,
    THRESHOLD,
    MapOptions,
    class_ends,
    contour_ends,
    flat_index,
)

PLAIN = MapOptions()
Ends = tuple[Array, Array]  # x and y, for `Segments`


class MapSurface(NamedTuple):
    """A surface and how it is to be understood.

    Parameters
    ----------
    values : (cells, cells), or (classes, cells, cells); rows upwards
    scale : of the numbers
    level : where the thick line runs; None for where the most probable class changes, NaN for none
    has_classes : whether it says which class is predicted
    is_share : whether the outputs of the classes are shares of 1
    number : the class that it is the share of; None for all of them, or for none
    """

    values: Array
    scale: Scale
    level: float | None
    has_classes: bool
    is_share: bool = False
    number: int | None = None

    @property
    def is_of_many(self) -> bool:
        """Whether there is an output for each of several classes."""
        return self.values.ndim > 2

    def is_flat(self, options: MapOptions) -> bool:
        """Tell whether it has one colour per class. What is no share has no paler one."""
        return self.has_classes and (options.discretise or (self.is_of_many and not self.is_share))

    def lines(self, box: Box) -> Ends:
        """Return the ends of the thick line."""
        if self.level is None:
            return class_ends(self.values, box)
        return contour_ends(self.values, box, self.level)

    def contours(self, box: Box, options: MapOptions) -> Ends:
        """Return the ends of the thin lines, where they are asked for."""
        if not (options.contours and self.has_classes):
            return contour_ends(self.values, box)
        if not self.is_of_many:
            return contour_ends(self.values, box, *PROBABILITIES)
        levels = CLASS_PROBABILITIES if self.is_share else ()
        return contour_ends(self.values.max(axis=0), box, *levels)


class MapColours:
    """The colour tables of a look."""

    def __init__(self, look: Look) -> None:
        self._numbers, self._classes = ColourTable(look), ClassTable(look)

    def image(
        self, surface: MapSurface, options: MapOptions = PLAIN, *, has_holes: bool = True
    ) -> QImage:
        """Return a surface as an image."""
        # Its rows go upwards, those of an image downwards.
        upright, is_flat = surface.values[..., ::-1, :], surface.is_flat(options)
        if surface.is_of_many:
            index = class_index(upright, is_flat=is_flat)
        elif surface.number is not None:
            index = ramp_index(upright, surface.number)
        else:
            index = flat_index(upright) if is_flat else to_index(upright, surface.scale)
        has_class_colours = surface.is_of_many or surface.number is not None
        table = self._classes if has_class_colours else self._numbers
        return table.image(index, has_holes=has_holes)


def has_picture(recipe: Recipe, layer: int, unit: int) -> bool:
    """Tell whether a unit is there, and gives what neither the axes say nor the output shows."""
    last = len(recipe.sizes) - 1
    is_there = 0 < layer <= last and unit < recipe.sizes[layer]
    return is_there and (layer < last or recipe.outputs > 1)


def map_surface(frame: Frame, unit: Unit | None) -> MapSurface:
    """Choose what the map shows of a frame: the output, or the unit that it brings."""
    if unit is None:
        return output_surface(frame.surface, frame.recipe)
    assert frame.unit_surface is not None
    return _unit_surface(frame.unit_surface, frame.recipe.activations[unit[0] - 1], unit[1])


def output_surface(values: Array, recipe: Recipe, scale: Scale | None = None) -> MapSurface:
    """Say how the output over a box is to be understood.

    Parameters
    ----------
    values : of one output unit, or of one per class
    scale : of one output unit; None for what suits the values. Of several it is of no account.
    """
    if recipe.outputs > 1:
        is_share = recipe.activations[-1] == SOFTMAX
        return MapSurface(values, Scale(0.0, 1.0), None, has_classes=True, is_share=is_share)
    # Between numbers there is no boundary: no surface reaches NaN.
    level = np.nan if recipe.is_regression else THRESHOLD
    scale = scale or output_scale(values, recipe)
    return MapSurface(values, scale, level, has_classes=not recipe.is_regression)


def _unit_surface(values: Array, activation: str, number: int) -> MapSurface:
    scale = unit_scale(values, activation)
    is_share = activation == SOFTMAX
    of_class = number if is_share else None
    return MapSurface(values, scale, scale.centre, False, is_share=is_share, number=of_class)
