"""Each rule by which a table is guessed, on the least that it needs."""

import pytest

from mlpviz.experiment.data import guesses
from mlpviz.experiment.data.guessed_names import names_are_numbers
from mlpviz.experiment.data.guessed_signs import (
    delimiter_of,
    has_cut_numbers,
    has_two_commas,
    notation_of,
    width_of,
)
from mlpviz.experiment.data.guessed_totals import cut_totals, footer_of
from mlpviz.experiment.data.left_out import REMARK, TOTALS, Why
from mlpviz.experiment.data.row_widths import say_more
from mlpviz.experiment.data.table_words import are_types, is_missing, truth_of


def lines(*texts: str) -> list[tuple[int, str]]:
    return list(enumerate(texts, 1))


# Signs


@pytest.mark.parametrize(
    ("texts", "delimiter"),
    [
        (("x,y,c", "1.5,2,a", "2.5,3,b"), ","),
        (("x;y;c", "1,5;2;a", "2,5;3;b"), ";"),
        (("1,5 2 a", "2,5 3 b"), " "),
        (("1 101\t2 633\tno", "1 377\t2 812\tno"), "\t"),  # the same count of tabs in each row
        (("1|2|a", "3|4|b"), "|"),
        (("1:2:a", "3:4:b"), ":"),
    ],
)
def test_the_delimiter_is_the_one_that_makes_columns_of_numbers(
    texts: tuple[str, ...], delimiter: str
) -> None:
    assert delimiter_of(lines(*texts)) == (delimiter, "")


def test_another_delimiter_that_would_do_is_named() -> None:
    delimiter, note = delimiter_of(lines("243 505.3,1 896.9,8 012.3", "518 638.4,4 792.0,5 428.2"))
    assert "--delimiter" in note
    assert delimiter in " ,"


def test_without_columns_of_numbers_there_is_no_table() -> None:
    with pytest.raises(ValueError, match="No columns of numbers"):
        delimiter_of(lines("dear reader, this is", "a letter, and no table"))


def test_commas_with_a_blank_and_without_one_are_two_signs() -> None:
    assert has_two_commas(lines("x, y, c", "1,5, 2,3, a", "2,5, 3,1, b"))
    assert not has_two_commas(lines("x, y, c", "1.5, 2.3, a", "2.5, 3.1, b"))


@pytest.mark.parametrize(
    ("cells", "delimiter", "notation", "other"),
    [
        (["1.5", "2.25"], ",", (".", ""), ""),
        (["1,5", "2,25"], ";", (",", ""), ""),
        (["1.234,5", "7"], ";", (",", "."), ""),
        (["1,234.5", "7"], ",", (".", ","), ""),
        (["1,234,567", "7"], ";", (".", ","), ""),
        (["1 234,5", "7"], ";", (",", " "), ""),
        (["1'234.5", "7"], ",", (".", "'"), ""),
        (["1,101", "627"], ",", (".", ","), "decimal comma"),  # in quotes, and small ones have none
        (["1,101", "627"], ";", (".", ","), "decimal comma"),
        (["1,101", "2,633"], ";", (",", ""), "comma for thousands"),  # one length in all cells
        (["1.101", "2.633"], ",", (".", ""), "point for thousands"),
        (["1,101", "1377"], ";", (",", ""), "comma for thousands"),  # a large one without the sign
        (["0,101", "1,377"], ";", (",", ""), ""),  # no group stands behind a single 0
        (["$1,101", "$2,377"], ";", (".", ","), "decimal comma"),
        (["3,5", "1.250"], ";", (",", "."), ""),  # a table has one decimal sign
    ],
)
def test_the_signs_of_numbers_are_those_that_all_cells_allow(
    cells: list[str], delimiter: str, notation: tuple[str, str], other: str
) -> None:
    found, note = notation_of([cells], delimiter)
    assert found == notation
    assert other in note
    assert bool(note) == bool(other)


def test_a_table_is_as_wide_as_most_of_its_rows() -> None:
    assert width_of([["a", "b", "c"], ["1", "2", ""], ["1", "2", "3"]]) == 3


# Columns


@pytest.mark.parametrize("cell", ["", "NA", "n/a", "NaN", "null", "?", "-", "—", "#N/A", "k.A."])
def test_a_missing_value_has_many_spellings(cell: str) -> None:
    assert is_missing(cell)


@pytest.mark.parametrize("cell", ["0", "no", "n", "a-", "x"])
def test_what_says_something_is_not_missing(cell: str) -> None:
    assert not is_missing(cell)


def test_truth_has_two_words_of_one_kind() -> None:
    assert truth_of(["TRUE", "false", ""])
    assert not truth_of(["yes", "false"])


def test_a_first_column_that_counts_numbers_the_rows_unless_it_is_called_a_coordinate() -> None:
    counting = ["1", "2", "3", "4"]

    def is_id(name: str, cells: list[str], *, is_first: bool = True) -> bool:
        return guesses.is_id(name, cells, is_first=is_first, is_unnamed=False)

    assert is_id("whatever", counting)
    assert not is_id("x", counting)
    assert not is_id("whatever", counting, is_first=False)
    assert is_id("Id", ["7", "3", "9", "1"], is_first=False)
    assert not is_id("Id", ["7", "3", "7", "1"], is_first=False)


