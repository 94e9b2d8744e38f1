"""Hands at the diagram of a window: what a user does there, and what then is shown."""

from typing import Any

from gui.conftest import Watch
from gui.helpers import child, click
from PySide6.QtCore import QPointF
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Place
from mlpviz.gui.views.diagram.hover import anchor_of
from mlpviz.gui.views.diagram.network_layout import NetworkLayout, bias_rect
from mlpviz.gui.window.main import MainWindow


def frame_of(watch: Watch, side: int = 0) -> Frame:
    return watch.last.frames[side]


def value(watch: Watch, place: Place, side: int = 0) -> float:
    frame = frame_of(watch, side)
    return float(frame.parameters[place.position(frame.recipe.sizes)])


def anchor(window: MainWindow, place: Place) -> QPointF:
    layout = window.parts.network_view.network_layout
    assert layout is not None
    if place.source is None:
        on_unit = anchor_of(layout, place)
        return on_unit if place.layer == 0 else bias_of(layout, place.layer, place.unit)
    columns = len(layout.units[place.layer])
    line = layout.blocks[place.layer - 1].lines[place.source * columns + place.unit]
    return line.pointAt(0.1)


def bias_of(layout: NetworkLayout, layer: int, unit: int) -> QPointF:
    """Return where the bias of a unit can be clicked: on its square, or where units touch."""
    rect = layout.units[layer][unit]
    return rect.center() if layout.dense[layer] else bias_rect(rect).center()


def open_editor(window: MainWindow, place: Place) -> Any:
    click(window.parts.network_view, anchor(window, place))
    editor = child(window, "weight_editor")
    assert editor.isVisible()
    return editor


def type_in(editor: Any, text: str) -> None:
    line = editor.input.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, text)


def action(window: MainWindow, word: str) -> QAction:
    (found,) = [one for one in window.actions() if one.text().startswith(word)]
    return found
