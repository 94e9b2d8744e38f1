"""One step of training on paper: a page of A4 to be filled in, and the key on the next one.

Two degrees of covering: the results alone, which a later line of the same sheet lets one check, or
the numbers that they are made of, too. What one sample cannot tell is given on every sheet: the
gradient of a step of many samples, and a step that needs what the optimizer remembers.
"""

from dataclasses import replace
from html import escape

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import ENGLISH, PSEUDO, count_text, present, tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.trace import StepTrace
from mlpviz.experiment.words.formula_html import formula_html
from mlpviz.experiment.words.names import layer_name, unit_names
from mlpviz.experiment.words.step_formulas import (
    activation_formula,
    back_formula,
    loss_formula,
    loss_slope_formula,
    slope_formula,
    sum_formula,
    symbol,
)
from mlpviz.experiment.words.step_items import Worked
from mlpviz.experiment.words.step_numbers import USUAL_DIGITS
from mlpviz.experiment.words.step_pages import page_of
from mlpviz.experiment.words.step_stages import Kind, Stage
from mlpviz.experiment.writing.page_frame import PAGE
from mlpviz.experiment.writing.report_words import recipe_words
from mlpviz.experiment.writing.step_sheet_matrices import Matrices
from mlpviz.experiment.writing.step_sheet_parts import (
    cell,
    heading,
    number_text,
    sentence,
    sums_table,
)
from mlpviz.experiment.writing.step_sheet_room import check_sheet
from mlpviz.experiment.writing.step_sheet_style import SHEET_STYLE

TITLE = marked("One training step on paper")


def step_sheet(recipe: Recipe, trace: StepTrace, row: int, cover: str = "none") -> str:
    """Write a step as a page of HTML; where something is covered with its key.

    Parameters
    ----------
    row : of the sample that is worked out, among those of the step
    cover : of COVERS

    Raises
    ------
    ValueError
        with a sentence, where the network has no room on a page.
    """
    check_sheet(recipe)
    title = tr(TITLE)
    sheets = [_Sheet(recipe, trace, row, cover).page(title)]
    if cover != "none":
        key = tr("One training step on paper: the key")
        sheets.append(f'<div class="key">{_Sheet(recipe, trace, row, "none").page(key)}</div>')
    language = ENGLISH if present() == PSEUDO else present().replace("_", "-")
    page = {"title": escape(title), "style": SHEET_STYLE, "body": "\n".join(sheets)}
    return PAGE.format(language=language, **page)


