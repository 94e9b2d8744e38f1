"""The sample table's model: it reads the arrays of a frame, one cell at a time, when it is shown.

A row is a place in the table, a sample a row of the data: `_order` leads from one to the other.
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from mlpviz.engine import Array
from mlpviz.engine.marked import marked
from mlpviz.engine.scores import NO_CLASS
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.readings import correct_of, predicted_of
from mlpviz.experiment.words.formats import share_text, value_text
from mlpviz.experiment.words.names import are_numbers, short_names
from mlpviz.gui.plots.class_names import CLASS_GLYPHS
from mlpviz.gui.views.samples.sample_inputs import SampleInputs, SampleTargets

AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
CLASS_ROLE = Qt.ItemDataRole.UserRole  # a ClassCell, or None of a cell that names no class
NO_CLASS_TEXT = marked("no class")

RIGHT, WRONG = marked("yes"), marked("no")


class ClassCell(NamedTuple):
    """A cell that names one of several classes: its mark, its name, and an output, if any."""

    number: int
    name: str
    output: str = ""

    @property
    def rest(self) -> str:
        """What follows the name."""
        return f" · {self.output}" if self.output else ""


@dataclass(frozen=True, slots=True)
class Column:
    """What stands above a column, and what it means: for its tooltip."""

    heading: str
    meaning: str


NUMBER, X1, X2, TRUTH, PREDICTION, CORRECT, SHARE = range(7)
COLUMNS = (
    Column(marked("no."), marked("The number of the sample, from 0. Click to sort.")),
    Column("x₁", marked("The first input, as the network gets it. Click to sort.")),
    Column("x₂", marked("The second input, as the network gets it. Click to sort.")),
    Column(marked("ground truth"), marked("The class that the sample has. Click to sort.")),
    Column(marked("prediction"), marked("The output ŷ; above 0.5 it is class 1. Click to sort.")),
    Column(
        marked("correct"), marked("Whether the predicted class is the ground truth. Click to sort.")
    ),
    Column(
        marked("share of loss"),
        marked("The loss of this sample ÷ the sum over all samples. Click to sort."),
    ),
)


# The same columns where the targets are numbers rather than classes.
NUMBER_COLUMNS = (
    *COLUMNS[:TRUTH],
    Column(marked("ground truth"), marked("The target that the sample has. Click to sort.")),
    Column(marked("prediction"), marked("The output ŷ. Click to sort.")),
    Column(marked("error"), marked("The prediction − the ground truth. Click to sort.")),
    COLUMNS[SHARE],
)


# The same columns where an output unit stands for each of several classes.
CLASS_COLUMNS = (
    *COLUMNS[:PREDICTION],
    Column(
        marked("prediction"),
        marked("The class with the largest output, and that output. Click to sort."),
    ),
    *COLUMNS[CORRECT:],
)


def loss_shares(losses: Array) -> Array:
    """Return which share of the sum each sample's loss is; NaN where the sum is not finite."""
    with np.errstate(all="ignore"):
        total = losses.sum()
        if not np.isfinite(total):
            return np.full(len(losses), np.nan)
        return losses / total if total else np.zeros(len(losses))


