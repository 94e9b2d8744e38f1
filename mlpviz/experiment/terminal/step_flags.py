"""Which step `mlpviz step` is to take apart, as flags."""

import argparse
from typing import NamedTuple

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import MAX_EPOCHS
from mlpviz.experiment.terminal.recipe_flags import Once, flags_of, whole

STEP_FLAGS = ("--epoch", "--batch", "--sample")


class StepChoice(NamedTuple):
    """The step that is asked for.

    Parameters
    ----------
    epoch : of the state before it
    batch, sample : numbers from 0; None where none was typed
    as_json : whether it is to be printed as JSON
    """

    epoch: int = 0
    batch: int | None = None
    sample: int | None = None
    as_json: bool = False


def add_step_flags(group: argparse._ArgumentGroup) -> None:
    """Give a parser the flags of a step."""
    for flag, metavar, words in (
        ("--epoch", "K", tr("after how many epochs the step is taken (default 0)")),
        ("--batch", "J", tr("the step of the epoch, from 0, where it has many (default 0)")),
        ("--sample", "I", tr("the sample that is worked out, from 0 (default all of them)")),
    ):
        group.add_argument(*(flag,), action=Once, type=whole, metavar=metavar, help=words)


def step_choice(options: argparse.Namespace) -> StepChoice:
    """Return the step that parsed flags ask for.

    Raises
    ------
    ValueError
        with a sentence, for an epoch that there cannot be, and for a limit of epochs.
    """
    if "epochs" in flags_of(options):
        raise ValueError(tr("--epochs has no effect on a step: --epoch K says where it is taken."))
    epoch = getattr(options, "epoch", 0)
    if not 0 <= epoch <= MAX_EPOCHS:
        raise ValueError(
            tr("epoch must be from 0 to {most}. Got {epoch}.", most=MAX_EPOCHS, epoch=epoch)
        )
    return StepChoice(
        epoch,
        getattr(options, "batch", None),
        getattr(options, "sample", None),
        "json" in options,
    )
