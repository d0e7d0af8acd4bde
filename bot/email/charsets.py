"""Bytes to text: charset names as mail writes them, unlabelled bytes, mislabelled Lithuanian.

Nothing here raises: what cannot be decoded shows replacement characters, the raw bytes stay.
"""

import binascii
import codecs
import re
from contextlib import suppress

_SAMPLE = 16 * 1024
"""How much of an unlabelled text is looked at to tell its charset."""

_ALIASES = {
    "cp-1257": "cp1257",
    "win-1257": "cp1257",
    "windows1257": "cp1257",
    "x-cp1257": "cp1257",
    "windows-775": "cp775",
    "latin1": "cp1252",
    "iso-8859-1": "cp1252",  # what mail calls latin-1 is what Windows writes
    "iso8859-1": "cp1252",
    "iso-8859-8-i": "iso8859_8",
    "utf-8-mac": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-gb2312": "gb18030",
    "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-ms": "iso2022_jp_ext",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
}
_UNTOLD = frozenset({"us-ascii", "ascii", "ansi", "unicode", "8bit", "7bit", "binary", "default"})
_REFUSED = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_MULTIBYTE = re.compile(r"utf|gb|big5|cp9\d\d|jp|jis|euc|iso2022|hz|johab")
_NAME = re.compile(r"[a-z0-9][a-z0-9._:+-]{0,40}")
_NOT_BASE64 = bytes(
    set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
)
_FOLD = re.compile(r"\r?\n(?=[ \t])|\r(?=[ \t])")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CONTROLS_BUT_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

_LITHUANIAN = frozenset("ąčęėįšųūžĄČĘĖĮŠŲŪŽ„“”–…")
_CYRILLIC = re.compile("[а-яА-ЯёЁ]")
_MIXED = re.compile("[a-zA-Z][а-яА-ЯёЁ]|[а-яА-ЯёЁ][a-zA-Z]")
_CANDIDATES = ("cp1257", "iso8859_13", "cp1252", "cp1251", "cp775", "iso8859_4")
_BALTIC_AS_LATIN = frozenset("àèæëáðøûþÀÈÆËÁÐØÛÞ")
_NOT_ROMANCE = frozenset("æëáðøþÆËÁÐØÞ")

_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=)\s+(?==\?)")


def decode(content: bytes, declared: str | None = None) -> str:
    """Decode as declared where that is possible and plausible, else as the bytes suggest."""
    codec = _codec(declared)
    if codec is None or (codec == "utf-7" and not content.isascii()):
        return _guess(content)
    if not content.isascii() and not _MULTIBYTE.search(codec) and _is_utf8(content):
        return content.decode("utf-8")
    try:
        text = content.decode(codec)
    except UnicodeError:
        if codec == "cp1252":
            return repair(content.decode("latin-1"))
        return _guess(content) if codec == "utf-8" else content.decode(codec, "replace")
    return repair(text) if codec == "cp1252" else text


def repair(text: str) -> str:
    """Mend Lithuanian that was written in windows-1257 and labelled as a Western charset.

    Only where every odd letter is one that Lithuanian letters turn into, and not all of them
    are letters of French or Italian: a text in another language stays as it is.
    """
    sample = text[:_SAMPLE]
    odd = {letter for letter in set(sample) if letter > "\x7f" and letter.isalpha()}
    if not odd & _NOT_ROMANCE or not odd <= _BALTIC_AS_LATIN | {"Ø"}:
        return text
    if sum(letter in _BALTIC_AS_LATIN for letter in sample) < 2:  # noqa: PLR2004 -- one odd letter proves nothing
        return text
    try:
        return text.encode("cp1252").decode("cp1257")
    except UnicodeError:
        return text


def header_text(raw: str) -> str:
    """Decode one header value as the standard parser keeps it: unfolded, no control characters."""
    text = raw if raw.isprintable() else _FOLD.sub("", raw)
    if not text.isascii():
        text = _guess(text.encode("utf-8", "surrogateescape"))
    if "=?" in text:
        text = repair(_decode_words(text))
    return clean(text)


def clean(text: str) -> str:
    """Make one line of it: control characters, line ends among them, become spaces."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return _CONTROLS.sub(" ", text).encode("utf-8", "replace").decode("utf-8").strip()


def clean_lines(text: str) -> str:
    """Keep line ends and tabs, drop every other control character."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "…")
    return _CONTROLS_BUT_LINES.sub("", text).encode("utf-8", "replace").decode("utf-8")


def _codec(declared: str | None) -> str | None:
    name = (declared or "").strip().strip("\"'").lower()
    if name in _UNTOLD or not _NAME.fullmatch(name):
        return None
    name = _ALIASES.get(name, name)
    try:
        known = codecs.lookup(name)
        b" ".decode(name, "replace")  # refuses codecs that are no text encodings
    except (LookupError, ValueError):
        return None
    return (
        None if known.name.replace("-", "_") in _REFUSED else _ALIASES.get(known.name, known.name)
    )


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guess(content: bytes) -> str:
    if _is_utf8(content):
        return content.decode("utf-8")
    sample = content[:_SAMPLE]
    broken = sample.decode("utf-8", "replace").count("\ufffd")
    if broken * 10 < sum(byte > 0x7F for byte in sample):  # noqa: PLR2004 -- UTF-8 with a scratch
        return content.decode("utf-8", "replace")
    best = max(_CANDIDATES, key=lambda codec: _likeness(sample.decode(codec, "replace")))
    return content.decode(best, "replace")


def _likeness(text: str) -> int:
    """Count what speaks for Lithuanian or Russian, less what no such text contains."""
    score = -3 * len(_MIXED.findall(text))
    before = " "
    for letter in text:
        if letter > "\x7f":
            if letter in _LITHUANIAN or _CYRILLIC.match(letter):
                score += 1
            elif letter.isalpha():
                score -= 1
            elif letter != "\xa0":
                score -= 2
            if letter.isupper() and before.islower():
                score -= 2
        before = letter
    return score


def _decode_words(text: str) -> str:
    text = _BETWEEN_WORDS.sub(r"\1", text)
    decoded: list[str] = []
    waiting, charset, end = b"", "", 0
    for word in _ENCODED_WORD.finditer(text):
        gap = text[end : word.start()]
        # A letter of several bytes may be cut between two words of the same charset.
        if waiting and (gap or word[1].lower() != charset):
            decoded.append(_word_text(waiting, charset))
            waiting = b""
        decoded.append(gap)
        charset, end = word[1].lower(), word.end()
        waiting += _word_bytes(word[2], word[3])
    decoded.append(_word_text(waiting, charset))
    return "".join(decoded) + text[end:]


def _word_text(content: bytes, charset: str) -> str:
    return decode(content, charset.partition("*")[0]) if content else ""


def _word_bytes(encoding: str, word: str) -> bytes:
    ascii_word = word.encode("ascii", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(ascii_word, header=True)
    return lenient_base64(ascii_word)


def lenient_base64(content: bytes) -> bytes:
    """Decode what can be decoded, whatever stands between and however it ends."""
    end = content.find(b"=")
    if end < 0 or not content[end:].strip(b"=\r\n"):
        with suppress(binascii.Error):
            # In order, as nearly all is: the library leaves out the line ends by itself.
            return binascii.a2b_base64(content)
    letters = content.translate(None, _NOT_BASE64)
    usable = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(usable + b"=" * (-len(usable) % 4))
