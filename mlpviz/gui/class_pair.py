"""Ground truth beside prediction: two scatter plots, and the confusion matrix that counts them."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mlpviz.engine import Array
from mlpviz.engine.training import correct_samples
from mlpviz.experiment.formats import accuracy_text, epoch_text, r_squared_text
from mlpviz.experiment.frame import Frame
from mlpviz.gui.assets import ui_font
from mlpviz.gui.canvas import Mapping, Mark, Markers, Segments, Still
from mlpviz.gui.drawn_points import drawn_samples
from mlpviz.gui.palette import output_scale
from mlpviz.gui.plots import solid
from mlpviz.gui.theme import BODY, GAP, SMALL, Theme, current_theme
from mlpviz.gui.value_points import ValuePoints

TITLES = ("Ground truth", "Predict result")
NO_CLASS = 2
CLASS_NAMES = ("● 0", "■ 1", "no class")
TITLE_HEIGHT = 22.0
CROWD = 300  # so many points are drawn smaller
RING = 17.0
CELL_HEIGHT, MATRIX_WIDTH, NAME_WIDTH = 26.0, 188, 48.0
MATRIX_HEIGHT = int(TITLE_HEIGHT + 4 * CELL_HEIGHT + GAP)
CENTRED = Qt.AlignmentFlag.AlignCenter

Classes = NDArray[np.intp]


def predicted_classes(predictions: Array) -> Classes:
    """Return 0 or 1 for each sample, or NO_CLASS where the prediction is not finite."""
    classes = (predictions > 0.5).astype(np.intp)
    return np.where(np.isfinite(predictions), classes, NO_CLASS)


def confusion(truth: Array, predictions: Array) -> NDArray[np.intp]:
    """Count the samples by ground truth (2 rows) and predicted class (3 columns)."""
    cells = 3 * (truth > 0.5).astype(np.intp) + predicted_classes(predictions)
    return np.bincount(cells, minlength=6).reshape(2, 3)


class Scatter:
    """The points of the data in the colours and shapes of some classes."""

    def __init__(self) -> None:
        self._points = (Markers(), Markers(is_square=True))
        self._crosses = Segments()
        self._still = Still(*self._points, self._crosses)
        self._key = b""

    def take(self, X: Array, classes: Classes) -> bool:
        """Take over points and classes; return whether they have changed."""
        key = X.tobytes() + classes.tobytes()
        if key == self._key:
            return False
        self._key = key
        self._size = 5.0 if len(X) > CROWD else 8.0
        for number, markers in enumerate(self._points):
            markers.size = self._size
            markers.set_data(*X[classes == number].T)
        self._none = X[classes == NO_CLASS]
        self._still.change()
        return True

    def dress(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        for markers, colour in zip(self._points, (theme.class_0, theme.class_1), strict=True):
            markers.brush = QBrush(QColor(colour))
            markers.pen = solid(theme.outline, 1.0)
        self._crosses.pen = solid(theme.hatch, 1.8)
        self._still.change()

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint the points."""
        # A cross has a size in pixels, and lies where these pixels do.
        dx = (mapping.box.right - mapping.box.left) / mapping.width * self._size / 2
        dy = (mapping.box.top - mapping.box.bottom) / mapping.height * self._size / 2
        ends = np.array([(-dx, -dy), (dx, dy), (-dx, dy), (dx, -dy)])
        self._crosses.set_data(*(self._none[:, np.newaxis] + ends).reshape(-1, 2).T)
        self._still.paint(painter, mapping)


