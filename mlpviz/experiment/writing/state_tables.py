"""What a moment of the runs is in numbers, as CSV: its weights, its samples, the losses so far.

Every number reads back to the bit; what is not finite stands as nan, inf or -inf. Of two runs that
are compared a first column says whose row it is, A or B; what only one of them has is empty.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from mlpviz.engine.scores import NO_CLASS
from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.names import name_of

SIDES = ("A", "B")
BIAS = "bias"  # in place of the unit that a weight comes from
TRAINING, TEST = "training", "test"


class Table(NamedTuple):
    """The rows of one run, and what stands above them."""

    header: tuple[str, ...]
    rows: Iterator[Sequence[object]]


def weights_csv(frames: Sequence[Frame]) -> str:
    """Write every weight and bias of the states shown: from which unit to which.

    Layers are counted from 1, the first after the inputs. Frozen is 1 for what training leaves.
    """
    header = ("layer", "from", "to", "value", "frozen")
    return _csv([Table(header, _weight_rows(frame)) for frame in frames])


def samples_csv(frames: Sequence[Frame]) -> str:
    """Write every sample, with inputs, target and prediction; those of the test set come last.

    Correct is 1 where the predicted class is the target; of numbers as targets the error stands
    there. With a unit per class the output of each stands last, and no class is predicted where
    they are not finite.
    """
    return _csv([_samples(frame) for frame in frames])


def losses_csv(frames: Sequence[Frame]) -> str:
    """Write the losses of the runs so far: the least and the greatest of so many epochs each.

    All finite is 1 where none of them was not a number or infinite. The losses on the test set
    stand beside them, where there is one.
    """
    return _csv([_losses(frame) for frame in frames])


def _csv(tables: Sequence[Table]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if len(tables) == 1:
        writer.writerow(tables[0].header)
        writer.writerows(tables[0].rows)
        return text.getvalue()
    names = list(dict.fromkeys(chain.from_iterable(table.header for table in tables)))
    writer.writerow(["run", *names])
    for side, table in zip(SIDES, tables, strict=True):
        for row in table.rows:
            cells = dict(zip(table.header, row, strict=True))
            writer.writerow([side, *(cells.get(name, "") for name in names)])
    return text.getvalue()


def _weight_rows(frame: Frame) -> Iterator[Sequence[object]]:
    recipe, frozen = frame.recipe, set(frame.recipe.frozen)
    weights, biases = frame.layers()
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True), 1):
        sources = [*(name_of(recipe, layer - 1, unit) for unit in range(len(W))), BIAS]
        targets = [name_of(recipe, layer, unit) for unit in range(len(b))]
        for source, values in enumerate([*W.tolist(), b.tolist()]):
            row = source if source < len(W) else None  # the biases follow the last one
            for unit, value in enumerate(values):
                is_frozen = Place(layer, unit, row).position(recipe.sizes) in frozen
                yield layer, sources[source], targets[unit], value, int(is_frozen)


def _samples(frame: Frame) -> Table:
    recipe = frame.recipe
    names: tuple[str, ...] = ("prediction", "error" if recipe.is_regression else "correct")
    if recipe.outputs > 1:
        outputs = (name_of(recipe, len(recipe.sizes) - 1, unit) for unit in range(recipe.outputs))
        names = ("predicted", "correct", *outputs)
    return Table(("set", "sample", "x1", "x2", "target", *names), _sample_rows(frame))


def _sample_rows(frame: Frame) -> Iterator[Sequence[object]]:
    parts: list[tuple[str, Frame | Held]] = [(TRAINING, frame)]
    if frame.test is not None:
        parts.append((TEST, frame.test))
    for name, part in parts:
        results = _results(part, is_regression=frame.recipe.is_regression)
        targets = part.Y.tolist() if frame.recipe.is_regression else part.Y.astype(int).tolist()
        pairs = zip(part.X.tolist(), targets, results, strict=True)
        for number, ((x1, x2), target, result) in enumerate(pairs):
            yield name, number, x1, x2, target, *result


def _results(part: Frame | Held, *, is_regression: bool) -> Iterator[Sequence[object]]:
    """Give what stands of each sample behind its target."""
    predictions = part.predictions
    if is_regression:
        yield from zip(predictions.tolist(), (predictions - part.Y).tolist(), strict=True)
        return
    correct = map(int, part.correct.tolist())
    if part.outputs == 1:
        yield from zip(predictions.tolist(), correct, strict=True)
        return
    rows = zip(part.predicted.tolist(), correct, predictions.T.tolist(), strict=True)
    for number, is_correct, outputs in rows:
        yield "" if number == NO_CLASS else number, is_correct, *outputs


def _losses(frame: Frame) -> Table:
    curve, test = frame.curve, None if frame.test is None else frame.test.curve
    stride, last = curve.stride, frame.live.epoch
    count = len(curve.low)
    firsts = [bucket * stride for bucket in range(count)]
    columns: dict[str, Sequence[object]] = {
        "first_epoch": firsts,
        "last_epoch": [min(first + stride - 1, last) for first in firsts],  # it may not be full
        "lowest_loss": curve.low.tolist(),
        "highest_loss": curve.high.tolist(),
        "all_finite": [int(not is_broken) for is_broken in curve.broken.tolist()],
    }
    if test is not None:
        columns["lowest_test_loss"] = test.low.tolist()
        columns["highest_test_loss"] = test.high.tolist()
    return Table(tuple(columns), zip(*columns.values(), strict=True))
