"""``html`` of ``plancheck compare``: one page to look at, pass on and print."""

from __future__ import annotations

from checker.comparing import Comparison
from checker.pages.comparison import page


def render(comparison: Comparison, shows_waived: bool = False) -> str:
    """Return the page: the counts, then new, still open and fixed violations, with filters."""
    return page(comparison, shows_waived)
