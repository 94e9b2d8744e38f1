"""What is said of the map: of its points, and of how the network does on them."""

import math

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.marked import marked
from mlpviz.engine.scores import NO_CLASS
from mlpviz.experiment.language import count_text, tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.run.readings import correct_of, predicted_class
from mlpviz.experiment.words.formats import r_squared_text, value_text
from mlpviz.experiment.words.names import (
    LONGEST_NAME,
    are_numbers,
    class_names,
    elided_chars,
    short_names,
    shown_names,
)
from mlpviz.gui.plots.class_names import (
    CLASS_GLYPHS,
    HOLLOW_GLYPHS,
)
from mlpviz.gui.plots.crowd import heldout_note, points_note
from mlpviz.gui.plots.unit_axis import UnitAxis

WRONG = marked("◯ misclassified")
TARGET_LEGEND = marked("● sample   colour: target")
TARGET_TEST_LEGEND = marked("● training   ○ test   colour: target")
GAP = "   "  # between the entries of a legend
NUMBERED = ("0", "1")  # the names of two classes that have none
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
        return _class_legend(NUMBERED, has_test=False)
    notes = [points_note(len(frame.X))]
    if frame.test is not None:
        notes.append(heldout_note(len(frame.test.X)))
    return GAP.join((_legend(frame), *filter(None, notes)))


def short_legends(frame: Frame | None) -> tuple[str, ...]:
    """Say what the points mean in ever fewer words, for where the legend has no room.

    A legend of few words is of more use than one that ends in the middle of a name, and none is
    of more use than one that names the first class alone.
    """
    if frame is not None and frame.recipe.is_regression:
        return ()
    # Before there is a frame the legend is that of two classes, and likely the one to come.
    names = NUMBERED if frame is None else short_names(frame.recipe)
    has_test = frame is not None and frame.test is not None
    named, wrong = _class_entries(names, has_test=has_test), tr("◯ wrong")
    short = named
    if are_numbers(names) and len(names) <= MOST_NAMED and not has_test:
        short = [f"{mark} {name}" for mark, name in zip(CLASS_GLYPHS, names, strict=False)]
    return tuple(GAP.join(entries) for entries in ((*named, wrong), (*short, wrong), short, ()))


def _legend(frame: Frame) -> str:
    recipe, has_test = frame.recipe, frame.test is not None
    if recipe.is_regression:
        return tr(TARGET_TEST_LEGEND if has_test else TARGET_LEGEND)
    return _class_legend(short_names(recipe), has_test=has_test)


def _class_legend(names: tuple[str, ...], *, has_test: bool) -> str:
    return GAP.join((*_class_entries(names, has_test=has_test), tr(WRONG)))


def _class_entries(names: tuple[str, ...], *, has_test: bool) -> list[str]:
    """Name the marks of the classes, and of the test set."""
    count = len(names)
    filled, hollow = "".join(CLASS_GLYPHS[:count]), "".join(HOLLOW_GLYPHS[:count])
    named = [f"{mark} {name}" for mark, name in zip(filled, shown_names(names), strict=True)]
    if are_numbers(names) and (has_test or count > MOST_NAMED):
        named = [tr("{marks} training", marks=filled)]
        if not has_test:
            named = [tr("{marks} classes", marks=filled)]
    return [*named, tr("{marks} test", marks=hollow)] if has_test else named


def place_words(
    place: tuple[float, float],
    spans: tuple[float, float],
    axes: tuple[UnitAxis, UnitAxis] | None,
) -> str:
    """Write where a place is, in as many digits as can be told apart.

    Parameters
    ----------
    spans : of what the two axes show
    axes : of own data, whose names and units they have; None for x₁ and x₂ themselves
    """
    if axes is None:
        digits = max(2, 2 - math.floor(math.log10(spans[0])))
        texts = [f"x{n} {value_text(x, digits)}" for n, x in zip("₁₂", place, strict=True)]
    else:
        texts = [
            f"{elided_chars(axis.name, LONGEST_NAME)} {axis.text(x, span)}"
            for axis, x, span in zip(axes, place, spans, strict=True)
        ]
    return GAP.join(texts)


