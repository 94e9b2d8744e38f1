"""What an SVG still lacks when Qt has written it: text as outlines, and edges that cut.

Qt writes the text of widgets as text, each run of it at its own place: that would look otherwise
where our font is not installed. And it lets marks reach beyond the widget that they belong to: its
own clip paths lack the place of the widget. So `begin_clip` and `end_clip` leave words in the
drawing, in place of which `finished` puts clip paths.
"""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFont, QPaintEngine, QPainter, QPainterPath

from mlpviz.gui.look.assets import ui_font

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
GROUP, TEXT, PATH = f"{{{SVG}}}g", f"{{{SVG}}}text", f"{{{SVG}}}path"
DEFINITIONS, CLIP_PATH, RECT = f"{{{SVG}}}defs", f"{{{SVG}}}clipPath", f"{{{SVG}}}rect"
BEGIN, END = "mlpviz-clip-begin", "mlpviz-clip-end"
KEPT = ("fill", "fill-opacity")  # of a text, by its outlines


def begin_clip(painter: QPainter, rect: QRect) -> None:
    """Paint nothing outside of a rectangle, until `end_clip`, on any paper."""
    painter.setClipRect(rect)
    if painter.paintEngine().type() == QPaintEngine.Type.SVG:
        sides = f"{rect.x()} {rect.y()} {rect.width()} {rect.height()}"
        painter.drawText(QPointF(), f"{BEGIN} {sides}")


def end_clip(painter: QPainter) -> None:
    """Paint everywhere again."""
    if painter.paintEngine().type() == QPaintEngine.Type.SVG:
        painter.drawText(QPointF(), END)
    painter.setClipping(False)


def finished(svg: bytes) -> bytes:
    """Return an SVG that Qt has written with outlines in place of its text, and cut edges."""
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    root = ElementTree.fromstring(svg)
    definitions, page = root.find(DEFINITIONS), root.find(GROUP)
    assert definitions is not None
    assert page is not None
    _cut(page, definitions)
    for group in page.iter(GROUP):
        children = [_outline(child) if child.tag == TEXT else child for child in group]
        # Of a blank, or of losses that are no numbers, there is nothing to draw.
        group[:] = [child for child in children if child.tag != PATH or child.get("d")]
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _cut(page: Element, definitions: Element) -> None:
    """Put all that lies between the words of a clip into a group that is clipped."""
    groups = list(page)
    for group in groups:
        page.remove(group)
    target = page
    for group in groups:
        piece = Element(group.tag, group.attrib)
        for child in group:
            words = (child.text or "").split() if child.tag == TEXT else []
            if not words or words[0] not in (BEGIN, END):
                piece.append(child)
                continue
            target.append(piece)
            piece = Element(group.tag, group.attrib)
            target = page
            if words[0] == BEGIN:
                name = _define(definitions, words[1:], group.get("transform", ""))
                target = Element(GROUP, {"clip-path": f"url(#{name})"})
                page.append(target)
        target.append(piece)


def _define(definitions: Element, sides: list[str], transform: str) -> str:
    """Define a clip path, and return its name."""
    name = f"clip{len(definitions) + 1}"
    clip = ElementTree.SubElement(definitions, CLIP_PATH, {"id": name})
    rect = dict(zip(("x", "y", "width", "height"), sides, strict=True))
    ElementTree.SubElement(clip, RECT, rect | {"transform": transform})
    return name


def _outline(text: Element) -> Element:
    path = QPainterPath()
    x, y = float(text.attrib["x"]), float(text.attrib["y"])
    path.addText(x, y, _font(text.attrib), text.text or "")
    kept = {name: text.attrib[name] for name in KEPT}
    fixed = {"fill-rule": "nonzero", "stroke": "none", "d": _steps(path)}
    return Element(PATH, kept | fixed)


def _font(attributes: dict[str, str]) -> QFont:
    """Return the font of a text: with the figures of our font, which no SVG can name."""
    font = ui_font(1)
    font.setFamily(attributes["font-family"])
    font.setPixelSize(round(float(attributes["font-size"])))
    font.setWeight(QFont.Weight(int(attributes["font-weight"])))
    font.setItalic(attributes["font-style"] == "italic")
    return font


def _steps(path: QPainterPath) -> str:
    """Write a path as SVG does."""
    kinds = QPainterPath.ElementType
    letters = {kinds.MoveToElement: "M", kinds.LineToElement: "L", kinds.CurveToElement: "C"}
    steps = []
    for number in range(0 if path.isEmpty() else path.elementCount()):
        element = path.elementAt(number)
        letter = letters.get(element.type, "")  # of a curve's second and third point, none
        steps.append(f"{letter}{element.x:.3f},{element.y:.3f}")
    return " ".join(steps)
