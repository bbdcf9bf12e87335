"""``consistent``: one thing is written in one way all through the plan."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from checker.testing import Finding, findings

WORDING = {
    "of": "text",
    "variants": [{"name": "配合", "pattern": "配合"}, {"name": "参加", "pattern": "参加"}],
}


def clauses(*words: str) -> str:
    """Return a plan with one measure for each word, which says how the second unit takes part."""
    measures = [f"{n}.建好场地。新建。（县体育局牵头，县教育局{word}）\n" for n, word in enumerate(words, 1)]
    return "一、主要任务\n" + "".join(measures)


def wording(text: str, **options: Any) -> list[Finding]:
    return findings("consistent", "clause", text, {**WORDING, **options})


def styles(text: str, **options: Any) -> list[Finding]:
    return findings("consistent", "heading", text, {"of": "style", **options})


class TestReports:
    def test_the_rarer_way_at_its_own_words(self) -> None:
        (one,) = wording(clauses("配合", "参加", "配合"))
        assert (one.lines, one.words) == ([3], "参加")

    def test_which_way_it_is_and_what_is_usual(self) -> None:
        (one,) = wording(clauses("配合", "参加", "配合"))
        assert one.fields == {"written": "参加", "usual": "配合", "usual_count": "2"}

    def test_the_rarer_way_once_with_all_places(self) -> None:
        (one,) = wording(clauses("参加", "配合", "配合", "参加", "配合"))
        assert one.lines == [2, 5]

    def test_each_rarer_way_by_itself(self) -> None:
        variants = [*WORDING["variants"], {"name": "参与", "pattern": "参与"}]
        found = wording(clauses("参加", "配合", "配合", "参与", "配合"), variants=variants)
        assert [(one.lines, one.fields["written"]) for one in found] == [([2], "参加"), ([5], "参与")]

    def test_the_values_themselves_where_no_ways_are_listed(self) -> None:
        (one,) = styles("一、主要任务\n1.建场地。建。\n2.管场地。管。\n3、办赛事。办。\n", by="level")
        assert (one.lines, one.fields["written"], one.fields["usual"]) == ([4], "1、", "1.")

    def test_a_slip_in_one_group_only_against_its_own_group(self) -> None:
        # （一）、 is rare on its own level, 一、 is as frequent on the other.
        text = "一、任务\n（一）场地\n（二）赛事\n（三）、骨干\n二、保障\n加强。\n三、进度\n抓紧。\n"
        assert [one.lines for one in styles(text, by="level")] == [[4]]

    def test_a_draft_in_traditional_characters_by_the_words_of_the_rule(self) -> None:
        options = {"of": "text", "variants": [{"name": "参与", "pattern": "参与"}, {"name": "配合", "pattern": "配合"}]}
        text = clauses("配合", "參與", "配合").replace("县", "縣").replace("体育", "體育")
        assert [one.lines for one in findings("consistent", "clause", text, options)] == [[3]]


class TestLeavesAlone:
    def test_one_way_all_through(self) -> None:
        assert wording(clauses("配合", "配合", "配合")) == []

    def test_a_way_that_is_too_frequent_for_a_slip(self) -> None:
        assert wording(clauses("参加", "配合", "配合", "参加", "配合"), max_share=0.3) == []

    def test_a_node_that_is_written_in_two_ways_at_once(self) -> None:
        text = clauses("配合", "配合", "配合，县妇联参加")
        assert wording(text) == []

    def test_a_node_that_is_written_in_none_of_the_ways(self) -> None:
        assert wording(clauses("配合", "协助", "配合")) == []

    def test_a_word_of_the_text_outside_of_the_clauses(self) -> None:
        text = clauses("配合", "配合").replace("新建", "动员群众参加")
        assert wording(text) == []

    def test_different_ways_in_different_groups(self) -> None:
        assert styles("一、任务\n（一）场地\n1.建场地。建。\n（二）赛事\n1.办赛事。办。\n", by="level") == []

    def test_numbers_that_differ_which_is_no_difference_of_style(self) -> None:
        text = "一、主要任务\n" + "".join(f"{number}.建好第{number}处。建设。\n" for number in range(1, 13))
        assert styles(text, by="level") == []

    def test_a_value_that_is_not_there(self) -> None:
        variants = [{"name": "句号", "pattern": "^。$"}, {"name": "没有", "pattern": "^$"}]
        text = "一、任务\n（一）场地\n建。\n（二）赛事。办好赛事，发动群众。\n（三）骨干\n训。\n"
        assert findings("consistent", "heading", text, {"of": "ending", "variants": variants}) == []


class TestGroups:
    """Each group is looked at by itself: targets of one subject, year and unit."""

    BY: ClassVar[list[str]] = ["subject", "due", "unit"]
    HEAD = "云岭县健身方案（2021—2025年）\n\n一、工作目标\n"

    def values(self, *sentences: str, **options: Any) -> list[Finding]:
        text = self.HEAD + "".join(f"（{n}）{one}\n" for n, one in zip("一二三四", sentences, strict=False))
        return findings("consistent", "target", text, {"of": "value", "by": self.BY, **options})

    def test_two_values_of_one_metric(self) -> None:
        (one,) = self.values(
            "到2025年，体育场地达到100个。", "到2025年，体育场地达到100个。", "到2025年，体育场地达到120个。"
        )
        assert (one.lines, one.fields) == ([6], {"written": "120", "usual": "100", "usual_count": "2"})

    def test_the_places_of_the_usual_way_too_if_asked(self) -> None:
        sentences = ["到2025年，体育场地达到100个。", "到2025年，体育场地达到100个。", "到2025年，体育场地达到120个。"]
        (one,) = self.values(*sentences, show_usual=True)
        assert one.lines == [6, 4, 5]

    def test_of_two_that_are_as_frequent_the_second_is_told(self) -> None:
        (one,) = self.values("到2025年，体育场地达到100个。", "到2025年，体育场地达到120个。")
        assert one.lines == [5]

    def test_a_year_that_is_not_written_is_the_plans_last(self) -> None:
        (one,) = self.values("到2025年，体育场地达到100个。", "体育场地达到120个以上。")
        assert one.lines == [5]

    @pytest.mark.parametrize(
        "other",
        [
            "到2025年，体育场地达到100个。",  # the same value
            "到2023年，体育场地达到60个。",  # another year
            "到2025年，健身步道达到60个。",  # another metric
            "到2025年，体育场地达到60公顷。",  # another unit
        ],
    )
    def test_what_differs_in_one_of_them_is_of_another_group(self, other: str) -> None:
        assert self.values("到2025年，体育场地达到100个。", other) == []

    def test_by_one_attribute(self) -> None:
        text = "一、任务\n（一）甲\n1.建好。\n2．办好。\n3.管好。\n"
        assert [one.lines for one in styles(text, by="kind")] == [one.lines for one in styles(text, by=["kind"])]
