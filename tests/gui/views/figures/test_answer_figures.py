"""The figures of the report's questions: drawn whole, and they show what the answers say."""

from dataclasses import replace

import numpy as np
import pytest
from gui.drawn_figures import check_both_formats, colour, drawn_answer, is_near
from gui.helpers import warmth
from PySide6.QtGui import QColor

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.writing.answer_pages import ANSWER_CAPTIONS
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.questions import report_questions
from mlpviz.experiment.writing.report import Answer, compute_report
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.look.palette import blend
from mlpviz.gui.views.figures.figures import ANSWER_FIGURES
from mlpviz.gui.views.figures.paper_sizes import (
    BAR_OPACITY,
    BAR_SHARE,
    BARS_WIDTH,
    BOTTOM,
    LEFT_EDGE,
    LEGEND,
    PLANE_GAP,
    PLANE_LEFT,
    PLANE_SIDE,
    TOP,
    TWO_CHARTS,
)

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def answers() -> dict[str, Answer]:
    case = Case("Baseline, xor", Recipe(epochs=400))
    data = compute_report([case], 2, questions=report_questions(400))
    return {answer.question.key: answer for answer in data.answers}


def test_there_is_a_figure_for_every_caption() -> None:
    assert list(ANSWER_FIGURES) == list(ANSWER_CAPTIONS)


@pytest.mark.thorough
@pytest.mark.parametrize("key", ANSWER_FIGURES)
def test_png_and_svg_show_the_same_and_nothing_is_cut_off(
    answers: dict[str, Answer], key: str
) -> None:
    check_both_formats(ANSWER_FIGURES[key], answers[key])


def test_one_line_parts_the_plane_of_linear(answers: dict[str, Answer]) -> None:
    image = drawn_answer(answers["activations"])
    near, far = 0.12 * PLANE_SIDE, 0.88 * PLANE_SIDE
    assert warmth(colour(image, PLANE_LEFT + near, TOP + near)) > 40  # upper left: class 1
    assert warmth(colour(image, PLANE_LEFT + far, TOP + far)) < -40


def bar_colour(answer: Answer, rate: int, points: int, height: float) -> QColor:
    """Return the colour of a bar of so many learning rates and points, at a height in per cent."""
    room = TWO_CHARTS[1] - TOP - BOTTOM - LEGEND
    x = LEFT_EDGE + (rate + 0.5 + (points - 0.5) * BAR_SHARE) / 4.0 * BARS_WIDTH
    return colour(drawn_answer(answer), x, TOP + room * (1.0 - height / 112.0))


def test_a_bar_is_as_high_as_the_share_of_seeds_that_learn_and_paler_above_90_percent(
    answers: dict[str, Answer],
) -> None:
    answer = answers["learning-rate"]

    def with_accuracies(*accuracies: float) -> Answer:
        """Return the answer with other seeds at the first rate on xor."""
        first, second, *rest = answer.tried
        study = replace(second.study, accuracies=np.array(accuracies))
        return replace(answer, tried=(first, replace(second, study=study), *rest))

    all_right, half, none = (1.0, 1.0), (1.0, 0.95), (0.5, 0.5)
    pale = blend(LIGHT.panel, LIGHT.accent, BAR_OPACITY)
    assert is_near(bar_colour(with_accuracies(*all_right), 0, 1, 90.0), LIGHT.accent)
    assert is_near(bar_colour(with_accuracies(*half), 0, 1, 40.0), LIGHT.accent)
    assert is_near(bar_colour(with_accuracies(*half), 0, 1, 60.0), pale)
    assert is_near(bar_colour(with_accuracies(*none), 0, 1, 40.0), LIGHT.panel)


def test_without_biases_the_lines_of_the_first_layer_meet_at_the_origin(
    answers: dict[str, Answer],
) -> None:
    """Around the cross lie their pieces; with biases the plane is empty there."""
    image = drawn_answer(answers["weights-and-biases"])
    answer = answers["weights-and-biases"]
    frame = answer.of("no_biases", "moved").frame
    assert frame is not None
    low, high = np.append(frame.X, [[0.0, 0.0]], axis=0).min(0), frame.X.max(0)
    side = 1.2 * float((high - low).max())  # of the box, with a tenth on either side
    middle = 0.5 * (low + high)

    def pieces(left: float) -> int:
        x = left + (0.5 - middle[0] / side) * PLANE_SIDE
        y = TOP + (0.5 + middle[1] / side) * PLANE_SIDE
        angles = np.linspace(0.0, 2.0 * np.pi, 720, endpoint=False)
        ring = [(x + 9.0 * np.cos(a), y + 9.0 * np.sin(a)) for a in angles.tolist()]
        seen = [colour(image, *place) for place in ring]
        return sum(any(is_near(one, tint, 40) for tint in LIGHT.unit_tints) for one in seen)

    assert pieces(PLANE_LEFT + PLANE_SIDE + PLANE_GAP) >= 4
    assert pieces(PLANE_LEFT) == 0
