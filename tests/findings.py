"""What a check type finds in a plan, asked as a rule file would ask it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from checker.conditions import chosen
from checker.host import host
from checker.nodes import shown
from checker.parser import parse_text
from checker.plain_text import from_string


class Finding(NamedTuple):
    """One finding as a person sees it."""

    lines: list[int]
    """The line of its place, then those of its other places."""
    words: str
    """What stands at its place."""
    fields: Mapping[str, str]
    """What it gives the message, in Chinese."""
    fix: str | None


def findings(
    check: str, node: str, text: str, options: dict[str, Any] | None = None, where: dict[str, Any] | None = None
) -> list[Finding]:
    """Return what ``check`` finds in ``text``; ``options`` are those of a rule file."""
    plan = parse_text(from_string(text))
    kind = host().checks[check]
    given = msgspec.convert(options or {}, kind.options)
    return [
        Finding(
            [plan.text.position(span.start).line for span in (one.span, *one.others)],
            plan.text.source[one.span.start : one.span.end],
            {name: shown(value, "zh") for name, value in one.fields.items()},
            one.fix,
        )
        for one in kind.check(chosen(plan, node, where or {}), given, plan)
    ]


def lines(*asked: Any, **more: Any) -> list[list[int]]:
    """Return the lines of each of the ``findings``."""
    return [one.lines for one in findings(*asked, **more)]
