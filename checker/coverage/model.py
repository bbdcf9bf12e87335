"""What comes of holding a draft against the plan of its superior; complete when made, reports only read it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from checker.model import Bilingual, Plan, Section, Span, Target
from checker.places import where

Kind = Literal["action", "project", "measure", "target"]
Sureness = Literal["certain", "likely", "doubtful"]
Verdict = Literal["met", "lower", "smaller", "other-year", "not-comparable"]
"""What holding a target of the draft against the superior's has shown.

``smaller`` is less of what grows with the size of a place: a county trains fewer people than its province.
"""


class Node(Struct, frozen=True):
    """An action, project, measure or target of one of the two plans."""

    kind: Kind
    title: str
    """Of an action, project or measure its title, or how its text begins; of a target its words."""
    text: str
    """What stands under the title, with all that stands below it; empty for a target."""
    span: Span
    plan: Plan
    section: Section | None = None
    """An action's or project's own section, the one that a measure or target stands in."""
    target: Target | None = None
    titled: bool = True
    """False where the title is only the beginning of the text."""

    @property
    def line(self) -> int:
        """The line of the file where it begins, from 1."""
        return self.plan.text.position(self.span.start).line

    @property
    def is_in_lines(self) -> bool:
        """Whether people find it by its line; not in Word or a PDF."""
        return not self.plan.text.places

    @property
    def where(self) -> Bilingual:
        """Where people find it: 第 12 行, or 第 12 段 of a Word file."""
        return where(self.line, self.plan.text.place(self.span.start))


class Pairing(Struct, frozen=True):
    """A node of the superior's plan, and what of the draft takes it up."""

    superior: Node
    draft: Node | None
    """None: nothing takes it up."""
    score: float = 0.0
    """From 0 to 1; of a missing node that of ``nearest``."""
    sureness: Sureness | None = None
    nearest: Node | None = None
    """Of a missing node what is most like it in the draft."""
    nearest_taken: bool = False
    """True where that takes up another node of the superior's; otherwise it is not like enough."""
    together: bool = False
    """True where the draft's node takes up another one of the superior's first: two measures made one."""
    moved: bool = False
    """True for a measure that stands under another action or project than what takes up the superior's."""
    verdict: Verdict | None = None
    """Of a target that is taken up."""
    beyond: bool = False
    """True for a missing target of a year after the draft's period."""
    below: int = 0
    """How many measures stand straight under an action or project."""
    below_taken: int = 0
    """How many of them are taken up."""

    @property
    def is_missing(self) -> bool:
        """Whether the draft owes it: nothing takes it up, as a whole or measure by measure, in a year of its period."""
        return self.draft is None and not self.beyond and not (self.below and self.below == self.below_taken)


class Coverage(Struct, frozen=True):
    """A pairing for each node of the superior's plan, in its order, and the draft's own nodes in theirs."""

    superior: Plan
    draft: Plan
    pairings: tuple[Pairing, ...]
    own: tuple[Node, ...]

    @property
    def missing(self) -> tuple[Pairing, ...]:
        """What the draft owes."""
        return tuple(pairing for pairing in self.pairings if pairing.is_missing)

    @property
    def lower(self) -> tuple[Pairing, ...]:
        """The targets that are lower in the draft."""
        return tuple(pairing for pairing in self.pairings if pairing.verdict == "lower")

    @property
    def doubtful(self) -> tuple[Pairing, ...]:
        """The pairings that a person should look at."""
        return tuple(pairing for pairing in self.pairings if pairing.sureness == "doubtful")
