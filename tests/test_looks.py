"""Rules that look in several ways, that apply to some plans only, and whose examples bring options."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.applying import apply_all
from checker.engine import EVERYTHING
from checker.examples import tried_examples
from checker.host import host
from checker.model import Outcome, Violation
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.rule_reading import load
from checker.rulebook import Rule, Rulebook, rulebook

Run = Callable[..., Any]
PACK = "title: 试验\nversion: 1.0.0\n"
LEADS = """\
title: 写明牵头单位
severity: error
node: measure
check: required
options: {field: leads}
message: “{text}”没有写明牵头单位
message_en: "{text} names no lead"
also:
  - node: clause
    where: {leads: {missing: true}}
    check: absent
    message: 责任条款没有牵头单位：{text}
  - node: section
    where: {role: actions}
    check: pattern
    options: {pattern: 牵头, field: text}
"""
FIRST_MEASURE = "一、主要任务\n由各单位牵头。\n1.建好场地。新建。（县体育局牵头）\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of packs with one, ``trial``."""
    (tmp_path / "rules" / "trial").mkdir(parents=True)
    (tmp_path / "rules" / "trial" / "pack.yaml").write_text(PACK, encoding="utf-8")
    return tmp_path / "rules"


def read(folder: Path, rule: str) -> Rulebook:
    (folder / "trial" / "leads.yaml").write_text(rule, encoding="utf-8")
    return load([folder], host().checks)


def good(folder: Path, rule: str) -> Rule:
    """Return a rule, which must have no mistakes."""
    made = read(folder, rule)
    assert made.problems == ()
    return made.rules[0]


def problems(folder: Path, rule: str) -> list[str]:
    """Return what is wrong with a rule: line and column, and what is said."""
    made = read(folder, rule)
    assert made.rules == []
    return [problem.zh.removeprefix(f"{folder / 'trial' / 'leads.yaml'}:").splitlines()[0] for problem in made.problems]


def applied(folder: Path, rule: str, text: str, language: str = "zh") -> tuple[Outcome, list[Violation]]:
    good(folder, rule)
    ((outcome, found),) = apply_all(parse_text(from_string(text)), load([folder], host().checks), EVERYTHING, language)
    return outcome, found


