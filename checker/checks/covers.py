"""``covers``: each item of a list is there, in one of its wordings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from checker.checks import CheckType, place_of
from checker.folding import fold, simplified
from checker.model import Found, Plan, Role
from checker.nodes import value


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """A thing that has to be there."""

    name: str
    wordings: tuple[str, ...] = ()
    """Any of these words in the field will do; without them the name itself."""
    name_en: str | None = None


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``covers`` can be told."""

    items: tuple[Item, ...]
    field: str = "title"
    """The attribute of the nodes in which the words are looked for."""
    report_at: tuple[Role, ...] = ()
    """Roles of the sections at whose heading it is reported, in order; else at the plan's title."""


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield a finding for each item that no node's field has in any of its wordings."""
    texts = [_plain(str(value(node, options.field) or "")) for node in nodes]
    for item in options.items:
        wordings = [_plain(wording) for wording in item.wordings or (item.name,)]
        if not any(wording in text for wording in wordings for text in texts):
            fields: dict[str, object] = {"name": item.name, "name_en": item.name_en or item.name}
            yield Found(place_of(plan, options.report_at), fields)


def _plain(text: str) -> str:
    return simplified("".join(fold(text).split()))


CHECK = CheckType(
    "covers",
    Options,
    check,
    "清单各项都要写到 / each item of a list is there",
    needs_nodes=False,
    fields=("name", "name_en"),
    attributes=("field",),
)
