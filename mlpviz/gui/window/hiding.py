"""Hidden controls: a window for a class that shows what matters, and the way back."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFormLayout, QLabel, QLayout, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.hideable import HIDEABLE, check_hide
from mlpviz.gui.actions.action_table import going_with
from mlpviz.gui.look.sizing import base_rect
from mlpviz.gui.views.diagram.network_panel import NetworkPanel
from mlpviz.gui.window.layout import Layout
from mlpviz.gui.window.menus import Menus

# These stand in every diagram, which hides them itself.
IN_DIAGRAMS = {
    "features_input": marked("Inputs of the network"),
    "hidden_units_input": marked("Hidden units per layer"),
}


class HiddenControls(QObject):
    """Hides controls of a window with their labels and keys, and shows them again.

    Parameters
    ----------
    window : assembled so far that it has all its controls
    layout : what lies in it
    menus : whose menu "hide" gets an entry for each control that can be hidden
    """

    def __init__(self, window: QWidget, layout: Layout, menus: Menus) -> None:
        super().__init__(window)
        self._window, self._layout = window, layout
        self.names: tuple[str, ...] = ()
        self._actions: dict[str, QAction] = {}
        self._menus = menus
        menus.menus["hide"].aboutToShow.connect(self._show_menu)

    def hide(self, names: tuple[str, ...]) -> None:
        """Hide just these controls.

        Raises
        ------
        ValueError
            for a name that is not one of `HIDEABLE`; then nothing has changed.
        """
        before, after = self.names, check_hide(names)
        if after == before:
            return
        self.names = after
        window = self._window
        for name in HIDEABLE:  # what was not hidden here is left as it is
            has_changed = (name in before) != (name in self.names)
            if has_changed and name not in IN_DIAGRAMS:
                self._show(name, is_shown=name in before)
        self.offer_in_diagrams()
        # A caption that is back may have no room.
        self._layout.transport.show_width(base_rect(window).width())
        self._show_headings()
        self._menus.learn(hides_controls=bool(self.names))

    @Slot()
    def offer_in_diagrams(self) -> None:
        """Let every diagram offer what is not hidden."""
        layers = "hidden_units_input" not in self.names
        for panel in self._window.findChildren(NetworkPanel):
            panel.view.offer(features="features_input" not in self.names, layers=layers)
            panel.layer_buttons.setVisible(layers)

    @Slot()
    def show_all(self) -> None:
        """Hide nothing."""
        self.hide(())

    @Slot()
    def _show_menu(self) -> None:
        """Fill the menu when it is first asked for, and check what is hidden."""
        for name in HIDEABLE:
            if name not in self._actions:
                action = self._menus.menus["hide"].addAction(self._words_of(name))
                action.setObjectName(f"hide_{name}_action")
                action.setCheckable(True)
                action.triggered.connect(partial(self._toggle, name))
                self._actions[name] = action
            self._actions[name].setChecked(name in self.names)

    def _words_of(self, name: str) -> str:
        if name in IN_DIAGRAMS:
            return tr(IN_DIAGRAMS[name])
        (control,) = self._window.findChildren(QWidget, name)
        return control.accessibleName()

    def _toggle(self, name: str, _: bool = False) -> None:
        others = tuple(other for other in self.names if other != name)
        self.hide(others if name in self.names else (*others, name))

    def _show(self, name: str, *, is_shown: bool) -> None:
        # With it goes what there is of it per layer: hidden_activation_choice_1 and so on.
        controls = self._window.findChildren(QWidget, QRegularExpression(rf"^{name}(_\d)?$"))
        buddies = self._window.findChildren(QLabel)
        labels = [label for label in buddies if label.buddy() in controls]
        for widget in (*controls, *labels):
            if is_shown:
                widget.removeEventFilter(self)
            else:
                widget.installEventFilter(self)
            widget.setVisible(is_shown)
        if is_shown:
            for control in controls:
                self._hide_idle_row(control)
        for action in going_with(name):
            self._menus.offer(action, is_offered=is_shown)

    def _hide_idle_row(self, control: QWidget) -> None:
        """Hide again what its form, if it lies in one, has been told to hide in the meantime."""
        for form in self._layout.controls.findChildren(QFormLayout):
            if form.indexOf(control) >= 0 and not form.isRowVisible(control):
                for widget in (control, form.labelForField(control)):
                    widget.hide()

    def _show_headings(self) -> None:
        """Show the heading of each group of controls that has one left to show; and More too."""
        self._layout.controls.more.show_if_filled()
        panel = self._layout.controls.widget()
        assert panel is not None
        heading: QLabel | None = None
        for widget in _leaves(panel.layout()):
            if isinstance(widget, QLabel):
                if widget.property("role") == "heading":
                    heading = widget
                    heading.hide()
            elif heading is not None and widget.isVisibleTo(panel):
                heading.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep hidden what something else wants to show."""
        if event.type() == QEvent.Type.ShowToParent and isinstance(watched, QWidget):
            watched.hide()
        return False


def _leaves(layout: QLayout | None) -> Iterator[QWidget]:
    """Give the widgets of a layout from top to bottom, and of those that hold others the others."""
    if layout is None:
        return
    for item in map(layout.itemAt, range(layout.count())):
        assert item is not None
        widget = item.widget()
        inside = item.layout() or (widget.layout() if widget is not None else None)
        if inside is not None:
            yield from _leaves(inside)
        elif widget is not None:
            yield widget
