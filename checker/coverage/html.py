"""``html`` of ``plancheck cover``: one page to look at, pass on and print."""

from __future__ import annotations

from collections.abc import Sequence

from checker.coverage.model import Coverage
from checker.pages.coverage import page


def render(coverage: Coverage, paths: Sequence[str], language: str) -> str:
    """Return the page: how much is taken up, what to look at, then every pairing and the draft's own."""
    return page(coverage, paths, language)
