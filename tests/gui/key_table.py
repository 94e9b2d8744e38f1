"""What every key does on every kind of control: the table, and the hand that tries it out.

The columns are kinds of control that have the focus, the rows keys. The cells:

    w  it is the window's: its action acts, and nothing else
    o  the control uses it, and keeps the focus
    h  the control uses it, and the focus goes home to the diagram
    m  the focus moves on to another control
    l  the list of a drop-down opens
    .  nothing happens
    d  it is the drawing's, which may have nothing to do: as o, or as .
"""

import time
from collections.abc import Callable

from gui.helpers import child
from PySide6.QtCore import QEvent, QEventLoop, QObject, QRegularExpression, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QComboBox, QWidget

from mlpviz.gui.parts.cell_grid import CellGrid
from mlpviz.gui.plots.plot import Plot
from mlpviz.gui.views.controls.transport import START_SPEED
from mlpviz.gui.views.diagram.weight_editor import WeightInput
from mlpviz.gui.views.seeds.seeds_strip import SeedsStrip
from mlpviz.gui.views.step.step_view import StepView
from mlpviz.gui.window.main import MainWindow

# With whatever is going on in the window.
ALWAYS = """
             diagram cursor map loss number whole list pictures slider button tool check second time
Space        w       w      w   w    .      .     w    w        w      o      o    o     w      w
Right        w       o      w   w    .      .     w    o        o      w      w    w     w      w
Left         w       .      w   w    .      .     w    o        o      w      w    w     w      w
Shift+Left   w       o      w   w    .      .     w    o        o      w      w    w     w      w
Ctrl+Left    w       w      w   w    .      .     w    w        w      w      w    w     w      w
Ctrl+Right   w       w      w   w    .      .     w    w        w      w      w    w     w      w
K            w       w      w   w    .      .     w    w        w      w      w    w     w      w
W            w       w      w   w    .      .     w    w        w      w      w    w     w      w
Ctrl+G       w       w      w   w    w      w     w    w        w      w      w    w     w      w
R            w       w      w   w    .      .     w    w        w      w      w    w     w      w
N            w       w      w   w    .      .     w    w        w      w      w    w     w      w
M            w       w      w   w    .      .     w    w        w      w      w    w     w      w
L            w       w      w   w    .      .     w    w        w      w      w    w     w      w
C            w       w      w   w    .      .     w    w        w      w      w    w     w      w
T            w       w      w   w    .      .     w    w        w      w      w    w     w      w
G            w       w      w   w    .      .     w    w        w      w      w    w     w      w
S            w       w      w   w    .      .     w    w        w      w      w    w     w      w
E            w       w      w   w    o      .     w    w        w      w      w    w     w      w
B            w       w      w   w    .      .     w    w        w      w      w    w     w      w
P            w       w      w   w    .      .     w    w        w      w      w    w     w      w
U            w       w      w   w    .      .     w    w        w      w      w    w     w      w
D            w       w      w   w    .      .     w    w        w      w      w    w     w      w
F            .       o      .   .    .      .     .    .        .      .      .    .     .      .
X            w       w      w   w    .      .     w    w        w      w      w    w     w      w
Z            w       w      w   w    .      .     w    w        w      w      w    w     w      w
2            .       .      .   .    o      o     .    .        .      .      .    .     .      .
7            .       .      .   .    o      o     .    .        .      .      .    .     .      .
0            .       .      o   o    o      o     .    .        .      .      .    .     .      .
+            .       o      o   o    o      o     .    .        .      .      .    .     .      .
-            .       o      o   o    o      .     .    .        .      .      .    .     .      .
=            .       o      o   o    .      .     .    .        .      .      .    .     .      .
Up           .       .      .   .    o      o     o    o        o      .      .    .     .      .
Down         .       o      .   .    o      o     o    .        o      .      .    .     .      .
Home         w       w      w   w    .      .     o    o        o      w      w    w     w      w
End          w       w      w   w    .      .     o    o        o      w      w    w     w      w
PgUp         w       w      w   w    o      o     o    o        o      w      w    w     w      w
PgDown       w       w      w   w    o      o     o    .        o      w      w    w     w      w
Return       o       m      .   .    h      h     l    .        .      o      o    o     o      .
Enter        o       m      .   .    h      h     l    .        .      o      o    o     o      .
Esc          w       o      w   w    h      h     w    w        w      w      w    w     w      w
Del          .       .      .   .    o      o     .    .        .      .      .    .     .      .
Shift+Right  w       o      w   w    .      .     w    o        o      w      w    w     w      w
Shift+Up     .       o      .   .    o      o     o    o        o      .      .    .     .      .
Alt+Right    .       .      o   o    .      .     .    o        o      .      .    .     .      .
Alt+Up       .       .      o   o    o      o     o    o        o      .      .    .     .      .
Shift+Z      w       w      w   w    .      .     w    w        w      w      w    w     w      w
Ctrl+Z       w       w      w   w    .      .     w    w        w      w      w    w     w      w
Ctrl+Shift+Z w       w      w   w    .      .     w    w        w      w      w    w     w      w
Ctrl+Y       w       w      w   w    .      .     w    w        w      w      w    w     w      w
Ctrl+O       w       w      w   w    w      w     w    w        w      w      w    w     w      w
Ctrl+S       w       w      w   w    w      w     w    w        w      w      w    w     w      w
Ctrl+P       w       w      w   w    w      w     w    w        w      w      w    w     w      w
Ctrl+Shift+P w       w      w   w    w      w     w    w        w      w      w    w     w      w
Ctrl+Shift+C w       w      w   w    w      w     w    w        w      w      w    w     w      w
Ctrl+Shift+V w       w      w   w    w      w     w    w        w      w      w    w     w      w
Ctrl+Shift+O w       w      w   w    w      w     w    w        w      w      w    w     w      w
Ctrl+V       w       w      w   w    o      o     w    w        w      w      w    w     w      w
Ctrl+Q       w       w      w   w    w      w     w    w        w      w      w    w     w      w
Ctrl++       w       w      w   w    w      w     w    w        w      w      w    w     w      w
Ctrl+=       w       w      w   w    w      w     w    w        w      w      w    w     w      w
Ctrl+-       w       w      w   w    w      w     w    w        w      w      w    w     w      w
Ctrl+0       w       w      w   w    w      w     w    w        w      w      w    w     w      w
F1           w       w      w   w    w      w     w    w        w      w      w    w     w      w
F10          w       w      w   w    w      w     w    w        w      w      w    w     w      w
F11          w       w      w   w    w      w     w    w        w      w      w    w     w      w
"""

