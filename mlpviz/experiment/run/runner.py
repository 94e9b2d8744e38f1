"""The runner: the trainer thread, with one inbox down and one slot up.

Orders go into a queue. Frames come out of a slot in which the latest wins: sixty times a second
while training runs, and whenever the trainer is about to rest. A new one is only captured when the
last one has been taken, or would be out of date for long.

Python runs one thread at a time. Two that both want to run hand its lock to and fro, and each
waits for the other at every call: drawing a frame then takes several times as long, and training
hardly moves. So they take turns: while a frame is being shown the trainer rests. It does so for
`SHOWING_SECONDS` at most, and a screen that hangs does not stop it.
"""

import math
import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.interruption import Answer, Interrupted
from mlpviz.experiment.run.orders import (
    Branch,
    BranchOf,
    ChangeRecipes,
    Edit,
    Kept,
    Order,
    Pause,
    PlanReplay,
    Play,
    Reset,
    Rest,
    Restore,
    RunEpoch,
    SetSpeed,
    ShowWanted,
)
from mlpviz.experiment.run.pace import FRAME_SECONDS
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.trainer import Trainer
from mlpviz.experiment.run.want import Want

SHOWING_SECONDS = 0.05  # how long the trainer waits at most until a frame has been shown
TRAINING_SHARE = 0.25  # so long it trains at least before the next one, of the time that took


@dataclass(frozen=True, slots=True)
class Update:
    """What crosses from the trainer to the screen: a frame of each run, and how things stand.

    Parameters
    ----------
    frames : one per run, all of the same epoch
    is_playing : whether the trainer goes on
    is_at_limit : whether it paused because the recipe's number of epochs was reached
    error : a sentence, when the trainer failed
    is_under_way : whether the epoch after that of the frames is not done yet, and takes long
    is_held : whether it was paused before its end
    share_restored : how much of runs that come back has been computed, 0 to 1; None where none do
    share_branched : likewise of the way to where branches begin
    share_found : how much of the way to the past state that is wanted has been computed, 0 to 1;
        the frames show the nearest state that is kept until then. None where none is sought.
    replay_plan : at which epochs the frames of a replay stand; None where that was not asked for,
        or the runs have changed since then
    turns : how many orders to play or to pause had been carried out
    """

    frames: tuple[Frame, ...]
    is_playing: bool
    is_at_limit: bool = False
    error: str = ""
    is_under_way: bool = False
    is_held: bool = False
    share_restored: float | None = None
    share_branched: float | None = None
    share_found: float | None = None
    replay_plan: tuple[int, ...] | None = None
    turns: int = 0


