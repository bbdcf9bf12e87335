"""``junit``: a suite a draft, a test a rule."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from reports import file, report, violation

from checker.model import FileReport, Outcome, Report, Waived
from checker.reporters.junit import render

from .reviewed import DRAFT, EVIL, alone, reviewed

ZH = """\
<?xml version="1.0" encoding="utf-8"?>
<testsuites name="plancheck" tests="8" failures="3" errors="2" skipped="1" time="0.0">
	<testsuite name="drafts/棠城县 方案.txt" tests="7" errors="1" failures="3" skipped="1" time="0">
		<testcase name="gongwen/punctuation-width 中文里的标点用全角" {}>
			<failure message="半角标点“,”" type="warning">\
drafts/棠城县 方案.txt:4:8: 警告 半角标点“,”（共 3 处，见第 4、9 行）</failure>
		</testcase>
		<testcase name="plan/lead-unit 每项措施都要写明牵头单位" {}>
			<failure message="措施“办好赛事”没有写明牵头单位" type="error">\
drafts/棠城县 方案.txt:8:3: 错误 措施“办好赛事”没有写明牵头单位</failure>
		</testcase>
		<testcase name="plan/numbering 编号要连续" {}/>
		<testcase name="plan/stages-order 阶段先后有序" {}>
			<failure message="阶段先后颠倒" type="info">drafts/棠城县 方案.txt:11:1: 提示 阶段先后颠倒</failure>
		</testcase>
		<testcase name="plan/target-year 目标要写明年份" {}/>
		<testcase name="plan/title-agrees 标题要一致" {}>
			<skipped message="没有可检查的内容"/>
		</testcase>
		<testcase name="plan/unit-name 单位名称一致" {}>
			<error message="规则 plan/unit-name 未能执行：超时">规则 plan/unit-name 未能执行：超时</error>
		</testcase>
	</testsuite>
	<testsuite name="drafts/扫描件.txt" tests="1" errors="1" failures="0" skipped="0" time="0">
		<testcase name="读取" classname="drafts/扫描件.txt" file="drafts/扫描件.txt">
			<error message="无法检查：文件是空的">无法检查：文件是空的</error>
		</testcase>
	</testsuite>
