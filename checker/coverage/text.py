"""``text`` of ``plancheck cover``: for a person at a terminal, what is missing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from click import style

from checker.coverage.model import Coverage, Node, Pairing
from checker.coverage.wording import (
    ALL,
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
from checker.reporters.words import printable

_INDENT = " " * 8


def render(coverage: Coverage, paths: Sequence[str], language: str, *, everything: bool = False) -> str:
    """Return what to look at, by groups, then the counts; with ``everything`` every pairing before them.

    ``paths`` are those of the superior's plan and of the draft.
    """
    lines = [*map(printable, titles(coverage, paths, language)), ""]
    for group in groups(coverage):
        if group.pairings:
            lines.append(style(_head(group.title, len(group.pairings), language), fg=group.colour, bold=True))
            for pairing in group.pairings:
                lines += _pairing(pairing, language)
            lines.append("")
    if everything:
        lines.append(style(_head(ALL, len(coverage.pairings), language), bold=True))
        for pairing in coverage.pairings:
            lines += _pairing(pairing, language)
        lines.append("")
        if coverage.own:
            lines.append(style(_head(OWN, len(coverage.own), language), bold=True))
            lines += [*(_node(node, language) for node in coverage.own), ""]
    return "\n".join([*lines, printable(summary(coverage).in_language(language))]) + "\n"


def _head(title: Bilingual, count: int, language: str) -> str:
    return Bilingual(f"{title.zh}（{count}）", f"{title.en[:1].upper()}{title.en[1:]} ({count})").in_language(language)


def _pairing(pairing: Pairing, language: str) -> Iterator[str]:
    comma, semicolon = ("，", "；") if language == "zh" else (", ", "; ")
    yield _node(pairing.superior, language)
    said = remarks(pairing, language)
    if pairing.draft is None or pairing.sureness is None:
        near = nearest(pairing)
        words = [*said, near.in_language(language)] if near else said or [MISSING.in_language(language)]
        yield _INDENT + style("✗ ", fg="red") + printable(semicolon.join(words))
        return
    sure = SURENESS[pairing.sureness].in_language(language)
    where = pairing.draft.where.in_language(language)
    facts = comma.join([f"{sure} {pairing.score:.2f}", *said])
    yield printable(f"{_INDENT}→ {where}  {named(pairing.draft)}") + style(f"  [{printable(facts)}]", dim=True)


def _node(node: Node, language: str) -> str:
    number = f"{node.line:>6}" if node.is_in_lines else f"      {node.where.in_language(language)}"
    line, kind = style(number, dim=True), KINDS[node.kind].in_language(language)
    where = place(node)
    return f"{line}  {kind}  {printable(named(node))}" + (style(f"  {printable(where)}", dim=True) if where else "")
