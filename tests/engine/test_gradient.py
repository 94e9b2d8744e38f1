"""The gradient against finite differences, and one tiny network worked out by hand.

The gradient is read off a step, (before - after) / learning rate, so that what is checked is what
training does, whatever the engine looks like inside. A rate that is a large power of two makes
the division exact and the rounding of the subtraction small.
"""

import math
from itertools import product

import numpy as np
import pytest
from differences import gradient, numeric_gradient

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS
from mlpviz.engine.network import Network
from mlpviz.engine.training import Training

KINK = 1e-3  # a ReLU's input nearer than this to 0 may cross it within the step
RATE = 2.0**20
HIDDEN = [(), (3,), (4, 3), (3, 4, 2)]


def cases() -> list[tuple[str, str, str, str, str, tuple[int, ...]]]:
    """Return every combination whose gradient is the derivative of its loss."""
    found = []
    for inner, outer, loss, reduction, numerics, hidden in product(
        ACTIVATIONS, ACTIVATIONS, LOSSES, REDUCTIONS, NUMERICS, HIDDEN
    ):
        if not hidden and inner != outer:
            continue  # there is no inner layer
        if loss == "cross_entropy" and numerics == "stable" and outer != "sigmoid":
            continue  # A - Y is not the gradient there, by design
        found.append((inner, outer, loss, reduction, numerics, hidden))
    return found


def layer_inputs(network: Network, X: Array) -> list[Array]:
    """Return Z of every layer."""
    activations, _ = network.forward(X)
    layers = zip(activations, network.weights, network.biases, strict=False)
    return [A @ W + b for A, W, b in layers]


def fit_output(network: Network, X: Array) -> None:
    """Scale the last layer so that the output's weighted sums lie in (0.2, 0.8).

    Identity, ReLU and tanh then all give outputs in (0.1, 0.9).
    """
    Z = layer_inputs(network, X)[-1]
    scale = 0.6 / max(float(np.ptp(Z)), 1e-9)
    network.weights[-1][:] *= scale
    network.biases[-1][:] = 0.2 + (network.biases[-1] - Z.min()) * scale


def is_usable(training: Training, outer_must_fit: bool) -> bool:
    network, A = training.network, training.predictions
    inputs = zip(network.activations, layer_inputs(network, training.X), strict=True)
    near_kink = any(name.endswith("relu") and np.abs(Z).min() < KINK for name, Z in inputs)
    fits = not outer_must_fit or bool(((A > 0.1) & (A < 0.9)).all())
    return fits and not near_kink and np.linalg.norm(gradient(training)) > 1e-6


def draw(
    inner: str, outer: str, loss: str, reduction: str, numerics: str, hidden: tuple[int, ...]
) -> Training:
    """Draw data and parameters until they are usable."""
    outer_must_fit = loss == "cross_entropy" and outer != "sigmoid"
    for seed in range(1000):
        rng = np.random.default_rng(seed)
        X = rng.uniform(-1.0, 1.0, (5, 2))
        Y = np.array([[0.0], [1.0], [1.0], [0.0], [1.0]])
        network = Network((2, *hidden, 1), (inner,) * len(hidden) + (outer,))
        network.parameters[:] = rng.standard_normal(len(network.parameters))
        if outer_must_fit:
            fit_output(network, X)
        training = Training(
            network, X, Y, loss=loss, numerics=numerics, reduction=reduction, learning_rate=RATE
        )
        if is_usable(training, outer_must_fit):
            return training
    raise AssertionError("no usable point in 1000 draws")


@pytest.mark.parametrize("inner", ACTIVATIONS)
@pytest.mark.parametrize("outer", ACTIVATIONS)
def test_gradient_is_that_of_finite_differences(inner: str, outer: str) -> None:
    for case in cases():
        if case[:2] != (inner, outer):
            continue
        training = draw(*case)
        g, n = gradient(training), numeric_gradient(training)
        if case[3] == "sum":
            n *= len(training.X)
        error = np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))
        assert error <= 1e-7, case


def test_every_combination_is_there() -> None:
    with_layers = len(ACTIVATIONS) ** 2 * (len(HIDDEN) - 1) + len(ACTIVATIONS)
    every = with_layers * len(LOSSES) * len(REDUCTIONS) * len(NUMERICS)
    not_sigmoid = [case for case in cases() if case[1] != "sigmoid"]
    left_out = len(not_sigmoid) // 3  # one of two losses in one of two numerics
    assert len(cases()) + left_out == every


