"""A plan at a glance: what the pictures show, and what they say where there is nothing."""

from __future__ import annotations

from checker.pages.glance import LEADS_SHOWN, Glance, glance
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.tasks import file_tasks

DRAFT = """\
某县全民健身实施方案（2024—2026年）
一、工作目标
到2026年，经常参加体育锻炼的人数比例达到38%以上。每年举办赛事不少于12场。
二、主要任务
（一）场地行动
1.建设步道。新建步道30公里。（县体育局牵头，县财政局配合）
2.开放场馆。学校场馆向社会开放。（县教育局、县体育局牵头，县财政局配合）
3.办好赛事。组织联赛。（县总工会等单位配合）
（二）队伍行动
1.培训骨干。开展轮训。（县体育局牵头，县总工会配合）
2.宣传活动。广泛宣传。
三、进度安排
（一）启动阶段。2024年3月至6月，制定计划。
（二）实施阶段。2024—2025年，全面推进。
（三）总结阶段。总结经验。
"""


def seen(text: str = DRAFT, language: str = "zh") -> Glance:
    plan = parse_text(from_string(text))
    return glance(plan, file_tasks(plan, "draft.txt").plans[0], language)


class TestMeasures:
    def test_with_a_lead_with_other_units_only_and_with_none(self) -> None:
        view = seen()
        assert view.measures == 5
        assert [(share.kind, share.count) for share in view.shares] == [
            ("with_lead", 3),
            ("only_others", 1),
            ("no_units", 1),
        ]
        assert [(share.start, share.width) for share in view.shares] == [(0, 60), (60, 20), (80, 20)]

    def test_those_without_a_lead_are_named_with_their_lines(self) -> None:
        assert [(one.name, one.line.number) for one in seen().unled] == [("办好赛事", 8), ("宣传活动", 11)]


class TestLeadership:
    def test_each_lead_counts_for_its_action(self) -> None:
        grid = seen().leadership
        assert grid is not None
        assert grid.units == ("县体育局", "县教育局")
        rows = [(row.title, row.cells, row.lacking, row.measures) for row in grid.rows]
        assert rows == [("场地行动", (2, 1), 1, 3), ("队伍行动", (1, 0), 1, 2)]
        assert grid.most == 2

    def test_leads_beyond_the_width_of_a_page_stand_together(self) -> None:
        names = [f"县{one}局" for one in "教育财政水利林业交通文化卫生民政司法商务审计统计体育气象地震档案"]
        lines = "\n".join(f"{at}.办事{at}。办好。（{name}牵头）" for at, name in enumerate(names, start=1))
        grid = seen(f"二、主要任务\n（一）甲行动\n{lines}\n").leadership
        assert grid is not None
        assert len(grid.units) == LEADS_SHOWN
        assert grid.others == grid.rows[0].others == len(set(names)) - LEADS_SHOWN

    def test_without_any_lead_there_is_none(self) -> None:
        assert seen("二、主要任务\n（一）甲行动\n1.办事。办好。\n").leadership is None


class TestLoads:
    def test_the_most_loaded_come_first_and_parts_stand_side_by_side(self) -> None:
        loads = seen().loads
        assert [(one.unit, one.tasks) for one in loads] == [
            ("县体育局", 3),
            ("县财政局", 2),
            ("县总工会", 2),
            ("县教育局", 1),
        ]
        first, second = loads[:2]
        assert [(share.kind, share.start, share.width) for share in first.shares] == [("lead", 0, 100)]
        assert [(share.kind, share.start, share.width) for share in second.shares] == [("supporting", 0, 66.7)]


class TestStages:
    def test_on_the_scale_of_the_plan_s_years(self) -> None:
        time = seen().timeline
        assert time is not None
        assert [(tick.year, tick.start) for tick in time.ticks] == [(2024, 0), (2025, 33.3), (2026, 66.7)]
        assert time.period is not None
        assert (time.period.start, time.period.width, time.period_years) == (0, 100, "2024—2026")
        first, second, third = time.stages
        assert first.bar is not None
        assert second.bar is not None
        assert (first.when, first.bar.start, first.bar.width) == ("2024年3月—2024年6月", 5.6, 11.1)
        assert (second.when, second.bar.start, second.bar.width) == ("2024—2025年", 0, 66.7)
        assert (third.label, third.when, third.bar) == ("总结阶段", None, None)

    def test_a_plan_without_stages_has_no_timeline(self) -> None:
        assert seen("二、主要任务\n1.办事。办好。\n").timeline is None

    def test_stages_without_any_year_have_no_scale(self) -> None:
        time = seen(
            "一、主要任务\n1.办事。办好。\n二、进度安排\n（一）启动阶段。部署。\n（二）总结阶段。总结。\n"
        ).timeline
        assert time is not None
        assert (time.ticks, time.period, len(time.stages)) == ((), None, 2)


class TestTargets:
    def test_a_number_with_its_unit_and_its_year_or_how_often(self) -> None:
        figures = [(one.bound, one.value, one.unit, one.when, one.line.number) for one in seen().figures]
        assert ("不低于", "38", "%", "2026年", 3) in figures
        assert ("不低于", "12", "场", "每年", 3) in figures
        assert ("at least", "12", "场", "every year", 3) in [
            (one.bound, one.value, one.unit, one.when, one.line.number) for one in seen(language="en").figures
        ]

    def test_one_without_a_year_says_none(self) -> None:
        assert [one.when for one in seen("二、主要任务\n1.建设步道。新建步道30公里。\n").figures] == [None]
