"""SVG as files have it: words as outlines, and nothing beyond an edge."""

from xml.etree import ElementTree

from gui.drawn_figures import is_near
from PySide6.QtCore import QByteArray, QPointF, QRect, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.plots.picture_formats import image, svg
from mlpviz.gui.plots.svg_finish import begin_clip, end_clip

SIZE = QSizeF(200.0, 100.0)
NAMES = {"svg": "http://www.w3.org/2000/svg"}


def paint_words(painter: QPainter) -> None:
    painter.translate(10.0, 5.0)
    painter.setFont(ui_font(20, bold=True))
    painter.setPen(QColor("#0072B2"))
    painter.drawText(QPointF(0.0, 30.0), "h₁,₂ < 1 111 & ŷ")
    painter.rotate(90.0)
    painter.drawText(QPointF(10.0, -150.0), "loss")


def paint_dots(painter: QPainter) -> None:
    """Paint one dot in a rectangle and one beside it, which is cut, and one that is not."""
    painter.setBrush(QColor("black"))
    painter.translate(20.0, 10.0)
    begin_clip(painter, QRect(0, 0, 60, 40))
    painter.drawEllipse(QPointF(30.0, 20.0), 5.0, 5.0)
    painter.drawEllipse(QPointF(90.0, 20.0), 5.0, 5.0)
    end_clip(painter)
    painter.drawEllipse(QPointF(120.0, 20.0), 5.0, 5.0)


def test_words_are_outlines_and_look_as_words_do(qapp: QApplication) -> None:
    content = svg(SIZE, paint_words, "words")
    assert b"<text" not in content
    assert b"font" not in content.split(b"<path", 1)[1].split(b"/>", 1)[0]
    expected = image(SIZE, paint_words, 2)
    again = QImage(expected.size(), expected.format())
    again.fill(QColor("white"))
    painter = QPainter(again)
    QSvgRenderer(QByteArray(content)).render(painter)
    painter.end()
    far = 0
    for x in range(expected.width()):
        for y in range(expected.height()):
            far += not is_near(expected.pixelColor(x, y), again.pixelColor(x, y).name(), 128)
    assert far < 40  # of 80 000, where hinting shifts an edge by a part of a pixel
    assert expected.pixelColor(0, 0) == QColor("white")


def test_what_has_no_lines_leaves_no_path(qapp: QApplication) -> None:
    def paint(painter: QPainter) -> None:
        painter.drawText(QPointF(), " ")
        painter.drawPath(QPainterPath())
        painter.drawText(QPointF(10.0, 10.0), "a b")

    root = ElementTree.fromstring(svg(SIZE, paint, "words"))
    paths = root.findall(".//svg:path", NAMES)
    assert len(paths) == 1
    assert paths[0].get("d")


def test_marks_beyond_an_edge_are_cut_off_and_what_follows_is_not(qapp: QApplication) -> None:
    root = ElementTree.fromstring(svg(SIZE, paint_dots, "dots"))
    (clip,) = root.iterfind(".//svg:clipPath", NAMES)
    (rect,) = clip
    assert rect.attrib == {
        **{"x": "0", "y": "0", "width": "60", "height": "40"},
        "transform": "matrix(1,0,0,1,20,10)",
    }
    (cut,) = root.iterfind(f".//svg:g[@clip-path='url(#{clip.get('id')})']", NAMES)

    def dots(parent: ElementTree.Element) -> int:
        return sum(len(parent.findall(f".//svg:{kind}", NAMES)) for kind in ("circle", "ellipse"))

    assert dots(cut) == 2
    assert dots(root) == 3
    assert "mlpviz-clip" not in ElementTree.tostring(root, encoding="unicode")


def test_pixels_are_cut_at_the_same_edge(qapp: QApplication) -> None:
    picture = image(SIZE, paint_dots)
    colours = [picture.pixelColor(x, 30).name() for x in (50, 110, 140)]
    assert colours == ["#000000", "#ffffff", "#000000"]
