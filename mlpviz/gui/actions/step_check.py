"""The learner's own answers to the numbers of a step that are covered."""

import threading
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.run.trace import StepTrace, is_same_step
from mlpviz.experiment.words.formula_html import formula_text
from mlpviz.experiment.workbook.judging import Judgement, Verdict, judged, judged_at_once
from mlpviz.experiment.workbook.step_questions import Cell, Question
from mlpviz.experiment.workbook.worked_answer import worked_answer
from mlpviz.gui.actions.jobs import LatestJob
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selection
from mlpviz.gui.actions.step_cover import MARK, Covered, StepCover
from mlpviz.gui.actions.step_practice import StepPractice
from mlpviz.gui.actions.step_walk import StepWalk, Walked

MOST_SAMPLES, MOST_PRODUCTS = 32, 5_000  # of a number whose slips are found within some 10 ms


class _GivenUpError(Exception):
    pass


class _Judged(NamedTuple):
    """An answer that was judged in the background, and to what."""

    trace: StepTrace
    question: Question
    judgement: Judgement


class StepCheck(QObject):
    """Says which numbers are covered, and counts the answers: for the learner alone.

    A number that stands twice on a page is covered twice, and in the diagram too. One that was
    answered rightly stays uncovered until another sample, stage or step is worked out.

    Parameters
    ----------
    walk : shows the page
    selection : owns the sample and the moment, which practice changes
    runs : draws new weights for it
    """

    changed = Signal(object)  # Covered

    def __init__(self, walk: StepWalk, selection: Selection, runs: Runs) -> None:
        super().__init__(walk)
        self._walk = walk
        self._cover = StepCover()
        self._asked: Question | None = None
        self._verdict, self._is_wrong = "", False
        self._right = self._tried = 0
        self._page: Walked | None = None  # what the answers belong to
        self._practice = StepPractice(walk, selection, runs)
        self._is_given_up = threading.Event()  # of the answer that is on its way
        self._jobs = LatestJob(self)
        self._jobs.finished.connect(self._take_judged)
        self._jobs.failed.connect(self._fail)
        walk.changed.connect(self._follow)
        walk.turned.connect(self._end_practice)

    @property
    def asks(self) -> bool:
        """Whether a number is asked for."""
        return self._asked is not None

    @property
    def can_go_on(self) -> bool:
        """Whether a rung of practice is done, and the next one waits."""
        return self._practice.is_on and self._walk.walked is not None and not self.asks

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
        if cover == "practice":
            self._practice.begin()
        self._cover = StepCover(cover)
        self._begin_page()
        self._show()

    def press(self, cell: Cell) -> None:
        """Cover a number; or ask for one that is covered."""
        question = self._cover.questions.get(cell)
        if question is None:
            return
        if question not in self._cover.hidden():
            self._cover.solved.discard(question)
            self._cover.by_hand.add(question)
        self._ask(question)
        self._verdict = ""
        self._show()

    @Slot(str)
    def answer(self, text: str) -> None:
        """Judge an answer to the number that is asked for; a right one uncovers it.

        Of a number of many samples the slips are looked for in the background.
        """
        walked, question, digits = self._walk.walked, self._asked, self._walk.digits
        if walked is None or question is None or not text.strip():
            return
        trace = walked.trace
        judgement = judged_at_once(trace, question, text, digits)
        if judgement is None and _takes_long(trace, question):
            self._judge_apart(trace, question, text)
            return
        self._take(judgement or judged(trace, question, text, digits))

    def _judge_apart(self, trace: StepTrace, question: Question, text: str) -> None:
        """Judge an answer in the background; one that is on its way is wanted no more."""
        self._give_up()
        is_given_up, digits = self._is_given_up, self._walk.digits

        def heed() -> None:
            if is_given_up.is_set():
                raise _GivenUpError

        self._jobs.start(
            lambda: _Judged(trace, question, judged(trace, question, text, digits, heed))
        )
        self._verdict, self._is_wrong = tr("Checking which slip gives this number …"), False
        self._show()

    def _give_up(self) -> None:
        """Judge no answer any more that is on its way."""
        self._is_given_up.set()
        self._is_given_up = threading.Event()
        self._jobs.cancel()

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
        formula, numbers = formula_text(line.formula), formula_text(line.numbers)
        self._verdict = tr("{formula}, in numbers: {numbers}", formula=formula, numbers=numbers)
        self._cover.solved.add(question)
        self._ask_next()
        self._show()

    @Slot()
    def go_on(self) -> None:
        """Go to the next rung of practice."""
        if self.can_go_on:
            self._cover.solved = set()
            self._practice.go_on()
            self._begin_page()
            self._show()

    def stop(self) -> None:
        """End what is under way, before the window goes."""
        self._give_up()
        self._jobs.stop()

    @Slot(bool)
    def _end_practice(self, is_on: bool) -> None:
        """End practice where no step is taken apart any more."""
        if not is_on and self._practice.is_on:
            self.set_cover("none")

    @Slot(object)
    def _take_judged(self, found: _Judged) -> None:
        """Take over what was found out about an answer, where its number is asked for still."""
        walked = self._walk.walked
        is_there = walked is not None and is_same_step(walked.trace, found.trace)
        if is_there and self._asked == found.question:
            self._take(found.judgement)

    @Slot(str)
    def _fail(self, problem: str) -> None:
        self._verdict = problem
        self._show()

    def _take(self, judgement: Judgement) -> None:
        """Say what an answer is, and count it."""
        self._verdict = judgement.sentence
        if judgement.verdict not in (Verdict.UNREADABLE, Verdict.TOO_FEW_DIGITS):
            self._tried += 1
            self._is_wrong = True
        if judgement.verdict is Verdict.RIGHT and self._asked is not None:
            self._right += 1
            self._cover.solved.add(self._asked)
            self._ask_next()
        self._show()

    def _ask_next(self) -> None:
        """Ask for the first number that is covered still."""
        self._ask(self._cover.first_hidden())

    def _ask(self, question: Question | None) -> None:
        """Ask for a number; of another than before no answer is known yet."""
        self._asked, self._is_wrong = question, False
        self._give_up()

    @Slot(object)
    def _follow(self, walked: Walked | None) -> None:
        """Cover the numbers of a page anew where it is another one."""
        before, self._page = self._page, walked
        self._practice.follow(walked)
        if not _has_same_numbers(before, walked):
            self._cover.solved = set()
        if not _has_same_numbers(before, walked) or not _has_same_place(before, walked):
            self._begin_page()
        self._show()

    def _begin_page(self) -> None:
        """Forget the last page."""
        self._take_page()
        self._cover.by_hand, self._verdict = set(), ""
        self._ask_next()

    def _take_page(self) -> None:
        self._cover.blanks = self._practice.blanks()
        self._cover.take(self._walk.walked)

    def _show(self) -> None:
        self._take_page()
        questions, hidden = self._cover.questions, self._cover.hidden()
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
                self._cover.silent(),
                self._cover.bare(),
                dict.fromkeys(self._cover.hidden_units(), MARK),
                max(asked, key=lambda cell: cell.row is None, default=None),
                verdict,
                self._is_wrong,
                self.can_go_on,
                self._cover.choice,
                score,
            )
        )


def _takes_long(trace: StepTrace, question: Question) -> bool:
    """Tell whether the slips of a number are more than is computed at once."""
    samples = len(trace.samples) if question.row is None else 1
    return samples > MOST_SAMPLES or trace.products(samples) > MOST_PRODUCTS


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
    return (one.page.place, one.is_batch) == (other.page.place, other.is_batch)
