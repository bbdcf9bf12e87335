"""Characters of a web page to those of its article, each with its place in the file.

The parser is given the file with each ``&`` and each carriage return replaced by another single character, so that
the text of a node is, character for character, what stands in the file; character references are read here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.expressions import expression

AMPERSAND = "\ufdd1"
"""Stands for ``&`` while the page is parsed. Unicode keeps it for such use: it is in no text."""
_REFERENCE = rf"{AMPERSAND}(?:#[0-9]{{1,7}};?|#[xX][0-9a-fA-F]{{1,6}};?|[A-Za-z][A-Za-z0-9]{{1,31}};?)"
_TOKEN = expression(
    rf"(?P<space>[ \t\n\f\r]+)|(?P<reference>{_REFERENCE})|(?P<plain>[^ \t\n\f\r{AMPERSAND}]+|{AMPERSAND})"
)
_OPENS_TAG = expression(r"<[A-Za-z/!?]")
# A page may begin with a document type, and that with an XML declaration before it.
_FIRST = re.compile(r"\s*(?:<\?[^>]*>\s*)?(?:<![dD][oO][cC][tT][yY][pP][eE][^>]*>)?")
_PROLOGUE = expression(r"<\?[^>]*>")
_DECLARATION = expression(r"<!--|<!|<\?|</(?![A-Za-z])")
_SEEN = expression(r"[^\n]")
_ENOUGH = 16
"""So many characters tell where in the file a text goes on."""
_NEAR = 100_000
"""No further is looked for it."""


class Stretch(NamedTuple):
    """Characters of a text node and where they stand in the file."""

    words: str
    offset: int
    exact: bool
    """False where only about where they stand is known."""


class Token(NamedTuple):
    """White space, a character reference, or other characters, with what they take up in the file."""

    kind: str
    """``space``, ``reference`` or ``plain``."""
    words: str
    """What a reader of the page sees; of white space what stands in the file."""
    offset: int
    length: int
    """How many characters of the file that is; 0 where that is not known to the character."""


def sheltered(source: str) -> str:
    """Return the characters of a file as the parser is given them, as many as there are."""
    kept = source.replace(AMPERSAND, "\ufffd").replace("&", AMPERSAND).replace("\0", "\ufffd")
    kept = kept.replace("\r\n", " \n").replace("\r", "\n")
    return _without_declarations(" " + kept[1:] if kept.startswith("\ufeff") else kept)


def _without_declarations(source: str) -> str:
    """Return a page with end tags of nothing in the place of <?xml …>, <![if …]> and the like.

    Browsers take these for comments; the parser, where it is asked for places, for text. Word's pages are full of them.
    """
    if "<?" not in source and "<!" not in source:
        return source
    at = last = len(_FIRST.match(source)[0])  # type: ignore[index]  # it matches an empty text
    parts = [_PROLOGUE.sub(lambda found: _blank(found[0]), source[:at])]
    while found := _DECLARATION.search(source, at):
        opened = found[0]
        end = source.find("-->" if opened == "<!--" else ">", found.start() + 2)
        if end < 0:
            break
        at = end + 1
        if opened != "<!--":
            parts += source[last : found.start()], _ended(source[found.start() : at])
            last = at
    return "".join([*parts, source[last:]])


def _ended(declaration: str) -> str:
    if len(declaration) < len("</x>"):
        return " " * len(declaration)
    return f"</x{_blank(declaration[3:-1])}>"


def _blank(words: str) -> str:
    return _SEEN.sub(" ", words)


def stretches(words: str, offset: int, source: str) -> Iterator[Stretch]:
    """Yield a text node of the sheltered ``source`` in stretches of adjacent characters.

    ``offset`` is where the node begins. It is one stretch, save where the parser has joined what stands on both
    sides of a tag that it dropped, as an end tag of what was never opened.
    """
    if source.startswith(words, offset):
        yield Stretch(words, offset, True)
        return
    at, place = 0, offset
    while at < len(words):
        stop = source.find("<", place)
        length = (stop if stop >= 0 else len(source)) - place
        if length <= 0 and words[at] == "<" and not _OPENS_TAG.match(source, place):
            length = 1
        if length > 0 and source.startswith(words[at : at + length], place):
            yield Stretch(words[at : at + length], place, True)
            at, place = at + length, place + length
            continue
        behind = source.find(words[at : at + _ENOUGH].partition("<")[0] or "<", place + 1, place + _NEAR)
        if behind < 0:
            yield Stretch(words[at:], min(place, len(source) - 1), False)
            return
        place = behind


def tokens(stretch: Stretch) -> Iterator[Token]:
    """Yield a stretch as what is white space, a character reference, or anything else."""
    for found in _TOKEN.finditer(stretch.words):
        kind, at = found.lastgroup or "", stretch.offset + found.start()
        length = found.end() - found.start() if stretch.exact else 0
        if kind != "reference":
            yield Token(kind, found[0].replace(AMPERSAND, "&"), at, length)
            continue
        written = f"&{found[0][1:]}"
        meant = html.unescape(written)
        if meant == written:  # &c is none
            yield Token("plain", written, at, length)
            continue
        # &ampc is & and c: without its semicolon a reference ends where the longest known name does.
        taken = written if written.endswith(";") else written[: len(written) - len(meant) + 1]
        seen = meant if taken == written else meant[:1]
        yield Token("reference", seen, at, len(taken) if stretch.exact else 0)
        if taken != written:
            rest = written[len(taken) :]
            yield Token("plain", rest, at + len(taken), len(rest) if stretch.exact else 0)
