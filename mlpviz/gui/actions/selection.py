"""What a person looks at: a sample, a part of a network, a moment of the run, a box of the plane.

It is kept here and nowhere else. A view says what was clicked or pointed at, and is shown the
value that comes of it; what the runs no longer have is not selected any more.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.places import Place, Unit
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.want import Want


class Part(NamedTuple):
    """A unit or a weight of one of the runs: of A, or the only one, 0; or of B, 1."""

    side: int
    place: Place


@dataclass(frozen=True, slots=True)
class Selected:
    """What is selected at one moment; None where nothing is.

    Parameters
    ----------
    sample : its number, the same in both runs
    part : what the cursor of the keys is on, or a click pinned, in one of the diagrams
    pointed : what the pointer is on there
    position : the moment that is looked at; None for the present one
    box : what the maps show of the plane; None for the data's own box
    pointed_line : the unit whose line the pointer is on, upon a map
    position_of : the run whose changes the position counts, A (0) or B (1); of the other one its
        epoch is meant, after all changes made at it
    has_step : whether the step that has the sample is taken apart, of run A
    needs_step : whether somebody else waits for that step, who shows nothing of it
    """

    sample: int | None = None
    part: Part | None = None
    pointed: Part | None = None
    position: Position | None = None
    box: Box | None = None
    pointed_line: Part | None = None
    position_of: int = 0
    has_step: bool = False
    needs_step: bool = False

    def place_in(self, side: int) -> Place | None:
        """Return what is looked at in the network of one run: under the pointer, else selected."""
        return place_of(side, self.pointed, self.pointed_line, self.part)

    def unit_in(self, side: int) -> Unit | None:
        """Return the unit that the map of one run shows; None also where a weight is looked at."""
        place = self._computed_place(side)
        return None if place is None or place.source is not None else (place.layer, place.unit)

    def want(self, side: int) -> Want:
        """Return what is to be computed of one run for what is selected."""
        place = self._computed_place(side)
        parameter = None if place is None or place.layer == 0 else place  # inputs have none
        is_step_wanted = side == 0 and (self.has_step or self.needs_step)
        step = (self.sample or 0) if is_step_wanted else None
        return Want(self.box, self.unit_in(side), parameter, self.position_in(side), step)

    def position_in(self, side: int) -> Position | None:
        """Return the moment of one run that is looked at; None for the present one."""
        if self.position is None or side == self.position_of:
            return self.position
        return Position(self.position.epoch)

    def _computed_place(self, side: int) -> Place | None:
        """Return of which place of a run more is computed: of no unit whose line is pointed at.

        If the map showed that unit, the line and what lies around it would be gone.
        """
        return place_of(side, self.pointed, self.part)


NOTHING = Selected()


class Selection(QObject):
    """Owns what is selected, and says when it is something else."""

    changed = Signal(object)  # Selected

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._value = NOTHING
        self._frames: tuple[Frame, ...] = ()  # the last ones, which say what there is
        self._holds_box = False
        self._awaited: list[int] = []  # the numbers of runs of which a moment is looked at already

    @property
    def value(self) -> Selected:
        """What is selected now."""
        return self._value

    @Slot(object)
    def select_sample(self, sample: int | None) -> None:
        """Select a sample by its number; None for none."""
        self._set(replace(self._value, sample=sample))

    @Slot()
    def clear_sample(self) -> bool:
        """Select no sample; return whether one was selected."""
        was_selected = self._value.sample is not None
        self.select_sample(None)
        return was_selected

    def select_part(self, side: int, place: Place | None) -> None:
        """Select a unit or a weight of a run; None for none of this run."""
        if place is not None:
            self._set(replace(self._value, part=Part(side, place)))
        elif self._value.part is not None and self._value.part.side == side:
            self._set(replace(self._value, part=None))

    def point_at(self, side: int, place: Place | None) -> None:
        """Note what the pointer is on in the diagram of a run; None for nothing there."""
        if place is not None:
            self._set(replace(self._value, pointed=Part(side, place)))
        elif self._value.pointed is not None and self._value.pointed.side == side:
            self._set(replace(self._value, pointed=None))

    def point_at_line(self, side: int, place: Place | None) -> None:
        """Note of which unit the pointer is on the line, on the map of a run; None for none."""
        if place is not None:
            self._set(replace(self._value, pointed_line=Part(side, place)))
        elif self._value.pointed_line is not None and self._value.pointed_line.side == side:
            self._set(replace(self._value, pointed_line=None))

    @Slot(object)
    def look_at(self, position: Position | None, side: int = 0) -> None:
        """Look at a moment of the run; None for the present one, and those to come.

        Parameters
        ----------
        side : the run whose changes it counts, A (0) or B (1)
        """
        self._set(replace(self._value, position=position, position_of=side))

    def look_at_others(
        self, numbers: tuple[int, ...], position: Position | None, side: int = 0
    ) -> None:
        """Look at a moment of runs that are on their way; see `look_at`.

        Parameters
        ----------
        numbers : of these runs; others may be seen before them
        """
        self._awaited = [*numbers] if position is not None else []
        self.look_at(position, side)

    def take_apart(self, has_step: bool) -> None:
        """Look at a step of the epoch to come in all its numbers, or no longer."""
        self._set(replace(self._value, has_step=has_step))

    def need_step(self, needs_step: bool) -> None:
        """Have the numbers of that step computed without showing it, or no longer."""
        self._set(replace(self._value, needs_step=needs_step))

    @Slot(object)
    def zoom(self, box: Box | None) -> None:
        """Look at a box of the plane; None for the data's own."""
        self._set(replace(self._value, box=box))

    @Slot(bool)
    def hold_box(self, is_held: bool) -> None:
        """Stay where the maps are whatever the data become; or be at the data's own box again."""
        self._holds_box = is_held
        self.zoom(self._value.box if is_held else None)

    def follow(self, update: Update) -> None:
        """Let go of what the runs of an update do not have."""
        if not update.frames:
            return
        before, self._frames = self._frames, update.frames
        value = self._value
        if before and before[0].box != update.frames[0].box and not self._holds_box:
            value = replace(value, box=None)
        if _numbers(before) != _numbers(update.frames):
            if not self._awaited:
                value = replace(value, position=None, position_of=0)
            elif self._awaited == _numbers(update.frames):
                self._awaited = []
        self._set(value)

    def has_part(self, part: Part | None) -> bool:
        """Tell whether the runs have this unit or weight."""
        if part is None or part.side >= len(self._frames):
            return False
        sizes, (layer, unit, source) = self._frames[part.side].recipe.sizes, part.place
        return (
            layer < len(sizes)
            and unit < sizes[layer]
            and (source is None or source < sizes[layer - 1])
        )

    def _set(self, value: Selected) -> None:
        if self._frames:
            value = self._fitted(value)
        if value != self._value:
            self._value = value
            self.changed.emit(value)

    def _fitted(self, value: Selected) -> Selected:
        """Return a value without what the frames do not have."""
        if value == NOTHING and not self._holds_box:
            return value
        box = value.box
        if box is None and self._holds_box:
            box = self._frames[0].box  # by its numbers, or it would go with the data
        return replace(
            value,
            sample=value.sample if self._has_sample(value.sample) else None,
            part=value.part if self.has_part(value.part) else None,
            pointed=value.pointed if self.has_part(value.pointed) else None,
            pointed_line=value.pointed_line if self.has_part(value.pointed_line) else None,
            box=box,
        )

    def _has_sample(self, sample: int | None) -> bool:
        return sample is not None and sample < len(self._frames[0].X)


def place_of(side: int, *parts: Part | None) -> Place | None:
    """Return the place of the first of some parts that is of one run."""
    for part in parts:
        if part is not None and part.side == side:
            return part.place
    return None


def _numbers(frames: tuple[Frame, ...]) -> list[int]:
    return [frame.run_number for frame in frames]
