"""The data in a script: made as `engine.datasets` makes them, or written out number by number.

Each set gives `points`, (samples, 2), and `y`, (samples,): the number of each point's class, or its
target. The arithmetic is that of the engine, in its order, so that the data are the same to the
bit. A new set of the engine needs an entry in `MADE` here; a test says so.
"""

from collections.abc import Callable

import numpy as np

from mlpviz.engine.datasets import (
    BUMP_COLUMNS,
    BUMP_ROWS,
    BUMP_WIDTH,
    DATA_PURPOSE,
    DECIMALS,
    SPLIT_PURPOSE,
)
from mlpviz.engine.features import PLANE
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.idle import training_samples
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.writing.script_form import Form
from mlpviz.experiment.writing.script_text import (
    Lines,
    array_lines,
    comment,
    function,
    indented,
    noted,
)


def data_lines(form: Form) -> Lines:
    """Make the data, and of them the matrices X and Y that the network has."""
    recipe = form.recipe
    own = recipe.used_own
    return [
        *(_drawn(recipe) if own is None else _written_out(own)),
        *_split(recipe),
        "",
        *_inputs(form),
        *_targets(form),
        "",
    ]


# The sets


def _drawn(recipe: Recipe) -> Lines:
    """Make points of a set of the engine."""
    return MADE[recipe.dataset](recipe)


def _generator(recipe: Recipe) -> Lines:
    """Begin to draw data."""
    code = f"rng = np.random.default_rng(({recipe.data_seed}, {DATA_PURPOSE}))"
    return [noted(code, tr("seed {seed}; 1 is for data", seed=recipe.data_seed))]


def _classes(recipe: Recipe, count: int = 2) -> Lines:
    """Let classes take turns."""
    return [*_generator(recipe), f"y = np.arange({recipe.samples}) % {count}"]


def _moved(recipe: Recipe, half_side: str = "") -> Lines:
    """Move the points by the noise.

    Parameters
    ----------
    half_side : of the square in which they lie, and "* " after it; "" where it is 1
    """
    if recipe.noise == 0.0:
        return []
    return [
        *comment(tr("Noise moves each point, by up to this much in each direction.")),
        f"points = points + {half_side}{recipe.noise!r} * rng.uniform(-1, 1, points.shape)",
    ]


def _polar() -> Lines:
    """Put points at `radius` and `angle`."""
    return ["points = np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1)"]


def _rounded() -> Lines:
    return [f"points = np.round(points, {DECIMALS})"]


def _linear(recipe: Recipe) -> Lines:
    return [
        *comment(tr("Points of the unit square: class 0 below the diagonal, class 1 above it.")),
        *_generator(recipe),
        f"points = rng.uniform(0, 1, ({recipe.samples}, 2))",
        "y = np.where(points[:, 0] > points[:, 1], 0, 1)",
        *_moved(recipe, "0.5 * "),
    ]


def _xor(recipe: Recipe) -> Lines:
    return [
        *comment(
            tr("The two diagonals of the unit square, a class each, 21 points: the easy XOR.")
        ),
        "points, y = [], []",
        "for i in range(11):",
        *indented(("points.append((0.1 * i, 0.1 * i))", "y.append(0)")),
        *indented(comment(tr("Where the diagonals meet there is one point, of class 0."))),
        *indented(("if i != 5:",)),
        *indented(("points.append((0.1 * i, 1 - 0.1 * i))", "y.append(1)"), 2),
        "points, y = np.array(points), np.array(y)",
        *([*_generator(recipe), *_moved(recipe, "0.5 * ")] if recipe.noise > 0.0 else []),
    ]


def _circle(recipe: Recipe) -> Lines:
    return [
        *comment(tr("Class 0 is a disc of radius 0.5, class 1 a ring around it.")),
        *_classes(recipe),
        f"share, turn = rng.uniform(0, 1, (2, {recipe.samples}))",
        "radius = np.where(y == 0, 0.5 * share, 0.7 + 0.3 * share)",
        "angle = 2 * np.pi * turn",
        *_polar(),
        *_rounded(),
        *_moved(recipe),
    ]


