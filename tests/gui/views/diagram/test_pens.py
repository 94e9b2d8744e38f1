"""What an edge looks like."""

import numpy as np
import pytest
from gui.colour_vision import contrast
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from mlpviz.engine import Array
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.run import Run
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.views.diagram.pens import BROKEN, BUCKETS, Pens, strength, weight_buckets

LARGEST_JUMP = 0.3  # pixels, between two epochs


def test_an_edge_grows_with_its_weight_for_ever_and_is_never_full() -> None:
    shares = strength(np.array([0.0, 1.0, 5.0, -5.0, 10.0, 20.0, 1e300]))
    np.testing.assert_allclose(shares, [0, 0.0995, 0.4472, -0.4472, 0.7071, 0.8944, 1], atol=1e-4)
    assert strength(np.array([1e3]))[0] < strength(np.array([1e4]))[0] < 1.0


def test_what_is_no_number_has_a_pen_of_its_own() -> None:
    buckets = weight_buckets(np.array([np.nan, np.inf, -np.inf, 0.0, 1e300, -1e300]))
    assert buckets.tolist() == [BROKEN, BROKEN, BROKEN, 0, BUCKETS, -BUCKETS]


def test_a_weight_has_the_same_edge_whatever_the_others_are() -> None:
    alone, beside_large = weight_buckets(np.array([1.5])), weight_buckets(np.array([1.5, 60.0]))
    assert alone[0] == beside_large[0]


@pytest.mark.parametrize("epochs", [2_000])
def test_no_edge_of_the_default_run_jumps_from_one_epoch_to_the_next(
    qapp: QApplication, epochs: int
) -> None:
    pens, run = Pens(LIGHT), Run(Recipe())
    widths = np.array([pens.pen(bucket).widthF() for bucket in range(-BUCKETS, BUCKETS + 1)])

    def edge_widths() -> Array:
        found: Array = widths[weight_buckets(run.training.network.parameters) + BUCKETS]
        return found

    before, jumps = edge_widths(), []
    for _ in range(epochs):
        run.advance(1)
        now = edge_widths()
        jumps.append(float(np.abs(now - before).max()))
        before = now
    assert max(jumps) <= LARGEST_JUMP
    assert before.max() - before.min() > 3.0  # and yet they do grow apart


def painted_contrast(look: Look, weight: float) -> float:
    """Return how far the edge of a weight, painted aslant, stands out from the panel."""
    picture = QPixmap(100, 60)
    picture.fill(QColor(look.panel))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Pens(look).pen(int(weight_buckets(np.array(weight)))))
    painter.drawLine(QPointF(0.0, 10.3), QPointF(100.0, 40.7))
    painter.end()
    image = picture.toImage()
    columns = [
        max(contrast(image.pixelColor(x, y).name(), look.panel) for y in range(10, 45))
        for x in range(20, 80, 5)
    ]
    return float(np.mean(columns))


@pytest.mark.parametrize(
    ("look", "weight", "least"),
    [
        (DARK, -1.0, 3.0),
        (DARK, 1.0, 3.0),
        (DARK, -0.2, 2.4),
        (DARK, 0.2, 2.4),
        (LIGHT, -1.0, 2.2),
        (LIGHT, 1.0, 1.7),  # orange upon white: at its strongest it has 2.2
    ],
)
def test_the_edge_of_a_weak_weight_is_seen(
    qapp: QApplication, look: Look, weight: float, least: float
) -> None:
    assert painted_contrast(look, weight) >= least
    assert painted_contrast(look, weight) < painted_contrast(look, 20.0 * weight)
