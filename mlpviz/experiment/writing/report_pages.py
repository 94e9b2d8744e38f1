"""The report as a page: HTML with its pictures inside, or Markdown with them beside it."""

import math
from collections.abc import Mapping, Sequence
from html import escape

from mlpviz import __version__
from mlpviz.engine.marked import marked
from mlpviz.experiment.language import ENGLISH, PSEUDO, count_text, present, tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.confusion import confusion
from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.study.seed_study import Flags
from mlpviz.experiment.writing.answer_pages import html_answers, html_link, markdown_answers
from mlpviz.experiment.writing.page_frame import PAGE, STYLE
from mlpviz.experiment.writing.page_parts import (
    FIGURES_FOLDER,
    TABLES_FOLDER,
    Caption,
    html_figure,
    html_table,
    markdown_figure,
    markdown_line,
    markdown_table,
)
from mlpviz.experiment.writing.printout import loss_words
from mlpviz.experiment.writing.questions import Question
from mlpviz.experiment.writing.report import Chapter, ReportData, file_name, question_name
from mlpviz.experiment.writing.report_tables import TABLES
from mlpviz.experiment.writing.report_words import (
    diagnosis_words,
    recipe_words,
    result_words,
    score_words,
    seeds_note,
    standing_words,
)
from mlpviz.experiment.writing.study_words import study_words

FORMATS = {"html": "report.html", "md": "report.md"}
TITLE = marked("How a small neural network learns: the experiments")
NUMBERS_NAME = "report.json"
ENDS = ("svg", "png")  # of a figure's files
INTRODUCTION = marked(
    "Printouts, predictions and surfaces are those of one network per experiment, as "
    "“mlpviz train” computes them on this machine. The statistics repeat each experiment from "
    "many initial weights. All numbers are in report.json; figures as PNG and SVG and tables as "
    "CSV are in the folders {figures} and {tables}."
)


# In the order of the page, row by row. `gui.figures` draws them.
CAPTIONS: dict[str, Caption] = {
    "learning-curve": Caption(
        marked("Learning curve: the loss on the training set, epoch by epoch."), 0.5
    ),
    "seeds": Caption(
        marked(
            "The same recipe from other initial weights: each seed a thin line, the median, and "
            "between the quartiles shaded."
        ),
        0.5,
    ),
    "predictions": Caption(marked("Ground truth and prediction."), 0.6025),
    "surface": Caption(
        marked("Decision surface, and the boundary where the output is 0.5."), 0.3975
    ),
    "seed-surfaces": Caption(
        marked("The decision surface that each seed ends with. Framed: not every sample is right."),
        1.0,
    ),
}
NUMBER_CAPTIONS = CAPTIONS | {  # where the targets are no classes
    "surface": CAPTIONS["surface"]._replace(
        text=marked("The output, and the targets of the samples.")
    ),
    "seed-surfaces": CAPTIONS["seed-surfaces"]._replace(
        text=marked("The output that each seed ends with.")
    ),
}

CLASS_CAPTIONS = CAPTIONS | {  # where an output unit stands for each of several classes
    "surface": CAPTIONS["surface"]._replace(
        text=marked(
            "The class that the network predicts, paler where it is less sure, and the boundaries "
            "between the classes."
        )
    ),
    "seed-surfaces": CAPTIONS["seed-surfaces"]._replace(
        text=marked(
            "The predicted classes that each seed ends with. Framed: not every sample is right."
        )
    ),
}

SUMMARY_HEAD = (
    marked("experiment"),
    marked("loss"),
    marked("accuracy"),
    marked("seeds with 100 %"),
    marked("seeds above 90 %"),
    marked("median epoch of 100 %"),
)


