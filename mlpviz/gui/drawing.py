"""What is drawn: points with classes, stroke by stroke, each of which can be undone."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from mlpviz.engine import Array
from mlpviz.experiment.own_data import OwnData
from mlpviz.gui.unit_axis import class_names

UNDO_LIMIT = 50  # strokes

State = tuple[Array, Array]  # X (points, 2) in the units of the data, Y (points,)


class Drawing(QObject):
    """Points that strokes are added to, in the units, with the names and the scale of some data.

    Places are those of the map: (x - offset) / factor.

    Parameters
    ----------
    data : what is drawn upon
    """

    changed = Signal()  # a stroke has ended, was undone or done again

    def __init__(self, data: OwnData, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self.stack.setUndoLimit(UNDO_LIMIT)
        self.start(data)

    def start(self, data: OwnData) -> None:
        """Draw upon other data, with nothing to undo."""
        self.stack.clear()
        self._data = data
        self._state: State = (data.X, data.Y)
        self._before: State | None = None  # the stroke under way

    @property
    def is_in_stroke(self) -> bool:
        """Whether a stroke is under way."""
        return self._before is not None

    def places(self) -> State:
        """Return where the points lie on the map, (points, 2), and their classes, (points,)."""
        X, Y = self._state
        return (X - self._offsets) / self._factors, Y

    def data(self) -> OwnData | None:
        """Return what is drawn, to train on; None as long as `missing` says what is missing.

        Raises
        ------
        ValueError
            with a sentence, for more points than there may be.
        """
        if self.missing():
            return None
        X, Y = self._state
        return replace(self._data, X=X, Y=Y)

    def missing(self) -> str:
        """Say what is missing to train on; "" where there is all."""
        _, Y = self._state
        names = [name for number, name in enumerate(class_names(self._data)) if number not in Y]
        if not names:
            return ""
        return f"Draw a point of {' and one of '.join(names)}; so far the points before are kept."

    def begin(self) -> None:
        """Begin a stroke."""
        self._before = self._state

    def add(self, places: Array, number: int) -> None:
        """Add points of a class to the stroke.

        Parameters
        ----------
        places : (points, 2)
        """
        X, Y = self._state
        more = self._offsets + self._factors * places
        self._state = np.concatenate([X, more]), np.concatenate([Y, np.full(len(more), number)])

    def erase(self, place: tuple[float, float], reach: tuple[float, float]) -> None:
        """Take points away that lie within an ellipse."""
        places, Y = self.places()
        keep = np.hypot(*((places - place) / reach).T) > 1.0
        if not keep.all():
            self._state = self._state[0][keep], Y[keep]

    def end(self, text: str) -> None:
        """End the stroke; where it changed something, it can be undone.

        Parameters
        ----------
        text : what was done, for the tooltip of undo
        """
        before, self._before = self._before, None
        if before is not None and self._state is not before:
            self.stack.push(_Stroke(self, before, self._state, text))

    def clear(self) -> None:
        """Take all points away."""
        self.begin()
        self._state = np.empty((0, 2)), np.empty(0)
        self.end("clear")

    def restore(self, state: State) -> None:
        """Take over what a stroke left or found."""
        self._state = state
        self.changed.emit()

    @property
    def _offsets(self) -> Array:
        return np.array(self._data.offsets)

    @property
    def _factors(self) -> Array:
        return np.array(self._data.factors)


class _Stroke(QUndoCommand):
    def __init__(self, drawing: Drawing, before: State, after: State, text: str) -> None:
        super().__init__(text)
        self._drawing, self._before, self._after = drawing, before, after

    def redo(self) -> None:
        """Do it; the stack calls this for a new one too."""
        self._drawing.restore(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._drawing.restore(self._before)