class TestSeveralLooks:
    def test_each_has_its_own_node_conditions_check_and_options(self, folder: Path) -> None:
        looks = good(folder, LEADS).looks
        assert [(look.node, look.check.name) for look in looks] == [
            ("measure", "required"),
            ("clause", "absent"),
            ("section", "pattern"),
        ]
        assert [dict(look.where) for look in looks] == [{}, {"leads": {"missing": True}}, {"role": "actions"}]
        assert looks[2].options.field == "text"

    def test_one_without_a_message_has_the_rules_in_both_languages(self, folder: Path) -> None:
        own, clause, section = (look.message for look in good(folder, LEADS).looks)
        assert section == own == ("“{text}”没有写明牵头单位", "{text} names no lead")
        # What it says in Chinese only it says in both: the rule's own English words are of something else.
        assert clause == ("责任条款没有牵头单位：{text}", "责任条款没有牵头单位：{text}")

    def test_one_with_a_message_in_both_languages(self, folder: Path) -> None:
        rule = LEADS.replace("：{text}\n", "：{text}\n    message_en: 'No lead in {text}'\n")
        assert good(folder, rule).looks[1].message.en == "No lead in {text}"

    def test_what_all_of_them_find_is_the_rules(self, folder: Path) -> None:
        outcome, found = applied(folder, LEADS, FIRST_MEASURE + "2.办好赛事。办赛。（县教育局配合）\n")
        assert outcome == Outcome("trial/leads", "failed", 2)
        assert {violation.rule for violation in found} == {"trial/leads"}
        assert [(one.line, one.node, one.message) for one in found] == [
            (4, "measure", "“办赛。（县教育局配合）”没有写明牵头单位"),
            (4, "clause", "责任条款没有牵头单位：县教育局配合"),
        ]

    def test_in_the_language_of_the_run(self, folder: Path) -> None:
        _, (one, _) = applied(folder, LEADS, FIRST_MEASURE + "2.办好赛事。办赛。（县教育局配合）\n", "en")
        assert one.message == "办赛。（县教育局配合） names no lead"

    def test_it_passes_where_those_that_have_something_to_look_at_are_content(self, folder: Path) -> None:
        assert applied(folder, LEADS, FIRST_MEASURE) == (Outcome("trial/leads", "passed"), [])

    def test_one_that_has_nothing_to_look_at_leaves_the_others(self, folder: Path) -> None:
        rule = LEADS.replace("node: measure\n", "node: measure\nwhere: {section.role: project}\n")
        outcome, found = applied(folder, rule, FIRST_MEASURE + "2.办好赛事。办赛。（县教育局配合）\n")
        assert (outcome.outcome, [one.node for one in found]) == ("failed", ["clause"])

    def test_not_applicable_where_all_have_nothing(self, folder: Path) -> None:
        rule = LEADS.replace("check: absent", "check: pattern\n    options: {pattern: 牵头, field: text}")
        outcome, _ = applied(folder, rule, "一、工作目标\n提升。\n")
        assert outcome == Outcome("trial/leads", "not-applicable", 0, "没有可检查的内容")

    def test_one_that_waits_for_a_pack_leaves_the_others(self, folder: Path) -> None:
        floor = "  - node: target\n    check: compare\n    options: {field: value, relation: ge, than: null}\n"
        outcome, _ = applied(folder, f"{LEADS}{floor}    message: 太低\n", FIRST_MEASURE)
        assert outcome.outcome == "passed"

    def test_where_all_others_have_nothing_it_says_what_it_waits_for(self, folder: Path) -> None:
        rule = (
            "title: 试验\nseverity: info\nnode: target\ncheck: compare\n"
            "options: {field: value, relation: ge, than: null}\nmessage: 太低\n"
            "also:\n  - node: stage\n    check: required\n    options: {field: from}\n"
        )
        outcome, _ = applied(folder, rule, "一、工作目标\n到2025年，建成球场100个。\n")
        assert outcome.outcome == "not-applicable"
        assert outcome.reason == "要比的值（than）还没有写明，请写在规则包或 .plancheck.yaml 里"

    def test_it_comes_back_from_the_cache_as_it_was(self, folder: Path) -> None:
        good(folder, LEADS)
        first, second = (rulebook([str(folder)], host().checks) for _ in range(2))
        assert first.rules[0].looks == second.rules[0].looks
        assert len(second.rules[0].looks) == 3