def report_names(
    titles: Sequence[str], page_format: str = "html", questions: Sequence[Question] = ()
) -> list[str]:
    """Return the names of all files of a report before there is one, the page's last.

    Parameters
    ----------
    titles : of its chapters
    page_format : key of FORMATS
    questions : that it answers
    """
    asked = [question_name(number, question.key) for number, question in enumerate(questions, 1)]
    chapters = [file_name(number, title) for number, title in enumerate(titles, 1)]
    return [
        *(
            f"{FIGURES_FOLDER}/{n}-{key}.{end}"
            for n in chapters
            for key in CAPTIONS
            for end in ENDS
        ),
        *(f"{FIGURES_FOLDER}/{name}.{end}" for name in asked for end in ENDS),
        *(f"{TABLES_FOLDER}/{n}-{table}.csv" for n in chapters for table in TABLES),
        *(f"{TABLES_FOLDER}/{name}.csv" for name in asked),
        NUMBERS_NAME,
        FORMATS[page_format],
    ]


def captions_of(chapter: Chapter) -> dict[str, Caption]:
    """Return what stands below each figure of a chapter."""
    recipe = chapter.frame.recipe
    if recipe.is_regression:
        return NUMBER_CAPTIONS
    return CLASS_CAPTIONS if recipe.outputs > 1 else CAPTIONS


def picture_name(chapter: Chapter, figure: str) -> str:
    """Return the name of a picture's file, without its ending."""
    return f"{chapter.name}-{figure}"


def html_text(data: ReportData, pictures: Mapping[str, bytes]) -> str:
    """Write the report as one HTML page that fetches nothing.

    Parameters
    ----------
    pictures : the SVG of each figure by `picture_name`, and of each answer by its name
    """
    parts = [
        f"<h1>{escape(tr(TITLE))}</h1>",
        f'<p class="quiet">{escape(_introduction())}</p>',
        _html_summary(data),
        *html_link(data.answers),
        *(_html_chapter(number, chapter, pictures) for number, chapter in _numbered(data)),
        *html_answers(data.answers, pictures),
        f'<p class="quiet">mlpviz {__version__}</p>',
    ]
    language = ENGLISH if present() == PSEUDO else present().replace("_", "-")
    page = {"title": escape(tr(TITLE)), "style": STYLE, "body": "\n".join(parts)}
    return PAGE.format(language=language, **page)


def markdown_text(data: ReportData) -> str:
    """Write the report as Markdown that shows the pictures in the folder beside it."""
    head = [f"# {tr(TITLE)}", _introduction()]
    head.append(markdown_table([_summary_head(), *_summary_rows(data)]))
    chapters = [_markdown_chapter(number, chapter) for number, chapter in _numbered(data)]
    parts = [*head, *chapters, *markdown_answers(data.answers), f"mlpviz {__version__}"]
    return "\n\n".join(parts) + "\n"


def _introduction() -> str:
    return tr(INTRODUCTION, figures=FIGURES_FOLDER, tables=TABLES_FOLDER)


def _summary_head() -> tuple[str, ...]:
    return tuple(map(tr, SUMMARY_HEAD))


def _numbered(data: ReportData) -> list[tuple[int, Chapter]]:
    return list(enumerate(data.chapters, 1))


def _summary_rows(data: ReportData) -> list[tuple[str, ...]]:
    return [
        (
            f"{number}. {chapter.title}",
            loss_words(chapter.frame.loss),
            _score(chapter),
            _seeds_words(chapter, chapter.study.learned),
            _seeds_words(chapter, chapter.study.above_90),
            _epoch_words(float(chapter.study.perfect_epoch_quartiles()[1])),
        )
        for number, chapter in _numbered(data)
    ]


def _score(chapter: Chapter) -> str:
    words = score_words(chapter.frame)
    return f"R² {words}" if chapter.frame.recipe.is_regression else words


def _seeds_words(chapter: Chapter, chosen: Flags) -> str:
    """Say of how many seeds something is so; of numbers as targets there is nothing to say."""
    if chapter.frame.recipe.is_regression:
        return "–"
    return tr("{count} of {all}", count=count_text(int(chosen.sum())), all=count_text(len(chosen)))


