"""Taking frames of a run: of its present state, or of any that it has passed.

To take one changes nothing of the run. What is looked for in a run is found while it trains (see
`looks`); only why numbers broke is explained when it is first asked for, since that takes long.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.bent_lines import bent_lines
from mlpviz.experiment.run.frame import Frame, Held, unit_surface
from mlpviz.experiment.run.gradients import gradient
from mlpviz.experiment.run.grids import (
    Box,
    data_box,
    layer_grids,
    output_of,
    picture_step,
    plan_of,
    surface_over,
    thinned,
)
from mlpviz.experiment.run.history import History
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.symptoms import Symptom
from mlpviz.experiment.run.trace import StepTrace, step_trace
from mlpviz.experiment.run.want import Want

USUAL = Want()


def capture(run: Run, want: Want = USUAL) -> Frame:
    """Take a frame of a run as it stands.

    Parameters
    ----------
    run : not changed
    want : its position is of no account; see `frame_of`
    """
    return frame_of(run, run.position, run.training, run.held_out, want)


def frame_of(
    run: Run, position: Position, training: Training, held_out: HeldOut | None, want: Want = USUAL
) -> Frame:
    """Take a frame of a position of a run, of which a training stands in the state.

    Parameters
    ----------
    run : not changed
    training, held_out : in the state of the position
    want : its position is of no account
    """
    frame = _frame(run, position, training, held_out, want)
    return _with_wanted(frame, want, training)


def recapture(frame: Frame, run: Run, want: Want = USUAL) -> Frame:
    """Take a frame of the state which another frame of the run shows.

    Nothing is asked of the training, which may be in the middle of its next epoch.

    Parameters
    ----------
    frame : the other one
    run : may have gone on since, or have got another recipe, but for what was set by hand
    want : another box, unit or gradient; a frame of the past, whose position it says, is brought
        up to the run so far
    """
    box = want.box or frame.box
    if box != frame.surface_box:
        if frame.box in (box, frame.surface_box):
            surface, pictures = _grids(frame.recipe, frame.parameters, frame.box, box)
        else:
            surface, pictures = surface_over(frame.recipe, frame.parameters, box), frame.pictures
        _freeze((surface, *pictures))
        lines = bent_lines(frame.recipe, frame.parameters, box)
        frame = replace(frame, surface_box=box, surface=surface, pictures=pictures)
        frame = replace(frame, bent_lines=lines, unit=None, unit_surface=None)
    frame = _steered(frame, run) if want.position is None else _with_run_so_far(frame, run)
    recipe = run.recipe_at(frame.position)
    return _with_wanted(replace(frame, recipe=recipe, changes=run.changes), want)


def _frame(
    run: Run, position: Position, training: Training, held_out: HeldOut | None, want: Want
) -> Frame:
    """Take a frame of a training, evaluated in the state of a position."""
    recipe, parameters = run.recipe_at(position), training.network.parameters.copy()
    box = data_box(run.points if held_out is None else np.vstack((run.points, held_out.points)))
    surface_box = want.box or box
    surface, pictures = _grids(recipe, parameters, box, surface_box)
    with np.errstate(all="ignore"):
        losses = training.sample_losses()
    targets = run.training.Y[:, 0]
    arrays = (run.points, targets, training.predictions.copy(), losses, parameters)
    _freeze((*arrays, *pictures, surface))
    return Frame(
        recipe=recipe,
        run_number=run.number,
        epoch=training.epoch,
        loss=training.loss,
        accuracy=training.accuracy,
        X=run.points,
        Y=targets,
        predictions=arrays[2],
        sample_losses=losses,
        parameters=parameters,
        box=box,
        pictures=pictures,
        surface_box=surface_box,
        surface=surface,
        curve=run.history.curve(),
        ghost=run.ghost,
        start_recipe=run.start_recipe,
        changes=run.changes,
        diagnosis=run.diagnosis_at(position, training),
        first_nonfinite_weight_epoch=training.first_nonfinite_weight_epoch,
        live=run.live,
        weights_broke_at=run.weights_broke_at,
        test=None if held_out is None else _judge(held_out, run.history),
        changes_applied=position.changes,
        branches=run.branches,
        findings=run.looks.findings,
        bent_lines=bent_lines(recipe, parameters, surface_box),
    )


def _grids(
    recipe: Recipe, parameters: Array, box: Box, surface_box: Box
) -> tuple[Array, tuple[Array, ...]]:
    """Compute the output over one box, and every unit's picture over that of the data."""
    plan, step = plan_of(recipe), picture_step(recipe)
    grids = layer_grids(plan, parameters, surface_box)
    if surface_box == box:  # one pass over the grid is enough
        return output_of(grids), tuple(thinned(A, step) for A in grids)
    return output_of(grids), tuple(layer_grids(plan, parameters, box, step))


