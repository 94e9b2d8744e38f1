"""What stands at the diagram to change its shape: units of each hidden layer, and layers."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.recipe import MAX_LAYERS, MAX_UNITS
from mlpviz.experiment.run.places import NEW_LAYER_UNITS
from mlpviz.gui.look.look import current_look
from mlpviz.gui.look.sizes import (
    FOOT_HEIGHT,
    LAYER_BUTTON,
    SPACE,
    UNIT_BUTTON,
    UNIT_BUTTON_GAP,
    UNITS_WIDTH,
)
from mlpviz.gui.look.sizing import NONE, at_least, fix, lay, pad_text, px
from mlpviz.gui.parts.inputs import WholeInput, tool_button
from mlpviz.gui.parts.meanings import explained
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.views.diagram.features_input import FeaturesInput
from mlpviz.gui.views.diagram.network_layout import NetworkLayout

KEEPS = marked("Starts at epoch 0 with the present weights; Reset (R) returns to them.")


class ShapeInputs(QWidget):
    """The foot of a diagram: units below its hidden layers, a menu of features below its inputs.

    The number of units stands between a − and a +.
    """

    units_wanted = Signal(int, int)  # hidden layer from 1, how many more
    units_set = Signal(int, int)  # hidden layer from 1, how many

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hidden_units_input")
        self.setAccessibleName(tr("Hidden units per layer"))
        self.setToolTip(explained("hidden"))
        self._view = parent
        self.features = FeaturesInput(parent)  # beside this, which can be hidden without it
        self.offers_features = self.offers_units = True
        self._columns = [self._column(layer) for layer in range(1, MAX_LAYERS + 1)]

    def arrange(self, layout: NetworkLayout, bottom: int, *, is_covered: bool = False) -> None:
        """Put them below their columns; where these are close, the number alone.

        Parameters
        ----------
        layout : of the diagram
        bottom : its height in pixels
        is_covered : whether something lies upon the foot: then they are out of reach
        """
        factor = current_look().factor
        centres = [factor * rects[0].center().x() for rects in layout.units]
        side, gap, top = px(UNIT_BUTTON), px(UNIT_BUTTON_GAP), bottom - px(FOOT_HEIGHT)
        hidden = centres[1:-1]
        self.setVisible(self.offers_units and bool(hidden) and not is_covered)
        self.setGeometry(QRect(0, top, self._view.width(), side))
        distance = min((b - a for a, b in pairwise(hidden)), default=centres[-1])
        whole = px(UNITS_WIDTH) + 2 * (side + gap)
        has_room = distance >= whole + gap
        number_width = min(px(UNITS_WIDTH), int(distance) - gap)
        taken = whole if has_room else number_width
        limit = hidden[0] - taken / 2 - gap if hidden else centres[1]
        line = QRect(0, top, 0, side)
        is_offered = self.offers_features and not is_covered
        self.features.arrange(centres[0], limit, line, is_offered=is_offered)
        for layer, (less, number, more) in enumerate(self._columns, 1):
            is_hidden_layer = self.offers_units and layer < len(layout.units) - 1
            number.setVisible(is_hidden_layer)
            for button in (less, more):
                button.setVisible(is_hidden_layer and has_room)
            if not is_hidden_layer:
                continue
            units = len(layout.units[layer])
            left = round(centres[layer] - number_width / 2)
            number.setGeometry(QRect(left, 0, number_width, side))
            right = left + number_width + gap
            less.setGeometry(QRect(left - gap - side, 0, side, side))
            more.setGeometry(QRect(right, 0, side, side))
            with QSignalBlocker(number):
                number.setValue(units)
            less.setEnabled(units > 1)
            more.setEnabled(units < MAX_UNITS)

    def _column(self, layer: int) -> tuple[QToolButton, WholeInput, QToolButton]:
        less, more = _less_button(layer), _more_button(layer)
        for button, step in ((less, -1), (more, 1)):
            button.setParent(self)
            button.setProperty("role", "small")
            button.setAutoRepeat(False)
            button.clicked.connect(partial(self._announce, layer, step))
            button.hide()
        number = _number_input(self, layer)
        number.valueChanged.connect(partial(self.units_set.emit, layer))
        return less, number, more

    def _announce(self, layer: int, more: int, _: bool = False) -> None:
        self.units_wanted.emit(layer, more)


def _less_button(layer: int) -> QToolButton:
    words = tr("One unit less in layer {layer}, 1 to {most}.", layer=layer, most=MAX_UNITS)
    name = tr("One unit less in layer {layer}", layer=layer)
    return tool_button(f"remove_unit_button_{layer}", "−", name, f"{words} {tr(KEEPS)}")


def _more_button(layer: int) -> QToolButton:
    words = tr("One unit more in layer {layer}, 1 to {most}.", layer=layer, most=MAX_UNITS)
    name = tr("One unit more in layer {layer}", layer=layer)
    return tool_button(f"add_unit_button_{layer}", "+", name, f"{words} {tr(KEEPS)}")


def _number_input(parent: QWidget, layer: int) -> WholeInput:
    label = tr("Units of hidden layer {layer}", layer=layer)
    number = WholeInput(f"hidden_units_input_{layer}", label, 1, MAX_UNITS)
    number.setParent(parent)
    number.setProperty("role", "small")
    number.setAlignment(Qt.AlignmentFlag.AlignCenter)
    pad_text(number.lineEdit(), NONE)
    at_least(number, width=1)
    rule = tr("{label}, 1 to {most}: type a number.", label=label, most=MAX_UNITS)
    starts = tr("Starts at epoch 0 with new initial weights.")
    number.setToolTip(explained("hidden", rule, starts))
    number.hide()
    return number


class LayerButtons(QWidget):
    """A − and a + for hidden layers, with their number between."""

    layer_wanted = Signal(int)  # how many more

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("layer_buttons")
        self.remove_button = tool_button(
            "remove_last_layer_button",
            "−",
            tr("Remove a hidden layer"),
            explained("hidden_layer", f"{tr('Remove the last hidden layer.')} {tr(KEEPS)}"),
        )
        added = tr(
            "Add a hidden layer of {units} units before the output, at most {most} layers.",
            units=NEW_LAYER_UNITS,
            most=MAX_LAYERS,
        )
        self.add_button = tool_button(
            "add_last_layer_button",
            "+",
            tr("Add a hidden layer"),
            explained("hidden_layer", f"{added} {tr(KEEPS)}"),
        )
        self._count = PlainLabel()
        self._count.setProperty("role", "quiet")
        row = QHBoxLayout(self)
        lay(row, SPACE, NONE)
        for widget in (self.remove_button, self._count, self.add_button):
            row.addWidget(widget)
        for button in (self.remove_button, self.add_button):
            button.setProperty("role", "small")
            fix(button, width=LAYER_BUTTON, height=LAYER_BUTTON)
        self.remove_button.clicked.connect(self._remove)
        self.add_button.clicked.connect(self._add)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """Show of how many hidden layers the network is."""
        self._count.setText(tr_plural("{count} hidden layer", "{count} hidden layers", count))
        self.remove_button.setEnabled(count > 0)
        self.add_button.setEnabled(count < MAX_LAYERS)

    @Slot()
    def _remove(self) -> None:
        self.layer_wanted.emit(-1)

    @Slot()
    def _add(self) -> None:
        self.layer_wanted.emit(1)