</testsuites>
""".replace("{}", f'classname="{DRAFT}" file="{DRAFT}"')


def parsed(given: Report) -> ElementTree.Element:
    """Return the document of a report, whose counts have to be right."""
    root = ElementTree.fromstring(render(given))
    for counted in (root, *root.findall("testsuite")):
        cases = list(counted.iter("testcase"))
        numbers = {"tests": len(cases)}
        for plural, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            numbers[plural] = sum(case.find(tag) is not None for case in cases)
        assert {name: int(counted.get(name) or -1) for name in numbers} == numbers
    return root


def test_a_whole_report() -> None:
    assert render(reviewed()).decode() == ZH
    parsed(reviewed())


def test_a_report_in_english() -> None:
    root = parsed(reviewed("en"))
    assert [(one.tag, one.get("message")) for case in root.iter("testcase") for one in case] == [
        ("failure", "Half-width mark “,”"),
        ("failure", "Measure “办好赛事” names no lead unit"),
        ("failure", "Stages out of order"),
        ("skipped", "nothing to look at"),
        ("error", "rule plan/unit-name was not evaluated: it took too long"),
        ("error", "not checked: the file is empty"),
    ]
    assert root[1][0].get("name") == "reading"


def test_nothing_checked_is_a_document_all_the_same() -> None:
    assert len(parsed(report())) == 0


class TestARule:
    def test_fails_with_all_its_violations_by_the_gravest(self) -> None:
        found = (violation("f1", severity="info"), violation("f2", severity="error"), violation("f3"))
        (failure,) = parsed(report(file("a.txt", *found))).iter("failure")
        assert (failure.get("message"), failure.get("type")) == ("3 个问题", "error")
        assert (failure.text or "").splitlines() == [
            "a.txt:1:1: 提示 消息 f1",
            "a.txt:1:1: 错误 消息 f2",
            "a.txt:1:1: 错误 消息 f3",
        ]

    def test_that_only_a_plugin_knows_of_is_a_test_too(self) -> None:
        draft = FileReport("a.txt", "txt", "utf-8", None, (violation("f0", "lanhai/seal"),))
        (case,) = parsed(report(draft)).iter("testcase")
        assert (case.get("name"), [one.tag for one in case]) == ("lanhai/seal", ["failure"])

    def test_says_how_long_it_took_where_that_was_asked_for(self) -> None:
        draft = FileReport("a.txt", "txt", rules=(Outcome("plan/numbering", "passed", seconds=0.25),))
        (case,) = parsed(report(draft)).iter("testcase")
        assert case.get("time") == "0.25"


class TestAccepted:
    ways = (Waived("comment", "本级没有农村"), Waived("baseline"))

    def test_violations_fail_nothing(self) -> None:
        (case,) = parsed(alone(violation("f0", waived=self.ways[0]))).iter("testcase")
        assert list(case) == []

    def test_violations_skip_the_rule_with_the_reasons_where_they_are_to_be_shown(self) -> None:
        found = [violation(f"f{number}", waived=way) for number, way in enumerate(self.ways)]
        given = Report("0", {}, (file("a.txt", *found),), shows_waived=True)
        (case,) = parsed(given).iter("testcase")
        assert [(one.tag, one.get("message")) for one in case] == [
            ("skipped", "已豁免：本级没有农村；在基线里"),
            ("system-out", None),
        ]
        assert case[1].text == "a.txt:1:1: 错误 消息 f0（已豁免：本级没有农村）\na.txt:1:1: 错误 消息 f1（在基线里）"

    def test_violations_beside_others_are_shown_beside_the_failure(self) -> None:
        found = (violation("f0"), violation("f1", waived=self.ways[0]))
        (case,) = parsed(Report("0", {}, (file("a.txt", *found),), shows_waived=True)).iter("testcase")
        assert [one.tag for one in case] == ["failure", "system-out"]
        assert case[0].text == "a.txt:1:1: 错误 消息 f0"


def test_what_went_wrong_with_plugins_and_rules_are_errors() -> None:
    draft = FileReport("a.txt", "txt", problems=("插件 lanhai 出错",))
    root = parsed(Report("0", {}, (draft,), problems=("rules/a.yaml:1:1: 有错\n  ^", "词表有错")))
    (plugin, rules) = root.iter("testcase")
    assert (plugin.get("name"), plugin[0].tag, plugin[0].text) == ("插件", "error", "插件 lanhai 出错")
    assert (rules.get("name"), rules[0].get("message")) == ("规则和插件", "rules/a.yaml:1:1: 有错")
    assert rules[0].text == "rules/a.yaml:1:1: 有错\n  ^\n词表有错"


def test_files_are_named_from_the_root_of_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plans").mkdir()
    monkeypatch.chdir(tmp_path / "plans")
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path))
    (case,) = parsed(alone(violation("f0"), "./a.txt")).iter("testcase")
    assert (case.get("file"), case.get("classname")) == ("plans/a.txt", "./a.txt")


def test_hostile_words_stay_words() -> None:
    given = violation("f0", message=EVIL, waived=None)
    accepted = violation("f1", message=EVIL, waived=Waived("comment", EVIL))
    undone = Outcome("plan/unit-name", "not-evaluated", 0, EVIL)
    draft = FileReport(EVIL, "txt", "utf-8", None, (given, accepted), (undone,), problems=(EVIL,))
    root = parsed(Report("0", {}, (draft,), problems=(EVIL,), shows_waived=True))
    assert {element.tag for element in root.iter()} == {
        *("testsuites", "testsuite", "testcase", "failure", "error", "system-out")
    }
    words = ElementTree.tostring(root, "unicode")
    assert not any(char in words for char in "\x1b\x07\u202e\ufffe\r")
    assert "<b>|*_`x`_*{0} %0A::error::,:;" in (next(root.iter("failure")).text or "")
