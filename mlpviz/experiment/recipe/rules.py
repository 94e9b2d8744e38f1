"""Checks of what a recipe is given: each returns the value as it is kept, or says what is wrong."""

import math
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.plain_text import shown

BETWEEN = marked("{name} must be a number from {low} to {high}. Got {got}.")
OR_ALL_SAMPLES = marked(
    "{name} must be a number from {low} to {high}, or {other} for all samples. Got {got}."
)


def one_of(table: Mapping[str, object]) -> Callable[[str, Any], str]:
    """Check for a key of a table."""

    def check(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in table:
            raise ValueError(
                tr(
                    "{name} must be one of {choices}. Got {got}.",
                    name=name,
                    choices=", ".join(table),
                    got=shown(value),
                )
            )
        return value

    return check


def one_or_each(
    table: Mapping[str, object], most: int
) -> Callable[[str, Any], str | tuple[str, ...]]:
    """Check for a key of a table, or a list of them, one for each of so many layers at most."""

    def check(name: str, value: Any) -> str | tuple[str, ...]:
        names = value if isinstance(value, list | tuple) else [value]
        is_short = len(names) <= most
        if not is_short or not all(isinstance(entry, str) and entry in table for entry in names):
            raise ValueError(
                tr(
                    "{name} must be one of {choices}, or one for each hidden layer. Got {got}.",
                    name=name,
                    choices=", ".join(table),
                    got=shown(value),
                )
            )
        return value if isinstance(value, str) else tuple(names)

    return check


def one_if_alike(
    name: str, names: str | tuple[str, ...], count: int, *, default: str
) -> str | tuple[str, ...]:
    """Check that names are one per hidden layer; where all are alike, return the one.

    Where there is no layer there is none, and the default is returned.
    """
    if isinstance(names, str):
        return names
    if len(names) != count:
        raise ValueError(
            tr_plural(
                "{name} must be one name, or one for the {count} hidden layer. Got {got}.",
                "{name} must be one name, or one for each of the {count} hidden layers. Got {got}.",
                count,
                name=name,
                got=shown(names),
            )
        )
    if not names:
        return default
    return names if len(set(names)) > 1 else names[0]


def whole(low: int, high: int) -> Callable[[str, Any], int]:
    """Check for a whole number within bounds."""

    def check(name: str, value: Any) -> int:
        # bool is an int to Python, and true is no number of epochs.
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(
                tr(
                    "{name} must be a whole number from {low} to {high}. Got {got}.",
                    name=name,
                    low=low,
                    high=high,
                    got=shown(value),
                )
            )
        return value

    return check


def flag(name: str, value: Any) -> bool:
    """Check for true or false."""
    if not isinstance(value, bool):
        raise ValueError(
            tr("{name} must be true or false. Got {got}.", name=name, got=shown(value))
        )
    return value


def number(refusal: str, is_good: Callable[[float], bool]) -> Callable[[str, Any], float]:
    """Check for a finite number that keeps a rule.

    Parameters
    ----------
    refusal : a marked sentence that says the rule, with the places {name} and {got}
    """

    def check(name: str, value: Any) -> float:
        found = as_number(value)
        if not (math.isfinite(found) and is_good(found)):
            raise ValueError(tr(refusal, name=name, got=shown(value)))
        return found

    return check


def as_number(value: Any) -> float:
    """Return a number as it is, and NaN for what is none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        return float(value) if is_number else math.nan
    except OverflowError:  # an int beyond the largest float
        return math.inf


def share(
    low: float,
    high: float,
    other: float | None = None,
    refusal: str = BETWEEN,
) -> Callable[[str, Any], float]:
    """Check for a number within bounds, or another one that means something.

    Parameters
    ----------
    refusal : a marked sentence with the places {name}, {low}, {high}, {got} and perhaps {other}
    """

    def check(name: str, value: Any) -> float:
        found = as_number(value)
        if not (low <= found <= high or found == other):
            raise ValueError(
                tr(
                    refusal,
                    name=name,
                    low=f"{low:g}",
                    high=f"{high:g}",
                    other=f"{other or 0.0:g}",
                    got=shown(value),
                )
            )
        return found + 0.0  # -0.0 is 0.0

    return check


def some_of(table: Mapping[str, object]) -> Callable[[str, Any], tuple[str, ...]]:
    """Check for a list of keys of a table, each at most once; return them in its order."""

    def check(name: str, value: Any) -> tuple[str, ...]:
        is_list = (
            isinstance(value, list | tuple)
            and 0 < len(value) <= len(table)
            and all(isinstance(key, str) for key in value)
        )
        if not is_list or len(set(value)) < len(value) or set(value) - set(table):
            raise ValueError(
                tr(
                    "{name} must be one or more of {choices}, each at most once. Got {got}.",
                    name=name,
                    choices=", ".join(table),
                    got=shown(value),
                )
            )
        return tuple(key for key in table if key in value)

    return check


def numbers_or_none(most: int) -> Callable[[str, Any], tuple[float, ...] | None]:
    """Check for a list of finite numbers, of so many at most, or none at all."""

    def check(name: str, value: Any) -> tuple[float, ...] | None:
        if value is None:
            return None
        is_list = isinstance(value, list | tuple)
        if is_list and len(value) > most:
            raise ValueError(
                tr(
                    "{name} must be at most {most} numbers. Got {got}.",
                    name=name,
                    most=most,
                    got=len(value),
                )
            )
        found = [as_number(v) for v in value] if is_list else [math.nan]
        if not all(map(math.isfinite, found)):
            raise ValueError(
                tr(
                    "{name} must be a list of finite numbers, or null. Got {got}.",
                    name=name,
                    got=shown(value),
                )
            )
        return tuple(found)

    return check


def check_count(name: str, found: tuple[float, ...] | None, count: int) -> None:
    """Refuse numbers that are not one per parameter."""
    if found is not None and len(found) != count:
        raise ValueError(
            tr(
                "{name} must be {wanted} numbers, one per parameter. Got {got}.",
                name=name,
                wanted=count,
                got=len(found),
            )
        )


def layers(most: int, most_units: int) -> Callable[[str, Any], tuple[int, ...]]:
    """Check for a list of so many layers of so many units."""
    each = whole(1, most_units)

    def check(name: str, value: Any) -> tuple[int, ...]:
        if not isinstance(value, list | tuple) or len(value) > most:
            raise ValueError(
                tr(
                    "{name} must be a list of 0 to {most} layers. Got {got}.",
                    name=name,
                    most=most,
                    got=shown(value),
                )
            )
        return tuple(each(f"{name}[{i}]", units) for i, units in enumerate(value))

    return check


def indices(count: int) -> Callable[[str, Any], tuple[int, ...]]:
    """Check for a list of indices below a bound; return each once, in their order."""
    each = whole(0, count - 1)

    def check(name: str, value: Any) -> tuple[int, ...]:
        if not isinstance(value, list | tuple):
            raise ValueError(
                tr("{name} must be a list of indices. Got {got}.", name=name, got=shown(value))
            )
        if len(value) > count:
            raise ValueError(
                tr(
                    "{name} must be at most {most} indices. Got {got}.",
                    name=name,
                    most=count,
                    got=len(value),
                )
            )
        return tuple(sorted({each(f"{name}[{i}]", index) for i, index in enumerate(value)}))

    return check


def check_indices(name: str, found: tuple[int, ...], count: int) -> None:
    """Refuse an index that a network with so many parameters does not have."""
    if found and found[-1] >= count:
        raise ValueError(
            tr(
                "{name} must be indices below {wanted}, the number of parameters. Got {got}.",
                name=name,
                wanted=count,
                got=found[-1],
            )
        )


def check_samples(dataset: str, samples: int, classes: int) -> None:
    """Refuse a set of several classes in which one of them would have no sample."""
    if samples < classes:
        raise ValueError(
            tr(
                "samples must be at least {classes}, one for each of the {classes} classes of the "
                "data set {dataset}. Got {samples}.",
                classes=classes,
                dataset=dataset,
                samples=samples,
            )
        )


def refuse_loss(dataset: str, wanted: str, got: str) -> NoReturn:
    """Refuse a loss that is none of numbers as targets."""
    raise ValueError(
        tr(
            "loss must be {wanted} where the targets are numbers, as in the data set {dataset}. "
            "Got {got}.",
            wanted=wanted,
            dataset=dataset,
            got=shown(got),
        )
    )


def refuse_output(dataset: str, classes: int, got: str) -> NoReturn:
    """Refuse softmax where there is one output unit, and anything else where there are more.

    Parameters
    ----------
    classes : how many there are; 0 where the targets are numbers
    """
    sentences = (
        marked(
            "output_activation must not be softmax where the targets are numbers, as in the "
            "data set {dataset}. Got {got}."
        ),
        marked(
            "output_activation must not be softmax where there are {classes} classes, as in the "
            "data set {dataset}. Got {got}."
        ),
        marked(
            "output_activation must be softmax where there are {classes} classes, as in the "
            "data set {dataset}. Got {got}."
        ),
    )
    sentence = sentences[0] if classes == 0 else sentences[1 if classes == 2 else 2]
    raise ValueError(tr(sentence, classes=classes, dataset=dataset, got=shown(got)))