# In what can be opened: samples and table in their drawer; seeds, count, strip and curves in
# that of many seeds; preview, cells and column in that of own data; edited is the diagram whose
# weight is being edited in a bubble, bubble its number and freeze one of its buttons; step is a
# step that is taken apart, and digits its number.
OPENED = """
             samples table seeds count strip curves preview cells column edited bubble freeze step
Space        w       w     w     .     w     w      w       w     w      w      .      o      w
Right        w       w     w     .     o     w      w       o     w      w      .      w      w
Left         w       w     w     .     o     w      w       o     w      w      .      w      w
Shift+Left   w       w     w     .     o     w      w       o     w      w      .      w      w
Ctrl+Left    w       w     w     .     o     w      w       w     w      w      .      w      w
Ctrl+Right   w       w     w     .     o     w      w       w     w      w      .      w      w
K            w       w     w     .     w     w      w       w     w      w      .      w      w
W            w       w     w     .     w     w      w       w     w      w      .      w      w
Ctrl+G       w       w     w     w     w     w      w       w     w      w      w      w      w
R            w       w     w     .     w     w      w       w     w      w      .      w      w
N            w       w     w     .     w     w      w       w     w      w      .      w      w
M            w       w     w     .     w     w      w       w     w      w      .      w      w
L            w       w     w     .     w     w      w       w     w      w      .      w      w
C            w       w     w     .     w     w      w       w     w      w      .      w      w
T            w       w     w     .     w     w      w       w     w      w      .      w      w
G            w       w     w     .     w     w      w       w     w      w      .      w      w
S            w       w     w     .     w     w      w       w     w      w      .      w      w
E            w       w     w     .     w     w      w       w     w      w      o      w      w
B            w       w     w     .     w     w      w       w     w      w      .      w      w
P            w       w     w     .     w     w      w       w     w      w      .      w      w
U            w       w     w     .     w     w      w       w     w      w      .      w      w
D            w       w     w     .     w     w      w       w     w      w      .      w      w
F            .       .     .     .     .     .      .       .     .      o      o      o      .
X            w       w     w     .     w     w      w       w     w      w      .      w      w
Z            w       w     w     .     w     w      w       w     w      w      .      w      w
2            .       .     .     o     .     .      .       .     .      .      o      .      .
7            .       .     .     o     .     .      .       .     .      .      o      .      .
0            .       .     .     o     .     o      .       .     .      .      o      .      .
+            .       .     .     o     .     o      .       .     .      .      o      .      .
-            .       .     .     .     .     o      .       .     .      .      o      .      .
=            .       .     .     .     .     o      .       .     .      .      .      .      .
Up           m       o     .     o     .     .      .       o     .      .      o      .      .
Down         m       o     .     o     .     .      .       o     .      .      o      .      .
Home         w       o     w     .     o     w      w       o     .      w      .      w      w
End          w       o     w     .     o     w      w       o     .      w      .      w      w
PgUp         w       o     w     o     w     w      w       o     .      w      o      w      o
PgDown       w       o     w     o     w     w      w       o     .      w      o      w      o
Return       .       .     .     h     o     .      h       m     l      o      h      o      .
Enter        .       .     .     h     o     .      h       m     l      o      h      o      .
Esc          w       w     w     h     w     w      w       w     w      o      h      h      w
Del          .       .     .     o     .     .      .       o     .      .      o      .      .
Shift+Right  w       w     w     .     o     w      w       o     w      w      .      w      w
Shift+Up     m       o     .     o     .     .      .       o     .      .      o      .      .
Alt+Right    .       .     .     .     o     o      .       o     .      .      .      .      .
Alt+Up       m       o     .     o     .     o      .       o     .      .      o      .      .
Shift+Z      w       w     w     .     w     w      w       w     w      w      .      w      w
Ctrl+Z       w       w     w     .     w     w      w       w     w      w      w      w      w
Ctrl+Shift+Z w       w     w     .     w     w      w       w     w      w      w      w      w
Ctrl+Y       w       w     w     .     w     w      w       w     w      w      w      w      w
Ctrl+O       w       w     w     w     w     w      w       w     w      w      w      w      w
Ctrl+S       w       w     w     w     w     w      w       w     w      w      w      w      w
Ctrl+P       w       w     w     w     w     w      w       w     w      w      w      w      w
Ctrl+Shift+P w       w     w     w     w     w      w       w     w      w      w      w      w
Ctrl+Shift+C w       w     w     w     w     w      w       w     w      w      w      w      w
Ctrl+Shift+V w       w     w     w     w     w      w       w     w      w      w      w      w
Ctrl+Shift+O w       w     w     w     w     w      w       w     w      w      w      w      w
Ctrl+V       w       w     w     o     w     w      w       o     w      w      o      w      w
Ctrl+Q       w       w     w     w     w     w      w       w     w      w      w      w      w
Ctrl++       w       w     w     w     w     w      w       w     w      w      w      w      w
Ctrl+=       w       w     w     w     w     w      w       w     w      w      w      w      w
Ctrl+-       w       w     w     w     w     w      w       w     w      w      w      w      w
Ctrl+0       w       w     w     w     w     w      w       w     w      w      w      w      w
F1           w       w     w     w     w     w      w       w     w      w      w      w      w
F10          w       w     w     w     w     w      w       w     w      w      w      w      w
F11          w       w     w     w     w     w      w       w     w      w      w      w      w
"""

