"""A formula as HTML, which a browser and Qt's rich text show alike."""

import re
from html import escape

_POWER = re.compile(r"e\^(−?(?:\([^()]*\)|[^\s()/]+))")  # with its exponent


def formula_html(text: str) -> str:
    """Write a formula, with exponents above the line."""
    return _POWER.sub(r"e<sup>\1</sup>", escape(text)).replace("   ", "&nbsp;&nbsp;&nbsp;")
