"""What the units of the diagram give for the sample that is selected."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from mlpviz.engine import Array
from mlpviz.experiment.formats import activation_text, value_text
from mlpviz.experiment.frame import Frame
from mlpviz.gui.network_layout import LABEL_HEIGHT, NetworkLayout
from mlpviz.gui.network_painter import Chips


class SampleActivations:
    """The activations of one sample, in float64, and how they are written on the units."""

    def __init__(self) -> None:
        self.sample: int | None = None
        self._point: list[float] = []
        self._layers: list[Array] = []  # empty where no sample is selected
        self.texts: list[list[str]] = []

    def take(self, frame: Frame) -> bool:
        """Compute them for a frame; return whether any is written otherwise than before."""
        before, self._layers = self.texts, []
        if self.sample is not None and self.sample < len(frame.X):
            self._point = frame.X[self.sample].tolist()
            self._layers = frame.activations_at(*self._point)
        self.texts = [[activation_text(value) for value in A.tolist()] for A in self._layers]
        return self.texts != before

    def words(self) -> str:
        """Return the sample, its place and its output; "" for none."""
        if not self._layers:
            return ""
        (x1, x2), output = self._point, float(self._layers[-1][0])
        place = f"x₁ {value_text(x1)}, x₂ {value_text(x2)}"
        return f"sample {self.sample}: {place}, ŷ {value_text(output)}"

    def lines_of(self, layer: int, unit: int) -> list[str]:
        """Return what the bubble of a unit says of the sample."""
        if not self._layers:
            return []
        return [f"sample {self.sample}: {value_text(float(self._layers[layer][unit]), 4)}"]

    def paint(self, painter: QPainter, layout: NetworkLayout, chips: Chips) -> None:
        """Write a number on the lower edge of each unit; where units touch there is no room."""
        for rects, is_dense, texts in zip(layout.units, layout.dense, self.texts, strict=False):
            for rect, text in zip(rects, texts, strict=True):
                if not is_dense:
                    # Above the corner that the bias has, and inside for it not to reach the next.
                    y = rect.bottom() - min(LABEL_HEIGHT, rect.height()) / 2
                    chips.draw(painter, QPointF(rect.center().x(), y), text)
