"""The catalogues of words: how they are compiled, and the template that they begin from."""

import ast
import os
import re
from pathlib import Path

import catalogues
import dev
import pytest
import template

from mlpviz.experiment import language

ROOT = Path(__file__).resolve().parents[1]
GERMAN = r"""
# Somebody, 2026
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#: somewhere.py
msgid "Epoch {epoch} is under way."
msgstr "Epoche {epoch} läuft."

msgid ""
"Press Space to train, "
"→ for one epoch."
msgstr ""
"Leertaste: trainieren, "
"→: eine Epoche."

msgid "{count} unit"
msgid_plural "{count} units"
msgstr[0] "eine Einheit"
msgstr[1] "{count} Einheiten"

#, fuzzy
msgid "Untrained."
msgstr "Trainiert."

msgid "Loss"
msgstr ""
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder of catalogues with a German one, and let mlpviz look there."""
    place = tmp_path / "de" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "mlpviz.po").write_text(GERMAN, encoding="utf-8")
    monkeypatch.setattr(language, "catalogues", lambda: tmp_path)
    return tmp_path


def test_a_compiled_catalogue_says_sentences_in_its_language(folder: Path) -> None:
    assert catalogues.compile_all(folder) == [folder / "de" / "LC_MESSAGES" / "mlpviz.mo"]
    assert language.languages() == ("en", "de", "pseudo")
    language.use("de")
    try:
        assert language.tr("Epoch {epoch} is under way.", epoch=3) == "Epoche 3 läuft."
        long = language.tr("Press Space to train, → for one epoch.")
        assert long == "Leertaste: trainieren, →: eine Epoche."
        assert language.tr_plural("{count} unit", "{count} units", 1) == "eine Einheit"
        assert language.tr_plural("{count} unit", "{count} units", 4) == "4 Einheiten"
        assert language.tr("Untrained.") == "Untrained."  # nobody has confirmed the guess
        assert language.tr("Loss") == "Loss"
        assert language.tr("Other words") == "Other words"
    finally:
        language.use("en")


def test_a_catalogue_is_compiled_again_only_after_a_change(folder: Path) -> None:
    assert catalogues.compile_all(folder)
    assert not catalogues.compile_all(folder)
    compiled = folder / "de" / "LC_MESSAGES" / "mlpviz.mo"
    later = compiled.stat().st_mtime + 10
    os.utime(compiled.with_suffix(".po"), (later, later))
    assert catalogues.compile_all(folder) == [compiled]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ('msgid "{a} of {b}"\nmsgstr "{a} von {c}"', "the places of '{a} von {c}' are not those"),
        ('msgid "{a} of {b}"\nmsgstr "{a}"', "the places of '{a}' are not those"),
        ('msgid "Loss"\nmsgstr "Verlust', "has a line that is no part of an entry"),
        ('"Loss"', "has a line that is no part of an entry"),
        ('nonsense "Loss"', "has a line that is no part of an entry"),
    ],
)
def test_a_catalogue_with_a_fault_is_refused_in_a_sentence(fault: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        catalogues.compiled_bytes(f"{GERMAN}\n{fault}\n", "mlpviz.po")


def test_a_catalogue_with_a_fault_does_not_keep_the_program_from_starting(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = folder / "de" / "LC_MESSAGES" / "mlpviz.po"
    faulty.write_text(GERMAN + "nonsense", encoding="utf-8")
    compile_all = catalogues.compile_all
    monkeypatch.setattr(catalogues, "compile_all", lambda: compile_all(folder))
    dev.compile_catalogues()
    assert "catalogues of words cannot be compiled: mlpviz.po has a line" in capsys.readouterr().err
    assert not faulty.with_suffix(".mo").exists()


def test_every_catalogue_of_the_program_can_be_compiled() -> None:
    found = list(catalogues.FOLDER.glob("*/LC_MESSAGES/*.po"))
    assert [catalogues.compiled_bytes(p.read_text(encoding="utf-8"), p.name) for p in found] or (
        language.languages() == ("en", "pseudo")  # English needs none
    )


# The template


def test_the_template_is_that_of_the_code() -> None:
    kept = template.TEMPLATE.read_text(encoding="utf-8")
    assert kept == template.template_text(), "run: python3 packaging/dev.py words"


def test_the_template_holds_every_kind_of_sentence() -> None:
    text = template.template_text()
    assert 'msgid "language must be one of {names}. Got {got}."' in text  # of tr
    assert 'msgid "learning rate"' in text  # of the glossary
    assert 'msgid "XOR of the signs of x₁ and x₂"' in text  # of marked
    assert 'msgid "{count} epoch"\nmsgid_plural "{count} epochs"' in text  # of tr_plural
    assert "POT-Creation-Date" not in text
    assert "#: " not in text  # no lines of the code, which move


def test_sentences_are_found_wherever_they_stand() -> None:
    code = """
TITLE = marked("Title")
def f(n):
    text = f"{tr('within')} {n}"
    return tr_plural("{count} unit", "{count} units", n) + tr("long "
        "sentence") + tr(TITLE)
"""
    found = set(template.sentences_in(code))
    assert found == {("Title",), ("within",), ("{count} unit", "{count} units"), ("long sentence",)}


def glued(tree: ast.AST) -> list[int]:
    """Return the lines in which a sentence is glued together, so that no template can hold it."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in template.KEYWORDS
        for sentence in node.args[: template.KEYWORDS[ast.unparse(node.func)]]
        if isinstance(sentence, ast.BinOp | ast.JoinedStr)
    ]


def test_no_sentence_is_glued_together() -> None:
    found = [
        f"{path.relative_to(ROOT)}, line {line}"
        for path in sorted((ROOT / "mlpviz").rglob("*.py"))
        for line in glued(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found


def test_a_glued_sentence_is_found() -> None:
    assert glued(ast.parse('tr(f"{a} b")')) == [1]
    assert glued(ast.parse('tr_plural("a", "b" + c, 1)')) == [1]
    assert glued(ast.parse('tr("a " "b", c=f"{d}")')) == []
    assert glued(ast.parse("tr(entry.label)")) == []
