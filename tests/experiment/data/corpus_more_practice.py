"""More tables from practice, kept as files: of offices, pages and statistics, with slips."""

from collections.abc import Mapping
from typing import Any

from experiment.data.corpus_practice import cases_of, reads

EXPECTED: Mapping[str, Mapping[str, Any]] = {
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
    "moodle.csv": {"refused": "The target 'Status' has one class only, 'Beendet'"},
    "strava.csv": {"refused": "'21,1'"},
    "fx.csv": reads(
        ["bid", "ask", "trend"],
        4,
        [1.0842, 151.32, 1.2611],
        [1.0844, 151.335, 1.2614],
        {"down", "up"},
    ),
    "gps.csv": reads(
        ["lat", "lon", "surface"],
        4,
        [48.137154, 48.139021, 48.1411],
        [11.576124, 11.58023, 11.5859],
        {"asphalt", "gravel"},
    ),
    "lab_report_pdf.txt": {"refused": "Row 2, column 'Referenz' is none"},
    "pdf_split_words.txt": {"refused": "Row 3 has 4 cells where the others have 5"},
    "space_thousands_fixed.txt": {"refused": "Row 1 has 4 names and row 2 has 5 cells"},
    "space_thousands_nohead.txt": reads(
        ["column 1", "column 2", "column 4"],
        4,
        [12, 8, 120],
        [500, 900, 400],
        {"non", "oui"},
        note="thousands a blank parts",
    ),
    "tabs_extra.txt": reads(
        ["Höhe", "Breite", "Art"], 4, [12.5, 15.2, 4.1], [4, 6.1, 3], {"a", "b"}
    ),
    "wide_days.csv": reads(["Mon", "Tue", "Area"], 4, [12, 8, 13], [14, 9, 15], {"city", "rural"}),
    "stem_leaf.txt": {"refused": "Row 1 has 12 cells where the others have 5"},
    "confusion.txt": reads(
        ["setosa", "versicolor", "virginica"], 3, [50, 0, 0], [0, 47, 4], {"0", "3", "46"}
    ),
    "r_summary.txt": {"refused": "The rows are a summary of a table, and not the tab"},
    "describe.txt": {"refused": "a summary of a table"},
    "describe_three.txt": {"refused": "a summary of a table"},
    "regression_table.txt": {"refused": "Row 3 has 5 cells where the others have 6"},
    "glued_percent.csv": reads(
        ["2017", "2021", "Block"], 4, [32.9, 20.5, 8.9], [24.1, 25.7, 14.8], {"l", "r"}
    ),
    "negative_words.csv": {"refused": "'minus 3'"},
    "dash_minus_space.csv": reads(
        ["Temperatur", "Wind", "Stufe"], 4, [-3.5, 4, -1.2], [12, 8, 15], {"kalt", "mild"}
    ),
    "dash_missing_dash_minus.csv": reads(
        ["Gewinn", "Umsatz", "Typ"], 3, [-5, 7.5, 3.2], [80, 130, 101], {"x", "y"}
    ),
    "null_zero_o.csv": {"refused": "'O.5'"},
    "comma_no_quote.csv": {"refused": "Row 1 has 4 names and row 2 has 5 cells"},
    "comma_no_quote_nohead.csv": reads(
        ["column 2", "column 3", "column 4"],
        4,
        [62, 81, 75],
        [58, 77, 70],
        {"a", "b"},
        note="decimal signs",
    ),
    "comma_pairs.csv": reads(
        ["column 3", "column 4", "column 5"],
        4,
        [2, 3, 1],
        [0, 0, 0],
        {"a", "b"},
        note="decimal signs",
    ),
    "id_last.csv": reads(
        ["girth", "height", "kind"], 4, [2.4, 6.3, 3.1], [31.5, 14.7, 27.2], {"elm", "oak"}
    ),
    "rownum_last.csv": reads(
        ["girth", "height", "kind"], 4, [2.4, 6.3, 3.1], [31.5, 14.7, 27.2], {"elm", "oak"}
    ),
    "index_unnamed.csv": reads(["x", "y", "label"], 5, [1.5, 2.5, 3.5], [2, 3, 1], {"a", "b"}),
    "onehot.csv": reads(["x", "y", "is_b"], 5, [1.5, 2.5, 3.5], [2, 3, 1], {"0", "1"}),
    "prediction.csv": reads(["x", "y", "label"], 5, [1.5, 2.5, 3.5], [2, 3, 1], {"a", "b"}),
    "train_test.csv": reads(["x", "y", "label"], 5, [1.5, 2.5, 3.5], [2, 3, 1], {"a", "b"}),
    "long_format.csv": reads(
        ["subject", "value", "variable"], 6, [1, 1, 2], [175.5, 70, 162], {"height", "weight"}
    ),
    "quote_doubled.csv": {"refused": "No columns of numbers"},
    "whole_line_quoted.csv": {"refused": "No columns of numbers"},
    "excel_semicolon_quoted_dec.csv": reads(
        ["x", "y", "c"], 3, [1.5, 2.5, 3.5], [2, 3, 1], {"a", "b"}
    ),
    "sum_left.csv": reads(
        ["Summe", "Nord", "Saison"], 4, [30.5, 33, 61.5], [10, 12, 30], {"hoch", "tief"}
    ),
    "total_first.csv": reads(
        ["Fläche", "Einwohner", "Dichte"],
        5,
        [357.6, 70.5, 21.1],
        [83.2, 13.1, 6.3],
        {"185", "219", "233", "297", "4123"},
        note="Deutschland gesamt",
    ),
    "total_first_sum.csv": reads(
        ["births", "deaths", "moves"], 3, [40, 35, 25], [35, 20, 25], {"8", "10", "12"}
    ),
    "subtotal_above.csv": reads(
        ["Anzahl", "Stunden", "Kosten"], 5, [12, 15, 9], [30, 35, 22], set()
    ),
    "carried_over.txt": reads(
        ["Menge", "Betrag", "Steuer"], 5, [2, 1, 4], [12.5, 8, 20], set(), note="Übertrag"
    ),
    "min_max_limits.csv": reads(
        ["Durchmesser", "Länge", "Prüfung"],
        4,
        [12.01, 11.99, 12.08],
        [40.1, 39.9, 40.3],
        {"nok", "ok"},
    ),
}

MORE_PRACTICE = cases_of(EXPECTED)
