"""The runner: the trainer thread, with one inbox down and one slot up.

Orders go into a queue. Frames come out of a slot in which the latest wins: sixty times a second
while training runs, and whenever the trainer is about to rest. A new one is only captured when the
last one has been taken, or would be out of date for long.

Python runs one thread at a time. Two that both want to run hand its lock to and fro, and each
waits for the other at every call: drawing a frame then takes several times as long, and training
hardly moves. So they take turns: while a frame is being shown the trainer rests. It does so for
`SHOWING_SECONDS` at most, and a screen that hangs does not stop it.
"""

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mlpviz.experiment.frame import Frame, capture
from mlpviz.experiment.pictures import Box
from mlpviz.experiment.recipe import Effect, Recipe, effect_of_change
from mlpviz.experiment.run import Run

BURST_SECONDS = 0.0015  # how long the trainer works before it looks into the inbox
SHOWING_SECONDS = 0.05  # how long it waits at most until a frame has been shown
PACE_SECONDS = 0.004  # the shortest rest worth taking between slow epochs
# Between frames no rest is longer: a processor that slept for ten milliseconds is slow to come
# back, and then every fiftieth frame takes 25 ms or more.
NAP_SECONDS = 0.001
FRAME_SECONDS = 1.0 / 60.0


@dataclass(frozen=True, slots=True)
class Update:
    """What crosses from the trainer to the screen: a frame of each run, and how things stand.

    Parameters
    ----------
    frames : one per run, all of the same epoch
    is_playing : whether the trainer goes on
    is_at_limit : whether it paused because the recipe's number of epochs was reached
    error : a sentence, when the trainer failed
    """

    frames: tuple[Frame, ...]
    is_playing: bool
    is_at_limit: bool = False
    error: str = ""


class Runner:
    """Trains one or more runs in lockstep on a thread of its own.

    Parameters
    ----------
    recipes : one per run
    speed : epochs per second; None for as fast as it goes
    wake : called from the trainer thread when an update is ready to be taken
    """

    def __init__(
        self, recipes: tuple[Recipe, ...], wake: Callable[[], None], speed: float | None = 100.0
    ) -> None:
        self._inbox: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        # Both ends of a deque are atomic: an update cannot get lost between look and take.
        self._slot: deque[Update] = deque(maxlen=1)
        self._wake = wake
        self._trainer = _Trainer(speed)
        self._has_stopped = False
        self._is_shown = threading.Event()
        self._next_frame = 0.0  # when the screen wants one
        self._thread = threading.Thread(target=self._work, name="trainer", daemon=True)
        self._inbox.put(("change", recipes))
        self._thread.start()

    def play(self) -> None:
        """Train on. At the epoch limit, go on without one."""
        self._inbox.put(("play", None))

    def pause(self) -> None:
        """Stop after the present epoch."""
        self._inbox.put(("pause", None))

    def step(self) -> None:
        """Pause and train for one epoch."""
        self._inbox.put(("step", None))

    def reset(self) -> None:
        """Go back to epoch 0 with the same initial weights; what was playing plays on."""
        self._inbox.put(("reset", None))

    def change(self, recipes: tuple[Recipe, ...]) -> None:
        """Take over new recipes; what this does to the runs is `effect_of_change`."""
        self._inbox.put(("change", recipes))

    def new_weights(self) -> None:
        """Draw the next weight seed; what was playing plays on."""
        self._inbox.put(("new_weights", None))

    def edit(self, side: int, run_number: int, edits: tuple[tuple[int, float], ...]) -> None:
        """Set parameters of a run by hand, unless it is no longer the run of this number."""
        self._inbox.put(("edit", (side, run_number, edits)))

    def set_speed(self, speed: float | None) -> None:
        """Set the epochs per second; None for as fast as it goes."""
        self._inbox.put(("set_speed", speed))

    def look(self, box: Box | None) -> None:
        """Compute the surface over this box from now on; None for the data's own."""
        self._inbox.put(("look", box))

    def take(self) -> Update | None:
        """Take the latest update out of the slot; None when there is none since the last call."""
        try:
            return self._slot.pop()
        except IndexError:
            return None

    def shown(self) -> None:
        """Say that the update taken last has been shown, so that training can go on."""
        self._is_shown.set()

    def stop(self, timeout: float = 2.0) -> bool:
        """End the thread. Return whether it ended in time."""
        self._has_stopped = True
        self._is_shown.set()
        self._inbox.put(("rest", None))
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while not self._has_stopped:
            try:
                self._serve_inbox()
                if not self._has_stopped:
                    self._trainer.burst(self._next_frame)
                    self._publish()
            except Exception as problem:
                # Whatever went wrong belongs on the screen; the thread must live on.
                self._trainer.fail(problem)
                self._send(self._trainer.last_update())

    def _serve_inbox(self) -> None:
        """Wait for an order as long as there is nothing else to do, then obey all there are."""
        rest = self._trainer.seconds_to_next_burst(self._next_frame)
        try:
            order = self._inbox.get(timeout=rest) if rest != 0.0 else self._inbox.get_nowait()
            while not self._has_stopped:
                self._trainer.obey(*order)
                if order[0] == "step":
                    break  # a key held down must not keep its own epochs from being shown
                order = self._inbox.get_nowait()
        except queue.Empty:
            pass

    def _publish(self) -> None:
        trainer = self._trainer
        rest = trainer.seconds_to_next_burst(self._next_frame)
        is_resting = rest is None or rest > FRAME_SECONDS
        is_due = not self._slot and time.perf_counter() >= self._next_frame
        if trainer.has_news and (is_due or is_resting):
            self._send(trainer.update())

    def _send(self, update: Update) -> None:
        if self._has_stopped:
            return  # whoever waited for it may be gone
        # In step with the screen where that can be, and not in haste after a delay.
        now = time.perf_counter()
        self._next_frame = max(self._next_frame, now - FRAME_SECONDS) + FRAME_SECONDS
        self._is_shown.clear()
        self._slot.append(update)
        self._wake()
        if update.is_playing:
            self._is_shown.wait(SHOWING_SECONDS)


