"""The line of NumPy that says the same as a formula of a step, in the words of `engine.network`."""

from mlpviz.engine.activations import SOFTMAX

_VALUES = {
    "sigmoid": "A = 1 / (1 + np.exp(-Z))",
    "tanh": "A = np.tanh(Z)",
    "relu": "A = np.maximum(Z, 0)",
    "leaky_relu": "A = np.maximum(Z, 0.01 * Z)",
    "identity": "A = Z",
    SOFTMAX: "A = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)",
}
_SLOPES = {
    "sigmoid": "dZ = dA * A * (1 - A)",
    "tanh": "dZ = dA * (1 - A**2)",
    "relu": "dZ = dA * (A > 0)",
    "leaky_relu": "dZ = dA * np.where(A > 0, 1, 0.01)",
    "identity": "dZ = dA",
    SOFTMAX: "dZ = A * (dA - (A * dA).sum(axis=1, keepdims=True))",
}
_LOSSES = {
    ("cross_entropy", False): "L = -(Y * np.log(A) + (1 - Y) * np.log(1 - A))",
    ("cross_entropy", True): "L = -(Y * np.log(A)).sum(axis=1)",
    ("mean_squared_error", False): "L = (A - Y) ** 2",
    ("mean_squared_error", True): "L = ((A - Y) ** 2).sum(axis=1)",
}
_RULES = {
    "gradient_descent": "W -= learning_rate * g",
    "momentum": "v = momentum * v + learning_rate * g; W -= v",
    "nesterov": "v = momentum * v + learning_rate * g; W -= momentum * v + learning_rate * g",
    "rmsprop": (
        "s = decay * s + (1 - decay) * g**2; W -= learning_rate * g / (np.sqrt(s) + epsilon)"
    ),
    "adam": (
        "m = beta1 * m + (1 - beta1) * g; s = beta2 * s + (1 - beta2) * g**2; "
        "W -= learning_rate * m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + epsilon)"
    ),
}
SUM_CODE = "Z = A @ W + b"
BACK_CODE = "dA = dZ @ W.T"


def activation_code(activation: str) -> str:
    """Return the line for A of Z, (samples, units).

    Parameters
    ----------
    activation : key of OUTPUT_ACTIVATIONS
    """
    return _VALUES[activation]


def slope_code(activation: str, *, is_at_once: bool) -> str:
    """Return the line for dZ of dA and A.

    Parameters
    ----------
    activation : likewise
    is_at_once : whether it is that of loss and output together
    """
    return "dZ = A - Y" if is_at_once else _SLOPES[activation]


def loss_code(loss: str, outputs: int) -> str:
    """Return the line for the loss of each sample.

    Parameters
    ----------
    loss : key of LOSSES
    """
    return _LOSSES[loss, outputs > 1]


def rule_code(optimizer: str) -> str:
    """Return the line for the next W of g, the gradient with its penalty.

    Parameters
    ----------
    optimizer : key of OPTIMIZERS
    """
    return _RULES[optimizer]


def gradient_code(samples: int, *, is_mean: bool) -> str:
    """Return the line for dW and db, of the mean over so many samples or of their sum."""
    share = f" / {samples}" if is_mean else ""
    return f"dW, db = A.T @ dZ{share}, dZ.sum(axis=0){share}"
