"""The words by which tables speak: of missing values, truth, totals, numbers of rows, units."""

import re
from collections.abc import Iterable, Sequence
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
        *("[n/a]", "[na]", "[null]", "[not supported]", "(n/a)", "(na)", "(null)", "(missing)"),
        *("n/e", "undefined", "undefiniert", "indéfini", "indefinido"),
        *("-", "--", "---", ".", "..", "...", "\N{HORIZONTAL ELLIPSIS}", "none"),
    ]
)
PERHAPS_A_CLASS = "none"
# What says that a cell is as the one above it.
DITTOS = frozenset(
    (
        *("〃", "″", "„", '"', "“", "”", "''", '-"-', "-''-", "–“–", "同上"),
        *("do.", "id.", "s.o.", "s. o.", "dito", "ditto", "idem", "Dito", "Ditto", "Idem"),
    )
)
TRUTH = {"true": 1.0, "false": 0.0, "t": 1.0, "f": 0.0, "yes": 1.0, "no": 0.0}
TRUTHS = (frozenset(("true", "false")), frozenset(("t", "f")), frozenset(("yes", "no")))

# What a row is called that sums up those above.
TOTALS = (
    "total|sum|mean|average|avg|std|median|count|overall|"
    "übertrag|carried (?:over|forward)|brought forward|à reporter|riporto|"
    "summe|gesamtsumme|zwischensumme|gesamt|insgesamt|gesamtergebnis|mittelwert|"
    "durchschnitt|standardabweichung|"
    "somme|moyenne|total g[ée]n[ée]ral|sous-total|m[ée]diane|[ée]cart[- ]type|"
    "suma|media|promedio|total general|mediana|soma|m[ée]dia|total geral|"
    "somma|totale|totale complessivo|totaal|eindtotaal|gemiddelde|"
    "summa|totalt|i alt|medelv[äa]rde|gjennomsnitt|gennemsnit|yhteensä|keskiarvo|"
    "razem|średnia|suma końcowa|celkem|součet|průměr|celkový součet|spolu|priemer|"
    "összesen|átlag|végösszeg|medie|toplam|genel toplam|ortalama|ukupno|prosjek|"
    "skupaj|povprečje|kokku|keskmine|iš viso|vidurkis|kopā|jumlah|rata-rata|tổng|tổng cộng|"
    "trung bình|"
    "итого|всего|сумма|среднее|среднее значение|общий итог|разом|усього|середнє|общо|"
    "σύνολο|μέσος όρος|"
    "合计|合計|总计|總計|总和|總和|小计|小計|総計|平均|平均值|平均値|합계|총계|소계|평균|"
    'المجموع|الإجمالي|المتوسط|סה"כ|ממוצע|कुल|औसत|รวม|เฉลี่ย|[Σ∑Ø∅⌀]'
)
TOTAL = re.compile(
    rf"(?:grand |sub)?(?:{TOTALS})s?\.?(?: ?\([^)]*\))?:?(?: ?n ?= ?\d+)?", re.IGNORECASE
)
# The same with a word behind it or before it, as in "Total North" and "North Total", and short
# words. All of them can be names as well: of a boy called Max, or of a state.
PERHAPS_TOTAL = re.compile(
    rf"(?:(?:grand |sub)?(?:{TOTALS})\b.*|.* (?:{TOTALS}|ergebnis)|"
    r"min(?:imum|\.)?|max(?:imum|\.)?|s\.?d\.?|std\.? ?dev\.?|st\.?dev\.?|stabw\.?|"
    r"std\.?-?abw\.?|szórás|.*odchyl.*|.*d[eé]via[tcz].*|.*desv.*|.*отклонение|.*avvik.*|.*afwijking|"
    r"keskihajonta|標準偏差|标准差|표준편차|n|anzahl|mw|mittel|x̄|μ|σ|m[íи]н|m[áа]х|мин\.?|макс\.?|moy\.?|mdn|\*+):?",
    re.IGNORECASE,
)
# Of these, what nobody is called; and what programs call the rows of a summary.
SUMMED_UP = re.compile(
    rf"(?:grand |sub)?(?:{TOTALS})(?:\b.*)?|.* (?:total|gesamt|insgesamt|summe|итого|всего):?",
    re.IGNORECASE,
)
STATISTIC = re.compile(
    r"count|mean|std|min\.?|max\.?|median|n|sd|se|var|unique|top|freq|skew|kurtosis|null_count|"
    r"(?:\d{1,2}(?:\.\d)?%)|1st qu\.?|3rd qu\.?|q1|q3|p(?:0?[15]|10|25|50|75|90|95|99)",
    re.IGNORECASE,
)
# How programs and pages say how many rows there are, and that they show some of them only.
ROWS = (
    r"(?:rows?|records?|entries|observations?|obs\b|results|lines|zeilen?|eintr[aä]gen?|"
    r"datens[aä]tzen?|ergebnissen|lignes|entr[ée]es|enregistrements|r[ée]sultats|filas|registros|"
    r"resultados|righe|righi|risultati|linhas|rijen|rader|wierszy|строк\w*|запис\w*|行|件|筆|条|개)"
)
COUNT = r"(\d+(?:[,.'\s\u202f\u00a0]\d{3})*)"
SAYS_ROWS = re.compile(
    rf"{COUNT}\s*(?:more\s+|weitere\s+|autres\s+)?{ROWS}|"
    rf"tibble: {COUNT}\s*[×x]|{COUNT}\s*[×x]\s*\d+ DataFrame|shape: \({COUNT}, \d+\)",
    re.IGNORECASE,
)
ROWS_ONLY = re.compile(rf"\(?{COUNT}\s{ROWS}\b", re.IGNORECASE)  # as in "5 rows selected"
SAYS_MORE = re.compile(
    rf"\b(?:more|omitted|weitere|autres)\b.*{ROWS}|{ROWS}.*\bomitted\b|only showing|omitted.*rows",
    re.IGNORECASE,
)
MAXIMA = re.compile(r"points possible|max(?:imum|\.)?(?: points)?|out of", re.IGNORECASE)
ID_NAME = re.compile(
    r"(?:#|no\.?|nr\.?|id|idx|index|row|rownames?|obs|observation|case|unnamed: ?\d+|"
    r"lp\.?|.*nr\.?|.*number|.*nummer|key|uuid|编号|編號|序号|学号|學號|matrikel.*|bib|"
    r"kostenstelle|account.*|konto.*|plz|zip.*|"
    r".*[ _.]id|.*(?<=[a-z])Id|id[ _.].*|.*_no|.*_nr|sample ?no\.?)",
)
RANK_NAME = re.compile(
    r"rank(?:ing)?|rang|place|platz|pl\.|pos\.?|plass|puesto|posto|kolejność|место|순위|順位|名次",
    re.IGNORECASE,
)
# What whole numbers that never come again are the numbers of.
COUNTED_NAME = re.compile(
    r"patient|proband|participant|teilnehmer|subject|student|sch[üu]ler|pupil|person|member|"
    r"mitglied|customer|client|kunde|user|employee|mitarbeiter|ticket|order|bestellung|socio|"
    r"cliente|élève|alumno|adh[ée]rent|клиент|пациент|患者|会員|顧客",
    re.IGNORECASE,
)
UNITS_NAME = re.compile(r".*(?:unit|units|einheit|unité|unidad|单位|單位)", re.IGNORECASE)
COORDINATE = re.compile(
    r"[xyzt](?:[ _]?[0-9])?|time|day|week|month|hour|year|age|jahr|monat|ann[eé]e|年",
    re.IGNORECASE,
)
# How Vernier's and Pasco's programs say of which run a column is.
RUN_NAME = re.compile(
    r"^(?:data ?set|run|datensatz|datenreihe|lauf|messung|messreihe|s[ée]rie|prueba|essai)"
    r" ?#?\d+ ?: ?| (?:run|lauf|messung|s[ée]rie|prueba|essai) #?\d+$",
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
# What a pupil has beside the school class that he is in: where both are, this is the target.
GRADE_NAME = re.compile(
    r"(?:final |course |abschluss|end|zeugnis|gesamt)?(?:grade|note|nota|zensur|mark)",
    re.IGNORECASE,
)
UNIT_WORD = re.compile(
    r"[\[(]?(?:[munkcdMG]?(?:m|g|s|A|V|W|N|J|Hz|Pa|l|L|mol)(?:[²³23])?|[mk]?g/\w+|"
    r"\w{1,3}/\w{1,4}[²³23]?|"
    r"°[CF]?|K|%|‰|[€$£¥]|EUR|USD|kg|cm|mm|km|inch|in|ft|lb|lbs|oz|years?|yrs?|min|h|d|"
    r"days?|hours?|sec|bar|hPa|a\.u\.|px|pt|bpm|dB|ppm|-|–|—|1)[\])]?"
)
TYPE_WORD = re.compile(
    r"(?:[fiu](?:8|16|32|64)|U?Int\d*|Float\d*|(?:s|S)tr(?:ing)?\d*|[bB]ool(?:ean)?|cat|[dD]ate|"
    r"float64|int64|object|category|Any|Symbol|DateTime|Time|Missing|[A-Z]\w*…|"
    r"double|varchar|u?(?:int\d+|bigint)|integer|timestamp|decimal\([\d,]+\))\??"
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


def are_types(row: Sequence[str]) -> bool:
    """Tell whether a row has types, as R prints them below names, <dbl>, or polars, f64."""
    cells = [cell.strip() for cell in row if cell.strip()]
    are_in_brackets = all(re.fullmatch(r"<[\w+]+>", cell) for cell in cells)
    return bool(cells) and (are_in_brackets or all(map(TYPE_WORD.fullmatch, cells)))
