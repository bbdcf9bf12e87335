"""What of a Markdown draft is no text of the plan: addresses, code, pictures, front matter, comments.

It is not read, so that nothing in it is reported, and nothing in it is changed: ``[附件1](附件1.md)``
reads 附件1. Square brackets that lead nowhere are the plan's own: ``[责任单位：县教育局]``.

Source: CommonMark 0.31, sections 4.5 (fenced code), 4.7 (reference definitions), 6.1 (code spans), 6.3
(links), 6.4 (images), 6.5 (autolinks); front matter as static site generators have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What an address looks like: it has a dot, slash or hash, and none of the marks of a sentence.
_TARGET = (
    r"\((?:<[^<>\n]{0,500}>|[^()\s、，。；：./#]{0,500}[./#][^()\s、，。；：]{0,500})"
    r"(?:[ \t]{1,9}\"[^\"\n]{0,200}\")?\)"
)
_UNREAD = re.compile(
    r"(?P<front>\A---[ \t]*\r?\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?=\r?\n))"
    r"|(?P<fenced>^ {0,3}(?P<fence>`{3,20}(?!`)|~{3,20}(?!~))[^\n]*\n"
    r"(?:[^\n]*\n)*?(?: {0,3}(?P=fence)[`~]*[ \t]*(?=\r?$)|\Z))"
    r"|(?P<definition>^ {0,3}\[[^\[\]\n]{1,100}\]:[ \t]*\S[^\n]*$)"
    r"|(?P<code>(?<!`)(?P<ticks>`{1,3})(?!`)[^`\n]+(?P=ticks)(?!`))"
    rf"|(?P<image>!\[[^\[\]\n]{{0,200}}\]{_TARGET})"
    rf"|(?P<link>(?<!!)\[(?P<text>[^\[\]\n]{{1,200}})\]{_TARGET})"
    r"|(?P<note>\[\^[^\[\]\s]{1,50}\])"
    r"|(?P<address><(?:https?|ftp|mailto):[^<>\s]*>)",
    re.MULTILINE,
)


def unread(source: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a Markdown draft that are not read, as offsets of first character and behind the last."""
    for found in _UNREAD.finditer(source):
        if found["link"]:
            yield found.start(), found.start("text")
            yield found.end("text"), found.end()
        else:
            yield found.span()
    yield from _comments(source)


def _comments(source: str) -> Iterator[tuple[int, int]]:
    start = source.find("<!--")
    while start >= 0 and (end := source.find("-->", start + 4)) >= 0:
        yield start, end + 3
        start = source.find("<!--", end + 3)