class ClassPair(QWidget):
    """Shows the data twice: in the classes they have, and in those that are predicted."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("class_pair")
        self.setAccessibleName("Ground truth and predict result")
        self.setToolTip("The samples in the class they have, and in the class that is predicted")
        self._frame: Frame | None = None
        self._sample: int | None = None
        self._scatters = (Scatter(), Scatter())
        self._values = (ValuePoints(), ValuePoints())  # of a regression
        self.set_theme(current_theme())

    def show_frame(self, frame: Frame) -> None:
        """Show the classes of a frame."""
        if self._frame is None or frame.X is not self._frame.X:
            self._shown = drawn_samples(len(frame.X))
            self._X = frame.X[self._shown]
        self._frame = frame
        if frame.recipe.is_regression:
            self._show_values(frame)
            return
        truth = (frame.Y[self._shown] > 0.5).astype(np.intp)
        predicted = predicted_classes(frame.predictions[self._shown])
        has_changed = [
            scatter.take(self._X, classes)
            for scatter, classes in zip(self._scatters, (truth, predicted), strict=True)
        ]
        if any(has_changed):
            wrong = int((truth != predicted).sum())
            self.setAccessibleDescription(
                f"{wrong} of {len(truth)} samples drawn have another class on the right."
            )
            self.update()

    def _show_values(self, frame: Frame) -> None:
        """Show targets and outputs as colours on the scale of the map."""
        scale = output_scale(frame.surface, frame.recipe)
        size = 5.0 if len(self._X) > CROWD else 8.0
        has_changed = [
            points.show(self._X, numbers[self._shown], scale, size)
            for points, numbers in zip(self._values, (frame.Y, frame.predictions), strict=True)
        ]
        if any(has_changed):
            self.update()
        self.setAccessibleDescription(f"R² is {r_squared_text(frame.r_squared)}.")

    def select_sample(self, sample: int | None) -> None:
        """Mark a sample."""
        self._sample = sample
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self._theme = theme
        for marks in (*self._scatters, *self._values):
            marks.dress(theme)
        self.update()

    def height_for(self, width: float) -> int:
        """Return the height at which two squares fill a width."""
        return int((width - 2 * GAP - 1) / 2 + TITLE_HEIGHT + 2)

    def plot_rects(self) -> tuple[QRectF, QRectF]:
        """Return where the two plots lie: squares, one beside the other."""
        side = min((self.width() - 2 * GAP - 1) / 2, self.height() - TITLE_HEIGHT - 1)
        first = QRectF(0.5, TITLE_HEIGHT, side, side)
        return first, first.translated(side + 2 * GAP, 0)

    def _paint_plot(
        self, painter: QPainter, rect: QRectF, title: str, marks: Mark, frame: Frame
    ) -> None:
        painter.setFont(ui_font(SMALL, bold=True))
        painter.setPen(QColor(self._theme.text))
        room = QRectF(rect.left(), 0, rect.width(), TITLE_HEIGHT)
        painter.drawText(room, CENTRED, title)
        painter.setPen(QPen(QColor(self._theme.line), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        painter.save()
        painter.translate(rect.topLeft())
        mapping = Mapping(frame.box, rect.width(), rect.height())
        marks.paint(painter, mapping)
        if self._sample is not None and self._sample < len(frame.X):
            x, y = frame.X[self._sample, :, np.newaxis]
            centre = QPointF(float(mapping.x(x)[0]), float(mapping.y(y)[0]))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((self._theme.panel, 6.0), (self._theme.accent, 2.5)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawEllipse(centre, RING / 2, RING / 2)
        painter.restore()

    def sizeHint(self) -> QSize:
        """Ask for two small squares."""
        return QSize(400, 220)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both plots."""
        if self._frame is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_regression = self._frame.recipe.is_regression
        drawn: tuple[Mark, ...] = self._values if is_regression else self._scatters
        for rect, title, marks in zip(self.plot_rects(), TITLES, drawn, strict=True):
            self._paint_plot(painter, rect, title, marks, self._frame)
        painter.end()


