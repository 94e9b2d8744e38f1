"""Files that are dropped, or copied in a file manager and pasted; and links that are refused."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.sharing import Shared, save_shared
from mlpviz.experiment.writing.csv_export import present_data, write_csv
from mlpviz.gui.window.drop import file_of
from mlpviz.gui.window.main import MainWindow

Give = Callable[[MainWindow, QMimeData], None]


def give_by_drop(window: MainWindow, data: QMimeData) -> None:
    """Drop it on the window."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))


def give_by_paste(window: MainWindow, data: QMimeData) -> None:
    """Copy it and press Ctrl+V."""
    QGuiApplication.clipboard().setMimeData(data)
    (action,) = [a for a in window.actions() if a.objectName() == "paste_data_action"]
    action.trigger()


WAYS = pytest.mark.parametrize("give", [give_by_drop, give_by_paste])


@pytest.fixture(autouse=True)
def clipboard_is_cleared(qapp: QApplication) -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def mime(**formats: bytes) -> QMimeData:
    """Return data of formats: `uris` and `gnome`, as file managers write them, and `text`."""
    names = {"uris": "text/uri-list", "gnome": "x-special/gnome-copied-files", "text": "text/plain"}
    data = QMimeData()
    for name, content in formats.items():
        data.setData(names[name], content)
    return data


def uri(path: Path) -> bytes:
    return QUrl.fromLocalFile(str(path)).toEncoded().data()


def opened_classes(window: MainWindow) -> tuple[str, ...]:
    preview = window.data_files._preview
    assert preview is not None
    assert preview.isVisible()
    assert preview.data is not None
    return preview.data.classes


@WAYS
def test_a_file_of_a_file_manager_is_opened(give: Give, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "two words & #1 ü.csv"
    path.write_text("1,2,a\n3,4,b\n", encoding="utf-8")
    give(window, mime(gnome=b"copy\n" + uri(path), uris=uri(path) + b"\r\n", text=b"1,2,no\n"))
    assert opened_classes(window) == ("a", "b")
    path.write_text("1,2,c\n3,4,d\n", encoding="utf-8")
    give(window, mime(gnome=b"cut\n" + uri(path)))
    assert opened_classes(window) == ("c", "d")


@WAYS
def test_a_recipe_file_of_a_file_manager_is_opened(
    give: Give, window: MainWindow, tmp_path: Path
) -> None:
    save_shared(Shared(Recipe(epochs=77)), tmp_path / "mine.json")
    give(window, mime(uris=b"# a comment\r\n" + uri(tmp_path / "mine.json") + b"\r\n"))
    assert window.parts.controls.recipe == Recipe(epochs=77)
    assert window.parts.message_bar.text == "Opened mine.json."


def test_a_recipe_file_is_pasted_as_a_recipe_too(window: MainWindow, tmp_path: Path) -> None:
    save_shared(Shared(Recipe(epochs=78)), tmp_path / "mine.json")
    QGuiApplication.clipboard().setMimeData(mime(uris=uri(tmp_path / "mine.json")))
    window.recipe_files.paste()
    assert window.parts.controls.recipe == Recipe(epochs=78)


@WAYS
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names there are Unicode")
def test_a_file_whose_name_is_not_utf_8_is_opened(
    give: Give, window: MainWindow, tmp_path: Path
) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv"))
    write_csv(path, present_data(Recipe()))
    give(window, mime(uris=uri(tmp_path) + b"/caf%E9.csv\r\n"))
    assert opened_classes(window) == ("0", "1")
    path.write_text("nothing", encoding="utf-8")
    give(window, mime(uris=uri(tmp_path) + b"/caf%E9.csv\r\n"))
    assert window.parts.message_bar.text.startswith("caf\ufffd.csv: No columns")


@WAYS
def test_a_link_from_elsewhere_is_refused_in_a_sentence(give: Give, window: MainWindow) -> None:
    for link in (
        b"https://example.org/data.csv",
        b"file://another.example/data.csv",
        b"smb://host/share/data.csv",
        b"data:text/csv,1,2,3",
        b"javascript:alert(1)\x01\xff",
        b"no link at all",
    ):
        give(window, mime(uris=link + b"\r\n", text=b"1,2,a\n3,4,b\n"))
        text = window.parts.message_bar.text
        beginning = link.decode("latin-1")[:2]
        sentence = "Only files of this computer can be opened, no links. Got '"
        assert text.startswith(f"{sentence}{beginning}"), link
        assert text.isprintable()
        assert not window.findChildren(QWidget, "data_cells"), link


@WAYS
def test_several_files_and_a_folder_are_refused(
    give: Give, window: MainWindow, tmp_path: Path
) -> None:
    give(window, mime(uris=(uri(tmp_path) + b"\r\n") * 3))
    assert window.parts.message_bar.text == "One file at a time can be opened. Got 3."
    give(window, mime(uris=uri(tmp_path)))
    assert window.parts.message_bar.text == f"{tmp_path.name} cannot be read: it is a folder."
    give(window, mime(uris=b"file:///tmp/a%00b.csv"))
    assert window.parts.message_bar.text == "a b.csv cannot be read: no file can have this name."


def test_what_is_neither_file_nor_link_is_left_alone() -> None:
    for data in (
        None,
        mime(),
        mime(text=b"1,2"),
        mime(uris=b"\r\n# only a comment\r\n"),
        mime(gnome=b"copy"),
    ):
        assert file_of(data) is None


def test_this_computer_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    local = uri(path).replace(b"file://", b"file://localhost")
    assert file_of(mime(uris=local)) == path


def test_on_windows_a_file_of_a_network_share_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    opened = file_of(mime(uris=b"file://server/home/data.csv"))
    assert str(opened) == str(Path("//server/home/data.csv"))
