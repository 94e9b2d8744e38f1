"""The benchmark of the window measures a real one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlpviz import cli
from mlpviz.experiment.study import bench as engine_speed
from mlpviz.gui.look import settings
from mlpviz.gui.look.look import current_look
from mlpviz.gui.window import window_bench as speed


def test_every_view_has_a_cost(qtbot: QtBot, qapp: QApplication) -> None:
    costs = speed.frame_costs(rounds=3)
    assert set(costs) == {"network_view", "boundary_view", "loss_view", "transport"}
    assert all(cost > 0.0 for cost in costs.values())


def test_the_live_figures_are_those_of_a_window_that_trains(
    qtbot: QtBot, qapp: QApplication
) -> None:
    figures = speed.live_figures(seconds=2.0, epochs_behind=100)
    assert 0.0 < figures["frame_p50_ms"] <= figures["frame_p99_ms"] <= figures["frame_max_ms"]
    assert 0.0 <= figures["input_p50_ms"] <= figures["input_p99_ms"]
    assert figures["headless_share"] > 0.0  # of what a busy machine left for either


def test_many_seeds_are_measured_beside_a_window_that_trains(
    qtbot: QtBot, qapp: QApplication
) -> None:
    figures = speed.seeds_figures(epochs=300)
    assert figures["seconds"] > 0.0
    assert 0.0 < figures["frame_p50_ms"] <= figures["frame_p99_ms"] <= figures["frame_max_ms"]


@pytest.mark.parametrize("measure", [speed.theme_figures, speed.size_figures])
def test_a_change_of_look_is_measured_with_a_comparison_and_drawers_and_not_kept(
    qtbot: QtBot, measure: Callable[..., dict[str, float]]
) -> None:
    look = current_look()
    figures = measure(rounds=2)
    assert current_look() == look
    assert 0.0 < figures["p50"] <= figures["max"]
    assert figures["first"] > 0.0
    assert not settings.settings_path().exists()


def test_the_start_is_measured_beside_an_empty_plot_from_any_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # As `dev.py run bench` does: nothing is installed, and only sys.path leads to the package.
    monkeypatch.delenv("PYTHONPATH", raising=False)
    monkeypatch.chdir(tmp_path)
    figures = speed.startup_figures(rounds=1)
    assert set(figures) == {"first_picture", "empty_pyqtgraph_window"}
    assert all(value > 0.0 for value in figures.values())


def test_no_start_is_measured_that_compiles_what_is_compiled_but_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, kept = [0.0], []

    def start(command: list[str], *, env: dict[str, str], **_: bool) -> None:
        now[0] += 9.0 if len(kept) < 2 else 1.0
        kept.append("PYTHONDONTWRITEBYTECODE" not in env)

    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setattr(speed.subprocess, "run", start)
    monkeypatch.setattr(speed.time, "perf_counter", lambda: now[0])
    figures = speed.startup_figures(rounds=1)
    assert figures == {"first_picture": 1000.0, "empty_pyqtgraph_window": 1000.0}
    assert kept == [True] * 4


def test_the_command_prints_one_json_object_with_the_keys_of_the_documentation(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, names in (
        (engine_speed, ("epochs_per_second", "scaling", "batched", "memory_mb", "machine")),
        (speed, ("frame_costs", "live_figures", "seeds_figures", "startup_figures")),
        (speed, ("theme_figures", "size_figures")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, lambda name=name: {"measured_by": name})
    assert cli.main(["bench", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert {key: value["measured_by"] for key, value in figures.items()} == {
        "epochs_per_second": "epochs_per_second",
        "scaling": "scaling",
        "batched": "batched",
        "memory_mb": "memory_mb",
        "frame_ms": "frame_costs",
        "live": "live_figures",
        "many_seeds": "seeds_figures",
        "theme_ms": "theme_figures",
        "size_ms": "size_figures",
        "startup_ms": "startup_figures",
        "machine": "machine",
    }
    assert cli.main(["bench"]) == 0
    assert "frame ms" in capsys.readouterr().out
