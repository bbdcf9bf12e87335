"""``markdown`` of ``plancheck cover``: the whole table, for the document that goes back to the authors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.coverage.model import Coverage, Node, Pairing
from checker.coverage.wording import (
    ALL,
    COVERAGE,
    KINDS,
    MISSING,
    OWN,
    SURENESS,
    groups,
    named,
    nearest,
    place,
    remarks,
    summary,
    titles,
)
from checker.model import Bilingual
from checker.reporters.cells import markdown_text

_HEADS = {
    "zh": ("类别", "上级方案", "行", "本级方案", "行", "把握", "说明"),
    "en": ("kind", "superior's plan", "line", "draft", "line", "sureness", "remarks"),
}
_OWN_HEADS = {"zh": ("类别", "本级方案", "行", "位置"), "en": ("kind", "draft", "line", "place")}


def render(coverage: Coverage, paths: Sequence[str], language: str) -> str:
    """Return a document: the two plans, the counts, a table of each group, of all pairings and of the draft's own."""
    parts = [f"# {COVERAGE.in_language(language)}"]
    parts.append("\n".join(f"- {markdown_text(line)}" for line in titles(coverage, paths, language)))
    parts.append(markdown_text(summary(coverage).in_language(language)))
    for group in groups(coverage):
        if group.pairings:
            parts += [_head(group.title, len(group.pairings), language), _pairings(group.pairings, language)]
    if coverage.pairings:
        parts += [_head(ALL, len(coverage.pairings), language), _pairings(coverage.pairings, language)]
    if coverage.own:
        rows = (_own(node, language) for node in coverage.own)
        parts += [_head(OWN, len(coverage.own), language), _table(_OWN_HEADS[language], rows)]
    return "\n\n".join(parts) + "\n"


def _head(title: Bilingual, count: int, language: str) -> str:
    return Bilingual(f"## {title.zh}（{count}）", f"## {title.en[:1].upper()}{title.en[1:]} ({count})").in_language(
        language
    )


def _pairings(pairings: Sequence[Pairing], language: str) -> str:
    return _table(_HEADS[language], (_row(pairing, language) for pairing in pairings))


def _row(pairing: Pairing, language: str) -> tuple[str, ...]:
    node, other = pairing.superior, pairing.draft
    said = remarks(pairing, language)
    sure = f"**{MISSING.in_language(language)}**" if pairing.is_missing else ""
    if other is not None and pairing.sureness is not None:
        sure = f"{SURENESS[pairing.sureness].in_language(language)} {pairing.score:.2f}"
    elif near := nearest(pairing):
        said.append(near.in_language(language))
    return (
        KINDS[node.kind].in_language(language),
        markdown_text(named(node)),
        _line(node, language),
        markdown_text(named(other)) if other else "",
        _line(other, language) if other else "",
        sure,
        markdown_text(("；" if language == "zh" else "; ").join(said)),
    )


def _line(node: Node, language: str) -> str:
    return str(node.line) if node.is_in_lines else node.where.in_language(language)


def _own(node: Node, language: str) -> tuple[str, ...]:
    return (
        KINDS[node.kind].in_language(language),
        markdown_text(named(node)),
        _line(node, language),
        markdown_text(place(node)),
    )


def _table(heads: Sequence[str], rows: Iterator[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, ("---",) * len(heads), *rows))
