"""What is said of where in time one is: at a moment of the past, or at the present one."""

from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import shown
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.words.formats import epoch_text, share_text

MOST_DIGITS = 15  # of an epoch that is typed


def epoch_of_words(epoch: int, live: int) -> str:
    """Write an epoch of the past beside the one that the run has come to: 1 234 of 56 789."""
    return tr("{epoch} of {live}", epoch=epoch_text(epoch), live=epoch_text(live))


def shown_epoch_text(frame: Frame) -> str:
    """Write the epoch that is shown, and where it is past how far the run is."""
    if frame.is_past:
        return epoch_of_words(frame.epoch, frame.live.epoch)
    return epoch_text(frame.epoch)


def time_words(epoch: int, live: int, *, is_past: bool) -> str:
    """Say in a sentence where in time one is."""
    if is_past:
        return tr(
            "Epoch {epoch} of {live}, in the past.", epoch=epoch_text(epoch), live=epoch_text(live)
        )
    return tr("Epoch {epoch}, the present one.", epoch=epoch_text(epoch))


def past_words(*, is_training: bool) -> str:
    """Say that the past is looked at, and what can be done there."""
    if is_training:
        return tr(
            "This is the past, while training goes on: Space replays from here, End is live again."
        )
    return tr("This is the past: Space replays from here, End is live again.")


def replay_words(*, is_training: bool) -> str:
    """Say that the past goes by again."""
    if is_training:
        return tr("This is a replay, while training goes on: Space stops it, End is live again.")
    return tr("This is a replay: Space stops it, End is live again.")


def whole_run_words() -> str:
    """Say that a whole run goes by, at a pace of its own."""
    return tr("This is the whole run in ten seconds: Space stops it, End is live again.")


def ahead_words(epoch: int, limit: int) -> str:
    """Say how far training is, before the whole run is shown."""
    return tr(
        "Training ahead: epoch {epoch} of {limit}. Space gives it up.",
        epoch=epoch_text(epoch),
        limit=epoch_text(limit),
    )


def planned_words() -> str:
    """Say that the pace of the whole run is being found."""
    return tr("Finding where the picture changes most. Space gives it up.")


def found_words(share: float) -> str:
    """Say how far a state of the past has been computed again."""
    return tr("This epoch is computed again: {share}.", share=share_text(share, 0))


def typed_epoch(text: str, live: int) -> int:
    """Read the epoch that somebody typed; its thousands may stand apart.

    Parameters
    ----------
    live : the epoch that the run has come to

    Raises
    ------
    ValueError
        with a sentence, for what is no epoch that the run has passed.
    """
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(
            tr(
                "An epoch is a whole number from 0 to {live}. Got {got}.",
                live=epoch_text(live),
                got=shown(text),
            )
        )
    # A number of a thousand digits is beyond every run, too, and takes long to read.
    if len(digits.lstrip("0")) > MOST_DIGITS or int(digits) > live:
        raise ValueError(
            tr(
                "The run is at epoch {live}, and has not come to epoch {epoch} yet.",
                live=epoch_text(live),
                epoch=shown(text.strip()),
            )
        )
    return int(digits)
