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


def cases_of(expected: Mapping[str, Mapping[str, Any]]) -> tuple[Case, ...]:
    """Return the files of the folder with what must be read of each."""
    folder = FOLDER / "practice"
    return tuple(
        Case(f"practice/{name}", (folder / name).read_bytes(), values)
        for name, values in expected.items()
    )


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
    "vertical.txt": {"refused": "Three columns are needed, two inputs and a target"},
    "weights.csv": reads(["x", "y", "class"], 4, [0, 0, 1], [0, 1, 0], {"no", "yes"}),
}

PRACTICE = cases_of(EXPECTED)
