"""The pages: complete, self-contained, and safe with any title."""

import base64
import re
from html.parser import HTMLParser

import pytest

from mlpviz.experiment.cases import Case
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.report import ReportData, compute_report
from mlpviz.experiment.report_pages import CAPTIONS, html_text, markdown_text, picture_name
from mlpviz.experiment.report_words import diagnosis_words, result_words, study_words

TITLE = "A <b>title</b> | & more"
VOID = {"meta", "img"}


class Page(HTMLParser):
    """Reads a page, and fails where an element is not closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.sources, self.links, self.ids = "", [], [], []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID:
            self._open.append(tag)
        if tag == "img":
            assert values["alt"]
            self.sources.append(values["src"] or "")
        if tag == "a":
            self.links.append(values["href"])
        if "id" in values:
            self.ids.append(values["id"])
        assert tag not in ("script", "link", "iframe", "b")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def data() -> ReportData:
    cases = [Case(TITLE, Recipe(epochs=5)), Case("Broken", Recipe(epochs=60, activations_off=True))]
    return compute_report(cases, 2)


@pytest.fixture(scope="module")
def html(data: ReportData) -> str:
    return html_text(data, pictures_of(data))


def pictures_of(data: ReportData) -> dict[str, bytes]:
    return {
        picture_name(chapter, key): f"<svg>{chapter.name} {key}</svg>".encode()
        for chapter in data.chapters
        for key in CAPTIONS
    }


def test_the_page_holds_its_pictures_in_their_order_and_fetches_nothing(
    data: ReportData, html: str
) -> None:
    prefix = "data:image/svg+xml;base64,"
    sources = Page(html).sources
    assert all(source.startswith(prefix) for source in sources)
    drawn = [base64.b64decode(source.removeprefix(prefix)) for source in sources]
    assert drawn == list(pictures_of(data).values())
    assert "http" not in html
    assert "url(" not in html


def test_the_page_says_what_came_of_every_experiment(data: ReportData, html: str) -> None:
    text = Page(html).text
    for number, chapter in enumerate(data.chapters, 1):
        assert f"{number}. {chapter.title}" in text
        assert result_words(chapter.frame) in text
        assert diagnosis_words(chapter.frame) in text
        assert study_words(chapter.study) in text
        assert "\n".join(chapter.printout) in text
    assert diagnosis_words(data.chapters[1].frame) != ""
    assert all(caption.text in text for caption in CAPTIONS.values())
    assert "0 of 2" in text
    assert "not a number" in text


def test_the_table_leads_to_the_chapters(html: str) -> None:
    page = Page(html)
    assert page.links == [f"#{name}" for name in page.ids]
    assert len(page.ids) == 2


def test_a_title_is_text_and_nothing_else(html: str) -> None:
    assert "<b>" not in html
    assert TITLE in Page(html).text


def test_markdown_shows_the_pictures_beside_it_and_says_the_same(data: ReportData) -> None:
    text = markdown_text(data)
    shown = re.findall(r"!\[[^\]]+\]\(figures/([^)]+)\.svg\)", text)
    assert shown == list(pictures_of(data))
    for chapter in data.chapters:
        assert study_words(chapter.study) in text
        assert "\n".join(("```text", *chapter.printout, "```")) in text
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == 2 + len(data.chapters)
    assert len({line.replace(r"\|", "").count("|") for line in table}) == 1
    assert "<b>" not in text
