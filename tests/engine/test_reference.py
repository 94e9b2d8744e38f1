"""The engine against the report's network in plain NumPy."""

import numpy as np
import pytest
from reference import train as train_reference

from mlpviz.engine.datasets import DATASETS, REGRESSIONS
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.losses import NUMERICS, REDUCTIONS
from mlpviz.engine.network import Network
from mlpviz.engine.training import Training

EPOCHS = 200
# Every shape on one data set, and every data set with one shape.
SHAPES = [("linear", hidden) for hidden in [(), (1,), (4, 4), (16, 16), (5, 3, 7), (64,)]]
SETS = [(name, (4, 4)) for name in sorted(set(DATASETS) - REGRESSIONS - {"linear"})]


@pytest.mark.parametrize(("dataset", "hidden"), [*SHAPES, *SETS])
@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("numerics", NUMERICS)
def test_engine_agrees_with_the_textbook(
    hidden: tuple[int, ...], dataset: str, reduction: str, numerics: str
) -> None:
    sizes = (2, *hidden, 1)
    X, Y = DATASETS[dataset].make(100, 0)
    learning_rate = 0.5 if reduction == "mean" else 0.5 / len(X)
    weights = initial_weights("normal", 0, sizes)
    biases = [np.zeros(units) for units in sizes[1:]]
    network = Network(sizes, ("sigmoid",) * (len(sizes) - 1))
    for W, drawn in zip(network.weights, weights, strict=True):
        W[:] = drawn
    training = Training(
        network, X, Y, numerics=numerics, reduction=reduction, learning_rate=learning_rate
    )
    losses = [training.loss, *training.run(EPOCHS)]

    expected = train_reference(X, Y, weights, biases, EPOCHS, learning_rate, reduction)

    assert len(losses) == len(expected) == EPOCHS + 1
    np.testing.assert_allclose(losses, expected, rtol=0, atol=1e-12)
    for own, textbook in zip([*network.weights, *network.biases], [*weights, *biases], strict=True):
        np.testing.assert_allclose(own, textbook, rtol=0, atol=1e-12)
