"""What the readers of facts get: passages of the plan, and their sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from checker.expressions import expression
from checker.model import Role, Section, Span
from checker.outline import Block, Branch

_SENTENCE = expression("[^。；！？]+[。；！？]?")


def stands_in(section: Section | None, role: Role) -> bool:
    """Say whether a section or one around it has a role."""
    while section is not None:
        if section.role == role:
            return True
        section = section.parent
    return False


def sentences(folded: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of a folded text; a semicolon ends one too."""
    for found in _SENTENCE.finditer(folded):
        yield found.start(), found.end()


class Passage(NamedTuple):
    """A block of the plan with its section, and the part of the document that it stands in."""

    block: Block
    folded: str
    """The text of the block in the folded form."""
    section: Section | None
    part: Literal["front", "title", "heading", "text", "closing"]
    branch: Branch | None = None

    def text(self, start: int, end: int) -> str:
        """Return what the draft has at ``start`` to ``end`` of the passage."""
        return self.block.paragraph.text[self.block.start + start : self.block.start + end]

    def span(self, start: int, end: int) -> Span:
        """Return the place in the source of ``start`` to ``end`` of the passage."""
        return self.block.paragraph.source_span(self.block.start + start, self.block.start + end)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield start and end of each sentence."""
        return sentences(self.folded)
