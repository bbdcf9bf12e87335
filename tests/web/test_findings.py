"""A draft as a web page has the violations that it has as a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.engine import Review, check_text
from checker.model import FileReport
from checker.plain_text import read as read_plain
from checker.web.reading import read
from web.pages import STYLES, Page

SAMPLES = Path(__file__).parents[2] / "samples" / "drafts"


def said(report: FileReport) -> list[tuple[str, str | None, str, int]]:
    """Return what is said of a draft, and in which sections; not in which lines."""
    assert report.error is None
    return [(one.rule, one.section, one.message, one.count) for one in report.violations]


@pytest.mark.parametrize("page", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("name", ["baisha-health", "lanxi-greening", "qinglan-science"])
def test_a_page_has_the_violations_of_the_text(name: str, page: Page) -> None:
    plain = read_plain((SAMPLES / f"{name}.txt").read_bytes(), ".txt")
    title = next(paragraph.text for paragraph in plain.paragraphs if paragraph.text)
    review = Review()
    expected = said(check_text(plain, "draft", review))
    assert expected
    assert said(check_text(read(page(title, plain.source.splitlines()), ".html"), "draft", review)) == expected