class _Trainer:
    """The runs and what is being done with them; everything here happens on the one thread."""

    def __init__(self, speed: float | None) -> None:
        self.has_news = False
        self._runs: list[Run] = []
        self._frames: tuple[Frame, ...] = ()
        self._box: Box | None = None
        self._is_playing = False
        self._is_at_limit = False
        self._is_unlimited = False
        self._error = ""
        self._pace = _Pace(speed)
        self._burst_epochs = 1
        self._epoch_seconds = BURST_SECONDS

    def obey(self, order: str, value: Any) -> None:
        """Carry out one order: each is the method of that name."""
        self.has_news = True
        if order not in ("look", "set_speed", "rest"):
            self._error = ""  # to look at it from nearer does not mend it
        handlers: dict[str, Callable[[Any], None]] = {
            "play": self._play,
            "pause": self._pause,
            "step": self._step,
            "reset": self._reset,
            "change": self._change,
            "new_weights": self._new_weights,
            "edit": self._edit,
            "set_speed": self._set_speed,
            "look": self._look,
            "rest": lambda _: None,
        }
        handlers[order](value)

    def seconds_to_next_burst(self, next_frame: float) -> float | None:
        """Return how long to rest; None when there is nothing to do until an order comes.

        Parameters
        ----------
        next_frame : when it is due, as `time.perf_counter` counts
        """
        if not self._is_playing:
            return None
        if not self._pace.is_between_frames:
            return self._pace.rest(PACE_SECONDS)
        now = time.perf_counter()
        due = self._pace.due(max(now, next_frame))
        # Just in time: frames would come unevenly were they to wait for the next epoch.
        in_time = max(0.0, next_frame - now - due * self._epoch_seconds)
        return min(NAP_SECONDS, in_time if due > 0 else self._pace.rest())

    def burst(self, until: float) -> None:
        """Train for the epochs that are due, or for a few milliseconds.

        Parameters
        ----------
        until : when the next frame is due, as `time.perf_counter` counts
        """
        if not self._is_playing:
            return
        due = self._pace.due()
        # Where the screen can follow, every epoch is drawn: one at a time.
        most = 1 if self._pace.is_slow else self._fitting_epochs(until - time.perf_counter())
        epochs = min(due, most, self._epochs_to_limit())
        if epochs > 0:
            started = time.perf_counter()
            self._advance(epochs)
            self._pace.spend(epochs)
            self._fit_burst(epochs, time.perf_counter() - started)
        if self._epochs_to_limit() == 0:
            self._is_playing, self._is_at_limit = False, True

    def update(self) -> Update:
        """Capture every run."""
        self._frames = tuple(capture(run, self._box) for run in self._runs)
        self.has_news = False
        return self.last_update()

    def last_update(self) -> Update:
        """Return the last frames with how things stand now."""
        return Update(self._frames, self._is_playing, self._is_at_limit, self._error)

    def fail(self, problem: Exception) -> None:
        """Pause, and keep a sentence for the screen."""
        self._is_playing = self.has_news = False
        text = str(problem) or "no further word"
        self._error = f"Training stopped: {type(problem).__name__}: {text}"

    def _play(self, _: None) -> None:
        if self._epochs_to_limit() == 0:
            self._is_unlimited = True
        self._is_playing, self._is_at_limit = True, False
        self._pace.restart()

    def _pause(self, _: None) -> None:
        self._is_playing = False

    def _step(self, _: None) -> None:
        self._is_playing = self._is_at_limit = False
        self._advance(1)

    def _reset(self, _: None) -> None:
        self._begin([run.successor(run.recipe) for run in self._runs])

    def _new_weights(self, _: None) -> None:
        self._change(tuple(run.recipe.with_new_weights() for run in self._runs))

    def _change(self, recipes: tuple[Recipe, ...]) -> None:
        if len(recipes) != len(self._runs):
            self._change_number(recipes)
            return
        effects = [
            effect_of_change(run.recipe, recipe)
            for run, recipe in zip(self._runs, recipes, strict=True)
        ]
        if all(effect in (Effect.NONE, Effect.LIVE) for effect in effects):
            for run, recipe in zip(self._runs, recipes, strict=True):
                self._is_unlimited &= run.recipe.epochs == recipe.epochs
                run.change(recipe)
            self._is_at_limit &= self._epochs_to_limit() == 0
        else:  # one epoch counter for all: when one starts over, all do
            self._begin(
                [run.successor(recipe) for run, recipe in zip(self._runs, recipes, strict=True)]
            )

    def _change_number(self, recipes: tuple[Recipe, ...]) -> None:
        """Train one run where there were two, or two where there was one."""
        kept = [run for recipe in recipes for run in self._runs if run.recipe == recipe][:1]
        if len(kept) == len(recipes):  # one of those compared goes on alone
            self._runs = kept
        elif self._runs:
            first = self._runs[0]
            self._begin([first.successor(recipe) for recipe in recipes])
        else:
            self._begin([Run(recipe) for recipe in recipes])

    def _edit(self, order: tuple[int, int, tuple[tuple[int, float], ...]]) -> None:
        side, number, edits = order
        for run in self._runs[side : side + 1]:
            if run.number == number:  # what was meant may have gone while the order came
                run.edit(edits)

    def _set_speed(self, speed: float | None) -> None:
        self._pace = _Pace(speed)

    def _look(self, box: Box | None) -> None:
        self._box = box

    def _begin(self, runs: list[Run]) -> None:
        # The new runs are complete before the old ones go: a failure loses nothing.
        self._runs = runs
        self._is_unlimited = self._is_at_limit = False
        # An epoch may now take a thousand times as long.
        self._burst_epochs, self._epoch_seconds = 1, BURST_SECONDS
        self._pace.restart()

    def _advance(self, epochs: int) -> None:
        for run in self._runs:
            run.advance(epochs)
        self.has_news = True

    def _epochs_to_limit(self) -> int:
        limits = [run.recipe.epochs for run in self._runs if run.recipe.epochs > 0]
        if self._is_unlimited or not limits:
            return 1 << 30
        return max(0, min(limits) - self._runs[0].training.epoch)

    def _fitting_epochs(self, seconds: float) -> int:
        """Return how many epochs a burst has that should end in time for the next frame."""
        if seconds <= 0.0:  # a frame is overdue: somebody is slow, and it is not the trainer
            seconds = BURST_SECONDS
        return max(1, min(self._burst_epochs, int(seconds / self._epoch_seconds)))

    def _fit_burst(self, epochs: int, seconds: float) -> None:
        """Adapt the size of a burst to the speed seen, at most doubling it at once."""
        self._epoch_seconds = max(seconds / epochs, 1e-7)
        fitting = max(1, int(BURST_SECONDS / self._epoch_seconds))
        self._burst_epochs = min(fitting, 2 * self._burst_epochs)


