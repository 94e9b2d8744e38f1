"""Numbers that may be none: codes that look like powers of ten, versions, times, two in one cell.

Each is read as the number that stands there, and a note names what else it may be.
"""

import re
from collections.abc import Iterable, Sequence

from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import one_line

# Programs write 1.2e5 or 1e+05; whole digits, e and digits can be a code, too, as 12e4 is.
POWER_OR_CODE = re.compile(r"^\d+[eE]\d+$", re.MULTILINE)
VERSION_NAME = re.compile(
    r"(?:.*[\s_])?(?:version|ver\.?|release|firmware|chapter|section|kapitel|abschnitt|chapitre|"
    r"cap[íi]tulo|capitolo)",
    re.IGNORECASE,
)
WITH_ZERO = re.compile(r"^\d+\.\d*0$", re.MULTILINE)  # 3.10 is the version behind 3.9
TIME_NAME = re.compile(
    r"(?:start\s|end\s)?(?:time(?:\sof\sday)?|uhrzeit|uhr|zeit|heure|hora|ora|orario|tid|tidspunkt|"
    r"klokken|klo|godzina|čas|время|start|ende|beginn)",
    re.IGNORECASE,
)
# Times of experiments may be less than six seconds, and then have no digits above 59 by chance.
HOURS_AND_MINUTES = re.compile(r"(?:\d|1\d|2[0-3])[.,][0-5]\d")
# A value and a sign of its quality, as weather services have them in one cell: +0123,1.
PADDED_PAIR = re.compile(r"^[+-]?0\d+,\d$", re.MULTILINE)
PAIR = re.compile(r"[+-]?\d+,(\d)")
FEWEST = 3  # cells by which it is seen that they are alike


def doubtful_notes(name: str, cells: Sequence[str], text: str) -> list[str]:
    """Say of a column of numbers what they may be instead.

    Parameters
    ----------
    text : the cells, one on a line
    """
    found = POWER_OR_CODE.search(text) if "e" in text or "E" in text else None
    if found is not None:
        return [
            tr(
                "{cell} in {column} is read as {number}; where it is a code, take another column.",
                cell=found[0],
                column=f"{name!r:.60}",
                number=f"{float(found[0]):g}",
            )
        ]
    found = WITH_ZERO.search(text) if VERSION_NAME.fullmatch(name) else None
    if found is not None:
        return [
            tr(
                "{cell} in {column} is read as {number}, though versions and chapters are no "
                "numbers.",
                cell=found[0],
                column=f"{name!r:.60}",
                number=f"{float(found[0]):g}",
            )
        ]
    is_time = TIME_NAME.fullmatch(name) and len(cells) >= FEWEST
    is_late = is_time and any(cell[:2].isdigit() or cell[0] > "5" for cell in cells)
    if is_late and all(map(HOURS_AND_MINUTES.fullmatch, cells)):
        return [
            tr(
                "{cell} in {column} is read as a plain number; where it is hours and minutes, "
                "write them as a fraction of hours.",
                cell=one_line(cells[0]),
                column=f"{name!r:.60}",
            )
        ]
    return []


def pair_note(texts: Iterable[str]) -> str:
    """Say of decimal commas among commas that they may part two values; "" where they do not.

    Then the digits behind them are signs, of which there are few, or the value is padded by zeros.

    Parameters
    ----------
    texts : the cells of each column of numbers, one on a line
    """
    for text in texts:
        cells = text.split("\n")
        pairs = [found for found in map(PAIR.fullmatch, cells) if found is not None]
        are_alike = FEWEST <= len(pairs) == len(cells) and len({pair[1] for pair in pairs}) < 2
        padded = PADDED_PAIR.search(text)
        if padded is not None or are_alike:
            cell = cells[0] if padded is None else padded[0]
            return tr(
                "{cell} is read as {number}; where the comma parts two values, give each a column "
                "of its own.",
                cell=cell,
                number=f"{float(cell.replace(',', '.')):g}",
            )
    return ""
