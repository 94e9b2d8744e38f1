"""A run: what happens in it can be computed again, bit for bit."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pytest
from choices import OTHER

from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.engine.training import Training
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.effects import EFFECTS, STEERING, Effect
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.checkpoints import CHECKPOINT_STRIDE
from mlpviz.experiment.run.history import BYTES_OF_LOSSES, History
from mlpviz.experiment.run.record import Change
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.start import start_training

# Epoch and new learning rate: at the start, at a checkpoint, two at one epoch, one late.
RATES = [(0, 0.5), (10, 2.0), (64, 0.25), (100, 3.0), (100, 1.5), (511, 0.1), (700, 4.0)]

FOUR = OwnData(np.array([[0.0, 0.0], [1.0, 9.0], [2.0, 0.0], [5.0, 1.0]]), np.array([0, 1, 1, 0]))
FIVE = OwnData(np.arange(10.0).reshape(5, 2), np.array([0, 1, 1, 0, 1]))
OF_NEW_RUNS = [name for name, effect in EFFECTS.items() if effect is not Effect.LIVE]


STEERED: dict[str, Any] = {
    "learning_rate": 0.1,
    "momentum": 0.5,
    "decay": 0.5,
    "beta1": 0.5,
    "beta2": 0.5,
    "epsilon": 1e-2,
    "regularization_rate": 0.1,
    "batch_size": 5,
    "frozen": (0,),
}


class Snapshot(NamedTuple):
    """All that must be the same when a state is computed again."""

    epoch: int
    parameters: bytes
    loss: bytes
    predictions: bytes
    learning_rate: float
    first_nonfinite_loss_epoch: int | None
    first_nonfinite_weight_epoch: int | None


def snapshot(training: Training) -> Snapshot:
    return Snapshot(
        training.epoch,
        training.state().tobytes(),
        np.float64(training.loss).tobytes(),
        training.predictions.tobytes(),
        training.learning_rate,
        training.first_nonfinite_loss_epoch,
        training.first_nonfinite_weight_epoch,
    )


def make_run(recipe: Recipe, states: int | None = None) -> Run:
    """Start a run; with room for so few states that checkpoints are merged soon."""
    run = Run(recipe)
    if states is not None:
        state = run.training.state()
        budget = BYTES_OF_LOSSES + states * state.nbytes
        run.history = History(state, run.training.loss, budget)
    return run


def live_snapshots(run: Run, epochs: int, rates: list[tuple[int, float]]) -> list[Snapshot]:
    """Advance epoch by epoch, changing the rate on the way; return what every state was."""
    found = []
    for epoch in range(epochs + 1):
        for at, rate in rates:
            if at == epoch:
                run.change(replace(run.recipe, learning_rate=rate))
        found.append(snapshot(run.training))
        if epoch < epochs:
            run.advance(1)
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("states", [None, 2, 4])
def test_any_epoch_is_computed_again_bit_for_bit_whatever_was_changed(states: int | None) -> None:
    run = make_run(Recipe(), states)
    live = live_snapshots(run, 1100, RATES)
    near_changes = [at + d for at, _ in RATES for d in (-1, 0, 1) if at + d >= 0]
    edges = [0, 1, 63, 64, 65, 127, 128, 255, 256, 257, 511, 512, 1023, 1024, 1099, 1100]
    drawn = np.random.default_rng(0).integers(0, 1101, 20).tolist()
    for epoch in sorted({*near_changes, *edges, *drawn}):
        assert snapshot(run.training_at(epoch)) == live[epoch], epoch


def test_looking_back_leaves_the_run_alone() -> None:
    run, untouched = make_run(Recipe()), make_run(Recipe())
    for part in (100, 7, 200):
        run.advance(part)
        run.training_at(run.training.epoch // 2)
    untouched.advance(307)
    assert snapshot(run.training) == snapshot(untouched.training)
    assert run.history.curve().low.tobytes() == untouched.history.curve().low.tobytes()


def test_how_a_run_is_cut_does_not_matter() -> None:
    whole, cut = make_run(Recipe(), 4), make_run(Recipe(), 4)
    whole.advance(1000)
    rng = np.random.default_rng(3)
    while cut.training.epoch < 1000:
        cut.advance(min(int(rng.integers(0, 150)), 1000 - cut.training.epoch))
    assert snapshot(whole.training) == snapshot(cut.training)
    for epoch in (1, 500, 999):
        assert snapshot(whole.training_at(epoch)) == snapshot(cut.training_at(epoch))
    assert whole.history.curve().high.tobytes() == cut.history.curve().high.tobytes()


@pytest.mark.parametrize(("optimizer", "rate"), [("gradient_descent", 3.0), ("adam", 0.1)])
@pytest.mark.parametrize("share", [1.0, 0.7])
def test_the_same_states_are_kept_and_the_same_is_found_however_a_run_is_cut(
    optimizer: str, rate: float, share: float
) -> None:
    recipe = Recipe(dataset="linear", optimizer=optimizer, learning_rate=rate, train_share=share)
    whole, single = make_run(recipe), make_run(recipe)
    states = {0: whole.training.state()}
    for epoch in range(1, 701):
        single.advance(1)
        states[epoch] = single.training.state()
    for epochs in (700, 1):
        whole.advance(epochs)
    kept = whole.history.kept_epochs(100)
    assert list(kept) == [*range(0, 701, CHECKPOINT_STRIDE)]
    for epoch in kept:
        for run in (whole, single):
            at, state = run.history.checkpoint_before(epoch)
            assert (at, state.tobytes()) == (epoch, states[epoch].tobytes())
    single.advance(1)
    assert whole.looks.findings == single.looks.findings
    assert len(whole.looks.findings) > 1


def test_history_holds_the_loss_of_every_state() -> None:
    run = make_run(Recipe())
    losses = [run.training.loss]
    for _ in range(150):
        run.advance(1)
        losses.append(run.training.loss)
    assert run.history.curve().low.tolist() == losses
    assert run.history.epoch == run.training.epoch == 150


@pytest.mark.parametrize("epoch", [-1, 51])
def test_an_epoch_that_the_run_has_not_reached_is_refused(epoch: int) -> None:
    run = make_run(Recipe())
    run.advance(50)
    with pytest.raises(ValueError, match="epoch must be from 0 to 50"):
        run.training_at(epoch)


@pytest.mark.thorough
@pytest.mark.parametrize("states", [None, 2])
@pytest.mark.parametrize("numerics", ["stable", "textbook"])
def test_facts_of_divergence_are_those_of_the_epoch_looked_at(
    states: int | None, numerics: str
) -> None:
    recipe = Recipe(activations_off=True, dataset="linear", numerics=numerics)
    run = make_run(recipe, states)
    live = live_snapshots(run, 300, [(2, 0.9)])
    for epoch in [*range(40), 63, 64, 65, 128, 200, 300]:
        assert snapshot(run.training_at(epoch)) == live[epoch], epoch


def test_the_way_the_loss_broke_is_found_once_and_for_all() -> None:
    # This rate throws the weights so far, after some healthy epochs, that textbook saturates.
    recipe = Recipe(numerics="textbook")
    run = make_run(recipe)
    run.advance(70)
    assert run.divergence() is None
    run.change(replace(recipe, learning_rate=1e6))
    run.advance(300)
    found = run.divergence()
    first = run.training.first_nonfinite_loss_epoch
    assert found is not None
    assert first is not None
    assert found.epoch == first > 70
    assert not np.isfinite(found.loss)
    run.advance(100)
    assert run.divergence() is found


@pytest.mark.parametrize("name", OF_NEW_RUNS)
def test_a_change_that_needs_a_new_run_is_refused(name: str) -> None:
    run = make_run(Recipe())
    with pytest.raises(ValueError, match=r"Only learning_rate, .*, epochs can change"):
        run.change(Recipe(**{name: OTHER[name]}))
    assert run.recipe == Recipe()


def test_a_live_change_is_noted_with_its_epoch() -> None:
    run = make_run(Recipe())
    run.advance(5)
    run.change(Recipe(learning_rate=0.5))
    run.change(Recipe(learning_rate=0.5, epochs=77))
    run.advance(3)
    run.change(Recipe(learning_rate=2.0, epochs=77))
    assert run.changes == (
        Change(5, Recipe(learning_rate=0.5)),
        Change(8, Recipe(learning_rate=2.0, epochs=77)),
    )
    assert run.recipe == Recipe(learning_rate=2.0, epochs=77)
    assert run.start_recipe == Recipe()
    assert run.training.learning_rate == 2.0


def test_a_batch_size_changed_half_way_is_part_of_what_can_be_computed_again() -> None:
    run = make_run(Recipe())
    run.advance(70)
    run.change(Recipe(batch_size=4))
    run.advance(70)
    run.change(Recipe(batch_size=4, learning_rate=0.5))
    states = [run.training.state()]
    run.advance(30)
    states.append(run.training.state())
    assert run.changes == (
        Change(70, Recipe(batch_size=4)),
        Change(140, Recipe(batch_size=4, learning_rate=0.5)),
    )
    for epoch, state in zip((140, 170), states, strict=True):
        assert np.array_equal(run.training_at(epoch).state(), state)
    calm = make_run(Recipe())
    calm.advance(140)
    assert not np.array_equal(states[0], calm.training.state())


LIVE_CHANGES: list[tuple[int, dict[str, Any]]] = [
    (10, {"momentum": 0.5, "decay": 0.5, "beta1": 0.5, "epsilon": 1e-4}),
    (30, {"frozen": (0, 7, 36)}),
    (64, {"beta2": 0.9, "regularization_rate": 0.03}),
    (100, {"frozen": (7,), "batch_size": 5}),
    (130, {"frozen": (), "momentum": 0.8}),
]


@pytest.mark.parametrize("regularization", REGULARIZATIONS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_whatever_is_turned_on_the_way_any_epoch_is_computed_again(
    optimizer: str, regularization: str
) -> None:
    recipe = Recipe(optimizer=optimizer, regularization=regularization, learning_rate=0.03)
    run, live = make_run(recipe, states=2), {}
    for epoch in range(257):
        for changes in (changes for at, changes in LIVE_CHANGES if at == epoch):
            run.change(replace(run.recipe, **changes))
        live[epoch] = snapshot(run.training)
        run.advance(1)
    assert [change.epoch for change in run.changes] == [at for at, _ in LIVE_CHANGES]
    for epoch in (0, 10, 11, 31, 64, 65, 100, 101, 130, 131, 256):
        assert snapshot(run.training_at(epoch)) == live[epoch], epoch


@pytest.mark.parametrize("name", STEERING)
def test_what_steers_a_run_makes_a_difference(name: str) -> None:
    base = Recipe(learning_rate=0.3, regularization="l2")
    optimizers = [key for key, entry in OPTIMIZERS.items() if name in entry.own]
    base = replace(base, optimizer=optimizers[0] if optimizers else "gradient_descent")
    turned = replace(base, **{name: STEERED[name]})
    runs = [make_run(base), make_run(base)]
    for run in runs:
        run.advance(3)
    runs[1].change(turned)
    for run in runs:
        run.advance(2)
    assert [change.recipe for change in runs[1].changes] == [turned]
    assert not np.array_equal(*(run.training.network.parameters for run in runs))


def test_a_frozen_weight_stays_where_it_was_set_by_hand() -> None:
    run = make_run(Recipe(optimizer="momentum"))
    run.advance(20)
    run.edit(((3, 2.5),))
    run.change(replace(run.recipe, frozen=(3, 5)))
    before = run.training.network.parameters[[3, 5]].tolist()
    run.advance(50)
    assert run.training.network.parameters[[3, 5]].tolist() == before
    assert before[0] == 2.5


def test_a_weight_set_by_hand_is_part_of_what_can_be_computed_again() -> None:
    run = make_run(Recipe())
    run.advance(64)  # where a checkpoint lies
    before = run.training.loss
    run.edit(((0, 2.5), (26, -1.0)))
    assert run.training.network.parameters[[0, 26]].tolist() == [2.5, -1.0]
    assert run.training.loss != before  # at once, without an epoch
    states = [run.training.state()]
    run.advance(36)
    run.edit(((0, 0.0),))
    states.append(run.training.state())
    run.advance(1000)
    states.append(run.training.state())
    for epoch, state in zip((64, 100, 1100), states, strict=True):
        assert np.array_equal(run.training_at(epoch).state(), state)
    assert run.changes[0] == Change(64, Recipe(), ((0, 2.5), (26, -1.0)))


def test_after_an_edit_the_last_point_of_the_curve_has_both_losses_and_no_epoch_is_added() -> None:
    run = make_run(Recipe())
    run.advance(10)
    before = run.training.loss
    run.edit(((0, 50.0),))
    run.edit(((0, 3.0),))
    after = run.training.loss
    curve = run.history.curve()
    assert len(curve.low) == 11
    assert (curve.low[10], curve.high[10]) == (min(before, after), max(before, after))
    run.advance(5)
    later = run.history.curve()
    assert later.low[:11].tolist() == curve.low.tolist()
    assert later.high[:11].tolist() == curve.high.tolist()
    assert len(later.low) == 16


def test_an_edit_that_breaks_the_loss_can_be_taken_back() -> None:
    run = make_run(Recipe(numerics="textbook"))
    run.advance(10)
    sound = run.training.state()[26]
    bias = len(run.training.state()) - 1
    value = run.training.state()[bias]
    run.edit(((bias, 1e6),))
    assert not np.isfinite(run.training.loss)
    assert run.divergence() is not None
    assert run.history.curve().first_nonfinite_epoch == 10
    run.edit(((bias, value),))
    assert run.training.state()[26] == sound
    assert run.divergence() is None
    assert run.history.curve().first_nonfinite_epoch is None
    run.edit(((bias, 1e6),))
    run.advance(1)
    assert run.history.curve().first_nonfinite_epoch == 10
    assert run.training.first_nonfinite_loss_epoch == 10


def test_the_next_run_has_a_number_of_its_own_and_the_ghost_of_the_last() -> None:
    first = make_run(Recipe())
    first.advance(10)
    second = first.successor(Recipe(weight_seed=1))
    assert first.number != second.number
    assert first.ghost is None
    assert second.ghost is not None
    assert second.ghost.low.tolist() == first.history.curve().low.tolist()
    assert second.training.epoch == 0
    untrained = second.successor(Recipe(weight_seed=2))
    assert untrained.ghost is second.ghost  # what was never trained has no curve to leave
    assert untrained.number not in (first.number, second.number)


@pytest.mark.parametrize(
    "other",
    [Recipe(dataset="circle"), Recipe(noise=0.1), Recipe(train_share=0.5)],
)
def test_losses_on_other_data_leave_no_ghost(other: Recipe) -> None:
    first = make_run(Recipe())
    first.advance(5)
    assert first.successor(other).ghost is None
    again = first.successor(Recipe())
    assert again.ghost is not None
    assert again.successor(other).ghost is None  # nor do those of the run before it
    assert first.successor(Recipe(data_seed=1)).ghost is not None  # which draws nothing of `xor`


def test_the_next_run_starts_with_the_recipe_in_force_and_no_changes() -> None:
    first = make_run(Recipe())
    first.advance(4)
    first.change(Recipe(learning_rate=0.25))
    second = first.successor(first.recipe)
    assert second.start_recipe.learning_rate == second.training.learning_rate == 0.25
    assert second.changes == ()
    assert np.array_equal(second.training.state(), Run(Recipe()).training.state())


@pytest.mark.parametrize("name", OF_NEW_RUNS)
def test_every_choice_of_the_recipe_reaches_the_training(name: str) -> None:
    base = Recipe(dataset="linear") if name != "dataset" else Recipe()
    base = replace(base, batch_size=8) if name == "batch_seed" else base
    base = replace(base, dataset="own", own=FIVE) if name == "own" else base
    base = replace(base, dataset="spiral") if name == "classes" else base
    losses = []
    for recipe in (base, revised(base, **{name: OTHER[name]})):
        training = start_training(recipe)
        if name == "numerics":  # the same function, but where the sigmoid is saturated
            training.restore(0, 1000.0 * training.state())
        losses.append([training.loss, *training.run(3)])
    assert not np.array_equal(losses[0], losses[1], equal_nan=True)


def test_a_training_starts_from_the_data_and_weights_of_its_seeds() -> None:
    recipe = Recipe(dataset="linear", samples=30, data_seed=4, weight_seed=9, initializer="he")
    training = start_training(recipe)
    X, Y = DATASETS["linear"].make(30, 4)
    assert np.array_equal(training.X, X)
    assert np.array_equal(training.Y, Y)
    drawn = initial_weights("he", 9, (2, 4, 4, 1))
    for W, expected in zip(training.network.weights, drawn, strict=True):
        assert np.array_equal(W, expected)
    assert not any(b.any() for b in training.network.biases)


def test_own_data_are_trained_on_as_scaled_and_cannot_be_changed() -> None:
    own = OwnData(FOUR.X, FOUR.Y, offsets=(0.0, 1.0), factors=(5.0, 8.0))
    training = start_training(Recipe(dataset="own", own=own))
    np.testing.assert_array_equal(training.X, (FOUR.X - [0.0, 1.0]) / [5.0, 8.0])
    np.testing.assert_array_equal(training.Y, FOUR.Y[:, np.newaxis])
    assert not training.X.flags.writeable
    unscaled = start_training(Recipe(dataset="own", own=FOUR))
    np.testing.assert_array_equal(unscaled.X, FOUR.X)
