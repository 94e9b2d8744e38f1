"""What the drawer says of a reading, and how each part of it is settled there."""

from pathlib import Path
from typing import Any

import pytest
from gui.helpers import child, press
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.data.reading import read
from mlpviz.experiment.data.table_choices import TableChoices
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.actions.own_table import OwnTable
from mlpviz.gui.views.own_data.data_preview import DataPreview
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
POINT = "\n".join(
    f"{a};{b};{'ab'[i % 2]}"
    for i, (a, b) in enumerate([("1,101", "0,500"), ("2,300", "0,750"), ("1,940", "0,125")] * 3)
)
THOUSANDS = (
    'income,rent,buys\n"1,101","2,633",no\n"1,377",812,no\n627,"1,197",yes\n914,"2,041",yes\n'
)
GAPS = "a,b,c\n1,5,x\n2,-999,y\n3,7,x\nNA,8,y\n5,,x\n6,2,y\n"
FLOWERS = "id,length,width,height,kind\n" + "".join(
    f"{i + 1},{1.5 * i},{i * i % 7}.5,{(3 * i) % 5}.25,{'xyz'[i % 3]}\n" for i in range(12)
)


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> Any:
    """Open a text as a file; return the drawer."""

    def open_text(text: str, encoding: str = "utf-8") -> Any:
        path = tmp_path / "table.csv"
        path.write_text(text, encoding=encoding)
        window.data_files.open_file(path)
        return child(window, "data_drawer")

    return open_text


def outcome(content: bytes, choices: TableChoices) -> tuple[OwnData | None, str]:
    """Return what the command line would read, or the sentence that refuses it."""
    try:
        return read(content, choices).data, ""
    except ValueError as refusal:
        return None, str(refusal)


def pick(drawer: Any, name: str, text: str) -> None:
    """Choose an entry of a list by its words."""
    choice = child(drawer, f"data_{name}_choice")
    assert isinstance(choice, QComboBox)
    assert choice.findText(text) >= 0, [choice.itemText(i) for i in range(choice.count())]
    choice.setCurrentIndex(choice.findText(text))


def shown(drawer: Any, name: str) -> str:
    return str(child(drawer, f"data_{name}_choice").currentText())


def test_another_reading_that_is_possible_is_said_first_and_is_one_choice_away(
    opened: Any,
) -> None:
    drawer = opened(THOUSANDS)
    other = child(drawer, "data_other")
    assert other.isVisible()
    assert "1,101 is read as 1101" in other.text()
    assert other.y() < child(drawer, "data_recognised").y()
    assert drawer.data.X[0].tolist() == [1101.0, 2633.0]
    assert shown(drawer, "thousands") == "comma (recognised)"
    pick(drawer, "decimal", "comma")
    assert drawer.data.X[0].tolist() == [1.101, 2.633]
    assert shown(drawer, "decimal") == "comma"
    pick(drawer, "decimal", "point (recognised)")
    assert drawer.data.X[0].tolist() == [1101.0, 2633.0]


WAYS_OF_WRITING = [
    ("delimiter", "tab", "delimiter", "\t"),
    ("delimiter", "semicolon", "delimiter", ";"),
    ("decimal", "point", "decimal", "."),
    ("thousands", "none", "thousands", ""),
    ("skipped_rows", "2", "skipped_rows", 2),
    ("header", "1", "header", 1),
    ("encoding", "Windows-1252", "encoding", "Windows-1252"),
    ("incomplete", "refuse", "incomplete", "refuse"),
]


def test_each_way_of_writing_is_settled_as_on_the_command_line_and_goes_back(opened: Any) -> None:
    drawer = opened(POINT)
    for name, text, field, value in WAYS_OF_WRITING:
        guessed, words = drawer.data, shown(drawer, name)
        assert words.endswith(("(recognised)", "(usual)")), name
        pick(drawer, name, text)
        assert shown(drawer, name) == text
        data, refusal = outcome(POINT.encode(), TableChoices(**{field: value}))
        assert child(drawer, "data_error").text() == refusal, (name, text)
        assert child(drawer, "data_use_button").isEnabled() == (refusal == ""), (name, text)
        assert drawer.data == data, (name, text)
        assert data is None or drawer.data.reading == data.reading, (name, text)
        pick(drawer, name, child(drawer, f"data_{name}_choice").itemText(0))
        assert drawer.data == guessed, (name, text)
        assert shown(drawer, name) == words, (name, text)