class _Sheet:
    """Writes one page."""

    def __init__(self, recipe: Recipe, trace: StepTrace, row: int, cover: str) -> None:
        self._recipe, self._trace, self._row, self._cover = recipe, trace, row, cover
        self._last = len(trace.layers)
        self._matrices = Matrices(recipe, trace, row, is_covered=cover != "none")

    def page(self, title: str) -> str:
        """Write all parts, the title first."""
        layers = range(1, self._last + 1)
        return "\n".join(
            [
                self._title(title),
                *self._head(),
                heading(tr("Before the step")),
                self._sample(),
                *self._matrices.before(),
                heading(tr("Forward")),
                *map(self._forward, layers),
                heading(tr("Loss")),
                self._loss(),
                heading(tr("Backward")),
                *map(self._backward, reversed(layers)),
                heading(tr("What this sample adds to the slopes of weights and biases")),
                *self._matrices.parts(),
                heading(tr("Update")),
                *self._matrices.after(),
            ]
        )

    def _title(self, title: str) -> str:
        """Write the title, and beside it leave room for a name."""
        if self._cover == "none":
            return heading(title, 1)
        room = "_" * 22
        words = escape(tr("Name: {room}   Date: {room}", room=room)).replace(" ", "&nbsp;")
        cells = f'<td>{heading(title, 1)}</td><td align="right">{words}</td>'
        return f'<table width="100%" cellspacing="0"><tr>{cells}</tr></table>'

    def _head(self) -> list[str]:
        """Say which step of which network it is."""
        rounded = tr_plural(
            "Numbers are rounded to {count} digit that counts: yours may differ in the last one.",
            "Numbers are rounded to {count} digits that count: yours may differ in the last one.",
            USUAL_DIGITS,
        )
        recipe = recipe_words(replace(self._recipe, epochs=self._trace.epoch))
        lines = f"{self._which()} {rounded}", recipe
        return [f'<p class="quiet">{escape(line)}</p>' for line in lines]

    def _which(self) -> str:
        trace = self._trace
        places = {"sample": int(trace.samples[self._row]), "epoch": count_text(trace.epoch)}
        if self._recipe.batch_size:
            return tr_plural(
                "Sample {sample} in batch {batch} after epoch {epoch}, which has {count} sample.",
                "Sample {sample} in batch {batch} after epoch {epoch}, which has {count} samples.",
                len(trace.samples),
                batch=trace.batch,
                **places,
            )
        return tr_plural(
            "Sample {sample} in the step after epoch {epoch}, which is of {count} sample.",
            "Sample {sample} in the step after epoch {epoch}, which is of {count} samples.",
            len(trace.samples),
            **places,
        )

    def _sample(self) -> str:
        trace = self._trace
        inputs = zip(unit_names(self._recipe, 0), trace.X[self._row].tolist(), strict=True)
        given = [f"{name} = {number_text(value)}" for name, value in inputs]
        targets = [number_text(value) for value in trace.targets[self._row].tolist()]
        target = ", ".join(targets)
        given.append(f"Y = {target}" if len(targets) == 1 else f"Y = ({target})")
        return sentence(tr("The sample: {numbers}", numbers=",   ".join(given)))

    def _forward(self, layer: int) -> str:
        formulas = sum_formula(layer), activation_formula(self._trace, layer)
        return self._sums(Kind.FORWARD, layer, formulas, ("Z", "A"))

    def _backward(self, layer: int) -> str:
        first = back_formula(layer)
        if layer == self._last:
            first = loss_slope_formula(self._trace, self._recipe.loss)
        formulas = first, slope_formula(self._trace, layer)
        return self._sums(Kind.BACKWARD, layer, formulas, ("dA", "dZ"))

    def _sums(
        self, kind: Kind, layer: int, formulas: tuple[str, str], names: tuple[str, str]
    ) -> str:
        """Write two numbers of each unit of a layer, the second of which is made of the first."""
        first, second = (symbol(name, layer) for name in names)
        name = layer_name(self._recipe, layer)
        heads = f"{name}:   {formulas[0]}", first, formulas[1], second
        rows = []
        for unit, name in enumerate(unit_names(self._recipe, layer)):
            cells = [f'<td class="name">{escape(name)}</td>']
            for worked in self._worked(kind, layer, unit):
                cells += self._sum_cells(worked.numbers)
            rows.append(cells)
        return sums_table(heads, rows)

    def _loss(self) -> str:
        trace = self._trace
        worked = self._worked(Kind.LOSS, self._last, 0)[0]
        mean = ""
        if len(trace.samples) > 1:
            mean = tr_plural(
                "mean over {count} sample: {loss}",
                "mean over {count} samples: {loss}",
                len(trace.samples),
                loss=number_text(trace.loss),
            )
        cells = [
            '<td class="name"></td>',
            *self._sum_cells(worked.numbers.removeprefix("L = ")),
            f'<td class="name" colspan="2">{escape(mean)}</td>',
        ]
        heads = loss_formula(trace, self._recipe.loss), "L", "", ""
        return sums_table(heads, [cells])

    def _worked(self, kind: Kind, layer: int, unit: int) -> list[Worked]:
        """Return what a stage works out for a unit."""
        stage, place = Stage(kind, layer), Place(layer, unit)
        page = page_of(self._recipe, self._trace, stage, self._row, place, USUAL_DIGITS)
        worked = [item for item in page.items if isinstance(item, Worked) and item.numbers]
        return worked[:2]  # those of the sample; dW and db have a table of their own

    def _sum_cells(self, numbers: str) -> list[str]:
        """Write a sum, and its result in a cell of its own."""
        before, _, result = numbers.rpartition(" = ")
        shown = f"{formula_html(before)} =" if before and self._cover != "all" else ""
        kind = "result" if self._cover == "none" else "blank"
        side = "line" if self._cover == "all" else "sum"
        return [f'<td class="{side}">{shown}</td>', cell(result, kind)]
