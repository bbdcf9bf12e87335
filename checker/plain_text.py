"""Plain text and Markdown to a ``Text``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from checker import clauses, document_words, outline
from checker.decoding import decode, encode
from checker.expressions import expression
from checker.model import Bilingual, Text
from checker.problems import Unreadable
from checker.reflow import HIDDEN, read_text

_SEEN = expression(r"[^\r\n]")


def read(data: bytes, suffix: str) -> Text:
    """Return the text of a .txt or .md draft; raises Unreadable for an empty file or one without text."""
    source, encoding = decode(data)
    if not source.strip("\ufeff \t\r\n\f\v\u3000"):
        raise Unreadable(Bilingual("文件是空的，请看是否已经保存", "the file is empty: has it been saved?"))
    format = suffix.lstrip(".") or "txt"
    unread = list(_unread(source, format))
    text = from_string(source, format, encoding, unread)
    if "<!--" not in source:
        return text
    from checker.comments import comments

    return comments(text)


def _unread(source: str, format: str) -> Iterator[tuple[int, int]]:
    """Yield what is no text of a draft: what it says to plancheck, and in Markdown addresses, code and the like."""
    if "<!--" in source:
        from checker.comments import spans

        yield from spans(source)
    if format == "md":
        from checker.markdown_marks import unread

        yield from unread(source)


def write(source: str, text: Text, was: bytes) -> bytes:
    """Return the bytes of a draft that ``was`` others, with other characters in the place of its own.

    Raises Unreadable where its encoding does not have them.
    """
    return encode(source, text.encoding, was)


def from_string(
    source: str, format: str = "txt", encoding: str = "utf-8", unread: Iterable[tuple[int, int]] = ()
) -> Text:
    """Return ``source`` as a ``Text``; any string will do.

    ``unread`` are stretches of it, each the offset of its first character and of the one after the
    last: the marks and comments of a format of its own. They are in no paragraph's text, as if they
    were not there, while all places stay those of ``source``; line ends inside of them end lines all
    the same. Raises ValueError for a stretch that is not inside of ``source``.
    """
    read = _without(source, unread)
    text = read_text(read, begins_paragraph, clauses.is_whole_list, format, encoding)
    return text if read is source else replace(text, source=source)


def _without(source: str, unread: Iterable[tuple[int, int]]) -> str:
    """Return ``source`` with the characters of the stretches hidden; itself if there are none."""
    parts: list[str] = []
    at = 0
    for start, end in sorted(unread):
        if not 0 <= start <= end <= len(source):
            raise ValueError(f"({start}, {end}) is no stretch of a source of {len(source)} characters")
        parts += source[at : max(at, start)], _SEEN.sub(HIDDEN, source[max(at, start) : end])
        at = max(at, end)
    return "".join([*parts, source[at:]]) if parts else source


def begins_paragraph(folded: str) -> bool:
    """Say whether a folded line begins a paragraph: a label, a clause, the foot of a document."""
    return (
        outline.labels().match(folded) is not None
        or clauses.begins_clause(folded)
        or document_words.begins_foot(folded)
    )
