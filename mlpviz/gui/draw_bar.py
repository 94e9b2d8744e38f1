"""The tools of the drawing mode, in the heading of the map."""

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QUndoStack
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from mlpviz.gui.assets import icon
from mlpviz.gui.inputs import tool_button
from mlpviz.gui.theme import SPACE, Theme

ERASER = 2  # the tool after those of the classes
ICON_SIZE = 16
SHARPNESS = 2


class DrawBar(QWidget):
    """Chooses what a stroke does, and undoes, redoes and clears.

    Parameters
    ----------
    stack : what undo and redo work on
    theme : its colours
    """

    clear_pressed = Signal()

    def __init__(self, stack: QUndoStack, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("draw_bar")
        self.setAccessibleName("Drawing")
        self._stack = stack
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        self.buttons: dict[str, QToolButton] = {}
        for name in ("class_0", "class_1", "eraser", "undo", "redo", "clear"):
            button = tool_button(f"draw_{name}_button", "", name)
            button.setProperty("role", "flat")
            self.buttons[name] = button
            row.addWidget(button)
        for tool, name in enumerate(("class_0", "class_1", "eraser")):
            self.buttons[name].setCheckable(True)
            self._group.addButton(self.buttons[name], tool)
        row.addStretch(1)
        self.buttons["undo"].clicked.connect(stack.undo)
        self.buttons["redo"].clicked.connect(stack.redo)
        self.buttons["clear"].clicked.connect(self.clear_pressed)
        stack.indexChanged.connect(self._show_stack)
        self._label("eraser", "Erase points (E)")
        self._label("clear", "Take all points away; undo brings them back")
        self.choose(0)
        self._show_stack()
        self.set_theme(theme)

    @property
    def tool(self) -> int:
        """The class to draw, or ERASER."""
        return self._group.checkedId()

    def choose(self, tool: int) -> None:
        """Choose a class to draw, or ERASER."""
        self._group.button(tool).setChecked(True)

    def show_classes(self, names: tuple[str, ...]) -> None:
        """Take over the names of the classes."""
        for number, name in enumerate(names):
            other = names[1 - number]
            words = f"Draw points of {name} ({number + 1}); the right button draws {other}"
            self._label(f"class_{number}", words)

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        for name in ("eraser", "undo", "redo", "clear"):
            self.buttons[name].setIcon(toggle_icon(name, theme))
        for number, colour in enumerate((theme.class_0, theme.class_1)):
            self.buttons[f"class_{number}"].setIcon(_class_icon(number, colour, theme))

    def _label(self, name: str, words: str) -> None:
        self.buttons[name].setToolTip(words)
        self.buttons[name].setAccessibleName(words)

    @Slot()
    def _show_stack(self) -> None:
        stack = self._stack
        for name, words, key, can in (
            ("undo", stack.undoText(), "Ctrl+Z", stack.canUndo()),
            ("redo", stack.redoText(), "Ctrl+Shift+Z", stack.canRedo()),
        ):
            self._label(name, f"{name.capitalize()} {words}".strip() + f" ({key})")
            self.buttons[name].setEnabled(can)


def toggle_icon(name: str, theme: Theme) -> QIcon:
    """Draw an icon that is seen on a button that is pressed down, too."""
    result = icon(name, theme.quiet, ICON_SIZE)
    pressed = icon(name, theme.accent_text, ICON_SIZE).pixmap(ICON_SIZE * SHARPNESS)
    result.addPixmap(pressed, QIcon.Mode.Normal, QIcon.State.On)
    return result


def _class_icon(number: int, colour: str, theme: Theme) -> QIcon:
    """Draw the marker of a class on a ground on which it is seen, chosen or not."""
    pixmap = QPixmap(ICON_SIZE * SHARPNESS, ICON_SIZE * SHARPNESS)
    pixmap.setDevicePixelRatio(SHARPNESS)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.panel), 1.0))
    painter.setBrush(QColor(theme.panel))
    painter.drawEllipse(QRectF(0.5, 0.5, ICON_SIZE - 1, ICON_SIZE - 1))
    painter.setPen(QPen(QColor(theme.outline), 1.0))
    painter.setBrush(QColor(colour))
    shape = QRectF(3.5, 3.5, ICON_SIZE - 7, ICON_SIZE - 7)
    if number:
        painter.drawRect(shape.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.drawEllipse(shape)
    painter.end()
    return QIcon(pixmap)
