"""How many samples are wrong, in words: beside the accuracy, and wherever they are counted."""

from collections.abc import Sequence

from mlpviz.experiment.language import count_text, tr, tr_plural
from mlpviz.experiment.run.frame import Frame, Held


def wrong_count(part: Frame | Held) -> int:
    """Count the samples that are misclassified; one whose output is not finite is.

    It is n · (1 − accuracy), where no sample has to be looked at again.
    """
    return len(part.X) - round(part.accuracy * len(part.X))


def wrong_words(parts: Sequence[Frame | Held], *, is_brief: bool = False) -> str:
    """Write how many are wrong of one run, "1 of 21 wrong", or of A and B: "1 | 3 of 21 wrong".

    Parameters
    ----------
    parts : the same set, training or test, of one run or of two
    is_brief : without saying of how many
    """
    return _said([wrong_count(part) for part in parts], _sizes(parts), is_brief=is_brief)


def widest_wrong_words(parts: Sequence[Frame | Held], *, is_brief: bool = False) -> str:
    """Write what `wrong_words` says where all are wrong: it gets no longer."""
    return _said(_sizes(parts), _sizes(parts), is_brief=is_brief)


def _sizes(parts: Sequence[Frame | Held]) -> list[int]:
    return [len(part.X) for part in parts]


def _said(wrong: list[int], samples: list[int], *, is_brief: bool) -> str:
    a, of_a = count_text(wrong[0]), count_text(samples[0])
    if len(wrong) == 1:
        if is_brief:
            return tr_plural("{count} wrong", "{count} wrong", wrong[0])
        return tr_plural(
            "{count} of {samples} wrong", "{count} of {samples} wrong", wrong[0], samples=of_a
        )
    b, of_b = count_text(wrong[1]), count_text(samples[1])
    if is_brief:
        return tr("{a} | {b} wrong", a=a, b=b)
    if samples[0] == samples[1]:
        return tr("{a} | {b} of {samples} wrong", a=a, b=b, samples=of_a)
    return tr("{a} of {of_a} | {b} of {of_b} wrong", a=a, b=b, of_a=of_a, of_b=of_b)
