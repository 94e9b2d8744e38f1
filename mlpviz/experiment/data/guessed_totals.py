"""The rules by which rows are told that sum up others: by their words, and by their numbers.

A row of totals that is taken for data is a wrong number, and no other row looks so much like data.
As `guesses`, which has the rules on the other rows, each rule sees cells and answers.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.data import left_out
from mlpviz.experiment.data.guessed_signs import notation_of
from mlpviz.experiment.data.left_out import LeftOut, Why
from mlpviz.experiment.data.notation import looks_like_number, parse_numbers, plain_text
from mlpviz.experiment.data.table_text import Row
from mlpviz.experiment.data.table_words import (
    PERHAPS_TOTAL,
    ROWS_ONLY,
    STATISTIC,
    SUMMED_UP,
    TOTAL,
    is_missing,
)
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import one_line

MOST_NOTES = 3
FOOTERS = 8  # rows at the end that are looked at for totals and remarks
LONGEST = 5000  # rows; who has more does not sum them up below

SUM_OR_MEAN: tuple[Callable[[Array], Any], ...] = (np.sum, np.mean)
STATISTICS: tuple[Callable[[Array], Any], ...] = (
    *SUM_OR_MEAN,
    np.min,
    np.max,
    np.median,
    np.size,
    np.std,
    lambda values: np.std(values, ddof=1) if len(values) > 1 else 0.0,
)
FEWEST = 4  # rows whose sum is told without a word that says so

Reasons = dict[int, tuple[Why, str]]  # by the place of a row, why it is left out, and its words


def cut_totals(
    rows: Sequence[Row], columns: Sequence[int], width: int, delimiter: str
) -> tuple[list[LeftOut], list[str]]:
    """Return the rows that sum up others, and the remarks at the end; and what may be such a row.

    Parameters
    ----------
    columns : those that hold numbers
    width : how many cells a row has

    Raises
    ------
    ValueError
        with a sentence, where all rows sum up others that are not there.
    """
    if not columns:
        return [], []
    sums = _Sums(rows, columns, delimiter) if len(rows) <= LONGEST else None
    if sums is not None and sums.are_all_totals():
        raise ValueError(tr("The rows are a summary of a table, and not the table itself."))
    found = {} if sums is None else sums.of_parts()
    left = [place for place in range(len(rows)) if place not in found]
    for count in range(min(FOOTERS, len(left) - 1), 0, -1):
        reasons: Reasons = {}
        for place in left[: -count - 1 : -1]:  # the last first, which nearly always is none
            why = footer_of(rows[place][1], columns, width)
            if sums is not None and (why is None or why[0] is left_out.TOTALS):
                why = sums.at_end(place, left[:-count], [*found, *left[-count:]])
            if why is None:
                break
            reasons[place] = why
        if len(reasons) == count:
            found |= reasons
            break
    notes = [
        tr(
            "Row {line} is read as data, though it may sum up others ({words}).",
            line=rows[place][0],
            words=one_line(_label_of(rows[place][1])[1])[:40],
        )
        for place in ([] if sums is None else sums.perhaps(found))
    ]
    return [LeftOut(*rows[place], *found[place]) for place in sorted(found)], notes[:MOST_NOTES]


def footer_of(row: Sequence[str], columns: Sequence[int], width: int) -> tuple[Why, str] | None:
    """Say of a row at the end why it is none of the table, and its words; None for one that is.

    Parameters
    ----------
    columns : those that hold numbers
    """
    filled = [cell.strip() for cell in row if cell.strip()]
    label = _label_of(row)[1]
    if TOTAL.fullmatch(label):
        return left_out.TOTALS, label
    if ROWS_ONLY.match(" ".join(filled)):
        return left_out.REMARK, f"{' '.join(filled):.40}"
    has_numbers = any(looks_like_number(row[c]) for c in columns if c < len(row))
    are_all_missing = all(is_missing(row[c]) for c in columns if c < len(row))
    if not has_numbers and (len(filled) < width or not are_all_missing):
        return left_out.REMARK, f"{' '.join(filled):.40}"
    return None


def _is_word(cell: str) -> bool:
    return not is_missing(cell) and not looks_like_number(cell)


def _label_of(row: Sequence[str]) -> tuple[int, str]:
    """Return the first cell of a row that is no number, and its column; "" where there is none."""
    for column, cell in enumerate(row):
        if cell.strip() and not looks_like_number(cell):
            return column, cell.strip()
    return 0, ""


class _Sums:
    """Tells of rows whether they sum up those above.

    Parameters
    ----------
    columns : those that hold numbers
    """

    def __init__(self, rows: Sequence[Row], columns: Sequence[int], delimiter: str) -> None:
        self._rows = [row for _, row in rows]
        self._labels = [_label_of(row) for row in self._rows]
        cells = [[row[c].strip() if c < len(row) else "" for row in self._rows] for c in columns]
        notation, _ = notation_of(cells, delimiter)
        self._numbers = [
            np.array([np.nan if n is None else n for n in parse_numbers(column, notation)])
            for column in cells
        ]
        after = re.compile(rf"{re.escape(notation.decimal)}(\d+)")
        self._steps = [
            [10.0 ** -len(found[1]) if (found := after.search(cell)) else 1.0 for cell in column]
            for column in cells
        ]

    def of_parts(self) -> Reasons:
        """Return the rows with such a word that sum up the rows between it and the last such."""
        labels = self._labels
        named = [i for i, (_, word) in enumerate(labels) if PERHAPS_TOTAL.fullmatch(word)]
        found: Reasons = {}
        start = 0
        for place, end in zip(named, [*named[1:], len(labels)], strict=False):
            has_more = TOTAL.fullmatch(labels[place][1]) is None  # as in "Total North"
            kept = [i for i in range(place) if i not in found]
            blocks = (range(start, place), kept, range(place + 1, end))  # the sum may stand above
            if any(
                len(block) > (0 if has_more else 1) and self._is_one_of(SUM_OR_MEAN, place, block)
                for block in blocks
            ):
                found[place] = left_out.TOTALS, labels[place][1]
                start = place + 1
        return found

    def perhaps(self, found: Reasons) -> list[int]:
        """Return the rows with a word for totals whose numbers are not those of one."""
        words = [word for _, word in self._labels]
        places = [i for i, word in enumerate(words) if SUMMED_UP.fullmatch(word)]
        are_few = 3 * len(places) <= len(words)  # else they are classes
        return [i for i in places if i not in found] if are_few else []

    def are_all_totals(self) -> bool:
        """Tell whether all rows are statistics of a table that is not here."""
        words = [row[0].strip() for row in self._rows]
        known = [word for word in words if STATISTIC.fullmatch(word)]
        in_letters = sum(word[0].isalpha() for word in known)  # and not a column of 25%, 50%
        are_most = in_letters > 2 and 3 * len(known) > 2 * len(words)
        return are_most and len(set(words)) == len(words)

    def at_end(
        self, place: int, above: Sequence[int], others: Sequence[int]
    ) -> tuple[Why, str] | None:
        """Say of a row at the end that it sums up others; None where it does not.

        Parameters
        ----------
        above : the rows that are left
        others : rows that are totals, or may be
        """
        if self._is_named(place, above):
            return left_out.TOTALS, self._labels[place][1]
        is_beside = any(
            self._is_named(other, above) for other in others if above[-1] < other < place
        )
        is_perhaps = PERHAPS_TOTAL.fullmatch(self._labels[place][1]) is not None
        words = [(c, cell) for c, cell in enumerate(self._rows[place]) if _is_word(cell)]
        are_new = not any(self._has_word(i, *word) for i in above for word in words)
        is_one = (is_perhaps and is_beside) or (
            (is_perhaps or (is_beside and are_new)) and self._is_one_of(STATISTICS, place, above)
        )
        if is_one or (are_new and self._is_sum(place, above)):
            return left_out.TOTALS, self._labels[place][1] or self._rows[place][0].strip()
        return None

    def _is_named(self, place: int, above: Sequence[int]) -> bool:
        """Tell whether a row has a word for totals that is no class and no name of others."""
        column, label = self._labels[place]
        has_word = TOTAL.fullmatch(label) is not None
        return has_word and not any(self._has_word(i, column, label) for i in above)

    def _has_word(self, place: int, column: int, word: str) -> bool:
        row = self._rows[place]
        return column < len(row) and plain_text(row[column]) == plain_text(word)

    def _is_one_of(
        self, statistics: Sequence[Callable[[Array], Any]], place: int, above: Sequence[int]
    ) -> bool:
        """Tell whether all numbers of a row are one of these of those above, but for rounding."""
        parts = self._parts(place, above)
        return bool(parts) and any(
            all(
                abs(find(values) - n) <= step * max(0.51, len(values) ** 0.5 / 3)
                for n, values, step in parts
            )
            for find in statistics
        )

    def _is_sum(self, place: int, above: Sequence[int]) -> bool:
        """Tell whether all numbers of a row are exactly the sums of those above.

        Two of them must be larger than each that is summed: the last row of a truth table is not.
        Where the row has no name and those above have, other columns may have rates and means.
        """
        parts = self._parts(place, above)
        sums = [abs(values.sum() - n) <= 1e-9 * abs(n) for n, values, _ in parts]
        larger = [abs(n) > np.abs(values).max() for n, values, _ in parts]
        is_nameless = not self._labels[place][1] and all(self._labels[i][1] for i in above)
        is_enough = sum(map(all, zip(sums, larger, strict=True))) > 1
        return len(above) >= FEWEST and is_enough and (is_nameless or all(sums))

    def _parts(self, place: int, above: Sequence[int]) -> list[tuple[float, Array, float]]:
        """Return of each column the number of a row, those above, and the last digit's worth."""
        found = []
        for numbers, steps in zip(self._numbers, self._steps, strict=True):
            values = numbers[list(above)]
            values = values[np.isfinite(values)]
            if np.isfinite(numbers[place]) and len(values):
                found.append((float(numbers[place]), values, steps[place]))
        return found
