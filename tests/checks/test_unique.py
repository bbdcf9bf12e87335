"""``unique``: nothing stands twice."""

from __future__ import annotations

from typing import Any

from finding_lines import lines

from checker.testing import Finding, findings


def units(clause: str) -> list[Finding]:
    return findings("unique", "clause", f"一、主要任务\n1.建好场地。新建。（{clause}）\n", {"of": "units"})


def repeated(of: str, sentence: str, **options: Any) -> list[str]:
    """Return what is found twice in the one sentence of a plan."""
    found = findings("unique", "sentence", f"一、工作目标\n{sentence}\n", {"of": of, **options})
    return [one.fields["repeated"] for one in found]


class TestReportsUnits:
    def test_that_lead_and_support(self) -> None:
        (one,) = units("县体育局牵头，县教育局、县体育局配合")
        assert (one.lines, one.words) == ([2, 2], "县体育局")
        assert one.fields == {"repeated": "县体育局", "first_part": "牵头单位", "second_part": "配合单位"}

    def test_that_support_twice(self) -> None:
        assert [one.fields["repeated"] for one in units("县体育局牵头，县教育局、县妇联、县教育局配合")] == ["县教育局"]

    def test_whose_prefix_is_left_out_the_second_time(self) -> None:
        assert [one.fields["repeated"] for one in units("县体育局牵头，县妇联、教育局、妇联配合")] == ["县妇联"]

    def test_each_repetition(self) -> None:
        assert len(units("县体育局牵头，县体育局、县教育局、县教育局配合")) == 2


class TestLeavesUnitsAlone:
    def test_that_may_stand_twice(self) -> None:
        text = "一、主要任务\n1.建好场地。新建。（县体育局牵头，县教育局、县体育局配合）\n"
        assert findings("unique", "clause", text, {"of": "units", "allowed": ["县体育局"]}) == []


class TestReportsWordsAndPhrases:
    def test_phrases_between_marks_of_either_width(self) -> None:
        assert repeated("phrases", "加强科学宣传，加强科学宣传。", marks=",。", min_length=4) == ["加强科学宣传"]

    def test_a_word_twice_in_a_row_at_the_second(self) -> None:
        (one,) = findings("unique", "sentence", "一、工作目标\n建强队伍队伍。\n", {"of": "words"})
        assert (one.lines, one.words, one.fields["repeated"]) == ([2], "队伍", "队伍")

    def test_a_longer_word(self) -> None:
        assert repeated("words", "推进公共服务公共服务均等化。") == ["公共服务"]

    def test_a_phrase_twice_in_a_sentence_with_both_places(self) -> None:
        text = "一、工作目标\n统筹推进、广泛发动、统筹推进。\n"
        (one,) = findings("unique", "sentence", text, {"of": "phrases", "min_length": 4})
        assert (one.lines, one.words) == ([2, 2], "统筹推进")

    def test_what_stands_there_many_times_in_one_finding(self) -> None:
        text = "一、工作目标\n统筹推进、统筹推进、广泛发动、统筹推进，建强队伍队伍，用好队伍队伍。\n"
        (one,) = findings("unique", "sentence", text, {"of": "phrases", "min_length": 4})
        assert one.lines == [2, 2, 2]
        (one,) = findings("unique", "sentence", text, {"of": "words"})
        assert (one.lines, one.words) == ([2, 2], "队伍")

    def test_a_word_in_another_field(self) -> None:
        text = "一、提升提升行动\n"
        assert lines("unique", "section", text, {"of": "words", "field": "title"}) == [[1]]

    def test_a_word_that_the_end_of_a_line_cut(self) -> None:
        first = "全县要认真组织好、宣传好、总结好各项群众性体育健身活动，加强裁判队"
        assert lines("unique", "paragraph", f"一、工作目标\n{first}\n伍队伍建设，让群众满意。\n", {"of": "words"}) == [
            [3]
        ]

    def test_what_the_rule_says_is_doubled_too(self) -> None:
        (one,) = findings(
            "unique", "sentence", "一、工作目标\n建强，，用好队伍。\n", {"of": "words", "also": "，，|的的"}
        )
        assert (one.lines, one.words, one.fields["repeated"]) == ([2], "，", "，")
        assert repeated("words", "建强自己的的队伍队伍。", also="，，|的的") == ["队伍", "的"]

    def test_a_phrase_that_the_next_one_takes_up(self) -> None:
        text = "一、工作目标\n定期组织比赛，依法组织比赛，表彰先进，组织比赛评选活动。\n"
        assert lines("unique", "sentence", text, {"of": "phrases", "min_length": 8, "taken_up": 4}) == []
        text = text.replace("定期组织比赛", "组织比赛")
        (one,) = findings("unique", "sentence", text, {"of": "phrases", "min_length": 8, "taken_up": 4})
        assert (one.words, one.fields["repeated"]) == ("依法组织比赛", "组织比赛")

    def test_a_phrase_that_takes_up_the_one_before(self) -> None:
        text = "加强宣传，广泛组织群众比赛，组织群众比赛。"
        assert repeated("phrases", text, min_length=8, taken_up=6) == ["组织群众比赛"]

    def test_sentences_alike_but_for_their_middle(self) -> None:
        text = "一、工作目标\n完善制度，鼓励企业开放运动场地。鼓励事业单位开放运动场地。\n"
        (one,) = findings("unique", "paragraph", text, {"of": "phrases", "min_length": 8, "alike": [2, 6]})
        assert (one.words, one.fields["repeated"]) == ("鼓励事业单位开放运动场地", "开放运动场地")

    def test_phrases_between_the_marks_of_the_rule(self) -> None:
        text = "组织篮球、足球比赛，推广“工间操”，组织篮球、足球比赛。"
        assert repeated("phrases", text, min_length=7, marks="，。") == ["组织篮球、足球比赛"]
        assert repeated("phrases", text, min_length=7) == []

    def test_phrases_of_a_responsibility_clause_itself(self) -> None:
        text = "一、主要任务\n1.建场地。新建。（责任单位：县文化广电体育局、县教育局、县文化广电体育局）\n"
        assert lines("unique", "clause", text, {"of": "phrases", "min_length": 8}) == [[2, 2]]


