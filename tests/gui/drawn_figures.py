"""Figures of a report as pictures, and what colour they have where."""

from xml.etree import ElementTree

import numpy as np
from gui.helpers import distance
from PySide6.QtCore import QByteArray, QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from mlpviz.experiment.writing.report import Answer, Chapter
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.views.figures.figures import (
    ANSWER_FIGURES,
    FIGURES,
    SHARPNESS,
    Figure,
    Subject,
    png,
    svg,
)


def drawn(key: str, chapter: Chapter) -> QImage:
    return _as_png(FIGURES[key], chapter)


def drawn_answer(answer: Answer) -> QImage:
    return _as_png(ANSWER_FIGURES[answer.question.key], answer)


def _as_png(figure: Figure[Subject], subject: Subject) -> QImage:
    image = QImage.fromData(QByteArray(png(figure, subject)), "PNG")
    assert not image.isNull()
    return image


def check_both_formats(figure: Figure[Subject], subject: Subject) -> None:
    """See to it that PNG and SVG show the same in the same size, and that nothing is cut off."""
    width, height = figure.size(subject)
    image = _as_png(figure, subject)
    assert (image.width(), image.height()) == (width * SHARPNESS, height * SHARPNESS)
    content = svg(figure, subject)
    assert "<text" not in content.decode()
    assert ElementTree.fromstring(content).get("viewBox") == f"0 0 {width:g} {height:g}"
    again = QImage(image.size(), QImage.Format.Format_RGB32)
    again.fill(QColor("red"))
    painter = QPainter(again)
    QSvgRenderer(QByteArray(content)).render(painter)
    painter.end()
    assert distance(image, again) < 4.0
    assert edge_colours(image) == {LIGHT.panel.lower()}


def is_near(one: QColor, other: str, most: int = 12) -> bool:
    """Tell whether a colour is nearly another."""
    aim = QColor(other)
    parts = zip(one.getRgb()[:3], aim.getRgb()[:3], strict=True)  # type: ignore[index]
    return all(abs(a - b) <= most for a, b in parts)


def edge_colours(image: QImage) -> set[str]:
    """Return the colours of the outermost pixels, as "#rrggbb"."""
    same = image.convertToFormat(QImage.Format.Format_RGB32)
    shape = (image.height(), same.bytesPerLine() // 4)
    rows = np.frombuffer(same.constBits(), dtype=np.uint32).reshape(shape)[:, : image.width()]
    edges = np.concatenate((rows[0], rows[-1], rows[:, 0], rows[:, -1]))
    return {f"#{int(number) & 0xFFFFFF:06x}" for number in np.unique(edges)}


def colour(image: QImage, x: float, y: float) -> QColor:
    """Return the colour at a place in points."""
    return image.pixelColor(QPointF(x * SHARPNESS, y * SHARPNESS).toPoint())
