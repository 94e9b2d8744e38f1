"""Tables as people have them: each is read as expected, by every door, or refused in a sentence."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from experiment.data.corpus import CASES
from experiment.data.corpus_tables import Case

from mlpviz.experiment.data.reading import read
from mlpviz.experiment.data.table_choices import TableChoices

CASE_BY_NAME = {case.name: case for case in CASES}


def words(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def is_a_sentence(text: str) -> bool:
    return text.endswith(".") and "\n" not in text and len(text) < 300 and text == text.strip()


@cache
def outcome(content: bytes | str) -> Mapping[str, Any] | str:
    """Return what is read, or the sentence that refuses it."""
    try:
        return read(content).to_json()
    except ValueError as refusal:
        return str(refusal)


def differences(case: Case, got: Mapping[str, Any] | str) -> list[str]:
    """Say in what a reading differs from what is expected."""
    if isinstance(got, str):
        return differences_of_a_refusal(case, got)
    if "refused" in case.expected:
        return [f"not refused: {got}"]
    return [
        f"{key}: expected {value!r}. Got {found!r}"
        for key, value in case.expected.items()
        if key != "or_refused"
        for found in [found_for(key, value, got)]
        if found != value
    ]


def differences_of_a_refusal(case: Case, sentence: str) -> list[str]:
    found = [] if is_a_sentence(sentence) else [f"no sentence: {sentence!r}"]
    if case.expected.get("or_refused"):
        return found
    wanted = case.expected.get("refused", case.expected.get("said"))
    if wanted is None:
        return [*found, f"refused: {sentence}"]
    return [
        *found,
        *(f"{word!r} is not in: {sentence}" for word in words(wanted) if word not in sentence),
    ]


def found_for(key: str, value: Any, got: Mapping[str, Any]) -> Any:
    """Return what a reading has for a key of `Case.expected`."""
    if key in ("note", "said"):
        are_there = [any(word in note for note in got["notes"]) for word in words(value)]
        return value if all(are_there) else got["notes"]
    if key == "inputs":
        count = len(value[0])
        return tuple([row[place] for row in got["first_rows"][:count]] for place in (0, 1))
    if key == "class_set":
        return set(got["classes"])
    return got[key]


def test_there_are_seventy_small_tables_of_each_its_own_name() -> None:
    assert len(CASES) >= 70 + 14 + 10
    assert len(CASE_BY_NAME) == len(CASES)


@pytest.mark.parametrize("name", CASE_BY_NAME)
def test_a_table_is_read_as_people_mean_it_and_says_itself_in_sentences(name: str) -> None:
    case = CASE_BY_NAME[name]
    got = outcome(case.content)
    assert differences(case, got) == []
    said = [got] if isinstance(got, str) else got["notes"]
    assert [words for words in said if not is_a_sentence(words.removesuffix(" …") + ".")] == []


def settled(content: bytes | str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the choices that settle what was recognised, each by its name."""
    names = ("delimiter", "decimal", "thousands", "skipped_rows", "header", "x1", "x2", "kind")
    choices = {name: values[name] for name in names} | {"target": values["targets"][0]}
    return choices if isinstance(content, str) else {**choices, "encoding": values["encoding"]}


def without_notes(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key != "notes"}


@pytest.mark.parametrize("name", CASE_BY_NAME)
def test_what_was_recognised_can_be_settled_one_by_one_and_together(name: str) -> None:
    content = CASE_BY_NAME[name].content
    recognised = outcome(content)
    if isinstance(recognised, str):
        return  # nothing was recognised
    choices = settled(content, recognised)
    for some in (choices, *({field: value} for field, value in choices.items())):
        again = read(content, TableChoices(**some)).to_json()
        assert without_notes(again) == without_notes(recognised), some
