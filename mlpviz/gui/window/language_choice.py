"""The choice of the language, which counts from the next start on."""

from PySide6.QtCore import QObject

from mlpviz.experiment.language import PSEUDO, SYSTEM, languages, present, tr
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.notices import Notices
from mlpviz.gui.look.qt_words import language_name
from mlpviz.gui.look.settings import LANGUAGE, Settings
from mlpviz.gui.window.menus import Menus


class LanguageChoice(QObject):
    """Fills the menu of languages; where there is one language only, there is no such menu.

    Parameters
    ----------
    settings : where the choice is remembered
    menus : which it is chosen from
    notices : where it is said from when on it counts
    """

    def __init__(self, settings: Settings, menus: Menus, notices: Notices) -> None:
        super().__init__(menus)
        self._settings, self._menus, self._notices = settings, menus, notices
        self._codes = [SYSTEM, *(code for code in languages() if code != PSEUDO)]
        names = [tr("Language of the desktop"), *map(language_name, self._codes[1:])]
        menus.fill("language", names, self._choose)
        menus.menus["language"].menuAction().setVisible(len(self._codes) > 2)
        self._tick()

    def _choose(self, place: int) -> None:
        code = self._codes[place]
        self._settings.keep(LANGUAGE, code)
        self._tick()
        self._notices.say(Message(self._words(code)))

    def _words(self, code: str) -> str:
        if code == SYSTEM:
            return tr("From the next start on, the language is that of the desktop.")
        if code == present():
            return tr("The language is {language}.", language=language_name(code))
        return tr(
            "From the next start on, the language is {language}.", language=language_name(code)
        )

    def _tick(self) -> None:
        """Tick the language that is chosen."""
        kept = self._settings.get(LANGUAGE)
        for code, action in zip(self._codes, self._menus.menus["language"].actions(), strict=True):
            action.setCheckable(True)
            action.setChecked(code == kept)
