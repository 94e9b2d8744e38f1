"""What is drawn: points with classes, stroke by stroke, each of which can be undone."""

from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from mlpviz.engine import Array
from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.words.names import shown_names

Points = tuple[Array, Array]  # (points, 2), and the class of each, (points,)


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """What is drawn at one moment.

    Parameters
    ----------
    X : (points, 2), in the units of the data
    Y : (points,), the number of the class of each
    classes : the name of each class, of those too that have no point yet
    """

    X: Array
    Y: Array
    classes: tuple[str, ...]

    def lacks(self, number: int) -> bool:
        """Tell whether a class has no point."""
        return number not in self.Y


class Drawing(QObject):
    """Points that strokes are added to, in the units, with the names and the scale of some data.

    Places are those of the map: (x - offset) / factor.

    Classes that were begun and have no point yet are left aside when they come last, as long as
    two others have one. A class of which the eraser takes the last point is gone.

    Parameters
    ----------
    data : what is drawn upon, with classes
    stack : where strokes can be taken back, each with what comes of it
    """

    changed = Signal()  # a stroke has ended, was undone or done again

    def __init__(self, data: OwnData, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self.start(data)

    def start(self, data: OwnData) -> None:
        """Draw upon other data."""
        self._data = data
        self._state = State(data.X, data.Y, data.classes)
        self._before: State | None = None  # the stroke under way

    @property
    def is_in_stroke(self) -> bool:
        """Whether a stroke is under way."""
        return self._before is not None

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes that can be drawn."""
        return self._state.classes

    def places(self) -> Points:
        """Return where the points lie on the map, (points, 2), and their classes, (points,)."""
        return (self._state.X - self._offsets) / self._factors, self._state.Y

    def data(self) -> OwnData | None:
        """Return what is drawn, to train on; None as long as `missing` says what is missing.

        Raises
        ------
        ValueError
            with a sentence, for more points than there may be.
        """
        if self.missing():
            return None
        state = self._state
        classes = state.classes[: self._needed()]
        return replace(self._data, X=state.X, Y=state.Y, classes=classes)

    def missing(self) -> str:
        """Say what is missing to train on; "" where there is all."""
        needed = enumerate(shown_names(self.classes)[: self._needed()])
        names = [name for number, name in needed if self._state.lacks(number)]
        if not names:
            return ""
        first, *others = names
        wanted = reduce(
            lambda before, name: tr("{names} and one of {name}", names=before, name=name),
            others,
            first,
        )
        return tr("Draw a point of {names}; so far the points before are kept.", names=wanted)

    def _needed(self) -> int:
        """Return how many of the classes, from the first, must have a point."""
        return max(2, int(self._state.Y.max(initial=0.0)) + 1)

    def add_class(self) -> bool:
        """Begin another class, which has no point yet; return whether there is room for one."""
        names = self.classes
        if len(names) == MAX_CLASSES:
            return False
        self._state = replace(self._state, classes=(*names, _new_name(names)))
        return True

    def begin(self) -> None:
        """Begin a stroke."""
        self._before = self._state

    def add(self, places: Array, number: int) -> None:
        """Add points of a class to the stroke.

        Parameters
        ----------
        places : (points, 2)
        """
        more = self._offsets + self._factors * places
        X = np.concatenate([self._state.X, more])
        Y = np.concatenate([self._state.Y, np.full(len(more), float(number))])
        self._state = replace(self._state, X=X, Y=Y)

    def erase(self, place: tuple[float, float], reach: tuple[float, float]) -> None:
        """Take points away that lie within an ellipse."""
        places, Y = self.places()
        keep = np.hypot(*((places - place) / reach).T) > 1.0
        if not keep.all():
            self._state = replace(self._state, X=self._state.X[keep], Y=Y[keep])

    def end(self, text: str) -> None:
        """End the stroke; where it changed something, it can be undone.

        Parameters
        ----------
        text : what was done, for the tooltip of undo
        """
        before, self._before = self._before, None
        if before is not None and self._state is not before:
            # What is done with the points, when they have changed, is taken back with them.
            self._stack.beginMacro(text)
            self._stack.push(_Stroke(self, before, _without_erased(before, self._state)))
            self._stack.endMacro()

    def clear(self) -> None:
        """Take all points away; the classes stay."""
        self.begin()
        self._state = replace(self._state, X=np.empty((0, 2)), Y=np.empty(0))
        self.end(tr("clear"))

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


def _without_erased(before: State, after: State) -> State:
    """Take away the classes that have lost their last point, as long as two others have one."""
    count = len(after.classes)
    erased = [n for n in range(count) if after.lacks(n) and not before.lacks(n)]
    kept = [n for n in range(count) if n not in erased]
    if not erased or len(np.unique(after.Y)) < 2:
        return after
    Y = np.searchsorted(kept, after.Y).astype(np.float64)
    return State(after.X, Y, tuple(after.classes[n] for n in kept))


def _new_name(names: tuple[str, ...]) -> str:
    """Return a name for another class: the next number, where all the names are numbers."""
    if all(name.isdecimal() for name in names):
        return str(max(map(int, names)) + 1)
    number = len(names)
    while (name := tr("class {number}", number=number)) in names:
        number += 1
    return name


class _Stroke(QUndoCommand):
    def __init__(self, drawing: Drawing, before: State, after: State) -> None:
        super().__init__()
        self._drawing, self._before, self._after = drawing, before, after

    def redo(self) -> None:
        """Do it; the stack calls this for a new one too."""
        self._drawing.restore(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._drawing.restore(self._before)
