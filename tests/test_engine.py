"""What becomes of every rule of a run, and what a violation is known by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
from msgspec import Struct

from checker import __version__, patterns
from checker.checks import CheckType
from checker.commands.check import status
from checker.engine import EVERYTHING, Selection, check_plan
from checker.host import host
from checker.model import FileReport, Found, Outcome, Plan, Report
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.rule_reading import load
from checker.rulebook import Rulebook

YEAR = """\
title: 每项目标都要有年份
severity: error
node: target
check: required
options: {field: year}
message: 目标“{quote}”没有年份
"""
NO_STAGES = """\
title: 不分阶段
severity: info
node: stage
check: absent
message: 有进度阶段“{label}”
"""
DATED = "一、工作目标\n到2025年，全县建成球场100个。\n"
UNDATED = "一、工作目标\n全县建成球场100个以上。\n"
NO_TARGET = "一、工作目标\n全面提升健身水平。\n"


class NoOptions(Struct):
    """A check of these tests has none."""


def raising(chosen: Sequence[Any], options: NoOptions, plan: Plan) -> Iterator[Found]:
    yield Found(chosen[0].span, node=chosen[0])
    raise LookupError("lost")


RAISING = CheckType("raising", NoOptions, raising, "raises after its first finding")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return an empty pack, ``trial``, for rules of the tests."""
    folder = tmp_path / "rules" / "trial"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("title: 试验\nversion: 0.1.0\n", encoding="utf-8")
    return folder


def rulebook(pack: Path, **rules: str) -> Rulebook:
    for name, text in rules.items():
        (pack / f"{name}.yaml").write_text(text, encoding="utf-8")
    made = load([pack.parent], {**host().checks, "raising": RAISING})
    assert made.problems == ()
    return made


def checked(text: str, rules: Rulebook, selection: Selection = EVERYTHING, language: str = "zh") -> FileReport:
    return check_plan(parse_text(from_string(text)), "draft.txt", rules, selection, language)


def exit_status(report: FileReport, fail_on: str = "warning") -> int:
    return status(Report(__version__, {}, (report,)), fail_on)


