"""The words by which tables speak: of missing values, truth, totals, numbers of rows, units."""

import re
from collections.abc import Iterable
from itertools import islice

from mlpviz.experiment.data.notation import plain_text

LOOKED_AT = 50  # rows by which a column is judged

# How a cell without a value is written. The last one can be a class as well.
MISSING = frozenset(
    [
        *(
            "",
            "na",
            "n/a",
            "nan",
            "<na>",
            "nat",
            "n.a.",
            "k.a.",
            "k. a.",
            "?",
            "\\n",
            "null",
            "nil",
        ),
        *("#n/a", "#na", "#nv", "#null!", "#div/0!", "#value!", "#ref!", "missing", "*"),
        *("-", "--", "---", ".", "..", "...", "\N{HORIZONTAL ELLIPSIS}", "none"),
    ]
)
PERHAPS_A_CLASS = "none"
TRUTH = {"true": 1.0, "false": 0.0, "t": 1.0, "f": 0.0, "yes": 1.0, "no": 0.0}
TRUTHS = (frozenset(("true", "false")), frozenset(("t", "f")), frozenset(("yes", "no")))

TOTAL = re.compile(
    r"(?:grand |sub)?(?:total|sum|mean|average|avg|std|median|count|summe|gesamt|mittelwert|"
    r"durchschnitt|somme|moyenne|suma|media|totale|合计|合計|总计|總計|平均)s?\.?:?",
    re.IGNORECASE,
)
MAXIMA = re.compile(r"points possible|max(?:imum|\.)?(?: points)?|out of", re.IGNORECASE)
ID_NAME = re.compile(
    r"(?:#|no\.?|nr\.?|id|idx|index|row|rownames?|obs|observation|case|unnamed: ?\d+|"
    r"lp\.?|.*nr\.?|.*number|.*nummer|key|uuid|编号|編號|序号|学号|學號|matrikel.*|bib|"
    r"kostenstelle|account.*|konto.*|plz|zip.*|"
    r".*[ _.]id|.*(?<=[a-z])Id|id[ _.].*|.*_no|.*_nr|sample ?no\.?)",
)
UNITS_NAME = re.compile(r".*(?:unit|units|einheit|unité|unidad|单位|單位)", re.IGNORECASE)
COORDINATE = re.compile(
    r"[xyzt](?:[ _]?[0-9])?|time|day|week|month|hour|year|age|jahr|monat|ann[eé]e|年",
    re.IGNORECASE,
)
TARGET_NAME = re.compile(
    r"(?:class|classes|label|labels|target|targets|klasse|clase|classe|类别|類別|标签|標籤)",
    re.IGNORECASE,
)
PERHAPS_TARGET = re.compile(
    r"(?:species|type|category|outcome|result|diagnosis|variety|group|status|quality|survived|"
    r"passed|default|churn|admitted|iris|kind|sorte|art|gruppe|ergebnis|is_.*|output|out|"
    r"response|truth|y|t)",
    re.IGNORECASE,
)
UNIT_WORD = re.compile(
    r"[\[(]?(?:[munkcdMG]?(?:m|g|s|A|V|W|N|J|Hz|Pa|l|L|mol)(?:[²³23])?|[mk]?g/\w+|"
    r"\w{1,3}/\w{1,4}[²³23]?|"
    r"°[CF]?|K|%|‰|[€$£¥]|EUR|USD|kg|cm|mm|km|inch|in|ft|lb|lbs|oz|years?|yrs?|min|h|d|"
    r"days?|hours?|sec|bar|hPa|a\.u\.|px|pt|bpm|dB|ppm|-|–|—|1)[\])]?"
)
BRACKETED = re.compile(r"[\[(][^\])]{1,12}[\])]")
ORANGE_TYPE = re.compile(
    r"(?:continuous|c|discrete|d|string|s|text|time|t|numeric)?", re.IGNORECASE
)
ORANGE_ROLE = re.compile(r"(?:class|meta|meta .*|ignore|i|weight|.*=.*)?", re.IGNORECASE)


def is_missing(cell: str) -> bool:
    """Tell whether a cell has no value, as it is usually written."""
    if cell[-1:].isdigit():  # nearly always
        return False
    word = plain_text(cell).casefold()
    return word in MISSING or not word.strip("#")  # a spreadsheet's column was too narrow


def truth_of(cells: Iterable[str]) -> bool:
    """Tell whether a column holds two words for true and false."""
    words = {
        plain_text(cell).casefold() for cell in islice(cells, LOOKED_AT) if not is_missing(cell)
    }
    return bool(words) and any(words <= truth for truth in TRUTHS)