def _quadrants(recipe: Recipe) -> Lines:
    return [
        *comment(tr("Class 0 where both coordinates have the same sign, class 1 elsewhere.")),
        *_classes(recipe),
        f"sizes = rng.uniform(0.05, 1, ({recipe.samples}, 2))",
        f"is_left = rng.integers(0, 2, {recipe.samples}) == 1",
        "is_low = is_left ^ (y == 1)",
        "points = np.where(np.stack((is_left, is_low), axis=1), -1, 1) * sizes",
        *_rounded(),
        *_moved(recipe),
    ]


def _gaussians(recipe: Recipe) -> Lines:
    classes, noise = recipe.classes, recipe.noise
    width = f"(0.15 + 0.7 * {noise!r})" if noise > 0.0 else "0.15"
    if classes == 2:
        centres = ["centres = np.where(y == 0, -0.5, 0.5)[:, np.newaxis]"]
    else:
        centres = [
            f"angle = 2 * np.pi * (0.25 + y / {classes})",
            f"centres = np.round(0.7 * np.stack((np.cos(angle), np.sin(angle)), axis=1), "
            f"{DECIMALS})",
        ]
    return [
        *comment(tr("A normal cloud per class.")),
        *_classes(recipe, classes),
        *centres,
        f"points = centres + {width} * rng.standard_normal(({recipe.samples}, 2))",
        *_rounded(),
    ]


def _spiral(recipe: Recipe) -> Lines:
    classes = recipe.classes
    return [
        *comment(tr("An arm per class; the root spreads the points evenly along it.")),
        *_classes(recipe, classes),
        f"way = np.sqrt(rng.uniform(0, 1, {recipe.samples}))",
        "radius = 0.1 + 0.9 * way",
        f"angle = 2 * np.pi * (3 / {classes} * way + y / {classes})",
        *_polar(),
        *_rounded(),
        *_moved(recipe),
    ]


def _moons(recipe: Recipe) -> Lines:
    return [
        *comment(tr("Two half circles that reach into each other, shrunk to x₁ from −1 to 1.")),
        *_classes(recipe),
        f"angle = 2 * np.pi * (0.5 * rng.uniform(0, 1, {recipe.samples}))",
        "upper = np.stack((np.cos(angle), np.sin(angle)), axis=1)",
        "halves = np.where(y[:, np.newaxis] == 0, upper, np.array((1, 0.5)) - upper)",
        "points = (halves - np.array((0.5, 0.25))) / 1.5",
        *_rounded(),
        *_moved(recipe),
    ]


def _checkerboard(recipe: Recipe) -> Lines:
    samples = recipe.samples
    return [
        *comment(tr("The squares of a board of 4 by 4; the one at the lower left is class 0.")),
        *_classes(recipe),
        f"row = rng.integers(0, 4, {samples})",
        f"column = 2 * rng.integers(0, 2, {samples}) + (row + y) % 2",
        f"inside = rng.uniform(0.05, 0.95, ({samples}, 2))",
        "points = 0.5 * (np.stack((column, row), axis=1) + inside) - 1",
        *_rounded(),
        *_moved(recipe),
    ]


def _plane(recipe: Recipe) -> Lines:
    return [
        *comment(tr("Points of the square; the target is (x₁ + x₂) / 2.")),
        *_generator(recipe),
        f"points = rng.uniform(-1, 1, ({recipe.samples}, 2))",
        *_rounded(),
        "y = points.mean(axis=1)",
        *_moved(recipe),
    ]


def _multi_gaussian(recipe: Recipe) -> Lines:
    return [
        *comment(tr("Points of the square; the target is the sum of six bumps, up and down.")),
        *_generator(recipe),
        f"points = rng.uniform(-1, 1, ({recipe.samples}, 2))",
        *_rounded(),
        f"y = np.zeros({recipe.samples})",
        f"for i, x1 in enumerate({BUMP_COLUMNS}):",
        *indented((f"for j, x2 in enumerate({BUMP_ROWS}):",)),
        *indented(
            (
                "squares = ((points - np.array((x1, x2))) ** 2).sum(axis=1)",
                f"y += (-1.0) ** (i + j) * np.exp(-squares / (2 * {BUMP_WIDTH} ** 2))",
            ),
            2,
        ),
        f"y = np.round(y, {DECIMALS})",
        *_moved(recipe),
    ]


