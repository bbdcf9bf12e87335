"""``count``: how many there are lies within bounds, or equals a number that is stated."""

from __future__ import annotations

from finding_lines import lines

from checker.testing import findings

ACTIONS = """\
某县全民健身实施方案

一、提升行动
实施3项提升行动。
（一）场地行动
1.建好场地。新建一批。（县体育局、县住建局牵头，县财政局配合）
2.管好场地。定期维护。（县体育局牵头）
（二）骨干行动
1.培训骨干。分批培训。（县体育局牵头）
（三）宣传行动
加强宣传。（县文旅局牵头）
"""
TWO_BARE = ACTIONS.replace("1.培训骨干。分批培训。（县体育局牵头）", "分批培训骨干。（县体育局牵头）")


class TestReports:
    def test_too_few_nodes_at_the_first_section_with_the_role(self) -> None:
        options = {"min": 4, "report_at": ["schedule", "actions"]}
        assert lines("count", "section", ACTIONS, options, where={"role": "action"}) == [[3]]

    def test_none_at_all_at_the_title_of_the_plan(self) -> None:
        (one,) = findings("count", "stage", ACTIONS, {"min": 2})
        assert (one.lines, one.fields["number"], one.fields["min"]) == ([1], "0", "2")

    def test_too_many_nodes_once_with_all_places(self) -> None:
        assert lines("count", "section", ACTIONS, {"max": 2}, where={"role": "action"}) == [[5, 8, 10]]

    def test_a_node_with_too_many_values(self) -> None:
        (one,) = findings("count", "clause", ACTIONS, {"field": "leads", "max": 1})
        assert (one.lines, one.fields["number"], one.fields["max"]) == ([6], "2", "1")

    def test_a_node_with_too_few_nodes_below_it(self) -> None:
        options = {"field": "measures", "min": 2}
        assert lines("count", "section", ACTIONS, options, where={"role": "action"}) == [[8], [10]]

    def test_a_number_outside_of_the_bounds(self) -> None:
        text = "一、工作目标\n到2025年，经常锻炼人数比例达到140%。\n"
        assert lines("count", "target", text, {"field": "value", "max": 100}, where={"unit": "%"}) == [[2]]

    def test_a_number_that_is_not_the_one_that_is_stated(self) -> None:
        text = ACTIONS.replace("3项", "4项")
        (one,) = findings("count", "stated_count", text, {"field": "actual", "equals": "stated"})
        assert (one.lines, one.fields["number"], one.fields["wanted"]) == ([4], "3", "4")

    def test_one_without_measures_where_most_have_some(self) -> None:
        options = {"field": "measures", "min": 1, "others_have": True}
        assert lines("count", "section", ACTIONS, options, where={"role": "action"}) == [[10]]

    def test_too_many_in_each_node_though_only_the_least_number_depends_on_the_others(self) -> None:
        text = "一、主要任务\n1.建场地。新建。（县体育局、县住建局牵头）\n2.办赛事。办赛。（县体育局、县教育局牵头）\n"
        options = {"field": "leads", "min": 1, "max": 1, "others_have": True}
        assert lines("count", "clause", text, options) == [[2], [3]]


class TestLeavesAlone:
    def test_a_number_on_either_bound(self) -> None:
        assert lines("count", "section", ACTIONS, {"min": 3, "max": 3}, where={"role": "action"}) == []

    def test_none_where_there_may_be_none(self) -> None:
        assert lines("count", "stage", ACTIONS, {"max": 3}) == []

    def test_a_number_that_is_the_stated_one(self) -> None:
        assert lines("count", "stated_count", ACTIONS, {"field": "actual", "equals": "stated"}) == []

    def test_an_attribute_without_a_value_where_there_is_nothing_to_count(self) -> None:
        text = "一、工作目标\n每年培训骨干200人次。\n"
        assert lines("count", "target", text, {"field": "year", "min": 2021}) == []

    def test_several_without_measures_where_half_have_none(self) -> None:
        options = {"field": "measures", "min": 1, "others_have": True}
        assert lines("count", "section", TWO_BARE, options, where={"role": "action"}) == []

    def test_one_that_is_alone_and_has_no_others(self) -> None:
        text = "一、提升行动\n（一）场地行动\n建好场地。（县体育局牵头）\n"
        options = {"field": "measures", "min": 1, "others_have": True}
        assert lines("count", "section", text, options, where={"role": "action"}) == []
