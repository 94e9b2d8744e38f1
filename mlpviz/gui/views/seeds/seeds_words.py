"""What is said of seeds: beside those of another recipe, and beside the run of the window."""

from collections.abc import Sequence

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe, changed_fields
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.experiment.words.comparison import FIELDS
from mlpviz.experiment.words.formats import loss_text, value_text

VISIBLE_DIFFERENCE = 0.1  # between a surface and its thumbnail
MAX_NAMED = 3  # choices in which another recipe differs


def difference_words(seed: int, surface: Array, thumbnail: Array) -> str:
    """Say why the surface of a single run is not its thumbnail; nothing where it looks the same."""
    both = np.isfinite(surface) & np.isfinite(thumbnail)
    is_same_hole = bool((np.isfinite(surface) == np.isfinite(thumbnail)).all())
    largest = float(np.max(np.abs(surface - thumbnail), where=both, initial=0.0))
    if is_same_hole and largest <= VISIBLE_DIFFERENCE:
        return ""
    why = tr("Single and batched sums are added in another order; near a knife edge they part.")
    return f"{_distance_words(seed, largest if is_same_hole else None)} {why}"


def _distance_words(seed: int, largest: float | None) -> str:
    """Say by how much a thumbnail differs; None where it has other holes than the surface."""
    if largest is None:
        return tr(
            "Seed {seed}: its thumbnail differs in where there is no number from this run, "
            "which is the truth.",
            seed=seed,
        )
    return tr(
        "Seed {seed}: its thumbnail differs by up to {distance} from this run, which is the truth.",
        seed=seed,
        distance=value_text(largest),
    )


def limit_words(epochs: int) -> str:
    return tr_plural(
        "Without an epoch limit, each seed has {count} epoch.",
        "Without an epoch limit, each seed has {count} epochs.",
        epochs,
    )


def beside_words(before: SeedStudy, study: SeedStudy) -> str:
    """Put the counts of two recipes beside each other; nothing for the same recipe twice."""
    names = [n for n in changed_fields(before.recipe, study.recipe) if n != "weight_seed"]
    if not names:
        return ""
    first, second = (_study_words(one, names[:MAX_NAMED]) for one in (before, study))
    return tr("Beside the one before: {first}; {second}.", first=first, second=second)


def _study_words(study: SeedStudy, names: Sequence[str]) -> str:
    """Say of a study some choices, and what became of its seeds."""
    values = ", ".join(f"{tr(FIELDS[n][0])} {FIELDS[n][1](study.recipe)}" for n in names)
    return f"{values}: {_outcome(study)}"


def _outcome(study: SeedStudy) -> str:
    if study.recipe.is_regression:
        return tr("median loss {loss}", loss=loss_text(float(study.quartiles()[1, -1])))
    learned = int(study.learned.sum())
    return tr("{learned} of {count}", learned=learned, count=len(study.seeds))


def other_words(study: SeedStudy, recipe: Recipe, had_limit: bool) -> str:
    """Say in what the recipe of the window is another than that of the study."""
    names = [
        name
        for name in changed_fields(study.recipe, recipe)
        if name != "start"  # every seed draws its own
        and not (name == "weight_seed" and recipe.weight_seed in study.seeds)
        and not (name == "epochs" and not had_limit and recipe.epochs == 0)
    ]
    if not names:
        return ""
    shown = [_change_words(study.recipe, recipe, name) for name in names[:MAX_NAMED]]
    if len(names) > MAX_NAMED:
        more = len(names) - MAX_NAMED
        shown.append(tr_plural("and {count} more", "and {count} more", more))
    return tr("These seeds are for another recipe: {changes}.", changes="; ".join(shown))


def _change_words(before: Recipe, after: Recipe, name: str) -> str:
    label, value = FIELDS[name]
    return tr(
        "{what} {before}, now {after}", what=tr(label), before=value(before), after=value(after)
    )
