"""Which signal leads where of all that is about time."""

from mlpviz.experiment.run.runner import Update
from mlpviz.gui.actions.bridge import Viewer
from mlpviz.gui.actions.moments import LookedAt, Recipes
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selected, Selection
from mlpviz.gui.actions.time_marks import TimeMark
from mlpviz.gui.actions.time_travel import TimeTravel
from mlpviz.gui.actions.whole_run import WholeRun
from mlpviz.gui.window.focus import Focus
from mlpviz.gui.window.layout import Layout
from mlpviz.gui.window.menus import Menus
from mlpviz.gui.window.second_run import SecondRun


def wire_time(
    time: TimeTravel,
    whole_run: WholeRun,
    runs: Runs,
    selection: Selection,
    layout: Layout,
    focus: Focus,
) -> None:
    """Let views say where in time somebody wants to go, and show where one is."""
    timeline, loss_view, transport = layout.timeline, layout.loss_view, layout.transport

    def look_at(value: Selected) -> None:
        timeline.look_at(value.position)

    def look_from(value: Selected) -> None:
        where = value.position
        looked_at = None if where is None else (where, value.position_of)
        sides = range(len(runs.recipes))
        positions = [value.position_in(side) for side in sides]
        runs.look_from(looked_at, tuple(position for position in positions if position is not None))

    def look_with(looked_at: LookedAt | None) -> None:
        selection.look_at_others(runs.numbers, *(looked_at or (None, 0)))

    def go_to_mark(mark: TimeMark) -> None:
        time.go_to(mark.position, mark.side)

    timeline.epoch_wanted.connect(time.go_to)
    timeline.mark_wanted.connect(go_to_mark)
    timeline.live_pressed.connect(time.go_live)
    timeline.mark_named.connect(time.name_mark)
    timeline.left.connect(focus.go_home)
    loss_view.epoch_wanted.connect(time.go_to)
    loss_view.leap_unmeant.connect(time.take_back_leap)
    time.naming_wanted.connect(timeline.ask_name)
    time.marks_changed.connect(timeline.show_marks)
    selection.changed.connect(look_at)
    selection.changed.connect(look_from)
    runs.looked_from.connect(look_with)
    time.going_changed.connect(transport.show_playing)
    transport.play_pressed.connect(time.toggle_play)
    transport.step_pressed.connect(time.on)
    transport.epoch_typed.connect(time.go_to_typed)
    transport.left.connect(focus.go_home)
    time.replay_pressed.connect(whole_run.toggle_replay)
    timeline.whole_run_pressed.connect(whole_run.show)
    replay = whole_run.replay
    whole_run.going_changed.connect(time.note_replaying)
    transport.speed_chosen.connect(replay.set_speed)
    runs.speed_changed.connect(replay.set_speed)


def time_viewers(
    time: TimeTravel, whole_run: WholeRun, runs: Runs, layout: Layout, second: SecondRun
) -> tuple[Viewer, ...]:
    """Return who follows each update to know where in time the runs are."""
    shown: Recipes = runs.recipes

    def show_recipes(recipes: Recipes) -> None:
        nonlocal shown
        shown = recipes

    def show_choices(update: Update) -> None:
        """Let the controls show the recipe of the moment that is looked at."""
        is_past = time.is_in_past and any(frame.is_past for frame in update.frames)
        recipes = tuple(frame.recipe for frame in update.frames) if is_past else runs.recipes
        if recipes != shown and len(recipes) == len(shown):
            show_recipes(recipes)
            second.show_recipes(recipes)
            layout.controls.show_recipes(recipes)

    runs.recipes_changed.connect(show_recipes)  # which the controls then show, too
    return time.follow, whole_run.follow, layout.timeline.show_update, show_choices


def bind_time(menus: Menus, time: TimeTravel, whole_run: WholeRun, layout: Layout) -> None:
    """Say what the actions of time do, and when there is something for them to do."""
    menus.bind(
        {
            "play": time.toggle_play,
            "step": time.on,
            "back": time.back,
            "tenth_back": time.tenth_back,
            "tenth_on": time.tenth_on,
            "start": time.start,
            "live": time.go_live,
            "whole_run": whole_run.show,
            "mark_before": time.to_mark_before,
            "mark_after": time.to_mark_after,
            "mark": time.mark,
            "type_epoch": layout.transport.readouts.epoch_label.type_epoch,
        }
    )
    time.has_past_changed.connect(lambda has_past: menus.learn(has_past=has_past))
    time.past_changed.connect(lambda is_in_past: menus.learn(is_in_past=is_in_past))
