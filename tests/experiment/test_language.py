"""The catalogue of words: which language is chosen, and how a sentence is said in it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pseudo import bare_words, pseudo_language, texts_of_html

from mlpviz.experiment import language
from mlpviz.experiment.language import THIN_SPACE, choose, tr, tr_plural, use


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    use("en")


def test_english_says_a_sentence_as_it_stands_in_the_code() -> None:
    assert tr("Untrained.") == "Untrained."
    assert tr("{a} before {b}", a=1, b="two") == "1 before two"


def test_braces_without_places_are_text() -> None:
    assert tr("x ∈ {0, 1}") == "x ∈ {0, 1}"


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 units"), (1, "1 unit"), (2, "2 units"), (10_000, f"10{THIN_SPACE}000 units")],
)
def test_a_number_of_things_is_said_with_thin_spaces(count: int, said: str) -> None:
    assert tr_plural("{count} unit", "{count} units", count) == said


def test_pseudo_brackets_a_sentence_and_makes_it_a_third_longer() -> None:
    use("pseudo")
    sentence = "Epoch {epoch} is under way."
    said = tr(sentence, epoch=12)
    assert said.startswith("«Epoch 12 is under way. x")
    assert said.endswith("x»")
    assert len(said) >= 4 / 3 * len(sentence.replace("{epoch}", "12"))
    assert tr_plural("{count} unit", "{count} units", 1).startswith("«1 unit x")
    assert tr_plural("{count} unit", "{count} units", 2).startswith("«2 units x")
    assert tr("") == ""


def test_pseudo_words_can_be_wrapped() -> None:
    use("pseudo")
    assert max(map(len, re.findall("x+", tr("a" * 300)))) <= 6


def test_a_language_without_a_catalogue_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match=r"^language must be one of en, .*pseudo\. Got xx\.$"):
        use("xx")
    assert language.present() == "en"


def test_the_present_language_is_known() -> None:
    use("pseudo")
    assert language.present() == "pseudo"


@pytest.fixture
def with_german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let there be a folder of catalogues with German in it; return the folder."""
    folder = tmp_path / "i18n"
    (folder / "de" / "LC_MESSAGES").mkdir(parents=True)
    (folder / "de" / "LC_MESSAGES" / "mlpviz.mo").write_bytes(b"")
    monkeypatch.setattr(language, "catalogues", lambda: folder)
    return folder


@pytest.mark.usefixtures("with_german")
@pytest.mark.parametrize(
    ("asked", "kept", "system", "chosen"),
    [
        ("en", "de", ["de_AT.UTF-8"], "en"),  # what was asked for goes first
        ("pseudo", "de", ["de"], "pseudo"),
        (None, "de", ["en_GB.UTF-8"], "de"),  # then the setting
        (None, "system", ["de_AT.UTF-8"], "de"),  # then the system
        (None, "system", ["de-CH"], "de"),
        (None, "system", ["de@euro"], "de"),
        (None, "system", ["fr_FR", "de_DE"], "de"),
        (None, "system", ["en_GB", "de_DE"], "en"),
        (None, "system", ["C.UTF-8"], "en"),
        (None, "system", [], "en"),
        (None, "system", ["pseudo"], "en"),
        (None, "fr", ["de_DE"], "de"),  # a setting whose catalogue is gone does not count
    ],
)
def test_the_language_is_what_was_asked_for_else_the_setting_else_the_systems(
    asked: str | None, kept: str, system: list[str], chosen: str
) -> None:
    assert choose(asked, kept, system) == chosen


@pytest.mark.usefixtures("with_german")
def test_a_language_that_was_asked_for_and_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^language must be one of en, de, pseudo\. Got fr\.$"):
        choose("fr", "de", ["de"])


@pytest.mark.parametrize(
    ("variables", "names"),
    [
        ({"LANG": "de_DE.UTF-8"}, ["de_DE.UTF-8"]),
        ({"LANG": "de_DE", "LC_MESSAGES": "fr_FR"}, ["fr_FR"]),
        ({"LC_ALL": "it", "LC_MESSAGES": "fr_FR"}, ["it"]),
        ({"LANGUAGE": "fr:de", "LC_ALL": "it"}, ["fr", "de"]),
        ({"LANGUAGE": "", "LANG": "de"}, ["de"]),
        ({}, []),
    ],
)
def test_the_systems_variables_count_in_their_order(
    variables: dict[str, str], names: list[str]
) -> None:
    assert language.system_languages(variables) == names


def test_a_damaged_catalogue_is_refused_in_a_sentence(with_german: Path) -> None:
    path = with_german / "de" / "LC_MESSAGES" / "mlpviz.mo"
    path.write_bytes(b"this is no catalogue at all")
    with pytest.raises(ValueError, match=r"^The catalogue of de cannot be read: .*\.$"):
        use("de")
    assert tr("Untrained.") == "Untrained."


# The search for words that did not come from the catalogue (tests/pseudo.py)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("«Loss» 0.25", []),
        ("«Loss «not a number xx» at epoch 3 xx»", []),
        ("Loss «at epoch»", ["Loss"]),
        ("«Loss» at «epoch» don't", ["at", "don't"]),
        ("x₁ → h₁,₂ 1.5e−8 A = tanh Z", []),
        ("cut off…» «and here begun", []),
        ("--seed my_column «is a column»", ["seed"]),
        ("A = eᶻ / Σ eᶻ, W₁·W₂", []),
    ],
)
def test_words_outside_of_brackets_are_found(text: str, found: list[str]) -> None:
    assert bare_words(text, ["my_column"]) == found


def test_an_exempt_text_counts_as_a_whole_only() -> None:
    assert bare_words("weight_seed, weight", ["weight_seed"]) == ["weight"]


def test_the_search_speaks_english_afterwards() -> None:
    with pseudo_language():
        assert tr("Loss").startswith("«")
    assert tr("Loss") == "Loss"


def test_the_texts_of_a_page_are_those_that_are_read() -> None:
    page = "<style>p {x: y}</style><p>Loss <b>0.1</b></p><img alt='A map' src='file.png'>"
    assert texts_of_html(page) == ["Loss ", "0.1", "A map"]
