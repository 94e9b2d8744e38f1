"""The numbers on the edges of the diagram: on all where they fit, else on those that take part."""

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QPainter

from mlpviz.engine import Array
from mlpviz.experiment.words.formats import chip_text
from mlpviz.experiment.words.step_numbers import digits_text
from mlpviz.gui.look.sizes import NUMBER_WIDTH
from mlpviz.gui.plots.label_pictures import LabelPictures, fitting_digits
from mlpviz.gui.views.diagram.network_layout import (
    FAR_FROM_ONE,
    NetworkLayout,
    number_place,
    number_room,
)
from mlpviz.gui.views.diagram.participants import Participants


class EdgeNumbers:
    """Knows the weights and where their edges lie, and writes them.

    Parameters
    ----------
    labels : paints the numbers

    Attributes
    ----------
    digits : that count, of each number; None for two after the point
    texts : of each block a number per edge, W row by row; none where they do not all fit
    """

    def __init__(self, labels: LabelPictures) -> None:
        self._labels = labels
        self.digits: int | None = None
        self.texts: list[list[str]] = []
        self._layout: NetworkLayout | None = None
        self._weights: Sequence[Array] = ()

    def take(self, weights: Sequence[Array]) -> bool:
        """Take over weights, (fan_in, fan_out) per block; return whether any is written anew."""
        before, self._weights = self.texts, weights
        self._write()
        return self.texts != before

    def arrange(self, layout: NetworkLayout) -> None:
        """Write with this layout from now on."""
        self._layout = layout
        self._write()

    def set_digits(self, digits: int | None) -> None:
        """Write with so many digits that count, where they fit; see `digits`."""
        self.digits = digits
        self._write()

    def of(self, cast: Participants) -> list[str]:
        """Return the numbers of the edges that take part; none where edges are no lines."""
        if self._layout is None or not self._layout.has_lines:
            return []
        return [
            self._text(block, float(self._weights[block].ravel()[edge]))
            for block, edges in enumerate(cast.edges)
            for edge in edges
        ]

    def paint_all(self, painter: QPainter) -> None:
        """Write all for which there is room."""
        for block, texts in enumerate(self.texts):
            self._paint(painter, block, range(len(texts)))

    def paint_cast(self, painter: QPainter, cast: Participants) -> None:
        """Write those of the edges that take part, whether or not all have room."""
        assert self._layout is not None
        for block, edges in enumerate(cast.edges if self._layout.has_lines else ()):
            if self.texts[block]:
                self._paint(painter, block, edges)
            else:
                self._paint_alone(painter, block, edges)

    def _write(self) -> None:
        if self._layout is None or len(self._layout.blocks) != len(self._weights):
            self.texts = [[] for _ in self._weights]
            return
        self.texts = [
            [self._text(number, weight) for weight in self._weights[number].ravel().tolist()]
            if block.has_numbers
            else []
            for number, block in enumerate(self._layout.blocks)
        ]

    def _text(self, block: int, weight: float) -> str:
        if self.digits is None or self._layout is None:
            return chip_text(weight)
        room = number_room(self._layout, block)
        return digits_text(weight, fitting_digits(room, self.digits))

    def _paint(self, painter: QPainter, block: int, edges: Iterable[int]) -> None:
        """Write some where all numbers of a block stand."""
        assert self._layout is not None
        sources, targets = self._weights[block].shape
        lines = self._layout.blocks[block].lines
        for edge in edges:
            share = number_place(edge // targets, sources, targets)
            self._labels.write(painter, lines[edge].pointAt(share), self.texts[block][edge])

    def _paint_alone(self, painter: QPainter, block: int, edges: tuple[int, ...]) -> None:
        """Write some where they do not meet, in a block that has no room for all."""
        assert self._layout is not None
        weights, lines = self._weights[block], self._layout.blocks[block].lines
        if lines[0].dx() < NUMBER_WIDTH:  # a number would lie upon the units, and hide its sign
            return
        columns = weights.shape[1]
        meets_at_end = len({edge % columns for edge in edges}) == 1
        share = FAR_FROM_ONE if meets_at_end else 1.0 - FAR_FROM_ONE
        for edge in edges:
            text = self._text(block, float(weights.ravel()[edge]))
            self._labels.write(painter, lines[edge].pointAt(share), text)
