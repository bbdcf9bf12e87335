"""``github``: annotations, as the runner of GitHub Actions reads them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reports import report, violation

from checker.model import FileReport, Report
from checker.reporters.github import render

from .reviewed import EVIL, alone, reviewed

ZH = """\
::warning file=drafts/棠城县 方案.txt,line=4,endLine=4,col=8,endColumn=8,title=gongwen/punctuation-width::\
drafts/棠城县 方案.txt:4:8: gongwen/punctuation-width 半角标点“,”（共 3 处，见第 4、9 行）
::error file=drafts/棠城县 方案.txt,line=8,endLine=8,col=3,endColumn=6,title=plan/lead-unit::\
drafts/棠城县 方案.txt:8:3: plan/lead-unit 措施“办好赛事”没有写明牵头单位
::notice file=drafts/棠城县 方案.txt,line=11,endLine=12,title=plan/stages-order::\
drafts/棠城县 方案.txt:11:1: plan/stages-order 阶段先后颠倒
::error file=drafts/棠城县 方案.txt,title=plan/unit-name::\
drafts/棠城县 方案.txt: 规则 plan/unit-name 未能执行：超时
::error file=drafts/扫描件.txt,title=未能检查::drafts/扫描件.txt: 无法检查：文件是空的
"""
EN = """\
::warning file=drafts/棠城县 方案.txt,line=6,endLine=6,col=2,endColumn=3,title=plan/target-year::\
drafts/棠城县 方案.txt:6:2: plan/target-year A target names no year (waived: 本级不设年度目标; 张三; until 2026-12-31)
"""
COMMAND = re.compile("::(?P<name>[a-z]+) (?P<properties>.*?)::(?P<data>.*)")


def unescaped(text: str, characters: str) -> str:
    """Return what the runner makes of escaped text: the percent sign comes last."""
    for char in f"{characters}%":
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Return the commands of a log as the runner reads them: name, properties, message."""
    found = []
    for line in text.split("\n")[:-1]:
        command = COMMAND.fullmatch(line)
        assert command is not None, line
        pairs = (pair.split("=", 1) for pair in command["properties"].split(","))
        properties = {key: unescaped(value, "\r\n:,") for key, value in pairs}
        found.append((command["name"], properties, unescaped(command["data"], "\r\n")))
    return found


def test_a_whole_report() -> None:
    assert render(reviewed()) == ZH
    assert len(commands(ZH)) == 5


def test_a_report_in_english_with_what_is_accepted() -> None:
    lines = render(reviewed("en", shows_waived=True)).splitlines(keepends=True)
    assert lines[1] == EN
    assert lines[-1].endswith("title=not checked::drafts/扫描件.txt: not checked: the file is empty\n")


def test_nothing_found_is_nothing_said() -> None:
    assert render(report(FileReport("a.txt", "txt"))) == ""


def test_columns_stand_only_with_places_on_one_line() -> None:
    # The runner drops both where the lines differ, and an end that is smaller than the beginning.
    ((_, one, _),) = commands(render(alone(violation("f0", column=3, end_column=3))))
    assert (one["col"], one["endColumn"]) == ("3", "3")
    ((_, two, _),) = commands(render(alone(violation("f0", line=2, column=7, end_line=3, end_column=2))))
    assert (two["line"], two["endLine"]) == ("2", "3")
    assert not {"col", "endColumn"} & two.keys()


def test_what_is_wrong_with_rules_and_plugins_is_told_without_a_file() -> None:
    given = Report("0", {}, (), problems=("rules/a.yaml:1:1: 有错\n  ^",))
    assert commands(render(given)) == [("error", {"title": "plancheck"}, "rules/a.yaml:1:1: 有错\n  ^")]


def test_hostile_words_end_no_property_and_begin_no_command() -> None:
    given = render(alone(violation("f0", message=EVIL), EVIL, problems=(EVIL,)))
    (one, problem) = commands(given)
    assert one[0] == problem[0] == "error"
    assert one[1].keys() == {"file", "line", "endLine", "col", "endColumn", "title"}
    assert one[1]["file"].count("\ufffd") == 7, "controls and line breaks are marks"
    assert "%0A::error::,:;" in one[1]["file"], "what looks escaped in the draft is no escape"
    assert "%0A::error::,:;" in one[2]
    assert not any(char in given for char in "\x1b\x07\u202e\ufffe\r")


@pytest.mark.parametrize(
    ("path", "named"), [("./a.txt", "plans/a.txt"), ("../b.txt", "b.txt"), ("/elsewhere/c.txt", "/elsewhere/c.txt")]
)
def test_files_are_named_from_the_root_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, named: str
) -> None:
    (tmp_path / "plans").mkdir()
    monkeypatch.chdir(tmp_path / "plans")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    ((_, properties, said),) = commands(render(alone(violation("f0"), path)))
    assert properties["file"] == named
    assert said.startswith(f"{named}:1:1: ")
