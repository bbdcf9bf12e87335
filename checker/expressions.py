"""Regular expressions of plancheck's own: compiled here, in one place."""

from __future__ import annotations

import re


def expression(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return the compiled form of a pattern of plancheck's own or of its lexicon."""
    return re.compile(pattern, flags)
