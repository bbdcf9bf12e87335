"""``plancheck explain``: a rule, a pack, a check type or a kind of node, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from checker.host import host
from checker.kinds import KINDS

from .conftest import QUIET, Write, harmless

Run = Callable[..., Any]


@pytest.fixture
def explain(plancheck: Run, packs: None) -> Run:
    """Return a function that runs ``plancheck explain`` with the packs of the test."""
    return lambda *arguments: plancheck("explain", "--rules", "packs", *arguments)


class TestRule:
    def test_in_chinese(self, explain: Run) -> None:
        done = explain("trial/vague")
        assert (
            done.stdout
            == """\
trial/vague  警告
不用“适时”

写明月份。
例如“6月底前”。

检查：sentence（section.role = actions、action）
要求：pattern：文字匹配（或不匹配）正则表达式
消息：“{match}”不是时限
依据：试验办法第一条
让位于：plan/target
规则包：trial（title 匹配 阅读；2021—2030）

选项：
  pattern: 适时
      正则表达式，在文字的任何位置查找
  must: not-match
      match：必须匹配；not-match：不得匹配
  field: null（默认）
      在哪个属性里找；不写则为标题、全文、原文或名称
  fix: null（默认）
      not-match：应改成的文字，可用 \\1 等；或者哪些字各换成什么，括号成对地换。match：换了就匹配的才换
  fix_where: null（默认）
      not-match：也匹配它的地方才照 fix 改
  once: false（默认）
      全部合并为一个问题

好例子：
  · 写明了月份
    1 │ 一、主要任务
    2 │ 1.建好书屋。6月底前建成。

坏例子：
  ·
    1 │ 一、主要任务
  > 2 │ 1.建好书屋。适时建成。
"""
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_in_english(self, explain: Run) -> None:
        done = explain("trial/vague", "--lang", "en")
        head, _, examples = done.stdout.partition("options:\n")
        assert (
            head
            == """\
trial/vague  warning
No “in due course”

Give the month,
such as “6月底前”.

looks at: sentence (section.role = actions, action)
holds when: pattern: the text matches a pattern, or does not
message: “{match}” is no deadline
basis: 试验办法第一条
silent where: plan/target
pack: trial (title matches 阅读; 2021—2030)

"""
        )
        assert "  once: false (default)\n      one violation for all of them\n\ngood examples:\n" in examples
        assert (done.stderr, done.returncode) == ("", 0)

    def test_in_english_without_an_english_help(self, explain: Run, write: Write) -> None:
        write("packs/trial/wanting.yaml", QUIET + "help: 写明配合单位。\n")
        head = "trial/wanting  info\n措施要有配合单位\n\n写明配合单位。\n\nlooks at: measure\n"
        assert explain("trial/wanting", "--lang", "en").stdout.startswith(head)

    def test_the_help_of_a_bundled_rule_is_in_the_language_that_is_asked_for(self, explain: Run) -> None:
        zh, en = explain("plan/one-lead").stdout, explain("plan/one-lead", "--lang", "en").stdout
        assert "\n几个单位一起牵头，容易谁也不牵头。" in zh
        assert "Two lead units are common" not in zh
        assert "\nTwo lead units are common in real plans, so this rule runs only when" in en
        assert "容易谁也不牵头" not in en

    def test_by_its_short_name(self, explain: Run) -> None:
        assert explain("quiet").stdout == explain("trial/quiet").stdout
        assert explain("lead-unit").stdout == explain("plan/lead-unit").stdout

    def test_that_runs_only_when_it_is_named(self, explain: Run) -> None:
        assert "\n启用：false\n" in explain("trial/quiet").stdout
        assert "\nenabled: false\n" in explain("trial/quiet", "--lang", "en").stdout

    def test_that_a_pack_changes(self, explain: Run) -> None:
        assert (
            "\n规则包 trial 改为：\n  severity: error\n  message: 目标“{quote}”要写年份\n\n"
            in explain("plan/target-year").stdout
        )
        assert "\npack trial makes it:\n  enabled: false\n\n" in explain("plan/stages", "--lang", "en").stdout

    def test_that_no_pack_changes(self, explain: Run) -> None:
        assert "改为" not in explain("plan/target").stdout


class TestPack:
    def test_in_chinese(self, explain: Run) -> None:
        done = explain("trial")
        assert (
            done.stdout
            == """\
trial  1.2.3
试验

只用来试。

适用：title 匹配 阅读；2021—2030
基于：plan
改动的规则：plan/target-year、plan/stages
位置：packs/trial/pack.yaml

  trial/quiet  措施要有配合单位
  trial/vague  不用“适时”
"""
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_in_english(self, explain: Run) -> None:
        done = explain("trial", "--lang", "en")
        assert (
            done.stdout
            == """\
trial  1.2.3
A trial

