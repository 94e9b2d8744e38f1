"""Numbers of a step that are covered, and the learner's own answers to them."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.workbook.judging import Verdict, judged
from mlpviz.experiment.workbook.step_questions import Cell, Question, questions_of
from mlpviz.gui.actions.step_walk import StepWalk, Walked

COVERS = {"none": marked("nothing"), "results": marked("results"), "all": marked("all")}


@dataclass(frozen=True, slots=True)
class Covered:
    """What is covered of a page, and what is said of the last answer.

    Parameters
    ----------
    cells : that can be covered and asked for, where they stand on the page
    hidden : those of them that are covered now
    asked : the one that the next answer is to; None for none
    verdict : what the last answer was, in a sentence; "" before one
    score : how many answers were right of how many, in words; "" before the first
    """

    cells: frozenset[Cell] = frozenset()
    hidden: frozenset[Cell] = frozenset()
    asked: Cell | None = None
    verdict: str = ""
    score: str = ""


class StepCheck(QObject):
    """Owns which numbers are covered, and counts the answers: for the learner alone.

    A number that stands twice on a page is covered twice. One that was answered rightly stays
    uncovered until another sample, unit or step is worked out.

    Parameters
    ----------
    walk : shows the page
    """

    changed = Signal(object)  # Covered

    def __init__(self, walk: StepWalk) -> None:
        super().__init__(walk)
        self._walk = walk
        self._cover = "none"
        self._by_hand: set[Question] = set()  # that were covered or uncovered by a click
        self._solved: set[Question] = set()
        self._asked: Question | None = None
        self._verdict = ""
        self._right = self._tried = 0
        self._page: object = None  # what the answers belong to
        walk.changed.connect(self._follow)

    @property
    def asks(self) -> bool:
        """Whether a number is asked for."""
        return self._asked is not None

    @Slot(str)
    def set_cover(self, cover: str) -> None:
        """Cover no numbers, the results of the lines, or all that can be computed.

        Parameters
        ----------
        cover : key of COVERS
        """
        self._cover = cover
        self._by_hand, self._solved = set(), set()
        self._asked, self._verdict = None, ""
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
        self._asked, self._verdict = question, ""
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
        if judgement.verdict is Verdict.RIGHT:
            self._right += 1
            self._solved.add(self._asked)
            self._ask_next()
        self._show()

    def _questions(self) -> dict[Cell, Question]:
        walked = self._walk.walked
        if walked is None:
            return {}
        stage, place = walked.stages[walked.number], walked.page.place
        return questions_of(walked.trace, stage, walked.row, place)

    def _hidden(self) -> set[Question]:
        """Return what is covered, wherever it stands."""
        questions = self._questions()
        if self._cover == "none":
            hidden = set[Question]()
        elif self._cover == "results":
            hidden = {question for cell, question in questions.items() if cell.row is None}
        else:
            hidden = set(questions.values())
        return (hidden | self._by_hand) - self._solved

    def _ask_next(self) -> None:
        """Ask for the first number that is covered still."""
        questions, hidden = self._questions(), self._hidden()
        lines = sorted(
            ((cell.row is not None, cell.item, cell.row or 0, cell.column or 0), number)
            for number, cell in enumerate(questions)
            if questions[cell] in hidden
        )
        self._asked = list(questions.values())[lines[0][1]] if lines else None

    @Slot(object)
    def _follow(self, walked: Walked | None) -> None:
        """Cover the numbers of a page anew where it is another one."""
        page: object = None
        if walked is not None:
            page = walked.trace, walked.number, walked.row, walked.page.place
        if page != self._page:
            self._page = page
            self._by_hand, self._solved, self._verdict = set(), set(), ""
            self._ask_next()
        self._show()

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
        self.changed.emit(
            Covered(
                frozenset(questions),
                frozenset(cell for cell, question in questions.items() if question in hidden),
                max(asked, key=lambda cell: cell.row is None, default=None),
                self._verdict or (tr("Type the number at the mark ?") if asked else ""),
                score,
            )
        )
