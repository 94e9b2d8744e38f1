"""The readouts of the transport bar: how far training is, and how well it does."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.words.formats import (
    accuracy_text,
    chip_text,
    loss_text,
    r_squared_text,
)
from mlpviz.experiment.words.wrong_words import widest_wrong_words, wrong_words
from mlpviz.gui.look import sizes
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import CONTROLS_GAP, GAP, HALF_SPACE
from mlpviz.gui.look.sizing import NONE, fix, lay, px, text_width
from mlpviz.gui.parts.meanings import explained
from mlpviz.gui.views.controls.epoch_label import EpochLabel, width_in_past
from mlpviz.gui.views.controls.value_label import (
    ONE,
    TESTED,
    Room,
    RowNames,
    ValueLabel,
    beside,
    caption_label,
    captioned,
    headed,
    room_for,
)


class Readouts(QWidget):
    """Shows epoch, loss and accuracy of one run or two, with a test set or without."""

    def __init__(self) -> None:
        super().__init__()
        epoch, loss, accuracy = ONE.widths
        self.epoch_label = EpochLabel(epoch)
        self.loss_label = ValueLabel("loss_label", tr("Loss"), loss, "loss")
        self.accuracy_label = ValueLabel("accuracy_label", tr("Accuracy"), accuracy, "accuracy")
        _, test_loss, test_accuracy = TESTED.widths
        self.test_loss_label = ValueLabel("test_loss_label", tr("Test loss"), test_loss, "test_set")
        self.test_accuracy_label = ValueLabel(
            "test_accuracy_label", tr("Test accuracy"), test_accuracy, "test_set"
        )
        # How many samples are wrong, of the training and the test set.
        self.wrong_label = ValueLabel("wrong_label", tr("Wrong samples"), 0, "accuracy")
        self.test_wrong_label = ValueLabel(
            "test_wrong_label", tr("Wrong test samples"), 0, "test_set"
        )
        self._is_pair = self._has_test = self._is_r_squared = self._is_presenting = False
        self._is_brief = False
        self._are_counts_out = False
        self._live_in_past = 0  # the epoch beside the one of the past that is shown; 0 for none
        self._widest = [["", ""]] * 2  # what the counts say where all are wrong: in full, in brief
        self._room_key: object = None  # what the room that there is was made for
        self._shown: tuple[Frame, Frame | None] | None = None
        self.past_width = 0.0  # by which an epoch of the past is wider, in base sizes
        self.wrong_width = 0.0  # that the counts of wrong samples take in full, in base sizes
        self.brief_width = 0.0  # the same in brief, where there are rows
        self._assemble()

    @property
    def has_test(self) -> bool:
        """Whether there are numbers of a test set."""
        return self._has_test

    @property
    def is_full(self) -> bool:
        """Whether there are more numbers than those of one run without a test set."""
        return self._is_pair or self._has_test

    @property
    def are_rows(self) -> bool:
        """Whether the numbers of the test set stand below the others: beside is no room for all."""
        return self._is_pair and self._has_test

    def show_frame(self, frame: Frame, rival: Frame | None = None) -> None:
        """Show the numbers of a frame, or of two: "0.0015 | 0.2210"."""
        self._shown = frame, rival
        runs = (frame,) if rival is None else (frame, rival)
        tests = [run.test for run in runs if run.test is not None]  # of both, or of none
        self._name_score(is_r_squared=frame.recipe.is_regression)
        self._make_room(runs, tests)
        self.epoch_label.show_epoch(frame)
        write = brief_loss if tests or rival is not None else loss_text
        for label, text in (
            (self.loss_label, beside([write(run.loss) for run in runs])),
            (self.accuracy_label, beside([score_text(run) for run in runs])),
            (self.test_loss_label, beside([brief_loss(test.loss) for test in tests])),
            (self.test_accuracy_label, beside([score_text(test) for test in tests])),
            (self.wrong_label, self._count(wrong_words, runs, is_brief=self._is_brief)),
            (self.test_wrong_label, self._count(wrong_words, tests, is_brief=self._is_brief)),
        ):
            if label.text() != text:
                label.setText(text)

    def _name_score(self, *, is_r_squared: bool) -> None:
        """Say what stands where the accuracy does: R², where the targets are numbers."""
        if is_r_squared == self._is_r_squared:
            return
        self._is_r_squared = is_r_squared
        names = spoken = ("R²", tr("Test R²"))
        formula = tr("R² = 1 − mean squared error ÷ variance of the targets; 1 is perfect")
        tip = explained("r_squared", formula)
        if not is_r_squared:
            names, spoken = _scores(), (tr("Accuracy"), tr("Test accuracy"))
            tip = explained("accuracy")
        labels = (self.accuracy_label, self.test_accuracy_label)
        for i, (label, caption) in enumerate(zip(labels, self._score_captions, strict=True)):
            caption.setText(names[i])
            label.setAccessibleName(spoken[i])
            label.setToolTip(tip)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        for label in (*self._values(), *self._test_values(), *self._wrong_labels()):
            label.set_look(look)
        self._fit_numbers()  # the type of another factor is of another width

    def present(self, is_presenting: bool) -> None:
        """Show large numbers; or as usual again."""
        self._is_presenting = is_presenting
        self._fit_numbers()

    def shorten(self, is_brief: bool) -> None:
        """Leave out of how many samples some are wrong, where room is short."""
        if is_brief != self._is_brief:
            self._is_brief = is_brief
            if self._shown is not None:
                self.show_frame(*self._shown)

    def leave_counts_out(self, are_out: bool) -> None:
        """Count nothing, where not even what is brief has room."""
        if are_out != self._are_counts_out:
            self._are_counts_out = are_out
            self._show_counts()

    def _values(self) -> tuple["ValueLabel", ...]:
        return (self.epoch_label, self.loss_label, self.accuracy_label)

    def _test_values(self) -> tuple["ValueLabel", ...]:
        return (self.test_loss_label, self.test_accuracy_label)

    def _wrong_labels(self) -> tuple["ValueLabel", ...]:
        return (self.wrong_label, self.test_wrong_label)

    def _count(
        self, write: Callable[..., str], parts: Sequence[Frame | Held], *, is_brief: bool
    ) -> str:
        """Write how many samples of a set are wrong; nothing where there are no classes."""
        return write(parts, is_brief=is_brief) if parts and not self._is_r_squared else ""

    def _make_room(self, runs: Sequence[Frame], tests: Sequence[Held]) -> None:
        """Make room for the numbers of two runs, or of one: fixed, so that nothing jumps."""
        counts = [[len(part.X) for part in parts] for parts in (runs, tests)]
        self._live_in_past = max(run.live.epoch if run.is_past else 0 for run in runs)
        digits = len(str(self._live_in_past))
        key = (counts, digits, self._is_r_squared, self._is_brief)
        if key == self._room_key:
            return
        self._room_key = key
        self._is_pair, self._has_test = len(runs) > 1, bool(tests)
        self._widest = [
            [self._count(widest_wrong_words, parts, is_brief=is_brief) for parts in (runs, tests)]
            for is_brief in (False, True)
        ]
        self._fit_numbers()

    def _fit_numbers(self) -> None:
        room = room_for(
            is_pair=self._is_pair, has_test=self._has_test, is_presenting=self._is_presenting
        )
        are_rows = self.are_rows
        self._find_past_width(room, are_rows=are_rows)
        widths = (room.widths[0] + self.past_width, *room.widths[1:])
        height = room.row_height if are_rows else room.height
        for label, width in zip(self._values(), widths, strict=True):
            fix(label, width=width, height=height)
            label.set_type(room.type_size)
        if are_rows:
            fix(self.epoch_label, height=2 * room.row_height)
        homes = self._score_boxes if are_rows else self._test_boxes
        for home, label, width in zip(homes, self._test_values(), room.widths[1:], strict=True):
            fix(label, width=width, height=height)
            label.set_type(room.type_size if self._is_presenting else sizes.BODY)
            column = home.layout()
            assert column is not None
            column.addWidget(label)
            label.show()  # to have another parent hides it
        for box in self._test_boxes:
            box.setVisible(self._has_test and not self._is_pair)
        self._row_names.fit(room.row_height)
        self._row_names.setVisible(are_rows)
        self._fit_wrong(room, are_rows=are_rows)

    def _find_past_width(self, room: Room, *, are_rows: bool) -> None:
        """Find how much more room an epoch of the past takes; where there are rows it takes two.

        So it does in a presentation, where a number is as high as two rows.
        """
        self.past_width = 0.0
        if self._live_in_past and not are_rows:
            usual = sizes.SMALL if self._is_brief else min(room.type_size, sizes.BODY)
            least = sizes.LARGER if self._is_presenting else usual
            needed = width_in_past(self._live_in_past, least, are_rows=self._is_presenting)
            beyond = needed - room.widths[0]
            self.past_width = min(max(0.0, beyond), sizes.MOST_PAST_WIDTH)

    def _fit_wrong(self, room: Room, *, are_rows: bool) -> None:
        """Count beside the name of the accuracy, or where there are rows at the end of each.

        A count is as wide as when all are wrong, so that nothing moves while samples become right.
        """
        homes = [self._wrong_rows] * 2 if are_rows else self._heads
        height = room.row_height if are_rows else sizes.WRONG_HEIGHT
        for label, text, home in zip(
            self._wrong_labels(), self._widest[self._is_brief], homes, strict=True
        ):
            fix(label, width=_width(text), height=height)
            label.set_type(sizes.SMALL)
            row = home.layout()
            assert row is not None
            row.addWidget(label)
        self._show_counts()
        full, brief = ([_width(text) for text in widest] for widest in self._widest)
        self.brief_width = max(brief) if are_rows else 0.0
        number = room.widths[-1]
        names = [text_width(caption.text(), size=sizes.SMALL) for caption in self._score_captions]
        beyond = (n + CONTROLS_GAP + w - number for n, w in zip(names, full, strict=True) if w)
        self.wrong_width = max(full) + GAP if are_rows else sum(max(0.0, b) for b in beyond)

    def _show_counts(self) -> None:
        """Count what is wrong, if there is anything to count and room for it.

        On a projector four numbers leave no room for more: there the map alone shows it.
        """
        are_rows = self.are_rows
        for label, text in zip(self._wrong_labels(), self._widest[self._is_brief], strict=True):
            label.setVisible(bool(text) and (are_rows or not self._are_counts_out))
        has_room = not self._is_presenting and not self._are_counts_out
        self._wrong_box.setVisible(are_rows and not self._is_r_squared and has_room)

    def _assemble(self) -> None:
        row = QHBoxLayout(self)
        lay(row, GAP, NONE)
        self._score_captions = [caption_label(text) for text in _scores()]
        self._heads = [
            headed(caption, count)
            for caption, count in zip(self._score_captions, self._wrong_labels(), strict=True)
        ]
        captions: tuple[tuple[str | QWidget, QLabel], ...] = (
            (tr("Epoch"), self.epoch_label),
            (tr("Loss"), self.loss_label),
            (self._heads[0], self.accuracy_label),
        )
        boxes = [captioned(caption, label) for caption, label in captions]
        self._score_boxes = boxes[1:]
        self._row_names = RowNames()
        self._row_names.hide()
        for box in (boxes[0], self._row_names, *self._score_boxes):
            row.addWidget(box)
        self._test_boxes = [
            captioned(tr("Test loss"), self.test_loss_label),
            captioned(self._heads[1], self.test_accuracy_label),
        ]
        for box, label in zip(self._test_boxes, self._test_values(), strict=True):
            label.set_type(sizes.BODY)
            box.hide()
            row.addWidget(box)
        self._wrong_rows = QWidget()
        lay(QVBoxLayout(self._wrong_rows), 0, NONE)
        self._wrong_box = captioned("", self._wrong_rows)
        self._wrong_box.hide()
        row.addWidget(self._wrong_box)


def score_text(part: Frame | Held) -> str:
    """Write the accuracy, or R² where the targets are no classes, and so the accuracy is NaN."""
    is_regression = math.isnan(part.accuracy)
    return r_squared_text(part.r_squared) if is_regression else accuracy_text(part.accuracy)


def brief_loss(loss: float) -> str:
    """Write a loss that has half the room: of one of two runs, or beside that of a test set."""
    return loss_text(loss) if math.isfinite(loss) else chip_text(loss)


def _scores() -> tuple[str, str]:
    """Return what stands above the accuracies of the training and the test set."""
    return tr("Accuracy"), tr("Test acc.")


def _width(text: str) -> float:
    """Return the room that a count takes, in base sizes."""
    if not text:
        return 0.0
    # Type has whole pixels: at a factor it can be a little larger than the factor says.
    type_share = px(sizes.SMALL) / (sizes.SMALL * current_look().factor)
    return text_width(text, size=sizes.SMALL, bold=True) * max(1.0, type_share) + HALF_SPACE