class Runner:
    """Trains one or more runs in lockstep on a thread of its own.

    Parameters
    ----------
    recipes : one per run
    speed : epochs per second; None for as fast as it goes
    wake : called from the trainer thread when an update is ready to be taken
    numbers : of the runs; none for new ones
    """

    def __init__(
        self,
        recipes: tuple[Recipe, ...],
        wake: Callable[[], None],
        speed: float | None = 100.0,
        numbers: tuple[int, ...] = (),
    ) -> None:
        self._inbox: queue.SimpleQueue[Order] = queue.SimpleQueue()
        self._waiting: deque[Order] = deque()  # taken out of the inbox, and not yet obeyed
        # Both ends of a deque are atomic: an update cannot get lost between look and take.
        self._slot: deque[Update] = deque(maxlen=1)
        self._wake = wake
        self._trainer = Trainer(speed, self._heed)
        self._has_stopped = False
        self._is_shown = threading.Event()
        self._next_frame = 0.0  # when the screen wants one
        self._was_interrupted = False
        self._thread = threading.Thread(target=self._work, name="trainer", daemon=True)
        self._inbox.put(ChangeRecipes(recipes, numbers=numbers))
        self._thread.start()

    def play(self) -> None:
        """Order `Play`."""
        self._inbox.put(Play())

    def pause(self) -> None:
        """Order `Pause`."""
        self._inbox.put(Pause())

    def run_epoch(self) -> None:
        """Order `RunEpoch`."""
        self._inbox.put(RunEpoch())

    def reset(self, numbers: tuple[int, ...] = ()) -> None:
        """Order `Reset`."""
        self._inbox.put(Reset(numbers))

    def change(
        self,
        recipes: tuple[Recipe, ...],
        kept: int | None = None,
        *,
        restarts: bool = False,
        numbers: tuple[int, ...] = (),
    ) -> None:
        """Order `ChangeRecipes`."""
        self._inbox.put(ChangeRecipes(recipes, kept, restarts, numbers))

    def branch(self, *branches: BranchOf) -> None:
        """Order `Branch`."""
        self._inbox.put(Branch(branches))

    def restore(
        self,
        runs: tuple[Kept, ...],
        recipes: tuple[Recipe, ...],
        positions: tuple[Position, ...] = (),
    ) -> None:
        """Order `Restore`."""
        self._inbox.put(Restore(runs, recipes, positions))

    def edit(self, run_number: int, edits: tuple[tuple[int, float], ...]) -> None:
        """Order `Edit`."""
        self._inbox.put(Edit(run_number, edits))

    def set_speed(self, speed: float | None) -> None:
        """Order `SetSpeed`."""
        self._inbox.put(SetSpeed(speed))

    def want(self, *wants: Want) -> None:
        """Order `ShowWanted`: what is wanted of each run, or of all."""
        self._inbox.put(ShowWanted(wants))

    def plan_replay(self, frames: int) -> None:
        """Order `PlanReplay`."""
        self._inbox.put(PlanReplay(frames))

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
        self._inbox.put(Rest())
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while not self._has_stopped:
            try:
                self._serve_inbox()
                if self._was_interrupted:  # a frame may take long, and an answer must not
                    self._was_interrupted = False
                    self._trainer.recapture()
                    self._send()
                if self._trainer.is_slow:  # what the next epoch begins with is to be seen meanwhile
                    self._publish()
                if not self._has_stopped:
                    self._trainer.burst(self._next_frame)
                    self._publish()
            except Interrupted:
                self._was_interrupted = True  # the order that did so is served next
            except Exception as problem:
                # Whatever went wrong belongs on the screen; the thread must live on.
                self._trainer.fail(problem)
                self._send()

    def _serve_inbox(self) -> None:
        """Wait for an order as long as there is nothing else to do, then obey all there are."""
        rest = self._trainer.seconds_to_next_burst(self._next_frame)
        try:
            order = self._next_order(rest)
            while not self._has_stopped:
                self._trainer.obey(order)
                if isinstance(order, RunEpoch):
                    break  # a key held down must not keep its own epochs from being shown
                order = self._next_order(0.0)
        except queue.Empty:
            pass

    def _next_order(self, seconds: float | None) -> Order:
        """Take the next order, waiting so long for it, or with None for ever.

        Raises
        ------
        queue.Empty
            when there is none.
        """
        if self._waiting:
            return self._waiting.popleft()
        return self._inbox.get_nowait() if seconds == 0.0 else self._inbox.get(timeout=seconds)

    def _heed(self) -> None:
        """Serve what orders have come in the middle of something slow; wait there while it is held.

        Raises
        ------
        Interrupted
            when one of them is not to wait until it is done.
        """
        trainer = self._trainer
        # Called after each of thousands of steps, mostly for nothing.
        if self._inbox.empty() and time.perf_counter() < trainer.speaks_at:
            return
        while True:
            if self._has_stopped:
                raise Interrupted
            is_held, started = trainer.is_held, time.perf_counter()
            try:
                order = self._inbox.get() if is_held else self._inbox.get_nowait()
            except queue.Empty:
                break
            if is_held:
                trainer.note_held(time.perf_counter() - started)
            answer = trainer.obey_midway(order)
            if answer is not Answer.OBEYED:
                self._waiting.append(order)
            if answer is Answer.INTERRUPTS:
                raise Interrupted
            self._send()
        if time.perf_counter() >= trainer.speaks_at:
            trainer.speaks_at = math.inf
            self._send()

    def _publish(self) -> None:
        trainer = self._trainer
        rest = trainer.seconds_to_next_burst(self._next_frame)
        is_resting = rest is None or rest > FRAME_SECONDS
        is_due = not self._slot and time.perf_counter() >= self._next_frame
        if trainer.has_news and (is_due or is_resting or trainer.is_slow):
            trainer.capture()
            self._send()

    def _send(self) -> None:
        trainer = self._trainer
        if self._has_stopped or not (trainer.frames or trainer.error):
            return  # whoever waited for it may be gone, or there is nothing to show yet
        coming = trainer.on_the_way
        update = Update(
            trainer.frames,
            trainer.is_playing,
            trainer.is_at_limit,
            trainer.error,
            trainer.is_under_way,
            trainer.is_held,
            share_restored=None if coming is None or coming.are_branches else coming.share,
            share_branched=coming.share if coming is not None and coming.are_branches else None,
            share_found=trainer.share_found,
            replay_plan=trainer.planner.plan,
            turns=trainer.turns,
        )
        # In step with the screen where that can be, and not in haste after a delay.
        now = time.perf_counter()
        self._next_frame = max(self._next_frame, now - FRAME_SECONDS) + FRAME_SECONDS
        self._is_shown.clear()
        self._slot.append(update)
        self._wake()
        if update.is_playing or update.share_found is not None:
            self._is_shown.wait(SHOWING_SECONDS)
            # A screen that is slow, on a small or a busy machine, must not take all the time.
            shown = time.perf_counter()
            self._next_frame = max(self._next_frame, shown + TRAINING_SHARE * (shown - now))
