"""The stages of one step, and what is worked out at each: formula, numbers, result, code.

A page is of one sample and one unit; the numbers are those of the real step, see `run.trace`.
"""

from collections.abc import Sequence

from mlpviz.engine import Array
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.gradient_check import Check, checked
from mlpviz.experiment.run.places import Place, Unit
from mlpviz.experiment.run.step_effect import StepEffect, step_effect
from mlpviz.experiment.run.trace import StepTrace
from mlpviz.experiment.words.check_words import check_sentence
from mlpviz.experiment.words.names import name_of, place_name
from mlpviz.experiment.words.step_formulas import penalty_formula, symbol
from mlpviz.experiment.words.step_items import Item, Page, Table, Told
from mlpviz.experiment.words.step_lines import UnitLines
from mlpviz.experiment.words.step_numbers import digits_text
from mlpviz.experiment.words.step_stages import Kind, Stage, stage_name

MOST_COLUMNS = 8  # of a table


Proof = Check | StepEffect  # what is said at the end of a page, which takes passes forward


def proof_of(trace: StepTrace, stage: Stage, place: Place | None) -> Proof | None:
    """Compute what shows that a page is right: once for it, for that may take long.

    Returns
    -------
    The check of the slope that is looked at by a difference of two losses, or what the step does to
    the loss; None for a stage that has neither.
    """
    if stage.kind is Kind.BACKWARD:
        (check,) = checked(trace, [page_place(stage, place).position(trace.sizes)])
        return check
    return step_effect(trace) if stage.kind is Kind.UPDATE else None


def page_of(
    recipe: Recipe,
    trace: StepTrace,
    stage: Stage,
    row: int,
    place: Place | None,
    digits: int,
    proof: Proof | None = None,
) -> Page:
    """Work a stage out.

    Parameters
    ----------
    row : of the sample, among those of the step
    place : the unit, or weight, that is looked at; where the stage has none there, its first unit
        is worked out
    digits : that count, of each number
    proof : see `proof_of`; None where it is not computed yet
    """
    where = page_place(stage, place)
    writer = _Writer(recipe, trace, row, where, digits, proof)
    write = {
        Kind.FORWARD: writer.forward,
        Kind.LOSS: writer.loss,
        Kind.BACKWARD: writer.backward,
        Kind.UPDATE: writer.update,
    }[stage.kind]
    sentence, items = write()
    of_weight = None
    if place is not None and place.source is not None:
        if stage.kind is not Kind.BACKWARD:
            items += chain_items(recipe, trace, row, place, digits)
            of_weight = len(items) - 1
        elif where.source is not None:
            of_weight = len(items) - 2  # before the check of its slope, which is last
    return Page(stage_name(recipe, stage), sentence, tuple(items), where, of_weight)


def chain_items(
    recipe: Recipe, trace: StepTrace, row: int, place: Place, digits: int
) -> list[Item]:
    """Return the chain rule of a weight, for a stage that does not work it out."""
    name = place_name(recipe, place)
    chain = UnitLines(recipe, trace, row, place, digits).chain_line()
    assert chain is not None
    return [
        tr(
            "How the loss changes with {weight}, by the chain rule. Point at a factor to see "
            "where it comes from.",
            weight=name,
        ),
        chain,
    ]


def page_place(stage: Stage, place: Place | None) -> Place:
    """Return what a page is about: the place that is looked at, or the first unit of the stage."""
    is_any_layer = stage.kind is Kind.UPDATE
    if place is not None and place.layer > 0 and (is_any_layer or place.layer == stage.layer):
        return place
    return Place(stage.layer, 0)


