"""Which signal leads where: from views to actions, and from actions to views."""

from collections.abc import Callable, Sequence
from functools import partial

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.actions.branches import return_to
from mlpviz.gui.actions.bridge import Viewer
from mlpviz.gui.actions.choices import A, B
from mlpviz.gui.actions.edits import Edits, SideEdits
from mlpviz.gui.actions.pins import PinEntries
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selected, Selection, place_of
from mlpviz.gui.parts.drawer import Drawers
from mlpviz.gui.parts.inputs import take_typed
from mlpviz.gui.plots.surface_lines import MapOptions
from mlpviz.gui.views.diagram.network_panel import NetworkPanel
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.views.map.draw_mode import DrawMode
from mlpviz.gui.window.exports import Exports
from mlpviz.gui.window.focus import Focus
from mlpviz.gui.window.hints import COMPARING, DRAWING, LOOKING, PLAYING, READING, Hints
from mlpviz.gui.window.layout import Layout
from mlpviz.gui.window.menus import Menus
from mlpviz.gui.window.second_run import SecondRun
from mlpviz.gui.window.tool_drawers import ToolDrawers

CANCEL_REPORT = marked("Cancel the report")
CANCEL_CLIP = marked("Cancel the clip")


def show_updates(
    runs: Runs,
    selection: Selection,
    layout: Layout,
    second: SecondRun,
    tools: ToolDrawers,
    draw_mode: DrawMode,
    of_time: Sequence[Viewer],
) -> None:
    """Hand every update to all that shows something of it.

    Parameters
    ----------
    of_time : who shows where in time the runs are
    """
    boundary, network = layout.boundary_view, layout.network_panel
    show_surface = partial(_show_first, boundary.show_surface)
    show_details = partial(_show_first, boundary.show_details)
    show_network = partial(_show_first, network.show_frame)

    def show_numbers(update: Update) -> None:
        if update.frames:
            frames = update.frames[0], runs.second_frame(update)
            layout.transport.show_frame(*frames)
            layout.loss_view.show_frame(*frames)

    diagrams = (show_network, second.show_network)
    numbers = (show_numbers, runs.say_how_it_stands)
    rest: list[Viewer] = [*of_time, show_details, second.show_details]
    rest += [tools.show_update, draw_mode.show_update]
    # While updates come fast, an eye follows the maps and the diagrams.
    runs.bridge.show_to(
        (runs.note, selection.follow, show_surface, second.show_boundary),
        (diagrams, numbers, diagrams, rest),
    )


def wire_runs(runs: Runs, layout: Layout, second: SecondRun) -> None:
    """Let the controls, the transport and the message bar follow the runs, and lead them."""
    transport, controls = layout.transport, layout.controls
    runs.take_typed = partial(take_typed, layout)
    runs.playing_changed.connect(partial(layout.hints.hold_back, PLAYING))
    runs.speed_changed.connect(transport.set_speed)
    runs.recipes_changed.connect(second.show_recipes)
    runs.recipes_changed.connect(controls.show_recipes)
    runs.recipes_changed.connect(lambda recipes: transport.name_controls(len(recipes) > 1))
    runs.recipes_changed.connect(layout.map_menu.show_recipes)
    layout.map_menu.show_recipes(runs.recipes)
    runs.recipes_changed.connect(
        lambda recipes: layout.hints.hold_back(COMPARING, len(recipes) > 1)
    )
    runs.pins.changed.connect(layout.loss_view.set_pins)
    runs.notices.changed.connect(layout.message_bar.show_message)
    transport.reset_pressed.connect(runs.reset)
    transport.new_weights_pressed.connect(runs.draw_weights)
    transport.speed_chosen.connect(runs.set_speed)
    controls.recipe_changed.connect(runs.change)
    controls.refused.connect(runs.notices.refuse)
    layout.message_bar.remedy_pressed.connect(runs.apply_remedy)


def wire_edits(edits: Edits, layout: Layout, second: SecondRun, focus: Focus) -> None:
    """Let what is done by hand at either diagram become edits of its run."""

    def adopt(side: int, panel: NetworkPanel, boundary: BoundaryView) -> None:
        to, view = SideEdits(edits, side), panel.view
        view.edit.weight_edited.connect(to.edit)
        view.edit.freeze_wanted.connect(to.freeze)
        view.edit.units_wanted.connect(to.change_units)
        view.shape_inputs.units_wanted.connect(to.change_units)
        view.shape_inputs.units_set.connect(to.set_units)
        view.shape_inputs.features.toggled_feature.connect(to.toggle_feature)
        panel.layer_buttons.layer_wanted.connect(to.change_layers)

        def show_options(options: MapOptions) -> None:
            boundary.set_options(options)
            view.show_tints(options.unit_lines)

        show_options(layout.map_menu.options)
        layout.map_menu.options_changed.connect(show_options)

    def adopt_second() -> None:
        assert second.network_panel is not None
        assert second.boundary_view is not None
        adopt(1, second.network_panel, second.boundary_view)
        focus.prepare(second.network_panel)
        focus.add_diagram(second.network_panel)

    adopt(0, layout.network_panel, layout.boundary_view)
    second.made.connect(adopt_second)
    second.opened.connect(focus.forget_use)


