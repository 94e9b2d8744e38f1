"""What takes part where one unit or one weight is looked at; all the rest steps back."""

from collections.abc import Sequence
from dataclasses import dataclass

from mlpviz.experiment.run.places import Place, Unit
from mlpviz.experiment.words.step_stages import Kind, Stage


@dataclass(frozen=True, slots=True)
class Participants:
    """The units and weights that take part.

    Parameters
    ----------
    units : (layer, unit) of each
    edges : of each block the weights, by their numbers in W row by row
    weights : the same as places
    sizes : units of each layer of the network that they are of
    """

    units: frozenset[Unit]
    edges: tuple[tuple[int, ...], ...]
    weights: frozenset[Place]
    sizes: tuple[int, ...]

    def positions(self, sizes: Sequence[int]) -> frozenset[int]:
        """Return where all weights and biases of these lie in the flat vector."""
        biases = {Place(layer, unit) for layer, unit in self.units if layer > 0}
        return frozenset(place.position(sizes) for place in self.weights | biases)


def participants_of(sizes: Sequence[int], place: Place) -> Participants:
    """Return what takes part in a unit or a weight.

    With a unit go the units before it and the weights to and from it: what it is made of, and
    where it goes. With a weight go the two units that it connects.

    Parameters
    ----------
    sizes : units of each layer, the inputs first
    """
    layer, unit, source = place
    if source is not None:
        return _gather(sizes, {(layer - 1, source), (layer, unit)}, [place])
    before = range(sizes[layer - 1]) if layer > 0 else range(0)
    after = range(sizes[layer + 1]) if layer + 1 < len(sizes) else range(0)
    weights = [Place(layer, unit, i) for i in before]
    weights += [Place(layer + 1, j, unit) for j in after]
    return _gather(sizes, {(layer, unit), *((layer - 1, i) for i in before)}, weights)


def participants_of_all(sizes: Sequence[int], places: Sequence[Place]) -> Participants:
    """Return what takes part in any of some units and weights."""
    parts = [participants_of(sizes, place) for place in places]
    units = {unit for part in parts for unit in part.units}
    return _gather(sizes, units, sorted({place for part in parts for place in part.weights}))


def participants_in_stage(sizes: Sequence[int], stage: Stage, place: Place) -> Participants:
    """Return what takes part where one stage of a step is worked out.

    Forward and in the update these are the weights into the unit, and the units before it. On the
    way back also the units after it, from which its slope comes, and in the loss only the output.

    Parameters
    ----------
    place : the unit, or a weight into it
    """
    layer, unit, source = place
    if stage.kind is Kind.LOSS:
        last = len(sizes) - 1
        return _gather(sizes, {(last, output) for output in range(sizes[last])}, [])
    sources = range(sizes[layer - 1]) if source is None else [source]
    weights = [Place(layer, unit, i) for i in sources]
    if stage.kind is Kind.BACKWARD and layer + 1 < len(sizes):
        weights += [Place(layer + 1, later, unit) for later in range(sizes[layer + 1])]
    units = {(at.layer, at.unit) for at in weights}
    units |= {(at.layer - 1, at.source) for at in weights if at.source is not None}
    return _gather(sizes, units, weights)


def is_there(sizes: Sequence[int], place: Place) -> bool:
    """Tell whether a network has a unit, or a weight."""
    layer, unit, source = place
    if not (layer < len(sizes) and unit < sizes[layer]):
        return False
    return source is None or source < sizes[layer - 1]


def _gather(sizes: Sequence[int], units: set[Unit], weights: Sequence[Place]) -> Participants:
    edges: list[list[int]] = [[] for _ in sizes[1:]]
    for weight in weights:
        assert weight.source is not None
        edges[weight.layer - 1].append(weight.source * sizes[weight.layer] + weight.unit)
    return Participants(
        frozenset(units), tuple(map(tuple, edges)), frozenset(weights), tuple(sizes)
    )
