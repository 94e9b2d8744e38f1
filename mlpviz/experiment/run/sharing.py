"""A recipe on its way to somebody else: as a file, and as a short text to copy and paste.

That of a run that branched is the recipe with which the run started, and its `way`: the changes,
the branches and the epoch of the last of them, as a record has them. From there on the run goes on
as it went, to the bit.

The text is `mlpviz1:` + the choices that differ from the defaults, as compact JSON, compressed by
zlib, in the letters of base64url + `.` + the CRC-32 of all before it in eight hexadecimal digits.
The 1 is the version of this format. Whoever cuts it off loses the end of the checksum, so that a
text that was cut is told from one that was changed. It is read within bounds: a hostile text cannot
grow beyond `MAX_CONTENT`. With the weights of the moment it is a recipe that starts from them, and
what JSON writes of a float is read back as the same float.
"""

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mlpviz.engine.network import parameter_count
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words, shown
from mlpviz.experiment.recipe.hideable import check_hide
from mlpviz.experiment.recipe.recipe import Recipe, changed_fields
from mlpviz.experiment.recipe.recipe_text import MAX_FILE_BYTES, parse_object
from mlpviz.experiment.regular_files import read_file, replace_file
from mlpviz.experiment.run.record import Change, Record

VERSION = 1
PREFIX = f"mlpviz{VERSION}:"
MAX_TEXT = 1_000_000  # characters; the largest network with its weights takes a quarter of it
MAX_CONTENT = 1_000_000  # bytes of JSON in it
MAX_OWN_POINTS = 500  # of a short text; more go by file
MAX_CHANGES = 400  # with more, its text would have more names than a recipe may
MAX_CHANGES_TIMES_PARAMETERS = 500_000  # each is a recipe, which is read in full
WAY = "way"  # the field of a recipe that has one
WAY_FIELDS = frozenset(("branches", "changes", "epoch"))

_HEAD = re.compile(r"mlpviz([1-9][0-9]{0,8}):")
_BODY = re.compile(r"([A-Za-z0-9_-]+)\.([0-9a-f]{8})")
_CUT_BODY = re.compile(r"[A-Za-z0-9_-]*(\.[0-9a-f]{0,7})?")