class TestMistakesInLooks:
    @pytest.mark.parametrize(
        ("before", "after", "place", "word"),
        [
            ("node: clause", "node: clauze", "9:11", "您是不是想写“clause”"),
            ("check: absent", "check: absnt", "11:12", "您是不是想写“absent”"),
            ("{leads: {m", "{laeds: {m", "10:13", "您是不是想写“leads”"),
            ("field: text}", "field: txet}", "16:35", "您是不是想写“text”"),
            ("options: {pattern: 牵头", "options: {patern: 牵头", "16:15", "您是不是想写“pattern”"),
            ("{pattern: 牵头,", "{pattern: '牵头|',", "16:24", "匹配空文字"),
            ("责任条款没有牵头单位：{text}", "责任条款没有牵头单位：{txet}", "12:25", "您是不是想写“text”"),
            ("    message: 责任", "    mesage: 责任", "12:5", "您是不是想写“message”"),
            ("  - node: section\n", "  - nod: section\n", "13:5", "您是不是想写“node”"),
            ("where: {role: actions}", "where: {role: actoins}", "14:19", "您是不是想写“actions”"),
        ],
    )
    def test_a_mistake_is_told_at_its_place(self, folder: Path, before: str, after: str, place: str, word: str) -> None:
        assert LEADS.count(before) == 1
        (problem, *_) = problems(folder, LEADS.replace(before, after))
        assert problem.startswith(f"{place}: ")
        assert word in problem

    def test_those_of_several_looks_at_once(self, folder: Path) -> None:
        rule = LEADS.replace("node: clause", "node: clauze").replace("field: text}", "field: txet}")
        assert [problem.partition(" ")[0] for problem in problems(folder, rule)] == ["9:11:", "16:35:"]

    def test_the_rules_message_has_to_do_for_a_look_without_one(self, folder: Path) -> None:
        # {name} is of a measure; a section has none.
        (problem,) = problems(folder, LEADS.replace("“{text}”没有", "“{name}”没有"))
        assert problem.startswith("6:11: 没有名为“name”的消息字段")

    def test_but_not_for_one_with_a_message_of_its_own(self, folder: Path) -> None:
        rule = LEADS.replace("“{text}”没有", "“{responsibility}”没有").replace("{text} names", "It names")
        rule += "    message: 没有牵头\n"
        assert len(good(folder, rule).looks) == 3

    def test_an_english_message_alone_is_looked_at_too(self, folder: Path) -> None:
        (problem,) = problems(folder, LEADS + "    message_en: 'No lead in {txet}'\n")
        assert problem.startswith("17:29: 没有名为“txet”的消息字段")

    @pytest.mark.parametrize("also", ["also: {node: clause, check: absent}\n", "also: clause\n", "also: [clause]\n"])
    def test_a_list_of_looks_is_wanted(self, folder: Path, also: str) -> None:
        (problem,) = problems(folder, LEADS[: LEADS.index("also:")] + also)
        assert problem.startswith("8:")

    def test_a_pack_that_changes_the_message_is_told_where_a_look_cannot_fill_it_in(self, folder: Path) -> None:
        good(folder, LEADS)
        (folder / "local").mkdir()
        change = "extends: [trial]\nrules:\n  trial/leads: {message: '%s没有牵头'}\n"
        (folder / "local" / "pack.yaml").write_text(PACK + change % "{name}", encoding="utf-8")
        (problem,) = load([folder], host().checks).problems
        assert "没有名为“name”的消息字段" in problem.zh
        (folder / "local" / "pack.yaml").write_text(PACK + change % "{text}", encoding="utf-8")
        made = load([folder], host().checks)
        assert made.problems == ()
        own, clause, section = made.changed["trial/leads"][0].looks
        assert own.message == section.message == ("{text}没有牵头", "{text}没有牵头")
        assert clause.message.zh == "责任条款没有牵头单位：{text}"


class TestForWhichPlans:
    RULE = LEADS + "applies_when: {level: [县, 区], title: {lacks: 防汛}}\n"

    @pytest.mark.parametrize(
        ("title", "applies"),
        [("云岭县健身方案", True), ("北山区健身方案", True), ("白沙市健身方案", False), ("云岭县防汛方案", False)],
    )
    def test_a_rule_of_its_own(self, folder: Path, title: str, applies: bool) -> None:
        outcome, found = applied(folder, self.RULE, f"{title}\n\n一、主要任务\n1.办好赛事。办赛。\n")
        if applies:
            assert (outcome.outcome, len(found)) == ("failed", 2)
        else:
            assert outcome == Outcome("trial/leads", "not-applicable", 0, "规则不适用于本方案")
            assert found == []

    def test_said_in_english_too(self, folder: Path) -> None:
        outcome, _ = applied(folder, self.RULE, "白沙市健身方案\n\n一、主要任务\n1.办好赛事。办赛。\n", "en")
        assert outcome.reason == "the rule does not apply to this plan"

    @pytest.mark.parametrize(
        ("condition", "word"),
        [
            ("{levle: 县}", "level"),
            ("{level: 3}", "文字"),
            ("{section.role: action}", "section"),
            ("{level: {}}", "空"),
        ],
    )
    def test_a_condition_with_a_mistake(self, folder: Path, condition: str, word: str) -> None:
        (problem, *_) = problems(folder, f"{LEADS}applies_when: {condition}\n")
        assert problem.startswith("17:")
        assert word in problem


FLOOR = """\
title: 比例不低于上级
severity: warning
node: target
check: compare
options: {field: value, relation: ge, than: null}
message: '{value} 低于 {other}'
examples:
  good:
    - plan: "一、工作目标\\n到2025年，比例达到9%。\\n"
    - {options: {than: 15}, plan: "一、工作目标\\n到2025年，比例达到16%。\\n"}
  bad:
    - {options: {than: 15}, at: [2], plan: "一、工作目标\\n到2025年，比例达到9%。\\n"}
"""