class _Pace:
    """So many epochs per second; None is as fast as it goes."""

    def __init__(self, speed: float | None) -> None:
        self._speed = speed
        self.restart()

    @property
    def is_slow(self) -> bool:
        """Whether a screen can show every epoch."""
        return self._speed is not None and self._speed * FRAME_SECONDS < 1.0

    @property
    def is_between_frames(self) -> bool:
        """Whether an epoch is due more often than a frame, and yet only now and then."""
        return self._speed is not None and not self.is_slow

    def restart(self) -> None:
        """Count from now; the first epoch is due at once."""
        self._start = time.perf_counter()
        self._spent = 0

    def due(self, now: float | None = None) -> int:
        """Return how many epochs are due by now, or by another time."""
        if self._speed is None:
            return 1 << 30
        now = time.perf_counter() if now is None else now
        return 1 + int((now - self._start) * self._speed) - self._spent

    def spend(self, epochs: int) -> None:
        """Note that these epochs are done. What a slow machine cannot keep up with is dropped."""
        self._spent += epochs
        if self._speed is not None and self.due() > self._speed * 0.25 + 1:
            self.restart()

    def rest(self, least: float = 0.0) -> float:
        """Return the seconds until the next burst is due; 0 for at once, else the least or more."""
        if self._speed is None or self.due() > 0:
            return 0.0
        next_due = self._start + self._spent / self._speed
        return max(least, next_due - time.perf_counter())
