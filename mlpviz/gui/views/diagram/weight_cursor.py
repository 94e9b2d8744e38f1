"""What hands do in the diagram: a cursor that keys move, and the bubble that edits a number.

It changes no network: it says what is wanted.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.names import place_name
from mlpviz.experiment.words.spoken import place_words, shape_words
from mlpviz.gui.parts.announcer import announce
from mlpviz.gui.parts.keys import ENTER
from mlpviz.gui.views.diagram.weight_editor import WeightEditor

Key = Qt.Key
MOVES = {
    Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1),
}  # fmt: skip
MORE, FEWER = (Key.Key_Plus, Key.Key_Equal), (Key.Key_Minus,)  # = is the key of + without Shift
EDITOR_KEYS = {*ENTER, Key.Key_F, Key.Key_Escape}
CURSOR_KEYS = {*MOVES, *ENTER, *MORE, *FEWER, Key.Key_F, Key.Key_Escape}


class NetworkEdit(QObject):
    """The cursor and the editor of one diagram.

    While there is a cursor, ← ↑ → ↓ take it from unit to unit, with Shift through the bias and
    the weights of the unit; Enter edits, F freezes, + and − change the units of the layer, and
    Esc ends it. A click puts it on a unit or a weight, where it stays when the focus goes.

    Parameters
    ----------
    view : the diagram; the bubble lies over it
    """

    moved = Signal(object)  # the Place that the cursor is on now; None for none
    weight_edited = Signal(int, float, int)  # which parameter, its value, of which stroke
    freeze_wanted = Signal(int, bool)  # which parameter
    units_wanted = Signal(int, int)  # hidden layer from 1, how many more

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._frame: Frame | None = None
        self._editor: WeightEditor | None = None
        self._edited: Place | None = None
        self.cursor: Place | None = None
        self.is_pinned = False  # whether the cursor stays when the focus goes
        self.offers_layers = True  # whether + and − change the units of a layer

    @property
    def edited(self) -> Place | None:
        """The place that is being edited."""
        return self._edited

    def show_frame(self, frame: Frame) -> None:
        """Follow the numbers of a frame; what no longer exists is left alone."""
        before, self._frame = self._frame, frame
        if before is not None and before.recipe.sizes != frame.recipe.sizes:
            self.close()
            if self.cursor is not None:
                self._move_to(moved_by(frame.recipe.sizes, self.cursor, 0, 0))
        if self._edited is not None and self._editor is not None:
            # An input can be another now.
            self._editor.show_name(place_name(frame.recipe, self._edited))
            self._editor.show_value(*self._state_of(self._edited))

    def open_at(self, place: Place, anchor: QPointF) -> None:
        """Edit a weight, or the bias of a unit, in a bubble beside a place of the diagram."""
        if self._frame is None or place.layer == 0:
            return
        self.close()
        editor = self._editor or self._make_editor()
        self._edited = place
        editor.open_at(place_name(self._frame.recipe, place), *self._state_of(place), anchor)

    def close(self) -> None:
        """Close the bubble."""
        if self._editor is not None:
            self._editor.close_editor()

    def cancel(self) -> bool:
        """Close the bubble and restore what the number was; return whether there is one."""
        if self._editor is None or self._edited is None:
            return False
        self._editor.cancel()
        return True

    @Slot()
    def start(self) -> None:
        """Show the cursor, where it was last or at the first unit after the inputs."""
        if self._frame is not None:
            self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._move_to(moved_by(self._frame.recipe.sizes, self.cursor or Place(1, 0), 0, 0))

    def end(self) -> None:
        """Hide the cursor."""
        self.is_pinned = False
        self._move_to(None)

    def leave(self) -> None:
        """Hide the cursor for the focus goes elsewhere; what is pinned stays."""
        if not self.is_pinned:
            self.end()

    def pin(self, place: Place) -> None:
        """Put the cursor on a unit or a weight for it to stay there."""
        self.is_pinned = True
        self._move_to(place)

    def toggle_pin(self, place: Place) -> None:
        """Pin a unit, or let it go where it is pinned already."""
        was_pinned = self.is_pinned and self.cursor == place
        self.close()
        if was_pinned:
            self.unpin()
        else:
            self.pin(place)

    def unpin(self) -> bool:
        """Close the bubble and let go of what is pinned; return whether anything was."""
        self.close()
        was_pinned = self.is_pinned
        if was_pinned:
            self.end()
        return was_pinned

    def claims(self, event: QEvent) -> bool:
        """Tell whether a key belongs to the bubble or the cursor and is no shortcut."""
        if not isinstance(event, QKeyEvent) or event.modifiers() & ~_HARMLESS:
            return False
        if self._edited is not None:  # what is not a number cannot be typed over: the focus is here
            return event.key() in EDITOR_KEYS
        if event.key() == Key.Key_Escape and self.is_pinned:  # what lies upon it closes first
            return False
        return self.cursor is not None and event.key() in CURSOR_KEYS

    def press(self, event: QKeyEvent, anchor_of_cursor: QPointF | None) -> bool:
        """Do what a key means to the cursor; return whether it means anything."""
        frame, cursor, key = self._frame, self.cursor, Key(event.key())
        if frame is None:
            return False
        if self._edited is not None and self._editor is not None:
            self._editor.keyPressEvent(event)
            return True
        if cursor is None or anchor_of_cursor is None:
            if key in ENTER:
                self.start()
            return key in ENTER
        if not self.claims(event):
            return False
        if key in MOVES:
            self._press_arrow(frame.recipe.sizes, cursor, event)
        elif key in ENTER:
            self.open_at(cursor, anchor_of_cursor)
        elif key == Key.Key_F:
            position = cursor.position(frame.recipe.sizes)
            self.freeze_wanted.emit(position, position not in frame.recipe.frozen)
        elif key == Key.Key_Escape:
            self.end()
        elif self.offers_layers and cursor.layer <= len(frame.recipe.hidden):
            self.units_wanted.emit(cursor.layer, 1 if key in MORE else -1)
        return True

    def _press_arrow(self, sizes: tuple[int, ...], cursor: Place, event: QKeyEvent) -> None:
        dx, dy = MOVES[Key(event.key())]
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._move_to(next_parameter(sizes, cursor, dx + dy))
        else:
            self._move_to(moved_by(sizes, cursor, dx, dy))

    def _move_to(self, place: Place | None) -> None:
        self.cursor = place
        self.moved.emit(place)
        if self._frame is not None:
            self._tell(self._frame, place)

    def _tell(self, frame: Frame, place: Place | None) -> None:
        """Let a screen reader say what the cursor is on; where there is none, the shape again."""
        words = shape_words(frame.recipe) if place is None else place_words(frame, place)
        self._view.setAccessibleDescription(words)
        if place is not None:
            announce(self._view, words, politely=False)

    def _state_of(self, place: Place) -> tuple[float, bool]:
        assert self._frame is not None
        recipe = self._frame.recipe
        position = place.position(recipe.sizes)
        return float(self._frame.parameters[position]), position in recipe.frozen

    def _make_editor(self) -> WeightEditor:
        """Make it when it is first needed: the first picture need not wait for it."""
        self._editor = WeightEditor(self._view)
        self._editor.value_edited.connect(self._announce_value)
        self._editor.freeze_toggled.connect(self._announce_freeze)
        self._editor.closed.connect(self._forget)
        return self._editor

    @Slot(float, int)
    def _announce_value(self, value: float, stroke: int) -> None:
        if self._edited is not None and self._frame is not None:
            position = self._edited.position(self._frame.recipe.sizes)
            self.weight_edited.emit(position, value, stroke)

    @Slot(bool)
    def _announce_freeze(self, is_frozen: bool) -> None:
        if self._edited is not None and self._frame is not None:
            self.freeze_wanted.emit(self._edited.position(self._frame.recipe.sizes), is_frozen)

    @Slot()
    def _forget(self) -> None:
        self._edited = None
        self._view.setFocus(Qt.FocusReason.PopupFocusReason)


_HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def moved_by(sizes: tuple[int, ...], place: Place, dx: int, dy: int) -> Place:
    """Return the unit that lies so many layers and units further; at the rim it stays."""
    layer = min(max(place.layer + dx, 1), len(sizes) - 1)
    return Place(layer, min(max(place.unit + dy, 0), sizes[layer] - 1))


def next_parameter(sizes: tuple[int, ...], place: Place, steps: int) -> Place:
    """Go on among the parameters of one unit: its bias, then its weights, and round again."""
    count = sizes[place.layer - 1] + 1
    at = 0 if place.source is None else place.source + 1
    at = (at + steps) % count
    return place._replace(source=None if at == 0 else at - 1)
