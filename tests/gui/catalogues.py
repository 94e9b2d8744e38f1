"""Catalogues of words for a test, in a folder of their own."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from mlpviz.experiment import language


def add_language(
    code: str, sentences: Mapping[str, str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let there be a language with these sentences, by the English ones, until the test ends."""
    catalogue = Catalog(locale=code)
    for english, said in sentences.items():
        catalogue.add(english, said)
    place = folder / code / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "mlpviz.mo").open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(language, "catalogues", lambda: folder)
