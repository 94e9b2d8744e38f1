"""The line on which a surface has a level."""

import math

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.experiment.run.contour import contour_segments, contours_of_many


def plane(a: float, b: float, c: float, rows: int = 20, columns: int = 30) -> Array:
    """Return a · column + b · row + c."""
    return a * np.arange(columns) + b * np.arange(rows)[:, np.newaxis] + c


def length(segments: Array) -> float:
    return float(np.linalg.norm(segments[:, 1] - segments[:, 0], axis=1).sum())


@pytest.mark.parametrize(("a", "b"), [(1.0, 0.0), (0.0, 1.0), (1.0, 0.7), (-0.4, 1.0)])
def test_the_contour_of_a_plane_is_its_line_from_edge_to_edge(a: float, b: float) -> None:
    c = 0.25 - a * 14.3 - b * 9.6  # through (14.3, 9.6), which is no grid point
    segments = contour_segments(plane(a, b, c), 0.25)
    x, y = segments[..., 0], segments[..., 1]
    np.testing.assert_allclose(a * x + b * y + c, 0.25, atol=1e-9)
    corners = segments.reshape(-1, 2)
    on_edge = (
        (corners[:, 0] <= 1e-9)
        | (corners[:, 0] >= 29 - 1e-9)
        | (corners[:, 1] <= 1e-9)
        | (corners[:, 1] >= 19 - 1e-9)
    )
    ends = corners[on_edge]
    assert len(ends) == 2
    assert length(segments) == pytest.approx(float(np.linalg.norm(ends[0] - ends[1])))


def test_the_contour_of_a_cone_is_a_closed_circle() -> None:
    row, column = np.mgrid[0:60, 0:60].astype(float)
    segments = contour_segments(np.hypot(row - 30.2, column - 29.7), 20.0)
    radii = np.hypot(segments[..., 0] - 29.7, segments[..., 1] - 30.2)
    assert np.abs(radii - 20.0).max() < 0.01
    assert length(segments) == pytest.approx(2 * math.pi * 20.0, rel=0.005)
    _, count = np.unique(segments.reshape(-1, 2).round(6), axis=0, return_counts=True)
    assert (count == 2).all()  # every end is the start of the next


def test_a_surface_on_one_side_of_the_level_has_no_contour() -> None:
    assert contour_segments(np.zeros((5, 5)), 0.5).shape == (0, 2, 2)
    assert contour_segments(np.ones((5, 5)), 0.5).shape == (0, 2, 2)


def test_cells_with_a_corner_that_is_no_number_have_no_contour() -> None:
    surface = plane(1.0, 0.0, -9.5)
    assert len(contour_segments(surface, 0.0)) == 19
    surface[7, 9] = math.nan
    surface[12, 10] = math.inf
    segments = contour_segments(surface, 0.0)
    assert len(segments) == 15
    assert np.isfinite(segments).all()
    assert contour_segments(np.full((5, 5), math.nan), 0.5).shape == (0, 2, 2)


@pytest.mark.parametrize("corners", [((1.0, 0.0), (0.0, 1.0)), ((0.0, 1.0), (1.0, 0.0))])
def test_a_saddle_has_two_lines_that_do_not_cross(corners: tuple[tuple[float, ...], ...]) -> None:
    first, second = contour_segments(np.array(corners), 0.5)
    ends = {tuple(end) for end in np.concatenate((first, second)).tolist()}
    assert ends == {(0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)}
    # Each cuts off one corner, so the middles lie on two sides of the centre.
    np.testing.assert_allclose(first.mean(axis=0) + second.mean(axis=0), (1.0, 1.0))


def test_numbers_near_the_largest_have_their_contour_where_it_is() -> None:
    surface = np.array([[-1.5e308, 1.5e308], [-1.5e308, 1.5e308]])
    np.testing.assert_allclose(contour_segments(surface, 0.5)[..., 0], 0.5)


def test_a_float32_surface_will_do() -> None:
    segments = contour_segments(plane(1.0, 0.0, -9.25).astype(np.float32), 0.0)
    np.testing.assert_allclose(segments[..., 0], 9.25)


def test_the_contours_of_many_surfaces_are_those_of_each() -> None:
    rng = np.random.default_rng(0)
    surfaces = rng.random((4, 20, 30))
    segments, numbers = contours_of_many(surfaces, 0.5)
    for number, surface in enumerate(surfaces):
        np.testing.assert_array_equal(segments[numbers == number], contour_segments(surface, 0.5))


def test_two_corners_above_that_face_each_other_are_parted() -> None:
    for surface in (np.eye(2), np.eye(2)[::-1]):
        segments = contour_segments(surface, 0.5)
        middles = segments.mean(axis=1).round().astype(int)  # each beside a corner that is above
        assert sorted(surface[row, column] for column, row in middles) == [1.0, 1.0]
