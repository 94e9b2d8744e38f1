"""Each rule by which a table is guessed, on the least that it needs."""

import pytest

from mlpviz.experiment.data import guesses
from mlpviz.experiment.data.guessed_signs import delimiter_of, has_two_commas, notation_of, width_of
from mlpviz.experiment.data.left_out import REMARK, TOTALS, Why
from mlpviz.experiment.data.table_words import is_missing, truth_of


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
    assert guesses.names_are_numbers(first, rest) is are


def test_a_first_row_of_counts_and_class_names_is_a_summary() -> None:
    assert guesses.is_summary(["150", "4", "setosa", "versicolor"], 150, 5)
    assert not guesses.is_summary(["150", "4", "1.4", "0.2"], 149, 5)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["Total", "12", "30"], TOTALS),
        (["Source: the city", "", ""], REMARK),
        (["[150 rows x 5 columns]"], REMARK),
        (["elm", "12", "30"], None),
        (["elm", "NA", "NA"], None),
    ],
)
def test_totals_and_remarks_at_the_end_are_no_rows(row: list[str], why: Why | None) -> None:
    found = guesses.footer_of(row, [1, 2], 3)
    assert (None if found is None else found[0]) is why
