"""Tables from practice, kept as files: prints, logs, exports and pastes, and how each is read.

They were written without a look at the rules. What is refused is so in a sentence; what is read is
what a sensible person reads.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from experiment.data.corpus_files import FOLDER
from experiment.data.corpus_tables import Case


def reads(
    names: Sequence[str],
    rows: int,
    x1: Sequence[float],
    x2: Sequence[float],
    classes: set[str],
    **others: Any,
) -> Mapping[str, Any]:
    """Return what must be read: the names of x1, x2 and the target, and the first values.

    Parameters
    ----------
    classes : none of them where the target is a number
    """
    return {
        "x1": names[0],
        "x2": names[1],
        "targets": [names[2]],
        "rows": rows,
        "inputs": (x1, x2),
        "class_set": classes,
        **others,
    }


EXPECTED: Mapping[str, Mapping[str, Any]] = {
    "stata_list.txt": reads(
        ["weight", "mpg", "foreign"], 9, [2930, 3350, 2640], [22, 17, 22], {"Domestic", "Foreign"}
    ),
    "sas_datalines.txt": reads(
        ["column 1", "column 2", "column 3"],
        3,
        [12.1, 11.5, 8.7],
        [3, 5, 2],
        {"A", "B"},
        note="Column 4 begins",
    ),
    "mixed_units.csv": {"refused": "'850 g'"},
    "feet_inches.csv": {"refused": "Row 2, column 'Height' is none"},
    "laufzeiten.tsv": {"refused": "Row 2, column '1"},
    "censored.csv": {"refused": "'<0.5'"},
    "wiki_footnotes.txt": {"refused": "'210.6*'"},
    "sap_alv.txt": reads(
        ["Betrag", "Menge", "Status"],
        6,
        [-1250, 310.5, -875.25],
        [3.5, 12, 4.25],
        {"bezahlt", "offen"},
        note="one of totals",
    ),
    "kreuztabelle_z.csv": {"refused": "'y\\\\x'"},
    "quer.csv": {"refused": "Row 2, column '1,2' is none"},
    "merged_class.csv": {"refused": "write it into each"},
    "side_by_side.csv": {"refused": "side by side"},
    "r_wrapped.txt": {"refused": "Row 3 has 4 cells where the others have 3"},
    "tibble.txt": reads(
        ["bill_length_mm", "bill_depth_mm", "species"],
        9,
        [39.1, 39.5, 40.3],
        [18.7, 17.4, 18],
        {"Adelie", "Chinstrap", "Gentoo"},
        note="344 × 4",
    ),
    "dput.txt": {"refused": "At least two complete rows are needed"},
    "logfmt.txt": {"refused": "Row 3, column '2024-05-01T08' is none"},
    "chat.txt": reads(
        ["column 7", "column 9", "column 11"], 6, [3.5, 2.1, 4], [42, 31, 47], {"ja", "nein"}
    ),
    "gnuplot_blocks.txt": {"refused": "Three columns are needed, two inputs and a target"},
    "insert.txt": {"refused": "No columns of numbers"},
    "wikitable.txt": {"refused": "No columns of numbers"},
    "page.txt": {"refused": "No columns of numbers"},
    "rst_grid.txt": reads(
        ["Speed", "Load", "Outcome"], 5, [12.5, 18, 11.2], [3, 7, 2], {"stable", "unstable"}
    ),
    "latex_si.txt": {"refused": "'-1.5'"},
    "rkm_code.csv": {"refused": "Row 2, column 'R' is none"},
    "arabic.csv": reads(
        ["الطول", "الوزن", "الفئة"], 6, [175.5, 162, 180.2], [70, 55, 82], {"أ", "ب"}
    ),
    "wan.csv": {"refused": "万"},
    "excel_text.csv": reads(
        ["Länge", "Masse", "Güte"], 5, [12.5, 11, 13.2], [1250, 980.5, 1310], {"gut", "schlecht"}
    ),
    "qualtrics.csv": reads(
        ["Progress", "Q1", "Q3"], 6, [100, 100, 100], [15, 17, 16], {"No", "Yes"}, note="Qualtrics"
    ),
    "likert.csv": {"refused": "Row 2, column 'Zeitstempel' is none"},
    "dms.csv": {"refused": "No columns of numbers"},
    "sparse.txt": {"refused": "The first row has 3 names, and the rows below have"},
    "ranking.txt": {"refused": "Row 3, column '1 1' is none"},
    "koi8.csv": reads(
        ["Длина", "Ширина", "Класс"],
        6,
        [12.5, 10.2, 13.8],
        [3.1, 2, 3.6],
        {"да", "нет"},
        note="KOI8-R",
    ),
    "mac.csv": {"refused": "Its encoding cannot be told"},
    "blank_fixed.txt": {"refused": "Row 3 has 4 cells where the others have 5"},
    "times_ten.csv": {"refused": "Row 2, column 'Concentration' is none"},
    "mixed_decimal.csv": {"refused": "'2,5'"},
    "percent_mixed.csv": {"refused": "'0.40'"},
    "ergebnisse.txt": reads(
        ["Diff.", "Pkt.", "Liga"], 6, [24, 19, 8], [61, 57, 48], {"Abstieg", "Aufstieg", "bleibt"}
    ),
    "uncertainty.csv": {"refused": "No columns of numbers"},
    "read_table.txt": reads(
        ["height", "weight", "sex"], 5, [1.82, 1.65, 1.77], [81, 58, 74], {"f", "m"}
    ),
    "spss.txt": {"refused": "Row 2 has 2 names and row 3 has 3 cells"},
    "dict.txt": {"refused": "'a'"},
    "records.txt": {"refused": "No columns of numbers"},
    "lines.txt": {"refused": "No columns of numbers"},
    "grades_minus.csv": {"refused": "grade"},
    "ditto.txt": reads(
        ["Höhe", "Breite", "Sorte"],
        6,
        [12.5, 11.8, 13.1],
        [4, 3.9, 4.4],
        {"Ahorn", "Buche"},
        note="〃 stands",
    ),
    "ditto_quotes.csv": {"refused": "Row 3 cannot be read"},
    "diff.txt": {"refused": "list of changes"},
    "pivot.csv": reads(
        ["Summe von Menge", "Mittelwert von Preis", "Gruppe"],
        5,
        [120, 85, 140],
        [3.5, 4.1, 3.2],
        {"A", "B"},
        note="Gesamtergebnis",
    ),
    "pivot_number.csv": reads(
        ["Sum of units", "Sum of hours", "Sum of revenue"], 5, [120, 85, 140], [35, 41, 32], set()
    ),
    "bank.csv": reads(
        ["Betrag", "Saldo", "Art"],
        5,
        [120.5, 80, 2100],
        [1879.5, 1799.5, 3899.5],
        {"Gehalt", "Karte"},
    ),
    "debit.csv": {"refused": "'2100.00 CR'"},
    "credit_bare.csv": {"refused": "'2100.00 CR'"},
    "arrows.csv": {"refused": "Row 2, column 'change' is none"},
    "lat_suffix.csv": {"refused": "Row 2, column 'lon' is none"},
    "dwd.txt": {"refused": "The target 'eor' has one class only, 'eor'"},
    "sqlplus.txt": reads(["X", "Y", "GRP"], 5, [1.5, 2.5, 3.5], [2, 3, 1], {"a", "b"}),
    "fortran_glued.txt": {"refused": "Row 3 has 2 cells where the others have 3"},
    "instrument_zeros.csv": reads(
        ["Value1", "Value2", "Judge"], 5, [0.523, 0.611, 1.902], [-1.2, -0.95, 4.1], {"NG", "OK"}
    ),
    "fence.txt": reads(["length", "width", "kind"], 5, [3.5, 4.1, 6], [1.2, 1.4, 2.2], {"a", "b"}),
    "mail.txt": reads(["x", "y", "k"], 5, [1.5, 2.5, 3.5], [2, 3, 1], {"a", "b"}),
    "cat_n.txt": {"refused": "Three columns are needed, two inputs and a target"},
    "grep.txt": {"refused": "Row 1, column 'column 1' is none"},
    "octave.txt": reads(
        ["column 1", "column 2", "column 3"], 5, [1.5, 2.5, 3.5], [2, 3, 1], {"0", "1"}
    ),
    "matlab.txt": {"refused": "Row 3 has 5 cells where the others have 3"},
    "mathematica.txt": {"refused": "At least two complete rows are needed"},
    "scope.csv": reads(
        ["TIME", "CH1", "TRIG"], 6, [-2e-07, -1.6e-07, -1.2e-07], [0.12, 0.14, 2.81], {"0", "1"}
    ),
    "lvm.txt": reads(
        ["X_Value", "Voltage", "Current"], 4, [0, 0.1, 0.2], [1.502, 1.611, 1.723], set()
    ),
    "count_percent.csv": {"refused": "No columns of numbers"},
    "multiline_header.csv": reads(
        ["Länge (in cm)", "Breite (in cm)", "Art der Pflanze"],
        5,
        [3.5, 4.1, 6],
        [1.2, 1.4, 2.2],
        {"Gras", "Klee"},
    ),
    "excel_date_bug.csv": {"refused": "'01. Mai'"},
    "latex_rows.txt": reads(["x", "y", "Klasse"], 4, [1.5, 2.5, 3.5], [2, 3, 1], {"a", "b"}),
    "emoji.csv": reads(["Schlaf (h)", "Kaffee", "Laune"], 6, [7.5, 4, 8], [1, 4, 0], {"😀", "😫"}),
    "checkmarks.txt": {"refused": "The target 'fertig' has one class only, '✓'"},
    "nested_total.csv": reads(
        ["Items", "Hours", "Region"],
        5,
        [12, 15, 9],
        [30, 35, 22],
        {"North", "South"},
        note="North Total",
    ),
    "hungarian_bounds.txt": reads(
        ["Magasság", "Súly", "Idő"], 5, [162.5, 175, 168.2], [55, 70, 60], set(), note="Átlag"
    ),
    "yaml.txt": {"refused": "No columns of numbers"},
    "vertical.txt": {"refused": "Row 1 has 4 cells where the others have 2"},
    "weights.csv": reads(["x", "y", "class"], 4, [0, 0, 1], [0, 1, 0], {"no", "yes"}),
    "sheet_two_below.csv": {"refused": "'x'"},
    "other_table_below.csv": {"refused": "'mass'"},
    "other_units_below.txt": {"refused": "'Höhe (m)'"},
    "blocks_by_heading.csv": {"refused": "Row 2 has 2 names and row 3 has 2 cells"},
    "swapped_signs.csv": {"refused": "'1.234,50'"},
    "three_decimals.csv": reads(
        ["Masse (g)", "Volumen (ml)", "Stoff"],
        4,
        [1.25, 0.98, 3.12],
        [2.5, 1.2, 2.75],
        {"Al", "Fe"},
    ),
    "en_thousands_semicolon.csv": reads(
        ["people", "cars", "type"], 4, [1250, 12980, 3120], [312, 4200, 975], {"large", "small"}
    ),
    "pct_and_pp.csv": reads(
        ["Quote", "Änderung", "Trend"], 4, [12.5, 8.1, 15], [0.3, -0.2, 1.1], {"ab", "auf"}
    ),
    "sci_comma.csv": reads(
        ["Spannung", "Strom", "Zustand"], 4, [15, 12, 21], [0.002, 0.0015, 0.0031], {"an", "aus"}
    ),
    "hex.csv": {"refused": "Row 2, column 'addr' is none"},
    "epoch.csv": reads(
        ["temp", "hum", "label"], 5, [21.5, 21.9, 27.2], [40, 41, 58], {"alarm", "ok"}
    ),
    "years_rows.csv": reads(
        ["Jahr", "Niederschlag", "Ernte"],
        6,
        [2018, 2019, 2020],
        [410.5, 512, 480.2],
        {"gut", "mittel", "schlecht"},
    ),
    "zip_phone.csv": reads(
        ["age", "spend", "buys"], 5, [34, 51, 28], [120.5, 80, 210.9], {"no", "yes"}
    ),
    "member_ids.txt": reads(
        ["Alter", "Beitrag", "Status"], 5, [34, 51, 28], [12.5, 25, 12.5], {"aktiv", "ruhend"}
    ),
    "class_first_numbers.csv": reads(
        ["column 1", "column 2", "column 4"],
        6,
        [1, 1, 2],
        [14.23, 13.2, 12.37],
        set(),
        note="few values that come again",
    ),
    "german_bool.csv": reads(
        ["Alter", "BMI", "Risiko"], 5, [45, 32, 58], [27.5, 22.1, 31], {"falsch", "wahr"}
    ),
    "hungarian_decimal.txt": reads(
        ["Magasság", "Súly", "Nem"], 4, [1625, 1750, 1682], [55.5, 70.2, 60.1], {"férfi", "nő"}
    ),
    "nbsp_thousands.csv": reads(
        ["Habitants", "Surface", "Côte"],
        4,
        [12500, 8900, 120400],
        [35.5, 22.1, 105.2],
        {"non", "oui"},
    ),
    "swiss.csv": reads(
        ["Fläche", "Preis", "Lage"], 4, [1234.5, 987, 2050.2], [12.5, 1310, 99.9], {"Berg", "Tal"}
    ),
    "rupees.csv": reads(
        ["price", "area", "sold"], 4, [1234500, 980000, 10500000], [1200, 950, 3400], {"no", "yes"}
    ),
    "yen.txt": reads(["売上", "客数", "区分"], 4, [1234, 980, 2050], [56, 40, 71], {"夜", "昼"}),
    "won_man.csv": {"refused": "'3억 2천만'"},
    "persian.csv": {"refused": "Row 2, column 'قد' is none"},
    "hebrew_rlm.csv": reads(
        ["\u200fגובה\u200f", "\u200fמשקל\u200f", "\u200fמין\u200f"],
        4,
        [175.5, -162, 180.2],
        [70, 55, 82],
        {"ז", "נ"},
    ),
    "utf16_excel.txt": reads(
        ["Länge", "Breite", "Art"], 3, [12.5, 10.2, 13.8], [3.1, 2, 3.6], {"blau", "grün"}
    ),
    "trailing_plus.csv": reads(
        ["Konto", "Haben", "Seite"],
        4,
        [1200, 1400, 1600],
        [0, 12, 0],
        {"A", "B"},
        note="only number the rows",
    ),
    "approx.csv": {"refused": "'ca. 12'"},
    "range_cells.csv": reads(
        ["Einkommen", "Kinder", "kauft"], 6, [1200, 2100, 2800], [0, 1, 2], {"ja", "nein"}
    ),
    "iso_week_dates.csv": reads(
        ["open", "close", "up"], 5, [12.5, 12.9, 12.4], [12.9, 12.4, 12.8], {"0", "1"}
    ),
    "dot_dates_as_numbers.csv": {"refused": "Row 2, column 'Datum' is none"},
    "clock_dots.csv": {"refused": "'12,5'"},
    "version.csv": reads(
        ["version", "speed", "ok"], 5, [1.1, 1.9, 1.2], [3.5, 3.1, 2], {"no", "yes"}
    ),
    "missing_words.csv": {"refused": "'krank'"},
    "zero_for_missing.csv": reads(
        ["pregnancies", "glucose", "outcome"], 5, [6, 1, 8], [148, 85, 183], {"0", "1"}
    ),
    "stars_class.csv": reads(
        ["Preis", "Dauer", "Bewertung"], 6, [9.9, 4.5, 12], [2.5, 1, 3], {"★★★★★", "★★★★☆", "★★☆☆☆"}
    ),
    "significance.csv": {"refused": "Row 2, column 'coef' is none"},
    "letters_behind.csv": {"refused": "Row 2, column 'Ertrag' is none"},
    "width_wrapped_mail.txt": {"refused": "each row on one line"},
    "one_cell_per_line.txt": {"refused": "Three columns are needed, two inputs and a target"},
    "checkbox_html_copy.txt": reads(
        ["Größe", "Gewicht", "Klasse"],
        5,
        [12.5, 20.1, 11.9],
        [3, 5.5, 2.8],
        {"groß", "klein"},
        note="238",
    ),
}

PRACTICE = tuple(
    Case(f"practice/{name}", (FOLDER / "practice" / name).read_bytes(), expected)
    for name, expected in EXPECTED.items()
)
