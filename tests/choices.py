"""Choices of a recipe that are not the usual ones."""

from typing import Any

import numpy as np

from mlpviz.experiment.data.own_data import OwnData

OWN_DATA = OwnData(
    np.array([[1.5, -20.0], [0.1, 3e7], [0.1, 3e7]]),
    np.array([1.0, 0.0, 1.0]),
    ("length", "mass"),
    "kind",
    ("cat", "dog"),
    (0.5, 0.0),
    (2.0, 1e7),
)

# For every field another good value than the default.
OTHER: dict[str, Any] = {
    "dataset": "linear",
    "own": OWN_DATA,
    "classes": 3,
    "samples": 50,
    "data_seed": 3,
    "noise": 0.25,
    "train_share": 0.7,
    "features": ("x2", "x1_x2", "sin_x1"),
    "hidden": (8, 2, 1),
    "hidden_activation": "tanh",
    "output_activation": "identity",
    "activations_off": True,
    "loss": "mean_squared_error",
    "reduction": "sum",
    "numerics": "textbook",
    "initializer": "xavier",
    "weight_seed": 7,
    "learning_rate": 0.03,
    "optimizer": "adam",
    "momentum": 0.5,
    "decay": 0.99,
    "beta1": 0.0,
    "beta2": 0.99,
    "epsilon": 1e-6,
    "regularization": "l2",
    "regularization_rate": 0.0,
    "batch_size": 10,
    "batch_seed": 5,
    "frozen": (0, 3, 16),
    "start": (0.5, -2.0, *(1,) * 35),
    "epochs": 0,
}

# Whose weights overflow while the loss is still finite.
WEIGHTS_ALONE: dict[str, Any] = {
    "dataset": "linear",
    "hidden": (),
    "loss": "mean_squared_error",
    "reduction": "sum",
    "learning_rate": 1.7e308,
}
