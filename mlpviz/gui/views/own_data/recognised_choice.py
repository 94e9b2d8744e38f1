"""A choice that names what was recognised, and can go back to it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot

from mlpviz.experiment.language import tr
from mlpviz.gui.parts.inputs import Choice

RECOGNISED = "\n"  # the key of what is not settled by hand; no name of a column has it


class RecognisedChoice(Choice):
    """Offers what was recognised first, as "comma (recognised)", and then all there is.

    Parameters
    ----------
    role : the field of `TableChoices` that it settles
    is_usual : whether what is not settled by hand is the usual, rather than what was recognised
    """

    settled = Signal(str, object)  # its role, and a key; None for what is recognised

    def __init__(self, name: str, label: str, role: str, *, is_usual: bool = False) -> None:
        super().__init__(name, label, {})
        self._role, self._is_usual = role, is_usual
        self._recognised = ""
        self._keys: set[str] = set()  # of what can be chosen
        self.chosen.connect(self._settle)

    def show_choice(
        self, entries: Mapping[str, str], chosen: str | None, recognised: str | None
    ) -> None:
        """Show what can be chosen, and what is.

        Parameters
        ----------
        entries : of each key the words
        chosen : the key settled by hand; None where it is recognised
        recognised : the key in use; None where nothing is read, then the last one is still shown
        """
        if {*entries} != self._keys:
            self._recognised, self._keys = "", {*entries}  # of another table
        if chosen is None and recognised is not None:
            words = entries.get(recognised, recognised)
            self._recognised = (
                tr("{words} (usual)", words=words)
                if self._is_usual
                else tr("{words} (recognised)", words=words)
            )
        unknown = tr("none recognised") if chosen is None else tr("as recognised")
        self.offer({RECOGNISED: self._recognised or unknown, **entries})
        self.choose(RECOGNISED if chosen is None else chosen)

    def forget(self) -> None:
        """Forget what was recognised: another table comes."""
        self._recognised, self._keys = "", set()

    @Slot(str)
    def _settle(self, key: str) -> None:
        self.settled.emit(self._role, key if key != RECOGNISED else None)
