"""The cells of own data in the drawer: typed, pasted, added, removed, and all of it undone."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from gui.conftest import Watch
from gui.helpers import child, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.run import Run
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
TEXT = "height,mass,kind\n1.5,20,cat\n2.5,30,dog\n3.5,25,cat\n4.5,27,dog\n"


@pytest.fixture
def cells(window: MainWindow, tmp_path: Path) -> Any:
    """The cells of a small table that is open in its drawer, with the focus on them."""
    path = tmp_path / "animals.csv"
    path.write_text(TEXT, encoding="utf-8")
    window.data_files.open_file(path)
    grid = child(window, "data_cells")
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    return grid


def trigger(window: MainWindow, name: str) -> None:
    (action,) = [action for action in window.actions() if action.objectName() == f"{name}_action"]
    action.trigger()


def go_to(cells: Any, row: int, column: int) -> None:
    cells.setCurrentIndex(cells.model().index(row, column))


def text_at(cells: Any, row: int, column: int) -> str:
    return str(cells.model().index(row, column).data())


def type_into(qtbot: QtBot, cells: Any, text: str) -> None:
    """Type over the cell that has the cursor."""
    press(Key.Key_Return)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(cells.hasFocus)


def names(cells: Any) -> list[str]:
    model = cells.model()
    across = Qt.Orientation.Horizontal
    return [model.headerData(column, across) for column in range(model.columnCount())]


def test_a_cell_is_typed_and_the_table_is_read_again(
    qtbot: QtBot, window: MainWindow, cells: Any
) -> None:
    go_to(cells, 1, 2)
    type_into(qtbot, cells, "cat")
    assert text_at(cells, 1, 2) == "cat"
    counts = child(window, "data_counts")
    qtbot.waitUntil(lambda: counts.text().replace("\u00a0", " ") == "● cat: 3   ■ dog: 1")
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: counts.text().replace("\u00a0", " ") == "● cat: 2   ■ dog: 2")
    assert text_at(cells, 1, 2) == "dog"
    press(Key.Key_Y, CTRL)
    assert text_at(cells, 1, 2) == "cat"


def test_letters_are_the_windows_until_a_cell_is_edited(
    window: MainWindow, cells: Any, acts: list[str]
) -> None:
    go_to(cells, 1, 1)
    press(Key.Key_L)
    assert acts == ["Logarithmic loss axis"]
    press(Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    assert editor.accessibleName() == "x₂ = mass, line 3"
    QTest.keyClicks(editor, "nl")
    assert acts == ["Logarithmic loss axis"]
    press(Key.Key_Escape)  # the editor alone
    assert child(window, "data_drawer").isVisible()
    assert text_at(cells, 1, 1) == "30"
    press(Key.Key_Escape)
    assert not child(window, "data_drawer").isVisible()


def test_a_cell_that_is_no_number_is_told_in_the_drawer_and_the_run_goes_on(
    qtbot: QtBot, window: MainWindow, cells: Any
) -> None:
    go_to(cells, 0, 0)
    type_into(qtbot, cells, "tall")
    error = child(window, "data_error")
    qtbot.waitUntil(error.isVisible)
    assert "'tall'" in error.text()
    assert "Row 2" in error.text()
    assert not child(window, "data_use_button").isEnabled()
    assert window.parts.controls.recipe == Recipe()
    go_to(cells, 0, 0)
    type_into(qtbot, cells, "1.25")
    qtbot.waitUntil(lambda: not error.isVisible())
    assert child(window, "data_use_button").isEnabled()


def test_a_cell_that_is_emptied_leaves_its_row_out_which_can_be_seen(
    qtbot: QtBot, window: MainWindow, cells: Any
) -> None:
    go_to(cells, 2, 1)
    press(Key.Key_Delete)
    button = child(window, "data_left_out_page_button")
    qtbot.waitUntil(lambda: button.text() == "Rows left out (1)")
    qtbot.mouseClick(button, LEFT)
    rows = child(window, "data_left_out")
    assert rows.isVisible()
    model = rows.model()
    shown = [model.index(0, column).data() for column in range(3)]
    assert shown == ["4", "has nothing in 'mass'", "3.5 |  | cat"]


def test_a_block_of_a_spreadsheet_is_pasted_at_the_cell_and_adds_rows(
    qtbot: QtBot, window: MainWindow, cells: Any
) -> None:
    QGuiApplication.clipboard().setText("5.5\t31\tdog\n6.5\t33\tcat\n")
    go_to(cells, 3, 0)
    press(Key.Key_V, CTRL)
    assert cells.model().rowCount() == 5
    assert text_at(cells, 3, 1) == "31"
    assert text_at(cells, 4, 2) == "cat"
    recognised = child(window, "data_recognised")
    qtbot.waitUntil(lambda: "all 5 rows used" in recognised.text())
    press(Key.Key_Z, CTRL)
    assert cells.model().rowCount() == 4
    assert text_at(cells, 3, 1) == "27"


def test_what_is_selected_is_copied_as_a_spreadsheet_does(cells: Any) -> None:
    go_to(cells, 0, 0)
    shift = Qt.KeyboardModifier.ShiftModifier
    press(Key.Key_Right, shift)
    press(Key.Key_Down, shift)
    press(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "1.5\t20\n2.5\t30"


def test_rows_are_added_and_removed_and_the_others_keep_their_cells(
    qtbot: QtBot, window: MainWindow, cells: Any
) -> None:
    go_to(cells, 1, 0)
    qtbot.mouseClick(child(window, "data_add_row_button"), LEFT)
    assert [text_at(cells, row, 0) for row in range(5)] == ["1.5", "2.5", "", "3.5", "4.5"]
    assert cells.currentIndex().row() == 2
    go_to(cells, 1, 0)
    qtbot.mouseClick(child(window, "data_remove_row_button"), LEFT)
    assert [text_at(cells, row, 0) for row in range(4)] == ["1.5", "", "3.5", "4.5"]
    press(Key.Key_Z, CTRL)
    press(Key.Key_Z, CTRL)
    assert [text_at(cells, row, 0) for row in range(4)] == ["1.5", "2.5", "3.5", "4.5"]


def test_a_column_is_renamed_and_what_was_chosen_of_it_stays(
    qtbot: QtBot, window: MainWindow, cells: Any
) -> None:
    choice = child(window, "data_x1_choice")
    choice.setCurrentIndex(choice.findText("mass"))
    go_to(cells, 0, 1)
    qtbot.mouseClick(child(window, "data_rename_column_button"), LEFT)
    field = QApplication.focusWidget()
    assert field is child(window, "data_name_input")
    QTest.keyClicks(field, "weight")
    press(Key.Key_Return)
    assert cells.hasFocus()
    qtbot.waitUntil(lambda: names(cells) == ["x₂ = height", "x₁ = weight", "target = kind"])
    assert choice.currentText() == "weight"
    press(Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: names(cells) == ["x₂ = height", "x₁ = mass", "target = kind"])
    assert choice.currentText() == "mass"


def test_edits_are_taken_back_as_long_as_the_drawer_is_open_and_are_then_forgotten(
    qtbot: QtBot, window: MainWindow, cells: Any
) -> None:
    undo = next(a for a in window.actions() if a.objectName() == "undo_action")
    window.runs.draw_weights()
    before = undo.text()
    go_to(cells, 0, 0)
    type_into(qtbot, cells, "9")
    assert undo.text() == "Undo: cell"
    press(Key.Key_Escape)
    assert undo.text() == before
    press(Key.Key_Z, CTRL)
    assert window.runs.recipe.weight_seed == 0


def test_after_use_undo_brings_the_data_before_back(
    qtbot: QtBot, window: MainWindow, watch: Watch, cells: Any
) -> None:
    go_to(cells, 0, 0)
    type_into(qtbot, cells, "9")
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    recipe = window.runs.recipe
    assert recipe.own is not None
    assert recipe.own.X[0].tolist() == [9.0, 20.0]
    press(Key.Key_Z, CTRL)
    assert window.runs.recipe == Recipe()
    undo = next(a for a in window.actions() if a.objectName() == "undo_action")
    assert not undo.isEnabled()
    press(Key.Key_Y, CTRL)
    assert window.runs.recipe == recipe


@pytest.mark.parametrize("dataset", ["xor", "circle", "plane"])
def test_a_built_in_set_is_edited_as_a_table(
    qtbot: QtBot, window: MainWindow, dataset: str
) -> None:
    window.parts.controls.dataset_choice.pick(dataset)
    is_regression = window.runs.recipe.is_regression
    trigger(window, "edit_data")
    assert child(window, "data_source").text() == "the present data"
    cells = child(window, "data_cells")
    count = cells.model().rowCount()
    assert count > 10
    assert cells.hasFocus()
    go_to(cells, 0, 0)
    type_into(qtbot, cells, "0.5")
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    own = window.runs.recipe.own
    assert own is not None
    assert own.names == ("x₁", "x₂")
    assert own.X[0, 0] == 0.5
    assert len(own.Y) == count
    assert own.offsets == (0.0, 0.0)
    assert own.factors == (1.0, 1.0)
    assert own.is_regression == is_regression


def test_a_cell_is_shown_as_a_person_would_write_it_and_stays_as_exact_as_it_is(
    qtbot: QtBot, window: MainWindow
) -> None:
    before = window.runs.recipe
    trigger(window, "edit_data")
    cells = child(window, "data_cells")
    qtbot.waitUntil(lambda: cells.model().rowCount() == 21)
    shown = {text_at(cells, row, column) for row in range(21) for column in (0, 1)}
    assert max(map(len, shown)) == 3
    exact = cells.model().index(6, 0)
    assert exact.data() == "0.3"
    for role in (Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
        assert exact.data(role) == "0.30000000000000004"
    assert cells.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    own = window.runs.recipe.own
    assert own is not None
    np.testing.assert_array_equal(own.X, Run(before).points)


def test_the_columns_fill_the_frame(qtbot: QtBot, window: MainWindow, cells: Any) -> None:
    columns = cells.horizontalHeader()
    for width in (1500, 1100, 1916):
        window.resize(width, 900)
        qtbot.waitUntil(lambda width=width: window.width() == width)
        qtbot.waitUntil(lambda: columns.length() == cells.viewport().width())
        sizes = [columns.sectionSize(column) for column in range(columns.count())]
        assert max(sizes) - min(sizes) < 60


def test_own_data_are_edited_again_and_their_scaling_is_changed_there(
    qtbot: QtBot, window: MainWindow, cells: Any
) -> None:
    qtbot.mouseClick(child(window, "data_scaling_standard_choice"), LEFT)
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    own = window.runs.recipe.own
    assert own is not None
    np.testing.assert_allclose(own.training_data()[0].std(axis=0), [1.0, 1.0])
    trigger(window, "edit_data")
    assert child(window, "data_scaling_standard_choice").isChecked()
    qtbot.mouseClick(child(window, "data_scaling_range_choice"), LEFT)
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    again = window.runs.recipe.own
    assert again is not None
    assert again.training_data()[0].max() == 1.0
    np.testing.assert_array_equal(again.X, own.X)


def test_a_new_table_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    trigger(window, "new_table")
    cells = child(window, "data_cells")
    assert cells.hasFocus()
    assert not child(window, "data_use_button").isEnabled()
    rows = (("0,5", "1", "a"), ("1,5", "3", "b"), ("2,5", "2", "a"))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            go_to(cells, row, column)
            type_into(qtbot, cells, text)
    use = child(window, "data_use_button")
    qtbot.waitUntil(use.isEnabled)
    qtbot.mouseClick(use, LEFT)
    own = window.runs.recipe.own
    assert own is not None
    assert own.X.tolist() == [[0.5, 1.0], [1.5, 3.0], [2.5, 2.0]]
    assert own.classes == ("a", "b")


def test_a_table_pasted_into_an_empty_one_brings_its_names(
    qtbot: QtBot, window: MainWindow
) -> None:
    trigger(window, "new_table")
    QGuiApplication.clipboard().setText(TEXT.replace(",", "\t"))
    press(Key.Key_V, CTRL)
    cells = child(window, "data_cells")
    qtbot.waitUntil(lambda: names(cells) == ["x₁ = height", "x₂ = mass", "target = kind"])
    assert cells.model().rowCount() == 4


def test_the_ways_to_read_the_text_rest_once_the_cells_were_edited(
    qtbot: QtBot, window: MainWindow, cells: Any
) -> None:
    delimiter = child(window, "data_delimiter_choice")
    assert delimiter.isEnabled()
    go_to(cells, 0, 0)
    type_into(qtbot, cells, "7")
    assert not delimiter.isEnabled()
    assert "were edited" in delimiter.toolTip()
    press(Key.Key_Z, CTRL)
    assert delimiter.isEnabled()


def test_a_row_says_that_its_number_is_that_of_the_line_in_the_file(cells: Any) -> None:
    model = cells.model()
    upright = Qt.Orientation.Vertical
    numbers = [model.headerData(row, upright) for row in range(model.rowCount())]
    assert numbers == ["line 2", "line 3", "line 4", "line 5"]


def test_of_a_large_table_the_cells_come_a_moment_later_and_are_all_there(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "large.csv"
    rows = [f"{number},{number % 7},{'ab'[number % 2]}" for number in range(12_000)]
    path.write_text("\n".join(("height,mass,kind", *rows)), encoding="utf-8")
    window.data_files.open_file(path)
    qtbot.waitUntil(lambda: window.findChild(QTableView, "data_cells") is not None)
    grid = child(window, "data_cells")
    qtbot.waitUntil(lambda: bool(grid.currentIndex().isValid()))
    assert grid.model().rowCount() == 12_000
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, 0)
    assert text_at(grid, 11_999, 0) == "11999"
    assert not grid.selectedIndexes()
    columns = grid.horizontalHeader()
    assert sum(columns.sectionSize(column) for column in range(3)) == grid.viewport().width()
