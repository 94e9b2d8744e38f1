"""Whether two recipes train on the same data, so that their losses can be compared."""

from mlpviz.experiment.recipe.idle import idle_words
from mlpviz.experiment.recipe.recipe import Recipe

DATA_FIELDS = ("dataset", "own", "classes", "samples", "data_seed", "noise", "train_share")


def differing_data(a: Recipe, b: Recipe) -> str | None:
    """Return the first choice in which the data of two recipes differ; None where they are alike.

    A choice that is idle in both makes no other data.
    """
    for field in DATA_FIELDS:
        if getattr(a, field) != getattr(b, field):
            is_idle = idle_words(a, field) and idle_words(b, field)
            if not is_idle:
                return field
    return None
