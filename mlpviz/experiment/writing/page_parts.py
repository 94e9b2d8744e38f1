"""What pages are made of: tables, figures and texts in HTML and in Markdown."""

import base64
import re
from html import escape
from typing import NamedTuple

from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import one_line

_MARKS = re.compile(r"[\\`*_\[\]]")  # that mean something to Markdown within a line


FIGURES_FOLDER, TABLES_FOLDER = "figures", "tables"  # beside the page


class Caption(NamedTuple):
    """What stands below a figure, marked, and how much of the width of a page it takes."""

    text: str
    share: float


def html_table(rows: list[tuple[str, ...]]) -> str:
    """Write a table, the first row its headings."""
    head = "".join(f"<th>{escape(text)}</th>" for text in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows[1:]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def html_figure(caption: Caption, svg: bytes) -> str:
    """Write a figure into the page, with its caption below."""
    # As an image of its own: names within one SVG cannot meet those of another.
    source = "data:image/svg+xml;base64," + base64.b64encode(svg).decode("ascii")
    return (
        f'<figure style="--share:{caption.share}"><img alt="{escape(tr(caption.text))}" '
        f'src="{source}"><figcaption>{escape(tr(caption.text))}</figcaption></figure>'
    )


def markdown_figure(caption: Caption, path: str) -> str:
    """Show a picture beside the page, with its caption below.

    Parameters
    ----------
    path : of the picture, from the page
    """
    text = tr(caption.text)
    return f"![{text}]({path})\n\n*{text}*"


def markdown_line(text: str) -> str:
    """Write a text so that Markdown shows it as it stands, on one line."""
    return _MARKS.sub(r"\\\g<0>", escape(one_line(text), quote=False))


def markdown_cell(text: str) -> str:
    return markdown_line(text).replace("|", r"\|")


def markdown_table(rows: list[tuple[str, ...]]) -> str:
    """Write a table, the first row its headings."""
    ruled = [rows[0], ("---",) * len(rows[0]), *rows[1:]]
    return "\n".join("| " + " | ".join(map(markdown_cell, row)) + " |" for row in ruled)
