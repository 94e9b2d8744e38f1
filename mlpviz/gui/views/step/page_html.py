"""A page of a step as rich text: formula, the same with numbers, result, and the line of NumPy."""

from collections.abc import Callable, Sequence
from functools import partial
from html import escape

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.formula_html import formula_html
from mlpviz.experiment.words.step_items import Factor, Page, Table, Told, Worked
from mlpviz.experiment.workbook.step_questions import Cell
from mlpviz.gui.actions.step_cover import MARK, Covered
from mlpviz.gui.look.look import Look, scaled
from mlpviz.gui.look.sizes import BODY, HALF_SPACE, LARGE, SMALL, SPACE, USUAL_GAP

COPY = "copy:"  # begins the address of a line that can be copied
PRESS = "press:"  # and that of a number
LIGHT = "light:"  # and that of what comes from somewhere in the network
OF_WEIGHT = "of-weight"  # names the place where the weight that is looked at is worked out
CHARACTER = 0.6  # width of a digit, in heights of the font
Write = Callable[..., str]


def page_html(page: Page, look: Look, covered: Covered, width: int) -> str:
    """Write a page in the colours and sizes of a look.

    Parameters
    ----------
    covered : which numbers can be pressed, and which of them have a mark in their place
    width : of the page in px; so many tables that follow each other lie beside each other
    """
    items: list[str] = []
    tables: list[str] = []  # that still have room beside each other
    room = width
    has_covered = False  # a line before: then what it gives is not told by the next one
    for number, item in enumerate(page.items):
        if number in covered.silent:
            continue
        write = partial(_number, look, covered, number)
        if isinstance(item, Table):
            for columns in _blocks(item, look, width):
                needed = _width(item, columns, look)
                if tables and needed > room:
                    items.append(_side_by_side(tables, look))
                    tables, room = [], width
                tables.append(_table(item, columns, look, write))
                room -= needed
            continue
        if tables:
            items.append(_side_by_side(tables, look))
            tables, room = [], width
        if isinstance(item, Worked):
            if number == page.of_weight:
                items.append(f'<a name="{OF_WEIGHT}"></a>')
            is_blank = has_covered or number in covered.bare
            items.append(_worked(item, look, write, is_blank=is_blank))
            has_covered |= Cell(number) in covered.hidden
        elif isinstance(item, Told):
            items.append(_told(item, look, write))
        else:
            items.append(_sentence(item, look))
    if tables:
        items.append(_side_by_side(tables, look))
    return f'<div style="color:{look.text}">{_sentence(page.sentence, look)}{"".join(items)}</div>'


def _number(
    look: Look,
    covered: Covered,
    item: int,
    text: str,
    row: int | None = None,
    column: int | None = None,
) -> str:
    """Write a number that can be pressed, or the mark that covers it."""
    cell = Cell(item, row, column)
    if cell not in covered.cells:
        return escape(text)
    style = f"color:{look.text};text-decoration:none"
    if cell in covered.hidden:
        text = f"\u00a0{MARK}\u00a0"
        is_asked = cell == covered.asked
        ground, ink = (look.accent, look.accent_text) if is_asked else (look.line, look.text)
        style = f"color:{ink};background-color:{ground};text-decoration:none"
    return f'<a href="{cell_address(cell)}" style="{style}">{escape(text)}</a>'


def cell_address(cell: Cell) -> str:
    """Return the address that stands for a number."""
    return PRESS + ",".join("" if part is None else str(part) for part in cell)


def pressed_cell(address: str) -> Cell:
    """Return the cell that an address of a number stands for."""
    item, row, column = address.removeprefix(PRESS).split(",")
    return Cell(int(item), int(row) if row else None, int(column) if column else None)


def light_address(places: Sequence[Place]) -> str:
    """Return the address that stands for some units and weights."""
    return LIGHT + ";".join(
        ",".join("" if part is None else str(part) for part in place) for place in places
    )


def lit_places(address: str) -> tuple[Place, ...]:
    """Return the units and weights that an address stands for; none for any other address."""
    if not address.startswith(LIGHT):
        return ()
    places = (place.split(",") for place in address.removeprefix(LIGHT).split(";"))
    return tuple(
        Place(int(layer), int(unit), int(source) if source else None)
        for layer, unit, source in places
    )


def _with_factors(text: str, factors: Sequence[Factor], look: Look) -> str:
    """Write a line in which each part that comes from somewhere has the address of that."""
    written = ""
    for factor in factors:
        before, there, text_after = text.partition(factor.text)
        if not there:  # a long sum leaves out its last terms
            break
        written += (
            f'{formula_html(before)}<a href="{light_address(factor.places)}"'
            f' style="color:{look.text};text-decoration:none">{formula_html(there)}</a>'
        )
        text = text_after
    return written + formula_html(text)