class TestReportsNodes:
    def test_two_with_the_same_title_at_the_second_with_the_first(self) -> None:
        text = "一、主要任务\n（一）场地行动\n建。\n二、组织保障\n（一）场地行动\n管。\n"
        assert lines("unique", "section", text, {"of": "nodes"}) == [[5, 2]]

    def test_two_whose_titles_differ_in_width_only(self) -> None:
        text = "一、主要任务\n（一）场地行动（试点）\n建。\n（二）场地行动(试点)\n管。\n"
        assert lines("unique", "section", text, {"of": "nodes"}) == [[4, 2]]

    def test_two_with_the_same_value_of_another_field(self) -> None:
        text = "一、工作目标\n到2023年，建成球场60个；到2025年，建成球场100个。\n"
        assert lines("unique", "target", text, {"of": "nodes", "field": "metric"}) == [[2, 2]]


class TestLeavesAlone:
    def test_a_unit_in_two_clauses(self) -> None:
        text = "一、主要任务\n1.建场地。新建。（县体育局牵头）\n2.办赛事。办赛。（县体育局牵头）\n"
        assert lines("unique", "clause", text, {"of": "units"}) == []

    def test_two_units_of_which_one_is_part_of_the_others_name(self) -> None:
        assert units("县体育局牵头，县体育局训练中心配合") == []

    def test_characters_that_are_doubled_which_are_words_of_their_own(self) -> None:
        assert repeated("words", "层层压实责任，人人参与，常常检查。") == []

    def test_a_word_that_stands_twice_but_not_in_a_row(self) -> None:
        assert repeated("words", "建强队伍，用好队伍。") == []

    def test_a_word_across_a_mark(self) -> None:
        assert repeated("words", "不断加强、加强再加强。") == []

    def test_words_that_may_stand_twice(self) -> None:
        assert repeated("words", "大家研究研究再定。", allowed=["研究"]) == []

    def test_words_that_are_too_short_for_the_rule(self) -> None:
        assert repeated("words", "建强队伍队伍。", min_length=3) == []

    def test_words_in_columns(self) -> None:
        assert repeated("words", "年　　月　　日　　　　年　　月　　日") == []
        assert repeated("words", "姓名  职务  姓名  职务") == []

    def test_digits_in_a_row(self) -> None:
        assert repeated("words", "共2020份，编号1212。") == []

    def test_words_that_the_rule_ignores(self) -> None:
        text = "一项一项落实，服务服务业，建强队伍队伍。"
        assert repeated("words", text, ignore="^一|^.{4}业") == ["队伍"]

    def test_phrases_that_the_rule_ignores(self) -> None:
        text = "根据有关规定，奖励先进，根据有关规定，处罚落后。"
        assert repeated("phrases", text, min_length=4, ignore="^根据") == []

    def test_units_of_two_clauses_in_one_paragraph(self) -> None:
        text = "一、主要任务\n1.建场地。新建。（责任单位：县教育局）管场地。验收。（责任单位：县教育局）\n"
        assert lines("unique", "paragraph", text, {"of": "phrases", "min_length": 4}) == []

    def test_digits_and_marks_which_do_not_count(self) -> None:
        text = "到2025年12月底，建成（2021—2025年），到2025年12月底，管好（2021—2025年）。"
        assert repeated("phrases", text, min_length=5) == []

    def test_a_title_that_the_first_sentence_takes_up(self) -> None:
        text = "一、主要任务\n1.组织群众比赛。广泛组织群众比赛，表彰先进。\n"
        assert lines("unique", "paragraph", text, {"of": "phrases", "min_length": 8, "taken_up": 4}) == []

    def test_sentences_that_are_meant_to_be_parallel(self) -> None:
        for text in (
            "加强宣传。推进甲地建设。推进乙地建设。",  # too little is the same at the end
            "加强宣传。鼓励企业开放运动场地，鼓励医院开放运动场地。",  # no sentences
            "加强宣传。新建10个以上运动场地。新建20个以上运动场地。",  # other figures
            "加强宣传。鼓励企业和个体工商户以多种形式开放运动场地。鼓励学校开放运动场地。",  # more differs
        ):
            found = findings(
                "unique", "paragraph", f"一、工作目标\n{text}\n", {"of": "phrases", "min_length": 8, "alike": [2, 6]}
            )
            assert [one.words for one in found] == []

    def test_a_phrase_in_two_sentences(self) -> None:
        assert repeated("phrases", "统筹推进。统筹推进。", min_length=4) == []

    def test_a_short_phrase_that_stands_twice(self) -> None:
        assert repeated("phrases", "县级、乡级、县级。", min_length=4) == []

    def test_nodes_without_the_field(self) -> None:
        text = "一、工作目标\n每年培训骨干200人次，每年办赛10场。\n"
        assert lines("unique", "citation", f"《甲办法》《乙办法》\n{text}", {"of": "nodes", "field": "number"}) == []

    def test_nodes_whose_value_may_stand_twice(self) -> None:
        text = "一、主要任务\n（一）加强宣传\n建。\n二、组织保障\n（一）加强宣传\n管。\n"
        assert lines("unique", "section", text, {"of": "nodes", "allowed": ["加强宣传"]}) == []