class ConfusionMatrix(QWidget):
    """Counts the samples by ground truth and predicted class, and tells the accuracy."""

    def __init__(self, name: str = "confusion_matrix", label: str = "Confusion matrix") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.part = ""  # of which samples these are the counts, where there are others
        self.setToolTip("How many samples of each class (rows) are predicted as which (columns)")
        self.setFixedWidth(MATRIX_WIDTH)
        self._counts: NDArray[np.intp] = np.zeros((2, 3), np.intp)
        self._accuracy = ""
        self._theme = current_theme()

    def show_frame(self, frame: Frame) -> None:
        """Count the samples of a frame that train."""
        part = "" if frame.test is None else "train"
        self.show_counts(part, frame.Y, frame.predictions, frame.accuracy)

    def show_counts(self, part: str, truth: Array, predictions: Array, share: float) -> None:
        """Count some samples, by their targets and outputs.

        Parameters
        ----------
        part : which samples they are, in a word; "" where there are no others
        share : of them that are right
        """
        counts = confusion(truth, predictions)
        correct = int(correct_samples(predictions, truth).sum())
        accuracy = f"accuracy {accuracy_text(share)}"
        is_known = np.array_equal(counts, self._counts) and accuracy == self._accuracy
        if is_known and part == self.part:
            return
        self._counts, self._accuracy, self.part = counts, accuracy, part
        self.setAccessibleDescription(
            f"{correct} of {len(truth)} {f'{part} ' if part else ''}samples are correct. "
            + " ".join(
                f"Of class {row}, {counts[row, predicted]} predicted as {name}."
                for row in range(2)
                for predicted, name in enumerate(("0", "1", "no class"))
            )
        )
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take over the colours of a theme."""
        self._theme = theme
        self.update()

    def cells(self) -> list[list[str]]:
        """Return the counts as they are written, without the last column where nothing is in it."""
        columns = 3 if self._counts[:, NO_CLASS].any() else 2
        return [[epoch_text(count) for count in row] for row in self._counts[:, :columns].tolist()]

    def _paint_names(self, painter: QPainter, width: float, columns: int) -> None:
        above = QRectF(NAME_WIDTH, 0, self.width() - NAME_WIDTH, TITLE_HEIGHT)
        painter.drawText(above, CENTRED, "predicted")
        painter.drawText(QRectF(0, 0, NAME_WIDTH, TITLE_HEIGHT), CENTRED, self.part.upper())
        painter.drawText(_cell(-1, -1, width), CENTRED, "truth")
        for column in range(columns):
            painter.drawText(_cell(-1, column, width), CENTRED, CLASS_NAMES[column])
        for row in range(2):
            painter.drawText(_cell(row, -1, width), CENTRED, CLASS_NAMES[row])

    def _paint_cell(self, painter: QPainter, place: QRectF, count: str, is_correct: bool) -> None:
        painter.setPen(QColor(self._theme.line))
        painter.drawRect(place)
        painter.setFont(ui_font(BODY, bold=is_correct))
        painter.setPen(QColor(self._theme.text if is_correct else self._theme.quiet))
        painter.drawText(place, CENTRED, count)

    def sizeHint(self) -> QSize:
        """Ask for room for two rows of counts and their headings."""
        return QSize(MATRIX_WIDTH, MATRIX_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the table."""
        painter = QPainter(self)
        rows = self.cells()
        width = (self.width() - NAME_WIDTH - 1) / len(rows[0])
        painter.setFont(ui_font(SMALL))
        painter.setPen(QColor(self._theme.quiet))
        self._paint_names(painter, width, len(rows[0]))
        for row, counts in enumerate(rows):
            for column, count in enumerate(counts):
                self._paint_cell(painter, _cell(row, column, width), count, row == column)
        painter.setFont(ui_font(BODY, bold=True))
        painter.setPen(QColor(self._theme.text))
        below = QRectF(0, TITLE_HEIGHT + 3 * CELL_HEIGHT + GAP, self.width(), CELL_HEIGHT)
        painter.drawText(below, CENTRED, self._accuracy)
        painter.end()


def _cell(row: int, column: int, width: float) -> QRectF:
    """Return the place of a count; row -1 and column -1 are those of the names."""
    left, top = NAME_WIDTH + column * width, TITLE_HEIGHT + CELL_HEIGHT * (row + 1)
    return (
        QRectF(0, top, NAME_WIDTH, CELL_HEIGHT)
        if column < 0
        else QRectF(left, top, width, CELL_HEIGHT)
    )