class SampleModel(QAbstractTableModel):
    """A row per sample, sorted by any column."""

    def __init__(self) -> None:
        super().__init__()
        self._frame: Frame | None = None
        self._order: NDArray[np.intp] = np.arange(0)
        self._rows: NDArray[np.intp] = self._order  # the way back: of each sample its row
        self._shares: Array = np.zeros(0)
        self._inputs, self._targets = SampleInputs(None), SampleTargets(None, np.zeros(0))
        self._sorting = (NUMBER, Qt.SortOrder.AscendingOrder)

    def show_frame(self, frame: Frame) -> bool:
        """Take over a frame; return whether its data are others, and every row is new."""
        is_new = self._frame is None or frame.X is not self._frame.X  # one run's frames share it
        if is_new:
            self.beginResetModel()
        self._frame = frame
        self._shares = loss_shares(frame.sample_losses)
        if is_new:
            own = frame.recipe.used_own
            self._inputs, self._targets = SampleInputs(own), SampleTargets(own, frame.Y)
            self._set_order(self._sorted())
            self.endResetModel()
        elif self._sorting[0] in (PREDICTION, CORRECT, SHARE):
            self._sort_again()
        return is_new

    def announce(self, first: int, last: int) -> None:
        """Have the rows from first to last written again."""
        if 0 <= first <= last < self.rowCount():
            self.dataChanged.emit(self.index(first, PREDICTION), self.index(last, SHARE))

    def sample_of(self, row: int) -> int:
        """Return the sample that stands in a row."""
        return int(self._order[row])

    def row_of(self, sample: int) -> int:
        """Return the row in which a sample stands."""
        return int(self._rows[sample])

    @property
    def has_many_classes(self) -> bool:
        """Whether there is an output unit for each of several classes."""
        return self._frame is not None and self._frame.recipe.outputs > 1

    @property
    def has_own_inputs(self) -> bool:
        """Whether the inputs are those of own data, of any length."""
        return self._inputs.own is not None

    @property
    def _are_named(self) -> bool:
        """Whether the classes have names of their own, which may be too long for a cell."""
        return self._frame is not None and not are_numbers(short_names(self._frame.recipe))

    def headings(self) -> tuple[str, ...]:
        """Return what stands above the columns."""
        return tuple(self._heading(column) for column in range(len(COLUMNS)))

    def widest_inputs(self) -> tuple[str, ...]:
        """Return the longest text of either input."""
        if self._frame is None:
            return ()
        return tuple(self._inputs.widest(axis, x) for axis, x in enumerate(self._frame.X.T))

    @property
    def widest_target(self) -> str:
        """The longest text of targets that are own data, and of what is computed; else ""."""
        return self._targets.widest

    def _heading(self, column: int) -> str:
        own = self._inputs.heading(column - X1) if column in (X1, X2) else ""
        return own or tr(self._columns()[column].heading)

    def _meaning(self, column: int) -> str:
        own = {
            X1: lambda: self._inputs.meaning(0),
            X2: lambda: self._inputs.meaning(1),
            TRUTH: self._targets.truth_meaning,
            PREDICTION: self._targets.prediction_meaning,
        }.get(column, str)()
        return own or tr(self._columns()[column].meaning)

    def _columns(self) -> tuple[Column, ...]:
        if self._frame is not None and self._frame.recipe.is_regression:
            return NUMBER_COLUMNS
        return CLASS_COLUMNS if self.has_many_classes else COLUMNS

    def _keys(self, column: int) -> Array:
        assert self._frame is not None
        frame = self._frame
        if column in (X1, X2):
            values: Array = frame.X[:, column - X1]
            return values
        return {
            NUMBER: lambda: np.arange(len(frame.X), dtype=np.float64),
            TRUTH: lambda: frame.Y,
            PREDICTION: lambda: _prediction_keys(frame),
            CORRECT: lambda: _correct_keys(frame),
            SHARE: lambda: self._shares,
        }[column]()

    def _sorted(self) -> NDArray[np.intp]:
        column, direction = self._sorting
        keys = self._keys(column)
        # Turned round by its sign, what is not a number stays last, and equals stay in order.
        return np.argsort(
            keys if direction == Qt.SortOrder.AscendingOrder else -keys, kind="stable"
        )

    def _set_order(self, order: NDArray[np.intp]) -> None:
        self._order = order
        self._rows = np.empty_like(order)
        self._rows[order] = np.arange(len(order))

    def _sort_again(self) -> None:
        """Put the rows in order; what is selected stays the same sample."""
        order = self._sorted()
        if np.array_equal(order, self._order):
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        samples = [self.sample_of(index.row()) for index in before]
        self._set_order(order)
        after = [
            self.index(self.row_of(sample), index.column())
            for sample, index in zip(samples, before, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _text(self, frame: Frame, sample: int, column: int) -> str:
        if column == NUMBER:
            return str(sample)
        if column in (X1, X2):
            axis = column - X1
            return self._inputs.text(axis, float(frame.X[sample, axis]))
        if column in (TRUTH, PREDICTION, CORRECT) and frame.recipe.is_regression:
            return self._target_text(frame, sample, column)
        if column == TRUTH or (column == PREDICTION and self.has_many_classes):
            cell = _class_cell(frame, sample, column)
            if cell is None:
                return tr(NO_CLASS_TEXT)
            return f"{CLASS_GLYPHS[cell.number]} {cell.name}{cell.rest}"
        if column == PREDICTION:
            return value_text(float(frame.predictions[sample]), 4)
        if column == CORRECT:
            return tr(RIGHT if correct_of(frame, slice(sample, sample + 1))[0] else WRONG)
        # The more samples, the smaller the shares: a mean one has two figures or three.
        decimals = 2 + max(0, math.floor(math.log10(len(self._shares) / 100)))
        return share_text(float(self._shares[sample]), decimals)

    def _target_text(self, frame: Frame, sample: int, column: int) -> str:
        target, output = float(frame.Y[sample]), float(frame.predictions[sample])
        if column == TRUTH:
            return self._targets.truth(target)
        if column == PREDICTION:
            return self._targets.prediction(output)
        return self._targets.error(output - target)

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many samples there are."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell; of one that names a class what it says, and all outputs."""
        if self._frame is None or not index.isValid():
            return None
        sample, column = self.sample_of(index.row()), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self._frame, sample, column)
        is_class = column in (TRUTH, PREDICTION) and self.has_many_classes
        if role == CLASS_ROLE and (is_class or (column == TRUTH and self._are_named)):
            return _class_cell(self._frame, sample, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            if is_class:
                return outputs_text(self._frame, sample)
            if column == TRUTH and self._are_named:
                return self._text(self._frame, sample, TRUTH)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the heading of a column and its meaning."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._meaning(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, stable, with what is not a number last."""
        # -1 is the header's word for none: the order of the data.
        self._sorting = (max(column, NUMBER), order)
        if self._frame is not None:
            self._sort_again()


def outputs_text(frame: Frame, sample: int) -> str:
    """Write what the unit of each class gives for a sample, a line each."""
    truth, outputs = int(frame.Y[sample]), frame.predictions[:, sample].tolist()
    lines = [
        f"{CLASS_GLYPHS[number]} {name}: {value_text(output, 4)}"
        for number, (name, output) in enumerate(
            zip(short_names(frame.recipe), outputs, strict=True)
        )
    ]
    lines[truth] = tr("{line}  (ground truth)", line=lines[truth])
    return "\n".join(lines)


def _class_cell(frame: Frame, sample: int, column: int) -> ClassCell | None:
    """Return the class that a cell of ground truth or prediction names, if it is one."""
    number, output = int(frame.Y[sample]), ""
    if column == PREDICTION:
        number = int(predicted_of(frame, slice(sample, sample + 1))[0])
        if number == NO_CLASS:
            return None
        output = value_text(float(frame.predictions[number, sample]), 4)
    return ClassCell(number, short_names(frame.recipe)[number], output)


def _prediction_keys(frame: Frame) -> Array:
    """Return what the samples are sorted by in the column "prediction".

    Of several classes this is the class, and within it the output.
    """
    if frame.recipe.outputs == 1:
        return frame.predictions
    predicted = frame.predicted
    # The rank of an output, whatever it is, divided by their number: less than a whole class.
    ranks = np.unique(frame.predictions.max(axis=0), return_inverse=True)[1]
    return np.where(predicted == NO_CLASS, np.nan, predicted + ranks / len(ranks))


def _correct_keys(frame: Frame) -> Array:
    """Return what the samples are sorted by in the column "correct", or "error"."""
    if frame.recipe.is_regression:
        with np.errstate(all="ignore"):
            errors: Array = frame.predictions - frame.Y
        return errors
    return frame.correct.astype(np.float64)
