"""``plancheck check --format``: which reports are made, and where each goes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import READING, TRIAL, VAGUE, Write

Run = Callable[..., Any]
LINE = "reading.txt:4:8: warning plan/target-year 目标“适时建成100个”没有写明完成年份\n"
OWN = """\
from checker.hookspecs import hookimpl
from checker.reporters import Reporter

def render(report):
    plan = report.plans["reading.txt"]
    rule = report.rules["plan/target-year"]
    return f"{plan.metadata.title}|{len(plan.measures)}|{rule.title}|{rule.help.split()[0]}\\n"

def bare(report):
    return f"{len(report.plans)}|{len(report.rules)}\\n"

@hookimpl
def plancheck_reporters():
    return [Reporter("wide", render, needs=("rules", "plans"), suffixes=(".wide",)), Reporter("bare", bare)]
"""


@pytest.fixture
def check(plancheck: Run, write: Write) -> Run:
    """Return a function that checks a draft with one violation."""
    write("reading.txt", READING)
    return lambda *arguments: plancheck("check", "reading.txt", "--select", "plan/target-year", *arguments)


class TestSeveralReports:
    def test_one_goes_to_standard_output_the_others_to_their_files(self, check: Run, tmp_path: Path) -> None:
        done = check("--format", "concise", "--format", "json=report.json", "--format", "text=report.txt")
        assert (done.stdout, done.stderr, done.returncode) == (LINE, "", 1)
        assert json.loads((tmp_path / "report.json").read_text("utf-8"))["summary"]["warning"] == 1
        assert (tmp_path / "report.txt").read_text("utf-8").startswith("reading.txt\n  4:8  警告")

    def test_nothing_is_printed_where_each_has_a_file(self, check: Run, tmp_path: Path) -> None:
        done = check("--format", "concise=one.txt")
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
        assert (tmp_path / "one.txt").read_text("utf-8") == LINE

    def test_the_one_without_a_file_goes_to_that_of_output(self, check: Run, tmp_path: Path) -> None:
        done = check("--format", "json=report.json", "--format", "concise", "-o", "one.txt")
        assert (done.stdout, done.returncode) == ("", 1)
        assert (tmp_path / "one.txt").read_text("utf-8") == LINE
        assert (tmp_path / "report.json").exists()

    def test_html_by_its_suffix(self, check: Run, tmp_path: Path) -> None:
        done = check("-o", "report.HTM", "--format", "json=report.json")
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
        page = (tmp_path / "report.HTM").read_text("utf-8")
        assert page.startswith("<!DOCTYPE html>")
        assert "某县全民阅读实施方案" in page

    def test_a_file_name_may_have_an_equals_sign(self, check: Run, tmp_path: Path) -> None:
        check("--format", "concise=a=b.txt")
        assert (tmp_path / "a=b.txt").read_text("utf-8") == LINE


class TestTheSuffixOfTheOutput:
    @pytest.mark.parametrize(
        ("name", "begins"),
        [
            ("a.json", '{\n  "schema"'),
            ("A.JSON", '{\n  "schema"'),
            ("a.txt", "reading.txt\n"),
            ("a.sarif", '{\n  "$schema"'),
            ("a.sarif.json", '{\n  "$schema"'),
            ("a.md", "# 审核意见表\n"),
            ("a.markdown", "# 审核意见表\n"),
        ],
    )
    def test_says_which_report_is_meant(self, check: Run, tmp_path: Path, name: str, begins: str) -> None:
        assert check("-o", name).returncode == 1
        assert (tmp_path / name).read_text("utf-8").startswith(begins)

    def test_gives_way_to_what_format_says(self, check: Run, tmp_path: Path) -> None:
        check("--format", "concise", "-o", "a.json")
        assert (tmp_path / "a.json").read_text("utf-8") == LINE


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (
                ("--format", "concise", "--format", "json"),
                "concise、json 不能都写到标准输出，请给其余的写明文件：--format json=FILE",
            ),
            (
                ("--format", "concise", "--format", "json", "-o", "a"),
                "concise、json 不能都写到a，请给其余的写明文件：--format json=FILE",
            ),
            (("--format", "json="), "--format json= 后面没有写文件，如 --format json=report"),
            (("--format", "json=a", "--format", "text=./a"), "a: 不能写两份报告，请另起文件名"),
            (("--format", "text=reading.txt"), "reading.txt: 是要检查的方案，不能用报告覆盖；请给 -o 另起文件名"),
        ],
    )
    def test_two_reports_in_one_place_and_names_that_are_none(
        self, check: Run, tmp_path: Path, arguments: tuple[str, ...], said: str
    ) -> None:
        done = check(*arguments)
        assert (done.stdout, done.stderr, done.returncode) == ("", f"plancheck: {said}\n", 2)
        assert {path.name for path in tmp_path.iterdir()} - {".cache"} == {"reading.txt"}, "nothing is written"

    def test_a_name_that_no_reporter_has_with_a_guess(self, check: Run) -> None:
        done = check("--format", "jsn=a.json")
        assert "没有名为“jsn”的报告格式；可用的：" in done.stderr
        assert "您是不是想写“json”？" in done.stderr
        assert done.returncode == 2


class TestDraftsThatCannotBeRead:
    @pytest.mark.parametrize("form", ["text", "concise", "markdown", "github"])
    def test_are_told_once_where_a_person_reads_the_report(self, check: Run, form: str) -> None:
        done = check("missing.txt", "--format", form)
        assert "missing.txt" in done.stdout
        assert (done.stderr, done.returncode) == ("", 2)

    @pytest.mark.parametrize("form", ["json", "sarif", "gitlab", "junit", "checkstyle"])
    def test_are_told_on_standard_error_too_where_a_program_reads_it(self, check: Run, form: str) -> None:
        done = check("missing.txt", "--format", form)
        assert "missing.txt" in done.stdout
        assert (done.stderr, done.returncode) == ("plancheck: missing.txt: 没有这个文件或文件夹，请核对路径\n", 2)

    def test_a_suffix_that_means_something_else(self, check: Run, tmp_path: Path) -> None:
        done = check("-o", "report.xlsx")
        assert done.stderr.startswith("plancheck: -o report.xlsx: 后缀 .xlsx 没有对应的格式；可用的：")
        assert done.returncode == 2
        assert not (tmp_path / "report.xlsx").exists()

    def test_a_configuration_that_the_run_reads(self, check: Run, write: Write) -> None:
        configuration = write(".plancheck.yaml", "ignore: [gongwen]\n")
        done = check("--format", "json=.plancheck.yaml")
        assert done.stderr == ("plancheck: .plancheck.yaml: 是这次检查要读的配置或基线，不能用报告覆盖；请另起文件名\n")
        assert (configuration.read_text("utf-8"), done.returncode) == ("ignore: [gongwen]\n", 2)

    def test_a_file_that_cannot_be_written_leaves_the_others(self, check: Run, tmp_path: Path) -> None:
        done = check("--format", "json=missing/a.json", "--format", "concise", "--format", "text=b.txt")
        assert done.stdout == LINE
        assert done.stderr == "plancheck: missing/a.json: 无法写入（没有文件夹 missing，请先新建）\n"
        assert done.returncode == 2
        assert (tmp_path / "b.txt").exists()


class TestWhatReportersNeed:
    @pytest.fixture(autouse=True)
    def own(self, write: Write) -> None:
        """Put a plugin with two reporters beside the draft."""
        write("own.py", OWN)

    def test_rules_and_plans_are_there_for_those_who_ask(self, check: Run) -> None:
        done = check("--plugin", "own.py", "--format", "wide")
        zh = "某县全民阅读实施方案（2024—2026年）|1|量化目标要写明完成年份|量化目标"
        assert done.stdout.startswith(zh), done.stderr
        assert check("--plugin", "own.py", "--format", "bare").stdout == "0|0\n"

    def test_rules_speak_the_language_of_the_report(self, check: Run, plancheck: Run, write: Write) -> None:
        done = check("--plugin", "own.py", "--format", "wide", "--lang", "en")
        assert done.stdout.endswith("|A target has a year or a period|A\n"), "A quantified target says ..."
        write("packs/trial/pack.yaml", TRIAL)
        write("packs/trial/vague.yaml", VAGUE.replace("help_en: |\n  Give the month,\n  such as “6月底前”.\n", ""))
        write("own.py", OWN.replace("plan/target-year", "trial/vague"))
        arguments = ("--rules", "packs", "--select", "trial/vague", "--plugin", "own.py", "--format", "wide")
        done = plancheck("check", "reading.txt", *arguments, "--lang", "en")
        assert done.stdout.endswith("|No “in due course”|写明月份。\n"), "the rule has no other help"

    def test_they_are_there_when_the_draft_is_known_from_an_earlier_run(self, check: Run) -> None:
        first = check("--plugin", "own.py", "--format", "wide")
        again = check("--plugin", "own.py", "-o", "x.wide", "--format", "wide")
        assert again.returncode == 1
        assert check("--plugin", "own.py", "--format", "wide").stdout == first.stdout

    def test_standard_input_is_read_once_and_understood_twice(self, plancheck: Run, write: Write) -> None:
        own = OWN.replace('"reading.txt"', '"-"')
        write("own.py", own)
        arguments = ("--plugin", "own.py", "--format", "wide", "--select", "plan/target-year")
        done = plancheck("check", "-", *arguments, stdin=READING)
        assert done.stdout.startswith("某县全民阅读实施方案（2024—2026年）|1|"), done.stderr
        assert done.returncode == 1
