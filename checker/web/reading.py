"""Web pages: bytes to a ``Text`` of the article, and changed lines back to the bytes of the page."""

from __future__ import annotations

import html
from collections.abc import Iterator

from msgspec.structs import replace

from checker.comments import comments
from checker.decoding import encode
from checker.differences import differences
from checker.lines import from_lines
from checker.model import Bilingual, Text
from checker.problems import Unreadable
from checker.web.encoding import decode
from checker.web.lines import Written, written


def read(data: bytes, suffix: str) -> Text:
    """Return the article of a web page; raises Unreadable for what is none, or has no text.

    A line of ``Text.source`` is a block of the page, a line of one that has line ends (``<br>``), or a row of a
    table; its place is the line of the file in which it begins.
    """
    source, encoding = decode(data)
    lines = [one.line for one in written(source)]
    if not any(line.text.strip() and not line.layout for line in lines):
        raise _without_text(source)
    text = replace(from_lines(lines, suffix.lstrip(".") or "html"), encoding=encoding)
    return comments(text) if any(line.layout for line in lines) else text


def write(source: str, text: Text, was: bytes) -> bytes:
    """Return the page with what has changed in the lines of its text; raises Unreadable where that cannot be done.

    Only characters of texts change: tags and all that is not read stay as they are.
    """
    page, encoding = decode(was)
    if source == text.source:
        return encode(page, encoding, was)
    before, after = written(page), source.split("\n")
    if len(after) != len(before) + 1 or after[-1]:
        raise _of_marks()
    parts: list[str] = []
    at = 0
    edits = (edit for one, line in zip(before, after, strict=False) for edit in _edits(one, line))
    for start, end, words in sorted(edits):
        if start < at:
            raise _of_marks()
        parts += page[at:start], words
        at = end
    return encode("".join([*parts, page[at:]]), encoding, was)


def _without_text(source: str) -> Unreadable:
    if not source.strip():
        return Unreadable(Bilingual("文件是空的，请看是否已经保存", "the file is empty: has it been saved?"))
    zh = "网页里没有文字：正文可能由脚本显示，或者是图片；请用浏览器打开，把正文复制到 .docx 或 .txt 文件里"
    en = "no text in the page: a script may show it, or it is a picture; open it in a browser and copy its text"
    return Unreadable(Bilingual(zh, en))


def _of_marks() -> Unreadable:
    zh, en = "这样改会动到网页的标记，没有改", "that would change tags of the page, and was not done"
    return Unreadable(Bilingual(zh, en))


# ---------------------------------------------------------------------------------- editing


def _edits(one: Written, after: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and new characters of what has to change in the file for a line to read ``after``."""
    before = one.line.text
    if before == after:
        return
    if one.line.layout:
        raise _of_marks()
    for start, end, words in differences(before, after):
        yield from _replaced(one, start, end, html.escape(words, quote=False))


def _replaced(one: Written, start: int, end: int, words: str) -> Iterator[tuple[int, int, str]]:
    """Yield what puts ``words`` in the place of characters; tags between these stay."""
    if start == end:
        at = one.place(start - 1)[1] if start else one.place(0)[0]
        yield at, at, words
        return
    for place in dict.fromkeys(map(one.place, range(start, end))):
        yield *place, words
        words = ""
