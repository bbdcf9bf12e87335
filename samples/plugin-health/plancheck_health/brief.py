"""``.brief``: a draft in which the drafters have marked the lines and left notes for one another.

    %BRIEF 第三稿
    % 这一行是批注
    @标题 汐口县居民健康素养提升行动实施方案（2025—2027年）
    @章 一、主要目标
    @文 到2027年，全县居民健康素养水平达到33%{{去年是27.4%}}。

A line with ``%`` is a note, and so is what stands in ``{{…}}``, also over several lines. ``@`` and a word
say what a line is; plancheck finds that out by itself, so all of it is left out. Places are those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.decoding import decode
from checker.model import Bilingual, Text
from checker.plain_text import from_string
from checker.problems import Unreadable

MARKS = ("标题", "文", "章", "节", "条", "责")
_NOTE = re.compile(r"^[ \t]*%[^\r\n]*|\{\{|\}\}", re.MULTILINE)
_MARK = re.compile(r"^[ \t]*@([^\s@]*)[ \t\u3000]*", re.MULTILINE)


def read(data: bytes) -> Text:
    """Return the text without marks and notes; raises Unreadable for a mark or note that is none, and for no text."""
    source, encoding = decode(data)
    unread = list(_notes(source))
    for mark in _MARK.finditer(source):
        if any(start <= mark.start() < end for start, end in unread):
            continue
        if mark[1] not in MARKS:
            zh = f"没有“@{mark[1]}”这种标记；可用的：{'、'.join(f'@{one}' for one in MARKS)}"
            en = f"there is no mark @{mark[1]}; there are {', '.join(f'@{one}' for one in MARKS)}"
            raise _wrong(source, mark.start(1) - 1, zh, en)
        unread.append(mark.span())
    text = from_string(source, "brief", encoding, unread)
    if not any(paragraph.text for paragraph in text.paragraphs):
        raise Unreadable(Bilingual("除了标记和批注没有文字", "it has no text beside marks and notes"))
    return text


def _notes(source: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of lines with % and of what stands in {{…}}; these do not hold one another."""
    opened: int | None = None
    for found in _NOTE.finditer(source):
        if found[0] == "{{":
            if opened is not None:
                raise _wrong(source, opened, "“{{”还没有“}}”，又来了一个“{{”", "a {{ follows before this one is closed")
            opened = found.start()
        elif found[0] == "}}":
            if opened is None:
                raise _wrong(source, found.start(), "“}}”前面没有“{{”", "no {{ stands before this }}")
            yield opened, found.end()
            opened = None
        elif opened is None:
            yield found.span()
    if opened is not None:
        raise _wrong(source, opened, "“{{”没有“}}”", "this {{ is not closed")


def _wrong(source: str, offset: int, zh: str, en: str) -> Unreadable:
    line = len(re.findall(r"\r\n?|\n", source[:offset])) + 1
    return Unreadable(Bilingual(f"第 {line} 行：{zh}", f"line {line}: {en}"))
