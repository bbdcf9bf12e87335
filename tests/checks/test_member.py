"""``member``: values belong to a list."""

from __future__ import annotations

from typing import Any

from findings import findings, lines

TASKS = """\
一、主要任务
1.建好场地。新建。（县体育局牵头，县住建局配合）
2.办好赛事。办赛。（县教育局牵头，县住建局配合）
"""
GROUP = "二、组织保障\n（一）组织领导。成立领导小组，成员单位由县体育局、县教育局组成。\n"
IN_CLAUSES = {"part": ["lead", "responsible", "supporter"]}


def strangers(text: str, **options: Any) -> list[tuple[list[int], str]]:
    """Return lines and name of each unit of a clause that is not on the roster."""
    found = findings("member", "unit", text, {"in": "roster", **options}, where=IN_CLAUSES)
    return [(one.lines, one.fields["value"]) for one in found]


class TestReports:
    def test_a_unit_that_is_not_on_the_roster_once_with_all_places(self) -> None:
        assert strangers(TASKS + GROUP) == [([2, 3], "县住建局")]

    def test_the_unit_itself_not_its_clause(self) -> None:
        (one,) = findings("member", "unit", TASKS + GROUP, {"in": "roster"})
        assert one.words == "县住建局"

    def test_a_value_that_is_not_on_the_rules_own_list(self) -> None:
        assert strangers(TASKS, **{"in": ["县体育局", "县住建局"]}) == [([3], "县教育局")]

    def test_each_value_of_an_attribute_with_several(self) -> None:
        options = {"in": ["县体育局"], "field": "supporters"}
        found = findings("member", "measure", TASKS, options)
        assert [(one.lines, one.fields["value"]) for one in found] == [([2, 3], "县住建局")]

    def test_a_title_that_is_not_on_the_list(self) -> None:
        options = {"in": ["主要任务"], "field": "title"}
        assert lines("member", "section", TASKS + GROUP, options) == [[4], [5]]


class TestLeavesAlone:
    def test_units_that_are_all_on_the_roster(self) -> None:
        assert strangers(TASKS.replace("，县住建局配合", "") + GROUP) == []

    def test_a_plan_without_a_roster_where_there_is_nothing_to_belong_to(self) -> None:
        assert strangers(TASKS) == []

    def test_a_unit_whose_prefix_is_left_out(self) -> None:
        tasks = "一、主要任务\n1.建好场地。新建。（县体育局、教育局牵头）\n"
        assert strangers(tasks + GROUP) == []

    def test_a_name_that_differs_in_width_only(self) -> None:
        assert strangers(TASKS, **{"in": ["县体育局", "县教育局", "县住 建局"]}) == []

    def test_a_node_without_the_field(self) -> None:
        options = {"in": ["县体育局"], "field": "deadline"}
        assert lines("member", "clause", TASKS, options) == []
