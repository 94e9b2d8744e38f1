"""Input features on their way from the recipe to what is shown."""

from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame, make_update

from mlpviz.engine import Array
from mlpviz.engine.features import FEATURES, features_of
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import SURFACE_CELLS, Box, grid_features, grid_points
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.start import make_data, start_training
from mlpviz.experiment.run.symptoms import Kind, Symptom
from mlpviz.experiment.run.want import Want
from mlpviz.experiment.study.seed_study import surface_thumbnails
from mlpviz.experiment.study.seeds import SeedRun
from mlpviz.experiment.words.comparison import recipe_label, side_words
from mlpviz.experiment.words.messages import linear_words, message_for
from mlpviz.experiment.writing.report_words import recipe_words

EVERY = tuple(FEATURES)
ALL = Recipe(features=EVERY, hidden=(3, 5), hidden_activation="tanh", epochs=60)


def sigmoid(Z: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-Z))


def plainly(frame: Frame, x1: float, x2: float) -> list[Array]:
    """Compute every layer at a point of the plane, from the labels of the features."""
    waves = (np.sin(2.0 * np.pi * x1), np.sin(2.0 * np.pi * x2))
    layers = [np.array([x1, x2, x1**2, x2**2, x1 * x2, *waves])]
    weights, biases = frame.layers()
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        layers.append(np.tanh(layers[-1] @ W + b))
    layers.append(sigmoid(layers[-1] @ weights[-1] + biases[-1]))
    return layers


def test_the_network_is_given_the_features_and_the_frame_the_points() -> None:
    run = Run(ALL)
    X, _ = make_data(ALL)
    assert np.array_equal(run.training.X, features_of(X, EVERY))
    frame = capture(run)
    assert np.array_equal(frame.X, X)
    assert frame.box == make_frame().box
    assert [len(p) for p in frame.pictures] == [3, 5, 1]
    assert frame.layers()[0][0].shape == (7, 3)


def test_the_points_of_a_frame_are_read_only_and_the_same_in_every_frame() -> None:
    run = Run(ALL)
    first = capture(run)
    run.advance(3)
    assert capture(run).X is first.X
    assert not first.X.flags.writeable


def test_by_default_the_points_themselves_are_the_inputs() -> None:
    run = Run(Recipe())
    assert run.points is run.training.X
    assert capture(run).X is run.training.X


