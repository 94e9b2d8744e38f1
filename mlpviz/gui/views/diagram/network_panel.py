"""The panel of a network diagram: with what the diagram says of itself, and buttons for layers."""

from mlpviz.experiment.language import tr
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.views.diagram.layer_buttons import LayerButtons
from mlpviz.gui.views.diagram.network_view import NetworkView


class NetworkPanel(Panel):
    """Frames a diagram.

    Parameters
    ----------
    view : fills it
    """

    def __init__(self, view: NetworkView) -> None:
        self.layer_buttons = LayerButtons()
        super().__init__(tr("Network"), view, self.layer_buttons)
        self.view = view
        view.described.connect(self.readout.setText)
        view.reshaped.connect(self.layer_buttons.show_count)
