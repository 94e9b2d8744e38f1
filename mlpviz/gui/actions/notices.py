"""What the message bar shows: how the runs stand, or what was just done or refused.

Every message has a subject, and goes with it. What is said of the runs follows every update. A
notice, such as "Saved recipe.json." or why something was refused, is of the last thing that was
done: it stays until the next thing is done, or the run comes to say something that it did not say
before. Work in the background is told for as long as it goes on.
"""

from PySide6.QtCore import QObject, Signal

from mlpviz.experiment.words.messages import Message

NOTHING = Message("")


class Notices(QObject):
    """Decides which of several messages is shown."""

    changed = Signal(object)  # the Message to show

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._of_runs = NOTHING
        self._runs: tuple[int, ...] = ()  # the numbers of the runs that are shown
        self._work = NOTHING
        self._notice = NOTHING
        self._awaited: tuple[int, ...] | None = None  # shown when a notice of the next run was said

    def show_runs(self, message: Message, runs: tuple[int, ...]) -> None:
        """Take over what is to be said of the runs.

        Parameters
        ----------
        runs : their numbers
        """
        if self._awaited is not None and runs != self._awaited:
            self._awaited = None  # what the run says from its start on was known with the notice
        elif self._awaited is None and _is_news(message) and not _is_news(self._of_runs):
            self._notice = NOTHING
        self._of_runs, self._runs = message, runs
        self._show()

    def say(self, message: Message) -> None:
        """Say what was just done, or why it was not."""
        self._notice, self._awaited = message, None
        self._show()

    def refuse(self, sentence: str) -> None:
        """Say why what was asked for is not done."""
        self.say(Message(sentence, is_warning=True))

    def say_of_next_run(self, message: Message) -> None:
        """Say what was just done to have another run, which is still on its way."""
        self._notice, self._awaited = message, self._runs
        self._show()

    def show_work(self, message: Message) -> None:
        """Say how far work in the background is; an empty message when it is over."""
        self._work = message
        self._show()

    def end(self) -> None:
        """Something else is done now: what was said of the thing before is over."""
        self.say(NOTHING)

    def _show(self) -> None:
        of_runs = self._of_runs
        above = of_runs if _is_news(of_runs) else NOTHING
        choices = (self._notice, above, self._work, of_runs)
        self.changed.emit(next((choice for choice in choices if choice.text), NOTHING))


def _is_news(message: Message) -> bool:
    """Tell whether a run says what must be read: a hint can wait."""
    return bool(message.text) and not message.is_hint
