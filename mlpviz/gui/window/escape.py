"""What Esc closes: the innermost of what is open."""

from collections.abc import Callable
from functools import partial

from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selection
from mlpviz.gui.parts.drawer import Drawers
from mlpviz.gui.views.map.draw_mode import DrawMode
from mlpviz.gui.window.focus import Focus
from mlpviz.gui.window.hiding import HiddenControls
from mlpviz.gui.window.presentation import Presentation
from mlpviz.gui.window.second_run import SecondRun
from mlpviz.gui.window.stage import Stage
from mlpviz.gui.window.tool_drawers import ToolDrawers


def closers(
    runs: Runs,
    selection: Selection,
    focus: Focus,
    drawers: Drawers,
    tools: ToolDrawers,
    draw_mode: DrawMode,
    second: SecondRun,
    hidden: HiddenControls,
    stage: Stage,
    presentation: Presentation,
) -> tuple[Callable[[], bool], ...]:
    """Return what Esc closes, the innermost first; each says whether there was anything."""

    def cancel_edit() -> bool:
        return any(diagram.edit.cancel() for diagram in focus.diagrams)

    def unpin() -> bool:
        return any(diagram.edit.unpin() for diagram in focus.diagrams)

    def end_comparison() -> bool:
        can = runs.is_comparing and "experiments_button" not in hidden.names
        if can:
            runs.end_comparison(int(focus.diagram is second.network_view))
        return can

    return (
        tools.explainer.close,
        cancel_edit,
        presentation.controls.close,
        drawers.close,
        draw_mode.turn_off,
        partial(stage.enlarge, ""),
        tools.step.end,
        unpin,
        selection.clear_sample,
        presentation.end,
        end_comparison,
    )
