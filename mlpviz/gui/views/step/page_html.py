"""A page of a step as rich text: formula, the same with numbers, result, and the line of NumPy."""

from collections.abc import Callable
from html import escape

from mlpviz.experiment.language import tr
from mlpviz.experiment.words.formula_html import formula_html
from mlpviz.experiment.words.step_pages import Page, Table, Worked
from mlpviz.gui.look.look import Look, scaled
from mlpviz.gui.look.sizes import BODY, HALF_SPACE, LARGE, SMALL, SPACE, USUAL_GAP

COPY = "copy:"  # begins the address of a line that can be copied


def page_html(page: Page, look: Look) -> str:
    """Write a page in the colours and sizes of a look."""
    write: dict[type, Callable[..., str]] = {Table: _table, Worked: _worked, str: _sentence}
    items = "".join(write[type(item)](item, look) for item in page.items)
    return f'<div style="color:{look.text}">{_sentence(page.sentence, look)}{items}</div>'


def _size(size: int, look: Look) -> str:
    return f"font-size:{scaled(size, look.factor)}px"


def _space(look: Look) -> str:
    return f"margin-top:{scaled(USUAL_GAP, look.factor)}px;margin-bottom:0"


def _sentence(words: str, look: Look) -> str:
    return f'<p style="{_space(look)};{_size(BODY, look)}">{escape(words)}</p>'


def _worked(worked: Worked, look: Look) -> str:
    """Write the formula large, what it is in numbers below, and the code quietly."""
    lines = [
        f'<p style="{_space(look)};{_size(LARGE, look)};font-weight:600">'
        f"{formula_html(worked.formula)}</p>"
    ]
    if worked.numbers:
        before, equals, result = worked.numbers.rpartition(" = ")
        lines.append(
            f'<p style="margin:0;{_size(LARGE, look)}">{formula_html(before)}{equals}'
            f"<b>{escape(result)}</b></p>"
        )
    if worked.code:
        lines.append(
            f'<p style="margin:0;{_size(SMALL, look)};color:{look.quiet}">'
            f"<code>{escape(worked.code)}</code> &nbsp;"
            f'<a href="{COPY}{escape(worked.code)}" style="color:{look.quiet}">'
            f"{escape(tr('copy'))}</a></p>"
        )
    return "".join(lines)


def _table(table: Table, look: Look) -> str:
    head = "".join(
        f'<td align="right" style="color:{look.quiet}">{escape(name)}</td>'
        for name in ("", *table.columns)
    ).replace("></td>", f">{escape(table.corner)}</td>", 1)
    left = f"padding-left:{scaled(2 * SPACE, look.factor)}px"
    rows = "".join(
        f'<tr><td style="color:{look.quiet}">{escape(name)}</td>'
        + "".join(f'<td align="right" style="{left}">{escape(text)}</td>' for text in texts)
        + "</tr>"
        for name, texts in table.rows
    )
    gap = scaled(HALF_SPACE, look.factor)
    return (
        f'<table style="{_space(look)};{_size(BODY, look)}" cellspacing="0" cellpadding="{gap}">'
        f"<tr>{head}</tr>{rows}</table>"
    )
