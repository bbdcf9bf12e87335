"""The coverage as JSON: the contract of ``plancheck cover --format json``, see ``plancheck schema cover``."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from checker.coverage.model import Coverage, Kind, Node, Pairing, Sureness, Verdict
from checker.model import Comparator, Per, Place
from checker.written_json import written


class PlanNameJson(Struct):
    """One of the two files; the title is that of its first plan."""

    path: str
    title: str | None


class FigureJson(Struct):
    """The number of a target, as the plan has it."""

    comparator: Comparator
    value: float
    unit: str
    year: int | None
    per: Per | None


class NodeJson(Struct):
    """An action, project, measure or target; ``section`` is the id of the one that a measure or target stands in.

    Of an action or project it is its own. ``target`` is null for them and for measures.
    """

    kind: Kind
    title: str
    section: str | None
    line: int
    column: int
    target: FigureJson | None
    place: Place | None
    """Where people find it in a format that shows them no lines; then ``line`` counts the lines of what was read."""


class PairingJson(Struct):
    """A node of the superior's plan, and what takes it up: ``draft`` is null where it is missing.

    ``score`` is from 0 to 1; of a missing node it is that of ``nearest``, and
    ``nearest_taken`` says that this takes up another node. ``together`` says that the
    draft's node takes up another one of the superior's in the first place, ``moved`` that a measure
    stands elsewhere in the outline, ``beyond`` that a missing target is of a year after the draft's period.
    ``below`` counts the measures straight under an action or project, ``below_taken`` those taken up; where
    all of them are, it counts as taken up measure by measure. ``missing`` is what the draft owes.
    """

    superior: NodeJson
    draft: NodeJson | None
    score: float
    sureness: Sureness | None
    nearest: NodeJson | None
    nearest_taken: bool
    together: bool
    moved: bool
    verdict: Verdict | None
    beyond: bool
    below: int
    below_taken: int
    missing: bool


class CoverageSummaryJson(Struct):
    """Counts: ``taken_up`` by sureness, ``own`` of the draft's nodes that take up nothing."""

    taken_up: dict[Sureness, int]
    missing: int
    lower: int
    own: int


class CoverageJson(Struct):
    """A draft held against the plan of its superior."""

    schema: int
    superior: PlanNameJson
    draft: PlanNameJson
    pairings: list[PairingJson]
    own: list[NodeJson]
    summary: CoverageSummaryJson


def render(coverage: Coverage, paths: Sequence[str]) -> str:
    """Return the coverage as JSON, indented, with a line end."""
    return written(coverage_json(coverage, paths))


def coverage_json(coverage: Coverage, paths: Sequence[str]) -> CoverageJson:
    """Return the coverage in the shape of the contract."""
    sure = [pairing.sureness for pairing in coverage.pairings]
    return CoverageJson(
        schema=1,
        superior=PlanNameJson(paths[0], coverage.superior.metadata.title),
        draft=PlanNameJson(paths[1], coverage.draft.metadata.title),
        pairings=[_pairing(pairing) for pairing in coverage.pairings],
        own=[_node(node) for node in coverage.own],
        summary=CoverageSummaryJson(
            {name: sure.count(name) for name in ("certain", "likely", "doubtful")},
            len(coverage.missing),
            len(coverage.lower),
            len(coverage.own),
        ),
    )


def _pairing(pairing: Pairing) -> PairingJson:
    return PairingJson(
        _node(pairing.superior),
        _node(pairing.draft) if pairing.draft else None,
        round(pairing.score, 3),
        pairing.sureness,
        _node(pairing.nearest) if pairing.nearest else None,
        pairing.nearest_taken,
        pairing.together,
        pairing.moved,
        pairing.verdict,
        pairing.beyond,
        pairing.below,
        pairing.below_taken,
        pairing.is_missing,
    )


def _node(node: Node) -> NodeJson:
    target = node.target
    figure = FigureJson(target.comparator, target.value, target.unit, target.year, target.per) if target else None
    section = node.section.id if node.section else None
    text, start = node.plan.text, node.span.start
    return NodeJson(node.kind, node.title, section, *text.position(start), figure, text.place(start))