def output_words(frame: Frame | None, x1: float, x2: float) -> str:
    """Write the output at a place, in float64; of several classes the most probable one."""
    if frame is None:
        return f"ŷ {value_text(math.nan)}"
    outputs = frame.outputs_at(x1, x2)
    if len(outputs) == 1:
        return f"ŷ {value_text(float(outputs[0]))}"
    number = predicted_class(outputs)
    if number == NO_CLASS:
        return tr("no class, ŷ {value}", value=value_text(math.nan))
    name = class_names(frame.recipe)[number]
    return f"{CLASS_GLYPHS[number]} {name}, ŷ {value_text(float(outputs[number]))}"


def unit_caption(frame: Frame, layer: int, unit: int) -> str:
    """Name a unit upon its picture."""
    if layer <= len(frame.recipe.hidden):
        return tr("hidden {layer}, unit {unit}", layer=layer, unit=unit + 1)
    of_class = f"{CLASS_GLYPHS[unit]} {class_names(frame.recipe)[unit]}"
    return tr("output of {of_class}", of_class=of_class)


def surface_heading(recipe: Recipe) -> str:
    """Name what the map shows while it shows no unit."""
    return tr("Output") if recipe.is_regression else tr("Decision boundary")


def outside_words(unit: int) -> str:
    """Say what an arrow at the rim of the map means."""
    return tr("The line of hidden 1, unit {unit}, lies outside the map.", unit=unit + 1)


def map_description(frame: Frame, shown: str) -> str:
    """Say what the map shows, and how the network does.

    Parameters
    ----------
    shown : the name of the unit that is shown; "" for the output
    """
    test = frame.test
    if frame.recipe.is_regression:
        sentences = [_fit_words(frame, shown)]
        if test is not None:
            of_test = r_squared_text(test.r_squared)
            sentences.append(tr("On the test set, {r_squared}.", r_squared=of_test))
    else:
        sentences = [_count_words(frame, shown)]
        if test is not None:
            wrong, count = int(np.sum(~test.correct)), len(test.X)
            sentences.append(
                tr_plural(
                    "Of the test set, {wrong} of {count} is.",
                    "Of the test set, {wrong} of {count} are.",
                    count,
                    wrong=wrong,
                )
            )
    return " ".join(sentences)


def _fit_words(frame: Frame, unit: str) -> str:
    epoch, r_squared = count_text(frame.epoch), r_squared_text(frame.r_squared)
    if not unit:
        return tr(
            "Output over the input plane at epoch {epoch}; R² is {r_squared}.",
            epoch=epoch,
            r_squared=r_squared,
        )
    return tr(
        "Unit {unit} over the input plane at epoch {epoch}; R² is {r_squared}.",
        unit=unit,
        epoch=epoch,
        r_squared=r_squared,
    )


def _count_words(frame: Frame, unit: str) -> str:
    epoch, wrong, count = count_text(frame.epoch), int(np.sum(~frame.correct)), len(frame.X)
    if not unit:
        return tr_plural(
            "Output over the input plane at epoch {epoch}; "
            "{wrong} of {count} sample is misclassified.",
            "Output over the input plane at epoch {epoch}; "
            "{wrong} of {count} samples are misclassified.",
            count,
            epoch=epoch,
            wrong=wrong,
        )
    return tr_plural(
        "Unit {unit} over the input plane at epoch {epoch}; "
        "{wrong} of {count} sample is misclassified.",
        "Unit {unit} over the input plane at epoch {epoch}; "
        "{wrong} of {count} samples are misclassified.",
        count,
        unit=unit,
        epoch=epoch,
        wrong=wrong,
    )
