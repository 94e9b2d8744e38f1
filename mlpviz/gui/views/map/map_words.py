"""What is said of the map: of its points, and of how the network does on them."""

import math

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.scores import NO_CLASS
from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.run.readings import correct_of, predicted_class
from mlpviz.experiment.words.formats import r_squared_text, value_text
from mlpviz.experiment.words.names import are_numbers, class_names, short_names, shown_names
from mlpviz.gui.plots.class_names import (
    CLASS_GLYPHS,
    HOLLOW_GLYPHS,
)
from mlpviz.gui.plots.crowd import points_note

WRONG = "◯ misclassified"
TARGET_LEGEND = "● sample   colour: target"
TARGET_TEST_LEGEND = "● training   ○ test   colour: target"
GAP = "   "  # between the entries of a legend
MOST_NAMED = 2  # classes that have no name but a number; of more, one entry tells all


def wrong_samples(
    part: Frame | Held, shown: NDArray[np.intp], *, has_classes: bool
) -> NDArray[np.bool]:
    """Tell which of some samples are misclassified: none where there are no classes."""
    if not has_classes:
        return np.zeros(len(shown), np.bool)
    return ~correct_of(part, shown)


def legend_words(frame: Frame | None) -> str:
    """Say what the points of the map mean, and how many there are where not all are drawn."""
    if frame is None:
        return _class_legend(("0", "1"), has_test=False)
    notes = [points_note(len(frame.X))]
    if frame.test is not None:
        notes.append(points_note(len(frame.test.X), "test points"))
    return GAP.join((_legend(frame), *filter(None, notes)))


def _legend(frame: Frame) -> str:
    recipe, has_test = frame.recipe, frame.test is not None
    if recipe.is_regression:
        return TARGET_TEST_LEGEND if has_test else TARGET_LEGEND
    return _class_legend(short_names(recipe), has_test=has_test)


def _class_legend(names: tuple[str, ...], *, has_test: bool) -> str:
    count = len(names)
    filled, hollow = "".join(CLASS_GLYPHS[:count]), "".join(HOLLOW_GLYPHS[:count])
    named = [f"{mark} {name}" for mark, name in zip(filled, shown_names(names), strict=True)]
    if are_numbers(names) and (has_test or count > MOST_NAMED):
        named = [f"{filled} {'training' if has_test else 'classes'}"]
    test = [f"{hollow} test"] if has_test else []
    return GAP.join((*named, *test, WRONG))


def output_words(frame: Frame | None, x1: float, x2: float) -> str:
    """Write the output at a place, in float64; of several classes the most probable one."""
    if frame is None:
        return f"ŷ {value_text(math.nan)}"
    outputs = frame.outputs_at(x1, x2)
    if len(outputs) == 1:
        return f"ŷ {value_text(float(outputs[0]))}"
    number = predicted_class(outputs)
    if number == NO_CLASS:
        return f"no class, ŷ {value_text(math.nan)}"
    name = class_names(frame.recipe)[number]
    return f"{CLASS_GLYPHS[number]} {name}, ŷ {value_text(float(outputs[number]))}"


def unit_caption(frame: Frame, layer: int, unit: int) -> str:
    """Name a unit upon its picture."""
    if layer <= len(frame.recipe.hidden):
        return f"hidden {layer}, unit {unit + 1}"
    name = class_names(frame.recipe)[unit]
    return f"output of {CLASS_GLYPHS[unit]} {name}"


def map_description(frame: Frame, shown: str) -> str:
    """Say what the map shows, and how the network does.

    Parameters
    ----------
    shown : the output or a unit, in words
    """
    words = f"{shown} over the input plane at epoch {frame.epoch}; "
    test = frame.test
    if frame.recipe.is_regression:
        words += f"R² is {r_squared_text(frame.r_squared)}."
        return (
            words if test is None else f"{words} On the test set, {r_squared_text(test.r_squared)}."
        )
    wrong = int(np.sum(~frame.correct))
    words += f"{wrong} of {len(frame.X)} samples are misclassified."
    if test is not None:
        wrong = int(np.sum(~test.correct))
        words += f" Of the test set, {wrong} of {len(test.X)} are."
    return words
