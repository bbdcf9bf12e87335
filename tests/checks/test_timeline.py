"""``timeline``: stages cover the plan's period, or follow one another in order."""

from __future__ import annotations

from typing import Any, Literal

from checker.checks.timeline import Options, check
from checker.conditions import chosen
from checker.model import Found
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.testing import findings

TITLE = "某县全民健身实施方案（2021—2025年）\n\n一、进度安排\n"
NO_YEARS = "某县全民健身实施方案\n\n一、进度安排\n"


def found(text: str, require: Literal["cover", "order"]) -> list[Found]:
    plan = parse_text(from_string(text))
    nodes = chosen(plan, "stage", {})
    assert nodes, "the plan has stages"
    return list(check(nodes, Options(require), plan))


def gaps(stages: str, title: str = TITLE) -> list[tuple[int, Any]]:
    """Return line and missing years of each finding."""
    text = title + stages
    return [(from_string(text).position(one.span.start).line, one.fields["missing"]) for one in found(text, "cover")]


def overlaps(stages: str) -> list[tuple[int, Any]]:
    """Return line and name of the earlier stage of each finding."""
    text = TITLE + stages
    return [(from_string(text).position(one.span.start).line, one.fields["earlier"]) for one in found(text, "order")]


class TestReportsYearsThatNoStageCovers:
    def test_the_first(self) -> None:
        assert gaps("启动阶段。2022年，制定方案。\n推进阶段。2023—2025年，全面推进。\n") == [(4, "2021")]

    def test_one_in_the_middle_at_the_first_stage(self) -> None:
        assert gaps("启动阶段。2021年，制定方案。\n推进阶段。2023—2025年，全面推进。\n") == [(4, "2022")]

    def test_several_in_one_finding(self) -> None:
        assert gaps("启动阶段。2021年，制定方案。\n推进阶段。2023年，全面推进。\n") == [(4, "2022、2024、2025")]

    def test_the_period_of_the_plan_for_the_message(self) -> None:
        (one,) = found(TITLE + "启动阶段。2022年，制定方案。\n推进阶段。2023—2025年，全面推进。\n", "cover")
        assert (one.fields["first"], one.fields["last"]) == (2021, 2025)


class TestLeavesCoverageAlone:
    def test_stages_that_cover_every_year(self) -> None:
        assert gaps("启动阶段。2021年，制定方案。\n推进阶段。2022—2024年，推进。\n总结阶段。2025年，总结。\n") == []

    def test_stages_that_cover_a_year_twice_which_is_a_matter_of_order(self) -> None:
        assert gaps("启动阶段。2021—2022年，制定方案。\n推进阶段。2022—2025年，全面推进。\n") == []

    def test_stages_that_reach_beyond_the_period(self) -> None:
        assert gaps("启动阶段。2020—2022年，制定方案。\n推进阶段。2023—2026年，全面推进。\n") == []

    def test_a_plan_whose_title_names_no_years_to_compare_with(self) -> None:
        assert gaps("启动阶段。2022年，制定方案。\n", NO_YEARS) == []

    def test_a_gap_beside_a_stage_without_a_year_which_may_fill_it(self) -> None:
        assert gaps("启动阶段。2021年，制定方案。\n推进阶段。全面推进。\n总结阶段。2025年，总结。\n") == []

    def test_stages_in_months_of_each_year(self) -> None:
        stages = "第一阶段（2021年6月至12月）：部署。\n第二阶段（2022年1月至2025年12月）：推进。\n"
        assert gaps(stages) == []


class TestReportsStagesOutOfOrder:
    def test_two_that_share_a_year_at_the_later_one(self) -> None:
        stages = "启动阶段。2021—2022年，制定方案。\n推进阶段。2022—2025年，全面推进。\n"
        assert overlaps(stages) == [(5, "启动阶段")]

    def test_one_that_is_written_behind_a_later_one(self) -> None:
        assert overlaps("推进阶段。2023—2025年，推进。\n启动阶段。2021年，制定方案。\n") == [(5, "推进阶段")]

    def test_both_places(self) -> None:
        text = TITLE + "启动阶段。2021—2022年，制定方案。\n推进阶段。2022—2025年，全面推进。\n"
        (one,) = found(text, "order")
        assert [from_string(text).position(span.start).line for span in one.others] == [4]

    def test_months_of_one_year_that_overlap(self) -> None:
        stages = "第一阶段（2024年1月至8月）：部署。\n第二阶段（2024年6月至12月）：推进。\n"
        assert overlaps(stages) == [(5, "第一阶段")]

    def test_a_year_shared_with_a_stage_that_names_no_months(self) -> None:
        stages = "第一阶段（2024年1月至6月）：部署。\n第二阶段（2024年）：推进。\n"
        assert overlaps(stages) == [(5, "第一阶段")]

    def test_an_overlap_with_a_stage_further_up(self) -> None:
        # The third follows the second, but lies within the first.
        stages = "推进阶段。2021—2025年，推进。\n巩固阶段。2022年，巩固。\n总结阶段。2023年，总结。\n"
        assert [line for line, _ in overlaps(stages)] == [5, 6]


