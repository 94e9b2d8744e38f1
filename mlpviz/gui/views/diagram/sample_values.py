"""What the units of the diagram give for the sample that is selected."""

import math

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from mlpviz.engine import Array
from mlpviz.engine.activations import SOFTMAX
from mlpviz.engine.training import NO_CLASS, predicted_classes
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.words.formats import activation_text, loss_text, not_finite, value_text
from mlpviz.experiment.words.names import name_of, sum_name
from mlpviz.gui.views.diagram.layout import LABEL_HEIGHT, NetworkLayout
from mlpviz.gui.views.diagram.painter import Chips


class SampleActivations:
    """The activations of one sample, in float64, and how they are written on the units."""

    def __init__(self) -> None:
        self.sample: int | None = None
        self._point: list[float] = []
        self._frame: Frame | None = None  # None where no sample is selected
        self._layers: list[Array] = []
        self.texts: list[list[str]] = []

    def take(self, frame: Frame) -> bool:
        """Compute them for a frame; return whether any is written otherwise than before."""
        before, self._frame, self._layers = self.texts, None, []
        if self.sample is not None and self.sample < len(frame.X):
            self._point = frame.X[self.sample].tolist()
            self._frame, self._layers = frame, frame.activations_at(*self._point)
        self.texts = [[activation_text(value) for value in A.tolist()] for A in self._layers]
        return self.texts != before

    def words(self) -> str:
        """Return the sample, its place and its output; "" for none."""
        if self._frame is None:
            return ""
        x1, x2 = self._point
        place = f"x₁ {value_text(x1)}, x₂ {value_text(x2)}"
        return f"sample {self.sample}: {place}, {self._output_words(self._frame.recipe)}"

    def _output_words(self, recipe: Recipe) -> str:
        """Return the output; of several that of the class which is predicted."""
        outputs = self._layers[-1]
        if len(outputs) == 1:
            return f"ŷ {value_text(float(outputs[0]))}"
        number = int(predicted_classes(outputs[:, np.newaxis], len(outputs))[0])
        if number == NO_CLASS:
            return f"ŷ {not_finite(math.nan)}"
        name = name_of(recipe, len(recipe.activations), number)
        return f"largest {name} {value_text(float(outputs[number]))}"

    def lines_of(self, layer: int, unit: int) -> list[str]:
        """Return what the bubble of a unit says of the sample."""
        if self._frame is None:
            return []
        value, recipe = float(self._layers[layer][unit]), self._frame.recipe
        if layer == len(recipe.activations) and recipe.activations[-1] == SOFTMAX:
            return self._softmax_lines(self._frame, unit, value)
        return [f"sample {self.sample}: {value_text(value, 4)}"]

    def _softmax_lines(self, frame: Frame, unit: int, value: float) -> list[str]:
        """Say the weighted sum of an output unit, and what share softmax makes of it."""
        weights, biases = frame.layers()
        place = frame.recipe, len(weights), unit
        with np.errstate(all="ignore"):
            sums = self._layers[-2] @ weights[-1] + biases[-1]
            powers = np.exp(sums)
            total = float(powers.sum())
        share = f"{loss_text(float(powers[unit]))} / {loss_text(total)} = "
        has_share = 0.0 < total < math.inf  # softmax does without such exponentials
        return [
            f"sample {self.sample}: {sum_name(*place)} = {value_text(float(sums[unit]), 4)}",
            f"{name_of(*place)} = {share if has_share else ''}{loss_text(value)}",
        ]

    def paint(self, painter: QPainter, layout: NetworkLayout, chips: Chips) -> None:
        """Write a number on the lower edge of each unit; where units touch there is no room."""
        for rects, is_dense, texts in zip(layout.units, layout.dense, self.texts, strict=False):
            for rect, text in zip(rects, texts, strict=True):
                if not is_dense:
                    # Above the corner that the bias has, and inside for it not to reach the next.
                    y = rect.bottom() - min(LABEL_HEIGHT, rect.height()) / 2
                    chips.draw(painter, QPointF(rect.center().x(), y), text)
