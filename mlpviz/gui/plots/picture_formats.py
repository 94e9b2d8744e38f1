"""Pictures as PNG, SVG and PDF: each is made by one function that paints.

What is painted is measured in logical pixels, of which paper has 96 to the inch.
"""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from mlpviz.gui.look.look import PAPER
from mlpviz.gui.plots.svg_finish import finished

DOTS_PER_INCH = 96  # makes a logical pixel one of an SVG
POINTS_PER_INCH = 72

Paint = Callable[[QPainter], None]  # (0, 0) is the upper left corner of the picture


def image(size: QSizeF, paint: Paint, sharpness: int = 1) -> QImage:
    """Paint a picture as pixels, on white.

    Parameters
    ----------
    size : in logical pixels
    sharpness : pixels of the picture per logical pixel
    """
    picture = QImage(size.toSize() * sharpness, QImage.Format.Format_RGB32)
    picture.fill(QColor(PAPER))
    picture.setDevicePixelRatio(sharpness)
    # So that paper and other programs show it in its size.
    picture.setDotsPerMeterX(round(sharpness * DOTS_PER_INCH / 0.0254))
    picture.setDotsPerMeterY(round(sharpness * DOTS_PER_INCH / 0.0254))
    _paint(picture, paint)
    return picture


def png(picture: QImage) -> bytes:
    """Return a picture as the content of a PNG file."""
    content, buffer = new_buffer()
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt wants str
    return bytes(content.data())


def svg(size: QSizeF, paint: Paint, title: str) -> bytes:
    """Paint a picture as the content of an SVG file; its text as outlines.

    Parameters
    ----------
    size : in logical pixels; the file is as large in whole ones
    title : what it shows, for programs that name it
    """
    content, buffer = new_buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(DOTS_PER_INCH)
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(0.0, 0.0, size.width(), size.height()))
    generator.setTitle(title)
    generator.setDescription("")
    _paint(generator, paint)
    return finished(bytes(content.data()))


def pdf(size: QSizeF, paint: Paint, title: str) -> bytes:
    """Paint a picture as the content of a PDF file of one page, which is as large.

    Parameters
    ----------
    size : in logical pixels
    title : what it shows, for programs that name it
    """
    content, buffer = new_buffer()
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("mlpviz")
    writer.setResolution(DOTS_PER_INCH)
    points = size * (POINTS_PER_INCH / DOTS_PER_INCH)
    writer.setPageSize(
        QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    )
    writer.setPageMargins(QMarginsF())
    _paint(writer, paint)
    return bytes(content.data())


def new_buffer() -> tuple[QByteArray, QBuffer]:
    """Return the content of a file, and what to write it with."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return content, buffer


def _paint(device: QPaintDevice, paint: Paint) -> None:
    painter = QPainter(device)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint(painter)
    finally:
        painter.end()  # or Qt would crash on its way out of an error
