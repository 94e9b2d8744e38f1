"""A whole report as files: the page, every number as JSON and CSV, every figure as PNG and SVG."""

from pathlib import Path

from mlpviz.experiment.regular_files import write_file
from mlpviz.experiment.report import ReportData
from mlpviz.experiment.report_pages import (
    FIGURES_FOLDER,
    FORMATS,
    TABLES_FOLDER,
    html_text,
    markdown_text,
    picture_name,
)
from mlpviz.experiment.report_tables import csv_files, json_text
from mlpviz.gui.figures import FIGURES, png, svg


def write_report(data: ReportData, folder: Path, page_format: str = "html") -> Path:
    """Write all files of a report and return the path of its page.

    Parameters
    ----------
    folder : where to; use `output_folder.new_files_in`, so that they appear all or not at all
    page_format : key of FORMATS

    Raises
    ------
    OSError
        when a file cannot be written.
    """
    pictures: dict[str, bytes] = {}
    for chapter in data.chapters:
        for key, figure in FIGURES.items():
            name = picture_name(chapter, key)
            pictures[name] = svg(figure, chapter)
            write_file(folder / FIGURES_FOLDER / f"{name}.svg", pictures[name])
            write_file(folder / FIGURES_FOLDER / f"{name}.png", png(figure, chapter))
        for name, table in csv_files(chapter).items():
            write_file(folder / TABLES_FOLDER / name, table)
    write_file(folder / "report.json", json_text(data))
    page = folder / FORMATS[page_format]
    text = html_text(data, pictures) if page_format == "html" else markdown_text(data)
    write_file(page, text)
    return page
