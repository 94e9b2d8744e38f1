"""The table among the rows of a text: its names, and what stands above and below them."""

from collections.abc import Sequence
from operator import itemgetter

from mlpviz.engine.marked import marked
from mlpviz.experiment.data import guessed_names, guessed_signs, guessed_totals, guesses
from mlpviz.experiment.data.encodings import Source
from mlpviz.experiment.data.guessed_ids import are_dates
from mlpviz.experiment.data.guessed_signs import width_of
from mlpviz.experiment.data.joined_words import with_joined_words
from mlpviz.experiment.data.left_out import MAXIMA, NAMES_AGAIN, REMARK, LeftOut
from mlpviz.experiment.data.notation import Notation
from mlpviz.experiment.data.own_rules import MAX_POINTS
from mlpviz.experiment.data.row_widths import check_signs, check_widths, say_more
from mlpviz.experiment.data.shapes import COMMENT, Shape
from mlpviz.experiment.data.table import Table
from mlpviz.experiment.data.table_choices import WORDS, TableChoices
from mlpviz.experiment.data.table_names import names_of
from mlpviz.experiment.data.table_text import Row, rows_of
from mlpviz.experiment.data.table_words import DITTOS, LOOKED_AT
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.plain_text import one_line

MOST_COMMENTS = 20  # at each end, that are looked at for a count of rows
COMMENT_SIGNS = "#%/ \t"


