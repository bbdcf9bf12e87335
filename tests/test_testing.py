"""``checker.testing``: rules, check types and reports; what fails says why."""

from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from drafts import BAD, CLEAN

import checker.rules
from checker.host import host
from checker.problems import Problem
from checker.testing import assert_examples, assert_same_report, check_text, findings

PACK = "title: 试\nversion: 0.0.1\n"
RULE = """\
title: 不用“适时”
severity: warning
node: sentence
check: pattern
options: {pattern: 适时, must: not-match}
message: “{match}”不是时限
"""
GOOD = """\
examples:
  good:
    - plan: |
        一、主要任务
        1.建好书屋。6月底前建成。
  bad:
    - at: [2]
      plan: |
        一、主要任务
        1.建好书屋。适时建成。
"""
PLUGIN = '''\
from msgspec import Struct

from checker.checks import CheckType
from checker.hookspecs import hookimpl
from checker.model import Bilingual, Found, Span
from checker.violations import violation_at


class Options(Struct, frozen=True):
    last: int = 1


def check(nodes, options, plan):
    """Yield the last characters of each sentence; one too many are outside of the plan, a hundred are no finding."""
    if options.last == 13:
        raise LookupError("thirteen")
    for node in nodes:
        yield Found(Span(node.span.end - 1, node.span.end - 1 + options.last)) if options.last < 100 else "found"


@hookimpl
def plancheck_checks():
    return [CheckType("trial-end", Options, check, Bilingual("结尾", "the end"), nodes=("sentence",))]


@hookimpl
def plancheck_violations(plan, violations):
    if "丁" in plan.text.source:
        raise LookupError("丁")
    if "甲" in plan.text.source:
        return [*violations, violation_at(plan, Span(0, 1), "trial/first", "有“甲”")]
'''
GIVES = """\
from checker.hookspecs import hookimpl


@hookimpl
def plancheck_rule_packs():
    return [{!r}]
"""
OWN = (
    RULE.replace("check: pattern", "check: trial-end")
    .replace("{pattern: 适时, must: not-match}", "{last: 1}")
    .replace("“{match}”不是时限", "到句末了")
)
"""A rule with the check type of the plugin."""
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file below ``tmp_path``."""

    def write_file(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


@pytest.fixture
def plugin(write: Write) -> str:
    """Return the file of a plugin with the check type ``trial-end`` and a say on violations."""
    return str(write("trial_plugin.py", PLUGIN))


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the kit in its own language, whatever a test before has set."""
    monkeypatch.delenv("PLANCHECK_LANG", raising=False)


def test_the_kit_needs_no_runner_of_tests() -> None:
    program = "import checker.testing, sys; print('pytest' in sys.modules, '_pytest' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


