"""``present``: the plan has at least one of the chosen nodes."""

from __future__ import annotations

from typing import Any

from checker.checks.present import Options, check
from checker.conditions import chosen
from checker.model import Bilingual, Found
from checker.parser import parse_text
from checker.plain_text import from_string

TITLE = "某县全民健身实施方案（2021—2025年）\n\n"


def found(text: str, node: str = "stage", where: dict[str, Any] | None = None, **options: Any) -> list[Found]:
    plan = parse_text(from_string(text))
    return list(check(chosen(plan, node, where or {}), Options(**options), plan))


def line(text: str, one: Found) -> int:
    return from_string(text).position(one.span.start).line


class TestReports:
    def test_a_plan_without_any(self) -> None:
        assert len(found("一、工作目标\n全面提升健身水平。\n")) == 1

    def test_at_the_first_section_with_the_first_of_the_roles(self) -> None:
        text = "一、主要任务\n1.建好场地。新建一批。\n二、组织保障\n加强领导。\n三、进度安排\n抓紧推进，按期完成。\n"
        (one,) = found(text, report_at=("schedule", "organisation", "safeguards"))
        assert line(text, one) == 5

    def test_at_the_next_role_where_the_plan_has_no_section_with_the_first(self) -> None:
        text = "一、主要任务\n1.建好场地。新建一批。\n二、组织实施\n（一）加强领导。各单位要高度重视。\n"
        (one,) = found(text, report_at=("schedule", "organisation", "safeguards"))
        assert line(text, one) == 3

    def test_at_the_title_where_the_plan_has_none_of_the_sections(self) -> None:
        head = "云山县人民政府文件\n\n云政发〔2021〕1号\n\n云山县全民健身实施方案\n\n"
        text = head + "一、主要任务\n1.建好场地。新建一批。\n"
        (one,) = found(text, report_at=("schedule",))
        assert line(text, one) == 5

    def test_nodes_that_do_not_fit_the_conditions(self) -> None:
        text = TITLE + "一、工作目标\n到2025年，全县建成球场100个。\n"
        assert len(found(text, "target", {"unit": "%"})) == 1

    def test_a_target_of_an_earlier_year_where_the_last_one_counts(self) -> None:
        text = TITLE + "一、工作目标\n到2023年，全县经常锻炼人数比例达到38%。\n"
        (one,) = found(text, "target", year="last", report_at=("objectives",))
        assert line(text, one) == 3
        assert one.fields == {"last_year": Bilingual("2025年", "2025")}


class TestLeavesAlone:
    def test_a_plan_with_one(self) -> None:
        assert found("一、进度安排\n启动阶段。2021年，制定方案。\n") == []

    def test_a_target_of_the_last_year_beside_one_of_an_earlier_year(self) -> None:
        text = TITLE + "一、工作目标\n到2023年，经常锻炼人数比例达到38%，到2025年达到40%。\n"
        assert found(text, "target", year="last") == []

    def test_a_target_without_a_year_which_is_another_rules_finding(self) -> None:
        text = TITLE + "一、主要任务\n1.办好赛事。培训裁判员300名。\n"
        assert found(text, "target", year="last") == []

    def test_a_target_of_any_year_in_a_plan_whose_title_names_no_years(self) -> None:
        text = "某县全民健身实施方案\n\n一、工作目标\n到2023年，全县经常锻炼人数比例达到38%。\n"
        assert found(text, "target", year="last") == []

    def test_a_target_of_an_earlier_year_where_any_year_will_do(self) -> None:
        text = TITLE + "一、工作目标\n到2023年，全县经常锻炼人数比例达到38%。\n"
        assert found(text, "target") == []
