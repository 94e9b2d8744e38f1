"""The formulas of one step, in the names of the report: Z₂ = A₁W₂ + b₂, dA₁ = dZ₂W₂ᵀ.

Layers are counted from 1; what the first is given is X. All is the same in every language but for
a few words.
"""

from collections.abc import Callable

from mlpviz.engine.activations import SOFTMAX
from mlpviz.engine.losses import difference
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.trace import StepTrace
from mlpviz.experiment.words.names import SUBSCRIPTS

_VALUES = {
    "sigmoid": "{A} = 1 / (1 + e^−{Z})",
    "tanh": "{A} = tanh {Z}",
    "relu": "{A} = max({Z}, 0)",
    "leaky_relu": "{A} = max({Z}, 0.01·{Z})",
    "identity": "{A} = {Z}",
    SOFTMAX: "{A} = e^{Z} / Σ e^{Z}",
}
_SLOPES: dict[str, Callable[[str, str, str], str]] = {
    "sigmoid": lambda dZ, dA, A: f"{dZ} = {dA} · {A}(1 − {A})",
    "tanh": lambda dZ, dA, A: f"{dZ} = {dA} · (1 − {A}²)",
    "relu": lambda dZ, dA, A: tr("{dZ} = {dA} where {A} > 0, else 0", dZ=dZ, dA=dA, A=A),
    "leaky_relu": lambda dZ, dA, A: tr(
        "{dZ} = {dA} where {A} > 0, else 0.01 {dA}", dZ=dZ, dA=dA, A=A
    ),
    "identity": lambda dZ, dA, A: f"{dZ} = {dA}",
    SOFTMAX: lambda dZ, dA, A: f"{dZ} = {A}({dA} − Σ {A}{dA})",
}
_LOSSES = {
    ("cross_entropy", False): "L = −(Y log {A} + (1 − Y) log(1 − {A}))",
    ("cross_entropy", True): "L = −Σ Y log {A}",
    ("mean_squared_error", False): "L = ({A} − Y)²",
    ("mean_squared_error", True): "L = Σ ({A} − Y)²",
}
_LOSS_SLOPES = {
    ("cross_entropy", False): "{dA} = (1 − Y)/(1 − {A}) − Y/{A}",
    ("cross_entropy", True): "{dA} = −Y/{A}",
    ("mean_squared_error", False): "{dA} = 2({A} − Y)",
    ("mean_squared_error", True): "{dA} = 2({A} − Y)",
}
_PENALTY_SLOPES = {"l1": "λ sign {W}", "l2": "λ{W}"}


def symbol(name: str, layer: int) -> str:
    """Name what belongs to a layer: dZ₂; X for A of what the first layer is given."""
    return "X" if (name, layer) == ("A", 0) else f"{name}{layer}".translate(SUBSCRIPTS)


def sum_formula(layer: int) -> str:
    """Write Z₂ = A₁W₂ + b₂."""
    Z, W, b = (symbol(name, layer) for name in ("Z", "W", "b"))
    return f"{Z} = {symbol('A', layer - 1)}{W} + {b}"


def activation_formula(trace: StepTrace, layer: int) -> str:
    """Write A₂ = tanh Z₂."""
    A, Z = symbol("A", layer), symbol("Z", layer)
    return _VALUES[trace.activations[layer - 1]].format(A=A, Z=Z)


def loss_formula(trace: StepTrace, loss: str) -> str:
    """Write L = (A₃ − Y)², of one sample.

    Parameters
    ----------
    loss : key of LOSSES
    """
    last = len(trace.layers)
    return _LOSSES[loss, trace.sizes[-1] > 1].format(A=symbol("A", last))


def loss_slope_formula(trace: StepTrace, loss: str) -> str:
    """Write dA₃ = 2(A₃ − Y)."""
    last = len(trace.layers)
    formula = _LOSS_SLOPES[loss, trace.sizes[-1] > 1]
    return formula.format(dA=symbol("dA", last), A=symbol("A", last))


def back_formula(layer: int) -> str:
    """Write dA₁ = dZ₂W₂ᵀ, of a hidden layer."""
    dZ, W = symbol("dZ", layer + 1), symbol("W", layer + 1)
    return f"{symbol('dA', layer)} = {dZ}{W}ᵀ"


def slope_formula(trace: StepTrace, layer: int) -> str:
    """Write dZ₂ = dA₂ · A₂(1 − A₂), or dZ₃ = A₃ − Y where the step takes it at once."""
    dZ, dA, A = (symbol(name, layer) for name in ("dZ", "dA", "A"))
    if layer == len(trace.layers) and trace.pair.slope is difference:
        return f"{dZ} = {A} − Y"
    return _SLOPES[trace.activations[layer - 1]](dZ, dA, A)


def gradient_formulas(trace: StepTrace, layer: int) -> tuple[str, str]:
    """Write dW₂ = A₁ᵀdZ₂ / 21 and db₂ = Σ dZ₂ / 21; of a sum the number of samples is left out."""
    A, dZ = symbol("A", layer - 1), symbol("dZ", layer)
    share = "" if trace.scale == 1.0 else f" / {len(trace.samples)}"
    return (
        f"{symbol('dW', layer)} = {A}ᵀ{dZ}{share}",
        f"{symbol('db', layer)} = Σ {dZ}{share}",
    )


def penalty_formula(trace: StepTrace, layer: int) -> str:
    """Write what the penalty adds to dW₂: λW₂; "" where there is none."""
    return _PENALTY_SLOPES.get(trace.rule.regularization, "").format(W=symbol("W", layer))
