"""``absent``: the plan has none of the chosen nodes."""

from __future__ import annotations

from typing import Any

from finding_lines import lines as found_lines

from checker.checks.absent import Options, check
from checker.conditions import chosen
from checker.parser import parse_text
from checker.plain_text import from_string

TEXT = "一、工作目标\n到2022年，建成球场60个。\n到2025年，建成球场100个，经常锻炼人数比例达到40%。\n"


def lines(node: str, where: dict[str, Any]) -> list[int]:
    plan = parse_text(from_string(TEXT))
    return [plan.text.position(one.span.start).line for one in check(chosen(plan, node, where), Options(), plan)]


class TestReports:
    def test_every_chosen_node_at_its_own_place(self) -> None:
        assert lines("target", {"unit": "个"}) == [2, 3]

    def test_the_node_whose_attributes_the_message_may_name(self) -> None:
        plan = parse_text(from_string(TEXT))
        nodes = chosen(plan, "target", {"unit": "%"})
        assert [found.node for found in check(nodes, Options(), plan)] == nodes

    def test_all_in_one_finding_where_once_is_enough(self) -> None:
        plan = parse_text(from_string(TEXT))
        (one,) = check(chosen(plan, "target", {}), Options(once=True), plan)
        assert [plan.text.position(span.start).line for span in (one.span, *one.others)] == [2, 3, 3]


class TestLeavesAlone:
    def test_nodes_that_the_conditions_do_not_choose(self) -> None:
        assert lines("target", {"unit": "公里"}) == []

    def test_a_node_that_fits_one_condition_and_not_the_other(self) -> None:
        assert lines("target", {"unit": "个", "year": {"gt": 2025}}) == []

    def test_a_kind_of_node_that_the_plan_does_not_have(self) -> None:
        assert lines("stage", {}) == []

    def test_a_plan_without_any_where_once_is_enough(self) -> None:
        plan = parse_text(from_string(TEXT))
        assert list(check([], Options(once=True), plan)) == []


class TestBy:
    UNITS = (
        "一、主要任务\n1.建好场地。新建。（县体育局牵头，县教育局配合）\n"
        "2.办好赛事。办赛。（县教育局牵头，县体育局配合）\n3.办好展览。办展。（县体育局牵头）\n"
    )

    def reported(self, **options: Any) -> list[list[int]]:
        return found_lines("absent", "unit", self.UNITS, options)

    def test_those_alike_are_one_finding_with_all_places(self) -> None:
        assert self.reported(by="name") == [[2, 3, 4], [2, 3]]

    def test_alike_in_an_attribute_of_another_node(self) -> None:
        assert self.reported(by="clause.measure.title") == [[2, 2], [3, 3], [4]]

    def test_those_that_do_not_have_it_are_alike(self) -> None:
        text = "一、工作目标\n建成球场60个以上，每年办赛10场。\n每月培训20人次。\n"
        assert found_lines("absent", "target", text, {"by": "year"}) == [[2, 2, 3]]

    def test_without_it_each_is_one(self) -> None:
        assert len(self.reported()) == 5

    def test_nothing_of_nothing(self) -> None:
        assert found_lines("absent", "stage", self.UNITS, {"by": "label"}) == []