def rank(name: str, **facts: bool) -> int:
    names = ("is_last", "has_words", "has_classes", "numbers_classes", "can_be_early", "has_x")
    usual = dict.fromkeys(names, False)
    return guesses.target_rank(name, **(usual | facts))


def test_the_target_is_told_by_its_name_then_by_its_values_then_by_its_place() -> None:
    named, perhaps = rank("Class"), rank("species", has_classes=True)
    words, last = rank("a", has_words=True, has_classes=True), rank("a", is_last=True)
    assert named > perhaps > words > last > rank("a")
    assert rank("y", is_last=True, has_x=True) == last  # y is an input beside x
    assert rank("y", is_last=True) == perhaps
    assert (
        rank("a", has_classes=True, numbers_classes=True, can_be_early=True) > last
    )  # 1 2 3 in front, as wine has it


# Rows above and below


@pytest.mark.parametrize(
    ("rows", "first"),
    [
        ([["x", "y", "c"], ["1", "2", "a"], ["3", "4", "b"]], 1),
        ([["1", "2", "a"], ["3", "4", "b"]], 0),
        ([["1.5*", "2", "a"], ["3", "4", "b"]], 0),  # an odd cell makes no row of names
        ([["4", "3", ""], ["x", "y", "c"], ["3", "4", "b"]], 2),  # counts above the names
    ],
)
def test_data_begin_where_columns_of_numbers_have_numbers(
    rows: list[list[str]], first: int
) -> None:
    assert guesses.first_data_row(rows, [0, 1], 3) == first


@pytest.mark.parametrize(
    ("above", "count"),
    [
        ([(1, "girth height tree")], 1),
        ([(1, "girth height")], 1),
        ([(1, "some words about it all"), (3, "girth height tree")], 1),
        ([(1, "girth height tree"), (2, "cm m -")], 2),
        ([(1, "petal petal tree"), (2, "length width kind")], 2),
        ([(1, "girth height tree"), (2, "continuous continuous discrete"), (3, "_ _ class")], 3),
        ([(1, "girth height tree"), (2, "<dbl> <dbl> <chr>")], 2),
    ],
)
def test_names_stand_right_above_the_data_and_over_several_rows_if_they_go_on(
    above: list[tuple[int, str]], count: int
) -> None:
    rows = [(line, tuple("" if c == "_" else c for c in text.split())) for line, text in above]
    assert guesses.header_rows(rows, 3) == count


@pytest.mark.parametrize(
    ("first", "rest", "are"),
    [
        (["", "0", "1"], [["0", "1.5", "2.5"], ["1", "3.5", "4.5"]], True),
        (["0", "1", "2"], [["5", "7", "1"], ["6", "8", "0"]], True),
        (["2010", "2020", "class"], [["15", "25", "x"], ["25", "35", "y"]], True),
        (["1", "2", "a"], [["3", "4", "a"], ["5", "6", "b"]], False),
        (["1", "2", "3"], [["1", "2", "3"], ["1", "2", "3"]], False),
    ],
)
def test_names_can_be_numbers_that_count_or_stand_beside_the_name_of_a_target(
    first: list[str], rest: list[list[str]], are: bool
) -> None:
    assert names_are_numbers(first, rest) is are


def test_a_first_row_of_counts_and_class_names_is_a_summary() -> None:
    assert guesses.is_summary(["150", "4", "setosa", "versicolor"], 150, 5)
    assert not guesses.is_summary(["150", "4", "1.4", "0.2"], 149, 5)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["Total", "12", "30"], TOTALS),
        (["Source: the city", "", ""], REMARK),
        (["[150 rows x 5 columns]"], REMARK),
        (["Итого", "12", "30"], TOTALS),
        (["Gesamt (n=4)", "12", "30"], TOTALS),
        (["5", "rows", "selected."], REMARK),
        (["elm", "12", "30"], None),
        (["elm", "NA", "NA"], None),
    ],
)
def test_totals_and_remarks_at_the_end_are_no_rows(row: list[str], why: Why | None) -> None:
    found = footer_of(row, [1, 2], 3)
    assert (None if found is None else found[0]) is why


NORTH = ["a 1.5 20", "b 2.5 11", "c 3.5 14", "d 4.5 9"]


