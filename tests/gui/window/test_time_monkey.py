"""Whatever is done with time, what is shown is true: of the weights shown, and as shown before."""

import random
from collections.abc import Callable

import numpy as np
import pytest
import reference
from gui.conftest import OpenWindow
from gui.helpers import child, press
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.formats import accuracy_text, epoch_text, loss_text
from mlpviz.experiment.words.time_words import shown_epoch_text
from mlpviz.gui.window.main import MainWindow

Key, Modifier = Qt.Key, Qt.KeyboardModifier
KEYS = (
    *((Key.Key_Left, modifier) for modifier in (Modifier.NoModifier, Modifier.ShiftModifier)),
    *((Key.Key_Right, modifier) for modifier in (Modifier.NoModifier, Modifier.ShiftModifier)),
    *((key, Modifier.ControlModifier) for key in (Key.Key_Left, Key.Key_Right)),
    *((key, Modifier.ControlModifier) for key in (Key.Key_Z, Key.Key_Y)),
    *((key, Modifier.NoModifier) for key in (Key.Key_Home, Key.Key_End, Key.Key_Space)),
    *((key, Modifier.NoModifier) for key in (Key.Key_K, Key.Key_G, Key.Key_W)),
)
AT_MOST = 20_000  # epochs, so that a run that is made again is not what the test waits for


class Witness:
    """Sees each update that is shown, and checks it against the weights and what was seen before.

    Parameters
    ----------
    window : whose updates they are
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._seen: dict[tuple[int, Position], bytes] = {}
        self.count = self.past = 0
        window.runs.updated.connect(self.see)

    def see(self, update: Update) -> None:
        """Check all frames, and the labels of a run that is alone."""
        for frame in update.frames:
            self.count += 1
            self.past += frame.is_past
            self._check_numbers(frame)
            key = frame.run_number, frame.position
            assert self._seen.setdefault(key, frame.parameters.tobytes()) == (
                frame.parameters.tobytes()
            ), key
        if len(update.frames) == 1:
            self._check_labels(update.frames[0])

    def _check_numbers(self, frame: Frame) -> None:
        weights, biases = frame.layers()
        with np.errstate(all="ignore"):
            output = reference.forward(frame.X, weights, biases)[-1][:, 0]
            loss = reference.cross_entropy(frame.Y, output)
        np.testing.assert_allclose(frame.predictions, output, rtol=1e-9, atol=1e-12)
        if np.isfinite(loss):  # the textbook's takes the logarithm of 0 where a sample is certain
            np.testing.assert_allclose(frame.loss, loss, rtol=1e-6)
        assert frame.accuracy == np.mean((output > 0.5) == (frame.Y > 0.5))

    def _check_labels(self, frame: Frame) -> None:
        epochs = {shown_epoch_text(frame), epoch_text(frame.epoch)}
        assert child(self._window, "epoch_label").text() in epochs
        assert child(self._window, "loss_label").text() == loss_text(frame.loss)
        assert child(self._window, "accuracy_label").text() == accuracy_text(frame.accuracy)


class Monkey:
    """Does to the time of a window what comes to mind, in no order."""

    def __init__(self, window: MainWindow, dice: random.Random) -> None:
        self._window, self._dice = window, dice
        self._acts: tuple[Callable[[], object], ...] = (
            *(self._key,) * 6,
            self._go_somewhere,
            self._go_somewhere,
            self._change,
            self._edit,
            self._freeze,
            self._trigger,
        )

    def act(self) -> None:
        """Do one thing."""
        self._dice.choice(self._acts)()

    def _key(self) -> None:
        press(*self._dice.choice(KEYS))

    def _go_somewhere(self) -> None:
        time = self._window.time
        time.go_to(self._dice.randint(0, max(1, time.live.epoch)))

    def _change(self) -> None:
        choices = {
            "learning_rate": (0.1, 0.3, 1.0, 3.0),
            "batch_size": (0, 1, 10),
            "optimizer": ("gradient_descent", "momentum", "adam"),
            "regularization": ("none", "l2"),
        }
        name = self._dice.choice(list(choices))
        runs = self._window.runs
        runs.change(revised(runs.choices[0], **{name: self._dice.choice(choices[name])}))

    def _edit(self) -> None:
        place, value = self._dice.randrange(12), self._dice.uniform(-3.0, 3.0)
        self._window.edits.edit(0, place, value, self._dice.randrange(3))

    def _freeze(self) -> None:
        self._window.edits.freeze(0, self._dice.randrange(12), self._dice.random() < 0.5)

    def _trigger(self) -> None:
        names = ("go_on_from_here", "compare_with_old_future", "reset", "step")
        actions = {action.objectName(): action for action in self._window.actions()}
        actions[f"{self._dice.choice(names)}_action"].trigger()


@pytest.mark.parametrize("actions", [60, pytest.param(5000, marks=pytest.mark.slow)])
def test_whatever_is_done_with_time_what_is_shown_is_true(
    qtbot: QtBot, open_in_test: OpenWindow, actions: int
) -> None:
    window = open_in_test(Recipe(dataset="xor", epochs=AT_MOST))
    witness, dice = Witness(window), random.Random(5)
    monkey = Monkey(window, dice)
    window.runs.run_epoch()
    qtbot.waitUntil(lambda: window.time.live.epoch > 0)
    for _ in range(actions):
        monkey.act()
        for _ in range(dice.randrange(6)):
            QCoreApplication.processEvents()
    press(Key.Key_End)
    qtbot.waitUntil(lambda: not window.time.is_in_past)
    assert witness.past > 0
    assert witness.count > witness.past
