"""Numbers of a step that are covered, and the learner's own answers to them."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.run.places import Unit
from mlpviz.experiment.run.trace import is_same_step
from mlpviz.experiment.words.step_stages import Kind
from mlpviz.experiment.workbook.judging import Verdict, judged
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
from mlpviz.experiment.workbook.worked_answer import worked_answer
from mlpviz.gui.actions.selection import Selection
from mlpviz.gui.actions.step_practice import StepPractice
from mlpviz.gui.actions.step_walk import StepWalk, Walked

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
    silent : numbers of the items of the page that would tell one of those
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
    units: Mapping[Unit, str] = field(default_factory=dict)
    asked: Cell | None = None
    verdict: str = ""
    is_helped: bool = False
    can_go_on: bool = False
    cover: str = "none"
    score: str = ""


class StepCheck(QObject):
    """Owns which numbers are covered, and counts the answers: for the learner alone.

    A number that stands twice on a page is covered twice, and in the diagram too. One that was
    answered rightly stays uncovered until another sample, stage or step is worked out.

    Parameters
    ----------
    walk : shows the page
    selection : owns the sample and the moment, which practice changes
    """

    changed = Signal(object)  # Covered

    def __init__(self, walk: StepWalk, selection: Selection) -> None:
        super().__init__(walk)
        self._walk = walk
        self._cover = "none"
        self._by_hand: set[Question] = set()  # that were covered or uncovered by a click
        self._solved: set[Question] = set()
        self._asked: Question | None = None
        self._verdict, self._is_wrong = "", False
        self._right = self._tried = 0
        self._page: Walked | None = None  # what the answers belong to
        self._practice = StepPractice(walk, selection)
        walk.changed.connect(self._follow)
        walk.turned.connect(self._end_practice)

    @property
    def asks(self) -> bool:
        """Whether a number is asked for."""
        return self._asked is not None

    @Slot(str)
    def set_cover(self, cover: str) -> None:
        """Cover no numbers, the results of the lines, what the stage gives its layer, or all.

        A layer is covered in every unit: on the pages of the others, and in the diagram. All are
        besides the numbers on a page that come from an earlier stage. Practice covers ever more.

        Parameters
        ----------
        cover : key of COVERS
        """
        if self._practice.is_on:
            self._practice.end()
        self._cover = cover
        if cover == "practice":
            self._practice.begin()
        self._by_hand, self._solved = set(), set()
        self._verdict = ""
        self._ask_next()
        self._show()

    def press(self, cell: Cell) -> None:
        """Cover a number; or ask for one that is covered."""
        question = self._questions().get(cell)
        if question is None:
            return
        if question not in self._hidden():
            self._solved.discard(question)
            self._by_hand.add(question)
        self._ask(question)
        self._verdict = ""
        self._show()

    @Slot(str)
    def answer(self, text: str) -> None:
        """Judge an answer to the number that is asked for; a right one uncovers it."""
        walked = self._walk.walked
        if walked is None or self._asked is None or not text.strip():
            return
        judgement = judged(walked.trace, self._asked, text, self._walk.digits)
        self._verdict = judgement.sentence
        if judgement.verdict not in (Verdict.UNREADABLE, Verdict.TOO_FEW_DIGITS):
            self._tried += 1
            self._is_wrong = True
        if judgement.verdict is Verdict.RIGHT:
            self._right += 1
            self._solved.add(self._asked)
            self._ask_next()
        self._show()

    @Slot()
    def show_line(self) -> None:
        """Show the worked line of the number that was answered wrongly, and ask for the next.

        The answer counts as tried and not as right, as it does already.
        """
        walked, question = self._walk.walked, self._asked
        if walked is None or question is None or not self._is_wrong:
            return
        recipe, digits = walked.frame.recipe, self._walk.digits
        line = worked_answer(recipe, walked.trace, question, digits)
        self._verdict = tr(
            "{formula}, in numbers: {numbers}", formula=line.formula, numbers=line.numbers
        )
        self._solved.add(question)
        self._ask_next()
        self._show()

    @property
    def can_go_on(self) -> bool:
        """Whether a rung of practice is done, and the next one waits."""
        return self._practice.is_on and self._walk.walked is not None and not self.asks

    @Slot()
    def go_on(self) -> None:
        """Go to the next rung of practice."""
        if self.can_go_on:
            self._solved = set()
            self._practice.go_on()
            self._begin_page()
            self._show()

    @Slot(bool)
    def _end_practice(self, is_on: bool) -> None:
        """End practice where no step is taken apart any more."""
        if not is_on and self._practice.is_on:
            self.set_cover("none")

    def _questions(self) -> dict[Cell, Question]:
        walked = self._walk.walked
        if walked is None:
            return {}
        stage, place = walked.stages[walked.number], walked.page.place
        if walked.is_batch:
            recipe = walked.frame.recipe
            return batch_questions(recipe, walked.trace, stage, walked.row, place)
        return questions_of(walked.trace, stage, walked.row, place)

    def _hidden(self) -> set[Question]:
        """Return what is covered of the page, wherever it stands."""
        questions = self._questions()
        blanks = self._practice.blanks()
        hidden = {
            question
            for cell, question in questions.items()
            if question in blanks or self._covers(cell, question)
        }
        return (hidden | self._by_hand) - self._solved

    def _covers(self, cell: Cell, question: Question) -> bool:
        """Tell whether the choice covers a number of the page; of matrices all are results."""
        if self._cover == "results" and not self._has_matrices:
            return cell.row is None
        if self._cover in ("layer", "results"):
            return self._is_of_layer(question)
        return self._cover == "all"

    @property
    def _has_matrices(self) -> bool:
        return self._walk.walked is not None and self._walk.walked.is_batch

    def _is_of_layer(self, question: Question) -> bool:
        """Tell whether the stage works a number out of the layer that is looked at."""
        walked = self._walk.walked
        if walked is None:
            return False
        kind, layer = _kind(walked), walked.page.place.layer
        return question.layer == layer and question.quantity in WORKED_OUT[kind]

    def _hidden_units(self, hidden: set[Question]) -> set[Unit]:
        """Return the units whose number in the diagram is one that is covered."""
        walked = self._walk.walked
        if walked is None:
            return set()
        trace, stage, row = walked.trace, walked.stages[walked.number], walked.row
        has_layer = self._cover in ("layer", "all")
        found = set()
        for layer, count in enumerate(trace.sizes[1:], 1):
            for unit in range(count):
                question = unit_question(trace, stage, row, (layer, unit))
                is_open = question in self._solved or not math.isfinite(
                    right_value(trace, question)
                )
                is_covered = question in hidden or (has_layer and self._is_of_layer(question))
                if is_covered and not is_open:
                    found.add((layer, unit))
        return found

    def _silent(self, hidden: set[Question]) -> frozenset[int]:
        """Return the check of a slope, where the slope is covered."""
        walked = self._walk.walked
        if walked is None or walked.is_batch or _kind(walked) is not Kind.BACKWARD:
            return frozenset()
        layer, unit, source = walked.page.place
        is_told = Question(Quantity.SLOPE, layer, unit, None, source) in hidden
        return frozenset({len(walked.page.items) - 1} if is_told else ())

    def _ask_next(self) -> None:
        """Ask for the first number that is covered still."""
        questions, hidden = self._questions(), self._hidden()
        lines = sorted(
            ((cell.row is not None, cell.item, cell.row or 0, cell.column or 0), number)
            for number, cell in enumerate(questions)
            if questions[cell] in hidden
        )
        self._ask(list(questions.values())[lines[0][1]] if lines else None)

    def _ask(self, question: Question | None) -> None:
        """Ask for a number; of another than before no answer is known yet."""
        self._asked, self._is_wrong = question, False

    @Slot(object)
    def _follow(self, walked: Walked | None) -> None:
        """Cover the numbers of a page anew where it is another one."""
        before, self._page = self._page, walked
        self._practice.follow(walked)
        if not _has_same_numbers(before, walked):
            self._solved = set()
        if not _has_same_numbers(before, walked) or not _has_same_place(before, walked):
            self._begin_page()
        self._show()

    def _begin_page(self) -> None:
        """Forget the last page."""
        self._by_hand, self._verdict = set(), ""
        self._ask_next()

    def _show(self) -> None:
        questions, hidden = self._questions(), self._hidden()
        asked = [cell for cell, question in questions.items() if question == self._asked]
        score = ""
        if self._tried:
            score = tr_plural(
                "{right} of {count} answer right",
                "{right} of {count} answers right",
                self._tried,
                right=self._right,
            )
        verdict = self._verdict
        if not verdict and asked:
            verdict = tr("Type the number at the mark ?")
        elif not verdict and self._practice.is_worked:
            verdict = tr("Read how this stage is worked out: with another sample, you do it.")
        self.changed.emit(
            Covered(
                frozenset(questions),
                frozenset(cell for cell, question in questions.items() if question in hidden),
                self._silent(hidden),
                dict.fromkeys(self._hidden_units(hidden), MARK),
                max(asked, key=lambda cell: cell.row is None, default=None),
                verdict,
                self._is_wrong,
                self.can_go_on,
                self._cover,
                score,
            )
        )


def _kind(walked: Walked) -> Kind:
    return walked.stages[walked.number].kind


def _has_same_numbers(one: Walked | None, other: Walked | None) -> bool:
    """Tell whether two pages are of one stage of one step, and of one sample."""
    if one is None or other is None:
        return one is other
    is_there = (one.number, one.row) == (other.number, other.row)
    return is_there and is_same_step(one.trace, other.trace)


def _has_same_place(one: Walked | None, other: Walked | None) -> bool:
    """Tell whether two pages are of one unit, and both of one sample or of all."""
    if one is None or other is None:
        return one is other
    return (one.page.place[:2], one.is_batch) == (other.page.place[:2], other.is_batch)
