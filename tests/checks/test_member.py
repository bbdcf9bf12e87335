"""``member``: values belong to a list."""

from __future__ import annotations

from typing import Any

from finding_lines import lines

from checker.testing import findings

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


class TestTogether:
    def test_all_strangers_in_one_finding_with_their_number(self) -> None:
        tasks = TASKS + "3.办好展览。办展。（县文旅局牵头，县住建局配合）\n"
        (one,) = findings("member", "unit", tasks + GROUP, {"in": "roster", "once": True}, where=IN_CLAUSES)
        assert one.fields == {"value": "县住建局、县文旅局", "number": "2"}
        assert one.lines == [2, 3, 4, 4]
        assert one.words == "县住建局"

    def test_nothing_where_there_is_none(self) -> None:
        text = TASKS.replace("，县住建局配合", "") + GROUP
        assert findings("member", "unit", text, {"in": "roster", "once": True}, where=IN_CLAUSES) == []

    def test_one_by_one_each_has_its_own_number(self) -> None:
        tasks = TASKS + "3.办好展览。办展。（县文旅局牵头）\n"
        found = findings("member", "unit", tasks + GROUP, {"in": "roster"}, where=IN_CLAUSES)
        assert [one.fields for one in found] == [
            {"value": "县住建局", "number": "1"},
            {"value": "县文旅局", "number": "1"},
        ]


class TestByIdentity:
    """Units are compared by what they are, not by how they are written."""

    SHORT = "一、主要任务\n1.建好场地。新建。（县发改委牵头，县文旅局配合）\n"
    WHOLE = "二、组织保障\n（一）组织领导。成立领导小组，成员单位由县发展和改革局、县文化和旅游局组成。\n"

    def test_another_name_of_a_member_is_no_stranger(self) -> None:
        assert strangers(self.SHORT + self.WHOLE, field="identity") == []

    def test_by_name_it_would_be_one(self) -> None:
        assert strangers(self.SHORT + self.WHOLE) == [([2], "县发改委"), ([2], "县文旅局")]

    def test_a_slip_is_the_unit_that_was_meant(self) -> None:
        text = self.SHORT.replace("县发改委", "县教局育") + self.WHOLE.replace("县发展和改革局", "县教育局")
        assert strangers(text, field="identity") == []

    def test_another_unit_is_a_stranger(self) -> None:
        text = self.SHORT.replace("县文旅局", "市文旅局") + self.WHOLE
        assert strangers(text, field="identity") == [([2], "市文旅局")]

    def test_an_attribute_that_units_do_not_have_is_compared_with_the_names_of_the_roster(self) -> None:
        options = {"in": "roster", "field": "leads"}
        found = findings("member", "measure", TASKS + GROUP.replace("、县教育局", ""), options)
        assert [one.fields["value"] for one in found] == ["县教育局"]
