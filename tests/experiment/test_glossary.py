"""The glossary: every term is in use, and no idea has two words."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from mlpviz.experiment.glossary import glossary
from mlpviz.experiment.recipe.recipe import Recipe

ROOT = Path(__file__).resolve().parents[2]
NO_TERM = {"start"}  # fields of the recipe that no control has


def literals(text: str) -> list[str]:
    """Return the texts in a module, without those that explain it (docstrings)."""
    tree = ast.parse(text)
    explaining = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body
        if isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in explaining
    ]


@cache
def said() -> tuple[str, ...]:
    """Return all texts of the program, in small letters."""
    paths = sorted((ROOT / "mlpviz").rglob("*.py"))
    found = [text for path in paths for text in literals(path.read_text(encoding="utf-8"))]
    return tuple(text.lower() for text in found)


def uses(words: str) -> list[str]:
    pattern = re.compile(rf"(?<!\w){re.escape(words.lower())}(?!\w)")
    return [text for text in said() if pattern.search(text)]


@pytest.mark.parametrize("key", glossary())
def test_a_term_is_used_in_the_program(key: str) -> None:
    assert uses(glossary()[key].term)


def test_no_idea_has_two_words() -> None:
    found = {words: uses(words) for entry in glossary().values() for words in entry.never}
    assert not {words: texts for words, texts in found.items() if texts}


@pytest.mark.parametrize("key", glossary())
def test_a_meaning_is_one_sentence(key: str) -> None:
    meaning = glossary()[key].meaning
    assert re.fullmatch(r"[A-Z][^.]*\.", meaning), meaning


def test_no_term_stands_twice() -> None:
    terms = [entry.term for entry in glossary().values()]
    assert sorted(set(terms)) == sorted(terms)


def test_every_choice_of_the_recipe_is_explained() -> None:
    assert set(Recipe().to_dict()) - NO_TERM <= set(glossary())


def test_what_explains_a_module_is_no_text_of_the_program() -> None:
    assert literals('"""Explains."""\nx = "said"\ndef f():\n    """Does."""\n') == ["said"]
