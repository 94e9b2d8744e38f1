"""What is said in sentences of many seeds, in a report as in the window."""

import math

from mlpviz.experiment.language import count_text, tr, tr_plural
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.experiment.words.formats import accuracy_percent, epoch_text
from mlpviz.experiment.writing.printout import loss_words


def study_words(study: SeedStudy) -> str:
    """Say what became of the seeds, in clauses each of which is whole."""
    parts = [_losses_words(study)] if study.recipe.is_regression else _learned_words(study)
    parts.append(_broken_words(study))
    return "; ".join(part for part in parts if part) + "."


def learned_count_words(study: SeedStudy) -> str:
    """Name the lines of the seeds that end with every sample right."""
    learned = int(study.learned.sum())
    return tr_plural("{count} all right", "{count} all right", learned)


def stuck_count_words(study: SeedStudy) -> str:
    """Name the lines of the seeds that do not."""
    return tr_plural("{count} not", "{count} not", int(study.stuck.sum()))


def _losses_words(study: SeedStudy) -> str:
    """Say where the losses of seeds end that have no classes to get right."""
    lower, median, upper = (loss_words(loss) for loss in study.quartiles()[:, -1].tolist())
    return tr(
        "From the weight seeds {first} to {last}, the median of the final losses is {median} "
        "(quartiles {lower} to {upper})",
        first=study.seeds[0],
        last=study.seeds[-1],
        median=median,
        lower=lower,
        upper=upper,
    )


def _learned_words(study: SeedStudy) -> list[str]:
    count, learned = len(study.seeds), int(study.learned.sum())
    words = tr_plural(
        "From the weight seeds {first} to {last}, {count} of {all} ({share} %) end with every "
        "sample right",
        "From the weight seeds {first} to {last}, {count} of {all} ({share} %) end with every "
        "sample right",
        learned,
        first=study.seeds[0],
        last=study.seeds[-1],
        all=count_text(count),
        share=accuracy_percent(learned / count),
    )
    return [words, _above_90_words(study), _epochs_words(study), _lost_words(study)]


def _above_90_words(study: SeedStudy) -> str:
    """Say how many have learned by the measure of the report that this project starts from."""
    count, above = len(study.seeds), int(study.above_90.sum())
    return tr_plural(
        "{count} of {all} ({share} %) end with more than 90 % of the samples right",
        "{count} of {all} ({share} %) end with more than 90 % of the samples right",
        above,
        all=count_text(count),
        share=accuracy_percent(above / count),
    )


def _broken_words(study: SeedStudy) -> str:
    broken = int(study.nonfinite_counts[-1])
    if not broken:
        return ""
    return tr_plural(
        "{count} of {all} end with a loss that is not finite",
        "{count} of {all} end with a loss that is not finite",
        broken,
        all=count_text(len(study.seeds)),
    )


def _epochs_words(study: SeedStudy) -> str:
    epochs = [epoch for epoch in study.first_perfect_epochs if epoch is not None]
    if not epochs:
        return ""
    lower, median, upper = study.perfect_epoch_quartiles().tolist()
    if math.isnan(median):  # less than half of the seeds got there
        earliest = epoch_text(min(epochs))
        return tr("the earliest had them all right at epoch {epoch}", epoch=earliest)
    first, middle = epoch_text(round(lower)), epoch_text(round(median))
    if not math.isfinite(upper):
        return tr(
            "the median seed has them all right at epoch {median} (quartiles {lower} to never)",
            median=middle,
            lower=first,
        )
    return tr(
        "the median seed has them all right at epoch {median} (quartiles {lower} to {upper})",
        median=middle,
        lower=first,
        upper=epoch_text(round(upper)),
    )


def _lost_words(study: SeedStudy) -> str:
    """Say how many had every sample right for a while only."""
    lost = study.lost_count
    if lost <= 0:
        return ""
    return tr_plural(
        "{count} had them all right on the way and lost it",
        "{count} had them all right on the way and lost it",
        lost,
    )
