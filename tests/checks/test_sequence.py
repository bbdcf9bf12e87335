"""``sequence``: the numbers of headings and items follow one another."""

from __future__ import annotations

from typing import Any

import pytest

from checker.testing import findings


def problems(text: str, where: dict[str, Any] | None = None) -> list[tuple[list[int], str]]:
    return [(one.lines, one.fields["problem"]) for one in findings("sequence", "heading", text, where=where)]


class TestReports:
    def test_a_number_that_is_missing(self) -> None:
        text = "一、主要任务\n（一）场地行动\n（三）骨干行动\n"
        assert problems(text) == [([3], "前面缺少“（二）”")]

    def test_several_that_are_missing(self) -> None:
        text = "一、主要任务\n（一）场地行动\n（四）骨干行动\n"
        assert problems(text) == [([3], "前面缺少“（二）、（三）”")]

    def test_many_that_are_missing_by_the_first_and_the_last(self) -> None:
        text = "一、主要任务\n（一）场地行动\n（八）骨干行动\n"
        assert problems(text) == [([3], "前面缺少“（二）至（七）”")]

    def test_a_list_that_does_not_begin_with_one(self) -> None:
        text = "一、主要任务\n（二）场地行动\n（三）骨干行动\n"
        assert problems(text) == [([2], "前面缺少“（一）”")]

    def test_a_number_that_stands_twice_with_both_places(self) -> None:
        text = "一、主要任务\n（一）场地行动\n（二）骨干行动\n（二）宣传行动\n"
        assert problems(text) == [([4, 3], "与前一个编号重复")]

    def test_a_number_that_goes_back(self) -> None:
        text = "一、总体要求\n为民。\n二、主要任务\n建设。\n三、组织保障\n加强。\n二、进度安排\n抓紧。\n"
        assert problems(text) == [([7, 5], "排在“三、”之后，次序颠倒")]

    def test_a_gap_among_the_first_headings(self) -> None:
        text = "一、总体要求\n为民。\n三、主要任务\n建设。\n"
        assert problems(text) == [([3], "前面缺少“二、”")]

    @pytest.mark.parametrize(
        ("one", "three", "two"),
        [
            ("1.", "3.", "2."),
            ("1．", "3．", "2．"),
            ("（1）", "（3）", "（2）"),
            ("(一)", "(三)", "(二)"),
            ("1、", "3、", "2、"),
        ],
    )
    def test_the_missing_number_is_written_as_the_others_are(self, one: str, three: str, two: str) -> None:
        text = f"一、主要任务\n{one}建好场地。新建一批。\n{three}办好赛事。每月办赛。\n"
        assert problems(text) == [([3], f"前面缺少“{two}”")]

    def test_articles_that_run_on_with_a_gap(self) -> None:
        text = "第一章 总则\n第一条 为促进健身，制定本方案。\n第二章 任务\n第三条 建好场地。\n"
        assert problems(text) == [([4], "前面缺少“第二条”")]

    def test_measures_that_run_on_with_a_gap(self) -> None:
        text = "一、主要任务\n（一）场地\n1.建场地。新建。\n2.管场地。维护。\n（二）骨干\n4.训骨干。培训。\n"
        ((found, _),) = problems(text)
        assert found == [6]


class TestLeavesAlone:
    def test_numbers_that_begin_anew_under_each_heading(self) -> None:
        text = "一、主要任务\n（一）场地\n1.建场地。新建。\n2.管场地。维护。\n（二）骨干\n1.训骨干。培训。\n"
        assert problems(text) == []

    def test_numbers_that_run_on_across_headings(self) -> None:
        text = "一、主要任务\n（一）场地\n1.建场地。新建。\n2.管场地。维护。\n（二）骨干\n3.训骨干。培训。\n"
        assert problems(text) == []

    def test_articles_that_run_on_across_chapters(self) -> None:
        text = "第一章 总则\n第一条 为促进健身，制定本方案。\n第二章 任务\n第二条 建好场地。\n"
        assert problems(text) == []

    def test_a_second_list_of_arabic_numbers_in_one_section_which_may_begin_anew(self) -> None:
        text = "一、组织保障\n场地方面：\n1.建场地。\n2.管场地。\n赛事方面：\n1.办赛事。\n2.评赛事。\n"
        assert problems(text) == []

    def test_a_gap_on_a_level_that_the_conditions_leave_out(self) -> None:
        text = "一、主要任务\n（一）场地行动\n（三）骨干行动\n"
        assert problems(text, {"level": 1}) == []

    def test_the_second_plan_of_a_notice_which_is_numbered_by_itself(self) -> None:
        one = "某县健身实施方案\n\n一、目标\n提升。\n二、任务\n建设。\n\n某县人民政府\n2021年5月6日\n\n"
        assert problems(one + one.replace("健身", "防汛")) == []

    def test_numbers_beyond_ten(self) -> None:
        text = "一、主要任务\n" + "".join(f"{number}.建好第{number}处。建设。\n" for number in range(1, 24))
        assert problems(text) == []
        chinese = "一二三四五六七八九十"
        ordinals = [*chinese, *(f"十{one}" for one in chinese[:9]), "二十", "二十一"]
        assert problems("".join(f"第{ordinal}条 建好场地。\n" for ordinal in ordinals)) == []

    def test_a_single_heading_that_is_the_first(self) -> None:
        assert problems("一、主要任务\n建设。\n") == []
