"""``covers``: each item of a list is there, in one of its wordings."""

from __future__ import annotations

from typing import Any

from checker.checks.covers import Item, Options, check
from checker.conditions import chosen
from checker.parser import parse_text
from checker.plain_text import from_string

ITEMS = (Item("青少年", ("青少年", "中小学生")), Item("老年人", ("老年",)), Item("职工"))
BOTH = "（一）青少年健身行动\n（二）老年人健身行动\n"


def missing(
    text: str, node: str = "task", where: dict[str, Any] | None = None, **options: Any
) -> list[tuple[str, int]]:
    """Return name and line of each finding."""
    plan = parse_text(from_string(text))
    nodes = chosen(plan, node, where or {})
    given = Options(**{"items": ITEMS, "report_at": ("actions", "projects"), **options})
    return [(str(one.fields["name"]), plan.text.position(one.span.start).line) for one in check(nodes, given, plan)]


class TestReports:
    def test_an_item_that_no_title_has(self) -> None:
        assert missing("一、提升行动\n" + BOTH) == [("职工", 1)]

    def test_every_missing_item_in_the_order_of_the_list(self) -> None:
        assert missing("一、提升行动\n（一）农民健身行动\n") == [("青少年", 1), ("老年人", 1), ("职工", 1)]

    def test_all_items_of_a_plan_without_any_task_at_its_title(self) -> None:
        text = "云山县人民政府文件\n\n云政发〔2021〕1号\n\n云山县全民健身实施方案\n\n一、工作目标\n全面提升健身水平。\n"
        assert missing(text) == [("青少年", 5), ("老年人", 5), ("职工", 5)]

    def test_at_the_group_of_projects_where_there_is_no_group_of_actions(self) -> None:
        text = "一、工作目标\n全面提升。\n二、重点工程\n（一）青少年健身工程\n（二）老年健身工程\n"
        assert missing(text) == [("职工", 3)]

    def test_an_item_that_only_the_text_speaks_of(self) -> None:
        text = "一、提升行动\n面向职工和居民。\n" + BOTH
        assert missing(text) == [("职工", 1)]

    def test_an_item_that_only_a_measure_of_an_action_speaks_of(self) -> None:
        text = "一、提升行动\n" + BOTH + "1.办好职工赛事。每月办赛。\n"
        assert missing(text) == [("职工", 1)]

    def test_an_item_that_only_a_section_outside_the_tasks_speaks_of(self) -> None:
        text = "一、提升行动\n" + BOTH + "二、组织保障\n（一）关心职工健身\n各单位要支持。\n"
        assert missing(text) == [("职工", 1)]

    def test_a_name_in_english_beside_the_chinese_one(self) -> None:
        plan = parse_text(from_string("一、提升行动\n" + BOTH))
        options = Options((Item("职工", name_en="employees"), Item("农民")))
        fields = [one.fields for one in check(chosen(plan, "task", {}), options, plan)]
        assert fields == [{"name": "职工", "name_en": "employees"}, {"name": "农民", "name_en": "农民"}]


class TestLeavesAlone:
    def test_every_item_by_one_of_its_wordings(self) -> None:
        text = "一、提升行动\n（一）中小学生健身行动\n（二）老年群体健身行动\n（三）职工健身行动\n"
        assert missing(text) == []

    def test_two_items_in_one_title(self) -> None:
        assert missing("一、提升行动\n（一）青少年和老年人健身行动\n（二）职工健身行动\n") == []

    def test_an_item_among_the_projects(self) -> None:
        text = "一、提升行动\n" + BOTH + "二、重点工程\n（一）职工健身工程\n"
        assert missing(text) == []

    def test_a_measure_straight_under_the_group_which_is_a_task_too(self) -> None:
        text = (
            "一、主要任务\n1.青少年健身。办班。（县教育局牵头）\n2.老年人健身。办班。（县民政局牵头）\n"
            "3.职工健身。办赛。（县总工会牵头）\n"
        )
        assert missing(text) == []

    def test_a_title_with_white_space_between_its_characters(self) -> None:
        assert missing("一、提升行动\n" + BOTH + "（三）职 工　健身行动\n") == []

    def test_a_title_in_traditional_characters(self) -> None:
        text = (
            "一、提升行動\n（一）青少年健身行動\n為學校開設體育課程。\n（二）老年人健身行動\n組織健步活動，開辦講座。\n"
            "（三）職工健身行動\n舉辦職工運動會，獎勵優勝單位。\n"
        )
        assert missing(text) == []

    def test_another_field_than_the_title(self) -> None:
        text = "一、工作目标\n青少年、老年人、职工健身水平全面提升。\n"
        assert missing(text, "section", {"role": "objectives"}, field="text") == []