@dataclass(frozen=True, slots=True)
class Shared:
    """What one user hands to another.

    Parameters
    ----------
    recipe : every choice; of a run that branched, with which it started
    hide : controls that the window which opens it does not show; see `hiding.HIDEABLE`
    record : of a run that branched, what happened up to its last turn; see `of_branch`

    Raises
    ------
    ValueError
        with a sentence, for a control that is not known.
    """

    recipe: Recipe
    hide: tuple[str, ...] = ()
    record: Record | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "hide", check_hide(self.hide))

    @classmethod
    def of_branch(cls, record: Record, recipe: Recipe, hide: tuple[str, ...] = ()) -> "Shared":
        """Share the way of a run that branched.

        Parameters
        ----------
        record : what happened in it
        recipe : in force now; what it has changed last, the record may not have yet

        Raises
        ------
        ValueError
            with a sentence, where too much has happened.
        """
        changes = record.changes
        if set(changed_fields(record.recipe, recipe)) - {"epochs"}:
            changes += (Change(record.epoch, recipe),)
        _check_count(recipe, len(changes))
        limit = recipe.epochs  # earlier ones are no part of what happened
        start = replace(record.start_recipe, epochs=limit)
        changes = tuple(change.with_limit(limit) for change in changes)
        turns = [change.epoch for change in changes] + [at.epoch for at in record.branches]
        way = Record(start, changes, max(turns, default=0), limit, record.branches)
        return cls(start, hide, way)

    def at_limit(self) -> Record:
        """Return all that will have happened when its run has come to its limit.

        Raises
        ------
        ValueError
            with a sentence, where that lies before the last turn.
        """
        limit = self.recipe.epochs
        if self.record is None:
            return Record(self.recipe, (), limit, limit)
        if limit < self.record.epoch:
            raise ValueError(
                tr(
                    "epochs must be at least {least}, for until then the recipe is changed on the "
                    "way. Got {got}.",
                    least=self.record.epoch,
                    got=limit,
                )
            )
        return replace(self.record, epoch=limit)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it in plain JSON types: the fields of the recipe, and what goes with it."""
        way = {} if self.record is None else {WAY: self.record.way_dict()}
        return self.recipe.to_dict() | way | ({"hide": list(self.hide)} if self.hide else {})

    def to_json(self) -> str:
        """Return the text of a recipe file."""
        return json.dumps(self.to_dict(), indent=2)

    def to_text(self) -> str:
        """Return the short text.

        Raises
        ------
        ValueError
            when the recipe is too large for one.
        """
        usual = Recipe().to_dict()
        values = {n: v for n, v in self.to_dict().items() if n not in usual or v != usual[n]}
        if values.get("dataset") != "own":
            values.pop("own", None)  # points that are not used
        count = len(values["own"]["points"]) if "own" in values else 0
        if count > MAX_OWN_POINTS:
            raise ValueError(
                tr(
                    "A recipe text holds at most {most} points of your own, and this recipe has "
                    "{count}: save it as a file instead.",
                    most=MAX_OWN_POINTS,
                    count=count,
                )
            )
        content = json.dumps(values, separators=(",", ":")).encode()
        if len(content) > MAX_CONTENT:
            raise ValueError(_size_words())
        packed = zlib.compress(content, level=9)
        text = PREFIX + base64.urlsafe_b64encode(packed).decode().rstrip("=")
        return f"{text}.{zlib.crc32(text.encode()):08x}"

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Shared":
        """Read what `to_dict` gives; what is not named keeps its default.

        Raises
        ------
        ValueError
            for an unknown name, or a value that is refused.
        """
        rest = dict(values)
        hide, way = rest.pop("hide", ()), rest.pop(WAY, None)
        recipe = Recipe.from_dict(rest)
        return cls(recipe, hide, None if way is None else _record_of(recipe, way))

    @classmethod
    def from_json(cls, text: str | bytes) -> "Shared":
        """Read the text of a recipe file, or its bytes.

        Raises
        ------
        ValueError
            with a sentence, for text that is none.
        """
        return cls.from_dict(parse_object(text))

    @classmethod
    def from_text(cls, text: str) -> "Shared":
        """Read a short text, or that of a recipe file. Spaces and line breaks are no matter.

        Raises
        ------
        ValueError
            with a sentence, for text that is neither, or that did not arrive whole.
        """
        if len(text) > MAX_TEXT:
            raise ValueError(
                tr(
                    "A recipe text has at most {most} characters. Got {got}.",
                    most=MAX_TEXT,
                    got=len(text),
                )
            )
        packed = "".join(text.split())
        if not packed:
            raise ValueError(tr("There is no recipe in an empty text."))
        return cls.from_json(text if packed.startswith("{") else _unpacked(packed))


def _check_count(recipe: Recipe, changes: int) -> None:
    """Refuse more changes on the way than can be read soon."""
    most = min(MAX_CHANGES, MAX_CHANGES_TIMES_PARAMETERS // parameter_count(recipe.sizes))
    if changes > most:
        raise ValueError(
            tr(
                "A recipe of this network holds at most {most} changes on the way. Got {count}.",
                most=most,
                count=changes,
            )
        )


def _record_of(recipe: Recipe, way: Any) -> Record:
    if not isinstance(way, Mapping) or not {"changes", "epoch"} <= way.keys() <= WAY_FIELDS:
        raise ValueError(
            tr(
                "{name} must be a JSON object of {names}. Got {got}.",
                name=WAY,
                names=", ".join(sorted(WAY_FIELDS)),
                got=shown(way),
            )
        )
    if isinstance(way["changes"], list):
        _check_count(recipe, len(way["changes"]))
    try:
        return Record.from_start(recipe, recipe.epochs, way)
    except ValueError as problem:
        raise ValueError(f"{WAY}: {problem}") from None


def load_shared(source: str | Path) -> Shared:
    """Read a recipe file, or a short text in its place.

    Raises
    ------
    ValueError
        with a sentence that names the file, when it cannot be read or is no recipe.
    """
    if isinstance(source, str) and is_text(source):
        return Shared.from_text(source)
    path = Path(source)
    name = path_words(path)
    content = read_file(path, MAX_FILE_BYTES, name)
    try:
        return Shared.from_json(content)
    except ValueError as problem:
        raise ValueError(
            tr("{name} is not a recipe: {problem}", name=name, problem=problem)
        ) from None


def save_shared(shared: Shared, path: Path) -> None:
    """Write a recipe file: all of it, or the file is what it was.

    Raises
    ------
    ValueError
        with a sentence that names the file, when it cannot be written.
    """
    replace_file(path, shared.to_json())


def is_text(source: str) -> bool:
    """Tell whether a text is meant as a short one: by its head, whatever its version."""
    return _HEAD.match(source.lstrip()) is not None


def _unpacked(packed: str) -> str:
    """Return the JSON of a short text that has no spaces left."""
    head = _HEAD.match(packed)
    if head is None:
        raise ValueError(
            tr("That is not a recipe: its text starts with {prefix} or is JSON.", prefix=PREFIX)
        )
    if int(head[1]) != VERSION:
        raise ValueError(
            tr(
                "This recipe is from a newer mlpviz: its format is {got}, and this one reads "
                "format {known}.",
                got=head[1],
                known=VERSION,
            )
        )
    rest = packed[head.end() :]
    body = _BODY.fullmatch(rest)
    if body is None and _CUT_BODY.fullmatch(rest):
        raise ValueError(tr("This recipe text is cut off: its end is missing."))
    if body is None or zlib.crc32((PREFIX + body[1]).encode()) != int(body[2], 16):
        raise ValueError(tr("This recipe text is not as it was copied: its checksum does not fit."))
    return _decompressed(body[1])


def _decompressed(letters: str) -> str:
    stream = zlib.decompressobj()
    try:
        packed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        content = stream.decompress(packed, MAX_CONTENT + 1)
        if len(content) > MAX_CONTENT:
            raise ValueError(_size_words())
        if not stream.eof or stream.unused_data:
            raise zlib.error
        return content.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError):
        raise ValueError(tr("This text looks like a recipe, but holds none.")) from None


def _size_words() -> str:
    return tr("A recipe text must hold at most {most} bytes of JSON.", most=MAX_CONTENT)
