"""What is written in the background: what the message bar says of it, and how it is ended."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mlpviz.experiment.study.apart import Watch
from mlpviz.experiment.words.formats import share_text
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.notices import NOTHING, Notices
from mlpviz.gui.actions.writing_job import WritingJob, WritingWords

PATH = Path("it.txt")
WORDS = WritingWords(
    going="Writing: {share}.", done="It is in {file}.", failed="It was not.", cancelled="Ended."
)


class Writing:
    """A job, with all that is said and announced of it."""

    def __init__(self, parent: QObject) -> None:
        notices = Notices(parent)
        self.job = WritingJob(parent, notices, WORDS)
        self.said, self.running = list[Message](), list[bool]()
        notices.changed.connect(self.said.append)
        self.job.running_changed.connect(self.running.append)


@pytest.fixture
def writing(qapp: QObject) -> Writing:
    return Writing(QObject(qapp))


def test_it_says_how_far_it_is_and_where_the_file_is(qtbot: QtBot, writing: Writing) -> None:
    def write(watch: Watch) -> Path:
        watch(0.5)
        return PATH

    writing.job.start(write)
    assert writing.job.is_running
    qtbot.waitUntil(lambda: writing.running == [True, False])
    assert not writing.job.is_running
    said = [message.text for message in writing.said if message != NOTHING]
    progress = [f"Writing: {share_text(share, 0)}." for share in (0.0, 0.5)]
    assert said == [*progress, "It is in it.txt."]


def test_it_says_why_nothing_was_written(qtbot: QtBot, writing: Writing) -> None:
    def write(watch: Watch) -> Path:
        raise ValueError("There is no room.")

    writing.job.start(write)
    qtbot.waitUntil(lambda: writing.running == [True, False])
    assert writing.said[-1] == Message("It was not. There is no room.", is_warning=True)


def test_it_can_be_cancelled_and_another_one_begun(qtbot: QtBot, writing: Writing) -> None:
    begun = threading.Event()

    def write(watch: Watch) -> Path:
        begun.set()
        while True:
            watch(0.0)

    assert not writing.job.cancel()
    writing.job.start(write)
    assert begun.wait(10.0)
    assert writing.job.cancel()
    qtbot.waitUntil(lambda: writing.running == [True, False])
    assert writing.said[-1] == Message("Ended.")
    writing.job.start(lambda _: PATH)
    qtbot.waitUntil(lambda: writing.running == [True, False] * 2)
    assert writing.said[-1] == Message("It is in it.txt.")
