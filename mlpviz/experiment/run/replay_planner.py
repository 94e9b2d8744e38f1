"""The planning of a replay, in slices between which the trainer serves others."""

import time
from collections.abc import Generator, Sequence

from mlpviz.experiment.run.equal_change import plan_equal_change
from mlpviz.experiment.run.run import Run

SLICE_SECONDS = 0.008


class ReplayPlanner:
    """Finds at which epochs the frames of a replay stand, as long as the runs stay as they are."""

    def __init__(self) -> None:
        self.plan: tuple[int, ...] | None = None  # the epochs, once they are found
        self._planning: Generator[None, None, tuple[int, ...]] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a plan is being made."""
        return self._planning is not None

    def begin(self, runs: Sequence[Run], frames: int) -> None:
        """Begin with a plan for so many frames."""
        self.drop()
        self._planning = plan_equal_change(runs, frames)

    def drop(self) -> None:
        """Forget the plan: the runs go on, or others begin."""
        self.plan = self._planning = None

    def go_on(self) -> bool:
        """Go on with it for a slice; return whether it is complete now."""
        planning, until = self._planning, time.perf_counter() + SLICE_SECONDS
        while planning is not None and time.perf_counter() < until:
            try:
                next(planning)
            except StopIteration as end:
                if planning is self._planning:
                    self.plan, self._planning = end.value, None
                    return True
            planning = self._planning  # an order that came meanwhile may have dropped it
        return False
