"""What is said of a table that was read: the same words in the window and on the command line."""

from typing import Any

from mlpviz.experiment.data.reading import Reading
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.words.data_notes import notes_on
from mlpviz.experiment.words.formats import epoch_text


def recognised_words(table: Table, reading: Reading | None) -> str:
    """Say how a table is written and how many of its rows are used, in one line."""
    header = {0: "no header", 1: "with a header"}.get(table.header, f"{table.header} header rows")
    skipped = ""
    if table.skipped:
        lines = "1 line" if table.skipped == 1 else f"{table.skipped} lines"
        skipped = f", {lines} above it skipped"
    written = f"{table.encoding}, {table.words}, {header}{skipped}"
    return f"{written}; {_row_words(table, reading)}, {len(table.names)} columns."


def _row_words(table: Table, reading: Reading | None) -> str:
    if reading is None:
        return f"{epoch_text(len(table.lines))} rows"
    used, left = len(reading.data.Y), len(reading.left_out)
    if not left:
        return f"all {epoch_text(used)} rows used"
    return f"{epoch_text(used)} of {epoch_text(used + left)} rows used"


def notes_of(reading: Reading) -> list[str]:
    """Say all that should be known before the data are used."""
    return [*reading.notes, *notes_on(reading.data)]


def reading_json(reading: Reading) -> dict[str, Any]:
    """Return a reading in plain JSON types, with all that is said of it."""
    return {**reading.to_json(), "notes": notes_of(reading)}


def reading_lines(reading: Reading) -> list[str]:
    """Return the lines that the command line prints."""
    found = reading.to_json()
    data = reading.data
    if data.is_regression:
        target = f"numbers, {data.Y.min():g} to {data.Y.max():g}"
    else:
        counts = zip(data.classes, data.counts, strict=True)
        target = "classes " + ", ".join(f"{name} ({epoch_text(count)})" for name, count in counts)
    rows = [[f"{x1:g}", f"{x2:g}", _shown(y)] for x1, x2, y in found["first_rows"]]
    names = [found["x1"], found["x2"], found["targets"][0]]
    return [
        recognised_words(reading.table, reading),
        f"columns  {', '.join(found['columns'])}",
        f"inputs   {found['x1']}, {found['x2']}",
        f"target   {found['targets'][0]}: {target}",
        "",
        *_aligned([names, *rows]),
        *([""] if reading.notes else []),
        *(f"- {note}" for note in notes_of(reading)),
    ]


def _shown(target: float | str) -> str:
    return target if isinstance(target, str) else f"{target:g}"


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    return ["  ".join(cell.ljust(widths[i]) for i, cell in enumerate(row)).rstrip() for row in rows]
