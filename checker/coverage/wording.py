"""What reports say of a coverage, in both languages: groups of pairings, remarks on one, and the counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.coverage.model import Coverage, Kind, Node, Pairing, Sureness, Verdict
from checker.model import Bilingual
from checker.places import section_label

KINDS: dict[Kind, Bilingual] = {
    "action": Bilingual("行动", "action"),
    "project": Bilingual("工程", "project"),
    "measure": Bilingual("措施", "measure"),
    "target": Bilingual("目标", "target"),
}
SURENESS: dict[Sureness, Bilingual] = {
    "certain": Bilingual("确定", "certain"),
    "likely": Bilingual("较可能", "likely"),
    "doubtful": Bilingual("存疑", "doubtful"),
}
VERDICTS: dict[Verdict, Bilingual] = {
    "met": Bilingual("不低于上级要求", "meets the superior's"),
    "lower": Bilingual("低于上级要求", "lower than the superior's"),
    "smaller": Bilingual("总量小于上级，地方大小不同，不判高低", "a smaller total, of another place: not judged"),
    "other-year": Bilingual("年份不同，不判高低", "for another year: not judged"),
    "not-comparable": Bilingual("单位或口径不同，不判高低", "in another unit or sense: not judged"),
}
MISSING = Bilingual("没有落实", "missing")
SUPERIOR, DRAFT = Bilingual("上级", "Superior"), Bilingual("本级", "Draft")
COVERAGE = Bilingual("上下级方案对照", "A draft held against its superior's plan")
ALL = Bilingual("全部对照", "All pairings")
OWN = Bilingual("本级自有", "The draft's own")
_ANY = 0.1
"""A score below this is that of any two texts."""


class Group(Struct, frozen=True):
    """Pairings of which a reviewer is told under one heading."""

    title: Bilingual
    pairings: tuple[Pairing, ...]
    colour: str


def groups(coverage: Coverage) -> Iterator[Group]:
    """Yield what there is to look at, the most pressing first; a pairing may be in several."""
    yield Group(MISSING, coverage.missing, "red")
    yield Group(Bilingual("目标低于上级要求", "lower targets"), coverage.lower, "red")
    yield Group(Bilingual("存疑，请核对", "doubtful, to be looked at"), coverage.doubtful, "yellow")
    unjudged = tuple(one for one in coverage.pairings if one.verdict in ("smaller", "other-year", "not-comparable"))
    yield Group(Bilingual("没有判断高低的目标", "targets that were not judged"), unjudged, "cyan")
    other = tuple(one for one in coverage.pairings if _is_elsewhere(one))
    yield Group(Bilingual("合并、拆散、换了位置或层次", "joined, split, moved, or of another kind"), other, "cyan")
    beyond = tuple(one for one in coverage.pairings if one.beyond)
    yield Group(Bilingual("超出本级方案期限的目标", "targets after the draft's period"), beyond, "cyan")


def remarks(pairing: Pairing, language: str) -> list[str]:
    """Return what is to be said of a pairing beside its nodes."""
    said = []
    if pairing.draft is not None and _is_other_kind(pairing):
        kinds = [KINDS[node.kind] for node in (pairing.superior, pairing.draft)]
        said.append(Bilingual(f"上级是{kinds[0].zh}，本级是{kinds[1].zh}", f"{kinds[0].en}, here {kinds[1].en}"))
    if pairing.together:
        said.append(Bilingual("与另一项合并", "together with another one"))
    if pairing.moved and pairing.draft is not None and pairing.draft.section is not None:
        place = section_label(pairing.draft.section)
        said.append(Bilingual(f"移到了{place}", f"moved to {place}"))
    if pairing.verdict is not None:
        said.append(VERDICTS[pairing.verdict])
    if pairing.draft is None and pairing.below_taken:
        taken, below = pairing.below_taken, pairing.below
        said.append(Bilingual(f"其下 {below} 项措施落实了 {taken} 项", f"{taken} of its {below} measures are taken up"))
    if pairing.beyond:
        said.append(Bilingual("年份在本级方案期限之后", "of a year after the draft's period"))
    return [words.in_language(language) for words in said]


def nearest(pairing: Pairing) -> Bilingual | None:
    """Return where to look for a missing node first; None where nothing is like it."""
    near = pairing.nearest
    if near is None or pairing.score < _ANY:
        return None
    taken, short = Bilingual("已对应另一项", "which takes up another one"), Bilingual("不足以认定", "not enough")
    why = taken if pairing.nearest_taken else short
    title, line, score = named(near), near.where, f"{pairing.score:.2f}"
    return Bilingual(
        f"最接近的是{line.zh}{KINDS[near.kind].zh}“{title}”（{score}，{why.zh}）",
        f"nearest: {KINDS[near.kind].en} “{title}” in {line.en} ({score}, {why.en})",
    )


def named(node: Node) -> str:
    """Return a node's title, or how its text begins; of a target its words with the year, if they do not say it."""
    if not node.titled:
        return f"{node.title}…"
    year = node.target.year if node.target else None
    return f"{node.title}（{year}）" if year and str(year) not in node.title else node.title


def place(node: Node) -> str:
    """Return the section that a measure or target stands in."""
    return section_label(node.section) if node.section and node.kind in ("measure", "target") else ""


def summary(coverage: Coverage) -> Bilingual:
    """Return the counts."""
    zh, en = [], []
    for kind, word in KINDS.items():
        pairings = [pairing for pairing in coverage.pairings if pairing.superior.kind == kind]
        if pairings:
            taken = sum(pairing.draft is not None for pairing in pairings)
            zh.append(f"{word.zh} {taken}/{len(pairings)}")
            en.append(f"{taken} of {len(pairings)} {word.en}s")
    if not zh:
        return Bilingual("上级方案里没有行动、工程、措施和目标。", "The superior's plan has nothing to be taken up.")
    sure = [pairing.sureness for pairing in coverage.pairings]
    counts_zh = "，".join(f"{word.zh} {sure.count(name)}" for name, word in SURENESS.items())
    counts_en = ", ".join(f"{sure.count(name)} {word.en}" for name, word in SURENESS.items())
    missing, lower, own = len(coverage.missing), len(coverage.lower), len(coverage.own)
    return Bilingual(
        f"已落实：{'，'.join(zh)}（{counts_zh}）。没有落实 {missing}，目标低于上级要求 {lower}，本级自有 {own}。",
        f"Taken up: {', '.join(en)} ({counts_en}). Missing {missing}, lower targets {lower}, the draft's own {own}.",
    )


def _is_other_kind(pairing: Pairing) -> bool:
    return pairing.draft is not None and pairing.draft.kind != pairing.superior.kind


def _is_elsewhere(pairing: Pairing) -> bool:
    """Say whether a node is taken up otherwise than by one of its kind in its place."""
    if pairing.draft is None:
        return not pairing.is_missing and not pairing.beyond
    return pairing.together or pairing.moved or _is_other_kind(pairing)


def titles(coverage: Coverage, paths: Sequence[str], language: str) -> list[str]:
    """Return a line each for the two plans: which it is, its path and its title."""
    plans = ((SUPERIOR, coverage.superior), (DRAFT, coverage.draft))
    colon = "：" if language == "zh" else ": "
    return [
        f"{which.in_language(language)}{colon}{path}  {plan.metadata.title or ''}".rstrip()
        for (which, plan), path in zip(plans, paths, strict=True)
    ]
