"""The menus, made from the table of actions, and what each action does, bound by its id."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.gui.actions.action import Action, Entry, Heading, Situation, Submenu
from mlpviz.gui.actions.action_table import ACTIONS, TABLE
from mlpviz.gui.parts.plain_widgets import plain_action

TOP = {
    "main": marked("Menu"),
    "experiments": marked("Experiments"),
    "map": marked("What the map shows"),
}


class Menus(QObject):
    """The actions of a window, their menus, and which of them can be done at the moment.

    Parameters
    ----------
    window : where the keys work; owner of the actions and the menus

    Attributes
    ----------
    actions : by id, as of `ACTIONS`
    menus : by id: those of `TOP`, which a button opens, and every `Submenu`
    situation : what there is at the moment, as far as the window has been told
    unbound : ids of the actions that do nothing yet
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.situation = Situation()
        self.actions: dict[str, QAction] = {}
        self.menus: dict[str, QMenu] = {}
        self.unbound = set(ACTIONS)
        self._groups: dict[str, QActionGroup] = {}  # of the menus where one is chosen
        for name, words in TOP.items():
            self._add_menu(name, QMenu(tr(words), window))
        groups: dict[str, str] = {}  # the last one in each menu
        for entry in TABLE:
            if entry.menu and groups.setdefault(entry.menu, entry.group) != entry.group:
                self.menus[entry.menu].addSeparator()
                groups[entry.menu] = entry.group
            self._add(entry, window)
        self._show_enabled()

    def bind(self, acts: Mapping[str, Callable[[], object]]) -> None:
        """Say what actions do when they are chosen, by id.

        Raises
        ------
        ValueError
            for an id that the table does not have, or that is bound already.
        """
        self._take(acts)
        for name, act in acts.items():
            self.actions[name].triggered.connect(partial(_act, act))

    def bind_switches(self, acts: Mapping[str, Callable[[bool], object]]) -> None:
        """Say what checkable actions do whenever they are switched on (True) or off, by id.

        Raises
        ------
        ValueError
            as of `bind`.
        """
        self._take(acts)
        for name, act in acts.items():
            self.actions[name].toggled.connect(act)

    def follow(self, stack: QUndoStack) -> None:
        """Let undo and redo name what they would do."""
        # Slots of this object, for the stack tells of its end too, when the actions may be gone.
        stack.canUndoChanged.connect(self._allow_undo)
        stack.canRedoChanged.connect(self._allow_redo)
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)

    def learn(self, **changes: bool) -> None:
        """Take note of what is new, fields of `Situation`, which decides what can be done."""
        situation = replace(self.situation, **changes)
        if situation != self.situation:
            self.situation = situation
            self._show_enabled()

    def rename(self, name: str, words: str = "") -> None:
        """Call an action differently for now; "" for the words of the table."""
        self.actions[name].setText(plain_action(words or ACTIONS[name].name))

    def offer(self, name: str, *, is_offered: bool) -> None:
        """Let an action be chosen, or not: then its entry is gone and its key does nothing."""
        self.actions[name].setVisible(is_offered)

    def fill(self, name: str, words: Sequence[str], act: Callable[[int], object]) -> None:
        """Fill a submenu with entries for one thing each.

        Parameters
        ----------
        name : id of the submenu
        words : of each entry
        act : gets the place of the entry that is chosen
        """
        menu = self.menus[name]
        menu.clear()
        for place, text in enumerate(words):
            action = menu.addAction(plain_action(text))
            action.setObjectName(f"{name}_{place + 1}_action")
            action.triggered.connect(partial(_act_at, act, place))

    def _take(self, names: Iterable[str]) -> None:
        wrong = set(names) - self.unbound
        if wrong:
            raise ValueError(f"{sorted(wrong)} are no actions, or are bound already.")
        self.unbound -= set(names)

    def _add(self, entry: Entry, window: QWidget) -> None:
        if isinstance(entry, Submenu):
            self._add_menu(entry.id, self.menus[entry.menu].addMenu(entry.name))
            if entry.has_one_chosen:
                self._groups[entry.id] = QActionGroup(self)
            return
        action = QAction(entry.name, window)
        action.setObjectName(f"{entry.id}_action")
        if entry.menu in self._groups:
            self._groups[entry.menu].addAction(action)
        if entry.menu:
            self.menus[entry.menu].addAction(action)
        if isinstance(entry, Heading):
            # Not a section: under a style sheet Qt draws its line and leaves out its words.
            action.setToolTip(tr(entry.tooltip))
            action.setEnabled(False)
            return
        self._prepare(action, entry)
        window.addAction(action)  # a menu alone does not make the key work
        self.actions[entry.id] = action

    def _prepare(self, action: QAction, entry: Action) -> None:
        action.setToolTip(entry.does)
        action.setShortcuts([QKeySequence(key) for key in entry.keys])
        action.setAutoRepeat(entry.repeats)
        action.setCheckable(entry.is_checkable)

    def _add_menu(self, name: str, menu: QMenu) -> None:
        menu.setObjectName(f"{name}_menu")
        menu.setToolTipsVisible(True)
        self.menus[name] = menu

    @Slot(bool)
    def _allow_undo(self, can_undo: bool) -> None:
        self.learn(can_undo=can_undo)

    @Slot(bool)
    def _allow_redo(self, can_redo: bool) -> None:
        self.learn(can_redo=can_redo)

    @Slot(str)
    def _name_undo(self, command: str) -> None:
        self._name_with("undo", command)

    @Slot(str)
    def _name_redo(self, command: str) -> None:
        self._name_with("redo", command)

    def _name_with(self, name: str, command: str) -> None:
        """Call an action by what it does and with what."""
        words = tr("{does}: {what}", does=ACTIONS[name].name, what=command)
        self.rename(name, words if command else "")

    def _show_enabled(self) -> None:
        for entry in TABLE:
            if isinstance(entry, Action):
                self.actions[entry.id].setEnabled(entry.is_enabled(self.situation))
            elif isinstance(entry, Submenu):
                self.menus[entry.id].setEnabled(entry.is_enabled(self.situation))


def _act(act: Callable[[], object], _: bool = False) -> None:
    act()


def _act_at(act: Callable[[int], object], place: int, _: bool = False) -> None:
    act(place)
