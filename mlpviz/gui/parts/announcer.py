"""Tells a screen reader what happens without the focus moving."""

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget

from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.spoken import rest_words

REST_MS = 300  # so long training has to rest: a key that is held down says nothing in between


def announce(source: QWidget, words: str, *, politely: bool) -> None:
    """Let words be said: politely after what is being said, or else at once instead of it."""
    event = QAccessibleAnnouncementEvent(source, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Polite if politely else politeness.Assertive)
    send(event)


def send(event: QAccessibleEvent) -> None:
    """Hand an event to whatever reads the screen; nothing happens where nothing does."""
    QAccessible.updateAccessibility(event)


class Announcer(QObject):
    """Says epoch, loss and accuracy when training has come to rest, or where in the past one is.

    Parameters
    ----------
    window : that says it
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._words = self._said = ""
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self._say)

    @Slot(object)
    def show_update(self, update: Update) -> None:
        """Wait, where training rests or the past is looked at, whether it stays so."""
        is_past = any(frame.is_past for frame in update.frames)
        if not update.frames or (update.is_playing and not is_past):
            self._timer.stop()
            return
        words = rest_words(update.frames)
        if not self._said:  # the state that the window opened with
            self._said = self._words = words
        if words != self._words:
            self._timer.stop()
        self._words = words
        if words != self._said and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _say(self) -> None:
        self._said = self._words
        announce(self._window, self._words, politely=True)
