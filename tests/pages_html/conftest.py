"""What the tests of pages share: drafts read and checked as a run does it, and reports made of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from checker.engine import check_paths, completed_for
from checker.host import host
from checker.model import Report
from checker.reviews import Asked, reviews_of

Checked = Callable[..., Report]


@pytest.fixture(scope="session")
def checked() -> Checked:
    """Return a function that checks drafts and returns the report that the page is made of."""

    def report(*paths: str, language: str = "zh", **more: object) -> Report:
        reviews = reviews_of(Asked(language=language, cached=False, configured=False), host((), False))
        found = completed_for(("rules", "plans"), check_paths(paths, reviews), paths, reviews)
        return replace(found, **more)

    return report
