"""The page of ``plancheck cover``: the superior's plan beside the draft, what is missing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker import __version__
from checker.coverage.model import Coverage, Kind, Node, Pairing
from checker.coverage.wording import KINDS, MISSING, OWN, SURENESS, groups, named, nearest, place, remarks, summary
from checker.model import Plan
from checker.pages.glance import Share, shares
from checker.pages.page import rendered
from checker.pages.words import words


class Side(Struct, frozen=True):
    """A node of one of the two plans."""

    words: str
    where: str
    place: str


class PairRow(Struct, frozen=True):
    """A node of the superior's plan, and what of the draft takes it up."""

    kind: Kind
    kind_word: str
    superior: Side
    draft: Side | None
    missing: str
    """That it is missing, or empty."""
    nearest: str
    """Where to look for a missing one first, or empty."""
    sureness: str
    score: str
    remarks: tuple[str, ...]


class PairGroup(Struct, frozen=True):
    """Pairings of which a reviewer is told under one heading: each stands in its most pressing group only."""

    title: str
    colour: str
    rows: tuple[PairRow, ...]


class OwnRow(Struct, frozen=True):
    """What only the draft has."""

    kind: Kind
    kind_word: str
    draft: Side


class Degree(Struct, frozen=True):
    """How much of one kind of node is taken up."""

    kind: Kind
    title: str
    taken: int
    asked: int
    shares: tuple[Share, ...]


class Named(Struct, frozen=True):
    """One of the two plans."""

    path: str
    title: str


def page(coverage: Coverage, paths: Sequence[str], language: str) -> str:
    """Return the page of a coverage, as HTML; ``paths`` are those of the superior's plan and of the draft."""
    return rendered(
        "cover.html",
        language,
        title=words(language)["cover"],
        plans=[_named(*one) for one in zip((coverage.superior, coverage.draft), paths, strict=True)],
        summary=summary(coverage).in_language(language),
        is_bad=bool(coverage.missing or coverage.lower),
        degrees=tuple(_degrees(coverage, language)),
        groups=tuple(_groups(coverage, language)),
        total=len(coverage.pairings),
        own=[OwnRow(node.kind, KINDS[node.kind].in_language(language), _side(node, language)) for node in coverage.own],
        own_title=OWN.in_language(language),
        footer=[words(language)["by"].format(__version__)],
    )


def _groups(coverage: Coverage, language: str) -> Iterator[PairGroup]:
    """Yield what there is to look at, the most pressing first, and in the end what is simply taken up."""
    told: set[int] = set()
    for group in groups(coverage):
        rows = [pairing for pairing in group.pairings if id(pairing) not in told]
        told.update(map(id, rows))
        if rows:
            title = group.title.in_language(language)
            yield PairGroup(title, group.colour, tuple(_row(pairing, language) for pairing in rows))
    rest = [pairing for pairing in coverage.pairings if id(pairing) not in told]
    if rest:
        yield PairGroup(words(language)["taken_up"], "green", tuple(_row(pairing, language) for pairing in rest))


def _named(plan: Plan, path: str) -> Named:
    return Named(path, plan.metadata.title or path)


def _row(pairing: Pairing, language: str) -> PairRow:
    other, kind = pairing.draft, pairing.superior.kind
    near = nearest(pairing) if other is None else None
    sure = pairing.sureness if other is not None else None
    return PairRow(
        kind=kind,
        kind_word=KINDS[kind].in_language(language),
        superior=_side(pairing.superior, language),
        draft=_side(other, language) if other is not None else None,
        missing=MISSING.in_language(language) if pairing.is_missing else "",
        nearest=near.in_language(language) if near is not None else "",
        sureness=SURENESS[sure].in_language(language) if sure is not None else "",
        score=f"{pairing.score:.2f}" if sure is not None else "",
        remarks=tuple(remarks(pairing, language)),
    )


def _side(node: Node, language: str) -> Side:
    return Side(named(node), node.where.in_language(language), place(node))


def _degrees(coverage: Coverage, language: str) -> Iterator[Degree]:
    """Yield for each kind of node that the superior's plan has how much of it is taken up."""
    for kind, word in KINDS.items():
        asked = [pairing for pairing in coverage.pairings if pairing.superior.kind == kind]
        if not asked:
            continue
        taken = sum(pairing.draft is not None for pairing in asked)
        missing = sum(pairing.is_missing for pairing in asked)
        counts = {"taken_up": taken, "beyond_owed": len(asked) - taken - missing, "missing": missing}
        yield Degree(kind, word.in_language(language), taken, len(asked), tuple(shares(counts, len(asked))))
