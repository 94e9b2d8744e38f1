"""The − and + at the diagram: units of each hidden layer, and layers."""

from functools import partial

from PySide6.QtCore import QObject, QRect, QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.recipe import MAX_LAYERS, MAX_UNITS
from mlpviz.experiment.run.places import NEW_LAYER_UNITS
from mlpviz.gui.look.sizes import SPACE
from mlpviz.gui.parts.inputs import tool_button
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.views.diagram.network_layout import NetworkLayout

BUTTON_SIDE, GAP_BETWEEN = 18, 2
STRIP_HEIGHT = 38  # at the foot of the diagram: what lies there seldom changes
KEEPS = marked("Starts at epoch 0 with the present weights; Reset (R) returns to them.")


class UnitButtons(QObject):
    """Puts a − and a + below each hidden layer of a diagram."""

    units_wanted = Signal(int, int)  # hidden layer from 1, how many more

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_offered = True
        self._pairs: list[tuple[QToolButton, QToolButton]] = []
        for layer in range(1, MAX_LAYERS + 1):
            pair = (_less_button(layer), _more_button(layer))
            for button, more in zip(pair, (-1, 1), strict=True):
                button.setParent(parent)
                button.setProperty("role", "small")
                button.setAutoRepeat(False)
                button.clicked.connect(partial(self._announce, layer, more))
                button.hide()
            self._pairs.append(pair)

    def arrange(self, layout: NetworkLayout, bottom: int) -> None:
        """Put them below their columns, as large as there is room between two."""
        centres = [rects[0].center().x() for rects in layout.units]
        # Between two hidden layers, or to the output: the inputs, which may be nearer, have none.
        distance = centres[-1] - centres[-2]
        side = int(min(BUTTON_SIDE, (distance - 2 * GAP_BETWEEN) // 2))
        shifts = (-side - GAP_BETWEEN // 2, GAP_BETWEEN // 2)
        for layer, pair in enumerate(self._pairs, 1):
            is_hidden_layer = self.is_offered and layer < len(layout.units) - 1
            for button, shift in zip(pair, shifts, strict=True):
                button.setVisible(is_hidden_layer)
                if is_hidden_layer:
                    left = round(centres[layer]) + shift
                    button.setGeometry(QRect(left, bottom - STRIP_HEIGHT, side, side))
            if is_hidden_layer:
                units = len(layout.units[layer])
                pair[0].setEnabled(units > 1)
                pair[1].setEnabled(units < MAX_UNITS)

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
            f"{tr('Remove the last hidden layer.')} {tr(KEEPS)}",
        )
        added = tr(
            "Add a hidden layer of {units} units before the output, at most {most} layers.",
            units=NEW_LAYER_UNITS,
            most=MAX_LAYERS,
        )
        self.add_button = tool_button(
            "add_last_layer_button", "+", tr("Add a hidden layer"), f"{added} {tr(KEEPS)}"
        )
        self._count = PlainLabel()
        self._count.setProperty("role", "quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for widget in (self.remove_button, self._count, self.add_button):
            row.addWidget(widget)
        for button in (self.remove_button, self.add_button):
            button.setProperty("role", "small")
            button.setFixedSize(QSize(BUTTON_SIDE + 2, BUTTON_SIDE + 2))
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
