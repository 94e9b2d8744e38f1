"""Compile the catalogues of words, from texts for translators (.po) to what gettext reads (.mo).

Nothing is needed for it but the standard library: dev.py does it before mlpviz starts, and so does
the build of a wheel. An entry that is empty, or marked `fuzzy` (a guess that nobody has confirmed),
is left out, and its sentence is said in English.
"""

import ast
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "i18n"
MAGIC, VERSION = 0x950412DE, 0  # of the format of GNU gettext
KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\])\s+(".*")')
PLACE = re.compile(r"\{(\w*)[^{}]*\}")
HEADER = ""  # what the entry is called that says how plurals are formed, and by whom it was made


class Entry(NamedTuple):
    """A sentence, the one for many things where it has one, and what is said for them."""

    one: str
    many: str
    said: tuple[str, ...]


def compile_all(folder: Path = FOLDER) -> list[Path]:
    """Compile each catalogue that is newer than what was made of it.

    Returns
    -------
    The files that were written.

    Raises
    ------
    ValueError
        with a sentence, for a catalogue with a fault; it names the file and the entry.
    OSError
        where one cannot be read, or nothing can be written beside it.
    """
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
            continue
        content = compiled_bytes(source.read_text(encoding="utf-8"), source.name)
        beside = compiled.with_suffix(".mo.new")
        beside.write_bytes(content)
        beside.replace(compiled)
        written.append(compiled)
    return written


def compiled_bytes(text: str, name: str) -> bytes:
    """Return what gettext reads of a catalogue.

    Parameters
    ----------
    text, name : of the catalogue

    Raises
    ------
    ValueError
        with a sentence, for a line that cannot be understood, and for a translation whose places
        are not those of its sentence.
    """
    pairs = {}
    for entry in entries(text, name):
        if not all(entry.said):
            continue
        check_places(entry, name)
        key = f"{entry.one}\0{entry.many}" if entry.many else entry.one
        pairs[key.encode()] = "\0".join(entry.said).encode()
    return file_of(pairs)


def entries(text: str, name: str) -> Iterator[Entry]:
    """Yield the entries of a catalogue that are confirmed.

    Raises
    ------
    ValueError
        with a sentence that names the line which cannot be understood.
    """
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        parts: dict[str, str] = {}
        keyword, is_fuzzy = "", False
        for line in map(str.strip, block.splitlines()):
            if line.startswith("#"):
                is_fuzzy |= line.startswith("#,") and "fuzzy" in line
                continue
            match = KEYWORD.fullmatch(line)
            if match is not None:
                keyword = match[1]
                parts[keyword] = ""
            if not line:
                continue
            quoted = line if match is None else match[2]
            try:
                parts[keyword] += str(ast.literal_eval(quoted))
            except (KeyError, SyntaxError, ValueError):
                raise ValueError(f"{name} has a line that is no part of an entry: {line}") from None
        said = tuple(text for word, text in parts.items() if word.startswith("msgstr"))
        if "msgid" in parts and (parts["msgid"] == HEADER or not is_fuzzy):
            yield Entry(parts["msgid"], parts.get("msgid_plural", ""), said)


def check_places(entry: Entry, name: str) -> None:
    """Refuse a translation that lacks a place of its sentence, or has one of its own.

    One for a certain number of things need not repeat the number.

    Raises
    ------
    ValueError
        with a sentence that names the entry.
    """
    if entry.one == HEADER:
        return
    wanted = set(PLACE.findall(entry.many or entry.one))
    for said in entry.said:
        found = set(PLACE.findall(said))
        missing = wanted - found - ({"count"} if entry.many else set())
        if missing or found - wanted:
            raise ValueError(f"{name}: the places of {said!r} are not those of {entry.one!r}.")


def file_of(pairs: dict[bytes, bytes]) -> bytes:
    """Return a file of the format .mo.

    It begins with seven numbers of 32 bits: magic, version, the number of entries, where the table
    of the sentences lies and where that of the translations, and a table of hashes that has no
    entries. Each table has the length and the place of each text. The sentences are sorted.
    """
    keys = sorted(pairs)
    tables = 7 * 4
    start = tables + 2 * 8 * len(keys)
    texts, rows = b"", []
    for text in (*keys, *(pairs[key] for key in keys)):
        rows += [len(text), start + len(texts)]
        texts += text + b"\0"
    head = (MAGIC, VERSION, len(keys), tables, tables + 8 * len(keys), 0, start)
    return struct.pack(f"<7I{len(rows)}I", *head, *rows) + texts