def _epoch_words(epoch: float) -> str:
    return count_text(round(epoch)) if math.isfinite(epoch) else "–"


def _sentences(chapter: Chapter) -> list[str]:
    frame = chapter.frame
    stood = standing_words(frame) if chapter.is_of_window else ""
    of_run = (stood, result_words(frame), diagnosis_words(frame))
    sentences = (*of_run, study_words(chapter.study), seeds_note(frame))
    return [sentence for sentence in sentences if sentence]


def _confusions(chapter: Chapter) -> list[tuple[str, list[tuple[str, ...]]]]:
    """Return a title and the rows of each table of predicted classes; none of two classes.

    Of two classes the figures and the accuracy say it.
    """
    frame = chapter.frame
    if frame.recipe.outputs == 1:
        return []
    parts: list[tuple[str, Frame | Held]] = [(tr("Predicted classes"), frame)]
    if frame.test is not None:
        parts.append((tr("Predicted classes, test set"), frame.test))
    return [(title, _confusion_rows(part, frame.recipe)) for title, part in parts]


def _confusion_rows(part: Frame | Held, recipe: Recipe) -> list[tuple[str, ...]]:
    """Count the samples by ground truth and predicted class, with headings."""
    count, own = recipe.outputs, recipe.used_own
    names = [str(number) for number in range(count)] if own is None else list(own.classes)
    counts = confusion(part.Y, part.predicted, count)
    columns = count + int(counts[:, count].any())  # the last one only where there is no class
    heads = [*(tr("predicted {name}", name=name) for name in names), tr("no class")]
    head = (tr("ground truth"), *heads[:columns])
    rows = zip(names, counts[:, :columns].tolist(), strict=True)
    return [head, *((name, *map(str, row)) for name, row in rows)]


def _html_confusions(chapter: Chapter) -> list[str]:
    return [f"<h3>{escape(title)}</h3>{html_table(rows)}" for title, rows in _confusions(chapter)]


def _html_summary(data: ReportData) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in _summary_head())
    rows = [
        f'<tr><td><a href="#{chapter.name}">{escape(row[0])}</a></td>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row, chapter in zip(_summary_rows(data), data.chapters, strict=True)
    ]
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _html_chapter(number: int, chapter: Chapter, pictures: Mapping[str, bytes]) -> str:
    figures = "".join(
        html_figure(caption, pictures[picture_name(chapter, key)])
        for key, caption in captions_of(chapter).items()
    )
    return "\n".join(
        [
            f'<section id="{chapter.name}"><h2>{number}. {escape(chapter.title)}</h2>',
            f'<p class="quiet">{escape(recipe_words(chapter.frame.start_recipe))}</p>',
            *(f"<p>{escape(sentence)}</p>" for sentence in _sentences(chapter)),
            f'<div class="figures">{figures}</div>',
            *_html_confusions(chapter),
            f"<h3>{escape(tr('Printout'))}</h3>"
            f"<pre>{escape(chr(10).join(chapter.printout))}</pre></section>",
        ]
    )


def _markdown_chapter(number: int, chapter: Chapter) -> str:
    figures = [
        markdown_figure(caption, f"{FIGURES_FOLDER}/{picture_name(chapter, key)}.svg")
        for key, caption in captions_of(chapter).items()
    ]
    tables = [f"**{title}**\n\n{markdown_table(rows)}" for title, rows in _confusions(chapter)]
    printout = "\n".join(("```text", *chapter.printout, "```"))
    heading = f"## {number}. {markdown_line(chapter.title)}"
    return "\n\n".join(
        [
            heading,
            markdown_line(recipe_words(chapter.frame.start_recipe)),
            *map(markdown_line, _sentences(chapter)),
            *figures,
            *tables,
            printout,
        ]
    )
