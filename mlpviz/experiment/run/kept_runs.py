"""Runs that were left, so that they can come back at once, within a budget of memory.

They rest: only their histories are kept, and the states in which they were left. When the budget is
full, the oldest loses every other checkpoint, again and again; one that has none left but its first
goes, unless another is a branch of it. What has gone is made again from its record.
"""

from collections.abc import Mapping, Sequence

from mlpviz.engine import Heed
from mlpviz.experiment.run.orders import Kept
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.remaking import remaking
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.ways import Way, one_by_one

BUDGET_BYTES = 64_000_000
MOST = 200  # of a hundred steps back, each of two runs


class KeptRuns:
    """The runs that were left, the oldest first.

    Parameters
    ----------
    budget_bytes : an upper bound for all of them, but for the first states of those that are needed
    """

    def __init__(self, budget_bytes: int = BUDGET_BYTES) -> None:
        self._budget_bytes = budget_bytes
        self._runs: dict[int, Run] = {}  # by their numbers

    @property
    def nbytes(self) -> int:
        """The memory that they take."""
        return sum(run.nbytes for run in self._runs.values())

    def bring_back(
        self, wanted: Sequence[Kept], present: Sequence[Run], heed: Heed
    ) -> Way[list[Run]]:
        """Find runs, or make them again.

        Parameters
        ----------
        present : the runs that are trained now
        heed : called on the way
        """
        known = self._runs | {run.number: run for run in present}
        return one_by_one([_found(kept, known, heed) for kept in wanted])

    def change_over(self, left: Sequence[Run], present: Sequence[Run]) -> None:
        """Keep the runs that are left, and no longer those that are trained now."""
        for run in left:
            self._runs.pop(run.number, None)  # the one left last is the youngest
            if run not in present and run.live > Position(0, 0):  # or nothing has happened in it
                self._keep(run)
        for run in (*self._runs.values(), *present):
            for before in _before(run):  # one that was made again with its branch is not there yet
                if before not in present and before.number not in self._runs:
                    self._keep(before)
        for run in present:
            self._runs.pop(run.number, None)
        self._make_room(present)

    def _keep(self, run: Run) -> None:
        run.rest()
        self._runs[run.number] = run

    def _make_room(self, present: Sequence[Run]) -> None:
        while len(self._runs) > MOST or self.nbytes > self._budget_bytes:
            if not self._give_something_up(present):
                return

    def _give_something_up(self, present: Sequence[Run]) -> bool:
        """Let the oldest run lose checkpoints, or go; return whether there was anything to lose."""
        for run in self._runs.values():
            if self.nbytes > self._budget_bytes and run.history.thin():
                return True
            if not self._is_needed(run, present):
                del self._runs[run.number]
                return True
        return False

    def _is_needed(self, run: Run, present: Sequence[Run]) -> bool:
        """Tell whether a run is asked for the past of another."""
        return any(run in _before(other) for other in (*present, *self._runs.values()))


def _found(kept: Kept, known: Mapping[int, Run], heed: Heed) -> Way[Run]:
    if kept.number is not None and kept.number in known:
        return known[kept.number]
    course = remaking(kept.record, kept.ghost, heed)
    run = next(course)
    for run in course:
        yield run.history.epoch / max(1, kept.record.epoch)
    run.number = run.number if kept.number is None else kept.number
    return run


def _before(run: Run) -> list[Run]:
    """Return the runs that one is a branch of, the latest first."""
    found = []
    while run.stem is not None:
        parent = run.stem.parent
        assert isinstance(parent, Run)  # there is no other kind
        run = parent
        found.append(run)
    return found
