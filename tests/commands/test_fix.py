"""``plancheck check --fix`` and ``--diff``: what is written, what is said, and what is left alone."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Write

Run = Callable[..., Any]
WRONG = "棠城县全民健身实施方案（2021—2025年）\n\n一、总体要求\n加强领导,明确(统一)分工。\n"
RIGHT = WRONG.replace(",", "，").replace("(统一)", "（统一）")
GONGWEN = ("--select", "gongwen", "--format", "concise")
DONE = "plancheck: draft.txt: 改正 3 处（gongwen/bracket-width 2、gongwen/punctuation-width 1）\n"
DIFF = """\
--- draft.txt
+++ draft.txt
@@ -1,4 +1,4 @@
 棠城县全民健身实施方案（2021—2025年）
\x20
 一、总体要求
-加强领导,明确(统一)分工。
+加强领导，明确（统一）分工。
"""


OWN = """\
title: 不写“协作”
severity: info
node: paragraph
check: pattern
options: {pattern: 协作, must: not-match, fix: 协同协同}
message: 写了“协作”
"""
"""A rule whose fix is a doubled word."""


@pytest.fixture
def draft(write: Write) -> Path:
    """Write a draft with a comma and brackets of half width."""
    return write("draft.txt", WRONG)


class TestFix:
    def test_puts_right_what_has_one_answer_and_reports_the_rest(self, plancheck: Run, draft: Path) -> None:
        draft.write_text(WRONG.replace("分工。", "分工,建好队伍队伍。"), encoding="utf-8")
        done = plancheck("check", "draft.txt", "--fix", *GONGWEN)
        assert draft.read_text("utf-8") == RIGHT.replace("分工。", "分工，建好队伍队伍。")
        assert done.stdout == "draft.txt:4:19: error gongwen/repeated-word “队伍”重复了\n"
        assert done.stderr == DONE.replace("3 处", "4 处").replace("width 1", "width 2")
        assert done.returncode == 1

    def test_of_a_draft_in_which_nothing_is_left_ends_with_0(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--fix", *GONGWEN)
        assert (done.stdout, done.stderr, done.returncode) == ("", DONE, 0)
        assert draft.read_text("utf-8") == RIGHT

    def test_a_second_time_changes_nothing(self, plancheck: Run, draft: Path) -> None:
        plancheck("check", "draft.txt", "--fix", *GONGWEN)
        before = draft.stat()
        done = plancheck("check", "draft.txt", "--fix", *GONGWEN)
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
        assert (draft.stat().st_mtime_ns, draft.stat().st_ino) == (before.st_mtime_ns, before.st_ino), "not written"

    def test_without_it_nothing_is_written(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--select", "gongwen")
        assert draft.read_text("utf-8") == WRONG
        assert "2 个问题（警告 2），其中 2 个可用 --fix 自动改正。" in done.stdout
        english = plancheck("check", "draft.txt", "--select", "gongwen", "--lang", "en").stdout
        assert "2 violations (2 warning), of which --fix can mend 2; rules:" in english

    def test_works_on_folders_and_says_what_was_done_in_each_draft(self, plancheck: Run, write: Write) -> None:
        write("drafts/a.txt", WRONG)
        write("drafts/b.md", WRONG)
        clean = write("drafts/c.txt", RIGHT)
        before = clean.stat().st_mtime_ns
        done = plancheck("check", "drafts", "--fix", *GONGWEN)
        said = DONE.replace("draft.txt", "drafts/a.txt") + DONE.replace("draft.txt", "drafts/b.md")
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 0)
        assert clean.stat().st_mtime_ns == before

    def test_in_several_processes_does_the_same(self, plancheck: Run, write: Write) -> None:
        for number in range(6):
            write(f"drafts/{number}.txt", WRONG)
        done = plancheck("check", "drafts", "--fix", "--jobs", "2", *GONGWEN)
        assert done.stderr.count("改正 3 处") == 6
        assert done.returncode == 0

    def test_speaks_english(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--fix", *GONGWEN, "--lang", "en")
        assert done.stderr == "plancheck: draft.txt: 3 fixed (gongwen/bracket-width 2, gongwen/punctuation-width 1)\n"

    def test_keeps_permissions_and_links(self, plancheck: Run, write: Write, tmp_path: Path) -> None:
        target = write("elsewhere/draft.txt", WRONG)
        target.chmod(0o640)
        (tmp_path / "draft.txt").symlink_to(target)
        assert plancheck("check", "draft.txt", "--fix", *GONGWEN).returncode == 0
        assert (tmp_path / "draft.txt").is_symlink()
        assert target.read_text("utf-8") == RIGHT
        assert stat.S_IMODE(target.stat().st_mode) == 0o640
        assert [path.name for path in target.parent.iterdir()] == ["draft.txt"], "nothing is left behind"

    def test_leaves_what_a_baseline_knows(self, plancheck: Run, draft: Path) -> None:
        plancheck("baseline", "draft.txt")
        draft.write_text(WRONG + "落实国发[2021]9号。\n", encoding="utf-8")
        done = plancheck("check", "draft.txt", "--fix", "--baseline", ".plancheck-baseline.json", *GONGWEN)
        assert draft.read_text("utf-8") == WRONG + "落实国发〔2021〕9号。\n"
        assert "改正 2 处（gongwen/doc-number 2）" in done.stderr

    def test_leaves_what_the_configuration_accepts(self, plancheck: Run, draft: Path, write: Write) -> None:
        waiver = "waivers:\n  - {rule: gongwen/punctuation-width, files: ['*.txt'], reason: 引文如此}\n"
        write(".plancheck.yaml", waiver)
        done = plancheck("check", "draft.txt", "--fix", *GONGWEN)
        assert draft.read_text("utf-8") == RIGHT.replace("领导，", "领导,")
        assert "改正 2 处（gongwen/bracket-width 2）" in done.stderr

    def test_of_a_configuration_or_baseline_with_a_mistake_changes_nothing(
        self, plancheck: Run, draft: Path, write: Write
    ) -> None:
        said = "plancheck: draft.txt: 配置或基线有错，不知道哪些问题已经豁免，没有改正\n"
        write(".plancheck.yaml", "waivers:\n  - {rule: gongwen/punctuation-width, reason: 引文如此}\n")
        done = plancheck("check", "draft.txt", "--fix", *GONGWEN)
        assert said in done.stderr and done.returncode == 2
        write(".plancheck.yaml", "baseline: missing.json\n")
        done = plancheck("check", "draft.txt", "--fix", *GONGWEN)
        assert said in done.stderr and done.returncode == 2
        assert draft.read_text("utf-8") == WRONG

    def test_leaves_drafts_that_are_excluded(self, plancheck: Run, draft: Path) -> None:
        plancheck("check", "draft.txt", ".", "--fix", "--exclude", "draft.txt", *GONGWEN)
        assert draft.read_text("utf-8") == WRONG

    def test_says_where_fixing_would_lead_to_another_violation(self, plancheck: Run, draft: Path, write: Write) -> None:
        write("own/pack.yaml", "title: 试验\nversion: 0.0.1\n")
        write("own/wording.yaml", OWN)
        draft.write_text(WRONG + "加强协作。\n", encoding="utf-8")
        done = plancheck("check", "draft.txt", "--fix", "--rules", "own", "--select", "own,gongwen")
        assert done.stderr == DONE + "plancheck: draft.txt:5: own/wording: 照着改会带来别的问题，没有改\n"
        assert draft.read_text("utf-8") == RIGHT + "加强协作。\n"

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_of_a_draft_that_may_not_be_written_changes_nothing(self, plancheck: Run, draft: Path) -> None:
        draft.chmod(0o444)
        done = plancheck("check", "draft.txt", "--fix", *GONGWEN)
        assert "plancheck: draft.txt: 无法写入（" in done.stderr
        assert (draft.read_text("utf-8"), done.returncode) == (WRONG, 2)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_of_a_folder_where_nothing_may_be_written_changes_nothing(
        self, plancheck: Run, draft: Path, tmp_path: Path
    ) -> None:
        tmp_path.chmod(0o555)
        done = plancheck("check", "draft.txt", "--fix", *GONGWEN)
        tmp_path.chmod(0o755)
        assert "plancheck: draft.txt: 无法写入（" in done.stderr
        assert done.returncode == 2

    def test_reports_what_could_not_be_read_as_ever(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "missing.txt", "--fix", *GONGWEN)
        assert draft.read_text("utf-8") == RIGHT
        assert done.stdout == "missing.txt: 没有这个文件或文件夹，请核对路径\n"
        assert done.returncode == 2

    def test_of_a_draft_that_cannot_be_written_back_says_so_and_reports_it(self, plancheck: Run, draft: Path) -> None:
        damaged = WRONG.encode() + b"\xff\n"
        draft.write_bytes(damaged)
        done = plancheck("check", "draft.txt", "--fix", *GONGWEN)
        assert draft.read_bytes() == damaged
        assert done.stderr == "plancheck: draft.txt: 编码 UTF-8 (DAMAGED) 写不出改正后的文字\n"
        assert "gongwen/punctuation-width" in done.stdout
        assert done.returncode == 1

    def test_goes_with_every_report(self, plancheck: Run, draft: Path, tmp_path: Path) -> None:
        done = plancheck("check", "draft.txt", "--fix", "--select", "gongwen", "--format", "json=left.json")
        assert (done.stdout, done.stderr, done.returncode) == ("", DONE, 0)
        assert '"warning": 0' in (tmp_path / "left.json").read_text("utf-8")


class TestInterruption:
    def test_says_so_and_what_was_written_until_then(self, write: Write, tmp_path: Path) -> None:
        import signal
        import sys
        import time

        for number in range(60):
            write(f"drafts/{number:02}.txt", WRONG)
        with subprocess.Popen(
            [sys.executable, "-m", "checker", "check", "drafts", "--fix", "--jobs", "1", "--no-cache"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as running:
            assert running.stderr is not None
            said = running.stderr.readline()
            time.sleep(0.05)
            running.send_signal(signal.SIGINT)
            out, rest = running.communicate(timeout=60)
        said += rest
        assert running.returncode == 130
        assert out == ""
        assert said.endswith("plancheck: 已中断\n")
        written = [path for path in (tmp_path / "drafts").iterdir() if path.read_text("utf-8") == RIGHT]
        assert abs(said.count("改正 3 处") - len(written)) <= 1, "one may have been written and not yet told of"
        assert {path.suffix for path in (tmp_path / "drafts").iterdir()} == {".txt"}, "nothing is left behind"


class TestStandardInput:
    def test_goes_to_standard_output_mended_and_the_report_to_standard_error(self, plancheck: Run) -> None:
        done = plancheck("check", "-", "--fix", *GONGWEN, stdin=WRONG.replace("分工", "分工队伍队伍"))
        assert done.stdout == RIGHT.replace("分工", "分工队伍队伍")
        assert done.stderr.splitlines() == [
            "plancheck: -: 改正 3 处（gongwen/bracket-width 2、gongwen/punctuation-width 1）",
            "-:4:16: error gongwen/repeated-word “队伍”重复了",
        ]
        assert done.returncode == 1

    def test_goes_to_standard_output_as_it_is_where_there_is_nothing_to_mend(self, plancheck: Run) -> None:
        done = plancheck("check", "-", "--fix", *GONGWEN, stdin=RIGHT)
        assert (done.stdout, done.stderr, done.returncode) == (RIGHT, "", 0)


class TestDiff:
    def test_shows_what_would_be_changed_and_writes_nothing(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--diff")
        assert (done.stdout, done.stderr) == (DIFF, "plancheck: --fix 会改正 1 份方案里的 3 处\n")
        assert done.returncode == 1
        assert draft.read_text("utf-8") == WRONG

    def test_of_nothing_to_change_is_empty_whatever_else_is_wrong(self, plancheck: Run, draft: Path) -> None:
        draft.write_text(RIGHT + "建好队伍队伍。\n", encoding="utf-8")
        done = plancheck("check", "draft.txt", "--diff")
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)

    def test_can_be_applied(self, plancheck: Run, draft: Path, tmp_path: Path) -> None:
        draft.write_bytes(WRONG.replace("\n", "\r\n").encode()[:-2])
        done = plancheck("check", "draft.txt", "--diff")
        applied = subprocess.run(
            ["git", "apply", "-p0", "-"], cwd=tmp_path, input=done.stdout.encode(), capture_output=True, check=False
        )
        assert (applied.returncode, applied.stderr) == (0, b"")
        assert draft.read_bytes() == RIGHT.replace("\n", "\r\n").encode()[:-2]

    def test_with_fix_writes_nothing_either(self, plancheck: Run, draft: Path) -> None:
        assert plancheck("check", "draft.txt", "--diff", "--fix").stdout == DIFF
        assert draft.read_text("utf-8") == WRONG

    @pytest.mark.parametrize("more", [("--format", "json"), ("-o", "x.txt")])
    def test_makes_no_report(self, plancheck: Run, draft: Path, more: tuple[str, ...]) -> None:
        done = plancheck("check", "draft.txt", "--diff", *more)
        assert done.stderr == "plancheck: --diff 只列出改动，不写报告，不能与 --format、-o 同用\n"
        assert done.returncode == 2

    def test_of_a_draft_that_cannot_be_read_ends_with_2(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "missing.txt", "--diff")
        assert done.stdout == DIFF
        assert "plancheck: missing.txt: 没有这个文件或文件夹，请核对路径\n" in done.stderr
        assert done.returncode == 2

    def test_on_a_terminal_commands_nothing(self, draft: Path, tmp_path: Path) -> None:
        import pty
        import sys

        draft.write_text(WRONG.replace("加强", "加\x1b[2J强"), encoding="utf-8")
        ours, theirs = pty.openpty()
        subprocess.run(
            [sys.executable, "-m", "checker", "check", "draft.txt", "--diff"],
            cwd=tmp_path,
            stdout=theirs,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        os.close(theirs)
        shown = os.read(ours, 100_000).decode()
        os.close(ours)
        assert "\x1b[31m-加" in shown.replace("\r\n", "\n"), "what goes is red"
        assert "\x1b[32m+加" in shown
        assert "\x1b[2J" not in shown
