"""A hint at a unit, at an edge and at the map: each is gone for ever once it has been followed."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QSizeF, Qt, Slot
from PySide6.QtWidgets import QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.places import Place
from mlpviz.gui.look.look import current_look
from mlpviz.gui.look.settings import EDGE_HINT, MAP_HINT, UNIT_HINT, Setting, Settings
from mlpviz.gui.look.sizes import HINT_GAP, HINT_HEIGHT, TOP_MARGIN
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.window.hint_places import place_at_edge

UNIT_WORDS = marked("hover: what this unit sees")
EDGE_WORDS = marked("click: change this weight")
MAP_WORDS = marked("click a point: follow it through the network")
# Why hints are held back: two runs leave no room for them, who presents knows them, and around a
# hint that lies upon a view every frame would have to be painted twice.
COMPARING, PRESENTING, PLAYING, DRAWING = "comparing", "presenting", "playing", "drawing"
LOOKING = "looking"  # at a unit or a weight, by the keys or by a click
READING = "reading"  # a drawer, which says enough
EDGE = 1  # the place of its hint among the others


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint.

    Parameters
    ----------
    label : what is seen of it
    view : upon which it lies
    setting : whether it is still to be seen
    place : returns the middle of its lower edge in the view, in base sizes; None for nowhere
    """

    label: PlainLabel
    view: QWidget
    setting: Setting[bool]
    place: Callable[[], QPointF | None]


class Hints(QObject):
    """Shows the hints that nobody has followed yet.

    Parameters
    ----------
    diagram, boundary : the views of the first run
    settings : where it is kept which were followed
    """

    def __init__(self, diagram: NetworkView, boundary: BoundaryView, settings: Settings) -> None:
        super().__init__(diagram)
        self._diagram, self._boundary, self._settings = diagram, boundary, settings
        self._reasons: set[str] = set()  # why hints are held back at the moment
        self._hints = [
            self._make(UNIT_HINT, UNIT_WORDS, diagram, self._above_a_unit),
            self._make(EDGE_HINT, EDGE_WORDS, diagram, self._at_an_edge),
            self._make(MAP_HINT, MAP_WORDS, boundary, self._on_the_map),
        ]
        for view in (boundary.plot, boundary.canvas):
            view.installEventFilter(self)
        diagram.arranged.connect(self.arrange)
        diagram.pointed_at.connect(self._note_pointed)
        diagram.edit.weight_edited.connect(self._note_edited)
        boundary.sample_selected.connect(self._note_selected)

    @Slot()
    def arrange(self) -> None:
        """Put every hint to its place, or out of sight."""
        factor = current_look().factor
        for hint in self._hints:
            is_wanted = self._settings.get(hint.setting)
            is_held = bool(self._reasons - {DRAWING})
            place = hint.place() if is_wanted and not is_held else None
            hint.label.setVisible(place is not None)
            if place is None:
                continue
            hint.label.adjustSize()
            most = max(0, hint.view.width() - hint.label.width())
            left = round(place.x() * factor - hint.label.width() / 2)
            top = round(place.y() * factor) - hint.label.height()
            hint.label.move(min(max(0, left), most), max(0, top))

    def hold_back(self, reason: str, is_held: bool) -> None:
        """Say nothing for a reason, or no longer for that one; drawing concerns the map alone."""
        if is_held != (reason in self._reasons):
            (self._reasons.add if is_held else self._reasons.discard)(reason)
            self.arrange()

    def _make(
        self,
        setting: Setting[bool],
        words: str,
        view: QWidget,
        place: Callable[[], QPointF | None],
    ) -> Hint:
        label = PlainLabel(tr(words))
        label.setParent(view)
        label.setObjectName(f"{setting.key}_label")
        label.setProperty("role", "hint")
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        label.hide()
        return Hint(label, view, setting, place)

    def _above_a_unit(self) -> QPointF | None:
        layout = self._diagram.network_layout
        if layout is None or len(layout.units) < 3 or any(layout.dense):
            return None
        unit = layout.units[-2][0]
        if unit.top() < TOP_MARGIN + HINT_GAP + HINT_HEIGHT:
            return None  # it would cover the names of the layers
        return QPointF(unit.center().x(), unit.top() - HINT_GAP)

    def _at_an_edge(self) -> QPointF | None:
        layout = self._diagram.network_layout
        if layout is None or not layout.has_lines:
            return None
        label = self._hints[EDGE].label
        label.adjustSize()
        factor = current_look().factor
        sizes = (QSizeF(widget.size()) / factor for widget in (self._diagram, label))
        return place_at_edge(layout, *sizes)

    def _on_the_map(self) -> QPointF | None:
        if DRAWING in self._reasons:
            return None
        area = self._boundary.canvas.geometry().translated(self._boundary.plot.pos())
        factor = current_look().factor
        return QPointF(area.center().x() / factor, area.top() / factor + HINT_GAP + HINT_HEIGHT)

    def _follow(self, setting: Setting[bool]) -> None:
        if self._settings.get(setting):
            self._settings.keep(setting, False)
            self.arrange()

    @Slot(object)
    def _note_pointed(self, place: Place | None) -> None:
        if place is not None and place.source is None and place.layer > 0:
            self._follow(UNIT_HINT)

    @Slot()
    def _note_edited(self) -> None:
        self._follow(EDGE_HINT)

    @Slot()
    def _note_selected(self) -> None:
        self._follow(MAP_HINT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the views, and of the type."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.StyleChange):
            self.arrange()
        return False