def hand_made(loss: str, numerics: str) -> Training:
    network = Network((2, 2, 1), ("sigmoid", "sigmoid"))
    ln3 = math.log(3.0)
    network.weights[0][:] = [[ln3, -ln3], [1.0, 2.0]]
    network.biases[0][:] = [0.0, ln3]
    network.weights[1][:] = [[4.0 * ln3], [-2.0 * ln3]]
    network.biases[1][:] = -ln3
    X, Y = np.array([[1.0, 0.0]]), np.array([[1.0]])
    return Training(network, X, Y, loss=loss, numerics=numerics, learning_rate=0.5)


@pytest.mark.parametrize("numerics", NUMERICS)
def test_a_network_worked_out_by_hand(numerics: str) -> None:
    """2-2-1, sigmoid, cross-entropy, one sample x = (1, 0) of class 1, learning rate 1/2.

    With sigmoid(ln 3) = 3/4 and sigmoid(0) = 1/2 everything comes out in fractions and ln 3.

    Forward::

        W1 = | ln 3  -ln 3 |   b1 = (0, ln 3)   z1 = (ln 3, -ln 3 + ln 3) = (ln 3, 0)
             |  1      2   |                    a1 = (3/4, 1/2)
        W2 = (4 ln 3, -2 ln 3)ᵀ   b2 = -ln 3    z2 = 3 ln 3 - ln 3 - ln 3 = ln 3
                                                a2 = 3/4
        L  = -log(3/4) = log(4/3)

    Backward::

        dz2 = a2 - y = -1/4
        dW2 = a1 dz2 = (-3/16, -1/8)ᵀ    db2 = -1/4
        da1 = W2 dz2 = (-ln 3, ln 3 / 2)
        dz1 = da1 a1 (1 - a1) = (-3/16 ln 3, 1/8 ln 3)
        dW1 = xᵀ dz1 = | -3/16 ln 3   1/8 ln 3 |    db1 = dz1
                       |     0           0     |

    One step subtracts half of this. In the flat order: W1 row by row, b1, W2, b2.
    """
    training = hand_made("cross_entropy", numerics)
    ln3 = math.log(3.0)
    activations, sums = training.network.forward(training.X)
    assert activations[1][0] == pytest.approx([0.75, 0.5], abs=1e-15)
    assert sums[-1][0, 0] == pytest.approx(ln3, abs=1e-15)
    assert training.predictions == pytest.approx([0.75], abs=1e-15)
    assert training.loss == pytest.approx(math.log(4.0 / 3.0), abs=1e-15)
    assert training.accuracy == 1.0

    before = [ln3, -ln3, 1.0, 2.0, 0.0, ln3, 4.0 * ln3, -2.0 * ln3, -ln3]
    dz1 = [-3.0 / 16.0 * ln3, ln3 / 8.0]
    by_hand = np.array([*dz1, 0.0, 0.0, *dz1, -3.0 / 16.0, -1.0 / 8.0, -1.0 / 4.0])
    assert training.state().tolist() == before
    training.run_epoch()
    assert training.state() == pytest.approx(before - 0.5 * by_hand, abs=1e-15)


def test_the_same_network_by_hand_with_squared_error() -> None:
    """As above with L = (a2 - y)² = 1/16.

    The slope at the output is dz2 = 2 (a2 - y) a2 (1 - a2) = 2 · (-1/4) · 3/16 = -3/32 instead of
    -1/4, and everything behind it shrinks by the same 3/8.
    """
    training = hand_made("mean_squared_error", "stable")
    assert training.loss == pytest.approx(1.0 / 16.0, abs=1e-15)
    ln3 = math.log(3.0)
    dz1 = [-3.0 / 16.0 * ln3, ln3 / 8.0]
    by_hand = 3.0 / 8.0 * np.array([*dz1, 0.0, 0.0, *dz1, -3.0 / 16.0, -1.0 / 8.0, -1.0 / 4.0])
    before = training.state()
    training.run_epoch()
    assert training.state() == pytest.approx(before - 0.5 * by_hand, abs=1e-15)
