"""Reporters: each gets the whole ``Report`` once and returns text, or bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from checker.model import Bilingual, Report

Need = Literal["rules", "plans"]
"""What a report holds only for a reporter that asks for it: ``Report.rules``, ``Report.plans``."""
NEEDS: tuple[Need, ...] = ("rules", "plans")


class Reporter(Struct, frozen=True):
    """A reporter as a plugin registers it."""

    name: str
    render: Callable[[Report], str | bytes]
    """A text may hold ANSI colours: they are taken out where they do not belong. Bytes are written as they are."""
    origin: Bilingual | None = None
    """The plugin that it comes from, for messages: the host fills it in. None for plancheck's own."""
    needs: tuple[Need, ...] = ()
    """``rules`` for what the rules say of themselves, ``plans`` for the drafts as they were understood."""
    suffixes: tuple[str, ...] = ()
    """Which names of files ask for it where ``-o`` stands without ``--format``: ``.html``."""
