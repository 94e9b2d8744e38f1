"""The last part of a report's page: its questions, answered by the runs of the report."""

from collections.abc import Mapping, Sequence
from html import escape

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.writing.answer_words import answer_sentences, trial_rows
from mlpviz.experiment.writing.page_parts import (
    FIGURES_FOLDER,
    Caption,
    html_figure,
    html_table,
    markdown_figure,
    markdown_line,
    markdown_table,
)
from mlpviz.experiment.writing.report import Answer

HEADING = marked("Questions")
QUESTIONS_ID = "questions"  # to which a line below the table of the page leads
# By the keys of the questions. `gui.figures` draws them.
ANSWER_CAPTIONS: dict[str, Caption] = {
    "activations": Caption(
        marked(
            "The one line that remains without activation functions in the hidden layers, on both "
            "sets of points."
        ),
        0.6,
    ),
    "learning-rate": Caption(
        marked(
            "Left, the share of seeds that end with every sample right, and paler with more than "
            "90 %. Right, the loss on xor from one seed."
        ),
        0.8,
    ),
    "weights-and-biases": Caption(
        marked(
            "The points of linear, moved by 1 along x₁: with biases, and with the biases held at "
            "0. In the colours of their units the lines of the first layer; the cross is the "
            "origin."
        ),
        0.6,
    ),
}


def html_answers(answers: Sequence[Answer], pictures: Mapping[str, bytes]) -> list[str]:
    """Write all answers in HTML; nothing where no question was asked.

    Parameters
    ----------
    pictures : the SVG of each answer's figure by its name
    """
    if not answers:
        return []
    parts = [_html_answer(answer, pictures[answer.name]) for answer in answers]
    heading = f'<section id="{QUESTIONS_ID}"><h2>{escape(tr(HEADING))}</h2>'
    return [heading, *parts, "</section>"]


def html_link(answers: Sequence[Answer]) -> list[str]:
    """Lead to the answers; nothing where no question was asked."""
    return [f'<p><a href="#{QUESTIONS_ID}">{escape(tr(HEADING))}</a></p>'] if answers else []


def _html_answer(answer: Answer, picture: bytes) -> str:
    caption = ANSWER_CAPTIONS[answer.question.key]
    return "\n".join(
        [
            f"<h3>{escape(answer.title)}</h3>",
            *(f"<p>{escape(sentence)}</p>" for sentence in answer_sentences(answer)),
            html_table(trial_rows(answer)),
            f'<div class="figures">{html_figure(caption, picture)}</div>',
        ]
    )


def markdown_answers(answers: Sequence[Answer]) -> list[str]:
    """Write all answers in Markdown; nothing where no question was asked."""
    if not answers:
        return []
    return [f"## {tr(HEADING)}", *map(_markdown_answer, answers)]


def _markdown_answer(answer: Answer) -> str:
    caption = ANSWER_CAPTIONS[answer.question.key]
    return "\n\n".join(
        [
            f"### {markdown_line(answer.title)}",
            *map(markdown_line, answer_sentences(answer)),
            markdown_table(trial_rows(answer)),
            markdown_figure(caption, f"{FIGURES_FOLDER}/{answer.name}.svg"),
        ]
    )
