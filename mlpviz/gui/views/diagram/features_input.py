"""The inputs of the network: a button below their column, whose menu switches each on and off."""

from functools import partial

from PySide6.QtCore import QRect, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QPixmap
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from mlpviz.engine.features import FEATURES, PLANE
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box, feature_pictures
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.palette import ColourTable, Scale, to_index
from mlpviz.gui.parts.inputs import label_button
from mlpviz.gui.parts.meanings import explained

CELLS = 40  # of the picture of a feature


class FeaturesInput(QToolButton):
    """A button with a menu of all features. It says which was chosen, and changes nothing."""

    toggled_feature = Signal(str)  # the key of a feature

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("features_input")
        self.setText(tr("inputs"))
        label_button(
            self,
            tr("Inputs of the network"),
            explained(
                "features", tr("Inputs of the network: x₁, x₂, and what can be made of them.")
            ),
        )
        self.setProperty("role", "small")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._box: Box | None = None
        self._look = current_look()
        self._pictured: tuple[Box, Look] | None = None
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._draw_pictures)
        self._actions = {key: self._action(menu, key) for key in FEATURES}
        self.setMenu(menu)
        self.adjustSize()
        self.hide()

    def take(self, frame: Frame) -> None:
        """Show which features are the inputs of a frame."""
        self._box = frame.box
        for key, action in self._actions.items():
            action.setChecked(key in frame.recipe.features)

    def set_look(self, look: Look) -> None:
        """Take over the colours of a look."""
        self._look = look

    def arrange(self, centre: float, limit: float, place: QRect, *, is_offered: bool) -> None:
        """Stand below the inputs, whose column has this centre, and end before the next one.

        Parameters
        ----------
        limit : where that begins, in pixels
        place : whose top and height it takes
        """
        self.setVisible(is_offered)
        width = self.sizeHint().width()
        left = max(1, round(min(centre - width / 2, limit - width)))
        self.setGeometry(left, place.top(), width, place.height())
        self.raise_()

    def _action(self, menu: QMenu, key: str) -> QAction:
        feature = FEATURES[key]
        words = tr(feature.words)
        name = feature.label if key in PLANE else f"{feature.label}   {words}"
        action = menu.addAction(name)
        action.setObjectName(f"feature_{key}_action")
        action.setToolTip(tr("Another set of inputs draws new initial weights."))
        action.setCheckable(True)
        action.triggered.connect(partial(self._choose, key))
        return action

    def _choose(self, key: str, _: bool = False) -> None:
        # What is on is what the run has: it may refuse.
        self._actions[key].setChecked(not self._actions[key].isChecked())
        self.toggled_feature.emit(key)

    @Slot()
    def _draw_pictures(self) -> None:
        """Give each feature the picture that it makes of the plane, in the present colours."""
        if self._box is None or self._pictured == (self._box, self._look):
            return
        self._pictured = self._box, self._look
        table = ColourTable(self._look, strength=1.0)
        pictures = feature_pictures(tuple(self._actions), self._box, CELLS)
        for action, picture in zip(self._actions.values(), pictures, strict=True):
            image = table.image(to_index(picture[::-1], Scale(-1.0, 1.0)))
            action.setIcon(QIcon(QPixmap.fromImage(image)))