MADE: dict[str, Callable[[Recipe], Lines]] = {
    "linear": _linear,
    "xor": _xor,
    "circle": _circle,
    "quadrants": _quadrants,
    "gaussians": _gaussians,
    "spiral": _spiral,
    "moons": _moons,
    "checkerboard": _checkerboard,
    "plane": _plane,
    "multi_gaussian": _multi_gaussian,
}


def _written_out(own: OwnData) -> Lines:
    """Write own data out: two inputs and the class or the target of each point."""
    words = (
        tr("A point of the data in each row: two inputs and the target.")
        if own.is_regression
        else tr("A point of the data in each row: two inputs and the number of its class.")
    )
    return [
        *comment(words),
        *array_lines("data", np.column_stack((own.X, own.Y))),
        "points, y = data[:, :2], data[:, 2]",
        *_scaled(own),
        *([] if own.is_regression else [f"names = {own.classes!r}"]),
    ]


def _scaled(own: OwnData) -> Lines:
    """Put inputs and targets on the scale of training."""
    lines = []
    if own.is_scaled:
        lines += comment(tr("The network has the inputs on a scale of its own."))
        lines.append(f"points = (points - np.array({own.offsets})) / np.array({own.factors})")
    if own.is_target_scaled:
        lines += comment(tr("So it has the targets, and all that is printed is on that scale."))
        lines.append(f"y = (y - {own.target_offset!r}) / {own.target_factor!r}")
    return lines


# What becomes of them


def _split(recipe: Recipe) -> Lines:
    """Keep some samples for the test."""
    if recipe.train_share == 1.0:
        return []
    count = training_samples(recipe)
    return [
        "",
        *comment(tr("Some samples train; the network is only judged by the others.")),
        f"order = np.random.default_rng(({recipe.data_seed}, {SPLIT_PURPOSE})).permutation(len(y))",
        f"train, test = np.sort(order[:{count}]), np.sort(order[{count}:])",
        "points_test, y_test = points[test], y[test]",
        "points, y = points[train], y[train]",
    ]


FEATURE_TEXTS = {
    "x1": "x1",
    "x2": "x2",
    "x1_squared": "x1 * x1",
    "x2_squared": "x2 * x2",
    "x1_x2": "x1 * x2",
    "sin_x1": "np.sin(2 * np.pi * x1)",
    "sin_x2": "np.sin(2 * np.pi * x2)",
}


def _inputs(form: Form) -> Lines:
    """Make X of the points, and of those of the test set."""
    has_test = form.recipe.train_share < 1.0
    words = (
        tr("What the network is given: X has a row for each sample.")
        if form.is_plain
        else tr("What the network is given: X has a row for each input, a column for each sample.")
    )
    if form.recipe.features == PLANE:
        turned = "" if form.is_plain else ".T.copy()"
        test = [f"X_test = points_test{turned}"] if has_test else []
        return [*comment(words), f"X = points{turned}", *test]
    features = ", ".join(FEATURE_TEXTS[name] for name in form.recipe.features)
    axis = ", axis=1" if form.is_plain else ""
    return [
        "",
        *function(
            "inputs(points)",
            "x1, x2 = points.T",
            f"return np.stack([{features}]{axis})",
        ),
        *comment(words),
        "X = inputs(points)",
        *(["X_test = inputs(points_test)"] if has_test else []),
    ]


def _targets(form: Form) -> Lines:
    """Make Y of the targets, and of those of the test set."""
    outputs = form.recipe.outputs
    sides = [""] if form.recipe.train_share == 1.0 else ["", "_test"]
    if outputs == 1:
        shape = "-1, 1" if form.is_plain else "1, -1"
        return [f"Y{side} = y{side}.reshape({shape})" for side in sides]
    number = f"np.arange({outputs})"
    is_class = (
        f"y{{side}}[:, np.newaxis] == {number}"
        if form.is_plain
        else f"{number}[:, np.newaxis] == y{{side}}"
    )
    return [
        *comment(tr("The target is 1 for the output of the sample's class, 0 for the others.")),
        *(f"Y{side} = np.where({is_class.format(side=side)}, 1.0, 0.0)" for side in sides),
    ]
