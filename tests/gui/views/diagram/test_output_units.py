"""The output units of three to six classes in the network diagram."""

import itertools
import math
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame
from gui.helpers import point_at
from pytestqt.qtbot import QtBot

from mlpviz.engine.network import layer_views
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.run.want import Want
from mlpviz.experiment.words.formats import loss_text, signed_text
from mlpviz.gui.plots.class_names import CLASS_GLYPHS
from mlpviz.gui.views.diagram.hover import WIDE_INDENT
from mlpviz.gui.views.diagram.network_layout import NetworkLayout, lay_out
from mlpviz.gui.views.diagram.network_view import NetworkView

WIDTH, HEIGHT = 520, 640
FOUR = revised(Recipe(), dataset="gaussians", classes=4, samples=40)
STEP = 1e-5


@pytest.fixture
def view(show: Callable[..., NetworkView]) -> NetworkView:
    return show(NetworkView(), WIDTH, HEIGHT)


def layout_of(frame: Frame) -> NetworkLayout:
    return lay_out(frame.recipe.sizes, WIDTH, HEIGHT)


def bubble(view: NetworkView, frame: Frame, unit: int) -> list[str]:
    point_at(view, layout_of(frame).units[-1][unit].center())
    return view.hover_text().splitlines()


def slope_of_loss(frame: Frame, place: Place) -> float:
    """Measure how the loss of a frame changes with a parameter, by finite differences."""
    training, losses = start_training(frame.recipe), []
    for step in (STEP, -STEP):
        state = frame.parameters.copy()
        state[place.position(frame.recipe.sizes)] += step
        training.restore(frame.epoch, state)
        losses.append(training.loss)
    return (losses[0] - losses[1]) / (2 * STEP)


def test_over_an_output_it_tells_class_softmax_sum_and_the_measured_slope(
    view: NetworkView,
) -> None:
    frame = make_frame(FOUR, 20, Want(gradient=Place(3, 0)))
    weights, biases = frame.layers()
    view.show_frame(frame)
    for unit, digit in enumerate("₀₁₂₃"):
        terms = [f"{signed_text(weights[2][i, unit])} · h₂,{'₁₂₃₄'[i]}" for i in range(4)]
        assert bubble(view, frame, unit) == [
            f"ŷ{digit}   output of {CLASS_GLYPHS[unit]} class {unit}",
            f"ŷ{digit} = e^z{digit} / Σ e^zₖ   softmax",
            f"z{digit} = {terms[0]}",
            *(WIDE_INDENT + term for term in terms[1:]),
            f"{WIDE_INDENT}{signed_text(biases[2][unit])}   bias",
            f"gradient ∂L/∂b {slope_of_loss(frame, Place(3, unit)):+.4f}".replace("-", "−"),
        ]


def test_over_an_edge_to_any_output_it_tells_its_weight_and_the_measured_slope(
    view: NetworkView,
) -> None:
    frame = make_frame(FOUR, 20, Want(gradient=Place(3, 0)))
    view.show_frame(frame)
    for unit, digit in enumerate("₀₁₂₃"):
        lines = layout_of(frame).blocks[2].lines
        point_at(view, lines[unit].pointAt(0.9))  # from the first hidden unit; apart at the end
        weight = signed_text(frame.layers()[0][2][0, unit])
        slope = slope_of_loss(frame, Place(3, unit, 0))
        assert view.hover_text().splitlines() == [
            f"h₂,₁ → ŷ{digit}   weight {weight}",
            f"gradient ∂L/∂w {slope:+.4f}".replace("-", "−"),
        ]


def test_the_numbers_of_a_sample_in_the_bubbles_give_its_output(view: NetworkView) -> None:
    frame = make_frame(FOUR, epochs=5)
    view.show_frame(frame)
    view.select_sample(7)
    outputs = frame.outputs_at(*frame.X[7].tolist())
    sums = []
    for unit in range(4):
        sum_line, share_line = bubble(view, frame, unit)[-2:]
        sums.append(float(sum_line.split(" = ")[1].replace("−", "-")))
        power, total, share = map(float, re.findall(r"\d+\.\d+", share_line))
        assert power == pytest.approx(math.exp(sums[-1]), abs=2e-4 * (1 + math.exp(sums[-1])))
        assert share == pytest.approx(power / total, abs=2e-4)
        assert share == pytest.approx(float(outputs[unit]), abs=5.1e-5)
    powers = np.exp(sums)
    np.testing.assert_allclose(powers / powers.sum(), outputs, atol=2e-4)


def test_where_the_exponentials_overflow_the_bubble_tells_sum_and_output_alone(
    view: NetworkView,
) -> None:
    frame = make_frame(FOUR)
    parameters = frame.parameters.copy()
    biases = layer_views(parameters, frame.recipe.sizes)[1]
    biases[-1][:] = [1000.0, -1000.0, 0.0, 0.0]
    frame = replace(frame, parameters=parameters)
    view.show_frame(frame)
    view.select_sample(7)
    assert bubble(view, frame, 0)[-1] == "ŷ₀ = 1.0000"
    assert bubble(view, frame, 1)[-1] == f"ŷ₁ = {loss_text(0.0)}"


def test_the_words_of_a_sample_tell_the_output_of_the_predicted_class(
    qtbot: QtBot, view: NetworkView
) -> None:
    frame = make_frame(FOUR, epochs=20)
    view.show_frame(frame)
    with qtbot.waitSignal(view.described) as announced:
        view.select_sample(7)
    number = int(frame.predicted[7])
    output = frame.predictions[number, 7]
    assert announced.args[0].endswith(f", largest ŷ{'₀₁₂₃'[number]} {output:.2f}")
    assert [len(texts) for texts in view.sample_values.texts] == [2, 4, 4, 4]
    assert view.sample_values.texts[-1] == [f"{value:.2f}" for value in frame.predictions[:, 7]]
    with qtbot.waitSignal(view.described) as announced:
        view.show_frame(replace(frame, parameters=np.full_like(frame.parameters, math.nan)))
    assert announced.args[0].endswith(", ŷ not a number")


def test_with_activations_off_an_output_is_its_own_sum(view: NetworkView) -> None:
    frame = make_frame(revised(FOUR, activations_off=True))
    view.show_frame(frame)
    view.select_sample(7)
    lines = bubble(view, frame, 2)
    assert lines[:2] == ["ŷ₂   output of ▲ class 2", "ŷ₂ = z₂   identity"]
    value = frame.outputs_at(*frame.X[7].tolist())[2]
    assert lines[-1] == f"sample 7: {value:.4f}".replace("-", "−")


@pytest.mark.parametrize("size", [(300, 560), (276, 390), (240, 285)])
@pytest.mark.parametrize("hidden", [(4, 4), (64,) * 6, (4,) * 6, ()])
def test_six_outputs_have_room_in_the_smallest_diagrams(
    hidden: tuple[int, ...], size: tuple[int, int]
) -> None:
    layout = lay_out((2, *hidden, 6), *size)
    outputs = layout.units[-1]
    assert not layout.dense[-1]
    for upper, lower in itertools.pairwise(outputs):
        assert lower.top() - upper.bottom() >= 4.0
    assert size[0] - outputs[0].right() >= 22.0  # for the names
