"""A text to a plan. Every text has one: what cannot be placed is left where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from checker import citations, clauses, counts, roster, schedule, targets
from checker.document import Document, documents
from checker.document_words import is_head_line
from checker.folding import fold
from checker.metadata import metadata, notice_title
from checker.model import Metadata, Paragraph, Plan, Span, Text
from checker.outline import Block, Branch, outline
from checker.reading import Passage
from checker.structure import Structure, structure


def parse_text(text: Text) -> Plan:
    """Return the plan in ``text``; the second and later plans of the file are its ``plans``."""
    parts = documents(text.paragraphs)
    heads = [metadata(part) for part in parts]
    titles = [fold(meta.title) for meta in heads if meta.title]
    first, *others = [_parse_document(part, meta, text, titles) for part, meta in zip(parts, heads, strict=True)]
    if not others:
        return first
    import msgspec

    return msgspec.structs.replace(first, plans=tuple(others))


def _parse_document(document: Document, meta: Metadata, text: Text, titles: Sequence[str]) -> Plan:
    tree = outline(document.front, document.body, document.closing)
    place = fold(meta.place or "")
    everything = "".join(block.folded for block in document.body)
    custom = clauses.customs(everything, (meta.place or "")[-1:], _core(place))
    built = structure(tree, document.closing, custom)
    passages = _passages(document, tree, built)
    stages = tuple(schedule.find(passages, _only_year(meta)))
    preamble = next((block for block in tree.blocks if not is_head_line(block.folded)), None)
    return Plan(
        text=text,
        metadata=meta,
        sections=tuple(built.sections),
        measures=tuple(built.measures),
        clauses=tuple(built.clauses),
        targets=tuple(targets.find(passages, _years(meta), custom.place_core)),
        stages=stages,
        citations=tuple(citations.find(passages, titles, fold(notice_title(document)))),
        stated_counts=tuple(counts.find(passages, built.sections, built.measures, len(stages))),
        roster=tuple(roster.find(passages, custom)),
        preamble=preamble.paragraph.source_span(preamble.start, preamble.end) if preamble else None,
        extent=_extent(document),
        closing=document.closing[0].span.start if document.closing else len(text.source),
    )


def _extent(document: Document) -> Span:
    """Return all of a document in the source: with several plans in one file, each has its own."""
    paragraphs = [*document.front, *(block.paragraph for block in (*document.title, *document.body)), *document.closing]
    if not paragraphs:
        return Span(0, 0)
    return Span(min(p.span.start for p in paragraphs), max(p.span.end for p in paragraphs))


def _years(meta: Metadata) -> tuple[int, int] | None:
    """Return the years of the plan; one whose title names none looks forward from its date."""
    if meta.period is None and meta.signed_date is not None:
        return meta.signed_date.year, 9999
    return meta.period


def _only_year(meta: Metadata) -> int | None:
    """Return the year of a plan for one year: the title's, else that of its date."""
    if meta.period is not None:
        return meta.period[0] if meta.period[0] == meta.period[1] else None
    return meta.signed_date.year if meta.signed_date is not None else None


def _core(place: str) -> str:
    """Return the name of the innermost place without its level: …市云山区 is 云山."""
    body = place[:-1]
    for level in "省市县区州盟旗":
        cut = body.rfind(level)
        if 0 < cut < len(body) - 1:
            body = body[cut + 1 :]
    return body if len(body) >= 2 else ""


def _passages(document: Document, tree: Branch, built: Structure) -> list[Passage]:
    """Return all that can be read in the document, in order, with the section it stands in."""
    found = [_whole(paragraph, "front") for paragraph in document.front]
    found += [Passage(block, block.folded, None, "title") for block in document.title]
    for branch in tree.walk():
        section = built.section_of[id(branch)]
        heading = branch.heading
        if heading is not None and heading.title:
            title = Block(heading.paragraph, heading.title_end - len(heading.title), heading.title_end)
            found.append(Passage(title, title.folded, section, "heading", branch))
        found += [Passage(block, block.folded, section, "text", branch) for block in branch.blocks]
    found += [_whole(paragraph, "closing") for paragraph in document.closing]
    return found


def _whole(paragraph: Paragraph, part: Literal["front", "closing"]) -> Passage:
    return Passage(Block(paragraph, 0, len(paragraph.text)), paragraph.folded, None, part)
