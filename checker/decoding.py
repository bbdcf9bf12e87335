"""Bytes to characters: UTF-8, UTF-16, GB18030 or Big5, recognised from the bytes alone."""

from __future__ import annotations

import codecs

from checker.model import Bilingual
from checker.problems import Unreadable

# Chinese drafts come in these; naming them keeps the guess from a rare Western code page.
CANDIDATES = ["gb18030", "utf_16", "utf_16_le", "utf_16_be", "big5"]
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_WITHOUT_MARK = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_NAMES = {"utf_16_le": "utf-16-le", "utf_16_be": "utf-16-be", "utf_16": "utf-16"}
_CONTROL = {chr(code) for code in range(32)} - set("\t\n\r\f\v\x1a\x1c\x1d\x1e\x1f")


def decode(data: bytes) -> tuple[str, str]:
    """Return the characters of ``data`` and the name of its encoding.

    A byte order mark is not one of the characters. Raises Unreadable for bytes that are no
    text: an image, an archive, an old Word file.
    """
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace"), encoding)
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        damaged = data.decode("utf-8", "replace")
        # A byte or two that went wrong, or a file cut off in a character, is still UTF-8.
        if damaged.count("\ufffd") <= 1 + len(damaged) // 1000 and _is_chinese(damaged):
            return _checked(damaged, "utf-8 (damaged)")
        return _guessed(data)


def encode(text: str, encoding: str, was: bytes) -> bytes:
    """Return the bytes of characters in an encoding as ``decode`` names it, with the byte order mark of ``was``.

    Raises Unreadable for characters that the encoding does not have, and for an encoding of damaged text.
    """
    marks = [mark for mark in _BOMS if was.startswith(mark)]
    codec = _WITHOUT_MARK[marks[0]] if marks else encoding
    try:
        return b"".join(marks) + text.encode(codec)
    except (UnicodeEncodeError, LookupError) as error:
        name = encoding.upper()
        zh, en = f"编码 {name} 写不出改正后的文字", f"the encoding {name} cannot hold the text"
        raise Unreadable(Bilingual(zh, en)) from error


def _is_chinese(text: str) -> bool:
    """Say whether a fair part of a text is Chinese: bytes of a program decode to scattered rare characters."""
    return sum("\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" for char in text) * 4 >= len(text) > 0


def _guessed(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # only a draft that is not UTF-8 pays for it

    best = from_bytes(data, cp_isolation=CANDIDATES).best()
    if best is None:
        raise _binary()
    text = str(best)
    if not _is_chinese(text):
        raise _binary()
    return _checked(text, _NAMES.get(best.encoding, best.encoding))


def _checked(text: str, encoding: str) -> tuple[str, str]:
    # Cell marks of Word and residue of PDF are a few; bytes of a program are many, and have NULs.
    if "\0" in text or sum(map(text.count, _CONTROL)) * 50 > len(text):
        raise _binary()
    return text, encoding


def _binary() -> Unreadable:
    return Unreadable(
        Bilingual(
            "不是文本文件：读不出文字"
            "（支持 UTF-8、UTF-16、GB18030 编码的 .txt 和 .md 文件；Word 文件请先另存为纯文本）",
            "not a text file: no characters can be read "
            "(.txt and .md in UTF-8, UTF-16 or GB18030; save a Word file as plain text first)",
        )
    )
