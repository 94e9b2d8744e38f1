"""The look: the one table of colours, and the factor by which all sizes are multiplied.

Nothing else in `gui` names a colour; all sizes are in `sizes`.
"""

import re
from dataclasses import asdict, dataclass, replace
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.resources import resource_path
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.sizes import BODY, LARGE, RADIUS, SMALL


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one appearance, as #RRGGBB, and how large everything is."""

    name: str
    ground: str
    panel: str
    line: str
    text: str
    quiet: str
    hover: str  # a button under the pointer
    field: str  # what can be typed into
    accent: str  # ink: the primary action, what is switched on, focus, the loss of the first run
    accent_hover: str
    accent_text: str
    class_0: str  # and whatever is negative
    class_1: str  # and whatever is positive
    class_2: str  # all of them are told apart with any colour vision
    class_3: str
    class_4: str
    class_5: str
    unit_0: str  # units of the first layer, and their lines upon the map
    unit_1: str  # like no class, no boundary and no second run, with any colour vision
    unit_2: str
    unit_3: str
    second_run: str  # violet: its loss beside that of the first, which has the accent
    middle: str  # between the two on a surface; light in both, for a dark one would be a fog
    edge_zero: str  # a weight of 0
    outline: str  # around markers upon a surface
    boundary: str  # the 0.5 line
    hatch: str  # where there is no number
    ghost: str  # the run before this one
    warning: str  # like no class that a weight's sign has
    seed: str  # the line of one seed among many
    stuck: str  # of one that has not learned: like no class and no warning
    factor: float = 1.0  # by which all sizes are multiplied

    @property
    def classes(self) -> tuple[str, ...]:
        """The colours of the classes, in their order."""
        return tuple(getattr(self, f"class_{number}") for number in range(MAX_CLASSES))

    @property
    def unit_tints(self) -> tuple[str, ...]:
        """The colours of the first units of the first layer, in their order."""
        return self.unit_0, self.unit_1, self.unit_2, self.unit_3


PAPER = "#ffffff"
LIGHT = Look(
    name="light",
    ground="#F7F8FA",
    panel="#FFFFFF",
    line="#E1E4E8",
    text="#1F2328",
    quiet="#57606A",
    hover="#EDEFF2",
    field="#FFFFFF",
    accent="#1F2328",
    accent_hover="#3D444D",
    accent_text="#FFFFFF",
    class_0="#0072B2",
    class_1="#E69F00",
    class_2="#8C1E23",
    class_3="#3DC6FC",
    class_4="#AB944C",
    class_5="#EA5C86",
    unit_0="#F60B7A",
    unit_1="#065849",
    unit_2="#608E34",
    unit_3="#551A78",
    second_run="#8A2BE2",
    middle="#FFFFFF",
    edge_zero="#CDD2D9",
    outline="#1F2328",
    boundary="#1F2328",
    hatch="#9AA1AB",
    ghost="#AEB5BE",
    warning="#C5221F",
    seed="#868D97",
    stuck="#78246C",
)

DARK = Look(
    name="dark",
    ground="#15171C",
    panel="#1D2026",
    line="#30343C",
    text="#E6E8EB",
    quiet="#9AA4B0",
    hover="#2A2E36",
    field="#15171C",
    accent="#E6E8EB",
    accent_hover="#FFFFFF",
    accent_text="#0B0D10",
    class_0="#1F93E0",
    class_1="#F7A90A",
    class_2="#7B711F",
    class_3="#44F8F4",
    class_4="#DBF497",
    class_5="#FF508D",
    unit_0="#F80074",
    unit_1="#33FFB7",
    unit_2="#5B7E0F",
    unit_3="#8E5798",
    second_run="#9270FF",
    middle="#B8BDC5",
    edge_zero="#666F7E",
    outline="#15171C",
    boundary="#15171C",
    hatch="#6B7480",
    ghost="#5A626E",
    warning="#FF6B6B",
    seed="#757E8A",
    stuck="#CCA8D8",
)

_PIXELS = re.compile(r"(\d+)px")  # a size in the style sheet
LOOKS = {look.name: look for look in (LIGHT, DARK)}
# What the application wears. A property of it would do, but a window asks a thousand times while it
# is made, and Qt's answer takes ten times as long.
_worn: Look | None = None


def system_look() -> Look:
    """Return the look that the desktop asks for; light where it does not say."""
    is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if is_dark else LIGHT


def look_named(name: str, factor: float = 1.0) -> Look:
    """Return a look by the name of its colours; "system" has those of the desktop."""
    return replace(LOOKS.get(name) or system_look(), factor=factor)


def current_look() -> Look:
    """Return the look that the application has; light where it has none yet."""
    return _worn or LIGHT


def apply_look(app: QApplication, look: Look) -> None:
    """Dress the whole application: Fusion, our font, our palette. A window adds `style_sheet`."""
    global _worn
    before = _worn
    if before == look:
        return
    _worn = look
    if before is None:  # a style that is set again takes as long as all the rest
        app.setStyle("Fusion")
    if before is None or before.factor != look.factor:
        app.setFont(ui_font(scaled(BODY, look.factor)))
    if before is None or replace(before, factor=look.factor) != look:
        app.setPalette(_palette(look))


def scaled(size: float, factor: float) -> int:
    """Return a size times the factor in whole logical pixels: at least 1 of what is no 0."""
    pixels = round(size * factor)
    return pixels or (size > 0) - (size < 0)


def style_sheet(look: Look) -> str:
    """Return the style sheet of a window.

    The application has none: one of the application that changes takes four times as long.
    """
    style = resource_path("style", "style.qss").read_text(encoding="utf-8")
    # Qt wants forward slashes in url(), also on Windows.
    icons = resource_path("icons").as_posix()
    sizes = {"radius": RADIUS, "small": SMALL, "large": LARGE}
    base = Template(style).substitute(asdict(look), icons=icons, **sizes)
    return _PIXELS.sub(lambda size: f"{scaled(int(size[1]), look.factor)}px", base)


def _palette(look: Look) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, colour in {
        role.Window: look.ground,
        role.WindowText: look.text,
        role.Base: look.field,
        role.AlternateBase: look.ground,
        role.Text: look.text,
        role.PlaceholderText: look.quiet,
        role.Button: look.panel,
        role.ButtonText: look.text,
        role.ToolTipBase: look.panel,
        role.ToolTipText: look.text,
        role.Highlight: look.accent,
        role.HighlightedText: look.accent_text,
        role.Accent: look.accent,
        role.Light: look.line,
        role.Mid: look.line,
        role.Dark: look.line,
        role.Shadow: look.line,
    }.items():
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(look.ghost))
    return palette
