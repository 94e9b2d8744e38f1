"""What is known of a run before it is there is what it then begins with."""

from dataclasses import replace
from typing import Any

import pytest
from past_runs import record_of

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.beginnings import begun_again, branched, untrained
from mlpviz.experiment.run.orders import BranchOf
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.ways import outcome

POSITIONS = [Position(0), Position(20, 1), Position(20), Position(33), Position(50)]
CHOICES: dict[str, dict[str, Any]] = {
    "as it was": {},
    "what may change live": {"learning_rate": 0.01},
    "the limit alone": {"epochs": 70},
    "what only a branch may have": {"hidden_activation": "tanh"},
}


def changed_run() -> Run:
    """A branch in which something has been changed."""
    run = Run(Recipe(learning_rate=0.5, epochs=60))
    run.advance(20)
    run.change(replace(run.recipe, learning_rate=0.25))
    run.edit(((1, 0.5),))
    run.advance(20)
    branch = run.branch(Position(30), replace(run.recipe, optimizer="adam"), ((2, 1.0),))
    branch.advance(20)
    branch.change(replace(branch.recipe, batch_size=3))
    return branch


@pytest.mark.parametrize("choices", CHOICES.values(), ids=CHOICES)
@pytest.mark.parametrize("edits", [(), ((3, 0.25),)], ids=["", "set by hand"])
@pytest.mark.parametrize("position", POSITIONS, ids=str)
def test_the_record_of_a_branch_is_known_when_it_is_ordered(
    position: Position, edits: tuple[tuple[int, float], ...], choices: dict[str, Any]
) -> None:
    run = changed_run()
    recipe = replace(run.recipe_at(run.checked(position)), **choices)
    order = BranchOf(run.number, position, recipe, edits, number=7_000)
    branch = outcome(run.branching_as(order))
    assert branched(record_of(run), order) == record_of(branch)
    assert branch.number == 7_000
    branch.advance(5)
    branch.edit(((0, 0.0),))
    again = outcome(branch.from_stem(recipe, 7_001))
    assert begun_again(record_of(branch), recipe) == record_of(again)
    assert again.number == 7_001


def test_the_record_of_a_branch_has_what_is_done_there_as_in_another_run() -> None:
    run = changed_run()
    order = BranchOf(run.number, Position(20, 0), repeats=True)
    branch = outcome(run.branching_as(order))
    assert branched(record_of(run), order) == record_of(branch)
    assert len(record_of(branch).changes) == 2


def test_the_record_of_a_new_run_is_known_when_it_is_ordered() -> None:
    recipe = Recipe(epochs=9)
    run = changed_run().successor(recipe, 7_002)
    assert (untrained(recipe), run.number) == (record_of(run), 7_002)
