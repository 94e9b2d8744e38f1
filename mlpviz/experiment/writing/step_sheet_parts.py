"""What a step sheet is made of: lines, matrices and sums in HTML."""

from collections.abc import Sequence
from html import escape

from mlpviz.experiment.words.formula_html import formula_html
from mlpviz.experiment.words.step_numbers import USUAL_DIGITS, digits_text

SUM_WIDTHS = (5, 54, 8, 25, 8)  # percent of a table of sums, the first of the names
CELL_WIDTH = 46  # px, of a number in a matrix at least


def number_text(value: float) -> str:
    """Write a number as all of a sheet are written."""
    return digits_text(value, USUAL_DIGITS)


def heading(text: str, level: int = 2) -> str:
    """Write the title of the page, of level 1, or of one of its parts."""
    kind = "title" if level == 1 else "part"
    return f'<p role="heading" aria-level="{level}" class="{kind}">{escape(text)}</p>'


def sentence(text: str) -> str:
    """Write a line."""
    return f"<p>{formula_html(text)}</p>"


def cell(text: str, kind: str) -> str:
    """Write a number.

    Parameters
    ----------
    kind : of the style: "given", "above", "result", or "blank" for one that is to be filled in
    """
    shown = "&nbsp;" if kind == "blank" else escape(text)
    return f'<td class="{kind}" align="right" width="{CELL_WIDTH}">{shown}</td>'


def matrix_table(name: str, columns: Sequence[str], rows: Sequence[str]) -> str:
    """Write a matrix.

    Parameters
    ----------
    name : of the matrix, in its corner
    columns : their names
    rows : the cells of each
    """
    head = "".join(f'<th align="right">{escape(column)}</th>' for column in columns)
    lines = "".join(f"<tr>{row}</tr>" for row in rows)
    return (
        f'<table cellspacing="0"><tr><th align="left">{escape(name)}</th>{head}</tr>{lines}</table>'
    )


def side_by_side(tables: Sequence[str]) -> str:
    """Lay tables beside each other."""
    cells = "".join(f'<td class="side">{table}</td>' for table in tables)
    return f'<table cellspacing="0"><tr>{cells}</tr></table>'


def sums_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write two sums a line, each with its result.

    Parameters
    ----------
    heads : what stands above the four columns after the names
    rows : of five cells
    """
    titles = "".join(
        f'<th width="{width}%" align="{"left" if place % 2 else "right"}">{formula_html(head)}</th>'
        for place, (width, head) in enumerate(zip(SUM_WIDTHS, ("", *heads), strict=True))
    )
    lines = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f'<table width="100%" cellspacing="0"><tr>{titles}</tr>{lines}</table>'
