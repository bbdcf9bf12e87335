"""``text``: what there is to say of a report, and not a line more."""

from __future__ import annotations

import click
import pytest
from drafts import CLEAN, IDLE, RULES

from checker.engine import check_plan
from checker.host import host
from checker.model import FileReport, Report
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.reporters.text import render
from checker.rule_reading import load


@pytest.fixture(scope="module")
def clean() -> FileReport:
    """Return the report of a plan that has nothing to report."""
    return check_plan(parse_text(from_string(CLEAN)), "clean.txt", load(host().rule_places, host().checks))


def said(*files: FileReport, language: str = "zh") -> list[str]:
    return click.unstyle(render(Report("0.1.0", {}, files, language))).splitlines()


def test_a_clean_plan_gives_one_line(clean: FileReport) -> None:
    assert said(clean) == [f"检查了 1 份方案：没有发现问题。规则：通过 {RULES - IDLE}，未通过 0，不适用 {IDLE}。"]


def test_and_one_in_english(clean: FileReport) -> None:
    assert said(clean, language="en") == [
        f"1 plan checked: no violations; rules: {RULES - IDLE} passed, 0 failed, {IDLE} not applicable."
    ]


def test_several_clean_plans_give_one_line_together(clean: FileReport) -> None:
    assert len(said(clean, clean, clean)) == 1


def test_a_file_that_cannot_be_read_is_named_beside_them(clean: FileReport) -> None:
    unreadable = FileReport("scan.pdf", error="没有文字")
    assert said(clean, unreadable)[:2] == ["scan.pdf", "  无法检查  没有文字"]
