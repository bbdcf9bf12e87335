"""``pattern``: the text of each chosen node matches a pattern, or does not."""

from __future__ import annotations

from typing import Any

from finding_lines import lines

from checker.testing import Finding, findings

TASKS = """\
一、主要任务
（一）场地行动
1.建好场地。新建一批场地。（县体育局牵头）
2.办好赛事。办赛,发奖。（县教育局牵头）
"""


def forbidden(node: str, text: str, pattern: str, **options: Any) -> list[Finding]:
    return findings("pattern", node, text, {"pattern": pattern, "must": "not-match", **options})


class TestReportsWhatDoesNotMatch:
    def test_a_node_whose_text_has_no_match_at_the_whole_node(self) -> None:
        (one,) = findings("pattern", "target", "一、工作目标\n全县建成球场100个。\n", {"pattern": "步道"})
        assert (one.lines, one.words) == ([2], "全县建成球场100个")

    def test_each_of_several_by_itself(self) -> None:
        assert lines("pattern", "measure", TASKS, {"pattern": "行动$"}) == [[3], [4]]

    def test_all_in_one_finding_where_once_is_enough(self) -> None:
        assert lines("pattern", "measure", TASKS, {"pattern": "行动$", "once": True}) == [[3, 4]]

    def test_a_section_and_a_measure_by_their_titles_unless_the_rule_names_a_field(self) -> None:
        assert lines("pattern", "measure", TASKS, {"pattern": "新建|办赛"}) == [[3], [4]]
        assert lines("pattern", "measure", TASKS, {"pattern": "新建", "field": "text"}) == [[4]]
        assert lines("pattern", "section", TASKS, {"pattern": "任务"}) == [[2]]

    def test_a_unit_by_its_name(self) -> None:
        (one,) = findings("pattern", "unit", TASKS, {"pattern": "体育"})
        assert one.words == "县教育局"


class TestReportsWhatMustNotMatch:
    def test_the_match_itself_not_the_whole_node(self) -> None:
        (one,) = forbidden("paragraph", TASKS, "(?<=办赛),")
        assert (one.lines, one.words, one.fields["match"]) == ([4], ",", ",")

    def test_each_match_of_a_node(self) -> None:
        found = forbidden("paragraph", "一、工作目标\n提升,巩固,扩大。\n", ",")
        assert [one.lines for one in found] == [[2], [2]]

    def test_all_matches_in_one_finding_where_once_is_enough(self) -> None:
        text = "一、工作目标\n提升,巩固。\n二、主要任务\n扩大,总结。\n"
        assert [one.lines for one in forbidden("paragraph", text, ",", once=True)] == [[2, 4]]

    def test_with_what_should_stand_there_instead(self) -> None:
        (one,) = forbidden("paragraph", "一、工作目标\n建成3千个。\n", "([0-9])千", fix=r"\g<1>000")
        assert (one.words, one.fix) == ("3千", "3000")

    def test_a_match_in_a_line_that_a_conversion_cut(self) -> None:
        first = "全县要认真组织好、宣传好、总结好各项群众性体育健身\n"
        text = f"一、工作目标\n{first}活动活动，让群众满意，让各单位放心，确保取得实效。\n"
        (one,) = forbidden("paragraph", text, "活动活动")
        assert (one.lines, one.words) == ([3], "活动活动")

    def test_a_match_in_a_draft_in_traditional_characters_in_its_own_words(self) -> None:
        (one,) = forbidden("paragraph", "一、工作目標\n為學校開設體育課程，組織健步活動。\n", "体育课程")
        assert (one.words, one.fields["match"]) == ("體育課程", "體育課程")

    def test_a_fix_stands_at_the_words_that_it_replaces_or_there_is_none(self) -> None:
        # The text of a section is not in its heading: a fix there would overwrite the heading.
        text = "一、工作目标\n提升,巩固。\n"
        (one,) = forbidden("section", text, ",", field="text", fix="，")
        assert one.fix is None or one.words == ","


class TestLeavesAlone:
    def test_a_text_with_the_match_anywhere_in_it(self) -> None:
        assert lines("pattern", "section", TASKS, {"pattern": "行动|任务"}) == []

    def test_a_node_without_the_field_which_is_another_rules_business(self) -> None:
        text = "为落实《全民健身条例》，制定本方案。\n"
        assert lines("pattern", "citation", text, {"pattern": "国发", "field": "number"}) == []

    def test_a_text_in_traditional_characters_that_has_the_words_of_the_rule(self) -> None:
        assert lines("pattern", "section", "一、體育場館建設行動\n", {"pattern": "体育场馆"}) == []

    def test_a_title_that_does_not_have_what_only_the_text_has(self) -> None:
        assert forbidden("measure", TASKS, "新建") == []

    def test_nodes_that_the_conditions_do_not_choose(self) -> None:
        where = {"section.title": {"matches": "骨干"}}
        assert lines("pattern", "measure", TASKS, {"pattern": "行动$"}, where=where) == []