def test_by_default_a_frame_computes_no_features(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Array:
        raise AssertionError("computed")

    run = Run(Recipe())
    monkeypatch.setattr("mlpviz.experiment.run.grids.grid_features", fail)
    monkeypatch.setattr("mlpviz.engine.features.FEATURES", {})
    run.advance(3)
    assert np.isfinite(capture(run, Want(Box(0.0, 0.0, 0.5, 0.5))).outputs_at(0.2, 0.3)).all()


@pytest.mark.parametrize("surface_box", [None, Box(-2.0, 0.1, 1.5, 0.9)])
def test_surface_and_pictures_agree_with_a_plain_computation(surface_box: Box | None) -> None:
    run = Run(ALL)
    run.advance(60)
    frame = capture(run, Want(surface_box))
    x1, x2 = grid_points(frame.surface_box)
    for cell in (0, 77, 4321, 9999):
        layers = plainly(frame, float(x1[cell]), float(x2[cell]))
        row, column = divmod(cell, SURFACE_CELLS)
        assert frame.surface[row, column] == pytest.approx(layers[-1][0], abs=1e-5)
    cells = frame.pictures[0].shape[-1]
    x1, x2 = grid_points(frame.box, SURFACE_CELLS // cells)
    for cell in (0, 77, 1234, 2499):
        layers = plainly(frame, float(x1[cell]), float(x2[cell]))
        row, column = divmod(cell, cells)
        for picture, A in zip(frame.pictures, layers[1:], strict=True):
            assert picture[:, row, column] == pytest.approx(A, abs=1e-5)


def test_the_output_at_a_point_is_exact() -> None:
    frame = make_frame(ALL, 60)
    for x1, x2 in ((0.25, 0.75), (-3.0, 11.0)):
        for A, expected in zip(frame.activations_at(x1, x2), plainly(frame, x1, x2), strict=True):
            assert pytest.approx(expected, abs=1e-12) == A
    for (x1, x2), prediction in zip(frame.X.tolist(), frame.predictions, strict=True):
        assert frame.outputs_at(x1, x2)[0] == pytest.approx(prediction, abs=1e-12)


def test_the_features_of_a_grid_are_computed_once() -> None:
    run = Run(ALL)
    capture(run)
    before = grid_features.cache_info().misses
    for _ in range(3):
        run.advance(1)
        capture(run)
    assert grid_features.cache_info().misses == before
    assert not grid_features(EVERY, capture(run).box).flags.writeable


def test_squares_that_overflow_float32_are_computed_in_float64() -> None:
    run = Run(replace(ALL, features=("x1", "x1_squared")))
    box = Box(-1e25, -1e25, 1e25, 1e25)
    run.training.restore(0, 1e-50 * run.training.state())
    frame = capture(run, Want(box))
    assert np.isfinite(frame.surface).all()
    exact = frame.outputs_at(*grid_points(box)[:, 5050].tolist())[0]
    assert frame.surface[50, 50] == pytest.approx(exact, abs=1e-6)


def test_only_a_network_of_the_coordinates_is_one_line() -> None:
    linear = Recipe(hidden_activation="identity")
    assert make_frame(linear).linear_map() is not None
    for features in (("x1",), ("x1", "x1_x2"), ("x1", "x2", "x1_squared")):
        frame = make_frame(replace(linear, features=features))
        assert frame.linear_map() is None
        assert linear_words(frame) == ""


def test_any_epoch_of_a_run_with_features_can_be_computed_again() -> None:
    run = Run(replace(ALL, batch_size=5))
    run.advance(50)
    state = run.training.state()
    run.advance(40)
    assert np.array_equal(run.training_at(50).state(), state)


def test_many_seeds_train_on_the_features() -> None:
    run = SeedRun(ALL, 3)
    while not run.is_done:
        run.advance()
    study = run.study()
    for seed, parameters in zip(study.seeds, study.parameters, strict=True):
        training = start_training(replace(ALL, weight_seed=seed))
        training.run(ALL.epochs)
        assert parameters == pytest.approx(training.state(), abs=1e-9)
    frame = make_frame(ALL, ALL.epochs)
    thumbnail = surface_thumbnails(study)[0]
    assert thumbnail == pytest.approx(frame.surface[2::4, 2::4], abs=1e-5)


def test_a_report_names_the_inputs_where_they_are_not_the_coordinates() -> None:
    words = recipe_words(Recipe(features=("x1", "x2", "x1_x2"), hidden=()))
    assert words.startswith("xor: 3-1, inputs x₁ x₂ x₁x₂, sigmoid, ")
    assert "inputs" not in recipe_words(Recipe())


def test_a_comparison_and_a_legend_name_the_features() -> None:
    other = Recipe(features=("x1", "x2", "x1_x2"))
    assert side_words(Recipe(), other) == ("A · features x₁ x₂", "B · features x₁ x₂ x₁x₂")
    assert recipe_label(other) == "xor, 4-4, η 1, features x₁ x₂ x₁x₂"


def test_of_features_that_do_not_help_it_is_not_said_that_they_make_a_line() -> None:
    recipe = Recipe(features=("x1_squared", "sin_x2"), hidden=())
    message = message_for(make_update(recipe, 3000))
    assert message.text.startswith(
        "Without hidden layers the network is one linear map, and no weighted sum of "
        "x₁², sin 2πx₂ parts these classes. The loss stays at that of guessing"
    )
    assert message.remedies[0].words == "Hidden layers"
    diagnosis = make_frame(Recipe(features=("x1",), hidden=()), 3000).diagnosis
    assert isinstance(diagnosis, Symptom)
    assert diagnosis.kind is Kind.ONE_LINE


def test_with_the_product_one_unit_learns_xor_and_nothing_is_wrong_with_it() -> None:
    recipe = Recipe(features=("x1", "x2", "x1_x2"), hidden=(), learning_rate=10.0)
    frame = make_frame(recipe, 3000)
    assert frame.accuracy == 1.0
    assert frame.diagnosis is None


def test_of_one_coordinate_it_is_not_said_that_no_line_parts_the_classes() -> None:
    x1 = np.concatenate([np.linspace(-1.0, 1.0, 20)] * 2)
    x2 = np.repeat([-0.5, 0.5], 20)  # which the line x2 = 0 parts
    own = OwnData(np.column_stack([x1, x2]), np.repeat([0.0, 1.0], 20))
    run = Run(Recipe(dataset="own", own=own, features=("x1",), hidden=()))
    run.advance(2000)
    text = message_for(Update((capture(run),), is_playing=False)).text
    assert "no weighted sum of x₁ parts these classes" in text
    assert "line parts" not in text