# While points are drawn on the map: only the keys that mean something else then.
DRAWING = """
             diagram map loss number whole list pictures slider button tool check eraser
Right        w       d   w    .      .     w    o        o      w      w    w     w
E            o       o   o    o      .     o    o        o      o      o    o     o
2            o       o   o    o      o     o    o        o      o      o    o     o
Return       o       d   .    h      h     l    .        .      o      o    o     o
Enter        o       d   .    h      h     l    .        .      o      o    o     o
Del          .       d   .    o      o     .    .        .      .      .    .     .
Ctrl+Z       d       d   d    .      .     d    d        d      d      d    d     d
Ctrl+Shift+Z d       d   d    .      .     d    d        d      d      d    d     d
Ctrl+Y       d       d   d    .      .     d    d        d      d      d    d     d
"""

COMPARED = "diagram map loss number list slider button tool check second"
STATES = {
    "idle": COMPARED.replace("second", "cursor whole pictures time"),
    "training": COMPARED.replace("second", "cursor whole pictures"),
    "comparing": COMPARED,
    "samples": "diagram map number list samples table",
    "seeds": "diagram map number list seeds count strip curves",
    "own data": "diagram map number list preview cells column",
    "step": "diagram map number list slider button check step digits",
    "editing": "edited map loss number whole list pictures slider button tool bubble freeze",
    "drawing": COMPARED.replace("second", "whole pictures eraser"),
}