def numbers_on_units(trace: StepTrace, stage: Stage, row: int, digits: int) -> dict[Unit, str]:
    """Return dZ of the layer that the slopes have come to, and of the one after it; or the loss.

    Parameters
    ----------
    row : of the sample, among those of the step
    digits : that count, of each number
    """
    last = len(trace.layers)
    if stage.kind is Kind.LOSS and trace.sizes[-1] == 1:
        return {(last, 0): f"L {digits_text(float(trace.losses[row]), digits)}"}
    if stage.kind is not Kind.BACKWARD:
        return {}
    return {
        (layer, unit): f"dZ {digits_text(value, digits)}"
        for layer in (stage.layer, stage.layer + 1)
        if layer <= last
        for unit, value in enumerate(trace.layers[layer - 1].dZ[row].tolist())
    }


def shown_columns(count: int, unit: int) -> range:
    """Return which of so many columns a table has room for, among them that of a unit."""
    first = max(0, min(unit - MOST_COLUMNS // 2, count - MOST_COLUMNS))
    return range(first, min(count, first + MOST_COLUMNS))


def mean_loss(trace: StepTrace, loss: str) -> Told:
    """Tell the mean loss of the samples, as it is written."""
    words = tr_plural(
        "The loss of the step is the mean over its {count} sample: {loss}.",
        "The loss of the step is the mean over its {count} samples: {loss}.",
        len(trace.samples),
        loss=loss,
    )
    return Told(words, loss)


Written = tuple[str, list[Item]]


class _Writer:
    """Writes what a stage works out for one unit of one layer and one sample."""

    def __init__(
        self,
        recipe: Recipe,
        trace: StepTrace,
        row: int,
        place: Place,
        digits: int,
        proof: Proof | None,
    ) -> None:
        self._recipe, self._trace, self._row = recipe, trace, row
        self._place, self._proof = place, proof
        self._layer, self._unit, layer, unit = *place[:2], *place[:2]
        self._step = trace.layers[layer - 1]
        self._lines = UnitLines(recipe, trace, row, place, digits)
        self._name = name_of(recipe, layer, unit)

    def forward(self) -> Written:
        """Add up what comes in, and bend the sum."""
        step, layer = self._step, self._layer
        sentence = tr(
            "{unit} multiplies what comes in by its weights, adds its bias, and bends the sum.",
            unit=self._name,
        )
        return sentence, [
            self._units_table({symbol("Z", layer): step.Z, symbol("A", layer): step.A}),
            self._lines.sum_line(),
            self._lines.bent_line(),
        ]

    def loss(self) -> Written:
        """Judge the output."""
        trace, last = self._trace, len(self._trace.layers)
        rows = {symbol("A", last): trace.layers[-1].A, "Y": trace.targets}
        items: list[Item] = [self._units_table(rows, last), self._lines.loss_line()]
        if len(trace.samples) > 1:
            items.append(mean_loss(trace, self._text(trace.loss)))
        if trace.rule.regularization != "none":
            items.append(tr("The penalty adds {penalty}.", penalty=self._text(trace.penalty)))
        sentence = tr("The loss says how far the output of this sample is from its target.")
        return sentence, items

    def backward(self) -> Written:
        """Ask by how much the loss changes with the unit's output, its sum and its weights."""
        layer, step = self._layer, self._step
        sentence = tr(
            "How does the loss change with the output of {unit}, its sum, and each weight?",
            unit=self._name,
        )
        names = [symbol(name, layer) for name in ("dA", "dZ")]
        table = dict(zip(names, (step.dA, step.dZ), strict=True))
        items: list[Item] = [
            self._units_table(table),
            self._lines.back_line(),
            self._lines.slope_line(),
            self._lines.gradient_line(),
            self._gradient_table(),
        ]
        chain = self._lines.chain_line()
        if chain is not None:
            items.append(chain)
        return sentence, [*items, self._check()]

    def _check(self) -> str:
        """Compare the slope of the weight, or of the unit's bias, with a difference of losses."""
        name = place_name(self._recipe, self._place)
        if not isinstance(self._proof, Check):
            return tr("The check of {name} follows as soon as it is computed.", name=name)
        return check_sentence(self._proof, name, self._text)

    def _gradient_table(self) -> Table:
        """Return what the sample adds to the slope of each weight, and what all give together."""
        trace, layer, unit, step = self._trace, self._layer, self._unit, self._step
        given = [*trace.inputs_of(layer)[self._row].tolist(), 1.0]
        dZ = float(step.dZ[self._row, unit])
        all_together = [*step.dW[:, unit].tolist(), float(step.db[unit])]
        A, d = symbol("A", layer - 1), symbol("dZ", layer)
        rows: list[tuple[str, Sequence[float]]] = [
            (A, given),
            (f"{A}·{d}", [value * dZ for value in given]),
            (f"{symbol('dW', layer)}, {symbol('db', layer)}", all_together),
        ]
        return self._parameters_table(rows)

    def update(self) -> Written:
        """Take the step."""
        trace, layer, unit, step = self._trace, self._layer, self._unit, self._step
        W, b = symbol("W", layer), symbol("b", layer)

        def of_unit(weights: Array, biases: Array) -> list[float]:
            return [*weights[:, unit].tolist(), float(biases[unit])]

        rows: list[tuple[str, Sequence[float]]] = [
            (tr("{W}, {b} before", W=W, b=b), of_unit(step.W_before, step.b_before)),
            ("g", of_unit(step.g.W, step.g.b)),
            (tr("step"), of_unit(step.step.W, step.step.b)),
            (tr("{W}, {b} after", W=W, b=b), of_unit(step.W_after, step.b_after)),
        ]
        sentence = tr("Each weight and bias moves against its slope. Of {unit}:", unit=self._name)
        penalty = penalty_formula(trace, layer)
        items: list[Item] = [self._lines.step_line(), self._parameters_table(rows)]
        if penalty:
            items.append(
                tr(
                    "g is {dW} and what the penalty adds, {penalty}.",
                    dW=symbol("dW", layer),
                    penalty=penalty,
                )
            )
        return sentence, [*items, *self._effect()]

    def _effect(self) -> list[Item]:
        """Say what the step does to the loss, as its slope foretells and really."""
        effect = self._proof
        if not isinstance(effect, StepEffect):
            return [tr("What the step does to the loss follows as soon as it is computed.")]
        before, after = effect.outputs_before[self._row], effect.outputs_after[self._row]
        text = self._text
        # Of an output per class, that of its own class is to rise.
        output = 0 if len(before) == 1 else int(self._trace.targets[self._row].argmax())
        return [
            tr(
                "The output {name} of sample {sample} goes from {before} to {after}.",
                name=name_of(self._recipe, len(self._trace.layers), output),
                sample=int(self._trace.samples[self._row]),
                before=text(float(before[output])),
                after=text(float(after[output])),
            ),
            tr(
                "The slope foretells that the loss changes by {foretold}; it changes by {really}. "
                "The difference is how the loss bends on the way.",
                foretold=text(effect.foretold),
                really=text(effect.really),
            ),
        ]

    def _units_table(self, rows: dict[str, Array], layer: int | None = None) -> Table:
        """Return numbers of the sample for each unit of the layer, those beside this one first."""
        units = shown_columns(self._trace.sizes[layer or self._layer], self._unit)
        columns = tuple(
            name_of(self._recipe, layer or self._layer, unit).rpartition(", ")[2] for unit in units
        )
        texts = [
            (name, tuple(self._text(float(part[self._row, unit])) for unit in units))
            for name, part in rows.items()
        ]
        return Table(tr("this sample"), columns, tuple(texts))

    def _parameters_table(self, rows: Sequence[tuple[str, Sequence[float]]]) -> Table:
        """Return numbers of each weight of the unit, and of its bias."""
        fan_in = self._trace.sizes[self._layer - 1]
        shown = [*shown_columns(fan_in, self._place.source or 0), fan_in]
        names = [
            name_of(self._recipe, self._layer - 1, unit).rpartition(", ")[2] for unit in shown[:-1]
        ]
        texts = [(name, tuple(self._text(float(part[i])) for i in shown)) for name, part in rows]
        return Table(tr("from"), (*names, tr("bias")), tuple(texts))

    def _text(self, value: float) -> str:
        return self._lines.text(value)