class TestLeavesOrderAlone:
    def test_stages_that_follow_one_another(self) -> None:
        assert overlaps("启动阶段。2021年，制定方案。\n推进阶段。2022—2025年，全面推进。\n") == []

    def test_a_last_stage_at_the_end_of_the_year(self) -> None:
        assert overlaps("推进阶段。2022—2025年，全面推进。\n总结阶段。2025年末，总结评估。\n") == []

    def test_months_of_one_year_that_follow_one_another(self) -> None:
        stages = "第一阶段（2024年1月至6月）：部署。\n第二阶段（2024年7月至2025年12月）：推进。\n"
        assert overlaps(stages) == []

    def test_a_gap_between_two_stages_which_is_a_matter_of_coverage(self) -> None:
        assert overlaps("启动阶段。2021年，制定方案。\n推进阶段。2024—2025年，全面推进。\n") == []

    def test_a_stage_without_a_year_between_two_with_one(self) -> None:
        assert overlaps("启动阶段。2021年，制定方案。\n推进阶段。全面推进。\n总结阶段。2025年，总结。\n") == []

    def test_a_single_stage(self) -> None:
        assert overlaps("推进阶段。2021—2025年，全面推进。\n") == []


def outside(text: str) -> list[tuple[int, str, str]]:
    """Return line, words and year of what a plan sets outside of the years of its title."""
    found = findings("timeline", "plan", text, {"require": "within"})
    return [(one.lines[0], one.fields["label"], one.fields["year"]) for one in found]


class TestReportsWhatLiesOutsideOfThePeriod:
    def test_a_stage_that_ends_too_late(self) -> None:
        stages = "启动阶段。2021年，制定方案。\n推进阶段。2022—2026年，全面推进。\n"
        assert outside(TITLE + stages) == [(5, "推进阶段", "2026")]

    def test_a_stage_that_begins_too_early(self) -> None:
        assert outside(TITLE + "启动阶段。2020年，制定方案。\n") == [(4, "启动阶段", "2020")]

    def test_a_goal_of_the_period_before(self) -> None:
        text = TITLE.replace("进度安排", "工作目标") + "到“十三五”末，建成球场100个。\n"
        assert [(line, year) for line, _, year in outside(text)] == [(4, "2020")]

    def test_a_goal_of_the_period_after(self) -> None:
        text = TITLE.replace("进度安排", "工作目标") + "到“十五五”末，建成球场100个。\n"
        assert [(line, year) for line, _, year in outside(text)] == [(4, "2026")]

    def test_a_heading_that_names_another_period(self) -> None:
        text = TITLE.replace("进度安排", "“十三五”时期工作目标") + "全面提升健身水平。\n"
        assert [(line, year) for line, _, year in outside(text)] == [(3, "2020")]

    def test_the_years_of_the_plan_for_the_message(self) -> None:
        (one,) = findings("timeline", "plan", TITLE + "启动阶段。2020年，制定方案。\n", {"require": "within"})
        assert (one.fields["first"], one.fields["last"]) == ("2021", "2025")


class TestLeavesAloneWhatLiesWithinThePeriod:
    def test_stages_in_the_years_of_the_title(self) -> None:
        assert outside(TITLE + "启动阶段。2021年，制定方案。\n推进阶段。2022—2025年，全面推进。\n") == []

    def test_the_end_of_the_five_year_period_that_the_plan_is_for(self) -> None:
        assert outside(TITLE + "到“十四五”末，建成球场100个。\n") == []

    def test_a_plan_for_some_years_of_the_period(self) -> None:
        text = "某县全民健身实施方案（2022—2024年）\n\n一、工作目标\n到“十四五”末，建成球场100个。\n"
        assert outside(text) == []

    def test_a_look_back_at_the_period_before(self) -> None:
        text = TITLE.replace("进度安排", "工作背景") + "“十三五”时期，建成球场20个。\n“十三五”末，达到20个。\n"
        assert outside(text) == []

    def test_a_look_ahead_without_a_goal(self) -> None:
        assert outside(TITLE + "为“十五五”时期发展打好基础。\n") == []

    def test_a_heading_that_looks_back(self) -> None:
        text = "某县全民健身实施方案（2021—2025年）\n\n一、“十三五”时期工作回顾\n建成球场20个。\n"
        assert outside(text) == []

    def test_a_stage_without_a_year(self) -> None:
        assert outside(TITLE + "启动阶段。制定方案。\n") == []

    def test_a_plan_whose_title_names_no_years(self) -> None:
        assert outside(NO_YEARS + "启动阶段。2016年，制定方案。\n") == []