def wire_selection(selection: Selection, runs: Runs, layout: Layout, second: SecondRun) -> None:
    """Let the views say what is selected, and show it; have computed what is wanted for it."""
    network, boundary = layout.network_panel, layout.boundary_view
    wanted = selection.value.want(A), selection.value.want(B)

    def adopt(side: int, panel: NetworkPanel, map_view: BoundaryView) -> None:
        diagram = panel.view

        def show(value: Selected) -> None:
            map_view.show_box(value.box)
            if value.part is not None and value.part.side != side:
                diagram.edit.unpin()  # one thing at a time
            map_view.light_line(value.place_in(side))
            diagram.light(place_of(side, value.pointed_line))
            # While a step is taken apart, its page has these numbers, and the diagram the room.
            made = None if value.has_step else place_of(side, value.part)
            panel.making_strip.show_selected(made, value.sample)

        diagram.pointed_at.connect(partial(selection.point_at, side))
        diagram.edit.moved.connect(partial(selection.select_part, side))
        map_view.box_changed.connect(selection.zoom)
        map_view.line_pointed_at.connect(partial(selection.point_at_line, side))
        selection.changed.connect(show)
        show(selection.value)

    def adopt_second() -> None:
        assert second.network_panel is not None
        assert second.boundary_view is not None
        adopt(B, second.network_panel, second.boundary_view)

    def show_first(value: Selected) -> None:
        nonlocal wanted
        network.view.select_sample(value.sample)
        boundary.select_sample(value.sample)
        wants = value.want(A), value.want(B)
        if wants != wanted:  # to want the same again would cost a frame
            wanted = wants
            runs.want(*wants)

    selection.changed.connect(show_first)  # before the strip, which shows the diagram's numbers
    adopt(A, network, boundary)
    boundary.sample_selected.connect(selection.select_sample)
    selection.changed.connect(lambda value: layout.hints.hold_back(LOOKING, value.part is not None))
    second.made.connect(adopt_second)
    second.opened.connect(lambda: selection.zoom(None))  # both maps start with the whole data


def wire_drawing(
    draw_mode: DrawMode, selection: Selection, boundary: BoundaryView, focus: Focus
) -> None:
    """Let the map stay where it is, and the keys go to it, while somebody draws on it."""
    draw_mode.turned.connect(selection.hold_box)
    draw_mode.turned.connect(lambda is_on: focus.lodge(boundary.plot if is_on else None))
    draw_mode.bar_made.connect(focus.prepare)


def wire_menus(menus: Menus, runs: Runs, selection: Selection, exports: Exports) -> None:
    """Let the menus offer what can be done at the moment."""

    def show_pins(pins: PinEntries) -> None:
        menus.learn(has_pins=bool(pins))
        menus.fill("pins", [words for words, _ in pins], runs.pins.remove)
        first = runs.pins.first_future
        menus.learn(has_futures=len(pins) > first)
        futures = [f"↩ {words}" for words, _ in pins[first:]]
        menus.fill("futures", futures, lambda place: return_to(runs, first + place))

    def show_branch(update: Update) -> None:
        is_branch = any(frame.branches for frame in update.frames)
        if is_branch != menus.situation.is_branch:  # which it seldom is, and this is often asked
            menus.learn(is_branch=is_branch)

    runs.recipes_changed.connect(lambda recipes: menus.learn(is_comparing=len(recipes) > 1))
    runs.pins.changed.connect(show_pins)
    runs.updated.connect(show_branch)
    selection.changed.connect(lambda value: menus.learn(has_sample=value.sample is not None))
    exports.report.job.running_changed.connect(
        lambda is_running: menus.rename("report", tr(CANCEL_REPORT) if is_running else "")
    )
    exports.clips.job.running_changed.connect(
        lambda is_running: menus.rename("save_clip", tr(CANCEL_CLIP) if is_running else "")
    )


def _show_first(show: Callable[[Frame], None], update: Update) -> None:
    if update.frames:
        show(update.frames[0])


def hold_hints_back(hints: Hints, draw_mode: DrawMode, drawers: Drawers) -> None:
    """Show no hint that would lie in the way of somebody who draws, or beside an open drawer."""
    draw_mode.turned.connect(partial(hints.hold_back, DRAWING))
    drawers.changed.connect(partial(hints.hold_back, READING))
