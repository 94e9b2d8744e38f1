"""What a step computes for one sample, unit by unit, with its numbers."""

from collections.abc import Sequence

from mlpviz.engine import Array
from mlpviz.engine.activations import ACTIVATIONS, SOFTMAX
from mlpviz.engine.losses import difference
from mlpviz.experiment.run.trace import StepTrace
from mlpviz.experiment.words.step_numbers import products_text
from mlpviz.experiment.writing.matrix_text import number_text, wrapped

MOST_TERMS = 12  # of a sum that is written term by term


def sum_lines(trace: StepTrace, number: int, row: int, names: Sequence[str]) -> list[str]:
    """Write z and a of each unit of a layer for a sample.

    Parameters
    ----------
    number : of the layer, from 1
    names : of its units
    """
    layer, inputs = trace.layers[number - 1], trace.inputs_of(number)[row]
    lines: list[str] = []
    for unit, name in enumerate(names):
        bias = float(layer.b_before[unit])
        terms = _terms(layer.W_before[:, unit], inputs, bias)
        lines += _line(name, "z", terms, float(layer.Z[row, unit]))
        lines += _line("", "a", "", float(layer.A[row, unit]), len(name))
    return lines


def back_lines(trace: StepTrace, number: int, row: int, names: Sequence[str]) -> list[str]:
    """Write dA of each unit of a layer for a sample, likewise."""
    dA = trace.layers[number - 1].dA[row]
    lines: list[str] = []
    for unit, name in enumerate(names):
        terms = ""
        if number < len(trace.layers):
            later = trace.layers[number]
            terms = _terms(later.W_before[unit], later.dZ[row])
        lines += _line(name, "dA", terms, float(dA[unit]))
    return lines


def slope_lines(trace: StepTrace, number: int, row: int, names: Sequence[str]) -> list[str]:
    """Write dZ of each unit of a layer for a sample, likewise."""
    layer, name = trace.layers[number - 1], trace.activations[number - 1]
    A, dA, dZ = layer.A[row], layer.dA[row], layer.dZ[row]
    lines: list[str] = []
    for unit, unit_name in enumerate(names):
        if number == len(trace.layers) and trace.pair.slope is difference:
            target = number_text(float(trace.targets[row, unit]))
            terms = f"{number_text(float(A[unit]))} − {target}"
        elif name == SOFTMAX:
            terms = ""
        else:
            slope = ACTIVATIONS[name].slope(A[unit : unit + 1])
            terms = _terms(dA[unit : unit + 1], slope)
        lines += _line(unit_name, "dZ", terms, float(dZ[unit]))
    return lines


def _terms(left: Array, right: Array, added: float | None = None) -> str:
    """Write the terms of a sum; of very many none."""
    if left.size > MOST_TERMS:
        return ""
    return products_text(left.tolist(), right.tolist(), number_text, added, MOST_TERMS)


def _line(name: str, quantity: str, terms: str, value: float, indent: int = 0) -> list[str]:
    head = f"  {name.ljust(indent)}  {quantity} = "
    text = f"{terms} = {number_text(value)}" if terms else number_text(value)
    return wrapped(text, head)
