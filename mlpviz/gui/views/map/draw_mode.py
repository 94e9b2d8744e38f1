"""The drawing mode: strokes upon the map become own data, and the network learns them anew."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication

from mlpviz.engine import Array
from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.engine.marked import marked
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.actions.drawing import Drawing
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.undo import Undo
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import DRAW_ARM, DRAW_STEP, ERASER_REACH, STROKE_SCATTER, STROKE_SPACING
from mlpviz.gui.look.sizing import base_point
from mlpviz.gui.parts.action_button import action_button
from mlpviz.gui.parts.keys import is_typed_into
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.views.map.draw_bar import ERASER, DrawBar, toggle_icon

HOW = marked(
    "Drawing: click or drag on the map. 1 to 6 choose a class, E erases, Ctrl+Z undoes, "
    "D or Esc ends."
)
GIVEN_UP = marked("What was drawn last cannot be trained on: the points before it are back.")
COMPARING = marked("Only runs on the same data can be compared: end the comparison to draw.")
BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class DrawMode(QObject):
    """Turns the pointer and the keys on the map into points, as long as it is on.

    Parameters
    ----------
    runs : what is trained on what is drawn
    undo : takes strokes back
    view, panel : the map, and the panel around it, which has the tools
    recipe_on : the recipe that is trained on own data
    """

    turned = Signal(bool)  # on or off
    bar_made = Signal(object)  # DrawBar

    def __init__(
        self,
        runs: Runs,
        undo: Undo,
        view: BoundaryView,
        panel: Panel,
        recipe_on: Callable[[OwnData], Recipe],
    ) -> None:
        super().__init__(panel)
        self._runs, self._undo, self._view, self._panel = runs, undo, view, panel
        self._recipe_on = recipe_on
        self._drawing: Drawing | None = None  # made when it is first asked for
        self._bar: DrawBar | None = None
        self._recipe: Recipe | None = None  # the last one looked at
        self._is_taken = True  # whether what is drawn is what is trained on
        self._has_other_data = False  # which the map has yet to go to
        self._last = QPointF()  # of the stroke under way
        self._tool = 0
        self._cursor: QPointF | None = None  # of the keys, on the canvas
        self.button = action_button(ACTIONS["draw"])
        self.button.setCheckable(True)
        self.button.toggled.connect(self._turn)
        panel.add_tool(self.button)
        self.set_look(current_look())

    def show_update(self, update: Update) -> None:
        """Let the frame's points show again, once they are those drawn; follow other data."""
        drawing, recipe = self._drawing, self._runs.recipe
        if self._runs.is_comparing:
            self.button.setChecked(False)  # its bar has no room, and A stays as it is
        if drawing is None or not self.button.isChecked() or drawing.is_in_stroke:
            return
        if recipe is not self._recipe:
            self._follow(drawing, recipe)
        if self._has_other_data and update.frames and update.frames[0].recipe == recipe:
            self._has_other_data = False
            self._view.go_home()
        own = update.frames[0].recipe.used_own if update.frames else None
        if self._is_taken and own == recipe.used_own:
            self._view.show_drawing(None)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self.button.setIcon(toggle_icon(ACTIONS["draw"].icon, look))
        if self._bar is not None:
            self._bar.set_look(look)

    def turn_off(self) -> bool:
        """End drawing; return whether it was on."""
        was_on = self.button.isChecked()
        self.button.setChecked(False)
        return was_on

    def stop(self) -> None:
        """Let go of everything, before the window goes."""
        self.button.setChecked(False)

    @Slot(bool)
    def _turn(self, is_on: bool) -> None:
        view, panel = self._view, self._panel
        if is_on and self._runs.is_comparing:
            self._say(tr(COMPARING))
            self.button.setChecked(False)
            return
        if is_on:
            if not self._begin():
                self.button.setChecked(False)
                return
        elif self._bar is None or not self._bar.isVisibleTo(panel):
            return  # it was refused
        assert self._bar is not None
        self._runs.notices.say(Message(tr(HOW) if is_on else "", is_hint=True))
        self._bar.setVisible(is_on)
        for words in (panel.heading, panel.readout):
            words.setVisible(not is_on)  # the tools of six classes take their place
        # The keys of the whole window, wherever the focus is; its pointer only upon the map.
        for watched in (view.plot.viewport(), view.window().windowHandle()):
            (watched.installEventFilter if is_on else watched.removeEventFilter)(self)
        if not is_on:
            self._show_cursor(None)
            view.show_drawing(None)
        self.turned.emit(is_on)
        if not is_on and not self._is_taken:
            self._say(tr(GIVEN_UP))
        self._is_taken = True

    def _begin(self) -> bool:
        """Get ready to draw upon the present data; return False where these cannot be."""
        self._recipe = self._runs.present()
        try:
            data = _drawn_upon(self._recipe)
        except ValueError as problem:
            self._say(str(problem))
            return False
        if self._drawing is None:
            self._drawing = Drawing(data, self._undo.stack, self)
            self._drawing.changed.connect(self._take_over)
            self._bar = DrawBar(self._undo, self._look)
            self._bar.clear_pressed.connect(self._drawing.clear)
            self._bar.more_pressed.connect(self._begin_class)
            self._panel.add_bar(self._bar)
            self.bar_made.emit(self._bar)
        else:
            self._drawing.start(data)
        assert self._bar is not None
        self._bar.show_classes(data.classes)
        if self._bar.tool == ERASER:  # as the last drawing ended
            self._bar.choose(0)
        return True

    @Slot()
    def _begin_class(self) -> None:
        """Offer another class, and choose it."""
        drawing, bar = self._drawing, self._bar
        assert drawing is not None
        assert bar is not None
        if not drawing.is_in_stroke and drawing.add_class():
            bar.show_classes(drawing.classes)
            bar.choose(len(drawing.classes) - 1)

    def _follow(self, drawing: Drawing, recipe: Recipe) -> None:
        """Draw upon the data of another recipe, where they are others."""
        before, self._recipe = self._recipe, recipe
        try:
            data = _drawn_upon(recipe)
        except ValueError as problem:
            self._say(str(problem))
            self._is_taken = True
            self.button.setChecked(False)
            return
        if before is None or not (self._is_taken and drawing.data() == data):
            drawing.start(data)
            self._is_taken = self._has_other_data = True
            self._view.show_drawing(None)
            if self._bar is not None:
                self._bar.show_classes(data.classes)

    @Slot()
    def _take_over(self) -> None:
        """Train on what is drawn, or say what is missing."""
        drawing = self._drawing
        assert drawing is not None
        assert self._bar is not None
        self._bar.show_classes(drawing.classes)
        self._view.show_drawing(drawing.places())
        self._is_taken = False
        try:
            data = drawing.data()
        except ValueError as problem:
            self._say(f"{problem} {tr('Undo (Ctrl+Z) takes the last stroke back.')}")
            return
        if data is None:
            self._say(drawing.missing())
            return
        if self._undo.is_at_work:  # the runs go back or on by themselves, if they went on with it
            self._is_taken = True
            frames = self._runs.latest.frames
            if frames and _drawn_upon(frames[0].recipe) == data:
                self._view.show_drawing(None)
            return
        recipe = self._recipe_on(data)
        self._is_taken = True  # or why it was not is said already
        if self._runs.change(recipe):
            self._recipe = self._runs.recipe
        else:  # two runs are being compared
            self.button.setChecked(False)

    def _say(self, words: str) -> None:
        self._runs.notices.refuse(words)

    # Strokes

    def _use_mouse(self, event: QMouseEvent) -> bool:
        """Draw with the pointer; return whether the event is used up."""
        drawing = self._drawing
        assert drawing is not None
        pixel = self._view.canvas.mapFrom(self._view.plot.viewport(), event.position())
        place = base_point(pixel)
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            is_inside = self._view.canvas.rect().contains(pixel.toPoint())
            if drawing.is_in_stroke or event.button() not in BUTTONS or not is_inside:
                return drawing.is_in_stroke
            self._begin_stroke(drawing, place, is_other=event.button() == BUTTONS[1])
            return True
        if not drawing.is_in_stroke:
            return False
        if kind == QEvent.Type.MouseMove:
            self._extend(drawing, place)
        elif event.button() in BUTTONS:
            self._end_stroke(drawing)
        return True

    def _begin_stroke(self, drawing: Drawing, place: QPointF, *, is_other: bool = False) -> None:
        assert self._bar is not None
        tool = self._bar.tool
        is_next = is_other and tool != ERASER
        self._tool = (tool + 1) % len(drawing.classes) if is_next else tool
        self._last = place
        drawing.begin()
        self._act(drawing, np.array([[place.x(), place.y()]]))

    def _extend(self, drawing: Drawing, place: QPointF) -> None:
        """Go on to a place, with points at even distances, some pixels beside the way."""
        way = place - self._last
        length = float(np.hypot(way.x(), way.y()))
        steps = int(length / STROKE_SPACING)
        if steps == 0:
            return
        along = np.arange(1, steps + 1)[:, np.newaxis] * STROKE_SPACING / length
        dots = np.array([self._last.x(), self._last.y()]) + along * [way.x(), way.y()]
        self._last = QPointF(*dots[-1].tolist())
        if self._tool != ERASER:  # the same for the same stroke
            seed = round(abs(self._last.x())) + round(abs(self._last.y()))
            dots = dots + np.random.default_rng(seed).uniform(
                -STROKE_SCATTER, STROKE_SCATTER, dots.shape
            )
        self._act(drawing, dots)

    def _act(self, drawing: Drawing, dots: Array) -> None:
        """Draw or erase at some pixels of the canvas, (dots, 2)."""
        mapping = self._view.canvas.mapping
        box, size = mapping.box, [mapping.width, mapping.height]
        scale = np.array([box.right - box.left, box.top - box.bottom]) / size
        places = np.array([box.left, box.top]) + dots * scale * [1.0, -1.0]
        if self._tool == ERASER:
            reach = ERASER_REACH * scale
            for x1, x2 in places.tolist():
                drawing.erase((x1, x2), (float(reach[0]), float(reach[1])))
        else:
            drawing.add(places, self._tool)
        self._view.show_drawing(drawing.places())

    def _end_stroke(self, drawing: Drawing) -> None:
        drawing.end(tr("erasing") if self._tool == ERASER else tr("stroke"))

    # Keys

    def _use_key(self, event: QKeyEvent) -> bool:
        """Return whether a key belongs to the drawing; when it is pressed, do what it means."""
        assert self._drawing is not None
        assert self._bar is not None
        focus = QApplication.focusWidget()
        if is_typed_into(focus):
            return False
        key, acts = Qt.Key(event.key()), event.type() == QEvent.Type.KeyPress
        undo, pressed = self._undo, QKeySequence(event.keyCombination())
        for name, act in (("undo", undo.undo), ("redo", undo.redo)):
            if pressed in map(QKeySequence, ACTIONS[name].keys):
                if acts and not self._drawing.is_in_stroke:
                    act()
                return True
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        tool = self._tool_of(key)
        if tool is not None:
            if acts and tool == len(self._drawing.classes) < MAX_CLASSES:
                self._begin_class()
            elif acts:
                self._bar.choose(tool)
            return True
        return focus is self._view.plot and self._use_cursor_key(key, acts)

    def _tool_of(self, key: Qt.Key) -> int | None:
        """Return the tool that a key chooses: a class, or the next one to begin, or the eraser."""
        assert self._drawing is not None
        number = key - Qt.Key.Key_1
        if 0 <= number < min(len(self._drawing.classes) + 1, MAX_CLASSES):
            return number
        return ERASER if key == Qt.Key.Key_E else None

    def _use_cursor_key(self, key: Qt.Key, acts: bool) -> bool:
        """Move the cross, or draw at it."""
        drawing, canvas = self._drawing, self._view.canvas
        assert drawing is not None
        is_drawing = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if key not in ARROWS and not is_drawing and key != Qt.Key.Key_Delete:
            return False
        if not acts or drawing.is_in_stroke:
            return True
        if self._cursor is None:  # the first key only shows it
            self._show_cursor(base_point(QPointF(canvas.rect().center())))
        elif key in ARROWS:
            across, down = ARROWS[key]
            x = min(max(self._cursor.x() + DRAW_STEP * across, 0.0), canvas.mapping.width)
            y = min(max(self._cursor.y() + DRAW_STEP * down, 0.0), canvas.mapping.height)
            self._show_cursor(QPointF(x, y))
        else:
            dot = np.array([[self._cursor.x(), self._cursor.y()]])
            assert self._bar is not None
            self._tool = self._bar.tool if is_drawing else ERASER
            drawing.begin()
            self._act(drawing, dot)
            self._end_stroke(drawing)
        return True

    def _show_cursor(self, cursor: QPointF | None) -> None:
        self._cursor = cursor
        self._view.show_cursor(cursor, DRAW_ARM)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what belongs to the drawing, whatever has the focus."""
        if not self.button.isChecked() or self._drawing is None:
            return False
        if isinstance(event, QMouseEvent) and watched is self._view.plot.viewport():
            return self._use_mouse(event)
        if isinstance(event, QKeyEvent) and event.type() != QEvent.Type.KeyRelease:
            if not self._use_key(event):
                return False
            event.accept()
            return True
        return False


def _drawn_upon(recipe: Recipe) -> OwnData:
    """Return the data of a recipe, with classes.

    Raises
    ------
    ValueError
        with a sentence, where there is one class only.
    """
    from mlpviz.experiment.writing.csv_export import as_classes, present_data

    return as_classes(present_data(recipe))
