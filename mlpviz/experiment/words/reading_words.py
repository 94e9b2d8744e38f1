"""What is said of a table that was read: the same words in the window and on the command line."""

from typing import Any

from mlpviz.experiment.data.reading import Reading
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.words.data_notes import notes_on
from mlpviz.experiment.words.formats import epoch_text


def recognised_words(table: Table, reading: Reading | None) -> str:
    """Say how a table is written and how many of its rows are used, in one line."""
    parts = [tr(table.encoding), table.words, _header_words(table.header)]
    if table.skipped:
        parts.append(
            tr_plural(
                "{count} line above it skipped", "{count} lines above it skipped", table.skipped
            )
        )
    return tr(
        "{written}; {rows}, {columns}.",
        written=", ".join(parts),
        rows=_row_words(table, reading),
        columns=tr_plural("{count} column", "{count} columns", len(table.names)),
    )


def _header_words(count: int) -> str:
    if count == 0:
        return tr("no header")
    if count == 1:
        return tr("with a header")
    return tr_plural("{count} header row", "{count} header rows", count)


def _row_words(table: Table, reading: Reading | None) -> str:
    if reading is None:
        return tr_plural("{count} row", "{count} rows", len(table.lines))
    used, left = len(reading.data.Y), len(reading.left_out)
    if not left:
        return tr_plural("all {count} row used", "all {count} rows used", used)
    return tr_plural(
        "{used} of {count} row used",
        "{used} of {count} rows used",
        used + left,
        used=epoch_text(used),
    )


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
        low, high = f"{data.Y.min():g}", f"{data.Y.max():g}"
        target = tr("numbers, {low} to {high}", low=low, high=high)
    else:
        counts = zip(data.classes, data.counts, strict=True)
        names = ", ".join(f"{name} ({epoch_text(count)})" for name, count in counts)
        target = tr("classes {names}", names=names)
    rows = [[f"{x1:g}", f"{x2:g}", _shown(y)] for x1, x2, y in found["first_rows"]]
    heads = [found["x1"], found["x2"], found["targets"][0]]
    return [
        recognised_words(reading.table, reading),
        *_aligned(
            [
                [tr("columns"), ", ".join(found["columns"])],
                [tr("inputs"), f"{found['x1']}, {found['x2']}"],
                [tr("target"), f"{found['targets'][0]}: {target}"],
            ]
        ),
        "",
        *_aligned([heads, *rows]),
        *([""] if reading.notes else []),
        *(f"- {note}" for note in notes_of(reading)),
    ]


def _shown(target: float | str) -> str:
    return target if isinstance(target, str) else f"{target:g}"


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(widths[i]) for i, cell in enumerate(row)).rstrip() for row in rows]
