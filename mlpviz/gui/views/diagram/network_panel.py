"""The panel of a network diagram.

With what the diagram says of itself, buttons for layers, and how the unit that is selected is made.
"""

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.views.diagram.layer_buttons import LayerButtons
from mlpviz.gui.views.diagram.making_strip import MakingStrip
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
        self.making_strip = MakingStrip(view)
        view.described.connect(self._describe)
        view.reshaped.connect(self.layer_buttons.show_count)

    def show_frame(self, frame: Frame) -> None:
        """Show the network of a frame, and how the unit that is selected is made."""
        self.view.show_frame(frame)
        self.making_strip.show_frame(frame)

    def _describe(self, words: str) -> None:
        self.readout.show_words(words, {}, self.view.sample_values.short_words())
