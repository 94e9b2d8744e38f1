"""Which numbers of a step are covered: on its page, and in the diagram."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from mlpviz.engine.marked import marked
from mlpviz.experiment.run.places import Unit
from mlpviz.experiment.words.step_stages import Kind
from mlpviz.experiment.workbook.step_questions import (
    WORKED_OUT,
    Cell,
    Quantity,
    Question,
    batch_questions,
    questions_of,
    right_value,
    unit_question,
)
from mlpviz.gui.actions.step_walk import Walked

COVERS = {
    "none": marked("nothing"),
    "results": marked("results"),
    "layer": marked("a layer"),
    "all": marked("all"),
    "practice": marked("practice"),
}
MARK = "?"  # in the place of a number that is covered


@dataclass(frozen=True, slots=True)
class Covered:
    """What is covered of a page, and what is said of the last answer.

    Parameters
    ----------
    cells : that can be covered and asked for, where they stand on the page
    hidden : those of them that are covered now
    silent, bare : numbers of the items of the page that would tell one of those, and of those lines
        that would before their result
    units : marks on the units of the diagram whose numbers are covered
    asked : the one that the next answer is to; None for none
    verdict : what the last answer was, in a sentence; "" before one
    is_helped : whether the worked line is offered: where the last answer was wrong
    can_go_on : whether a rung of practice is done, and the next one waits
    cover : key of COVERS
    score : how many answers were right of how many, in words; "" before the first
    """

    cells: frozenset[Cell] = frozenset()
    hidden: frozenset[Cell] = frozenset()
    silent: frozenset[int] = frozenset()
    bare: frozenset[int] = frozenset()
    units: Mapping[Unit, str] = field(default_factory=dict)
    asked: Cell | None = None
    verdict: str = ""
    is_helped: bool = False
    can_go_on: bool = False
    cover: str = "none"
    score: str = ""


class StepCover:
    """What is covered of a page: by a choice, as blanks of practice, and by clicks.

    Parameters
    ----------
    choice : key of COVERS
    """

    def __init__(self, choice: str = "none") -> None:
        self.choice = choice
        self.by_hand: set[Question] = set()  # that were covered by a click
        self.solved: set[Question] = set()  # which are covered no more
        self.blanks: frozenset[Question] = frozenset()  # of practice
        self._walked: Walked | None = None
        self.questions: dict[Cell, Question] = {}

    def take(self, walked: Walked | None) -> None:
        """Take over a page."""
        self._walked, self.questions = walked, {} if walked is None else _questions(walked)

    def hidden(self) -> set[Question]:
        """Return what is covered of the page, wherever it stands."""
        hidden = {
            question
            for cell, question in self.questions.items()
            if question in self.blanks or self._covers(cell, question)
        }
        return (hidden | self.by_hand) - self.solved

    def first_hidden(self) -> Question | None:
        """Return the first number that is covered: those of lines before those of tables."""
        hidden = self.hidden()
        cells = [cell for cell, question in self.questions.items() if question in hidden]
        first = min(
            cells,
            key=lambda cell: (cell.row is not None, cell.item, cell.row or 0, cell.column or 0),
            default=None,
        )
        return None if first is None else self.questions[first]

    def hidden_units(self) -> set[Unit]:
        """Return the units whose number in the diagram is one that is covered."""
        walked, hidden = self._walked, self.hidden()
        if walked is None:
            return set()
        trace, stage, row = walked.trace, walked.stage, walked.row
        has_layer = self.choice in ("layer", "all")
        found = set()
        for layer, count in enumerate(trace.sizes[1:], 1):
            for unit in range(count):
                question = unit_question(trace, stage, row, (layer, unit))
                is_covered = question in hidden or (has_layer and self._is_of_layer(question))
                is_asked_for = math.isfinite(right_value(trace, question))
                if is_covered and is_asked_for and question not in self.solved:
                    found.add((layer, unit))
        return found

    def silent(self) -> frozenset[int]:
        """Return the item that checks a slope, where the slope is covered."""
        walked = self._walked
        if walked is None or walked.is_batch or walked.stage.kind is not Kind.BACKWARD:
            return frozenset()
        layer, unit, source = walked.page.place
        is_told = Question(Quantity.SLOPE, layer, unit, None, source) in self.hidden()
        return frozenset({len(walked.page.items) - 1} if is_told else ())

    def bare(self) -> frozenset[int]:
        """Return the line of the step, where the slope or the step is covered that stands in it."""
        walked = self._walked
        if walked is None or walked.is_batch or walked.stage.kind is not Kind.UPDATE:
            return frozenset()
        layer, unit, source = walked.page.place
        told = {Question(of, layer, unit, None, source) for of in (Quantity.G, Quantity.STEP)}
        return frozenset({0} if told & self.hidden() else ())

    def _covers(self, cell: Cell, question: Question) -> bool:
        """Tell whether the choice covers a number of the page; of matrices all are results."""
        if self.choice == "results" and not (self._walked and self._walked.is_batch):
            return cell.row is None
        if self.choice in ("layer", "results"):
            return self._is_of_layer(question)
        return self.choice == "all"

    def _is_of_layer(self, question: Question) -> bool:
        """Tell whether the stage works a number out of the layer that is looked at."""
        walked = self._walked
        if walked is None or question.layer != walked.page.place.layer:
            return False
        return question.quantity in WORKED_OUT[walked.stage.kind]


def _questions(walked: Walked) -> dict[Cell, Question]:
    """Return what can be asked of a page."""
    recipe, trace, place = walked.frame.recipe, walked.trace, walked.page.place
    if walked.is_batch:
        return batch_questions(recipe, trace, walked.stage, walked.row, place)
    return questions_of(trace, walked.stage, walked.row, place)
