"""What should be known of own data before they are used, in sentences."""

import numpy as np

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.idle import listed
from mlpviz.experiment.words.formats import scale_words


def notes_on(data: OwnData) -> list[str]:
    """Say what should be known of own data before they are used."""
    notes = []
    order = np.lexsort((data.Y, data.X[:, 1], data.X[:, 0]))  # what is the same lies together
    X, Y = data.X[order], data.Y[order]
    same_place = (X[1:] == X[:-1]).all(axis=1)
    same = same_place & (Y[1:] == Y[:-1])
    again = same & np.concatenate(([False], same[:-1]))  # the third, fourth … of its kind
    places = np.cumsum(~same_place)[same_place & ~same]
    twice, both = int((same & ~again).sum()), len(np.unique(places))
    if twice:
        notes.append(
            tr_plural(
                "{count} point stands more than once.",
                "{count} points stand more than once.",
                twice,
            )
            if again.any()
            else tr_plural("{count} point stands twice.", "{count} points stand twice.", twice)
        )
    if both:
        notes.append(_several(data, both))
    scales = zip(data.names, data.offsets, data.factors, strict=True)
    formulas = [scale_words(*scale) for scale in scales if scale[1:] != (0.0, 1.0)]
    if formulas:
        notes.append(tr("For training scaled to 0 to 1: {formulas}.", formulas=listed(formulas)))
    if data.is_target_scaled:
        formula = scale_words(data.target, data.target_offset, data.target_factor)
        notes.append(tr("The target is scaled to −1 to 1: {formula}.", formula=formula))
    return notes


def _several(data: OwnData, count: int) -> str:
    """Say that so many places have points with more than one target."""
    if data.is_regression:
        return tr_plural(
            "{count} place has points of different targets.",
            "{count} places have points of different targets.",
            count,
        )
    if len(data.classes) == 2:
        return tr_plural(
            "{count} place has points of both classes.",
            "{count} places have points of both classes.",
            count,
        )
    return tr_plural(
        "{count} place has points of several classes.",
        "{count} places have points of several classes.",
        count,
    )
