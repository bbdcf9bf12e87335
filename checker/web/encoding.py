"""Bytes of a web page to its characters: by byte order mark, as UTF-8, else as the page says it is encoded."""

from __future__ import annotations

import codecs
import re

from checker import decoding
from checker.model import Bilingual
from checker.problems import Unreadable

_DECLARED = re.compile(rb"<(?:meta\b|\?xml\b)[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_ZONE = 8192
"""So many bytes from the beginning the declaration is looked for; HTML wants it within 1024."""
# Pages that say GB2312 have characters of GBK and GB18030, which hold it (WHATWG Encoding, section 10.2).
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "hz": "gb18030"}
_NAMES = {"big5hkscs": "big5"}
_ENDLESS = {"utf-16": "utf-8"}  # a page whose declaration could be read is not in UTF-16 (HTML, section 13.2.3.3)
_WRONG = 0.002
"""The share of characters that may be damaged."""


def decode(data: bytes) -> tuple[str, str]:
    """Return the characters of a page, without its byte order mark, and the name of its encoding.

    Raises Unreadable for bytes that are no text.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decoding.decode(data)
    for wide in ("utf-16-le", "utf-16-be"):
        if data.startswith("<".encode(wide)):
            return _sound(data.decode(wide, "replace"), wide)
    try:
        return _sound(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    name = _declared(data) or "gb18030"
    try:
        return _sound(data.decode(name), _NAMES.get(name, name))
    except UnicodeDecodeError:
        return _damaged(data, list(dict.fromkeys((name, "utf-8", "gb18030"))))


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_ZONE])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii", "replace")).name
        "".encode(name)
    except LookupError:
        return None
    return _ENDLESS.get(name[:6], _WIDER.get(name, name))


def _damaged(data: bytes, names: list[str]) -> tuple[str, str]:
    """Return a page with some bytes that went wrong, in the encoding in which fewest do."""
    read = [(data.decode(name, "replace"), name) for name in names]
    text, name = min(read, key=lambda one: one[0].count("\ufffd"))
    if text.count("\ufffd") > 2 + len(text) * _WRONG:
        raise _binary()
    return _sound(text, f"{_NAMES.get(name, name)} (damaged)")


def _sound(text: str, encoding: str) -> tuple[str, str]:
    if "\0" in text:
        raise _binary()
    return text, encoding


def _binary() -> Unreadable:
    zh = "不是网页，或编码认不出来：读不出文字（请用浏览器打开，另存为 UTF-8 编码的网页）"
    en = "not a web page, or in an unknown encoding: open it in a browser and save it as a page in UTF-8"
    return Unreadable(Bilingual(zh, en))
