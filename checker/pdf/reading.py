"""A PDF to a ``Text``: its lines as the worker arranges them, put together to paragraphs by their words."""

from __future__ import annotations

from msgspec.structs import replace

from checker.folding import fold
from checker.lines import from_lines
from checker.model import Layout, Line, Text
from checker.pdf.arranged import ArrangedLine
from checker.pdf.process import arranged
from checker.pdf.settings import settings
from checker.pdf.unreadable import refuse_cut_off
from checker.plain_text import begins_paragraph


def read(data: bytes, suffix: str) -> Text:
    """Return the text of a PDF; raises Unreadable for one that is damaged, locked, too large, or has no text."""
    refuse_cut_off(data)
    found = arranged(data)
    text = from_lines([_line(one) for one in found.lines], suffix.lstrip(".") or "pdf")
    layout = Layout(found.setups, tuple(settings(text, found.lines)))
    return replace(text, layout=layout, problems=found.problems)


def _line(one: ArrangedLine) -> Line:
    """Return a line, its words asked where its place leaves open whether it goes on; plugins add to these words."""
    if not one.continues_unlabelled:
        return one.line
    return replace(one.line, continues=not begins_paragraph(fold(one.line.text)))
