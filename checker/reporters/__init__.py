"""Reporters: each gets the whole ``Report`` once and returns text."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from checker.model import Report


class Reporter(Struct, frozen=True):
    """A reporter as a plugin registers it."""

    name: str
    render: Callable[[Report], str]
    """The text may hold ANSI colours: they are taken out where they do not belong."""
