#!/usr/bin/env python3
"""Write `resources/i18n/mlpviz.pot`, the template from which a catalogue of words is begun.

    python3 packaging/dev.py words

It holds every sentence of `tr`, `tr_plural` and `marked` in the program, and the words of the
glossary. It names no lines and no dates, so that it changes only where a sentence does.

A new language begins with `pybabel init -i resources/i18n/mlpviz.pot -d resources/i18n -D mlpviz
-l de`; `pybabel update` with the same options brings it up to date after changes.
"""

import ast
import io
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "resources" / "i18n" / "mlpviz.pot"
GLOSSARY = TEMPLATE.with_name("glossary.toml")
KEYWORDS = {"tr": 1, "tr_plural": 2, "marked": 1}  # how many sentences each begins with
OF_THE_MOMENT = ('"POT-Creation-Date', '"Generated-By')  # lines of the head
HEAD = "# The sentences of mlpviz. Made by: python3 packaging/dev.py words\n#"


def template_text() -> str:
    """Return the template of the sentences as they stand in the code now."""
    catalogue = Catalog(project="mlpviz", header_comment=HEAD, charset="utf-8")
    for path in sorted((ROOT / "mlpviz").rglob("*.py")):
        for sentences in sentences_in(path.read_text(encoding="utf-8")):
            catalogue.add(sentences if len(sentences) > 1 else sentences[0])
    for entry in tomllib.loads(GLOSSARY.read_text(encoding="utf-8")).values():
        catalogue.add(entry["term"])
        catalogue.add(entry["meaning"])
    text = io.BytesIO()
    write_po(text, catalogue, no_location=True, sort_output=True, width=96)
    lines = text.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(OF_THE_MOMENT))


def sentences_in(code: str) -> Iterator[tuple[str, ...]]:
    """Yield the sentence of each call, or the one for one thing and that for many.

    Read from the tree of the code, and not from its tokens as Babel does: those differ from one
    Python to the next where a call stands within an f-string.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in KEYWORDS:
            parts = node.args[: KEYWORDS[ast.unparse(node.func)]]
            texts = [part.value for part in parts if isinstance(part, ast.Constant)]
            if texts and len(texts) == len(parts):
                yield tuple(map(str, texts))


if __name__ == "__main__":
    TEMPLATE.write_text(template_text(), encoding="utf-8")
