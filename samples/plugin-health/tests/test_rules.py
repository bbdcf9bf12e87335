"""The pack, the check type, and what is said of violations afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

import plancheck_health
from checker.testing import Finding, assert_examples, check_text, findings

PLUGIN = plancheck_health
GOALS = "一、主要目标\n{}\n"


def test_examples() -> None:
    assert_examples(Path(plancheck_health.FOLDER) / "health", plugins=PLUGIN)


class TestSeries:
    def found(self, text: str, direction: str = "rising", may_stay: bool = False) -> list[Finding]:
        options = {"direction": direction, "may_stay": may_stay}
        return findings("series", "target", GOALS.format(text), options, plugins=PLUGIN)

    def test_a_fall_among_what_should_rise(self) -> None:
        (one,) = self.found("到2025年，居民健康素养水平达到30%；到2026年，居民健康素养水平达到28.5%。")
        assert (one.words, one.lines) == ("居民健康素养水平达到28.5%", [2, 2])
        assert dict(one.fields) == {
            "earlier_year": "2025",
            "earlier_value": "30",
            "later_year": "2026",
            "later_value": "28.5",
        }

    def test_each_step_is_one_finding(self) -> None:
        text = "到2025年，近视率控制在45%以内；到2026年，近视率控制在46%以内；到2027年，近视率控制在47%以内。"
        assert len(self.found(text, "falling")) == 2
        assert self.found(text, "rising") == []

    def test_the_order_of_the_years_counts_not_that_of_the_text(self) -> None:
        assert self.found("到2027年，居民健康素养水平达到33%；到2025年，居民健康素养水平达到30%。") == []

    def test_the_same_value_is_a_matter_of_options(self) -> None:
        text = "到2025年，近视率控制在45%以内；到2027年，近视率控制在45%以内。"
        assert len(self.found(text, "falling")) == 1
        assert self.found(text, "falling", may_stay=True) == []

    @pytest.mark.parametrize(
        ("why", "text"),
        [
            ("two metrics", "到2025年，居民健康素养水平达到30%；到2027年，经常锻炼人数比例达到28%。"),
            ("two units", "到2025年，建成健康小屋30个；到2027年，建成健康小屋20处。"),
            ("a rhythm is no deadline", "每年举办健康讲座30场；到2027年，举办健康讲座20场。"),
            ("two values of one year are a contradiction", "到2027年，近视率达到30%。到2027年，近视率达到28%。"),
            ("what is past is no target", "目前居民健康素养水平已达40%。到2027年，居民健康素养水平达到33%。"),
        ],
    )
    def test_leaves_alone(self, why: str, text: str) -> None:
        assert self.found(text) == [], why


PLAN = """\
汐口县居民健康素养提升行动实施方案（2025—2027年）
{}
一、主要目标
到2025年，全县居民健康素养水平达到29%；到2027年，全县居民健康素养水平达到27%。
二、重点任务
（一）健康知识普及行动
1.办好讲座。每年开展。
2.办好巡讲。每年开展。（县卫生健康局牵头）
"""


class TestJudgement:
    def severities(self, plan: str) -> dict[str, str]:
        report = check_text(plan, select=["health", "plan/lead-unit"], plugins=PLUGIN)
        return {one.rule: one.severity for one in report.violations}

    def test_a_draft_for_comment_may_leave_gaps(self) -> None:
        finished, draft = self.severities(PLAN.format("")), self.severities(PLAN.format("（征求意见稿）"))
        assert (finished["health/series-rises"], draft["health/series-rises"]) == ("warning", "info")
        assert (finished["plan/lead-unit"], draft["plan/lead-unit"]) == ("error", "warning")
        assert finished["health/required-actions"] == draft["health/required-actions"] == "warning"

    def test_goals_and_actions_both_missing(self) -> None:
        plan = PLAN.format("").replace("水平达到27%", "水平明显提升")
        assert self.severities(plan)["health/redraft"] == "error"
        assert "health/redraft" not in self.severities(PLAN.format(""))

    @pytest.mark.parametrize(("language", "words"), [("zh", "建议先补齐"), ("en", "complete these")])
    def test_says_so_in_the_language_of_the_run(self, language: str, words: str) -> None:
        plan = PLAN.format("").replace("水平达到27%", "水平明显提升")
        report = check_text(plan, select="health", plugins=PLUGIN, language=language)
        (one,) = (one for one in report.violations if one.rule == "health/redraft")
        assert words in one.message
        assert one.line == 1


def test_other_plans_are_none_of_its_business() -> None:
    report = check_text(PLAN.format("").replace("健康素养提升", "体育健身"), plugins=PLUGIN)
    assert {one.outcome for one in report.rules if one.rule.startswith("health/")} == {"not-applicable"}
