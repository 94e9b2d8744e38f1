"""A whole report as files."""

import json
from pathlib import Path

import pytest

from mlpviz.experiment.cases import Case
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.report import ReportData, compute_report
from mlpviz.experiment.report_tables import json_text
from mlpviz.gui.figures import FIGURES
from mlpviz.gui.report_files import write_report

pytestmark = pytest.mark.usefixtures("qapp")

TABLES = ("loss", "predictions", "seed-losses", "seeds")


@pytest.fixture(scope="module")
def data() -> ReportData:
    cases = [
        Case("Sound", Recipe(epochs=20)),
        Case("Broken", Recipe(epochs=20, activations_off=True)),
    ]
    return compute_report(cases, 2)


@pytest.mark.parametrize("page_format", ["html", "md"])
def test_the_page_the_numbers_and_every_figure_and_table_are_there(
    data: ReportData, tmp_path: Path, page_format: str
) -> None:
    page = write_report(data, tmp_path, page_format)
    assert page == tmp_path / f"report.{page_format}"
    names = ("01-sound", "02-broken")
    expected = {f"report.{page_format}", "report.json"}
    expected |= {f"figures/{n}-{key}.{e}" for n in names for key in FIGURES for e in ("png", "svg")}
    expected |= {f"tables/{name}-{what}.csv" for name in names for what in TABLES}
    files = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert files == expected
    assert (tmp_path / "report.json").read_text(encoding="utf-8") == json_text(data)
    json.loads(json_text(data), parse_constant=pytest.fail)
    assert all((tmp_path / name).stat().st_size > 50 for name in files)


def test_it_is_the_same_every_time(data: ReportData, tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_report(data, tmp_path / name)
    for path in (tmp_path / "one").rglob("*.*"):
        again = tmp_path / "other" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == again.read_bytes(), path.name
