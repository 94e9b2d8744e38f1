"""The record of a run: from it the run is made again, to the byte."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from frames import differing_fields
from past_runs import frame_at, record_of, run_from

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.record import MAX_CHANGES, Change, Position, Record
from mlpviz.experiment.run.run import Run

FOUR = OwnData(np.array([[0.0, 0.0], [1.0, 9.0], [2.0, 0.0], [5.0, 1.0]]), np.array([0, 1, 1, 0]))
STARTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "mini-batches and a test set": {"batch_size": 4, "train_share": 0.7, "dataset": "moons"},
    "penalty": {"regularization": "l2", "numerics": "textbook"},
    "classes": {"dataset": "gaussians", "classes": 4, "output_activation": "softmax"},
    "own data": {"dataset": "own", "own": FOUR},
    "given weights": {"hidden": (), "start": (0.1, -1e-300, 3.0)},
} | {name: {"optimizer": name, "learning_rate": 0.03} for name in OPTIMIZERS}


def lived(**choices: Any) -> Run:
    """Train a run and change it on the way in all ways there are, also twice at one epoch."""
    run = Run(Recipe(**choices))
    run.edit(((0, 0.1),))
    run.advance(30)
    run.change(replace(run.recipe, learning_rate=run.recipe.learning_rate / 3.0))
    run.advance(40)
    run.change(replace(run.recipe, frozen=(0, 2)))
    run.edit(((0, 2.5), (1, -1.0)))
    run.edit(((0, 0.7),))
    run.advance(64)
    run.change(replace(run.recipe, frozen=(), batch_size=2, epochs=500))
    run.advance(41)
    run.change(replace(run.recipe, epochs=77))
    return run


@pytest.mark.thorough
@pytest.mark.parametrize("choices", STARTS.values(), ids=STARTS)
def test_a_run_is_made_again_to_the_byte(choices: dict[str, Any]) -> None:
    run = lived(**choices)
    record = Record.from_json(record_of(run).to_json())
    assert record == record_of(run)
    again = run_from(record)
    assert differing_fields(capture(again), capture(run)) == ["run_number"]
    assert again.training.state().tobytes() == run.training.state().tobytes()
    assert again.recipe == run.recipe == record.recipe
    for position in (Position(0, 0), Position(70, 2), Position(70, 3), Position(100)):
        pair = (frame_at(again, position), frame_at(run, position))
        assert differing_fields(*pair) == ["run_number"]
    for each in (run, again):
        each.advance(50)
    assert differing_fields(capture(again), capture(run)) == ["run_number"]


def test_a_run_that_broke_breaks_again_and_is_explained_alike() -> None:
    run = Run(Recipe(activations_off=True, dataset="linear"))
    run.advance(60)
    again = run_from(record_of(run))
    assert capture(run).diagnosis is not None
    assert differing_fields(capture(again), capture(run)) == ["run_number"]


def test_the_text_holds_only_what_each_change_changed() -> None:
    values = json.loads(record_of(lived(dataset="own", own=FOUR)).to_json())
    assert list(values) == ["start", "changes", "epoch", "limit"]
    assert (values["epoch"], values["limit"]) == (175, 77)
    assert values["start"]["own"] == FOUR.to_dict()
    assert values["changes"] == [
        {"epoch": 0, "parameters": [0], "values": [0.1]},
        {"epoch": 30, "recipe": {"learning_rate": 1.0 / 3.0}},
        {"epoch": 70, "recipe": {"frozen": [0, 2]}},
        {"epoch": 70, "parameters": [0, 1], "values": [2.5, -1.0]},
        {"epoch": 70, "parameters": [0], "values": [0.7]},
        {"epoch": 134, "recipe": {"batch_size": 2, "frozen": [], "epochs": 500}},
    ]


def test_whoever_makes_a_run_again_is_heeded_all_the_way() -> None:
    heeded: list[int] = []
    run = run_from(Record(Recipe(), (), 400, 0), heed=lambda: heeded.append(1))
    assert run.training.epoch == 400
    assert len(heeded) >= 40


def record_with(**changed: Any) -> dict[str, Any]:
    values = {"start": {}, "changes": [], "epoch": 10, "limit": 100}
    return values | changed


def change_with(**changed: Any) -> dict[str, Any]:
    return record_with(changes=[{"epoch": 3} | changed])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (record_with(more=1), "A record has no field 'more'"),
        ({"start": {}, "changes": [], "epoch": 1}, "A record must have .* Got no limit"),
        (record_with(start=[]), "start must be a JSON object"),
        (record_with(start={"hidden": [0]}), r"hidden\[0\] must be a whole number from 1 to 64"),
        (record_with(epoch=-1), "epoch must be a whole number from 0 to"),
        (record_with(epoch=1.5), "epoch must be a whole number"),
        (record_with(limit=True), "limit must be a whole number"),
        (record_with(changes={}), "changes must be a list"),
        (record_with(changes=[7]), r"changes\[0\] must be a JSON object"),
        (change_with(weights=[]), r"changes\[0\] has no field 'weights'"),
        (change_with(epoch=11), r"changes\[0\].epoch must be a whole number from 0 to 10. Got 11"),
        (record_with(changes=[{}]), r"changes\[0\].epoch must be a whole number .* Got None"),
        (
            record_with(changes=[{"epoch": 5}, {"epoch": 4}]),
            r"changes\[1\].epoch must be a whole number from 5 to 10. Got 4",
        ),
        (change_with(recipe={"hidden": [3]}), r"changes\[0\].recipe must not have 'hidden'. Only"),
        (change_with(recipe={"nonsense": 1}), r"changes\[0\].recipe must not have 'nonsense'"),
        (change_with(recipe={"learning_rate": 0}), r"changes\[0\].recipe: learning_rate must be"),
        (change_with(parameters=[0], values=[]), r"changes\[0\].values must be 1, one per param"),
        (
            change_with(parameters=[37], values=[1.0]),
            r"parameters must be a whole .* Got 37",
        ),
        (change_with(parameters=[0], values=["1"]), r"changes\[0\].values must be a finite number"),
        (change_with(parameters=[0], values=[1e999]), r"changes\[0\].values must be a finite"),
        (change_with(parameters=3, values=[]), r"changes\[0\].parameters must be a list"),
        (record_with(changes=[{"epoch": 1}] * (MAX_CHANGES + 1)), "changes must be a list of at"),
    ],
)
def test_what_is_no_record_is_refused_with_a_sentence(values: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Record.from_json(json.dumps(values))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "A record must be JSON"),
        ("[]", "A record must be a JSON object"),
        ('{"start": {}, "start": {}}', "A record must name each field once"),
        ("{" * 200_000, "A record must have at most 41000 objects"),
        ('{"epoch": ' + "9" * 500 + "}", "A record must have numbers of at most 400 digits"),
        (b"\xff", "A record must be UTF-8"),
    ],
)
def test_a_text_is_read_within_bounds(text: str | bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Record.from_json(text)


def test_changes_that_need_another_run_are_none_of_a_record() -> None:
    with pytest.raises(ValueError, match=r"changes\[0\] must be of one run"):
        Record(Recipe(), (Change(3, Recipe(hidden=(3,))),), 10, 0)