只用来试。

applies: title matches 阅读; 2021—2030
extends: plan
changes: plan/target-year, plan/stages
place: packs/trial/pack.yaml

  trial/quiet  措施要有配合单位
  trial/vague  No “in due course”
"""
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_of_the_same_name_as_a_kind_of_node(self, explain: Run) -> None:
        out = explain("plan").stdout
        assert out.startswith("plan  0.1.0\n实施方案通用规则\n")
        assert "\n\nplan  节点\n属性：\n  title  文字\n" in out


class TestCheckTypeAndNode:
    def test_of_a_check_type(self, explain: Run) -> None:
        done = explain("member")
        assert done.stdout == (
            "member  值在名单之内\n"
            "\n"
            f"可用的节点：{'、'.join(KINDS)}\n"
            "消息字段：count、value、number\n"
            "\n"
            "选项：\n"
            "  in: 必须写\n"
            "      roster（领导小组成员名单），或列出各项\n"
            "  once: false（默认）\n"
            "      全部合并为一个问题\n"
            "  field: name（默认）\n"
            "      看哪个属性\n"
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_of_a_check_type_without_options(self, explain: Run) -> None:
        assert explain("sequence", "--lang", "en").stdout == (
            "sequence  numbers have no gap and no repeat\n"
            "\n"
            "kinds of nodes: heading\n"
            "fields of messages: count, problem\n"
        )

    def test_of_a_kind_of_node(self, explain: Run) -> None:
        done = explain("unit", "--lang", "en")
        assert done.stdout == (
            "unit  a kind of node\n"
            "attributes:\n"
            "  name  text\n"
            "  written  text\n"
            "  part  text: lead, responsible, supporter, roster\n"
            "  prefix  text: written, carried, assumed, missing, none\n"
            "  identity  text\n"
            "  spelling  text\n"
            "  meant  text\n"
            "  now  text\n"
            "  general  true or false\n"
            "  clause  node clause\n"
            "  section  node section\n"
            "  plan  node plan\n"
        )
        assert (done.stderr, done.returncode) == ("", 0)

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_every_name_is_explained(self, explain: Run, language: str) -> None:
        for name in [*host().checks, *KINDS]:
            done = explain(name, "--lang", language)
            assert done.stdout.splitlines()[0].startswith(name) or name == "plan"
            assert done.returncode == 0
            if language == "en":
                allowed = "（）〔〕《》〈〉“”‘’，。；：、！？"
                assert not [c for c in done.stdout if "\u3000" <= c <= "\uffee" and c not in allowed] or name in (
                    "plan",
                    "timeline",
                )


class TestMistakes:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            (
                "zh",
                "plancheck: 没有名为“lead-unti”的规则、规则包、检查类型或节点；plancheck rules 列出全部规则。"
                "您是不是想写“plan/lead-unit”？\n",
            ),
            (
                "en",
                "plancheck: no rule, pack, check type or kind of node named 'lead-unti'; "
                "'plancheck rules' lists the rules. Did you mean 'plan/lead-unit'?\n",
            ),
        ],
    )
    def test_an_unknown_name(self, explain: Run, language: str, said: str) -> None:
        done = explain("lead-unti", "--lang", language)
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)

    def test_a_name_that_is_like_nothing(self, explain: Run) -> None:
        said = "plancheck: 没有名为“甲乙丙丁”的规则、规则包、检查类型或节点；plancheck rules 列出全部规则。\n"
        assert explain("甲乙丙丁").stderr == said

    def test_a_short_name_that_several_rules_have(self, explain: Run) -> None:
        done = explain("vague")
        said = "plancheck: 有几条规则叫“vague”，请写明规则包：other/vague、trial/vague\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)

    def test_a_rule_beside_one_with_a_mistake(self, explain: Run, broken: str) -> None:
        done = explain("trial/quiet")
        assert done.stdout.startswith("trial/quiet  提示\n")
        assert (done.stderr, done.returncode) == (broken, 2)

    def test_a_rule_that_has_a_mistake(self, explain: Run, broken: str) -> None:
        done = explain("trial/wrong")
        assert done.stdout == ""
        assert done.stderr == broken
        assert done.returncode == 2

    @pytest.mark.parametrize("language", ["zh", "en"])
    @pytest.mark.parametrize("name", ["hostile", "hostile/rule", "rule", "hostile/wrong"])
    def test_no_text_of_a_rule_commands_the_terminal(
        self, plancheck: Run, hostile: None, name: str, language: str
    ) -> None:
        done = plancheck("explain", name, "--rules", "hostile", "--lang", language)
        assert "hostile/wrong.yaml:2:" in done.stderr
        assert (done.stdout == "") is (name == "hostile/wrong")
        assert done.returncode == 2
        assert harmless(done.stdout, done.stderr)
