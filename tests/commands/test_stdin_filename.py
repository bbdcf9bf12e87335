"""``check - --stdin-filename NAME``: standard input is treated as a file, as editors want it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drafts import BAD, CLEAN, CONCISE

from .conftest import Write

Run = Callable[..., Any]
NAMED = ("check", "-", "--format", "concise", "--stdin-filename")


def test_the_report_names_it(plancheck: Run) -> None:
    done = plancheck(*NAMED, "drafts/plan.txt", stdin=BAD)
    assert (done.stdout, done.stderr, done.returncode) == (f"drafts/plan.txt:{CONCISE}", "", 1)


def test_it_need_not_be_there_and_is_not_read(plancheck: Run, write: Write) -> None:
    write("plan.txt", BAD)
    assert plancheck(*NAMED, "plan.txt", stdin=CLEAN).stdout == ""


def test_without_it_standard_input_is_a_dash(plancheck: Run) -> None:
    assert plancheck("check", "-", "--format", "concise", stdin=BAD).stdout == f"-:{CONCISE}"


def test_its_suffix_chooses_the_reader(plancheck: Run, write: Write) -> None:
    write(
        "shouting.py",
        "from checker.hookspecs import hookimpl\nfrom checker.plain_text import from_string\n"
        "from checker.reader import Reader\n"
        "def read(data, suffix):\n    return from_string(data.decode().replace('!', '。'), format='shout')\n"
        "@hookimpl\ndef plancheck_readers():\n    return [Reader('shout', ('.shout',), read)]\n",
    )
    draft = CLEAN.replace("。", "!")
    done = plancheck("--plugin", "shouting.py", *NAMED, "plan.shout", stdin=draft)
    assert done.stdout == ""
    assert "plan.txt" in plancheck("--plugin", "shouting.py", *NAMED, "plan.txt", stdin=draft).stdout


def test_a_draft_that_cannot_be_read_has_it_too(plancheck: Run) -> None:
    done = plancheck(*NAMED, "plan.txt", stdin=b"")
    assert done.stdout.startswith("plan.txt: 文件是空的")
    assert done.returncode == 2


class TestConfiguration:
    """Where it would be is where its configuration is."""

    @pytest.fixture(autouse=True)
    def configurations(self, write: Write) -> None:
        write(".plancheck.yaml", "select: [plan/stages]\n")
        write(
            "drafts/.plancheck.yaml",
            "select: [plan]\nexclude: [old/]\n"
            "per_file:\n  - files: [mild.txt]\n    severities: {plan/lead-unit: info}\n"
            "waivers:\n  - rule: plan/lead-unit\n    files: [waived.txt]\n    reason: 由各村自办\n",
        )

    def test_the_nearest_holds(self, plancheck: Run) -> None:
        assert plancheck(*NAMED, "drafts/plan.txt", stdin=BAD).stdout == f"drafts/plan.txt:{CONCISE}"
        assert plancheck(*NAMED, "plan.txt", stdin=BAD).stdout == ""

    def test_settings_of_some_files(self, plancheck: Run) -> None:
        done = plancheck(*NAMED, "drafts/mild.txt", stdin=BAD)
        assert done.stdout == f"drafts/mild.txt:{CONCISE.replace('error', 'info')}"

    def test_files_that_are_left_out(self, plancheck: Run) -> None:
        done = plancheck(*NAMED, "drafts/old/plan.txt", stdin=BAD)
        assert (done.stdout, done.returncode) == ("", 0)
        assert done.stderr == "plancheck: 按 exclude 有 1 份方案没有检查\n"

    def test_by_the_command_line(self, plancheck: Run) -> None:
        assert plancheck(*NAMED, "drafts/plan.txt", "--exclude", "drafts/", stdin=BAD).stdout == ""

    def test_waivers(self, plancheck: Run) -> None:
        done = plancheck(*NAMED, "drafts/waived.txt", "--show-waived", stdin=BAD)
        assert "由各村自办" in done.stdout
        assert done.returncode == 0

    def test_a_baseline(self, plancheck: Run, write: Write) -> None:
        write("drafts/plan.txt", BAD)
        assert plancheck("baseline", "drafts/plan.txt").returncode == 0
        known = ("--baseline", ".plancheck-baseline.json")
        assert plancheck(*NAMED, "drafts/plan.txt", *known, stdin=BAD).stdout == ""
        assert plancheck(*NAMED, "drafts/other.txt", *known, stdin=BAD).returncode == 1

    def test_what_holds_is_shown(self, plancheck: Run) -> None:
        done = plancheck("check", "-", "--stdin-filename", "drafts/old/plan.txt", "--show-config", stdin=BAD)
        assert done.stdout.startswith("drafts/old/plan.txt\n")
        assert "drafts/.plancheck.yaml" in done.stdout
        assert "不检查" in done.stdout


class TestFix:
    WRONG = CLEAN.replace("新建一批场地。", "新建一批场地,改造旧场地。")
    RIGHT = WRONG.replace(",", "，")

    def test_the_draft_goes_to_standard_output(self, plancheck: Run, tmp_path: Path) -> None:
        done = plancheck("check", "-", "--fix", "--stdin-filename", "plan.txt", stdin=self.WRONG)
        assert done.stdout == self.RIGHT
        assert "plan.txt: 改正 1 处" in done.stderr
        assert not (tmp_path / "plan.txt").exists()

    def test_the_changes_name_it(self, plancheck: Run) -> None:
        done = plancheck("check", "-", "--diff", "--stdin-filename", "drafts/plan.txt", stdin=self.WRONG)
        assert "drafts/plan.txt" in done.stdout.splitlines()[0]

    def test_one_that_is_left_out_comes_back_as_it_was(self, plancheck: Run) -> None:
        command = ("check", "-", "--fix", "--stdin-filename", "plan.txt", "--exclude", "plan.txt")
        assert plancheck(*command, stdin=self.WRONG).stdout == self.WRONG


def test_plans_of_reports_have_it(plancheck: Run, write: Write) -> None:
    write(
        "titles.py",
        "from checker.hookspecs import hookimpl\nfrom checker.reporters import Reporter\n"
        "def render(report):\n    return repr({path: plan.metadata.title for path, plan in report.plans.items()})\n"
        "@hookimpl\ndef plancheck_reporters():\n    return [Reporter('titles', render, needs=('plans',))]\n",
    )
    command = ("--plugin", "titles.py", "check", "-", "--stdin-filename", "plan.txt", "--format", "titles")
    assert plancheck(*command, stdin=CLEAN).stdout == "{'plan.txt': '某县全民健身实施方案（2021—2025年）'}"


def test_the_report_is_not_written_over_it(plancheck: Run, write: Write) -> None:
    path = write("plan.txt", CLEAN)
    done = plancheck("check", "-", "--stdin-filename", "plan.txt", "-o", "plan.txt", stdin=BAD)
    assert "不能用报告覆盖" in done.stderr
    assert (path.read_text(encoding="utf-8"), done.returncode) == (CLEAN, 2)


@pytest.mark.parametrize("paths", [["plan.txt"], ["-", "plan.txt"]])
def test_it_is_for_standard_input_only(plancheck: Run, write: Write, paths: list[str]) -> None:
    write("plan.txt", CLEAN)
    done = plancheck("check", *paths, "--stdin-filename", "plan.txt", stdin=BAD)
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr == (
        "plancheck: --stdin-filename 是给标准输入起名的：路径只写一个 -，"
        "如 plancheck check - --stdin-filename 草案.txt\n"
    )


def test_an_empty_name_is_none(plancheck: Run) -> None:
    assert plancheck("check", "-", "--stdin-filename", "", stdin=BAD).returncode == 2


def test_the_report_for_machines_has_it(plancheck: Run) -> None:
    done = plancheck("check", "-", "--stdin-filename", "plan.md", "--format", "json", stdin=BAD)
    (file,) = json.loads(done.stdout)["files"]
    assert (file["path"], file["format"]) == ("plan.md", "md")
