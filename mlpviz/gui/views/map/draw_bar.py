"""The tools of the drawing mode, in the heading of the map."""

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.words.names import shown_names
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.actions.undo import Undo
from mlpviz.gui.look.icons import icon
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import DRAW_ICON, DRAW_MARK, HAIRLINE, HALF_SPACE, THIN_LINE
from mlpviz.gui.look.sizing import NONE, fix_icon, lay, px
from mlpviz.gui.parts.inputs import label_button, tool_button
from mlpviz.gui.plots.canvas import Mapping, class_markers
from mlpviz.gui.plots.plot import solid

ERASER = MAX_CLASSES  # the tool after those of the classes
CLASS_BUTTONS = tuple(f"class_{number}" for number in range(MAX_CLASSES))
TOOLS = (*CLASS_BUTTONS, "eraser")
ICONS = {"more": "plus", "eraser": "eraser", "undo": "undo", "redo": "redo", "clear": "clear"}
SHARPNESS = 2


class DrawBar(QWidget):
    """Chooses what a stroke does, and undoes, redoes and clears.

    Parameters
    ----------
    undo : takes strokes back
    look : its colours
    """

    clear_pressed = Signal()
    more_pressed = Signal()  # another class is to begin

    def __init__(self, undo: Undo, look: Look) -> None:
        super().__init__()
        self.setObjectName("draw_bar")
        self.setAccessibleName(tr("Drawing"))
        self._stack = undo.stack
        self._classes: tuple[str, ...] = ()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        self._make_buttons()
        self.buttons["undo"].clicked.connect(undo.undo)
        self.buttons["redo"].clicked.connect(undo.redo)
        self.buttons["clear"].clicked.connect(self.clear_pressed)
        self.buttons["more"].clicked.connect(self.more_pressed)
        undo.stack.indexChanged.connect(self._show_stack)
        label_button(self.buttons["eraser"], tr("Erase points"), key="E")
        words = tr("Take all points away; undo brings them back")
        label_button(self.buttons["clear"], tr("Take all points away"), words)
        self.choose(0)
        self._show_stack()
        self.set_look(look)

    def _make_buttons(self) -> None:
        row = QHBoxLayout(self)
        lay(row, HALF_SPACE, NONE)
        for name in (*CLASS_BUTTONS, *ICONS):
            button = tool_button(f"draw_{name}_button", "", name)
            button.setProperty("role", "flat")
            fix_icon(button, DRAW_ICON)
            self.buttons[name] = button
            row.addWidget(button)
        for tool, name in enumerate(TOOLS):
            self.buttons[name].setCheckable(True)
            self._group.addButton(self.buttons[name], tool)
        row.addStretch(1)

    @property
    def tool(self) -> int:
        """The class to draw, or ERASER."""
        return self._group.checkedId()

    def choose(self, tool: int) -> None:
        """Choose a class to draw, or ERASER."""
        self._group.button(tool).setChecked(True)

    def show_classes(self, classes: tuple[str, ...]) -> None:
        """Offer the classes of these names; the one that was chosen stays, if it is among them."""
        before, self._classes = self._classes, classes
        names, tool = shown_names(classes), self.tool
        for number, name in enumerate(names):
            other = names[(number + 1) % len(names)]
            words = tr(
                "Draw points of {name} ({key}); the right button draws {other}",
                name=name,
                key=number + 1,
                other=other,
            )
            button = self.buttons[CLASS_BUTTONS[number]]
            label_button(button, tr("Draw points of {name}", name=name), words)
        for number, class_button in enumerate(CLASS_BUTTONS):
            self.buttons[class_button].setVisible(number < len(names))
        is_full = len(names) == MAX_CLASSES
        self.buttons["more"].setEnabled(not is_full)
        if is_full:
            words = tr("There are {most} classes, as many as there can be", most=MAX_CLASSES)
        else:
            words = tr("Begin another class ({key})", key=len(names) + 1)
        label_button(self.buttons["more"], tr("Begin another class"), words)
        if tool < len(before) and before[tool] in classes:
            self.choose(classes.index(before[tool]))
        elif tool != ERASER:
            self.choose(min(tool, len(classes) - 1))

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        for name, picture in ICONS.items():
            self.buttons[name].setIcon(toggle_icon(picture, look))
        for number, name in enumerate(CLASS_BUTTONS):
            self.buttons[name].setIcon(_class_icon(number, look))

    @Slot()
    def _show_stack(self) -> None:
        stack = self._stack
        for name, words, can in (
            ("undo", stack.undoText(), stack.canUndo()),
            ("redo", stack.redoText(), stack.canRedo()),
        ):
            action = ACTIONS[name]
            does = action.name
            label = tr("{does}: {what}", does=does, what=words) if words else does
            label_button(self.buttons[name], label, key=action.keys[0])
            self.buttons[name].setEnabled(can)


def toggle_icon(name: str, look: Look) -> QIcon:
    """Draw an icon that is seen on a button that is pressed down, too."""
    result = icon(name, look.quiet, DRAW_ICON)
    pressed = icon(name, look.accent_text, DRAW_ICON).pixmap(px(DRAW_ICON) * SHARPNESS)
    result.addPixmap(pressed, QIcon.Mode.Normal, QIcon.State.On)
    return result


def _class_icon(number: int, look: Look) -> QIcon:
    """Draw the marker of a class on a ground on which it is seen, chosen or not."""
    side = px(DRAW_ICON)
    pixmap = QPixmap(side * SHARPNESS, side * SHARPNESS)
    pixmap.setDevicePixelRatio(SHARPNESS)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / DRAW_ICON, side / DRAW_ICON)
    painter.setPen(QPen(QColor(look.panel), THIN_LINE))
    painter.setBrush(QColor(look.panel))
    rim = HAIRLINE / 2
    painter.drawEllipse(QRectF(0.0, 0.0, DRAW_ICON, DRAW_ICON).adjusted(rim, rim, -rim, -rim))
    marker = class_markers()[number]
    marker.size = DRAW_MARK
    marker.pen, marker.brush = solid(look.outline, THIN_LINE), QBrush(QColor(look.classes[number]))
    marker.set_data(*np.full((2, 1), 0.5))
    marker.paint(painter, Mapping(Box(0.0, 0.0, 1.0, 1.0), DRAW_ICON, DRAW_ICON))
    painter.end()
    return QIcon(pixmap)
