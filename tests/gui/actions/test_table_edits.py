"""Edits of a table: what they change, what stays, and how large it may become."""

import pytest

from mlpviz.experiment.data.left_out import TOTALS, LeftOut
from mlpviz.experiment.data.own_rules import MAX_POINTS
from mlpviz.experiment.data.table import Table
from mlpviz.gui.actions.table_edits import (
    block_of,
    with_block,
    with_cell,
    with_name,
    with_rows,
    without_rows,
)

TABLE = Table(
    ("a", "b"),
    (["1", "2", "3"], ["x", "y", "z"]),
    [2, 3, 5],  # line 4 is blank
    left_out=(LeftOut(9, ("total", "6"), TOTALS, "total"),),
)


def test_a_cell_is_stripped_and_the_table_before_stays_as_it_was() -> None:
    after = with_cell(TABLE, 1, 0, " 7 ")
    assert after.columns == (["1", "7", "3"], ["x", "y", "z"])
    assert TABLE.columns == (["1", "2", "3"], ["x", "y", "z"])


def test_a_block_adds_the_rows_and_columns_that_it_needs() -> None:
    after = with_block(TABLE, 2, 1, [["p", "q"], ["r"]])
    assert after.names == ("a", "b", "column 3")
    assert after.columns == (["1", "2", "3", ""], ["x", "y", "p", "r"], ["", "", "q", ""])
    assert after.lines == [2, 3, 5, 6]


def test_rows_between_others_move_those_below_and_what_is_left_out() -> None:
    after = with_rows(TABLE, 1, 2)
    assert after.lines == [2, 3, 4, 5, 7]
    assert after.columns[0] == ["1", "", "", "2", "3"]
    assert after.left_out[0].line == 11
    assert without_rows(after, [1, 2]).columns == TABLE.columns


def test_a_name_that_another_column_has_gets_a_number() -> None:
    assert with_name(TABLE, 1, "a").names == ("a", "a 2")
    assert with_name(TABLE, 1, "b").names == ("a", "b")
    assert with_name(TABLE, 0, " ").names == ("column 1", "b")


def test_a_block_of_a_spreadsheet_may_have_line_breaks_in_its_cells() -> None:
    assert block_of('1\t"two\nlines"\r\n3\t\n') == [["1", "two\nlines"], ["3", ""]]


def test_what_becomes_too_large_is_refused() -> None:
    with pytest.raises(ValueError, match="100\u2009000 rows at most"):
        with_block(TABLE, 1, 0, [["1"]] * MAX_POINTS)
    with pytest.raises(ValueError, match="64 columns at most"):
        with_block(TABLE, 0, 1, [["1"] * 64])
