"""Going through the time of the runs: to any moment that they have passed, and back to the present.

The moment looked at belongs to `Selection`; here it is decided which one that is. Views say where
somebody wants to go, and show what comes of it: frames of that moment.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.marks import facts_of_marks
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.time_words import typed_epoch
from mlpviz.gui.actions.choices import A
from mlpviz.gui.actions.own_marks import OwnMark, OwnMarks
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selected, Selection
from mlpviz.gui.actions.time_marks import Stop, TimeMark, shown_at, time_marks, time_stops

PARTS = 10  # of the time of the runs: a large step goes over one of them


class TimeTravel(QObject):
    """Goes from moment to moment, and knows the marks on the way.

    Parameters
    ----------
    runs : through whose time it goes
    selection : owns the moment that is looked at
    own_marks : the user's own
    """

    past_changed = Signal(bool)  # whether the past is looked at now
    has_past_changed = Signal(bool)  # whether there is a moment before the present one
    replay_pressed = Signal()  # play or pause, while the past is looked at
    going_changed = Signal(bool, bool)  # whether what Space starts goes on; whether it is a replay
    marks_changed = Signal(object)  # tuple[TimeMark, ...], in the order of their positions
    naming_wanted = Signal(object)  # the TimeMark that is to get another name

    def __init__(
        self,
        runs: Runs,
        selection: Selection,
        own_marks: OwnMarks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runs, self._selection, self._own_marks = runs, selection, own_marks
        self.marks: tuple[TimeMark, ...] = ()
        self._marked: object = None  # what the marks were made of, to see whether it changes
        self._is_in_past = self._has_past = self._is_replaying = False
        self._before: Stop | None = None  # where one was before the last leap; None for the present
        selection.changed.connect(self._follow_selection)
        runs.parted.connect(own_marks.hand_on)
        own_marks.changed.connect(self._show_own_marks)
        runs.playing_changed.connect(self._announce_going)

    @property
    def is_in_past(self) -> bool:
        """Whether a moment of the past is looked at, or is being looked for."""
        return self._selection.value.position is not None

    @property
    def live(self) -> Position:
        """Where the run stands, as far as the screen knows; in a comparison A."""
        frames = self._frames
        return frames[A].live if frames else Position(0, 0)

    @property
    def epoch(self) -> int:
        """The epoch that is looked at, or looked for."""
        position = self._selection.value.position
        return self.live.epoch if position is None else position.epoch

    # Where to

    def go_to(self, where: int | Position, side: int = A) -> None:
        """Look at a moment; what is not before the present one is the present one.

        Parameters
        ----------
        where : an epoch, after all changes made at it; or a position
        side : the run whose changes a position counts: of A, or the only one, 0; or of B, 1
        """
        frames = self._frames
        if side >= len(frames):
            return  # what was meant is gone
        position = where if isinstance(where, Position) else Position(max(0, where))
        self._before = self._stop
        if position >= frames[side].live:
            self._selection.look_at(None)
        else:
            self._selection.look_at(position, side)

    @Slot(str)
    def go_to_typed(self, text: str) -> None:
        """Look at the epoch that somebody typed, or say why not."""
        self._runs.notices.end()
        try:
            self.go_to(typed_epoch(text, self.live.epoch))
        except ValueError as problem:
            self._runs.notices.refuse(str(problem))

    @Slot()
    def go_live(self) -> None:
        """Look at the present, and what is to come."""
        self._before = self._stop
        self._selection.look_at(None)

    def take_back_leap(self) -> None:
        """Look again at the moment from which one came here: a click has turned out to be two."""
        if self._before is None:
            self.go_live()
        else:
            self.go_to(*self._before)

    @Slot()
    def start(self) -> None:
        """Look at the untrained network."""
        self.go_to(0)

    @Slot()
    def back(self) -> None:
        """Go one epoch back."""
        self.go_to(self.epoch - 1)

    @Slot()
    def on(self) -> None:
        """Go one epoch on; from the present train for one."""
        if self.is_in_past:
            self.go_to(self.epoch + 1)
        else:
            self._runs.run_epoch()

    @Slot()
    def tenth_back(self) -> None:
        """Go back by a tenth of all epochs trained."""
        self.go_to(self.epoch - self._tenth)

    @Slot()
    def tenth_on(self) -> None:
        """Go on by a tenth of all epochs trained, to the present at most."""
        self.go_to(self.epoch + self._tenth)

    @Slot()
    def to_mark_before(self) -> None:
        """Go to the last mark before this moment; before the first one to the start."""
        stops, keys, here = self._stops()
        place = bisect_left(keys, here) - 1
        if place >= 0:
            self.go_to(*stops[place])
        else:
            self.start()

    @Slot()
    def to_mark_after(self) -> None:
        """Go to the next mark after this moment; after the last one to the present."""
        stops, keys, here = self._stops()
        place = bisect_right(keys, here)
        if place < len(stops):
            self.go_to(*stops[place])
        else:
            self.go_live()

    @Slot()
    def toggle_play(self) -> None:
        """Play or pause: the training, or in the past the replay."""
        if self.is_in_past:
            self.replay_pressed.emit()
        else:
            self._runs.toggle_playing()

    def note_replaying(self, is_replaying: bool) -> None:
        """Know whether a replay goes on, or is being prepared."""
        self._is_replaying = is_replaying
        self._announce_going()

    # Marks

    @Slot()
    def mark(self) -> None:
        """Mark the moment that is shown; where it is marked already, ask for another name."""
        frames = self._frames
        if not frames:
            return
        if self._own_marks.at(frames[A]) is None:
            self._own_marks.set(frames)
            return
        position = frames[A].position
        named = (mark for mark in self.marks if mark.is_own and mark.position == position)
        self.naming_wanted.emit(next(named))

    def name_mark(self, mark: TimeMark, name: str) -> None:
        """Call a mark of one's own differently; "" removes it."""
        numbers = [frame.run_number for frame in self._frames]
        self._own_marks.rename(numbers, OwnMark(mark.position, mark.name), name)

    def follow(self, update: Update) -> None:
        """Know the runs as they stand, and their marks."""
        has_past = any(frame.live > (0, 0) for frame in update.frames)
        if has_past != self._has_past:
            self._has_past = has_past
            self.has_past_changed.emit(has_past)
        marked = [facts_of_marks(frame) for frame in update.frames]
        if marked != self._marked:
            self._marked = marked
            self._take_marks(update.frames)

    # How it is done

    @property
    def _frames(self) -> Sequence[Frame]:
        return self._runs.latest.frames

    @property
    def _stop(self) -> Stop | None:
        value = self._selection.value
        return None if value.position is None else Stop(value.position, value.position_of)

    @property
    def _tenth(self) -> int:
        return max(1, round(self.live.epoch / PARTS))

    def _stops(self) -> tuple[Sequence[Stop], list[tuple[Position, ...]], tuple[Position, ...]]:
        """Return the stops, what each shows, and what is shown here."""
        frames = self._frames
        stops = time_stops(self.marks, frames)
        here = self._stop
        shown = tuple(f.live for f in frames) if here is None else shown_at(here, frames)
        return stops, [shown_at(stop, frames) for stop in stops], shown

    def _take_marks(self, frames: Sequence[Frame]) -> None:
        marks = time_marks(frames, self._own_marks)
        if marks != self.marks:
            self.marks = marks
            self.marks_changed.emit(marks)

    @Slot()
    def _show_own_marks(self) -> None:
        self._take_marks(self._frames)

    @Slot(object)
    def _follow_selection(self, value: Selected) -> None:
        is_in_past = value.position is not None
        if is_in_past != self._is_in_past:
            self._is_in_past = is_in_past
            self.past_changed.emit(is_in_past)
            self._announce_going()

    @Slot()
    def _announce_going(self) -> None:
        is_going = self._is_replaying if self._is_in_past else self._runs.is_playing
        self.going_changed.emit(is_going, self._is_in_past)
