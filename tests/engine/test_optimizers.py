"""Optimizers on the flat vector."""

import numpy as np

from mlpviz.engine.optimizers import gradient_descent_calls


def test_gradient_descent_takes_steps_downhill_in_place() -> None:
    parameters, gradient = np.array([1.0, -2.0, 0.5]), np.array([0.25, 0.5, -1.0])
    rate, view = np.array(0.5), parameters[1:]
    calls = gradient_descent_calls(parameters, gradient, rate)
    for call in calls:
        call()
    assert parameters.tolist() == [0.875, -2.25, 1.0]
    assert view.tolist() == [-2.25, 1.0]
    assert gradient.tolist() == [0.25, 0.5, -1.0]

    rate[...], gradient[:] = 2.0, [1.0, 0.0, 0.0]  # both may change between the steps
    for call in calls:
        call()
    assert parameters.tolist() == [-1.125, -2.25, 1.0]
