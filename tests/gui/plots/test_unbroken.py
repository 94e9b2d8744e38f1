"""A line with gaps is cut into its pieces."""

import math

import numpy as np

from mlpviz.gui.plots.unbroken import unbroken


def test_a_line_is_cut_where_it_has_no_place() -> None:
    x = np.arange(6.0)
    y = np.array([math.nan, 1.0, 2.0, math.inf, 3.0, math.nan])
    assert [piece.tolist() for piece in unbroken(x, y)] == [[[1, 1], [2, 2]], [[4, 3]]]
    assert unbroken(x, np.full(6, math.nan)) == []
    assert unbroken(np.empty(0), np.empty(0)) == []
