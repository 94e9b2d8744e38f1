"""What is said of the map: of its points, and of how the network does on them."""

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.training import correct_samples
from mlpviz.experiment.formats import r_squared_text
from mlpviz.experiment.frame import Frame, Held
from mlpviz.gui.drawn_points import points_note
from mlpviz.gui.unit_axis import CLASSES, class_names

LEGEND = "● class 0   ■ class 1   ◯ misclassified"
TEST_LEGEND = "●■ training   ○□ test   ◯ misclassified"
OWN_TEST_LEGEND = "● class 0   ■ class 1   ○□ test   ◯ misclassified"
TARGET_LEGEND = "● sample   colour: target"
TARGET_TEST_LEGEND = "● training   ○ test   colour: target"


def wrong_samples(
    part: Frame | Held, shown: NDArray[np.intp], *, has_classes: bool
) -> NDArray[np.bool]:
    """Tell which of some samples are misclassified: none where there are no classes."""
    if not has_classes:
        return np.zeros(len(shown), np.bool)
    return ~correct_samples(part.predictions[shown], part.Y[shown])


def legend_words(frame: Frame | None) -> str:
    """Say what the points of the map mean, and how many there are where not all are drawn."""
    if frame is None:
        return LEGEND
    notes = [points_note(len(frame.X))]
    if frame.test is not None:
        notes.append(points_note(len(frame.test.X), "test points"))
    return "   ".join((_legend(frame), *filter(None, notes)))


def _legend(frame: Frame) -> str:
    if frame.recipe.is_regression:
        return TARGET_LEGEND if frame.test is None else TARGET_TEST_LEGEND
    zero, one = names = class_names(frame.recipe.used_own)
    if names == CLASSES:
        return LEGEND if frame.test is None else TEST_LEGEND
    legend = LEGEND if frame.test is None else OWN_TEST_LEGEND
    return legend.replace(CLASSES[0], zero).replace(CLASSES[1], one)


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
    wrong = int(np.sum(~correct_samples(frame.predictions, frame.Y)))
    words += f"{wrong} of {len(frame.X)} samples are misclassified."
    if test is not None:
        wrong = int(np.sum(~correct_samples(test.predictions, test.Y)))
        words += f" Of the test set, {wrong} of {len(test.X)} are."
    return words
