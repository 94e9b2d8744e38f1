"""Lines with gaps: the pieces between them."""

import numpy as np

from mlpviz.engine import Array


def unbroken(*columns: Array) -> list[Array]:
    """Cut points into the pieces that are finite in every column, each (points, columns)."""
    rows = np.stack(columns, axis=1)
    finite = np.isfinite(rows).all(axis=1)
    edges = np.flatnonzero(np.diff(finite)) + 1
    pieces = np.split(rows, edges)
    return [piece for piece in pieces if len(piece) and np.isfinite(piece).all()]
