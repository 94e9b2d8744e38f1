"""Lines are as thick on a screen with more pixels: 2 logical pixels are 4 of its pixels there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import mlpviz

# It measures the area of lines: of what changes when the look has another colour for them alone.
PROGRAM = """
import json
from dataclasses import replace

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.run import Run
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.look.palette import rgb
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.loss.loss_view import LossView
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.window.app import application


def pixels(widget):
    QApplication.processEvents()
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    whole = np.frombuffer(image.constBits(), np.uint8)
    return whole.reshape(image.height(), image.width(), 4)[..., 2::-1].astype(float)


def area(view, part, colour):
    view.set_look(LIGHT)
    before = pixels(part)
    view.set_look(replace(LIGHT, **{colour: "#FF40FF"}))
    share = np.abs(before - pixels(part)).max(axis=2) / np.abs(
        rgb(getattr(LIGHT, colour)) - rgb("#FF40FF")
    ).max()
    return float(share.sum()) / part.devicePixelRatioF() ** 2


def shown(view):
    view.resize(480, 480)
    view.show()
    QApplication.processEvents()
    view.show_frame(frame)
    return view


application()
run = Run(Recipe(dataset="linear"))
run.advance(300)
frame = capture(run)
loss, map_view, diagram = map(shown, (LossView(), BoundaryView(), NetworkView()))
found = {
    "scale": loss.devicePixelRatioF(),
    "loss curve": area(loss, loss.canvas, "accent"),
    "axis lines": area(loss, loss.plot, "line"),
    "boundary": area(map_view, map_view.canvas, "boundary"),
    "outlines of points": area(map_view, map_view.canvas, "outline"),
    "edges": area(diagram, diagram, "edge_zero"),
}
print(json.dumps(found))
"""


def areas(scale: float) -> dict[str, float]:
    """Return the area of each kind of line on such a screen, in square logical pixels."""
    root = str(Path(mlpviz.__file__).parent.parent)
    environment = os.environ | {"QT_SCALE_FACTOR": str(scale), "PYTHONPATH": root}
    command = [sys.executable, "-c", PROGRAM]
    run = subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, timeout=120
    )
    found: dict[str, float] = json.loads(run.stdout)
    assert found.pop("scale") == pytest.approx(scale)
    return found


@pytest.fixture(scope="module")
def usual() -> dict[str, float]:
    return areas(1.0)


@pytest.mark.process
@pytest.mark.parametrize("scale", [1.25, 1.5, 2.0])
def test_lines_are_as_thick_on_every_screen(usual: dict[str, float], scale: float) -> None:
    assert min(usual.values()) > 50.0
    found = areas(scale)
    axes = found.pop("axis lines")  # they fill whole pixels of the screen, for they are not smooth
    assert axes == pytest.approx(usual["axis lines"], rel=0.5 / scale + 0.02)
    for kind, area in found.items():
        assert area == pytest.approx(usual[kind], rel=0.1), kind