def _read(table: str) -> dict[str, dict[str, str]]:
    """Return what each key does, by the kind of control."""
    heading, *rows = (line.split() for line in table.strip().splitlines())
    return {key: dict(zip(heading, cells, strict=True)) for key, *cells in rows}


_ALWAYS, _OPENED, _DRAWING = _read(ALWAYS), _read(OPENED), _read(DRAWING)
KEYS = tuple(_ALWAYS)


def expected(state: str, kind: str, key: str) -> str:
    """Return what must happen when a key is pressed in a state on a kind of control."""
    if state == "drawing" and key in _DRAWING:
        return _DRAWING[key][kind]
    if state == "drawing" and kind == "map" and key in ("Left", "Up", "Down"):
        return "d"
    like = {"eraser": "tool", "digits": "whole"}.get(kind, kind)
    return (_ALWAYS[key] | _OPENED[key])[like]


Find = Callable[[MainWindow], QWidget]


def named(name: str) -> Find:
    return lambda window: child(window, name)


CONTROLS: dict[str, Find] = {
    "diagram": named("network_view"),
    "cursor": named("network_view"),  # the diagram, with its cursor shown
    "second": named("second_network_view"),
    "time": named("timeline_slider"),
    "map": lambda window: window.parts.boundary_view.plot,
    "loss": lambda window: window.parts.loss_view.plot,
    "number": named("learning_rate_input"),
    "whole": named("samples_input"),
    "list": named("optimizer_choice"),
    "pictures": named("dataset_choice"),
    "slider": named("speed_slider"),
    "button": named("reset_button"),
    "tool": named("log_button"),
    "check": named("activation_toggle"),
    "samples": named("samples_drawer"),  # the drawer itself
    "table": named("samples_table"),
    "seeds": named("seeds_drawer"),
    "count": named("seed_count_input"),
    "preview": named("data_drawer"),
    "cells": named("data_cells"),
    "column": named("data_x1_choice"),
    "strip": named("seeds_strip"),
    "curves": named("seeds_loss_plot"),
    "edited": named("network_view"),  # while its bubble is open
    "bubble": named("weight_input"),
    "freeze": named("freeze_button"),
    "step": named("step_drawer"),
    "digits": named("step_digits_input"),
    "eraser": named("draw_eraser_button"),
}


