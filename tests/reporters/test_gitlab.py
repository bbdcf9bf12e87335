"""``gitlab``: entries with all that GitLab's parser asks for; it stops at the first that lacks something."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate  # type: ignore[import-untyped]
from reports import equal, file, report, violation

from checker.model import FileReport, Report
from checker.reporters.gitlab import render

from .reviewed import DRAFT, EVIL, SCAN, alone, reviewed

ENTRY = {
    "type": "object",
    "required": ["description", "check_name", "fingerprint", "severity", "location"],
    "additionalProperties": False,
    "properties": {
        "description": {"type": "string", "minLength": 1},
        "check_name": {"type": "string", "minLength": 1},
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
        "location": {
            "type": "object",
            "required": ["path", "lines"],
            "properties": {
                "path": {"type": "string", "minLength": 1},
                "lines": {
                    "type": "object",
                    "required": ["begin", "end"],
                    "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer"}},
                },
            },
        },
    },
}


def entries(given: Report) -> list[dict[str, Any]]:
    """Return the entries of a report, no two with the same fingerprint."""
    made = render(given)
    assert not made.startswith("\ufeff")
    found: list[dict[str, Any]] = json.loads(made)
    validate(found, {"type": "array", "items": ENTRY})
    assert len({one["fingerprint"] for one in found}) == len(found)
    assert all(one["location"]["lines"]["begin"] <= one["location"]["lines"]["end"] for one in found)
    return found


def test_a_whole_report() -> None:
    found = [(one["severity"], one["check_name"], one["description"], one["location"]) for one in entries(reviewed())]
    assert found == [
        (
            "minor",
            "gongwen/punctuation-width",
            "半角标点“,”（共 3 处，见第 4、9 行）",
            {"path": DRAFT, "lines": {"begin": 4, "end": 4}},
        ),
        (
            "major",
            "plan/lead-unit",
            "措施“办好赛事”没有写明牵头单位",
            {"path": DRAFT, "lines": {"begin": 8, "end": 8}},
        ),
        ("info", "plan/stages-order", "阶段先后颠倒", {"path": DRAFT, "lines": {"begin": 11, "end": 12}}),
        (
            "critical",
            "plan/unit-name",
            "规则 plan/unit-name 未能执行：超时",
            {"path": DRAFT, "lines": {"begin": 1, "end": 1}},
        ),
        ("blocker", "plancheck", "无法检查：文件是空的", {"path": SCAN, "lines": {"begin": 1, "end": 1}}),
    ]


def test_a_report_in_english_with_what_is_accepted() -> None:
    said = [one["description"] for one in entries(reviewed("en", shows_waived=True))]
    assert said[:2] == [
        "Half-width mark “,” (3 places, lines 4, 9)",
        "A target names no year (waived: 本级不设年度目标; 张三; until 2026-12-31)",
    ]


def test_nothing_found_is_an_empty_array() -> None:
    assert render(report()) == "[]\n"


class TestFingerprints:
    def test_stay_when_lines_and_messages_change(self) -> None:
        before, after = (
            entries(alone(violation("f0", line=line, end_line=line, message=said)))
            for line, said in ((4, "甲"), (90, "乙"))
        )
        assert before[0]["fingerprint"] == after[0]["fingerprint"]

    def test_tell_drafts_rules_and_places_apart(self) -> None:
        found = (violation(equal(1)), violation(equal(2)), violation(equal(1), "plan/target"))
        assert len(entries(report(file("a.txt", *found), file("b.txt", *found)))) == 6

    def test_tell_apart_even_what_has_one_fingerprint(self) -> None:
        # Two waivers of one kind in a configuration, and two problems of one plugin, are as like as can be.
        twice = file(".plancheck.yaml", violation("f0", "waivers/unused"), violation("f0", "waivers/unused"))
        assert len(entries(report(twice, FileReport("a.txt", problems=("出错", "出错"))))) == 4


@pytest.mark.parametrize(
    ("path", "named"), [("./a.txt", "plans/a.txt"), ("../b.txt", "b.txt"), ("x/../c d.txt", "plans/c d.txt")]
)
def test_paths_are_those_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, named: str
) -> None:
    (tmp_path / "plans").mkdir()
    monkeypatch.chdir(tmp_path / "plans")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    assert entries(alone(violation("f0"), path))[0]["location"]["path"] == named


def test_hostile_words_are_one_line_without_commands() -> None:
    (one,) = entries(alone(violation("f0", message=EVIL), EVIL))
    assert not any(char in one["description"] for char in "\x1b\x07\u202e\ufffe\r\n")
    assert one["description"].endswith("::error file=x::forged\ufffd| a | b |")