class TestExamples:
    def test_those_of_a_pack_and_of_a_folder_of_packs(self, write: Write, tmp_path: Path) -> None:
        write("packs/p/pack.yaml", PACK)
        write("packs/p/rule.yaml", RULE + GOOD)
        write("packs/q/pack.yaml", PACK)
        write("packs/q/rule.yaml", RULE + GOOD)
        assert_examples(tmp_path / "packs" / "p")
        assert_examples(str(tmp_path / "packs"))

    def test_those_of_a_pack_of_a_plugin_that_is_loaded_anyhow(self) -> None:
        assert_examples(Path(host().rule_places[0]) / "science-literacy")

    def test_those_of_a_package_by_its_module(self, write: Write) -> None:
        assert_examples(checker.rules)
        module = types.ModuleType("trial")
        module.__file__ = str(write("trial/__init__.py", ""))
        write("trial/p/pack.yaml", PACK)
        write("trial/p/rule.yaml", RULE)
        with pytest.raises(AssertionError, match="p/rule：没有例子"):
            assert_examples(module)

    def test_those_of_a_plugin_whose_packs_lie_deeper_in_its_package(self, write: Write, tmp_path: Path) -> None:
        write("trial/all/packs/p/pack.yaml", PACK)
        write("trial/all/packs/p/rule.yaml", RULE + GOOD.replace("6月底前", "适时"))
        module = write("trial/deeper.py", GIVES.format(str(tmp_path / "trial" / "all" / "packs")))
        with pytest.raises(AssertionError, match="误报  p/rule  好例子 1"):
            assert_examples(tmp_path / "trial", plugins=module)

    def test_with_the_check_types_of_plugins(self, write: Write, tmp_path: Path, plugin: str) -> None:
        write("p/pack.yaml", PACK)
        write("p/rule.yaml", OWN + GOOD.partition("  bad")[0])
        with pytest.raises(AssertionError) as failed:
            assert_examples(tmp_path / "p", plugins=[plugin])
        assert str(failed.value).endswith(
            "  > 1 │ 一、主要任务\n"
            "      ╰ 不应报告：到句末了\n"
            "  > 2 │ 1.建好书屋。6月底前建成。\n"
            "      ╰ 不应报告：到句末了\n"
            "      ╰ 不应报告：到句末了\n"
        )
        with pytest.raises(AssertionError, match="没有名为“trial-end”的检查类型"):
            assert_examples(tmp_path / "p")

    def test_with_plugins_that_the_environment_would_keep_out(
        self, plugin: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PLANCHECK_DISABLE_PLUGINS", "1")
        assert findings("trial-end", "sentence", "甲。", plugins=plugin)

    def test_a_noisy_and_a_missing_one_are_shown_in_their_lines(self, write: Write, tmp_path: Path) -> None:
        write("p/pack.yaml", PACK)
        write("p/noisy.yaml", RULE + GOOD.replace("6月底前", "适时"))
        write("p/missing.yaml", RULE + GOOD.replace("适时", "择机"))
        with pytest.raises(AssertionError) as failed:
            assert_examples(tmp_path / "p")
        assert str(failed.value) == (
            f"{tmp_path / 'p'}：规则和它们的例子不相符\n"
            "漏报  p/missing  坏例子 1\n"
            "    1 │ 一、主要任务\n"
            "  > 2 │ 1.建好书屋。择机建成。\n"
            "      ╰ 应当报告，没有报告\n\n"
            "误报  p/noisy  好例子 1\n"
            "    1 │ 一、主要任务\n"
            "  > 2 │ 1.建好书屋。适时建成。\n"
            "      ╰ 不应报告：“适时”不是时限\n"
        )

    def test_what_is_wrong_is_said_in_english_too(
        self, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PLANCHECK_LANG", "en")
        write("p/pack.yaml", PACK)
        write("p/noisy.yaml", RULE + GOOD.replace("6月底前", "适时"))
        with pytest.raises(AssertionError) as failed:
            assert_examples(tmp_path / "p")
        assert str(failed.value).splitlines()[:2] == [
            f"{tmp_path / 'p'}: rules do not do what their examples promise",
            "noisy  p/noisy  good 1",
        ]

    def test_a_rule_without_examples_fails(self, write: Write, tmp_path: Path) -> None:
        write("p/pack.yaml", PACK)
        write("p/bare.yaml", RULE)
        write("p/good.yaml", RULE + GOOD)
        with pytest.raises(AssertionError) as failed:
            assert_examples(tmp_path / "p")
        assert str(failed.value).splitlines()[1:] == ["p/bare：没有例子"]

    def test_a_rule_file_with_a_mistake_fails_with_its_message(self, write: Write, tmp_path: Path) -> None:
        write("p/pack.yaml", PACK)
        wrong = write("p/wrong.yaml", RULE.replace("node: sentence", "node: sentense") + GOOD)
        with pytest.raises(AssertionError) as failed:
            assert_examples(tmp_path / "p")
        assert f"{wrong}:3:7: 没有名为“sentense”的节点" in str(failed.value)

    @pytest.mark.parametrize("folder", ["p", "nowhere", "empty"])
    def test_a_folder_without_rules_fails(self, write: Write, tmp_path: Path, folder: str) -> None:
        write("p/pack.yaml", PACK)
        (tmp_path / "empty").mkdir()
        with pytest.raises(AssertionError, match="没有规则"):
            assert_examples(tmp_path / folder)

    def test_a_rule_that_cannot_be_evaluated_fails(self, write: Write, tmp_path: Path, plugin: str) -> None:
        write("p/pack.yaml", PACK)
        write("p/rule.yaml", OWN.replace("last: 1", "last: 13") + GOOD)
        with pytest.raises(AssertionError, match="未能执行  p/rule  好例子 1") as failed:
            assert_examples(tmp_path / "p", plugins=plugin)
        assert "LookupError: thirteen" in str(failed.value)

    def test_a_plugin_that_cannot_be_used_fails(self, write: Write, tmp_path: Path) -> None:
        write("p/pack.yaml", PACK)
        write("p/good.yaml", RULE + GOOD)
        with pytest.raises(AssertionError, match="插件 nowhere（nowhere）未使用：无法导入"):
            assert_examples(tmp_path / "p", plugins="nowhere")


class TestCheckText:
    def test_gives_the_report_of_a_run(self) -> None:
        report = check_text(BAD)
        assert [(one.rule, one.line, one.message) for one in report.violations] == [
            ("plan/lead-unit", 8, "措施“办好赛事”没有写明牵头单位")
        ]
        assert ("plan/target", "passed") in [(one.rule, one.outcome) for one in report.rules]
        assert check_text(CLEAN).violations == ()

    def test_with_chosen_rules_in_another_language(self) -> None:
        (one,) = check_text(BAD, select="plan/lead-unit", language="en").violations
        assert one.message == "Measure “办好赛事” names no lead unit"
        assert check_text(BAD, ignore=["plan/lead-unit"]).violations == ()

    def test_with_rules_of_one_s_own(self, write: Write, tmp_path: Path) -> None:
        write("p/pack.yaml", PACK)
        write("p/rule.yaml", RULE + GOOD)
        (one,) = check_text("一、任务\n1.办好书屋。适时建成。\n", select=["p"], rules=tmp_path / "p").violations
        assert (one.rule, one.line, one.message) == ("p/rule", 2, "“适时”不是时限")

    def test_with_what_plugins_do_with_violations(self, plugin: str) -> None:
        (one,) = check_text("甲方案\n", select="plan/lead-unit", plugins=plugin).violations
        assert (one.rule, one.message) == ("trial/first", "有“甲”")
        assert check_text("乙方案\n", select="plan/lead-unit", plugins=plugin).violations == ()

    @pytest.mark.parametrize("text", ["", "\n", "\x00", "甲"])
    def test_takes_any_text(self, text: str) -> None:
        assert check_text(text).error is None

    def test_refuses_an_unknown_name(self) -> None:
        with pytest.raises(Problem, match=r"no rule or pack named 'plan/lead-unt'. Did you mean 'plan/lead-unit'\?"):
            check_text(CLEAN, select="plan/lead-unt")

    def test_refuses_rules_and_plugins_with_a_mistake(self, write: Write, tmp_path: Path) -> None:
        write("p/pack.yaml", PACK)
        write("p/rule.yaml", RULE.replace("node: sentence", "node: sentense"))
        with pytest.raises(Problem, match="no node named 'sentense'"):
            check_text(CLEAN, rules=[tmp_path / "p"])
        with pytest.raises(Problem, match=r"plugin nowhere .* is not used: it cannot be imported"):
            check_text(CLEAN, plugins="nowhere")

    def test_does_not_pass_over_a_rule_that_was_not_evaluated(self, write: Write, tmp_path: Path, plugin: str) -> None:
        write("p/pack.yaml", PACK)
        write("p/rule.yaml", OWN.replace("last: 1", "last: 13"))
        with pytest.raises(Problem, match=r"p/rule: .*LookupError: thirteen"):
            check_text("一、任务\n", select="p", rules=tmp_path / "p", plugins=plugin)

    def test_does_not_pass_over_a_plugin_that_failed_over_the_violations(self, plugin: str) -> None:
        with pytest.raises(Problem, match="LookupError: 丁"):
            check_text("丁方案\n", plugins=plugin)


class TestFindings:
    TARGETS = "一、工作目标\n新建步道30公里。\n到2025年建成球场100个。\n"

    def test_say_lines_words_fields_and_fix(self) -> None:
        options = {"pattern": "适时", "must": "not-match", "fix": "6月底前"}
        (one,) = findings("pattern", "sentence", "一、主要任务\n建好书屋。适时建成。\n", options)
        assert (one.lines, one.words, one.fields["match"], one.fix) == ([2], "适时", "适时", "6月底前")

    def test_of_chosen_nodes(self) -> None:
        (one,) = findings("required", "target", self.TARGETS, {"field": "year"}, {"unit": "公里"})
        assert (one.lines, one.words) == ([2], "新建步道30公里")
        assert findings("required", "target", self.TARGETS, {"field": "year"}, {"unit": "个"}) == []

    def test_of_a_check_type_of_a_plugin_and_of_one_that_is_nowhere_registered(self, plugin: str) -> None:
        (one,) = findings("trial-end", "sentence", "步道。", {"last": 1}, plugins=plugin)
        assert (one.lines, one.words) == ([1], "。")
        kind = host((plugin,), True).checks["trial-end"]
        assert findings(msgspec.structs.replace(kind, name="elsewhere"), "sentence", "步道。") == [one]

    def test_a_check_type_that_needs_nodes_is_not_asked_about_none(self, plugin: str) -> None:
        assert findings("trial-end", "sentence", "", {"last": 13}, plugins=plugin) == []

    @pytest.mark.parametrize(
        ("check", "node", "options", "where", "said"),
        [
            ("requird", "target", {}, {}, "no check type named 'requird'; .* Did you mean 'required'?"),
            ("required", "targt", {"field": "year"}, {}, "no node named 'targt'; .* Did you mean 'target'?"),
            ("required", "target", {"feild": "year"}, {}, "no option named 'feild'; .* Did you mean 'field'?"),
            ("required", "target", {}, {}, "the options do not fit: .*field"),
            ("required", "target", {"field": 3}, {}, "the options do not fit: .*"),
            (
                "required",
                "target",
                {"field": "year"},
                {"unti": "个"},
                "no attribute named 'unti'; .* Did you mean 'unit'?",
            ),
            ("timeline", "target", {"require": ["year"]}, {}, "cannot look at target, only at stage"),
        ],
    )
    def test_refuse_a_question_that_makes_no_sense(
        self, check: str, node: str, options: dict[str, object], where: dict[str, object], said: str
    ) -> None:
        with pytest.raises(Problem, match=said):
            findings(check, node, self.TARGETS, options, where)

    def test_refuse_a_place_outside_of_the_plan(self, plugin: str) -> None:
        with pytest.raises(Problem, match="it reported a place outside of the draft"):
            findings("trial-end", "sentence", "步道。", {"last": 2}, plugins=plugin)

    def test_refuse_what_is_no_finding(self, plugin: str) -> None:
        with pytest.raises(Problem, match="it returned str, not a Found"):
            findings("trial-end", "sentence", "步道。", {"last": 100}, plugins=plugin)

    def test_let_through_what_the_check_raises(self, plugin: str) -> None:
        with pytest.raises(LookupError, match="thirteen"):
            findings("trial-end", "sentence", "步道。", {"last": 13}, plugins=plugin)

    def test_refuse_a_plugin_that_cannot_be_used(self) -> None:
        with pytest.raises(Problem, match="plugin nowhere"):
            findings("present", "target", "", plugins="nowhere")


class TestSameReport:
    def test_the_same_to_the_last_character(self, tmp_path: Path) -> None:
        kept = tmp_path / "draft.expected"
        kept.write_bytes("一\r\n二\n".encode())
        assert_same_report("一\r\n二\n", kept)

    def test_a_line_that_differs_is_shown(self, write: Write) -> None:
        kept = write("draft.expected", "一\n二\n三\n四\n五\n六\n")
        with pytest.raises(AssertionError) as failed:
            assert_same_report("一\n二\n三\n四\n5\n六\n", kept)
        head, *lines = str(failed.value).splitlines()
        assert head == f"报告与 {kept} 不同"
        assert lines == [
            "--- 原有 / kept",
            "+++ 现在 / reported",
            "@@ -3,5 +3,5 @@",
            " 三",
            " 四",
            "-五",
            "+5",
            " 六",
            " ",
        ]

    @pytest.mark.parametrize(
        ("report", "line"),
        [("一 \n", "+'一 '"), ("一", "-"), ("一\u200b\n", "+'一\\u200b'"), ("\x1b[1m一\n", "+'\\x1b[1m一'")],
    )
    def test_a_difference_that_cannot_be_seen_is_shown(self, write: Write, report: str, line: str) -> None:
        with pytest.raises(AssertionError) as failed:
            assert_same_report(report, write("draft.expected", "一\n"))
        assert line in str(failed.value).splitlines()
        assert "\x1b" not in str(failed.value)

    def test_a_report_that_is_not_kept_yet(self, tmp_path: Path) -> None:
        with pytest.raises(AssertionError, match="还没有这个文件；用 rewrite=True 写出，然后读一遍"):
            assert_same_report("一\n", tmp_path / "draft.expected")
        assert list(tmp_path.iterdir()) == []

    def test_rewritten(self, tmp_path: Path) -> None:
        kept = tmp_path / "new" / "draft.expected"
        assert_same_report("一\r\n", kept, rewrite=True)
        assert kept.read_bytes() == "一\r\n".encode()
        assert_same_report("一\r\n", kept)
