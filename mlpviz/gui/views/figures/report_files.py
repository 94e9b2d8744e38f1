"""A whole report as files: the page, every number as JSON and CSV, every figure as PNG and SVG."""

from mlpviz.experiment.writing.page_parts import FIGURES_FOLDER, TABLES_FOLDER
from mlpviz.experiment.writing.report import ReportData
from mlpviz.experiment.writing.report_pages import (
    FORMATS,
    NUMBERS_NAME,
    html_text,
    markdown_text,
    picture_name,
)
from mlpviz.experiment.writing.report_tables import answer_table, csv_files, json_text
from mlpviz.gui.views.figures.figures import ANSWER_FIGURES, FIGURES, png, svg


def report_files(data: ReportData, page_format: str = "html") -> dict[str, bytes]:
    """Return the contents of all files of a report; their names are `report_pages.report_names`.

    Parameters
    ----------
    page_format : key of FORMATS
    """
    files: dict[str, bytes] = {}
    pictures: dict[str, bytes] = {}
    for chapter in data.chapters:
        for key, figure in FIGURES.items():
            name = picture_name(chapter, key)
            pictures[name] = files[f"{FIGURES_FOLDER}/{name}.svg"] = svg(figure, chapter)
            files[f"{FIGURES_FOLDER}/{name}.png"] = png(figure, chapter)
        for name, table in csv_files(chapter).items():
            files[f"{TABLES_FOLDER}/{name}"] = table.encode()
    for answer in data.answers:
        drawing, name = ANSWER_FIGURES[answer.question.key], answer.name
        pictures[name] = files[f"{FIGURES_FOLDER}/{name}.svg"] = svg(drawing, answer)
        files[f"{FIGURES_FOLDER}/{name}.png"] = png(drawing, answer)
        files[f"{TABLES_FOLDER}/{name}.csv"] = answer_table(answer).encode()
    files[NUMBERS_NAME] = json_text(data).encode()
    text = html_text(data, pictures) if page_format == "html" else markdown_text(data)
    files[FORMATS[page_format]] = text.encode()
    return files