def _size(size: int, look: Look) -> str:
    return f"font-size:{scaled(size, look.factor)}px"


def _space(look: Look) -> str:
    return f"margin-top:{scaled(USUAL_GAP, look.factor)}px;margin-bottom:0"


def _sentence(words: str, look: Look) -> str:
    return f'<p style="{_space(look)};{_size(BODY, look)}">{escape(words)}</p>'


def _told(told: Told, look: Look, write: Write) -> str:
    """Write a sentence whose number can be pressed."""
    before, _, after = told.words.rpartition(told.number)
    words = f"{escape(before)}{write(told.number)}{escape(after)}"
    return f'<p style="{_space(look)};{_size(BODY, look)}">{words}</p>'


def _worked(worked: Worked, look: Look, write: Write, *, is_blank: bool) -> str:
    """Write the formula large, what it is in numbers below, and the code quietly.

    Parameters
    ----------
    is_blank : whether the numbers are left out, and only the result stands
    """
    lines = [
        f'<p style="{_space(look)};{_size(LARGE, look)};font-weight:600">'
        f"{_with_factors(worked.formula, worked.in_formula, look)}</p>"
    ]
    if worked.numbers:
        before, equals, result = worked.numbers.rpartition(" = ")
        before = "" if is_blank else _with_factors(before, worked.in_numbers, look)
        lines.append(
            f'<p style="margin:0;{_size(LARGE, look)}">{before}{equals}<b>{write(result)}</b></p>'
        )
    if worked.code:
        lines.append(
            f'<p style="margin:0;{_size(SMALL, look)};color:{look.quiet}">'
            f"<code>{escape(worked.code)}</code> &nbsp;"
            f'<a href="{COPY}{escape(worked.code)}" style="color:{look.quiet}">'
            f"{escape(tr('copy'))}</a></p>"
        )
    return "".join(lines)


def _blocks(table: Table, look: Look, width: int) -> list[range]:
    """Cut the columns of a table into blocks that have room; see `_width`."""
    blocks, start, count = [], 0, len(table.columns)
    for end in range(1, count + 1):
        is_last = end == count
        if is_last or _width(table, range(start, end + 1), look) > width:
            blocks.append(range(start, end))
            start = end
    return blocks


def _width(table: Table, columns: range, look: Look) -> int:
    """Return about how wide some columns with their names are, and the space beside, in px."""
    texts = [(table.corner, *(name for name, _ in table.rows))]
    texts += [
        (table.columns[column], *(texts[column] for _, texts in table.rows)) for column in columns
    ]
    characters = sum(max(map(len, column)) for column in texts)
    of_text = CHARACTER * BODY * characters + 2 * SPACE * len(texts) + 2 * USUAL_GAP
    return scaled(round(of_text), look.factor)


def _side_by_side(tables: list[str], look: Look) -> str:
    """Lay tables beside each other."""
    if len(tables) == 1:
        return tables[0]
    right = f"padding-right:{scaled(2 * USUAL_GAP, look.factor)}px"
    cells = "".join(f'<td style="{right}">{table}</td>' for table in tables)
    return f'<table cellspacing="0" cellpadding="0"><tr>{cells}</tr></table>'


def _corner(table: Table, look: Look) -> str:
    """Write the name of a matrix as in its formula; what the columns are quietly."""
    corner = escape(table.corner)
    return f'<b style="color:{look.text}">{corner}</b>' if table.is_matrix else corner


def _table(table: Table, columns: range, look: Look, write: Write) -> str:
    """Write some columns of a table, each cell of which keeps its place."""
    head = f'<td style="color:{look.quiet}">{_corner(table, look)}</td>' + "".join(
        f'<td align="right" style="color:{look.quiet}">{escape(table.columns[column])}</td>'
        for column in columns
    )
    left = f"padding-left:{scaled(SPACE, look.factor)}px;white-space:nowrap"
    rows = "".join(
        f'<tr><td style="color:{look.quiet};white-space:nowrap">{escape(name)}</td>'
        + "".join(
            f'<td align="right" style="{left}">{write(texts[column], row, column)}</td>'
            for column in columns
        )
        + "</tr>"
        for row, (name, texts) in enumerate(table.rows)
    )
    gap = scaled(HALF_SPACE, look.factor)
    return (
        f'<table style="{_space(look)};{_size(BODY, look)}" cellspacing="0" cellpadding="{gap}">'
        f"<tr>{head}</tr>{rows}</table>"
    )
