"""The bundled rules do what their own examples promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.engine import Selection, check_plan
from checker.examples import report_on
from checker.host import host
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.reporters.words import width
from checker.rule_reading import load
from checker.rulebook import Pack, Rule
from checker.testing import assert_examples

RULEBOOK = load(host().rule_places, host().checks)
SEVERITIES = {
    "gongwen/attachments": "warning",
    "gongwen/balanced": "error",
    "gongwen/bracket-width": "warning",
    "gongwen/broken-paragraph": "info",
    "gongwen/cited-document": "error",
    "gongwen/dates": "error",
    "gongwen/doc-number": "warning",
    "gongwen/dunhao-between-quotes": "info",
    "gongwen/fixed-phrase": "warning",
    "gongwen/layout-body": "warning",
    "gongwen/layout-characters": "info",
    "gongwen/layout-headings": "warning",
    "gongwen/layout-indent": "info",
    "gongwen/layout-lines": "info",
    "gongwen/layout-margins": "warning",
    "gongwen/layout-page-number": "warning",
    "gongwen/layout-page-size": "warning",
    "gongwen/layout-title": "warning",
    "gongwen/foreign-residue": "error",
    "gongwen/number-form": "info",
    "gongwen/page-residue": "info",
    "gongwen/percent-sign": "info",
    "gongwen/punctuation-width": "warning",
    "gongwen/quote-style": "warning",
    "gongwen/range-dash": "info",
    "gongwen/repeated-phrase": "warning",
    "gongwen/repeated-word": "error",
    "gongwen/replaced-word": "error",
    "gongwen/sensitive-wording": "warning",
    "gongwen/signed-date": "warning",
    "gongwen/stray-space": "info",
    "gongwen/title-marks": "warning",
    "plan/clause-form": "warning",
    "plan/clause-punctuation": "info",
    "plan/clause-wording": "warning",
    "plan/copied-from-superior": "warning",
    "plan/heading-punctuation": "info",
    "plan/heading-repeats-parent": "warning",
    "plan/lead-unit": "error",
    "plan/measure-title": "info",
    "plan/measures": "warning",
    "plan/numbering": "error",
    "plan/numbering-style": "warning",
    "plan/one-lead": "info",
    "plan/period-agrees": "warning",
    "plan/required-sections": "warning",
    "plan/short-title": "warning",
    "plan/stage-period": "warning",
    "plan/stages": "warning",
    "plan/stages-cover-period": "warning",
    "plan/stages-order": "info",
    "plan/stated-count": "error",
    "plan/target": "error",
    "plan/target-conflict": "error",
    "plan/target-year": "warning",
    "plan/title-agrees": "warning",
    "plan/unit-name": "warning",
    "plan/unit-prefix": "info",
    "plan/unit-repeated": "warning",
    "plan/unit-roster": "warning",
    "plan/unit-unknown": "error",
    "plan/vague-measure": "info",
    "science-literacy/literacy-floor": "warning",
    "science-literacy/literacy-target": "error",
    "science-literacy/outline-cited": "warning",
    "science-literacy/project-name": "info",
    "science-literacy/required-actions": "error",
    "science-literacy/required-projects": "warning",
    "science-literacy/safeguards": "warning",
    "science-literacy/superior-cited": "info",
}

each_rule = pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.id)


def test_rule_files_have_no_mistakes() -> None:
    assert RULEBOOK.problems == ()


def test_ids_and_severities_are_those_of_the_design() -> None:
    assert {rule.id: rule.definition.severity for rule in RULEBOOK.rules} == SEVERITIES
    assert [pack.name for pack in RULEBOOK.packs] == ["gongwen", "plan", "science-literacy"]


@pytest.mark.parametrize("pack", RULEBOOK.packs, ids=lambda pack: pack.name)
def test_good_examples_stay_silent_and_bad_ones_are_reported_at_exactly_their_lines(pack: Pack) -> None:
    assert_examples(Path(pack.path).parent)


@each_rule
def test_a_rule_brings_two_good_and_two_bad_examples(rule: Rule) -> None:
    given = rule.definition.examples
    assert len(given.good) >= 2
    assert len(given.bad) >= 2
    assert all(example.why for example in given.good[1:]), "a near miss says why it is none"
    assert not any(example.at for example in given.good), "nothing is reported in a good example"


@each_rule
def test_a_rule_speaks_both_languages(rule: Rule) -> None:
    given = rule.definition
    for words in (given.title_en, given.message_en, *(look.message_en for look in given.also if look.message)):
        assert words
        # How a number looks is shown, in either language.
        assert not re.search("[\u4e00-\u9fff]", words.replace("国发〔2021〕9号", ""))
    for words in (given.title, *(look.message.zh for look in rule.looks)):
        assert re.search("[\u4e00-\u9fff]", words)
    assert rule.title("en") == given.title_en
    assert rule.looks[0].message.en == given.message_en


@each_rule
def test_a_rule_says_in_both_languages_what_to_do(rule: Rule) -> None:
    zh, en = rule.help("zh"), rule.help("en")
    assert (zh, en) == (rule.definition.help, rule.definition.help_en)
    assert re.search("[\u4e00-\u9fff]", zh)
    # What has to stand in a draft is shown as it stands there, in brackets or quotation marks; the sentence is English.
    sentence = re.sub(r"“[^“”]*”|《[^《》]*》|（[^（）]*）|\([^()]*\)", "", en)
    assert not re.search("[\u4e00-\u9fff]", sentence)
    assert len(re.findall("[A-Za-z]", en)) > 2 * len(re.findall("[\u4e00-\u9fff]", en))
    assert en.strip().endswith("."), "whole sentences"
    assert max(map(width, en.splitlines())) < 120


@each_rule
def test_messages_are_filled_in_completely(rule: Rule) -> None:
    for language in ("zh", "en"):
        for example in rule.definition.examples.bad:
            for violation in report_on(rule, example, RULEBOOK, language).violations:
                assert not re.search("[{}]|None|“”|: $", violation.message)


@pytest.mark.parametrize("pack", RULEBOOK.packs, ids=lambda pack: pack.name)
def test_a_pack_has_a_title_in_both_languages_and_a_version(pack: Pack) -> None:
    definition = pack.definition
    assert definition.title
    assert definition.title_en
    assert re.fullmatch(r"\d+\.\d+\.\d+", definition.version)


NOTICE = "某县人民政府关于印发{titles}的通知\n\n各乡镇人民政府：\n请认真执行。\n\n某县人民政府\n2024年3月5日\n\n"
SILENT = {
    "title-agrees: a notice that brings two plans, each under its own title": (
        "plan/title-agrees",
        NOTICE.format(titles="某县全民健身实施方案和某县全民阅读实施方案")
        + "附件1\n\n某县全民健身实施方案\n\n一、工作目标\n提升。\n\n"
        + "附件2\n\n某县全民阅读实施方案\n\n一、工作目标\n提升。\n",
    ),
    "period-agrees: a heading that looks back at the period before": (
        "plan/period-agrees",
        "某县全民健身实施方案（2021—2025年）\n\n一、“十三五”时期工作回顾\n建成球场20个。\n",
    ),
    "period-agrees: the work of a year is accepted in January of the next": (
        "plan/period-agrees",
        "某县2024年乡村建设实施方案\n\n一、实施步骤\n（一）推进阶段（2024年3月至11月）。建设。\n"
        "（二）验收阶段（2024年12月至2025年1月）。验收。\n",
    ),
    "measures: an action whose measures stand one level further down": (
        "plan/measures",
        "一、重点工作\n（一）完善设施\n1.农村道路\n（1）修好公路。新建。（县交通局牵头）\n"
        "（2）发展客运。开通。（县交通局牵头）\n2.供水供电\n（1）保障供水。新建。（县水利局牵头）\n"
        "（2）保障供电。改造。（县供电局牵头）\n",
    ),
    "numbering-style: a section that goes down to 1. at once, another that does not": (
        "plan/numbering-style",
        "一、主要任务\n1.建好场地。新建。（县体育局牵头）\n2.办好赛事。办赛。（县体育局牵头）\n"
        "二、实施步骤\n（一）启动阶段。2022年，部署。\n（二）推进阶段。2023年，推进。\n（三）总结阶段。2024年，总结。\n",
    ),
    "literacy-target: percentage points in traditional characters": (
        "science-literacy/literacy-target",
        "某縣全民科學素質行動方案（2021—2025年）\n\n一、工作目標\n到2025年，全縣公民具備科學素質的比例提高5個百分點。\n"
        "為學校開設課程，舉辦運動會，獎勵單位。\n",
    ),
}


@pytest.mark.parametrize(("rule", "plan"), SILENT.values(), ids=SILENT)
def test_a_near_miss_is_left_alone(rule: str, plan: str) -> None:
    report = check_plan(parse_text(from_string(plan)), "", RULEBOOK, Selection((rule,)))
    assert [(violation.line, violation.message) for violation in report.violations] == []


REPORTED = {
    "title-agrees: a notice below what a web page put above it": (
        "plan/title-agrees",
        "您的位置：首页 > 政务公开\n"
        + NOTICE.format(titles="某县养老服务提升工程方案").replace("\n\n", "\n")
        + "某县养老服务提升行动方案\n一、工作目标\n提升。\n",
        [7],
    ),
    "numbering: the first number stands twice": (
        "plan/numbering",
        "一、主要任务\n1.建好场地。新建。\n1.办好赛事。办赛。\n2.培训骨干。培训。\n",
        [3],
    ),
}


@pytest.mark.parametrize(("rule", "plan", "at"), REPORTED.values(), ids=REPORTED)
def test_a_case_that_is_easily_missed_is_reported(rule: str, plan: str, at: list[int]) -> None:
    report = check_plan(parse_text(from_string(plan)), "", RULEBOOK, Selection((rule,)))
    assert [violation.line for violation in report.violations] == at