class TableBody:
    """Finds the table among the rows of a text."""

    def __init__(
        self, source: Source, shape: Shape, delimiter: str, rows: list[Row], choices: TableChoices
    ) -> None:
        self._source, self._shape, self._delimiter = source, shape, delimiter
        self._choices = choices
        if all(len(row) > 2 and not row[-1].strip() for _, row in rows):
            rows = [(line, row[:-1]) for line, row in rows]  # a delimiter ends each line
        self._notes: list[str] = []
        self._class_names: tuple[str, ...] = ()
        if delimiter == " " and choices.header != 0:
            rows = with_joined_words(rows)
        self._rows = rows
        sample = [row for _, row in rows[: 2 * LOOKED_AT]]
        self._width = width_of(sample)
        full = [row for row in sample if width_of([row]) >= self._width]
        self._columns = [
            c
            for c in range(self._width)
            if guesses.are_numbers([row[c] for row in full[1:] or full if c < len(row)])
            and not guesses.are_ordinals([row[c].strip() for row in full[1:] or full])
        ]

    def table(self, notes: list[str]) -> Table:
        """Put the table together.

        Parameters
        ----------
        notes : what is known of its text
        """
        self._notes = notes
        header, above = self._part()
        names = names_of([row for _, row in header], self._width)
        self._notes += names.notes
        left_out = self._cut_maxima(header) + self._cut_repeats(header)
        left_out += self._cut_totals()
        self._check_size()
        check_widths(self._rows, self._width, self._delimiter)
        if self._delimiter == " ":
            check_signs(header, self._rows)
        self._check_first_column(header)
        lines = [line for line, _ in self._rows]
        columns = self._transposed()
        self._fill_dittos(columns, names.names)
        self._rows = []  # which hold as much as the columns
        of_numbers = [c for c in self._columns if not are_dates(names.names[c], columns[c])]
        notation = self._notation([columns[c] for c in of_numbers])
        self._say_skipped(above)
        self._say_more(above, left_out, len(lines))
        if self._delimiter == " " and not header and guessed_signs.has_split_thousands(columns):
            self._notes.append(
                tr(
                    "Two columns may be one whose thousands a blank parts: save the table with "
                    "another delimiter to be sure."
                )
            )
        first = [column[:LOOKED_AT] for column in columns]
        if self._delimiter == "," and not header and guessed_signs.has_cut_numbers(first, ","):
            self._notes.append(
                tr(
                    "Commas part cells; where some of them are decimal signs, write points or take "
                    "another delimiter."
                )
            )
        start = min(lines[0], header[0][0]) if header else lines[0]
        return Table(
            names.names,
            columns,
            lines,
            self._source.encoding,
            self._delimiter,
            notation,
            len(header),
            0 if self._class_names else start - 1,
            tuple(left_out),
            tuple(self._notes),
            names.target,
            names.ignored,
            self._class_names,
            names.again,
        )

    def _part(self) -> tuple[list[Row], list[Row]]:
        """Take header and preamble off the rows; return both."""
        rows = self._rows
        if not self._choices.header and self._is_summary(rows[0][1]):
            names = rows.pop(0)[1][2:]
            self._class_names = tuple(one_line(cell) for cell in names if cell.strip())
            self._notes.append(tr("The first row counts rows and columns and names the classes."))
        if self._choices.header == 1 and self._first_of_data() == 0:
            header = self._comment_header()
            if header:
                return header, []
        first = self._first_row()
        count = self._header_count(first)
        header, above = rows[first - count : first], rows[: first - count]
        del rows[:first]
        if not header and self._choices.header is None:
            header = self._comment_header()
        return header, above

    def _first_row(self) -> int:
        rows, header = self._rows, self._choices.header
        if header is not None and (self._choices.skipped_rows is not None or not self._columns):
            return min(header, len(rows))
        first = self._first_of_data()
        if header is not None:
            return max(first, header)
        if not self._columns:  # a table of words: names do not come again below
            below = [row for _, row in rows[1:LOOKED_AT]]
            return 0 if guesses.come_again(rows[0][1], below) else min(1, len(below))
        return first

    def _first_of_data(self) -> int:
        rows = [row for _, row in self._rows[:LOOKED_AT]]
        first = guesses.first_data_row(rows, self._columns, self._width)
        below = rows[first + 1] if first + 1 < len(rows) else ()
        is_wider = first < len(rows) and len(rows[first]) > self._width == width_of([below])
        if is_wider and guesses.are_names(below):  # another table stands above, as of a place
            first += 1
            return first + guesses.first_data_row(rows[first:], self._columns, self._width)
        return first

    def _header_count(self, first: int) -> int:
        rows = self._rows
        if self._choices.header is not None:
            if self._choices.header and first:
                self._widen(rows[first - 1][1])
            return min(self._choices.header, first)
        if first:
            if not self._columns:
                return 1
            self._widen(rows[first - 1][1])
            count = guesses.header_rows(rows[:first], self._width)
            if not count and first < len(rows) and self._choices.skipped_rows is None:
                self._check_names(rows[first - 1], rows[first])
            return count
        return 0

    def _widen(self, names: Sequence[str]) -> None:
        """Let a header have one name more than the rows have cells: that column is empty.

        Where a delimiter stands for each name in most rows, several may have nothing.
        """
        named = width_of([names])
        sample = [row for _, row in self._rows[:LOOKED_AT]]
        is_marked = 2 * sum(len(row) >= named for row in sample) > len(sample)
        if named > self._width + 1 and is_marked and self._delimiter != " ":
            self._width = named
        elif named == self._width + 1 and guesses.are_names(names):
            self._width += 1
            self._notes.append(
                tr(
                    "The header has one name more than the rows have cells: the last column is "
                    "empty."
                )
            )

    def _check_names(self, above: Row, first: Row) -> None:
        """Refuse names that are fewer than the cells: which cell has which name is not known."""
        (line, names), (below, row) = above, first
        if len(names) > 1 and guesses.are_names(names) and line >= below - 1:
            sign = WORDS["delimiter"].get(self._delimiter, marked("delimiter"))
            raise ValueError(
                tr(
                    "Row {line} has {names} names and row {below} has {cells} cells: quote numbers "
                    "that have a {delimiter} in them, or skip the names (--skip-rows {line}).",
                    line=line,
                    names=len(names),
                    below=below,
                    cells=len(row),
                    delimiter=tr(sign),
                )
            )

    def _check_first_column(self, header: list[Row]) -> None:
        """Refuse a header one name shorter than the rows, where the first column names no rows."""
        if len(header) != 1 or len(header[0][1]) != self._width - 1:
            return
        cells = [row[0].strip() for _, row in self._rows]
        numbers = [int(cell) for cell in cells if cell.isdecimal()]
        is_rising = len(numbers) == len(cells) and numbers == sorted(set(numbers))
        names_rows = guesses.counts_rows(cells) or (is_rising and self._delimiter != ",")
        columns = [*zip(*(row for _, row in self._rows[:LOOKED_AT]), strict=False)]
        is_cut = guessed_signs.has_cut_numbers(columns, self._delimiter)
        if (guesses.are_numbers(cells) or is_cut) and not names_rows:
            self._check_names(header[0], self._rows[0])

    def _is_summary(self, row: Sequence[str]) -> bool:
        return guesses.is_summary(row, len(self._rows) - 1, self._width)

    def _comment_header(self) -> list[Row]:
        """Return the names that a remark right above the table, or the first row, has."""
        start = self._rows[0][0] if self._rows else 0
        for line, text in reversed(self._shape.comments):
            if line < start:
                words = text.strip()
                for stripped in (words, words.lstrip(COMMENT_SIGNS), words[1:]):
                    found = list(rows_of([(line, stripped)], self._delimiter))
                    first = (*stripped.split(), "")[0]
                    is_sign = self._delimiter == " " and COMMENT.fullmatch(first)
                    if found and len(found[0][1]) == self._width and not is_sign:
                        self._shape.comments.remove((line, text))
                        return found
                break
        rest = [row for _, row in self._rows[1:LOOKED_AT]]
        if self._rows and guessed_names.names_are_numbers(self._rows[0][1], rest):
            self._notes.append(
                tr("The first row is read as names, though they are numbers; as data: --header 0.")
            )
            return [self._rows.pop(0)]
        return []

    def _cut_maxima(self, header: list[Row]) -> list[LeftOut]:
        """Take the row out that says, below the names, how many points there can be."""
        if not (header and self._rows and guesses.says_maxima(self._rows[0][1])):
            return []
        line, row = self._rows.pop(0)
        return [LeftOut(line, row, MAXIMA)]

    def _cut_totals(self) -> list[LeftOut]:
        """Take totals, and remarks at the end, out."""
        found, notes = guessed_totals.cut_totals(
            self._rows, self._columns, self._width, self._delimiter
        )
        self._notes += notes
        if found:
            totals = {(row.line, row.cells) for row in found}  # a line can have several rows
            self._rows = [entry for entry in self._rows if entry not in totals]
        return found

    def _cut_repeats(self, header: list[Row]) -> list[LeftOut]:
        """Take rows out that say the names again, as in files put one behind the other."""
        if not header:
            return []
        again = header[0][1]
        found = [
            LeftOut(line, row, NAMES_AGAIN)
            for line, row in self._rows
            if row[0] == again[0] and row == again
        ]
        if found:
            self._rows = [entry for entry in self._rows if entry[1] != again]
        return found

    def _check_size(self) -> None:
        count = len(self._rows)
        if count > MAX_POINTS:
            raise ValueError(
                tr(
                    "There are more than {most} rows, which is as many as can be used.",
                    most=MAX_POINTS,
                )
            )
        if count < 2:
            raise ValueError(tr("At least two rows of data are needed. Got {got}.", got=count))

    def _transposed(self) -> tuple[list[str], ...]:
        rows, width = [row for _, row in self._rows], self._width
        if min(map(len, rows)) < width:
            rows = [row + ("",) * (width - len(row)) for row in rows]
        return tuple(list(map(str.strip, map(itemgetter(c), rows))) for c in range(width))

    def _fill_dittos(self, columns: Sequence[list[str]], names: Sequence[str]) -> None:
        """Put for each sign that says so what stands above it."""
        for name, cells in zip(names, columns, strict=True):
            found = DITTOS.intersection(cells[1:])
            if found:
                for row in range(1, len(cells)):
                    if cells[row] in DITTOS:
                        cells[row] = cells[row - 1]
                self._notes.append(
                    tr(
                        "In {column} {sign} stands for what is above it.",
                        column=f"{name!r:.60}",
                        sign=min(found),
                    )
                )

    def _notation(self, columns: Sequence[Sequence[str]]) -> Notation:
        choices = self._choices
        found, other = guessed_signs.notation_of(columns, self._delimiter)
        if choices.decimal is None and choices.thousands is None:
            if other:
                self._notes.append(other)
            elif found.thousands:
                self._notes.append(guessed_signs.thousands_words(found, columns))
            return found
        return guessed_signs.settled_notation(found, choices)

    def _say_more(self, above: list[Row], left_out: list[LeftOut], count: int) -> None:
        """Say that the text speaks of more rows than it has."""
        comments = [text for _, text in self._shape.comments]
        remarks = [row.cells for row in left_out if row.why is REMARK]
        remarks += [row for _, row in above]
        texts = [*comments[:MOST_COMMENTS], *comments[-MOST_COMMENTS:], *map(" ".join, remarks)]
        words = say_more(texts, count)
        if words:
            self._notes.append(
                tr(
                    "The text speaks of more rows than the {count} that it has ({words}): print or "
                    "save all of them.",
                    count=count,
                    words=words,
                )
            )

    def _say_skipped(self, above: list[Row]) -> None:
        if above:
            words = one_line(" ".join(above[0][1]))[:60]
            self._notes.append(
                tr_plural(
                    "One row above the table is skipped, beginning with {words}.",
                    "{count} rows above the table are skipped, beginning with {words}.",
                    len(above),
                    words=repr(words),
                )
            )
        comments = len(self._shape.comments)
        if comments:
            self._notes.append(
                tr_plural(
                    "One line begins with #, % or // and is skipped.",
                    "{count} lines begin with #, % or // and are skipped.",
                    comments,
                )
            )
        if self._shape.words:
            self._notes.append(tr(self._shape.words))
