"""Check types: each is one small module that knows nothing of files, rules or output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from checker.model import Found, Plan, Role, Span

Check = Callable[[Sequence[Any], Any, Plan], Iterator[Found]]


class CheckType(Struct, frozen=True):
    """A check type as a plugin registers it."""

    name: str
    options: type[Struct]
    check: Check
    description: str
    needs_nodes: bool = True
    """True where there is nothing to say of a plan without any node that the rule chose."""
    fields: tuple[str, ...] = ()
    """Fields for messages beside the attributes of the node."""
    attributes: tuple[str, ...] = ()
    """Options that name attributes of the node, so that a wrong name is found when the rule is read."""


def place_of(plan: Plan, roles: Sequence[Role]) -> Span:
    """Return where a missing thing is reported: the first section with one of ``roles``, else the title.

    The roles are tried in their order. Source: where a missing thing is reported.
    """
    for role in roles:
        for section in plan.sections:
            if section.role == role:
                return section.span
    return plan.metadata.title_span
