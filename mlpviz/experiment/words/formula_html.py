"""A formula as HTML, which a browser and Qt's rich text show alike; or as plain text."""

import re
from html import escape

_POWER = re.compile(r"e\^(−?(?:\([^()]*\)|[^\s()/]+))")  # with its exponent


def formula_html(text: str) -> str:
    """Write a formula, with exponents above the line."""
    return _POWER.sub(r"e<sup>\1</sup>", escape(text)).replace("   ", "&nbsp;&nbsp;&nbsp;")


def formula_text(text: str) -> str:
    """Write a formula where no exponent can stand above the line: exp(−z) for e^−z."""
    return _POWER.sub(r"exp(\1)", text)
