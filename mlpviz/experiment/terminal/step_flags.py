"""Which step `mlpviz step` is to take apart, as flags."""

import argparse
from pathlib import Path
from typing import NamedTuple

from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words
from mlpviz.experiment.recipe.recipe import MAX_EPOCHS
from mlpviz.experiment.terminal.recipe_flags import Once, flags_of, whole
from mlpviz.experiment.terminal.table_flags import one_of

STEP_FLAGS = ("--epoch", "--batch", "--sample", "--sheet", "--cover")
COVERS = ("none", "results", "all")  # what is left to be filled in on a sheet
SHEET_ENDINGS = (".html", ".htm")


class StepChoice(NamedTuple):
    """The step that is asked for.

    Parameters
    ----------
    epoch : of the state before it
    batch, sample : numbers from 0; None where none was typed
    as_json : whether it is to be printed as JSON
    sheet : the page that is to be written instead; None for none
    cover : of COVERS, on that
    """

    epoch: int = 0
    batch: int | None = None
    sample: int | None = None
    as_json: bool = False
    sheet: Path | None = None
    cover: str = COVERS[0]


def add_step_flags(group: argparse._ArgumentGroup) -> None:
    """Give a parser the flags of a step."""
    for flag, metavar, words in (
        ("--epoch", "K", tr("after how many epochs the step is taken (default 0)")),
        ("--batch", "J", tr("the step of the epoch, from 0, where it has many (default 0)")),
        ("--sample", "I", tr("the sample that is worked out, from 0 (default all of them)")),
    ):
        group.add_argument(*(flag,), action=Once, type=whole, metavar=metavar, help=words)
    group.add_argument(
        "--sheet",
        action=Once,
        type=Path,
        metavar="FILE",
        help=tr("write it as a page of HTML, to be printed, of one sample (default sample 0)"),
    )
    group.add_argument(
        "--cover",
        action=Once,
        type=one_of(COVERS),
        metavar=",".join(COVERS),
        help=tr(
            "what is to be filled in on the sheet: nothing, each result, or the numbers in the "
            "formulas, too; the second page is then the key (default {cover})",
            cover=COVERS[0],
        ),
    )


def step_choice(options: argparse.Namespace) -> StepChoice:
    """Return the step that parsed flags ask for.

    Raises
    ------
    ValueError
        with a sentence, for an epoch that there cannot be, for a limit of epochs, and for a sheet
        that is not written so.
    """
    if "epochs" in flags_of(options):
        raise ValueError(tr("--epochs has no effect on a step: --epoch K says where it is taken."))
    epoch = getattr(options, "epoch", 0)
    if not 0 <= epoch <= MAX_EPOCHS:
        raise ValueError(
            tr("epoch must be from 0 to {most}. Got {epoch}.", most=MAX_EPOCHS, epoch=epoch)
        )
    sheet = getattr(options, "sheet", None)
    if sheet is None and "cover" in options:
        raise ValueError(tr("--cover has no effect without --sheet FILE."))
    if sheet is not None and "json" in options:
        raise ValueError(tr("--json has no effect on a sheet: --sheet writes a page."))
    if sheet is not None and sheet.suffix.lower() not in SHEET_ENDINGS:
        raise ValueError(
            tr("{name} is not written: a step sheet ends in .html.", name=path_words(sheet))
        )
    return StepChoice(
        epoch,
        getattr(options, "batch", None),
        getattr(options, "sample", None),
        "json" in options,
        sheet,
        getattr(options, "cover", COVERS[0]),
    )
