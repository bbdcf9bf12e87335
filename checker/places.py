"""Places in a plan as people name them: a section by its numbers and title, a stretch by its first words."""

from __future__ import annotations

from checker.expressions import expression
from checker.model import Section, Span
from checker.numerals import chinese


def excerpt(source: str, span: Span, length: int = 60) -> str:
    """Return what stands at a place, in one line and not too long."""
    words = expression(r"\s+").sub(" ", source[span.start : span.end]).strip()
    return words if len(words) <= length else words[: length - 1] + "…"


def section_label(section: Section) -> str:
    """Return how people name a section: 三、标题, 三（五）标题."""
    if section.parent is None:
        return f"{section.label}{section.title or ''}"
    written = []
    for around in reversed(section.path):
        level_one = around.level == 1 and around.parent is None
        written.append(chinese(around.ordinal) if level_one else around.label.rstrip("、.．").strip())
    return "".join(written) + (section.title or "")
