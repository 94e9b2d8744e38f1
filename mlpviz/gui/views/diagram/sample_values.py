"""What the units of the diagram give for the sample that is selected."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from mlpviz.engine.network import ForwardPass
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import Unit
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.words.formats import activation_text
from mlpviz.experiment.words.sample_words import (
    sample_words,
    short_sample_words,
    unit_sample_lines,
)
from mlpviz.experiment.words.step_numbers import digits_text
from mlpviz.gui.look.sizes import LABEL_HEIGHT, NUMBER_WIDTH
from mlpviz.gui.plots.label_pictures import Label, LabelPictures, fitting_digits
from mlpviz.gui.views.diagram.network_layout import NetworkLayout

ShownState = tuple[int, Position]  # the number of a run, and where it stands


class SampleActivations:
    """The activations of one sample, in float64, and how they are written on the units."""

    def __init__(self) -> None:
        self.sample: int | None = None
        self._frame: Frame | None = None
        self._values: ForwardPass | None = None
        self.texts: list[list[str]] = []
        self._given: Mapping[Unit, str] = {}  # what is written on some units instead
        self._given_for: ShownState | None = None  # in which state; None for any
        self._marks: Mapping[Unit, str] = {}  # and in any state
        self._digits: int | None = None  # that count, of each number
        self._room = 0.0  # for one of them

    def take(self, frame: Frame) -> bool:
        """Compute them for a frame; return whether any is written otherwise than before."""
        before, self._frame = self.texts, None
        self._values = self.of(frame, self.sample)
        self._frame = frame
        layers = [] if self._values is None else self._values.activations
        given = self._marks
        if self._given_for in (None, (frame.run_number, frame.position)):
            given = {**self._given, **self._marks}
        self.texts = [
            [given.get((layer, unit)) or self._text(value) for unit, value in enumerate(A.tolist())]
            for layer, A in enumerate(layers)
        ]
        return self.texts != before

    def _text(self, value: float) -> str:
        digits = self.digits
        return activation_text(value) if digits is None else digits_text(value, digits)

    @property
    def digits(self) -> int | None:
        """How many digits that count each number has: as many as fit of those that are wanted."""
        return None if self._digits is None else fitting_digits(self._room, self._digits)

    def set_digits(self, digits: int | None) -> None:
        """Write so many digits that count, where they fit, from the next `take` on; None: as usual.

        Numbers as usual have two digits after the point.
        """
        self._digits = digits

    def arrange(self, layout: NetworkLayout) -> None:
        """Take over how much room there is, from the next `take` on."""
        self._room = layout.pitch - NUMBER_WIDTH / 2  # the number of an edge may stand beside it

    def write_instead(
        self,
        texts: Mapping[Unit, str],
        state: ShownState | None = None,
        marks: Mapping[Unit, str] | None = None,
    ) -> None:
        """Write other numbers on some units, from the next `take` on.

        Parameters
        ----------
        state : in which they are so; None for any
        marks : what is written in any state
        """
        self._given, self._given_for, self._marks = texts, state, marks or {}

    def of(self, frame: Frame, sample: int | None) -> ForwardPass | None:
        """Return what all units give for a sample of a frame; None where there is none."""
        if sample is None or sample >= len(frame.X):
            return None
        if frame is self._frame and sample == self.sample:
            return self._values
        return frame.forward_at(*frame.X[sample].tolist())

    def words(self) -> str:
        """Return the sample, its place and its output; "" for none."""
        if self._frame is None or self._values is None or self.sample is None:
            return ""
        return sample_words(self._frame, self.sample, self._values)

    def short_words(self) -> tuple[str, ...]:
        """Return the same in ever fewer words; none for none."""
        if self._frame is None or self._values is None or self.sample is None:
            return ()
        return short_sample_words(self._frame, self.sample, self._values)

    def lines_of(self, layer: int, unit: int) -> list[str]:
        """Return what the bubble of a unit says of the sample."""
        if self._frame is None or self._values is None or self.sample is None:
            return []
        return unit_sample_lines(self._frame.recipe, self.sample, self._values, layer, unit)

    def paint(
        self,
        painter: QPainter,
        layout: NetworkLayout,
        labels: LabelPictures,
        units: frozenset[Unit] | None = None,
    ) -> None:
        """Write a number on the lower edge of each unit; where units touch there is no room.

        Parameters
        ----------
        units : those that have their number; None for all
        """
        columns = zip(layout.units, layout.dense, self.texts, strict=False)
        for layer, (rects, is_dense, texts) in enumerate(columns):
            for unit, (rect, text) in enumerate(zip(rects, texts, strict=True)):
                if not is_dense and (units is None or (layer, unit) in units):
                    # Above the corner that the bias has, and inside for it not to reach the next.
                    y = rect.bottom() - min(LABEL_HEIGHT, rect.height()) / 2
                    number = text.rpartition(" ")[2]  # without its name, where it has one
                    if number != text and labels.width(Label(text, "")) > 1.1 * layout.pitch:
                        text = number
                    labels.write(painter, QPointF(rect.center().x(), y), text)