class Hand:
    """Presses keys in a window whose actions only say that they would act.

    Parameters
    ----------
    window : in the state in which keys are tried
    before : brings back what a key of that state may have ended
    """

    def __init__(self, window: MainWindow, before: Callable[[], None] = lambda: None) -> None:
        self.window, self._before = window, before
        self._recipe = window.parts.controls.recipe
        self._catch = _Catch(window)
        self._pressed_on = ""  # the kind of control of the last key that left all as it was
        self._noted = 0  # clicks, changes of a view, and of the number in the bubble
        for button in window.findChildren(QAbstractButton):
            button.clicked.connect(self._note)
        tools = QRegularExpression("^draw_.*_button$")
        self._tools = window.findChildren(QAbstractButton, tools)
        for plot in window.findChildren(Plot):
            plot.zoomed.connect(self._note)
            plot.double_clicked.connect(self._note)
        for view in window.findChildren(StepView):
            view.turned.connect(self._note)
        for field in window.findChildren(WeightInput):
            child(field, "qt_spinbox_lineedit").textEdited.connect(self._note)
            field.valueChanged.connect(self._note)
        QGuiApplication.clipboard().setText("7")  # which every field of numbers can take
        window.setUpdatesEnabled(False)  # what is painted does not matter, and takes long

    def press(self, kind: str, key: str) -> str:
        """Press a key with the focus on a kind of control; return what it did, as in the table."""
        control = self._focus(kind)
        seen = self._look(control)
        self._catch.start()
        combination = QKeySequence(key)[0]
        QTest.keyClick(
            self.window.windowHandle(), combination.key(), combination.keyboardModifiers()
        )
        code = self._judge(control, key, seen)
        if isinstance(control, QComboBox):
            control.hidePopup()
        if self.window.parts.controls.recipe != self._recipe:
            self.window.runs.change(self._recipe)
            self._wait_for_network()
        self._pressed_on = kind if code in ("w", ".") else ""
        return code

    def _wait_for_network(self) -> None:
        """Wait until the diagram has its units again: others would take the cursor with them."""
        deadline = time.monotonic() + 60.0
        while self.window.runs.latest.frames[-1].recipe.sizes != self._recipe.sizes:
            assert time.monotonic() < deadline
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    def _focus(self, kind: str) -> QWidget:
        window = self.window
        if kind != self._pressed_on:
            for view in window.focus.diagrams:
                view.edit.close()
                view.edit.end()
            self._before()
        control = CONTROLS[kind](window)
        window.parts.transport.speed_slider.setValue(START_SPEED)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        if kind == "cursor" and kind != self._pressed_on:
            window.parts.network_view.edit.start()
        if isinstance(control, QAbstractSpinBox):
            child(control, "qt_spinbox_lineedit").selectAll()
        assert QApplication.focusWidget() is control, kind
        return control

    def _look(self, control: QWidget) -> tuple[object, ...]:
        """Return whatever a key could change."""
        window, text = self.window, ""
        if isinstance(control, QAbstractSpinBox):
            text = child(control, "qt_spinbox_lineedit").text()
        if isinstance(control, WeightInput):
            text = text.strip() and "a number"  # which follows the run
        edits = [view.edit for view in window.focus.diagrams]
        return (
            window.parts.controls.recipe,
            text,
            [(edit.cursor, edit.edited) for edit in edits],
            window.parts.transport.speed,
            window.selection.value.sample,
            control.current if isinstance(control, SeedsStrip) else None,
            _cell_of(control) if isinstance(control, CellGrid) else None,
            self._noted,
            [button.isChecked() for button in self._tools],
        )

    def _judge(self, control: QWidget, key: str, seen: tuple[object, ...]) -> str:
        acted = self._catch.caught
        focus, is_same = QApplication.focusWidget(), self._look(control) == seen
        if acted:
            meant = [a for a in self.window.actions() if QKeySequence(key) in a.shortcuts()]
            is_all = acted == meant and focus is control and is_same
            return "w" if is_all else f"? {acted} {focus}, {seen}, then {self._look(control)}"
        if isinstance(control, QComboBox) and control.view().isVisible():
            return "l"
        if focus is control:
            return "." if is_same else "o"
        home: QWidget = self.window.focus.diagram
        if self.window.draw_mode.button.isChecked():
            home = self.window.parts.boundary_view.plot
        elif self.window.tools.step.is_on:
            home = child(self.window, "step_drawer")
        return "h" if focus is home else "m"

    def _note(self) -> None:
        self._noted += 1


def _cell_of(grid: CellGrid) -> tuple[object, ...]:
    """Return where the cursor of a grid is, and what its cell holds."""
    index = grid.currentIndex()
    return index.row(), index.column(), index.data()


class _Catch(QObject):
    """Keeps the actions of a window from acting, and notes which would."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.caught: list[QAction] = []
        for action in window.actions():
            action.installEventFilter(self)
            action.enabledChanged.connect(self._enable_all)

    def start(self) -> None:
        """Forget what was caught; let also those act that have nothing to do just now."""
        self.caught = []
        self._enable_all()

    def _enable_all(self) -> None:
        """Enable every action: an update that comes while a key is pressed may disable some."""
        for action in self._window.actions():
            if not action.isEnabled():
                action.setEnabled(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch what would make an action act."""
        if event.type() == QEvent.Type.Shortcut and isinstance(watched, QAction):
            self.caught.append(watched)
            return True
        return False
