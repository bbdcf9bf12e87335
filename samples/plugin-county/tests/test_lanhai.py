"""The overlay of 澜海省: its own rules, what it changes in science-literacy, and the words that it adds."""

from __future__ import annotations

from pathlib import Path

import pytest

import checker
import plancheck_lanhai
from checker.reporters.concise import render as concise
from checker.testing import assert_examples, assert_same_report, check_text

PLUGIN = plancheck_lanhai
DRAFTS = Path(__file__).resolve().parent.parent / "drafts"
TITLE = "{}全民科学素质行动规划纲要实施方案（{}年）\n\n"
PLAN = "一、工作目标\n到2025年，全县公民具备科学素质的比例达到12%。\n"
CITES = "根据《澜海省全民科学素质行动规划纲要实施方案（2021—2025年）》（澜政发〔2021〕{}号），制定本方案。\n"


def reported(rule: str, plan: str, place: str = "棠城县", years: str = "2021—2025") -> list[str]:
    """Return what a rule says of a plan of a place, when all rules run."""
    report = check_text(TITLE.format(place, years) + plan, plugins=PLUGIN)
    return [one.message for one in report.violations if one.rule == rule]


def test_examples() -> None:
    assert_examples(PLUGIN, plugins=PLUGIN)


@pytest.mark.parametrize("name", sorted(path.name for path in DRAFTS.glob("*.txt")))
def test_a_sample_draft_gets_its_expected_report(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DRAFTS)
    assert_same_report(concise(checker.check(name, plugins="plancheck_lanhai")), DRAFTS / f"{Path(name).stem}.expected")


class TestOverlay:
    def test_the_share_that_the_province_asks_of_each_county(self) -> None:
        assert reported("science-literacy/literacy-floor", PLAN) == ["目标12%低于省方案分解到各县（市、区）的14%"]
        assert reported("science-literacy/literacy-floor", PLAN.replace("12%", "14%")) == []

    def test_the_projects_have_the_names_of_the_province(self) -> None:
        plan = "一、重点工程\n（一）科普信息化提升工程\n（二）“澜海科普云”延伸工程\n"
        assert reported("science-literacy/project-name", plan) == [
            "省方案里是“澜海科普云延伸工程”，这里写作“科普信息化提升工程”"
        ]
        missing = reported("science-literacy/required-projects", plan)
        assert "缺少省方案部署的渔港科普阵地工程" in missing
        assert len(missing) == 4

    @pytest.mark.parametrize(
        ("place", "years", "applies"),
        [
            ("棠城县", "2021—2025", True),
            ("苇渡县", "2021—2025", True),
            ("棠州市", "2021—2025", True),
            ("棠州市鹭汀区", "2021—2025", True),
            ("云岭县", "2021—2025", False),
            ("澜海省", "2021—2025", False),
            ("棠城县", "2026—2030", False),
        ],
    )
    def test_it_is_for_the_plans_of_the_province_in_these_years(self, place: str, years: str, applies: bool) -> None:
        message = "没有引用《澜海省全民科学素质行动规划纲要实施方案（2021—2025年）》（澜政发〔2021〕38号）"
        assert reported("lanhai/province-plan-cited", PLAN, place, years) == [message] * applies
        assert bool(reported("science-literacy/literacy-floor", PLAN, place, years)) is applies

    def test_its_own_rule_takes_the_place_of_the_general_one(self) -> None:
        assert reported("science-literacy/superior-cited", PLAN) == []
        assert reported("science-literacy/superior-cited", PLAN, "云岭县") != []


class TestWords:
    def test_the_plan_of_the_province_is_in_the_register(self) -> None:
        assert reported("gongwen/cited-document", CITES.format(38)) == []
        (message,) = reported("gongwen/cited-document", CITES.format(83))
        assert message.endswith("文号应为澜政发〔2021〕38号")

    def test_two_names_of_one_unit(self) -> None:
        plan = (
            "一、主要任务\n1.办夜校。每年一次。（县海洋发展局牵头）\n2.办讲座。每年一次。（县海洋发展局牵头）\n"
            "3.办展览。每年一次。（县海发局牵头）\n"
        )
        (message,) = reported("plan/unit-name", plan)
        assert message.startswith("同一单位两种写法：这里写“县海发局”，别处写“县海洋发展局”")

    def test_units_that_take_the_level_of_the_one_before(self, tmp_path: Path) -> None:
        draft = tmp_path / "plan.txt"
        draft.write_text(
            TITLE.format("棠城县", "2021—2025") + "一、任务\n1.开放。（县海洋发展局、海洋站牵头）\n", encoding="utf-8"
        )
        (clause,) = checker.parse(draft, plugins="plancheck_lanhai").clauses
        assert clause.leads == ("县海洋发展局", "县海洋站")