def test_what_counts_as_missing_is_typed_and_rows_with_gaps_can_be_refused(
    qtbot: QtBot, window: MainWindow, opened: Any
) -> None:
    drawer = opened(GAPS)
    left_out = child(drawer, "data_left_out_page_button")
    assert left_out.text() == "Rows left out (2)"
    qtbot.mouseClick(child(drawer, "data_writing_page_button"), LEFT)
    field = child(drawer, "data_missing_input")
    qtbot.mouseClick(field, LEFT)
    QTest.keyClicks(field, "NA, -999")
    press(Key.Key_Return)
    assert left_out.text() == "Rows left out (3)"
    assert len(drawer.data.Y) == 3
    assert QApplication.focusWidget() is window.parts.network_view
    qtbot.mouseClick(field, LEFT)
    field.selectAll()
    QTest.keyClicks(field, "x")
    press(Key.Key_Escape)  # brings back what was there, and closes nothing
    assert field.text() == "NA, -999"
    assert drawer.isVisible()
    pick(drawer, "incomplete", "refuse")
    assert child(drawer, "data_error").text().startswith("Row 3 has '-999' in 'b'")
    assert left_out.text() == "Rows left out (0)"
    assert window.parts.controls.recipe == Recipe()


def test_a_choice_that_gives_no_table_is_told_and_the_cells_stay_in_sight(opened: Any) -> None:
    drawer = opened(POINT)
    cells = child(drawer, "data_cells").model()
    pick(drawer, "skipped_rows", "30")
    assert child(drawer, "data_error").text()
    assert not child(drawer, "data_use_button").isEnabled()
    assert cells.rowCount() == 9
    pick(drawer, "skipped_rows", child(drawer, "data_skipped_rows_choice").itemText(0))
    assert child(drawer, "data_use_button").isEnabled()


def test_pairs_of_columns_are_shown_and_a_click_takes_one(qtbot: QtBot, opened: Any) -> None:
    drawer = opened(FLOWERS)
    buttons = [child(drawer, f"data_pair_{place}_button") for place in range(1, 7)]
    seen = [button for button in buttons if button.isVisible()]
    names = [button.accessibleName() for button in seen]
    assert names == [
        "length and width as inputs",
        "length and height as inputs",
        "width and height as inputs",
    ]
    assert seen[0].isChecked()
    pictures = {button.icon().pixmap(40, 40).toImage().cacheKey() for button in seen}
    assert len(pictures) == 3
    qtbot.mouseClick(seen[2], LEFT)
    assert drawer.data.names == ("width", "height")
    assert [button.isChecked() for button in seen] == [False, False, True]
    seen[1].setFocus(Qt.FocusReason.TabFocusReason)
    press(Key.Key_Return)
    assert drawer.data.names == ("length", "height")


def test_two_columns_leave_no_choice_and_show_no_pairs(opened: Any) -> None:
    assert not child(opened(THOUSANDS), "data_pairs").isVisible()


def test_the_scaling_is_chosen_and_goes_back(qtbot: QtBot, opened: Any) -> None:
    drawer = opened(POINT)
    assert child(drawer, "data_scaling_range_choice").isChecked()
    qtbot.mouseClick(child(drawer, "data_scaling_none_choice"), LEFT)
    assert drawer.data.factors == (1.0, 1.0)
    assert drawer.data.reading == (("scaling", "none"),)
    assert "scaled" not in child(drawer, "data_notes").text()
    qtbot.mouseClick(child(drawer, "data_scaling_range_choice"), LEFT)
    assert drawer.data.reading == ()
    assert "scaled to 0 to 1" in child(drawer, "data_notes").text()


def test_enter_takes_the_data_while_the_drawer_has_the_focus(
    window: MainWindow, opened: Any
) -> None:
    drawer = opened(POINT)
    assert drawer.hasFocus()
    press(Key.Key_Return)
    assert not drawer.isVisible()
    assert window.parts.controls.recipe.dataset == "own"


