"""Text of an SVG as outlines, so that it looks the same where the font is not installed.

Qt writes the text of widgets as text, each run of it at its own place.
"""

import re
from html import unescape

from PySide6.QtGui import QFont, QPainterPath

from mlpviz.gui.look.assets import ui_font

_TEXT = re.compile(r"<text ([^>]*?)\s*>(.*?)</text>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_KEPT = ("fill", "fill-opacity")  # of a text, by its outlines
_OUTLINE = '<path fill-rule="nonzero" stroke="none" {attributes} d="{steps}" />'


def outlined(svg: str) -> str:
    """Return an SVG that Qt has written with outlines in place of its text."""
    return _TEXT.sub(_outline, svg)


def _outline(found: re.Match[str]) -> str:
    attributes = dict(_ATTRIBUTE.findall(found[1]))
    path = QPainterPath()
    text = unescape(found[2])
    path.addText(float(attributes["x"]), float(attributes["y"]), _font(attributes), text)
    kept = " ".join(f'{name}="{attributes[name]}"' for name in _KEPT)
    return _OUTLINE.format(attributes=kept, steps=_steps(path))


def _font(attributes: dict[str, str]) -> QFont:
    """Return the font of a text: with the figures of our font, which no SVG can name."""
    font = ui_font(1)
    font.setFamily(unescape(attributes["font-family"]))
    font.setPixelSize(round(float(attributes["font-size"])))
    font.setWeight(QFont.Weight(int(attributes["font-weight"])))
    font.setItalic(attributes["font-style"] == "italic")
    return font


def _steps(path: QPainterPath) -> str:
    """Write a path as SVG does."""
    kinds = QPainterPath.ElementType
    letters = {kinds.MoveToElement: "M", kinds.LineToElement: "L", kinds.CurveToElement: "C"}
    steps = []
    for number in range(path.elementCount()):
        element = path.elementAt(number)
        letter = letters.get(element.type, "")  # of a curve's second and third point, none
        steps.append(f"{letter}{element.x:.3f},{element.y:.3f}")
    return " ".join(steps)
