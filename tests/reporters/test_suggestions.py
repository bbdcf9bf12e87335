"""Suggestions: what should stand there, what the rule says to do, whether ``--fix`` does it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from checker.model import FileReport, PlacedEdit, Report, RuleSummary, Violation
from checker.reporters.suggestions import suggestion

COMMA = Violation(
    "gongwen/punctuation-width", "warning", "标点用了半角", 4, 5, 4, 6, None, None, "paragraph", ",", "加强领导,落实。",
    1, (4,), "，", None, "0123",
)  # fmt: skip
EDIT = PlacedEdit(4, 5, 4, 6, "，")


def report(help: str, language: str = "zh") -> Report:
    rules = {COMMA.rule: RuleSummary(COMMA.rule, "标点用全角", "warning", help)}
    return Report("0", {}, (FileReport("draft.txt"),), language, rules=rules)


@pytest.mark.parametrize(
    ("violation", "language", "said"),
    [
        (COMMA, "zh", "改为“，”。逗号用全角，句号用“。”。"),
        (replace(COMMA, fix=""), "zh", "删去。逗号用全角，句号用“。”。"),
        (replace(COMMA, fix=None), "zh", "逗号用全角，句号用“。”。"),
        (replace(COMMA, edits=(EDIT,)), "zh", "改为“，”。逗号用全角，句号用“。”。可用 --fix 自动改正。"),
        (replace(COMMA, count=3, edits=(EDIT,)), "zh", "逗号用全角，句号用“。”。可用 --fix 自动改正。"),
        (COMMA, "en", "Write “，”. A comma is full-width."),
        (replace(COMMA, edits=(EDIT,)), "en", "Write “，”. A comma is full-width. --fix does it."),
    ],
)
def test_a_suggestion(violation: Violation, language: str, said: str) -> None:
    helps = {"zh": "逗号用全角，\n  句号用“。”。\n", "en": "A comma\nis full-width.\n"}
    assert suggestion(violation, report(helps[language], language)) == said


def test_what_nobody_has_said_is_empty() -> None:
    assert suggestion(replace(COMMA, fix=None, rule="other/rule"), report("")) == ""
    assert suggestion(replace(COMMA, fix=None), report("")) == ""
