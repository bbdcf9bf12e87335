"""``balanced``: brackets and quotation marks close, in the paragraph in which they open."""

from __future__ import annotations

from typing import Any

import pytest

from checker.testing import Finding, findings


def alone(paragraph: str, **options: Any) -> list[Finding]:
    return findings("balanced", "paragraph", f"一、工作目标\n{paragraph}\n", options)


def marks(paragraph: str, **options: Any) -> list[str]:
    return [one.words for one in alone(paragraph, **options)]


class TestReports:
    @pytest.mark.parametrize("mark", ["（", "〔", "《", "“", "‘", "("])
    def test_a_mark_that_does_not_close(self, mark: str) -> None:
        (one,) = alone(f"全面提升{mark}健身水平。")
        assert (one.lines, one.words, one.fields["mark"]) == ([2], mark, mark)

    @pytest.mark.parametrize("mark", ["）", "〕", "》", "”", "’", ")"])
    def test_a_mark_that_was_never_opened(self, mark: str) -> None:
        assert marks(f"全面提升{mark}健身水平。") == [mark]

    def test_a_mark_that_closes_in_the_next_paragraph_only(self) -> None:
        found = alone("全面提升（健身。\n让群众）满意。")
        assert [(one.lines, one.words) for one in found] == [([2], "（"), ([3], "）")]

    def test_a_mark_inside_of_a_pair(self) -> None:
        assert marks("落实《健身（条例》要求。") == ["（"]

    def test_two_that_open_and_one_that_closes(self) -> None:
        assert marks("落实《《健身条例》要求。") == ["《"]

    def test_other_pairs_of_the_rule(self) -> None:
        assert marks("全面『提升健身水平（试行。", pairs=["『』"]) == ["『"]

    def test_a_mark_in_a_line_that_a_conversion_cut(self) -> None:
        first = "全县要认真组织好、宣传好、总结好各项群众性体育健身\n"
        (one,) = alone(f"{first}活动（含乡镇，让群众满意，让各单位放心，确保取得实效。")
        assert (one.lines, one.words) == ([3], "（")


class TestLeavesAlone:
    @pytest.mark.parametrize(
        "words",
        [
            "落实《健身条例》（国发〔2021〕9号）要求。",
            "弘扬“健身‘精神’”。",
            "落实《〈健身条例〉实施办法》。",
            "各县（市、区）、街道（乡镇）。",
        ],
    )
    def test_marks_that_close_in_order(self, words: str) -> None:
        assert marks(words) == []

    def test_a_pair_of_two_widths_which_is_another_rules_business(self) -> None:
        assert marks("全面提升（健身)水平。") == []

    def test_a_number_with_one_bracket(self) -> None:
        assert marks("1）建好场地。") == []
        assert marks("１)建好场地。") == []

    def test_a_pair_over_lines_that_a_conversion_cut(self) -> None:
        first = "全县要认真组织好、宣传好、总结好各项群众性体育健身\n"
        assert marks(f"{first}活动（含乡镇），让群众满意，让各单位放心，确保取得实效。") == []
        assert marks(f"{first[:-6]}（健身\n活动），让群众满意，让各单位放心，确保取得实效。") == []

    def test_marks_of_which_the_rule_does_not_speak(self) -> None:
        assert marks("全面提升（健身水平。", pairs=["《》"]) == []

    def test_relations_which_are_no_brackets(self) -> None:
        assert marks("比例<50%，人数＞100。") == []
        assert marks("位置：首页>政务公开＞文件。") == []

    def test_an_apostrophe(self) -> None:
        assert marks("引进Let’s Run读本，称为‘Let’s Run’。") == []

    def test_numbers_with_one_bracket_in_running_text(self) -> None:
        assert marks("包括：1）选场地；2）选人员；（3）选时间；a)其他。") == []