@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        ([*NORTH, "Итого 12 54"], [4]),  # by its word
        ([*NORTH, "whatever 12 54"], [4]),  # by its numbers
        ([*NORTH, "_ 12 54"], [4]),
        ([*NORTH, "Max 4.5 20"], [4]),  # by both: Max is a boy as well
        ([*NORTH, "Max 1.75 17"], []),
        ([*NORTH, "Átlag 3.0 13.5", "Szórás 9 9", "Min 1.5 9"], [4, 5, 6]),
        ([*NORTH[:2], "Summe_A 4 31", *NORTH[2:], "Summe_B 8 23", "Gesamt 12 54"], [2, 5, 6]),
        ([*NORTH[:2], "Summe 4 31", *NORTH[2:], "Summe 8 23"], [2, 5]),
        (["Total 12 54", *NORTH], [0]),
        (["Summe_A 4 31", *NORTH[:2], "Summe_B 8 23", *NORTH[2:]], [0, 3]),
        ([*NORTH[:3], "Übertrag 7.5 45", "Übertrag 7.5 45", NORTH[3]], [3, 4]),
        (["media 1 2", "alta 3 4", "media 5 1", "baja 2 2", "media 3 3"], []),  # a class
        (["a 0 0", "b 0 1", "c 1 0", "d 1 1"], []),
        (["a 0 0", "a 0 1", "b 1 0", "a 1 1"], []),
        (["p 10 20", "q 20 40", "p 10 40", "q 20 20", "r 15 30"], []),  # a mean is no sum
    ],
)
def test_rows_that_sum_up_others_are_told_by_their_words_or_their_numbers(
    rows: list[str], totals: list[int]
) -> None:
    written = [tuple(cell.strip("_").replace("_", " ") for cell in row.split()) for row in rows]
    found, _ = cut_totals(list(enumerate(written)), [1, 2], 3, ",")
    assert [row.line for row in found] == totals
    assert {row.why for row in found} <= {TOTALS}


@pytest.mark.parametrize(
    ("names", "column"),
    [
        (["x", "y", "c", "x", "y", "c"], 3),
        (["x", "y", "", "X", "Y"], 3),
        (["x", "y", "x.1", "y.1"], 2),  # as pandas numbers them
        (["x", "y", "x", "z"], None),
        (["x", "y", "c"], None),
        (["x", "x"], None),
    ],
)
def test_names_that_begin_again_are_of_a_second_table(names: list[str], column: int | None) -> None:
    assert guesses.begin_again(names) == column


def test_numbers_and_a_word_that_begin_again_are_of_a_second_table() -> None:
    first, second = [["1", "2"], ["3", "4"], ["a", "b"]], [["5", "6"], ["7", "8"], ["b", "a"]]
    assert guesses.kinds_begin_again([*first, *second], [0, 1, 3, 4]) == 3
    assert guesses.kinds_begin_again([*first, *second[:2], ["c", "d"]], [0, 1, 3, 4]) is None
    assert guesses.kinds_begin_again(first, [0, 1]) is None


@pytest.mark.parametrize(
    ("text", "rows", "says_more"),
    [
        ("[150 rows x 5 columns]", 10, True),
        ("[150 rows x 5 columns]", 150, False),
        ("# A tibble: 1,344 × 4", 10, True),
        ("# ℹ 334 more rows", 400, True),
        ("shape: (344, 3)", 344, False),
        ("344×3 DataFrame", 10, True),
        ("(4 rows)", 4, False),
        ("only showing top 3 rows", 3, True),
        ("Zeige 1 bis 10 von 57 Einträgen", 10, True),
        ("Показано 10 из 57 записей", 10, True),
        ("全57件", 10, True),
        ("measured on 12 May 2024 by 3 people", 2, False),
    ],
)
def test_a_remark_can_say_of_more_rows_than_there_are(
    text: str, rows: int, says_more: bool
) -> None:
    assert bool(say_more([text], rows)) is says_more


def test_types_below_names_are_words_of_programs() -> None:
    assert are_types(["<dbl>", "<chr>"])
    assert are_types(["f64", "str"])
    assert are_types(["Float64", "String7"])
    assert not are_types(["elm", "str"])
    assert not are_types(["", ""])


def test_a_row_with_a_word_for_totals_and_other_numbers_is_spoken_of() -> None:
    rows = [tuple(row.split()) for row in ("Total 99 99", *NORTH)]
    found, notes = cut_totals(list(enumerate(rows, 1)), [1, 2], 3, ",")
    assert found == []
    assert len(notes) == 1
    assert "Row 1" in notes[0]


def test_statistics_of_a_table_are_not_the_table() -> None:
    rows = [(f"{word}", "1.5", "2.5") for word in ("count", "mean", "std", "25%", "50%", "max")]
    with pytest.raises(ValueError, match="summary"):
        cut_totals(list(enumerate(rows)), [1, 2], 3, ",")


@pytest.mark.parametrize(
    ("columns", "delimiter", "has_cut"),
    [
        ([["1", "1"], ["62", "81"], ["58", "77"], ["a", "b"]], ",", True),
        ([["1", "1"], ["62", "8"], ["58", "7"], ["a", "b"]], ",", False),
        ([["1", "1"], ["62", "81"], ["5.8", "7.7"], ["a", "b"]], ",", False),
        ([["0", "1"], ["0", "1"], ["1", "0"], ["a", "b"]], ",", False),
        ([["12", "8"], ["500", "900"], ["a", "b"]], " ", True),
        ([["12", "8"], ["500", "90"], ["a", "b"]], " ", False),
    ],
)
def test_a_number_can_be_cut_in_two_by_the_delimiter(
    columns: list[list[str]], delimiter: str, has_cut: bool
) -> None:
    assert has_cut_numbers(columns, delimiter) is has_cut
