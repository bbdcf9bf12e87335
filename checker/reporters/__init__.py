"""Reporters: each gets the whole ``Report`` once and returns text, or bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from checker.model import Bilingual, Report
from checker.problems import Problem

Need = Literal["rules", "plans", "drafts"]
"""What a report holds only for a reporter that asks for it: ``Report.rules``, ``Report.plans``, ``Report.drafts``."""
NEEDS: tuple[Need, ...] = ("rules", "plans", "drafts")


def wants_one_draft(name: str, number: int) -> Problem:
    """Return the problem of a report that is on one draft in a run with none, or with several."""
    zh = f"{name} 报告只写一份方案，这次有 {number} 份；请一份一份地检查，各写各的 -o"
    en = f"a {name} report is on one draft, and there are {number}: check them one by one, each with its own -o"
    return Problem(Bilingual(zh, en))


class Reporter(Struct, frozen=True):
    """A reporter as a plugin registers it."""

    name: str
    render: Callable[[Report], str | bytes]
    """A text may hold ANSI colours: they are taken out where they do not belong. Bytes are written as they are."""
    origin: Bilingual | None = None
    """The plugin that it comes from, for messages: the host fills it in. None for plancheck's own."""
    needs: tuple[Need, ...] = ()
    """``rules`` for what the rules say of themselves, ``plans`` for the drafts as they were understood.

    ``drafts`` for the bytes of their files.
    """
    suffixes: tuple[str, ...] = ()
    """Which names of files ask for it where ``-o`` stands without ``--format``: ``.html``."""
    one_draft: bool = False
    """True for a report that is on one draft only: a run with several is refused before it begins."""
