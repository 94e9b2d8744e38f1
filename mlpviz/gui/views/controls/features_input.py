"""The inputs of the network as a small table of buttons, for the keyboard too."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from mlpviz.engine.features import FEATURES
from mlpviz.gui.look.sizes import SPACE
from mlpviz.gui.parts.inputs import tool_button

ROWS = (4, 3)  # buttons in each row: the waves need more width
COLUMNS = 12


class FeaturesInput(QWidget):
    """A button per feature, down where it is an input. It says which was pressed, and no more."""

    toggled = Signal(str)  # the key of a feature

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("features_input")
        self.setAccessibleName("Inputs of the network")
        self._buttons = {key: self._button(key) for key in FEATURES}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACE)
        buttons = iter(self._buttons.values())
        for row, count in enumerate(ROWS):
            width = COLUMNS // count
            for i in range(count):
                grid.addWidget(next(buttons), row, i * width, 1, width)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)

    def show_features(self, features: Sequence[str]) -> None:
        """Show which features are inputs without announcing it."""
        for key, button in self._buttons.items():
            with QSignalBlocker(button):
                button.setChecked(key in features)

    def _button(self, key: str) -> QToolButton:
        feature = FEATURES[key]
        words = feature.words[0].upper() + feature.words[1:]
        button = tool_button(f"feature_{key}_button", feature.label, f"Input {feature.label}")
        button.setToolTip(f"{feature.label}: {feature.words}. Draws new initial weights.")
        button.setAccessibleDescription(f"{words}. Draws new initial weights.")
        button.setProperty("role", "toggle")
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self.toggled.emit, key))
        return button
