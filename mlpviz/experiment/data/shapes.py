"""Shapes of text that hold a table without being one of separated values: frames, prints, lists.

A shape turns the lines of a text into lines of separated values, each with the number that it has
in the text. What it leaves out, rules and comments, it keeps.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from mlpviz.engine.marked import marked
from mlpviz.experiment.data.labelled_values import names_of_pairs, values_of
from mlpviz.experiment.data.printed_columns import print_starts
from mlpviz.experiment.data.ruled_columns import RULES, cut_at, starts_of
from mlpviz.experiment.data.table_words import are_types
from mlpviz.experiment.language import tr

Line = tuple[int, str]  # its number in the text, counted from 1, and its words

COMMENT = re.compile(r"\s*(?:#|%|//)")
REMARKS = frozenset("#%/ \t")  # what a remark can begin with
RULE = re.compile(r"(?=.*?[-=\u2500-\u257f]{2})[\s|+:=\u2500-\u257f-]+")
BARS = str.maketrans("│┃║┆┊╎¦", "|||||||")
ROW_NUMBER = re.compile(r"\d+\.\s*(?=\|)")  # as ClickHouse and Stata have it before a frame
EMPHASIS = re.compile(
    r"(?<=[| ])(\*{1,3}|`)([^\s*`|](?:[^*`|]*[^\s*`|])?)\1(?=[| ])"
)  # of Markdown
NAMES_IN_RULE = re.compile(r"[┌┏][─━].*\w.*[─━][┐┓]")  # as ClickHouse has them
CORNER = re.compile(r"[─━]*[┌┏┬┳┐┓][─━]*")
LIST = re.compile(r"\s*(?:[A-Za-z_][\w.]*\s*=\s*)?(?:[A-Za-z_][\w.]*\()?\s*[\[(]\s*[\[(]")
TUPLE = re.compile(r"\s*[\[(][^\[\]()]*[, ][^\[\]()]*[\])],?\s*")
INNER = re.compile(r"[\[(]([^\[\]()]*)[\])]")
BEFORE_BRACES = re.compile(r"[\w\s\[\]*]*=?\s*")  # the name of a list, in Mathematica, C, Java
BRACES = str.maketrans("{}", "[]")
GAP = re.compile(r"\.\.\.|…")
QUOTED = re.compile(r"'([^'\"]*)'")
ATTRIBUTE = re.compile(r"\s*@attribute\s+(?:'([^']*)'|\"?([^\s\"]+)\"?)", re.IGNORECASE)
PROMPT = re.compile(r"\.(?: \w|\s*$)")  # a command of Stata above or below what it prints
CLOCK = r"\d\d?:\d\d:\d\d(?:[.,]\d+)? -> "
# What mail programs put before each line of what they answer, and Arduino's monitor before all.
MARKED_LINE = re.compile(rf"(?:> ?|{CLOCK})+")
OPENING = re.compile(r"""[^"']*[=(]\s*("{3}|'{3}|"|'|`)""")  # a text in a program begins below
END_OF_HEADER = "***End_of_Header***"  # as LabVIEW writes it
UNDERLINES = re.compile(r"\s*(?:[-─]{2,}|={2,}|_{2,})(?:[ \t+]+(?:[-─]{2,}|={2,}|_{2,}))+\s*")
ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?\s*(?:\\[a-z]+(?:\{[^}]*\})*(?:\([^)]*\))?\s*)*$")
AMPERSAND = re.compile(r"(?<!\\)&")
BRACED_SIGN = re.compile(r"\{([.,])\}|\$([-+])\$")
LATEX_BLANK = re.compile(r"~|\\[,;: ]")
LATEX_SIGNS = re.compile(r"[${}]|\\(?=\W)")
LATEX_WORD = re.compile(r"\\(?:num|si|unit|text[a-z]*|math[a-z]*|emph|ensuremath)\{([^{}]*)\}")
LATEX_NAME = re.compile(r"\\(?=[A-Za-z])")  # as in \gram and \alpha
SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
FULL_WIDTH = str.maketrans("，；،؛", ",;,;")  # and those of Arabic
LOOKED_AT = 40  # lines by which a shape is told
MOST_OF_A_PRINT = 1_500_000  # characters


@dataclass
class Shape:
    """A text as lines of separated values.

    Parameters
    ----------
    lines : what is left
    delimiter : where the shape says it, else None
    words : a marked sentence that says what it is, "" for a plain text
    comments : lines that are remarks, without their sign
    skipped : the numbers of the lines that were left out
    """

    lines: Iterator[Line]
    delimiter: str | None = None
    words: str = ""
    comments: list[Line] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)


def shape_of(lines: Iterable[str]) -> Shape:
    """Find the shape of a text.

    Raises
    ------
    ValueError
        with a sentence, for a print that leaves rows out.
    """
    numbered = enumerate(lines, 1)
    first = list(islice(numbered, LOOKED_AT))
    every = chain(first, numbered)
    filled = [text for _, text in first if text.strip() and not COMMENT.match(text)]
    if not filled:
        return _plain(every, None)
    if all(map(MARKED_LINE.match, filled)):
        has_times = re.match(CLOCK, filled[0]) is not None
        shape = shape_of(MARKED_LINE.sub("", text, count=1) for _, text in every)
        if has_times and not shape.words:
            shape.words = marked("The times before -> are no part of the table.")
        return shape
    opening = OPENING.fullmatch(filled[0].strip())
    if opening:
        return _plain(_inside(every, opening[1]), None)
    ends = [number for number, text in first if text.startswith(END_OF_HEADER)]
    if ends:
        return _plain(every, None, ends[-1])
    of_latex = sum(map(_is_latex, filled))
    # What sets a table of LaTeX up are commands, as many as it may have rows.
    if 2 * of_latex > of_latex + sum(not _is_latex(t) and t.lstrip()[:1] != "\\" for t in filled):
        return _latex(every)
    if LIST.match(filled[0].lstrip("\ufeff")) or (
        len(filled) > 1 and LIST.match(f"{filled[0].strip()}{filled[1].strip()}")
    ):
        return _list(every)
    if _are_braces(filled):
        return _list((number, text.translate(BRACES)) for number, text in every)
    if filled[0].lstrip("\ufeff").casefold().startswith("@relation"):
        return _arff(every)
    if sum(TUPLE.fullmatch(text) is not None for text in filled) == len(filled) > 1:
        return _list(every)
    if _has_bars(filled):
        are_framed = all(_cells_between(_barred(text)) < 3 for text in filled)
        return _unframed(every) if are_framed else _piped(every)
    names = names_of_pairs(filled)
    if names:
        return Shape(
            values_of(_bounded(every), names), "\t", marked("Each value stands behind its name.")
        )
    found = SEP.fullmatch(filled[0].lstrip("\ufeff"))
    texts = [text for _, text in first]
    return _by_columns(every, texts) or _plain(every, found[1] if found else None)


def _has_bars(filled: Sequence[str]) -> bool:
    """Tell whether bars stand around the rows, or between the cells where rules part the rows."""
    barred = [_barred(text) for text in filled]
    rules = sum(RULE.fullmatch(text) is not None and "|" + text != "|" for text in barred)
    bars = sum(text.startswith("|") and text.endswith("|") and len(text) > 1 for text in barred)
    inner = sum("|" in text for text in barred)
    return 2 * bars > len(barred) or (rules > 0 and 3 * (inner + rules) > 2 * len(barred))


def _by_columns(every: Iterable[Line], texts: Sequence[str]) -> Shape | None:
    """Cut lines where rules or blanks show that columns begin; None where nothing does."""
    starts = starts_of(texts)
    if starts:
        words = marked("The columns begin where the rules below the names do.")
        return _ruled(every, starts, words)
    starts, names = print_starts(texts)
    if starts:
        words = marked("What is blank in all lines parts the columns.")
        return _ruled(_bounded(every), starts, words, names)
    return None


def _are_braces(filled: Sequence[str]) -> bool:
    """Tell whether rows stand in braces, as in {{1, 2, "a"}, {3, 4, "b"}}."""
    before, _, inside = "".join(filled[:2]).lstrip("\ufeff").partition("{")
    # Mathematica's powers of ten, as in 5*^-3, are no numbers anywhere else.
    are_plain = not any("*^" in text for text in filled)
    return are_plain and inside.lstrip()[:1] == "{" and BEFORE_BRACES.fullmatch(before) is not None


def _plain(lines: Iterable[Line], sep: str | None, start: int = 0) -> Shape:
    """Leave out comments, lines below names, and the line that names the delimiter.

    Parameters
    ----------
    start : the number of the last line above the table
    """
    shape = Shape(iter(()), sep)

    def left() -> Iterator[Line]:
        is_sep_due = sep is not None
        for line in lines:
            number, text = line
            if number > start and not is_sep_due and text[:1].isalnum():  # nearly always
                yield line
                continue
            has_rule = "---" in text or "===" in text or "___" in text
            if number <= start or (has_rule and UNDERLINES.fullmatch(text)):
                shape.skipped.append(number)
                yield number, ""
            elif is_sep_due and SEP.fullmatch(text.lstrip("\ufeff")):
                shape.skipped.append(number)
                is_sep_due = False
            elif text[:1] in REMARKS and COMMENT.match(text):
                shape.comments.append((number, text))
                yield number, ""
            else:
                yield number, text

    shape.lines = left()
    return shape


def _barred(text: str) -> str:
    """Return a line with plain bars, without a number before it; names in a rule between bars."""
    text = ROW_NUMBER.sub("", text.translate(BARS).strip())
    if NAMES_IN_RULE.fullmatch(text):
        return CORNER.sub("|", text)
    return text


def _piped(lines: Iterable[Line]) -> Shape:
    """Take the frame of bars and rules away."""
    shape = Shape(iter(()), "|", marked("The text is a table of bars."))

    def left() -> Iterator[Line]:
        for number, text in lines:
            text = _barred(text)
            if RULE.fullmatch(text):
                shape.skipped.append(number)
                yield number, ""
            elif text.startswith("|"):
                text = EMPHASIS.sub(r"\2", text) if "*" in text or "`" in text else text
                yield number, text[1:-1] if text.endswith("|") and len(text) > 1 else text[1:]
            else:
                yield number, text

    shape.lines = left()
    return shape


def _inside(lines: Iterable[Line], quote: str) -> Iterator[Line]:
    """Yield the lines of a text in a program, between its quotes."""
    numbered = iter(lines)
    for number, text in numbered:
        yield number, ""
        if text.strip():
            break
    for number, text in numbered:
        yield number, "" if text.lstrip().startswith(quote) else text


def _is_latex(text: str) -> bool:
    """Tell whether a line is a row of a table of LaTeX."""
    return "&" in text and ROW_END.search(text) is not None


def _latex(lines: Iterable[Line]) -> Shape:
    """Take the cells out of the rows of a table of LaTeX."""
    shape = Shape(iter(()), "\t", marked("The text is a table of LaTeX."))

    def left() -> Iterator[Line]:
        for number, text in lines:
            if "&" in text:
                text = ROW_END.sub("", text)
                text = BRACED_SIGN.sub(r"\1\2", LATEX_BLANK.sub(" ", text))
                text = LATEX_NAME.sub(" ", LATEX_WORD.sub(r"\1", text))
                cells = (LATEX_SIGNS.sub("", cell).split() for cell in AMPERSAND.split(text))
                yield number, "\t".join(map(" ".join, cells))
            else:
                shape.skipped.append(number)
                yield number, ""

    shape.lines = left()
    return shape


def _ruled(lines: Iterable[Line], starts: Sequence[int], words: str, first: str = "") -> Shape:
    """Cut lines where columns begin.

    Parameters
    ----------
    words : a marked sentence that says by what that is seen
    first : the line of the names, above which nothing is cut; "" where all lines are
    """
    shape = Shape(iter(()), "\t", words)

    def left() -> Iterator[Line]:
        is_below = not first
        for number, text in lines:
            is_below = is_below or text.rstrip() == first
            if RULES.fullmatch(text):
                shape.skipped.append(number)
                yield number, ""
            else:
                yield number, cut_at(text, starts) if is_below else text

    shape.lines = left()
    return shape


def _bounded(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines of which each is taken apart slowly; refuse more than anybody prints."""
    length = 0
    for line in lines:
        length += len(line[1])
        if length > MOST_OF_A_PRINT:
            raise ValueError(
                tr(
                    "A print may have {most} characters: save the table as CSV first.",
                    most=MOST_OF_A_PRINT,
                )
            )
        yield line


def _cells_between(text: str) -> int:
    """Count the cells of a line that bars part."""
    return sum(bool(cell.strip()) for cell in text.split("|"))


def _unframed(lines: Iterable[Line]) -> Shape:
    """Take bars away that only frame a table whose cells blanks part, as Stata and Julia do."""
    shape = Shape(iter(()), " ", marked("The text is a table of bars."))

    def left() -> Iterator[Line]:
        for number, text in lines:
            text = text.translate(BARS)
            if RULE.fullmatch(text) or are_types(text.replace("|", " ").split()):
                shape.skipped.append(number)
                yield number, ""
            elif not PROMPT.match(text):
                yield number, text.replace("|", " ")

    shape.lines = left()
    return shape


def _arff(lines: Iterable[Line]) -> Shape:
    """Take the names out of the declarations that Weka's files have above the data."""
    shape = Shape(iter(()), ",", marked("The text is a file of Weka."))

    def left() -> Iterator[Line]:
        names: list[str] = []
        for number, text in lines:
            found = ATTRIBUTE.match(text)
            if found:
                names.append(found[1] or found[2])
            elif text.strip().casefold() == "@data":
                yield number, ",".join(f'"{name}"' for name in names)
            elif not text.lstrip().startswith(("%", "@")):
                yield number, text

    shape.lines = left()
    return shape


def _list(lines: Iterable[Line]) -> Shape:
    """Take rows out of their brackets, each of which may go over several lines."""
    text, starts = "", []
    for _, line in lines:
        starts.append(len(text))
        text += line
        if len(text) > MOST_OF_A_PRINT:
            raise ValueError(
                tr(
                    "A list may have {most} characters: save it as CSV first.",
                    most=MOST_OF_A_PRINT,
                )
            )
    rows = list(INNER.finditer(text))
    if GAP.search(text):
        raise ValueError(tr("The list leaves rows out (…): print or save all of it."))
    has_commas = any("," in row[1] for row in rows[:LOOKED_AT])

    def left() -> Iterator[Line]:
        line = 0
        for row in rows:
            while line + 1 < len(starts) and starts[line + 1] <= row.start():
                line += 1
            words = " ".join(row[1].split())
            if has_commas:
                words = QUOTED.sub(r'"\1"', words)
            yield line + 1, words.rstrip(",")

    return Shape(left(), "," if has_commas else " ", marked("The text is a list of rows."))
