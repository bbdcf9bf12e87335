"""``compare``: a value stands in a relation to another of the node, or to a fixed one."""

from __future__ import annotations

from typing import Any

import pytest
from finding_lines import lines

from checker.testing import findings

TARGETS = "一、工作目标\n到2025年，建成球场100个。\n到2030年，建成步道20公里。\n每年培训骨干200人次。\n"


def titles(notice: str, plan: str) -> list[list[int]]:
    text = (
        f"{notice}\n\n各乡镇人民政府：\n请认真执行。\n\n某县人民政府\n2024年3月5日\n\n{plan}\n\n一、总体要求\n为民。\n"
    )
    return lines("compare", "plan", text, {"field": "title", "with": "notice_title", "relation": "same"})


def years(relation: str, than: int) -> list[list[int]]:
    return lines("compare", "target", TARGETS, {"field": "year", "than": than, "relation": relation})


class TestReports:
    def test_two_texts_that_are_not_the_same(self) -> None:
        assert titles("某县人民政府关于印发《某县健身方案》的通知", "某县健身实施方案") == [[9]]

    def test_two_texts_that_should_differ_and_do_only_in_marks(self) -> None:
        options = {"field": "title", "with": "parent.title", "relation": "differs"}
        assert lines("compare", "heading", "一、主要任务\n（一）主要 任务\n（二）场地\n", options) == [[2]]

    def test_two_numbers_that_are_not_the_same_with_both_for_the_message(self) -> None:
        text = "一、提升行动\n实施3项提升行动。\n（一）场地行动\n（二）骨干行动\n"
        (one,) = findings("compare", "stated_count", text, {"field": "stated", "with": "actual", "relation": "same"})
        assert (one.lines, one.fields) == ([2], {"value": "3", "other": "2"})

    @pytest.mark.parametrize(
        ("relation", "than", "reported"),
        [
            ("lt", 2030, [[3]]),
            ("le", 2025, [[3]]),
            ("gt", 2025, [[2]]),
            ("ge", 2030, [[2]]),
            ("same", 2030, [[2]]),
            ("differs", 2030, [[3]]),
        ],
    )
    def test_a_number_against_a_fixed_one(self, relation: str, than: int, reported: list[list[int]]) -> None:
        assert years(relation, than) == reported

    def test_a_day_that_comes_too_late(self) -> None:
        text = (
            "某县健身方案\n\n一、总体要求\n为民。\n\n某县人民政府\n2024年3月5日\n\n"
            "某县人民政府办公室　　2024年3月1日印发\n"
        )
        options = {"field": "signed_date", "with": "printed_date", "relation": "le"}
        assert lines("compare", "plan", text, options) == [[1]]

    def test_a_text_that_does_not_contain_another(self) -> None:
        options: dict[str, Any] = {"field": "title", "with": "place", "relation": "contains"}
        head = "云山县人民政府办公室关于印发《全民健身方案》的通知\n\n各乡镇：\n请执行。\n\n"
        text = head + "云山县人民政府办公室\n2024年3月5日\n\n全民健身方案\n\n一、总体要求\n为民。\n"
        assert lines("compare", "plan", text, options) == [[9]]


class TestLeavesAlone:
    def test_two_texts_that_are_the_same_but_for_widths_and_spaces(self) -> None:
        assert titles("某县人民政府关于印发《某县健身方案（2024-2026年）》的通知", "某县健身方案(2024—2026年)") == []

    def test_two_texts_that_are_the_same_over_two_lines(self) -> None:
        assert (
            titles("某县人民政府关于印发《某县健身方案（2024—2026年）》的通知", "某县健身方案\n（2024—2026年）") == []
        )

    def test_a_plan_without_a_notice_where_there_is_nothing_to_compare(self) -> None:
        options = {"field": "title", "with": "notice_title", "relation": "same"}
        assert lines("compare", "plan", "某县健身方案\n\n一、总体要求\n为民。\n", options) == []

    def test_a_target_without_a_year(self) -> None:
        text = "一、工作目标\n每年培训骨干200人次。\n"
        assert lines("compare", "target", text, {"field": "year", "than": 2025, "relation": "lt"}) == []

    def test_two_numbers_that_are_the_same(self) -> None:
        text = "一、提升行动\n实施两项提升行动。\n（一）场地行动\n（二）骨干行动\n"
        assert lines("compare", "stated_count", text, {"field": "stated", "with": "actual", "relation": "same"}) == []

    def test_days_in_the_right_order_or_the_same(self) -> None:
        text = (
            "某县健身方案\n\n一、总体要求\n为民。\n\n某县人民政府\n2024年3月5日\n\n"
            "某县人民政府办公室　　2024年3月5日印发\n"
        )
        options = {"field": "signed_date", "with": "printed_date", "relation": "le"}
        assert lines("compare", "plan", text, options) == []

    def test_a_heading_on_the_first_level_which_has_none_above_it(self) -> None:
        options = {"field": "title", "with": "parent.title", "relation": "differs"}
        assert lines("compare", "heading", "一、主要任务\n（一）场地\n二、主要任务\n", options) == []
