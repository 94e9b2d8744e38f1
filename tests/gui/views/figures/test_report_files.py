"""A whole report as files."""

import json

import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.questions import report_questions
from mlpviz.experiment.writing.report import ReportData, compute_report
from mlpviz.experiment.writing.report_pages import report_names
from mlpviz.experiment.writing.report_tables import json_text
from mlpviz.gui.views.figures.figures import FIGURES
from mlpviz.gui.views.figures.report_files import report_files

pytestmark = pytest.mark.usefixtures("qapp")

QUESTIONS = report_questions(20)
TABLES = ("loss", "predictions", "seed-losses", "seeds")


@pytest.fixture(scope="module")
def data() -> ReportData:
    cases = [
        Case("Sound", Recipe(epochs=20)),
        Case("Broken", Recipe(epochs=20, activations_off=True)),
    ]
    return compute_report(cases, 2, questions=QUESTIONS)


@pytest.mark.thorough
@pytest.mark.parametrize("page_format", ["html", "md"])
def test_the_page_the_numbers_and_every_figure_and_table_are_there(
    data: ReportData, page_format: str
) -> None:
    files = report_files(data, page_format)
    names = ("01-sound", "02-broken")
    expected = {f"report.{page_format}", "report.json"}
    expected |= {f"figures/{n}-{key}.{e}" for n in names for key in FIGURES for e in ("png", "svg")}
    expected |= {f"tables/{name}-{what}.csv" for name in names for what in TABLES}
    asked = [
        "question-1-activations",
        "question-2-learning-rate",
        "question-3-weights-and-biases",
    ]
    expected |= {f"figures/{name}.{e}" for name in asked for e in ("png", "svg")}
    expected |= {f"tables/{name}.csv" for name in asked}
    assert set(files) == expected
    # Known before anything is computed, so that what is in their way is found then.
    known = report_names(["Sound", "Broken"], page_format, QUESTIONS)
    assert sorted(known) == sorted(files)
    assert known[-1] == list(files)[-1] == f"report.{page_format}"
    assert files["report.json"].decode() == json_text(data)
    json.loads(json_text(data), parse_constant=pytest.fail)
    assert all(len(content) > 50 for content in files.values())


@pytest.mark.thorough
def test_it_is_the_same_every_time(data: ReportData) -> None:
    assert report_files(data) == report_files(data)
