"""Reporters: each gets the whole ``Report`` once and returns text, or bytes."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from checker.model import Bilingual, Report


class Reporter(Struct, frozen=True):
    """A reporter as a plugin registers it."""

    name: str
    render: Callable[[Report], str | bytes]
    """A text may hold ANSI colours: they are taken out where they do not belong. Bytes are written as they are."""
    origin: Bilingual | None = None
    """The plugin that it comes from, for messages: the host fills it in. None for plancheck's own."""
