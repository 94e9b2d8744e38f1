"""Every table of the corpus in the window's preview: the same reading as on the command line."""

import pytest
from experiment.data.corpus import CASES
from gui.helpers import child
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from mlpviz.experiment.data.reading import Reading, read
from mlpviz.gui.actions.own_table import OwnTable
from mlpviz.gui.views.own_data.data_preview import DataPreview

PARTS = 4
CHOICES = ("data_x1_choice", "data_x2_choice", "data_target_choice")


def outcome(content: bytes | str) -> Reading | str:
    """Return what is read, or the sentence that refuses it."""
    try:
        return read(content)
    except ValueError as refusal:
        return str(refusal)


def open_in(own: OwnTable, content: bytes | str) -> str:
    """Open a table; return why not, or ""."""
    refusals: list[str] = []
    own.refused.connect(refusals.append)
    own.open_text("a table", content)
    own.refused.disconnect(refusals.append)
    return "".join(refusals)


def chosen_in(preview: DataPreview) -> list[str]:
    """Return the columns shown as x1, x2 and target."""
    return [child(preview, name).currentText().removesuffix(" (recognised)") for name in CHOICES]


@pytest.mark.parametrize("part", range(PARTS))
def test_the_preview_shows_what_the_command_line_prints(qtbot: QtBot, part: int) -> None:
    stack = QUndoStack()
    own = OwnTable(stack)
    preview = DataPreview(own)
    qtbot.addWidget(preview)
    for case in CASES[part::PARTS]:  # one after the other, as in a window
        expected = outcome(case.content)
        problem = open_in(own, case.content) or child(preview, "data_error").text()
        if isinstance(expected, str):
            assert problem == expected, case.name
            continue
        assert problem == "", case.name
        values = expected.to_json()
        assert preview.data == expected.data, case.name
        assert chosen_in(preview) == [values["x1"], values["x2"], *values["targets"]], case.name
        assert child(preview, f"data_{values['kind']}_choice").isChecked(), case.name
        assert child(preview, "data_recognised").text().startswith(values["encoding"]), case.name
        said = child(preview, "data_other").text() + child(preview, "data_notes").text()
        assert all(note in said for note in values["notes"]), case.name
