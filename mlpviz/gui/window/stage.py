"""The stage: where the views lie, at every size of the window, as `stage_plan` says."""

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QCursor, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from mlpviz.gui.look.look import current_look
from mlpviz.gui.look.sizes import LEAST_HEADED_LOSS, LEAST_STAGE_HEIGHT, LEAST_STAGE_WIDTH
from mlpviz.gui.look.sizing import NONE, lay, px
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.window.stage_plan import (
    DIAGRAM,
    LOSS,
    MAP,
    SECOND_DIAGRAM,
    SECOND_MAP,
    STEP,
    Plan,
    plan_alone,
    plan_one_run,
    plan_step,
    plan_two_runs,
)


class Stage(QWidget):
    """Lays out the views of one run or of two; M lets diagram and map change places.

    Parameters
    ----------
    diagram, boundary, loss : the panels; they become children of the stage

    `strip` is for the loss of a presentation: it is seen, wherever it lies, while the loss is lent.
    """

    enlarged = Signal(bool)  # whether one view fills it

    def __init__(self, diagram: Panel, boundary: Panel, loss: Panel) -> None:
        super().__init__()
        self.setObjectName("stage")
        self._panels: dict[str, Panel] = {DIAGRAM: diagram, MAP: boundary, LOSS: loss}
        self._loss = loss
        self._is_lent = False  # the loss, to the strip
        self.strip, self._strip_column = _strip()
        self._is_swapped = False
        self._alone = ""  # the name of the view that fills the stage
        for panel in self._panels.values():
            panel.setParent(self)

    @property
    def alone(self) -> str:
        """The name of the view that fills the stage; "" while all are seen."""
        return self._alone

    @property
    def seen(self) -> dict[str, Panel]:
        """The views in sight, by their names."""
        return {name: panel for name, panel in self._panels.items() if panel.isVisible()}

    def swap(self) -> None:
        """Let diagram and map change places."""
        self._is_swapped = not self._is_swapped
        self.arrange()

    def lend_loss(self, is_lent: bool) -> None:
        """Let the loss lie in the strip, except while it fills the stage; or on the stage again."""
        self._is_lent = is_lent
        self.arrange()

    def show_second(self, panels: tuple[Panel, Panel] | None) -> None:
        """Show diagram and map of a second run beside those of the first, or no longer."""
        for name in (SECOND_DIAGRAM, SECOND_MAP):
            if name in self._panels:
                self._panels.pop(name).hide()
        if panels is not None:
            self._panels |= dict(zip((SECOND_DIAGRAM, SECOND_MAP), panels, strict=True))
            for panel in panels:
                panel.setParent(self)
        self.enlarge("")

    def show_step(self, panel: Panel | None) -> None:
        """Show the panel of a step, or no longer."""
        if STEP in self._panels:
            self._panels.pop(STEP).hide()
        if panel is not None:
            self._panels[STEP] = panel
            panel.setParent(self)
        self.enlarge("")

    def toggle_enlarged(self) -> None:
        """Let the view under the pointer, or with the focus, fill the stage; or show all again."""
        self.enlarge("" if self._alone else self.view_meant())

    def enlarge_next(self) -> None:
        """Let the next view fill the stage; after the last one, show all again."""
        names = ("", *self._panels)
        self.enlarge(names[(names.index(self._alone) + 1) % len(names)])

    def enlarge_panel(self, panel: Panel) -> None:
        """Let a panel fill the stage; where it does already, show all again."""
        name = next(name for name, other in self._panels.items() if other is panel)
        self.enlarge("" if self._alone == name else name)

    def enlarge(self, name: str) -> bool:
        """Let one view fill the stage; "" shows all again. Return whether that is a change."""
        has_changed = name != self._alone
        self._alone = name
        self.arrange()
        if has_changed:
            self.enlarged.emit(bool(name))
        return has_changed

    def arrange(self) -> None:
        """Give every view its place; those that have none are hidden."""
        plan = self._plan()
        self._seat_loss(plan.get(LOSS))
        for name, panel in self._panels.items():
            if name in plan:
                rect = plan[name]
                left, top, right, bottom = map(
                    px, (rect.left(), rect.top(), rect.right(), rect.bottom())
                )
                panel.setGeometry(QRect(left, top, right - left, bottom - top))
            panel.setVisible(name in plan or panel.parent() is not self)

    def _seat_loss(self, place: QRectF | None) -> None:
        """Seat the loss in the strip while it has no place here; where it is low, fold its heading.

        Parameters
        ----------
        place : of the loss on the stage, in base sizes
        """
        is_in_strip = place is None and self._is_lent
        if is_in_strip:
            self._strip_column.addWidget(self._loss)
        elif self._loss.parent() is not self:
            self._loss.setParent(self)
        self.strip.setVisible(is_in_strip)
        self._loss.fold_heading(place is None or place.height() < LEAST_HEADED_LOSS)

    def _plan(self) -> Plan:
        factor = current_look().factor
        width, height = self.width() / factor, self.height() / factor
        has_loss = not self._is_lent
        if self._alone:
            return plan_alone(width, height, self._alone)
        if STEP in self._panels:
            return plan_step(width, height, is_comparing=SECOND_MAP in self._panels)
        if SECOND_MAP in self._panels:
            return plan_two_runs(width, height, is_swapped=self._is_swapped, has_loss=has_loss)
        window_width = self.window().width() / factor
        return plan_one_run(
            width, height, window_width, is_swapped=self._is_swapped, has_loss=has_loss
        )

    def view_meant(self) -> str:
        """Name the view under the pointer, else the one that has the focus, else the map.

        Where the map has no place, it is the first that has one.
        """
        focused, shown = QApplication.focusWidget(), self.seen
        for name, panel in shown.items():
            if panel.rect().contains(panel.mapFromGlobal(QCursor.pos())):
                return name
        for name, panel in shown.items():
            if focused is not None and panel.isAncestorOf(focused):
                return name
        return self._alone or (MAP if MAP in shown else next(iter(shown), MAP))

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which all views can be read."""
        return QSize(px(LEAST_STAGE_WIDTH), px(LEAST_STAGE_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again."""
        self.arrange()


def _strip() -> tuple[QWidget, QVBoxLayout]:
    """Return a place for the loss elsewhere, and its layout."""
    strip, column = QWidget(), QVBoxLayout()
    strip.setObjectName("loss_strip")
    lay(column, margins=NONE)
    strip.setLayout(column)
    strip.hide()
    return strip, column
