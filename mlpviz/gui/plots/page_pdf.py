"""Pages of HTML as PDF on A4 paper, laid out by Qt's rich text."""

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from mlpviz.gui.plots.picture_formats import new_buffer

RESOLUTION = 600  # dots per inch, in which letters are placed
# What has no room is made smaller, in these steps; most would be 7 points large instead of 8.
SHRINKS = (1.0, 1.04, 1.08, 1.12, 1.16)


def page_pdf(html: str, title: str, pages: int, margin_mm: float) -> bytes:
    """Lay pages out and return them as the content of a PDF file.

    Parameters
    ----------
    title : what they show, for programs that name it
    pages : how many they should be; what is a little too large for them is made smaller
    margin_mm : of the paper, on each side
    """
    content, buffer = new_buffer()
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("mlpviz")
    writer.setResolution(RESOLUTION)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(margin_mm, margin_mm, margin_mm, margin_mm)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.documentLayout().setPaintDevice(writer)  # so that points are those of the paper
    document.setHtml(html)
    paper = QSizeF(writer.width(), writer.height())
    shrink = _shrink(document, paper, pages)
    _paint(document, writer, shrink)
    return bytes(content.data())


def _shrink(document: QTextDocument, paper: QSizeF, pages: int) -> float:
    """Lay a document out on pages, as much larger than paper as it needs, and return by how much.

    Parameters
    ----------
    paper : width and height of what can be printed on, in dots
    """
    for shrink in SHRINKS:
        document.setPageSize(paper * shrink)
        if document.pageCount() <= pages and document.size().width() <= paper.width() * shrink:
            break
    return shrink


def _paint(document: QTextDocument, writer: QPdfWriter, shrink: float) -> None:
    """Paint page after page."""
    page = document.pageSize()
    painter = QPainter(writer)
    try:
        for number in range(document.pageCount()):
            if number:
                writer.newPage()
            painter.save()
            painter.scale(1 / shrink, 1 / shrink)
            painter.translate(0.0, -number * page.height())
            document.drawContents(painter, _of_page(page, number))
            painter.restore()
    finally:
        painter.end()  # or Qt would crash on its way out of an error


def _of_page(page: QSizeF, number: int) -> QRectF:
    return QRectF(0.0, number * page.height(), page.width(), page.height())
