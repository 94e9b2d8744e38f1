"""The encoding of a text that is a table: told from its bytes, named, and never in doubt silently.

A file does not say how its letters are written. UTF-8 can be proved; of the older encodings the
likelier one is taken. Digits are the same in all of them, so only names can be wrong.
"""

import codecs
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from unicodedata import category

from mlpviz.experiment.data.table_choices import AS_TEXT, ENCODINGS
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import has_surrogate

SAMPLE_CHARACTERS = 100_000
SAMPLE_LINES = 200
MAX_LINE = 100_000  # characters
PIECE = 1_000_000  # bytes that are decoded at once
LOOKED_AT = 100_000  # bytes by which an encoding is told
FOREIGN_SHARE = 0.4  # of bytes beyond ASCII in a text of Windows' letters; more are no text
COMMON_SHARE = 0.6  # of the characters of a Chinese text that are common ones
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")

# Letters that make a whole word, and the common ones of languages that have words of them only.
WHOLE_WORD = re.compile(rb"(?<![A-Za-z\x80-\xff])[\xa1-\xff]{2,}(?![A-Za-z\x80-\xff])")
LONE_LETTER = re.compile(rb"(?<![A-Za-z\x80-\xff])[\xa1-\xff](?![A-Za-z\x80-\xff])")
_RUSSIAN = frozenset("оеаинтсрвлкмдпуыьязбгч")
LETTERS = {
    "Windows-1251": _RUSSIAN,
    "KOI8-R": _RUSSIAN,
    "Windows-1253": frozenset("αοιετνσηυρπκμλςάόίέήώύδγχ"),
    "Windows-1255": frozenset("יוהלאמתרבשנםחסגקכןדפעט"),
    "Windows-1256": frozenset("اليمونرتبةعدسفهكقأحج"),
    "Windows-874": frozenset("านรกอเงมยลวดทสตะปบคหจพชขใไ่้ีัิืุู์ๆ็"),
}
LETTER_SHARE = 0.7  # of the letters that are common ones
FEWEST_HANGUL = 6  # characters by which Korean is told from Chinese
HANGUL_SIGNS = (0xA1, 0xA2, 0xA7)  # what signs and units begin with
KANA = re.compile(rb"\x82[\x9f-\xf1]|\x83[\x40-\x96]")  # of Shift-JIS
KANJI = re.compile(rb"(?:[\x81\x88-\x97][\x40-\x7e\x80-\xfc]){2,}")  # words of common ones
FEWEST_KANJI = 6

