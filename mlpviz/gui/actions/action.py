"""An action: something that a person can do, with its words, its keys, and when it can be done.

What is written in the table of actions is marked for the catalogue of words. It is translated by
the properties of an action, which is where it is shown.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce

from mlpviz.experiment.language import tr

# Keys as a person reads them; all others are read as Qt writes them.
_KEY_WORDS = {
    "Right": "→",
    "Left": "←",
    "Up": "↑",
    "Down": "↓",
    "PgDown": "Page Down",
    "PgUp": "Page Up",
    "-": "−",
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What there is at the moment, as far as it decides which actions can be done."""

    has_sample: bool = False  # one is selected
    is_comparing: bool = False  # two runs
    has_pins: bool = False
    hides_controls: bool = False
    can_undo: bool = False
    can_redo: bool = False
    has_past: bool = False  # a moment before the present one
    is_in_past: bool = False  # one of these is looked at
    is_branch: bool = False  # the run has left another one
    has_futures: bool = False  # that were left, and can be returned to


Condition = Callable[[Situation], bool]


def always(_: Situation) -> bool:
    """Hold in every situation."""
    return True


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done; what does it is bound to its id in `window/menus.py`.

    Its words, title, tooltip, gesture, inside and button are as the catalogue has them: in English.

    Parameters
    ----------
    id : its `QAction` is named `<id>_action`, a button that does the same `<id>_button`
    words : what it is called, in a menu and by a screen reader
    tooltip : what it does, a sentence without its keys; the words say it where it is ""
    keys : as Qt writes them; in the window, the first is the one that is shown
    title : what stands in the place {title} of its words, where they have one
    gesture : what does the same and is no key, as a person reads it
    inside : which keys mean something else once it is done, for the table of keys
    menu : id of the menu where it stands, see `Submenu`; "" where it has no entry
    group : groups of one menu are parted by lines
    button, icon : text and icon of its button, where it has one
    is_enabled : tells in which situations it can be done
    hides_with : the control of `hideable.HIDEABLE` that takes the action with it; "" for none
    repeats : goes on while its key is held down; the others act once
    is_checkable : is switched on and off
    """

    id: str
    words: str
    tooltip: str = ""
    keys: tuple[str, ...] = ()
    title: str = ""
    gesture: str = ""
    inside: str = ""
    menu: str = ""
    group: str = ""
    button: str = ""
    icon: str = ""
    is_enabled: Condition = always
    hides_with: str = ""
    repeats: bool = False
    is_checkable: bool = False

    @property
    def key_words(self) -> str:
        """Its keys as a person reads them: "Ctrl+Shift+Z or Ctrl+Y"."""
        if not self.keys:
            return tr(self.gesture)
        first, *others = map(_key_words, self.keys)
        return reduce(lambda keys, key: tr("{keys} or {key}", keys=keys, key=key), others, first)

    @property
    def name(self) -> str:
        """What it is called."""
        return tr(self.words, title=tr(self.title))

    @property
    def does(self) -> str:
        """What it does, a sentence without a full stop."""
        return tr(self.tooltip) or self.name

    @property
    def tip(self) -> str:
        """The tooltip of its button, with its keys."""
        if not self.key_words:
            return self.does
        return tr("{does} ({key})", does=self.does, key=self.key_words)


@dataclass(frozen=True, slots=True)
class Submenu:
    """A menu within a menu.

    Parameters
    ----------
    id : its `QMenu` is named `<id>_menu`
    words : what it is called
    menu, group : where it stands, as of an action
    has_one_chosen : whether just one of its checkable actions is switched on at a time
    is_enabled : tells in which situations it has something to offer
    """

    id: str
    words: str
    menu: str = ""
    group: str = ""
    has_one_chosen: bool = False
    is_enabled: Condition = always

    @property
    def name(self) -> str:
        """What it is called."""
        return tr(self.words)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of a menu that names the group below it, and cannot be chosen."""

    id: str
    words: str
    tooltip: str
    menu: str = ""
    group: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return tr(self.words)


Entry = Action | Submenu | Heading


def placed(menu: str, group: str, *entries: Entry) -> tuple[Entry, ...]:
    """Return entries with the menu and the group where they stand."""
    return tuple(replace(entry, menu=menu, group=group) for entry in entries)


def _key_words(key: str) -> str:
    modifiers, _, last = key[:-1].rpartition("+")  # the last may be + itself
    last += key[-1]
    return f"{modifiers}+{_KEY_WORDS.get(last, last)}" if modifiers else _KEY_WORDS.get(last, last)
