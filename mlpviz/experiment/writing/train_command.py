"""What `mlpviz train` prints: a run that is trained without a window."""

import json
import time
from typing import NamedTuple

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.remaking import remaking
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.sharing import Shared
from mlpviz.experiment.run.start import hold_out
from mlpviz.experiment.words.messages import stuck_words
from mlpviz.experiment.writing.printout import printout_lines, result_dict
from mlpviz.experiment.writing.training_bar import train_with_bar


class Printed(NamedTuple):
    """The result of a run as text, and what keeps it from learning; "" where nothing does."""

    text: str
    problem: str


def trained(shared: Shared, *, as_json: bool) -> Printed:
    """Train what was shared to its limit.

    Raises
    ------
    ValueError
        with a sentence, for a recipe without a limit, or with one before its last turn.
    """
    if shared.recipe.epochs == 0:
        raise ValueError(tr("epochs must be at least 1 to train without a window. Got 0."))
    started, limit = time.perf_counter(), shared.at_limit().epoch
    if shared.record is None:
        run = Run(shared.recipe, is_tested=False)  # at its end alone, which is much faster
    else:
        *_, run = remaking(shared.record)
    train_with_bar(run.training, limit, run.advance)
    recipe, training = run.recipe, run.training
    held_out = hold_out(recipe, training.network)
    if not as_json:
        return Printed("\n".join(printout_lines(recipe, training, held_out)), stuck_words(run))
    result = result_dict(recipe, training, time.perf_counter() - started, held_out)
    if shared.record is not None:
        result["recipe"] = Shared(shared.recipe, (), shared.record).to_dict()
    return Printed(json.dumps(result), "")
