"""What the classes are called."""

from mlpviz.experiment.recipe.recipe import Recipe


def short_names(recipe: Recipe) -> tuple[str, ...]:
    """Return what the classes are called in a table: own data name them, others have numbers."""
    own = recipe.used_own
    return tuple(map(str, range(recipe.class_count))) if own is None else own.classes


def are_numbers(names: tuple[str, ...]) -> bool:
    """Tell whether classes are called by nothing but their numbers."""
    return names == tuple(map(str, range(len(names))))
