"""What the thing under the pointer is, or the one that Tab has reached: F1."""

from PySide6.QtCore import QObject, QPoint, QRect, Slot
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from mlpviz.experiment.run.places import Place
from mlpviz.gui.look.sizes import AROUND_POINTER
from mlpviz.gui.look.sizing import px
from mlpviz.gui.parts.explanation import Explanation
from mlpviz.gui.parts.meanings import term_lines
from mlpviz.gui.parts.plain_widgets import tooltip_text
from mlpviz.gui.views.diagram.network_view import NetworkView

# The term of the glossary that a part of the window is about, by the name of its widget.
TERMS = {
    "dataset_choice": "dataset",
    "dataset_label": "dataset",
    "classes_input": "classes",
    "samples_input": "samples",
    "noise_input": "noise",
    "train_share_input": "train_share",
    "data_seed_input": "data_seed",
    "regenerate_button": "data_seed",
    "features_input": "features",
    "features_button": "features",
    "hidden_units_input": "hidden",
    "layer_buttons": "hidden_layer",
    "activation_toggle": "activations_off",
    "hidden_activation_choice": "hidden_activation",
    "output_activation_choice": "output_activation",
    "initializer_choice": "initializer",
    "seed_input": "weight_seed",
    "new_weights_button": "weight_seed",
    "learning_rate_input": "learning_rate",
    "optimizer_choice": "optimizer",
    "momentum_input": "momentum",
    "decay_input": "decay",
    "beta1_input": "beta1",
    "beta2_input": "beta2",
    "epsilon_input": "epsilon",
    "regularization_choice": "regularization",
    "regularization_rate_input": "regularization_rate",
    "batch_size_input": "batch_size",
    "loss_choice": "loss",
    "reduction_choice": "reduction",
    "numerics_choice": "numerics",
    "epochs_input": "epochs",
    "step_button": "epoch",
    "epoch_label": "epoch",
    "loss_label": "loss",
    "accuracy_label": "accuracy",
    "test_loss_label": "test_set",
    "test_accuracy_label": "test_set",
    "boundary_view": "decision_boundary",
    "second_boundary_view": "decision_boundary",
    "loss_view": "loss",
    "samples_drawer": "sample",
    "class_pair": "prediction",
    "seeds_drawer": "seed",
    "data_drawer": "own",
    "weight_editor": "weight",
    "experiments_button": "recipe",
}
R_SQUARED = "R²"  # what stands in the place of the accuracy where targets are numbers


class Explainer(QObject):
    """Finds what is meant, and says what it is.

    Parameters
    ----------
    around : the widget that fills the window
    """

    def __init__(self, around: QWidget) -> None:
        super().__init__(around)
        self._around = around
        self._bubble: Explanation | None = None

    @Slot()
    def toggle(self) -> None:
        """Say what is under the pointer or has the focus; or say nothing any more."""
        if self.close():
            return
        meant = self._meant()
        if meant is None:
            return
        if self._bubble is None:
            self._bubble = Explanation(self._around)
        self._bubble.explain(*meant)

    def close(self) -> bool:
        """Take the explanation away; return whether there was one."""
        return self._bubble is not None and self._bubble.close_explanation()

    def _meant(self) -> tuple[tuple[str, str, str], QRect] | None:
        """Return what is to be said, and beside which place."""
        focus = QApplication.focusWidget()
        if focus is not None and not isinstance(focus, NetworkView):  # Tab has reached it
            found = self._found_from(focus)
            if found is not None:
                return found
        place = self._around.mapFromGlobal(QCursor.pos())
        under = self._around.childAt(place) if self._around.rect().contains(place) else None
        found = None if under is None else self._found_from(under)
        return found or (None if focus is None else self._found_from(focus))

    def _found_from(self, widget: QWidget) -> tuple[tuple[str, str, str], QRect] | None:
        """Look for what a widget is, or else what it is a part of."""
        at: QWidget | None = widget
        while at is not None and at is not self._around:
            lines = _lines_of(at)
            if lines is not None:
                return lines, self._rect_of(at)
            at = at.parentWidget()
        return None

    def _rect_of(self, widget: QWidget) -> QRect:
        """Return where something small is; of what is large, where the pointer is on it."""
        rect = QRect(widget.mapTo(self._around, QPoint(0, 0)), widget.size())
        place = self._around.mapFromGlobal(QCursor.pos())
        is_large = rect.height() > self._around.height() // 4
        if is_large and rect.contains(place):
            out = QPoint(px(AROUND_POINTER), px(AROUND_POINTER))
            return QRect(place - out, place + out)
        if is_large:
            return QRect(rect.center(), rect.center())
        return rect


def _lines_of(widget: QWidget) -> tuple[str, str, str] | None:
    """Return what a widget is; None where only what it is a part of says so."""
    if isinstance(widget, NetworkView):
        return term_lines(_term_of(widget))
    name = widget.objectName().rstrip("_0123456789")
    if name == "accuracy_label" and widget.accessibleName() == R_SQUARED:
        return term_lines("r_squared")
    if isinstance(widget, QLabel) and widget.buddy() is not None:
        return _lines_of(widget.buddy())
    if name in TERMS:
        return term_lines(TERMS[name])
    if widget.toolTip() and widget.accessibleName():
        return widget.accessibleName(), tooltip_text(widget.toolTip()), ""
    return None


def _term_of(view: NetworkView) -> str:
    """Return the term for what is pointed at in a diagram."""
    place, layout = view.place, view.network_layout
    if place is None or layout is None:
        return "network"
    return _term_at(place, len(layout.units) - 1)


def _term_at(place: Place, last: int) -> str:
    if place.source is not None:
        return "weight"
    return {0: "features", last: "output_layer"}.get(place.layer, "unit")
