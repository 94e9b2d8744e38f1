"""How far places are from lines."""

import numpy as np

from mlpviz.engine import Array


def piece_distances(places: Array, pieces: Array) -> Array:
    """Return how far places are from straight pieces of lines.

    Parameters
    ----------
    places : (..., 2)
    pieces : (..., 2 ends, 2); what stands before goes together by NumPy's rules

    Returns
    -------
    (...,); NaN where an end is not finite
    """
    start, along = pieces[..., 0, :], pieces[..., 1, :] - pieces[..., 0, :]
    square = (along**2).sum(axis=-1)
    offset = places - start
    share = (offset * along).sum(axis=-1) / np.where(square == 0.0, 1.0, square)
    rest = offset - np.clip(share, 0.0, 1.0)[..., np.newaxis] * along
    distances: Array = np.hypot(rest[..., 0], rest[..., 1])
    return distances