def test_enter_takes_nothing_that_is_refused(window: MainWindow, opened: Any) -> None:
    drawer = opened("a,b\n1,x\n2,y\n")
    press(Key.Key_Return)
    assert drawer.isVisible()
    assert window.parts.controls.recipe == Recipe()


def test_a_large_table_is_read_while_the_window_goes_on(qtbot: QtBot) -> None:
    own = OwnTable(QUndoStack())
    preview = DataPreview(own)
    qtbot.addWidget(preview)
    text = "x,y,kind\n" + "".join(f"{i % 97}.5,{i % 89}.25,{'ab'[i % 2]}\n" for i in range(20_000))
    own.open_text("many", text)
    assert own.is_reading
    assert child(preview, "data_recognised").text() == "Reading many …"
    assert not child(preview, "data_use_button").isEnabled()
    qtbot.waitUntil(lambda: not own.is_reading)
    assert child(preview, "data_recognised").text().endswith("used, 3 columns.")
    qtbot.waitUntil(lambda: child(preview, "data_cells").model().rowCount() == 20_000)
    assert preview.data == read(text).data
    own.stop()


def test_another_file_takes_the_place_of_one_that_is_being_read(qtbot: QtBot) -> None:
    own = OwnTable(QUndoStack())
    many = "".join(f"{i % 97}.5,{i % 89}.25,{'ab'[i % 2]}\n" for i in range(20_000))
    own.open_text("first", many)
    own.open_text("second", many.replace("a", "c"))
    own.open_text("third", many.replace("a", "d"))
    qtbot.waitUntil(lambda: not own.is_reading)
    assert own.source == "third"
    assert own.outcome.reading is not None
    assert own.outcome.reading.data.classes == ("b", "d")
    own.open_text("fourth", many)
    own.open_text("small", "1,2,x\n3,4,y\n")
    assert own.source == "small"
    own.stop()


def test_closing_stops_reading_and_nothing_comes_of_it(qtbot: QtBot) -> None:
    own = OwnTable(QUndoStack())
    seen: list[bool] = []
    own.open_text("many", "".join(f"{i % 97}.5,{i % 89}.25,{i % 2}\n" for i in range(20_000)))
    own.close()
    own.changed.connect(lambda: seen.append(own.is_open))
    own.stop()
    QCoreApplication.processEvents()
    assert not own.is_open
    assert seen == []


def test_a_large_file_that_is_no_table_is_told_and_the_one_before_stays(
    qtbot: QtBot, window: MainWindow, opened: Any, tmp_path: Path
) -> None:
    drawer = opened(THOUSANDS)
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00" * 30_000)
    window.data_files.open_file(path)
    words = "picture.csv: It is a binary file and no text."
    qtbot.waitUntil(lambda: window.parts.message_bar.text == words)
    assert child(drawer, "data_source").text() == "table.csv"
    assert child(drawer, "data_use_button").isEnabled()


def test_tab_reaches_each_thing_that_can_be_chosen(window: MainWindow, opened: Any) -> None:
    opened(FLOWERS)
    met = []
    for _ in range(30):
        press(Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert widget is not None
        met.append(widget.objectName())
    wanted = "x1_choice x2_choice target_choice classes_choice numbers_choice scaling_range_choice "
    wanted += "scaling_standard_choice scaling_none_choice pair_1_button pair_2_button "
    wanted += "pair_3_button cells_page_button writing_page_button cells add_row_button "
    wanted += "remove_row_button rename_column_button cancel_button use_button"
    start = met.index("data_x1_choice")
    names = [f"data_{name}" for name in wanted.split()]
    assert met[start : start + len(names)] == names


def test_what_was_recognised_stays_in_sight_while_something_is_refused(opened: Any) -> None:
    drawer = opened(FLOWERS)
    pick(drawer, "x1", "kind")
    assert child(drawer, "data_error").isVisible()
    assert shown(drawer, "x2") == "width (recognised)"
    assert child(drawer, "data_classes_choice").isChecked()
    assert child(drawer, "data_x1_choice").itemText(0) == "length (recognised)"
