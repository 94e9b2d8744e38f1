"""The benchmark measures what it says; how much that is, is no matter here."""

import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.study import bench as speed

SHORT = 0.001


def test_every_workload_has_a_speed() -> None:
    speeds = speed.epochs_per_second(SHORT)
    assert list(speeds) == list(speed.WORKLOADS)
    assert len(speeds) == 5
    assert all(value > 0.0 for value in speeds.values())


@pytest.mark.thorough
def test_the_table_of_scaling_has_a_row_per_pair_and_more_work_takes_longer() -> None:
    rows = speed.scaling(SHORT)
    assert len(rows) == len(speed.SCALING_UNITS) * len(speed.SCALING_SAMPLES)
    assert rows[-1]["epoch_ms"] > rows[0]["epoch_ms"]


@pytest.mark.thorough
def test_one_network_in_a_batch_is_the_measure_of_many() -> None:
    rows = speed.batched(SHORT)
    assert [row["networks"] for row in rows] == [*speed.BATCH_SIZES] * 2
    assert all(row["ratio"] == 1.0 for row in rows if row["networks"] == 1)
    assert all(row["net_epochs_per_second"] > 0.0 for row in rows)


@pytest.mark.thorough
def test_the_memory_of_a_run_is_bounded() -> None:
    memory = speed.memory_mb(20_000)
    assert memory["start"] > 0.0
    assert memory["after_a_million_epochs"] - memory["start"] < 32.0
    assert Run(Recipe()).history.nbytes <= 16_000_000


def test_the_lines_name_every_figure() -> None:
    figures = {
        "epochs_per_second": {"one": 12_345.6},
        "scaling": [{"units": 4, "epoch_ms": 0.0123}],
        "machine": {"python": "3.11.7"},
    }
    assert speed.lines(figures) == [
        "epochs per second",
        f"  {'one':28} 12,346",
        "scaling",
        "  units 4   epoch_ms 0.0123",
        "machine",
        f"  {'python':28} 3.11.7",
    ]
    assert {"system", "processor", "cores", "python", "numpy"} == set(speed.machine())