def _judge(held_out: HeldOut, history: History) -> Held:
    """See how a network does on its test set."""
    loss, predictions = held_out.evaluate()
    Y, curve = held_out.Y[:, 0], history.test_curve()
    assert curve is not None
    _freeze((Y, predictions))
    accuracy = held_out.accuracy(predictions)
    return Held(held_out.points, Y, predictions, held_out.outputs, loss, accuracy, curve)


def _with_wanted(frame: Frame, want: Want, training: Training | None = None) -> Frame:
    """Add to a frame what is wanted besides; leave out what is not.

    Parameters
    ----------
    training : one that stands in the state of the frame, where there is one
    """
    unit = want.unit if want.unit is not None and _has_unit(frame, want.unit) else None
    surface = slope = None
    if unit is not None:
        surface = frame.unit_surface if unit == frame.unit else unit_surface(frame, *unit)
    if want.gradient is not None and frame.can_follow_gradient:
        slope = frame.gradient
        if slope is None:
            slope = gradient(frame) if training is None else training.gradient()
    trace = _step_of(frame, want, training)
    if surface is frame.unit_surface and slope is frame.gradient and trace is frame.trace:
        return frame
    _freeze(array for array in (surface, slope) if array is not None)
    return replace(frame, unit=unit, unit_surface=surface, gradient=slope, trace=trace)


def _step_of(frame: Frame, want: Want, training: Training | None) -> StepTrace | None:
    """Take the step apart that is wanted, or return it where the frame has it already."""
    if want.step is None or not frame.can_follow_gradient:
        return None
    if training is None:
        return frame.trace if has_step(frame, want) else None
    batches = enumerate(training.batches())
    return step_trace(training, next((i for i, batch in batches if want.step in batch), 0))


def has_step(frame: Frame, want: Want) -> bool:
    """Tell whether a frame has the step that is wanted; also where it is too large for one."""
    if want.step is None or not frame.can_follow_gradient:
        return True
    trace = frame.trace
    if trace is None or trace.learning_rate != frame.recipe.learning_rate:
        return False
    return want.step in trace.samples or want.step >= len(frame.X)


def _has_unit(frame: Frame, unit: tuple[int, int]) -> bool:
    """Tell whether the network has a unit that computes something; another one may be gone."""
    sizes, (layer, number) = frame.recipe.sizes, unit
    return 1 <= layer < len(sizes) and 0 <= number < sizes[layer]


def _steered(frame: Frame, run: Run) -> Frame:
    """Apply to a frame the changes that leave its state as it is."""
    applied, diagnosis = frame.changes_applied, frame.diagnosis
    for change in run.changes[applied:]:
        if change.epoch > frame.epoch or change.edits:
            break
        applied += 1
    if isinstance(diagnosis, Symptom):  # it may have to show again
        diagnosis = run.looks.at(Position(frame.epoch, applied)).symptom
    # A state that is shown until the next one is taken is none of the past.
    live = run.live if frame.is_past else Position(frame.epoch, applied)
    return replace(frame, changes_applied=applied, diagnosis=diagnosis, live=live)


def _with_run_so_far(frame: Frame, run: Run) -> Frame:
    test, test_curve = frame.test, run.history.test_curve()
    if test is not None and test_curve is not None:
        test = replace(test, curve=test_curve)
    return replace(
        frame,
        curve=run.history.curve(),
        findings=run.looks.findings,
        test=test,
        live=run.live,
        weights_broke_at=run.weights_broke_at,
    )


def _freeze(arrays: Iterable[Array]) -> None:
    for array in arrays:
        array.setflags(write=False)
