"""Check types: each is one small module that knows nothing of files, rules or output.

These modules, and ``rule_files``, do without ``from __future__ import annotations``: as texts, the
types of their options would have to be compiled again in every run, for a third of Python's own start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from msgspec import Struct

from checker.kinds import Shape
from checker.model import Bilingual, Found, Plan, Role, Span
from checker.model import Pattern as Pattern  # check types take both from here

Check = Callable[[Sequence[Any], Any, Plan], Iterator[Found]]
Place = Literal[Role, "preamble"]
"""Where a missing thing is reported: at the heading of a section with a role, or at the preamble."""


class CheckType(Struct, frozen=True):
    """A check type as a plugin registers it."""

    name: str
    options: type[Struct]
    """The type of its options; each field's ``Meta(description=…)`` is its line in the manual."""
    check: Check
    description: Bilingual
    """When the check holds, in a few words."""
    nodes: tuple[str, ...] = ()
    """The kinds of nodes that it can look at; empty for all."""
    needs_nodes: bool = True
    """True where there is nothing to say of a plan without any node that the rule chose."""
    gives_node: bool = True
    """True where a finding is about a node, whose attributes a message may name; else the plan's."""
    fields: tuple[str, ...] = ()
    """Fields for messages beside the attributes of the node."""
    message_fields: Callable[[Any], tuple[tuple[str, ...], bool]] | None = None
    """For a check type whose findings differ with its options: from these to the fields that a
    finding has, and whether it is about a node. None where ``fields`` and ``gives_node`` always hold."""
    attributes: Mapping[str, tuple[Shape, ...]] = {}
    """Options that name attributes of the node, and what such an attribute has to hold (any shape if empty)."""
    waits_for: Callable[[Any], Bilingual | None] | None = None
    """From options to what is still missing in them, which only a pack can know: then there is nothing to check."""
    mistakes: Callable[[Any, str], Iterable[tuple[str, Bilingual]]] | None = None
    """From options and node kind to what is wrong with them together: the option's name and a sentence."""
    origin: Bilingual | None = None
    """The plugin that it comes from, for messages: the host fills it in. None for plancheck's own."""


def place_of(plan: Plan, places: Sequence[Place]) -> Span:
    """Return where a missing thing is reported: the first of ``places`` that the plan has, else the title.

    They are tried in their order. Source: where a missing thing is reported.
    """
    for place in places:
        if place == "preamble" and plan.preamble is not None:
            return plan.preamble
        for section in plan.sections:
            if section.role == place:
                return section.span
    return plan.metadata.title_span


def together(found: Iterable[Found], about: str = "") -> Iterator[Found]:
    """Yield one finding for all of ``found``: at the first place, with the others; ``about`` is what they share."""
    rest = iter(found)
    for first in rest:
        others = list(rest)
        places = tuple(dict.fromkeys((*first.others, *(one.span for one in others))))
        edits = tuple(edit for one in (first, *others) for edit in one.edits)
        yield Found(first.span, first.fields, places, first.node, first.fix, about, edits)