# Letters of Windows-1250 that are signs in Windows-1252, and no letter is written beside a sign.
# The letters come first, then what stands beside them: so a long text is searched quickly.
EASTERN = re.compile(
    rb"[\xb3\xb9\xbe\xbf\xa3\xa5\xaf\xbc]"
    rb"(?:(?<=[A-Za-z\x8a-\xff][\xb3\xb9\xbe\xbf])|(?<=[\xa3\xa5\xaf\xbc])(?=[a-z\x9c-\xff]))"
)
# Letters of Czech and its neighbours, of which most are letters in Windows-1252, too.
CZECH = frozenset(b"\x9a\x9e\x9d\x8a\x8e\xe8\xec\xf8\xf9\xef\xf2")
# Letters of Turkish that are Icelandic ones in Windows-1252, and what stands beside them: Icelandic
# has vowels with accents as well.
TURKISH = frozenset("ğışĞİŞ".encode("cp1254"))
BESIDE_TURKISH = frozenset("ğışĞİŞçöüÇÖÜâîûÂÎÛ°²³µ€–—’“”\xa0".encode("cp1254"))
# Places where Windows-1250 and Windows-1252 have different characters.
DIFFERENT = frozenset(
    byte
    for byte in range(0x80, 0x100)
    if bytes([byte]).decode("cp1252", "replace") != bytes([byte]).decode("cp1250", "replace")
)


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a table that are text, and their encoding: for Python, and in words.

    Parameters
    ----------
    note : what is to be known of it, as a sentence, or ""
    """

    content: bytes
    codec: str
    encoding: str
    note: str = ""

    def lines(self) -> Iterator[str]:
        """Yield the lines, with their ends; never more than one of them is held.

        Raises
        ------
        ValueError
            with a sentence, for a line that is longer than a table has.
        """
        with io.TextIOWrapper(io.BytesIO(self.content), self.codec, newline="") as file:
            for number, line in enumerate(iter(partial(file.readline, MAX_LINE + 1), ""), 1):
                if len(line) > MAX_LINE:
                    raise ValueError(
                        tr(
                            "Line {line} has more than {most} characters.",
                            line=number,
                            most=MAX_LINE,
                        )
                    )
                yield line

    def line_count(self) -> int:
        """Count the ends of lines, without making the lines."""
        ends, was_return = 0, False
        for piece in _pieces(self.content, self.codec):
            ends += piece.count("\n") + piece.count("\r") - piece.count("\r\n")
            ends -= was_return and piece.startswith("\n")
            was_return = piece.endswith("\r")
        return ends

    def beginning(self) -> list[str]:
        """Return the lines by which it is recognised how the table is written."""
        lines, length = [], 0
        for line in self.lines():
            lines.append(line)
            length += len(line)
            if length > SAMPLE_CHARACTERS or len(lines) == SAMPLE_LINES:
                break
        return lines


def source_of(content: bytes | str, encoding: str | None = None) -> Source:
    """Find the encoding of a file; a text has its own.

    Parameters
    ----------
    encoding : of ENCODINGS, where it is known

    Raises
    ------
    ValueError
        with a sentence, for what is no text or of an encoding that cannot be told.
    """
    content = content.rstrip("\x1a") if isinstance(content, str) else content.rstrip(b"\x1a")
    if isinstance(content, str):  # a mark of the end, from old systems, is gone by now
        if has_surrogate(content):
            raise ValueError(tr("It holds half a character, which no text does."))
        return _checked(content.encode(), "utf-8", AS_TEXT)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ValueError(tr("It is a spreadsheet or another packed file: save it as CSV first."))
    if encoding is not None:
        return _as_chosen(content, encoding)
    marked = _marked(content)
    if marked is not None:
        return marked
    codec = _unmarked_utf_16(content[:LOOKED_AT])
    if codec:
        return _decoded(content, codec, "UTF-16")
    try:
        return _checked(content, "utf-8", "UTF-8")
    except UnicodeDecodeError:
        return _foreign(content)


def _as_chosen(content: bytes, encoding: str) -> Source:
    codec = ENCODINGS[encoding]
    if codec == "utf-8":
        codec = "utf-8-sig"
    elif codec == "utf-16" and content[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        codec = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
    return _decoded(content, codec, encoding)


def _marked(content: bytes) -> Source | None:
    """Return a text that begins with a mark of its encoding."""
    for mark, codec, name in (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
        (codecs.BOM_UTF32_LE, "", ""),
        (codecs.BOM_UTF32_BE, "", ""),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    ):
        if content.startswith(mark):
            if not codec:
                raise _refusal()
            return _decoded(content, codec, name)
    return None


def _unmarked_utf_16(sample: bytes) -> str:
    """Return the byte order of UTF-16 without a mark, where digits and delimiters show it."""
    high, low = sample[1::2], sample[::2]
    for other, plain, codec in ((high, low, "utf-16-le"), (low, high, "utf-16-be")):
        if 4 * other.count(0) > len(other) and 0 not in plain and len(other) > 3:
            return codec
    return ""


def _decoded(content: bytes, codec: str, name: str) -> Source:
    try:
        return _checked(content, codec, name)
    except UnicodeDecodeError:
        raise ValueError(tr("It begins as {name} text, but is none.", name=name)) from None


def _foreign(content: bytes) -> Source:
    """Choose among the encodings that were usual before UTF-8."""
    sample = content[:LOOKED_AT]
    if _decodes(sample, "Shift-JIS") and len(KANA.findall(sample)) > 1:
        return _noted(content, "Shift-JIS", "")
    if _decodes(sample, "Shift-JIS") and _is_kanji(sample):
        return _noted(content, "Shift-JIS", "")
    shares = {name: _common_share(sample, name) for name in COMMON}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] >= COMMON_SHARE and not _is_within_words(sample):
        other = next(name for name in shares if name != best)
        if _is_hangul(sample):
            return _noted(content, "EUC-KR", best)
        return _noted(content, best, other if shares[other] >= COMMON_SHARE else "")
    foreign = content.translate(None, bytes(range(128)))
    if _is_whole_words(sample):
        return _noted(content, *_alphabets_of(sample))
    if len(foreign) > FOREIGN_SHARE * len(content):
        raise _refusal()
    used = frozenset(foreign)
    czech = sum(foreign.count(byte) for byte in CZECH)
    is_eastern = EASTERN.search(content) is not None or (
        bool(used & frozenset(b"\x9a\x9e\x8a\x8e")) and 2 * czech > len(foreign)
    )
    if used & TURKISH and used <= BESIDE_TURKISH:
        return _noted(content, "Windows-1254", "Windows-1252")
    name, other = ("Windows-1250", "Windows-1252")[:: 1 if is_eastern else -1]
    if not _is_printable(used, ENCODINGS[name]):
        raise _refusal()
    return _noted(content, name, other if used & DIFFERENT else "")


def _is_kanji(sample: bytes) -> bool:
    """Tell whether most bytes beyond ASCII are words of Shift-JIS that have no kana.

    What begins its common characters are quotes and capitals in Windows' encodings, of which two
    hardly ever stand side by side.
    """
    words = b"".join(KANJI.findall(sample))
    pairs = len(re.findall(rb"[\x80-\xff][\x40-\xff]?", sample))
    return len(words) >= 2 * FEWEST_KANJI and len(words) > 1.6 * pairs


def _is_whole_words(sample: bytes) -> bool:
    """Tell whether letters beyond ASCII make whole words, which those of no Latin language do."""
    # A letter alone can be a class, but also a word of French, or a sign.
    beyond = sum(byte >= 0xA1 for byte in sample) - len(LONE_LETTER.findall(sample))
    in_words = len(b"".join(WHOLE_WORD.findall(sample)))
    return beyond > 0 and 10 * in_words > 8 * beyond


def _is_within_words(sample: bytes) -> bool:
    """Tell whether letters beyond ASCII mostly stand beside those of ASCII, as in no Chinese."""
    runs: list[bytes] = re.findall(rb"[A-Za-z]?[\x80-\xff][\x40-\xff]*", sample)
    inside = sum(run[:1].isalpha() for run in runs)
    return 2 * inside > len(runs)


def _is_hangul(sample: bytes) -> bool:
    """Tell whether characters are all of the Korean ones, which few Chinese texts keep to.

    Signs such as that of a degree stand among them.
    """
    pairs = re.findall(rb"[\x80-\xff][\x40-\xff]", sample)
    letters = [(a, b) for a, b in pairs if a not in HANGUL_SIGNS]
    are_korean = all(0xB0 <= a <= 0xC8 and b >= 0xA1 for a, b in letters)
    return len(letters) >= FEWEST_HANGUL and are_korean


def _alphabets_of(sample: bytes) -> tuple[str, str]:
    """Return the encoding whose letters are likely ones, and the second of them.

    Raises
    ------
    ValueError
        with a sentence, where none is.
    """
    shares = {name: _letter_share(sample, name) for name in LETTERS}
    best, other, *_ = sorted(shares, key=lambda name: -shares[name])
    if shares[best] < LETTER_SHARE:
        raise _refusal()
    return best, other if 2 * shares[other] > shares[best] else "Windows-1252"


def _letter_share(sample: bytes, name: str) -> float:
    """Return how many letters are common ones of an alphabet, less where capitals are inside."""
    words = [word.decode(ENCODINGS[name], "replace") for word in WHOLE_WORD.findall(sample)]
    count = sum(map(len, words))
    common = sum(letter in LETTERS[name] for word in words for letter in word.lower())
    forms = ((word.lower(), word.upper(), word.capitalize()) for word in words)
    usual = sum(
        word in form and category(word[0]) != "Mn"  # a mark above or below a letter
        for word, form in zip(words, forms, strict=True)
    )
    return common / count * usual / len(words)


def _decodes(sample: bytes, name: str) -> bool:
    """Tell whether bytes are of an encoding; the last character may be cut."""
    try:
        codecs.getincrementaldecoder(ENCODINGS[name])().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _noted(content: bytes, name: str, other: str) -> Source:
    words = ""
    if other:
        words = tr(
            "Letters are read as {name}; for those of {other}: --encoding {other}.",
            name=name,
            other=other,
        )
    try:
        found = _checked(content, ENCODINGS[name], name)
    except UnicodeDecodeError:
        raise _refusal() from None
    return Source(found.content, found.codec, found.encoding, words)


# Which bytes the common characters of a Chinese text begin and end with.
COMMON: dict[str, Callable[[int, int], bool]] = {
    "Big5": lambda a, b: (0xA4 <= a <= 0xC6 and b >= 0x40) or a in (0xA1, 0xA2, 0xA3),
    "GBK": lambda a, b: b >= 0xA1 and (0xB0 <= a <= 0xD7 or 0xA1 <= a <= 0xA3),
}


def _common_share(sample: bytes, name: str) -> float:
    """Return how many of its characters of two bytes are common; 0 where it is not this text."""
    if not _decodes(sample, name):
        return 0.0
    pairs = common = whole = i = 0
    while i < len(sample) - 1:
        if sample[i] < 0x80:
            i += 1
            continue
        pairs += 1
        common += COMMON[name](sample[i], sample[i + 1])
        whole += sample[i + 1] >= 0x80
        i += 2
    # A letter of Windows and a plain one behind it, as in µm, look like a character, too.
    return common / pairs if whole else 0.0


def _checked(content: bytes, codec: str, encoding: str) -> Source:
    """Return bytes as a source, once all of them are read: in pieces, for the whole takes more.

    Raises
    ------
    UnicodeDecodeError
        where they are not of this encoding.
    ValueError
        with a sentence, where they are no text.
    """
    if any(map(BINARY.search, _pieces(content, codec))):
        raise ValueError(tr("It is a binary file and no text."))
    return Source(content, codec, encoding)


def _pieces(content: bytes, codec: str) -> Iterator[str]:
    """Yield a text in pieces, none of them empty, that together are all of it."""
    decoder = codecs.getincrementaldecoder(codec)()
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        text = decoder.decode(piece, final=start + PIECE >= len(content))
        if text:  # the first bytes of a character are none yet
            yield text


def _is_printable(characters: frozenset[int], codec: str) -> bool:
    """Tell whether bytes beyond ASCII are all letters and signs of an encoding."""
    try:
        return bytes(characters).decode(codec).replace("\xa0", "").isprintable()
    except UnicodeDecodeError:
        return False


def _refusal() -> ValueError:
    return ValueError(tr("Its encoding cannot be told: save it as UTF-8."))