class TestOutcomes:
    def test_passed(self, pack: Path) -> None:
        report = checked(DATED, rulebook(pack, year=YEAR))
        assert report.rules == (Outcome("trial/year", "passed"),)
        assert report.violations == ()
        assert exit_status(report) == 0

    def test_failed_with_the_number_of_violations(self, pack: Path) -> None:
        report = checked(UNDATED, rulebook(pack, year=YEAR))
        assert report.rules == (Outcome("trial/year", "failed", 1),)
        assert [violation.line for violation in report.violations] == [2]
        assert exit_status(report) == 1

    def test_not_applicable_where_there_is_nothing_to_look_at(self, pack: Path) -> None:
        report = checked(NO_TARGET, rulebook(pack, year=YEAR))
        assert report.rules == (Outcome("trial/year", "not-applicable", 0, "没有可检查的内容"),)
        assert exit_status(report) == 0

    def test_passed_where_a_check_is_content_with_nothing(self, pack: Path) -> None:
        assert checked(NO_TARGET, rulebook(pack, stages=NO_STAGES)).rules == (Outcome("trial/stages", "passed"),)

    def test_not_applicable_where_the_pack_does_not_apply(self, pack: Path) -> None:
        (pack / "pack.yaml").write_text(
            "title: 试验\nversion: 0.1.0\napplies_when: {title: {matches: 健身}}\n", encoding="utf-8"
        )
        rules = rulebook(pack, year=YEAR)
        (outcome,) = checked("某县防汛方案\n\n" + UNDATED, rules).rules
        assert outcome == Outcome("trial/year", "not-applicable", 0, "规则包不适用于本方案")
        (outcome,) = checked("某县全民健身方案\n\n" + UNDATED, rules).rules
        assert outcome == Outcome("trial/year", "failed", 1)

    def test_not_evaluated_where_the_check_raises(self, pack: Path) -> None:
        rule = YEAR.replace("check: required\noptions: {field: year}", "check: raising")
        report = checked(UNDATED, rulebook(pack, lost=rule, year=YEAR))
        lost, year = report.rules
        assert (lost.rule, lost.outcome, lost.violations) == ("trial/lost", "not-evaluated", 0)
        assert lost.reason == "检查类型“raising”出错：LookupError: lost"
        assert year == Outcome("trial/year", "failed", 1), "the other rules go on"
        assert [violation.rule for violation in report.violations] == ["trial/year"]
        assert exit_status(report) == 2, "what could not be checked wins over violations"
        assert exit_status(report, "never") == 2

    def test_not_evaluated_where_a_pattern_runs_out_of_time(self, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(patterns, "PATTERN_SECONDS", 0.1)
        slow = NO_STAGES.replace("node: stage", "node: section\nwhere: {text: {matches: '(县|县县)+$'}}")
        slow = slow.replace("{label}", "{title}")
        report = checked("一、工作目标\n" + "县" * 60 + "。\n", rulebook(pack, slow=slow, year=YEAR))
        (slow_outcome, _) = report.rules
        assert slow_outcome == Outcome("trial/slow", "not-evaluated", 0, "超时：规则里的正则表达式太慢")
        assert exit_status(report) == 2

    def test_not_evaluated_where_it_takes_too_long_to_tell_whether_a_rule_applies(
        self, pack: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(patterns, "PATTERN_SECONDS", 0.1)
        slow = NO_STAGES + "applies_when: {text: {matches: '(县|县县)+甲'}}\n"
        report = checked("一、工作目标\n" + "县" * 60 + "。\n", rulebook(pack, slow=slow, year=YEAR))
        assert [(one.rule, one.outcome) for one in report.rules] == [
            ("trial/slow", "not-evaluated"),
            ("trial/year", "not-applicable"),
        ]

    def test_not_evaluated_where_it_takes_too_long_to_tell_whether_a_pack_applies(
        self, pack: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(patterns, "PATTERN_SECONDS", 0.1)
        local = pack.parent / "local"
        local.mkdir()
        (local / "pack.yaml").write_text(
            "title: 试验\nversion: 0.1.0\nextends: [trial]\nrules: {trial/year: {severity: info}}\n"
            "applies_when: {text: {matches: '(县|县县)+甲'}}\n",
            encoding="utf-8",
        )
        (local / "own.yaml").write_text(NO_STAGES, encoding="utf-8")
        rules = rulebook(pack, year=YEAR, stages=NO_STAGES)
        text = UNDATED + "县" * 60 + "。\n"
        report = checked(text, rules)
        # Its own rules, and those that it may change; all others go on.
        assert [(one.rule, one.outcome) for one in report.rules] == [
            ("local/own", "not-evaluated"),
            ("trial/stages", "passed"),
            ("trial/year", "not-evaluated"),
        ]
        assert {one.reason for one in report.rules} == {None, "超时：规则里的正则表达式太慢"}
        assert exit_status(report) == 2
        # A rule that is asked for by its name runs whether its pack applies or not.
        assert [one.outcome for one in checked(text, rules, Selection(("local/own",))).rules] == ["passed"]
        assert [one.outcome for one in checked(text, rules, Selection(ignore=("local",))).rules] == ["passed", "failed"]

    def test_reasons_are_given_in_english_too(self, pack: Path) -> None:
        (outcome,) = checked(NO_TARGET, rulebook(pack, year=YEAR), language="en").rules
        assert outcome.reason == "nothing to look at"

    def test_every_rule_that_was_asked_for_has_one(self) -> None:
        bundled = load(host().rule_places, host().checks)
        outcomes = checked(DATED, bundled).rules
        enabled = [rule.id for rule in bundled.rules if rule.definition.enabled]
        assert sorted(outcome.rule for outcome in outcomes) == sorted(enabled)


class TestUnless:
    RULES: ClassVar[dict[str, str]] = {"first": YEAR, "second": YEAR + "unless: [trial/first]\n"}

    def test_a_rule_stays_silent_where_the_other_has_spoken(self, pack: Path) -> None:
        report = checked(UNDATED, rulebook(pack, **self.RULES))
        assert [violation.rule for violation in report.violations] == ["trial/first"]
        assert report.rules[1] == Outcome("trial/second", "not-applicable", 0, "trial/first 已指出问题")

    def test_it_passes_where_neither_has_anything_to_say(self, pack: Path) -> None:
        report = checked(DATED, rulebook(pack, **self.RULES))
        assert [outcome.outcome for outcome in report.rules] == ["passed", "passed"]

    def test_it_speaks_where_the_other_is_not_run(self, pack: Path) -> None:
        report = checked(UNDATED, rulebook(pack, **self.RULES), Selection(ignore=("trial/first",)))
        assert [violation.rule for violation in report.violations] == ["trial/second"]

    def test_it_speaks_where_the_other_has_nothing_to_say(self, pack: Path) -> None:
        rules = rulebook(pack, first=NO_STAGES, second=self.RULES["second"])
        report = checked(UNDATED, rules)
        assert [violation.rule for violation in report.violations] == ["trial/second"]


class TestSelection:
    @pytest.fixture
    def rules(self, pack: Path) -> Rulebook:
        (pack / "pack.yaml").write_text(
            "title: 试验\nversion: 0.1.0\napplies_when: {title: {matches: 健身}}\n", encoding="utf-8"
        )
        other = pack.parent / "other"
        other.mkdir()
        (other / "pack.yaml").write_text("title: 别的\nversion: 0.1.0\n", encoding="utf-8")
        (other / "year.yaml").write_text(YEAR, encoding="utf-8")
        return rulebook(pack, year=YEAR, stages=NO_STAGES, extra=YEAR + "enabled: false\n")

    def ran(self, rules: Rulebook, select: Sequence[str] = ("all",), ignore: Sequence[str] = ()) -> dict[str, str]:
        report = checked("某县全民健身方案\n\n" + UNDATED, rules, Selection(tuple(select), tuple(ignore)))
        return {outcome.rule: outcome.outcome for outcome in report.rules}

    def test_everything_that_is_enabled_runs(self, rules: Rulebook) -> None:
        assert self.ran(rules) == {"other/year": "failed", "trial/stages": "passed", "trial/year": "failed"}

    def test_a_rule_by_its_id(self, rules: Rulebook) -> None:
        assert self.ran(rules, ["trial/year"]) == {"trial/year": "failed"}

    def test_the_rules_of_a_pack(self, rules: Rulebook) -> None:
        assert self.ran(rules, ["trial"]) == {"trial/stages": "passed", "trial/year": "failed"}

    def test_a_rule_that_is_not_enabled_only_by_its_id(self, rules: Rulebook) -> None:
        assert self.ran(rules, ["trial/extra"]) == {"trial/extra": "failed"}
        assert "trial/extra" in self.ran(rules, ["all", "trial/extra"])

    def test_all_but_a_rule(self, rules: Rulebook) -> None:
        assert self.ran(rules, ignore=["trial/year"]) == {"other/year": "failed", "trial/stages": "passed"}

    def test_all_but_a_pack(self, rules: Rulebook) -> None:
        assert self.ran(rules, ignore=["trial"]) == {"other/year": "failed"}

    def test_what_is_ignored_does_not_run_even_if_it_is_selected(self, rules: Rulebook) -> None:
        assert self.ran(rules, ["trial"], ["trial/year"]) == {"trial/stages": "passed"}

    def test_ignoring_all_leaves_nothing(self, rules: Rulebook) -> None:
        assert self.ran(rules, ignore=["all"]) == {}

    @pytest.mark.parametrize("name", ["trial", "trial/year"])
    def test_a_pack_that_is_named_runs_though_it_does_not_apply(self, rules: Rulebook, name: str) -> None:
        flood = "某县防汛方案\n\n" + UNDATED
        by_all = {outcome.rule: outcome.outcome for outcome in checked(flood, rules).rules}
        assert by_all["trial/year"] == "not-applicable"
        by_name = {outcome.rule: outcome.outcome for outcome in checked(flood, rules, Selection((name,))).rules}
        assert by_name["trial/year"] == "failed"


class TestViolations:
    def test_one_is_complete(self, pack: Path) -> None:
        (violation,) = checked(UNDATED, rulebook(pack, year=YEAR + "basis: 《要求》第三条\n")).violations
        assert violation.rule == "trial/year"
        assert violation.severity == "error"
        assert violation.message == "目标“全县建成球场100个以上”没有年份"
        assert (violation.line, violation.column) == (2, 1)
        assert (violation.end_line, violation.end_column) == (2, 13), "the column after the last"
        assert (violation.section, violation.section_label) == ("一", "一、工作目标")
        assert (violation.node, violation.excerpt) == ("target", "全县建成球场100个以上")
        assert violation.source_line == "全县建成球场100个以上。"
        assert (violation.count, violation.lines) == (1, (2,))
        assert violation.basis == "《要求》第三条"

    def test_they_come_in_the_order_of_the_document(self, pack: Path) -> None:
        text = "一、进度安排\n启动阶段。2021年，制定方案。\n二、工作目标\n全县建成球场100个以上。\n"
        report = checked(text + "三、实施步骤\n总结阶段。2025年，总结。\n", rulebook(pack, year=YEAR, stages=NO_STAGES))
        assert [(violation.line, violation.rule) for violation in report.violations] == [
            (2, "trial/stages"),
            (4, "trial/year"),
            (6, "trial/stages"),
        ]

    def test_one_for_all_places_of_what_is_missing_everywhere(self, pack: Path) -> None:
        text = "一、工作目标\n全县建成球场100个以上。\n全县建成步道30公里以上。\n"
        (violation,) = checked(text, rulebook(pack, year=YEAR + "message_en: 'no year, {count} times'\n")).violations
        assert (violation.line, violation.count, violation.lines) == (2, 2, (2, 3))

    def test_those_of_a_second_plan_in_the_same_file(self) -> None:
        one = (
            "某县全民健身实施方案（2021—2025年）\n\n一、主要任务\n1.建好场地。新建一批。（县体育局牵头）\n2.办好赛事。每月办赛。\n"
            "\n某县人民政府\n2021年5月6日\n\n"
        )
        two = one.replace("全民健身", "防汛抗旱").replace("建好场地", "修好水库").replace("办好赛事", "清理河道")
        rules = load(host().rule_places, host().checks)
        plan = parse_text(from_string(one + two))
        assert len(plan.plans) == 1
        report = check_plan(plan, "draft.txt", rules, Selection(("plan/lead-unit",)))
        assert [(violation.line, violation.message) for violation in report.violations] == [
            (5, "措施“办好赛事”没有写明牵头单位"),
            (14, "措施“清理河道”没有写明牵头单位"),
        ]
        assert report.rules == (Outcome("plan/lead-unit", "failed", 2),)

    def test_a_rule_fails_where_only_the_second_plan_fails(self) -> None:
        one = (
            "某县全民健身实施方案\n\n一、主要任务\n1.建好场地。新建一批。（县体育局牵头）\n"
            "\n某县人民政府\n2021年5月6日\n\n"
        )
        two = "某县防汛抗旱实施方案\n\n一、主要任务\n1.修好水库。修一批。（县水利局牵头）\n2.清理河道。每月清理。\n"
        rules = load(host().rule_places, host().checks)
        report = checked(one + two, rules, Selection(("plan/lead-unit",)))
        assert report.rules == (Outcome("plan/lead-unit", "failed", 1),)
        assert [violation.line for violation in report.violations] == [13]


class TestFingerprints:
    PLAN = (
        "某县全民科学素质行动方案（2021—2025年）\n\n为提高全县水平，制定本方案。\n\n一、工作目标\n全面提升科学素质。\n"
        "二、主要任务\n（一）青少年行动\n1.建好场地。新建一批。（县体育局牵头）\n2.办好赛事。每月办赛。\n"
        "三、组织实施\n加强领导。\n"
    )
    RULES = load(host().rule_places, host().checks)

    def known(self, text: str) -> dict[tuple[str, str], str]:
        """Return the fingerprints by rule and message."""
        report = checked(text, self.RULES)
        return {(violation.rule, violation.message): violation.fingerprint for violation in report.violations}

    def test_no_two_violations_have_the_same(self) -> None:
        found = [violation.fingerprint for violation in checked(self.PLAN, self.RULES).violations]
        # Measure without a lead, no target, no share, no stages, four actions and five projects missing;
        # the outline is not cited; nothing of funds and monitoring.
        assert len(found) == 16
        assert len(set(found)) == 16

    def test_they_are_the_same_on_every_run(self) -> None:
        assert self.known(self.PLAN) == self.known(self.PLAN)

    def test_they_stay_when_paragraphs_are_put_before(self) -> None:
        changed = self.PLAN.replace("一、工作目标\n", "\n\n一、工作目标\n各单位要高度重视。\n")
        assert self.known(changed) == self.known(self.PLAN)

    def test_they_stay_when_measures_and_sections_are_numbered_anew(self) -> None:
        changed = self.PLAN.replace("一、工作目标", "一、总体要求\n坚持为民。\n二、工作目标", 1)
        changed = changed.replace("二、主要任务", "三、主要任务").replace("三、组织实施", "四、组织实施")
        changed = changed.replace("（一）青少年行动", "（一）青少年行动\n1.选好项目。选一批。（县体育局牵头）")
        changed = changed.replace("2.办好", "3.办好").replace("1.建好", "2.建好")
        assert self.known(changed) == self.known(self.PLAN)

    def test_they_stay_when_a_deadline_moves_elsewhere_in_the_plan(self) -> None:
        assert self.known(self.PLAN.replace("新建一批", "到2024年新建一批")) == self.known(self.PLAN)

    def test_they_do_not_depend_on_language(self) -> None:
        zh = [violation.fingerprint for violation in checked(self.PLAN, self.RULES).violations]
        en = [violation.fingerprint for violation in checked(self.PLAN, self.RULES, language="en").violations]
        assert zh == en

    def test_another_measure_has_another(self) -> None:
        lead = next(key for key in self.known(self.PLAN) if key[0] == "plan/lead-unit")
        other = self.known(self.PLAN.replace("办好赛事", "办好展览"))
        assert self.known(self.PLAN)[lead] not in other.values()
