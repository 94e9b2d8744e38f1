"""What should be known of own data before they are used, in sentences."""

import numpy as np

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.words.formats import MINUS, scale_words


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
        often = "more than once" if again.any() else "twice"
        notes.append(f"{twice} point{'s stand' if twice > 1 else ' stands'} {often}.")
    if both:
        places = "places have" if both > 1 else "place has"
        notes.append(f"{both} {places} points of {_several(data)}.")
    scales = zip(data.names, data.offsets, data.factors, strict=True)
    formulas = [scale_words(*scale) for scale in scales if scale[1:] != (0.0, 1.0)]
    if formulas:
        notes.append(f"For training scaled to 0 to 1: {' and '.join(formulas)}.")
    if data.is_target_scaled:
        formula = scale_words(data.target, data.target_offset, data.target_factor)
        notes.append(f"The target is scaled to {MINUS}1 to 1: {formula}.")
    return notes


def _several(data: OwnData) -> str:
    if data.is_regression:
        return "different targets"
    return "both classes" if len(data.classes) == 2 else "several classes"