class TestExamplesWithOptions:
    def test_are_tried_with_them(self, folder: Path) -> None:
        made = read(folder, FLOOR)
        assert made.problems == ()
        (rule,) = made.rules
        assert [one.verdict for one in tried_examples(rule, made)] == ["validated", "validated", "reported"]

    def test_and_would_be_something_else_without(self, folder: Path) -> None:
        made = read(folder, FLOOR.replace("options: {than: 15}, at", "at"))
        assert [one.verdict for one in tried_examples(made.rules[0], made)][-1] == "missing"

    def test_the_rules_other_options_stay(self, folder: Path) -> None:
        made = read(folder, FLOOR.replace("{options: {than: 15}, at", "{options: {than: 5}, at"))
        assert [one.verdict for one in tried_examples(made.rules[0], made)][-1] == "missing"

    @pytest.mark.parametrize(
        ("options", "word"),
        [
            ("{thna: 15}", "您是不是想写“than”"),
            ("{than: 高}", "类型不同"),
            ("{relation: least}", "ge"),
            ("{field: valeu}", "您是不是想写“value”"),
            ("15", "object"),
        ],
    )
    def test_a_wrong_option_is_told_at_the_example(self, folder: Path, options: str, word: str) -> None:
        (problem,) = problems(folder, FLOOR.replace("{options: {than: 15}, at", f"{{options: {options}, at"))
        assert problem.startswith("12:")
        assert word in problem

    def test_the_further_looks_of_the_rule_are_not_theirs(self, folder: Path) -> None:
        rule = (
            FLOOR + "also:\n  - node: stage\n    check: required\n    options: {field: from}\n    message: 没有年份\n"
        )
        made = read(folder, rule)
        assert made.problems == ()
        assert [one.verdict for one in tried_examples(made.rules[0], made)] == ["validated", "validated", "reported"]


def test_a_comparison_with_nothing_yet_is_not_applicable_until_a_pack_says_with_what(folder: Path) -> None:
    text = "一、工作目标\n到2025年，比例达到9%。\n"
    outcome, _ = applied(folder, FLOOR, text)
    reason = "要比的值（than）还没有写明，请写在规则包或 .plancheck.yaml 里"
    assert outcome == Outcome("trial/leads", "not-applicable", 0, reason)
    (folder / "local").mkdir()
    change = "extends: [trial]\nrules:\n  trial/leads: {options: {than: 15}}\n"
    (folder / "local" / "pack.yaml").write_text(PACK + change, encoding="utf-8")
    made = load([folder], host().checks)
    assert made.problems == ()
    ((outcome, (violation,)),) = apply_all(parse_text(from_string(text)), made, EVERYTHING, "zh")
    assert (outcome.outcome, violation.message) == ("failed", "9 低于 15")


class TestExplain:
    def test_every_look_is_explained(self, plancheck: Run, folder: Path) -> None:
        good(folder, LEADS)
        said = plancheck("explain", "trial/leads", "--rules", str(folder)).stdout
        assert "检查：measure\n要求：required：字段不能为空\n" in said
        assert "还检查：clause（leads 缺失 true）\n" in said
        assert "消息：责任条款没有牵头单位：{text}\n" in said
        assert "还检查：section（role = actions）\n要求：pattern：" in said
        assert said.count("消息：“{text}”没有写明牵头单位\n") == 2

    def test_for_which_plans_it_is(self, plancheck: Run, folder: Path) -> None:
        good(folder, TestForWhichPlans.RULE)
        said = plancheck("explain", "trial/leads", "--rules", str(folder)).stdout
        assert "适用：level = 县、区；title 不匹配 防汛\n" in said

    def test_and_in_english(self, plancheck: Run, folder: Path) -> None:
        good(folder, LEADS)
        said = plancheck("explain", "trial/leads", "--rules", str(folder), "--lang", "en").stdout
        assert said.count("also looks at: ") == 2
