"""``check --quiet``: violations and errors, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drafts import BAD, CLEAN
from terminals import on_terminal

from .conftest import Write

Run = Callable[..., Any]
FOUND = (
    "draft.txt\n"
    "  8:1  错误  plan/lead-unit\n"
    "    措施“办好赛事”没有写明牵头单位\n"
    "    位置：二（一）场地行动\n"
    "    │ 2.办好赛事。每年办赛10场。\n"
    "    │ ^^^^^^^^^^\n"
    "\n"
)


@pytest.fixture(autouse=True)
def draft(write: Write) -> Path:
    return write("draft.txt", BAD)


@pytest.mark.parametrize("option", ["-q", "--quiet"])
def test_violations_without_a_summary(plancheck: Run, option: str) -> None:
    done = plancheck("check", "draft.txt", option)
    assert (done.stdout, done.stderr, done.returncode) == (FOUND, "", 1)


def test_not_a_word_of_a_draft_without_violations(plancheck: Run, write: Write) -> None:
    write("draft.txt", CLEAN)
    done = plancheck("check", "draft.txt", "--quiet")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_no_remarks(plancheck: Run, write: Write) -> None:
    write("other.txt", BAD)
    assert plancheck("baseline", "draft.txt").returncode == 0
    write("draft.txt", CLEAN)
    command = ("check", "draft.txt", "other.txt", "--exclude", "other.txt", "--baseline", ".plancheck-baseline.json")
    said = plancheck(*command).stderr
    assert "按 exclude 有 1 份方案没有检查" in said
    assert "基线里有 1 个问题已不存在" in said
    quiet = plancheck(*command, "--quiet")
    assert (quiet.stdout, quiet.stderr, quiet.returncode) == ("", "", 0)


def test_nothing_of_what_was_put_right(plancheck: Run, write: Write) -> None:
    path = write("draft.txt", CLEAN.replace("新建一批场地。", "新建一批场地,改造旧场地。"))
    assert "--fix 会改正 1 份方案里的 1 处" in plancheck("check", "draft.txt", "--diff").stderr
    shown = plancheck("check", "draft.txt", "--diff", "--quiet")
    assert "+1.建好场地。新建一批场地，改造旧场地。" in shown.stdout
    assert shown.stderr == ""
    done = plancheck("check", "draft.txt", "--fix", "--quiet")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert "，改造" in path.read_text(encoding="utf-8")


def test_errors_are_said(plancheck: Run) -> None:
    done = plancheck("check", "draft.txt", "none.txt", "--quiet", "--select", "plan/lead-unit,plan/stagse")
    assert done.stdout == f"{FOUND}none.txt\n  无法检查  没有这个文件或文件夹，请核对路径\n\n"
    assert "没有名为“plan/stagse”的规则或规则包" in done.stderr
    assert done.returncode == 2


def test_rules_that_could_not_be_evaluated_are_named(plancheck: Run, broken: str) -> None:
    done = plancheck("check", "reading.txt", "--rules", "packs", "--select", "trial", "--quiet")
    assert "  reading.txt  trial/wrong: 规则文件有错\n" in done.stdout
    assert (done.stderr, done.returncode) == (broken, 2)


def test_a_report_for_machines_is_whole(plancheck: Run) -> None:
    command = ("check", "draft.txt", "--format", "json")
    quiet = plancheck(*command, "--quiet").stdout
    assert json.loads(quiet) == json.loads(plancheck(*command).stdout)


def test_no_progress(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.txt").write_text(CLEAN + "1.办好赛事。（县体育局牵头）\n" * 150, encoding="utf-8")
    assert on_terminal("check", ".", "--quiet", "--select", "plan", "--jobs", "1", cwd=tmp_path).shown == ""


def test_it_contradicts_verbose(plancheck: Run) -> None:
    done = plancheck("check", "draft.txt", "-q", "-v")
    assert (done.stdout, done.stderr, done.returncode) == ("", "plancheck: -q 与 -v 矛盾，请去掉一个\n", 2)
