"""The pages: complete, self-contained, and safe with any title."""

import base64
import json
import re
from html import escape
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import THIN_SPACE
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.words.formats import percent
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.report import ReportData, compute_report
from mlpviz.experiment.writing.report_pages import (
    CAPTIONS,
    captions_of,
    html_text,
    markdown_text,
    picture_name,
)
from mlpviz.experiment.writing.report_tables import json_text
from mlpviz.experiment.writing.report_words import diagnosis_words, result_words
from mlpviz.experiment.writing.study_words import study_words

TITLE = "A <b>title</b> | & more"
VOID = {"meta", "img"}


class Page(HTMLParser):
    """Reads a page, and fails where an element is not closed.

    Parameters
    ----------
    cells, sentences : what stands in its tables and paragraphs
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.sources, self.links, self.ids = "", [], [], []
        self.cells: list[str] = []
        self.sentences: list[str] = []
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
        if "table" in self._open and self._open[-1] in ("td", "a"):
            self.cells.append(data)
        if self._open[-1:] == ["p"]:
            self.sentences.append(data)


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


# Every number of the page


CASES = {
    "two classes": revised(Recipe(), dataset="moons", noise=0.3, train_share=0.7, epochs=400),
    "learned": Recipe(epochs=3000, optimizer="adam", learning_rate=0.1),
    "lost again": Recipe(dataset="linear", samples=20, learning_rate=9.0, epochs=300),
    "numbers": revised(Recipe(), dataset="plane", train_share=0.6, epochs=30),
    "four classes": revised(
        Recipe(), dataset="gaussians", classes=4, samples=60, train_share=0.5, noise=0.2, epochs=200
    ),
    "broken": revised(Recipe(activations_off=True), train_share=0.5, epochs=60),
}
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def written(values: Any) -> set[str]:
    """Return each number of a JSON value as the page may write it, but for those of long lists.

    Of a long list, a curve, only the last can stand in a sentence. Among thousands of numbers any
    would be found.
    """
    if isinstance(values, dict):
        return set[str]().union(*map(written, values.values()))
    if isinstance(values, list):
        kept = values if len(values) <= 6 else values[-1:]
        return set[str]().union(*map(written, kept), {str(len(values))})
    if isinstance(values, bool) or not isinstance(values, int | float):
        return set()
    return {f"{values:{form}}" for form in (".0f", "g", ".4f", ".4e")} | {percent(values, 1)}


@pytest.fixture(scope="module")
def whole() -> tuple[Page, dict[str, Any]]:
    data = compute_report([Case(title, recipe) for title, recipe in CASES.items()], 5)
    pictures = {
        picture_name(chapter, key): b"" for chapter in data.chapters for key in captions_of(chapter)
    }
    return Page(html_text(data, pictures)), json.loads(json_text(data))


def numbers_missing(texts: list[str], values: dict[str, Any]) -> set[str]:
    # 10 000 is 10000 there, and the 90 % are no number of the run but what it is measured by.
    whole = [text.replace(THIN_SPACE, "").replace("more than 90 %", "") for text in texts]
    shown = {number for text in whole for number in NUMBER.findall(text)}
    assert len(shown) > 3
    return shown - written(values)


def test_every_number_in_the_tables_of_the_page_is_in_the_json(
    whole: tuple[Page, dict[str, Any]],
) -> None:
    page, values = whole
    rows, rest = page.cells[: 6 * len(CASES)], page.cells[6 * len(CASES) :]
    for number, chapter in enumerate(values["experiments"]):
        row = rows[6 * number : 6 * number + 6]
        assert row[0] == f"{number + 1}. {chapter['title']}"
        assert not set(
            NUMBER.findall(" ".join(row[1:]).replace("R²", "").replace(THIN_SPACE, ""))
        ) - written(chapter)
    assert len(rest) == 2 * 4 * 5  # the four classes, in training and test set
    assert not numbers_missing(rest, values["experiments"][4])


def test_every_number_in_the_sentences_of_the_page_is_in_the_json(
    whole: tuple[Page, dict[str, Any]],
) -> None:
    page, values = whole
    starts = [i for i, text in enumerate(page.sentences) if text.startswith("After ")]
    assert len(starts) == len(CASES)
    for start, chapter in zip(starts, values["experiments"], strict=True):
        words = page.sentences[start : start + 3]
        told = next(i for i, text in enumerate(words) if text.startswith("From the weight seeds"))
        # What is wrong with a run is told in the JSON by the same words.
        texts = [text for text in words[: told + 1] if text != chapter["diagnosis"]]
        assert not numbers_missing(texts, chapter), chapter["title"]
        assert set(words[: told + 1]) - set(texts) <= {chapter["diagnosis"]}


def test_the_score_on_the_test_set_is_in_the_json_whatever_it_is(
    whole: tuple[Page, dict[str, Any]],
) -> None:
    _, values = whole
    chapters = {chapter["title"]: chapter for chapter in values["experiments"]}
    assert isinstance(chapters["numbers"]["test_r_squared"], float)
    assert chapters["numbers"]["test_accuracy"] is None
    assert isinstance(chapters["two classes"]["test_accuracy"], float)
    assert "test_r_squared" not in chapters["two classes"]


def test_names_of_a_file_are_shown_as_they_stand_in_both_pages() -> None:
    """Neither HTML nor Markdown of a class is taken as such, nor of the file that was reported."""
    classes = ("<b>*x*</b>", "`a` | [b](c)", "<script>alert(1)</script>")
    X = np.random.default_rng(0).normal(size=(30, 2))
    own = OwnData(X, np.arange(30) % 3.0, ("<i>u</i>", "v"), "<u>t</u>", classes)
    recipe = Recipe(dataset="own", own=own, output_activation="softmax", epochs=1)
    data = compute_report([Case("<h1>*my*_file_</h1>", recipe)], 2)
    pictures = {picture_name(data.chapters[0], key): b"<svg/>" for key in CAPTIONS}
    page, text = html_text(data, pictures), markdown_text(data)
    outside = "".join(text.split("```")[::2])  # of the printout, which is no Markdown
    for name in (*classes, "<h1>*my*_file_</h1>"):
        assert name not in page or escape(name) == name
        assert name not in outside
        assert escape(name) in page
    assert r"&lt;h1&gt;\*my\*\_file\_&lt;/h1&gt;" in text
    assert r"\`a\` \| \[b\](c)" in text
    assert not re.search("<[a-z/]", outside)
