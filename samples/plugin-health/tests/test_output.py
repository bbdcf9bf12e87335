"""What the plugin makes of results: the ledger, the command, and the reports of its sample drafts."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

import checker
import plancheck_health
from checker.cli import plancheck
from checker.model import FileReport, Outcome, Report
from checker.reporters.concise import render as concise
from checker.testing import assert_reporter_conforms, assert_same_report
from plancheck_health import ledger

DRAFTS = Path(__file__).resolve().parent.parent / "drafts"
(LEDGER,) = plancheck_health.plancheck_reporters()
NAMES = sorted(path.name for path in DRAFTS.iterdir() if path.suffix in (".brief", ".txt"))


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_draft_gets_its_expected_report(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(DRAFTS)
    report = checker.check(name, plugins="plancheck_health")
    assert_same_report(concise(report), DRAFTS / f"{Path(name).stem}.expected")


class TestLedger:
    def rows(self, report: Report) -> list[dict[str, str]]:
        made = ledger.render(report)
        return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))

    def test_keeps_what_every_reporter_promises(self) -> None:
        assert_reporter_conforms(LEDGER, kind="csv")

    def test_has_a_row_for_each_violation(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(DRAFTS)
        report = checker.check("fanjiao-health.txt", plugins="plancheck_health", select="health/one-word")
        assert self.rows(report) == [
            {
                "序号": "1",
                "文件": "fanjiao-health.txt",
                "行": "9",
                "位置": "一、总体要求",
                "级别": "提示",
                "问题": "“健康素质”应为“健康素养”",
                "依据": "《国务院关于实施健康中国行动的意见》（国发〔2019〕13号）",
                "规则": "health/one-word",
                "整改情况": "",
            }
        ]

    def test_nothing_is_a_formula(self) -> None:
        file = FileReport("=1+1.txt", error="-2 is no draft")
        (row,) = self.rows(Report("1", {}, (file,)))
        assert (row["文件"], row["问题"], row["级别"]) == ("'=1+1.txt", "'-2 is no draft", "未检查")

    def test_says_what_could_not_be_checked_in_english_too(self) -> None:
        file = FileReport("a.txt", rules=(Outcome("plan/x", "not-evaluated", 0, "it raised"),))
        (row,) = self.rows(Report("1", {}, (file,), "en"))
        assert (row["severity"], row["finding"], row["rule"]) == ("not checked", "it raised", "plan/x")


class TestCommand:
    def run(self, *arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(plancheck, ["--plugin", "plancheck_health", "health-targets", *arguments])
        return done.exit_code, done.output

    def test_lists_the_targets_for_health(self) -> None:
        code, output = self.run(str(DRAFTS / "xikou-health.brief"))
        rows = [line.split() for line in output.splitlines()]
        assert code == 0
        assert rows[0] == ["指标", "目标", "年份", "行"]
        assert rows[2] == ["居民健康素养水平", "≥29%", "2025", "12"]
        assert rows[-1] == ["每万人口全科医生数", "≥3.6名", "2027", "12"]
        assert "专家库" not in output

    def test_in_english(self) -> None:
        assert self.run(str(DRAFTS / "xikou-health.brief"), "--lang", "en")[1].split()[:4] == [
            "metric",
            "target",
            "year",
            "line",
        ]

    def test_a_plan_without_any(self, tmp_path: Path) -> None:
        (tmp_path / "plan.txt").write_text("一、主要目标\n到2027年，建成公园3个。\n", encoding="utf-8")
        assert self.run(str(tmp_path / "plan.txt")) == (1, "没有健康指标\n")
