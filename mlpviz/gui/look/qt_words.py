"""Qt's own words, as in its dialogs and in the menus of its fields: they follow the language."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from mlpviz.experiment.language import ENGLISH, PSEUDO, PseudoCatalogue, present


class PseudoTranslator(QTranslator):
    """Puts Qt's own words in brackets too, and lengthens them."""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Return a sentence of Qt in the language "pseudo"."""
        return PseudoCatalogue().gettext(sourceText)

    def isEmpty(self) -> bool:
        """Tell Qt that there is something to ask for."""
        return False


_installed: tuple[str, QTranslator | None] = (ENGLISH, None)  # which language, and its words


def follow_language(app: QCoreApplication) -> None:
    """Let Qt say its own words in the present language; in English where it does not know it."""
    global _installed
    language, translator = _installed
    if language == present():
        return
    if translator is not None:
        app.removeTranslator(translator)
    _installed = present(), _translator_of(present())
    if _installed[1] is not None:
        app.installTranslator(_installed[1])


def language_name(code: str) -> str:
    """Return what a language calls itself, such as "Deutsch"."""
    return QLocale(code).nativeLanguageName() or code


def _translator_of(language: str) -> QTranslator | None:
    if language == PSEUDO:
        return PseudoTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    translator = QTranslator()
    is_found = language != ENGLISH and translator.load(f"qtbase_{language}", folder)
    return translator if is_found else None
