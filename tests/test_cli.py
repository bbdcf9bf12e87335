"""The command: whole output and exit status."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar
from unicodedata import combining, east_asian_width

import jsonschema  # type: ignore[import-untyped]
import pytest
from drafts import BAD, CLEAN, CONCISE, IDLE, RULES

from checker import __version__, cli
from checker.host import host

Run = Callable[..., Any]
REPORT = f"draft.txt:{CONCISE}"
INFO_ONLY = CLEAN.replace("启动阶段。2021年", "启动阶段。2021—2022年")


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """Put a draft with one violation, an error, into the folder in which the command runs."""
    path = tmp_path / "draft.txt"
    path.write_text(BAD, encoding="utf-8")
    return path


def width(text: str) -> int:
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "FW" else 1 for char in text)


class TestTextReport:
    def test_in_chinese(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt")
        assert done.stdout == (
            "draft.txt\n"
            "  8:1  错误  plan/lead-unit\n"
            "    措施“办好赛事”没有写明牵头单位\n"
            "    位置：二（一）场地行动\n"
            "    │ 2.办好赛事。每年办赛10场。\n"
            "    │ ^^^^^^^^^^\n"
            "\n"
            f"检查了 1 份方案：1 个问题（错误 1）。规则：通过 {RULES - IDLE - 1}，未通过 1，不适用 {IDLE}。\n"
        )
        assert (done.stderr, done.returncode) == ("", 1)

    @pytest.mark.parametrize("how", ["before", "behind", "environment"])
    def test_in_english(self, plancheck: Run, draft: Path, how: str) -> None:
        if how == "before":
            done = plancheck("--lang", "en", "check", "draft.txt")
        elif how == "behind":
            done = plancheck("check", "draft.txt", "--lang", "en")
        else:
            done = plancheck("check", "draft.txt", PLANCHECK_LANG="en")
        assert done.stdout == (
            "draft.txt\n"
            "  8:1  error  plan/lead-unit\n"
            "    Measure “办好赛事” names no lead unit\n"
            "    in: 二（一）场地行动\n"
            "    │ 2.办好赛事。每年办赛10场。\n"
            "    │ ^^^^^^^^^^\n"
            "\n"
            "1 plan checked: 1 violation (1 error); "
            f"rules: {RULES - IDLE - 1} passed, 1 failed, {IDLE} not applicable.\n"
        )
        assert (done.stderr, done.returncode) == ("", 1)

    def test_the_option_wins_over_the_environment(self, plancheck: Run, draft: Path) -> None:
        assert "错误" in plancheck("--lang", "zh", "check", "draft.txt", PLANCHECK_LANG="en").stdout

    def test_of_a_draft_without_violations(self, plancheck: Run, draft: Path) -> None:
        draft.write_text(CLEAN, encoding="utf-8")
        done = plancheck("check", "draft.txt")
        assert done.stdout == f"检查了 1 份方案：没有发现问题。规则：通过 {RULES - IDLE}，未通过 0，不适用 {IDLE}。\n"
        assert (done.stderr, done.returncode) == ("", 0)

    def test_of_what_is_missing_in_several_places(self, plancheck: Run, draft: Path) -> None:
        draft.write_text(BAD.replace("（县体育局牵头）", ""), encoding="utf-8")
        out = plancheck("check", "draft.txt").stdout
        assert "    措施“建好场地”没有写明牵头单位（共 2 处，见第 7、8 行）\n" in out

    def test_of_several_drafts_and_severities(self, plancheck: Run, draft: Path, tmp_path: Path) -> None:
        (tmp_path / "clean.md").write_text(CLEAN, encoding="utf-8")
        (tmp_path / "info.txt").write_text(INFO_ONLY, encoding="utf-8")
        done = plancheck("check", ".")
        assert done.stdout.splitlines()[-1] == (
            "检查了 3 份方案：2 个问题（错误 1、提示 1）。"
            f"规则：通过 {3 * (RULES - IDLE) - 2}，未通过 2，不适用 {3 * IDLE}。"
        )
        assert [line for line in done.stdout.splitlines() if line.endswith((".txt", ".md"))] == [
            "./draft.txt",
            "./info.txt",
        ]

    def test_what_came_of_every_rule(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "-v")
        said = done.stderr.splitlines()
        assert sum(line.count("、") + 1 for line in (line.split(": ")[1] for line in said)) == RULES
        assert "draft.txt: plan/lead-unit: 未通过" in said
        assert "draft.txt: plan/stages: 通过" in said
        (pack,) = (line for line in said if line.endswith(": 不适用（规则包不适用于本方案）"))
        assert pack.startswith("draft.txt: science-literacy/literacy-floor、science-literacy/literacy-target、")

    def test_that_a_draft_has_no_layout_is_said_once(self, plancheck: Run, draft: Path) -> None:
        said = plancheck("check", "draft.txt", "-v", "--lang", "en").stderr.splitlines()
        (layout,) = (line for line in said if "no layout" in line)
        assert layout.count("gongwen/layout-") == 9
        assert layout.endswith(": not applicable (this format has no layout, as Word files and PDFs have)")


class TestCaret:
    """The caret stands right under the words that it means, as a terminal shows them."""

    PLACES: ClassVar[dict[str, str]] = {
        "at the start of a line": BAD.replace("到2025年，全县体育场地达到100个", "全县体育场地达到100个以上"),
        "after Chinese text": BAD.replace("每年办赛10场。", "县里要带头，培训裁判员300名以上。"),
        "behind an indent of wide blanks": BAD.replace("2.办好", "　　2.办好"),
        "behind a tab": BAD.replace("2.办好", "\t2.办好"),
        "in a long line": BAD.replace(
            "每年办赛10场。", "广泛发动群众参加。" * 12 + "培训裁判员300名以上。" + "总结经验。" * 20
        ),
        "at the end of a long line": BAD.replace("每年办赛10场。", "广泛发动群众参加。" * 30 + "培训裁判员300名以上。"),
        "in a long line of half-width characters": BAD.replace(
            "每年办赛10场。", "发动ABC公司参加, " * 30 + "培训裁判员300名以上。"
        ),
        "behind quotes and dashes": BAD.replace("每年办赛10场。", "弘扬“健身”精神——培训裁判员300名以上。"),
    }

    @pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
    def test_is_right_under_the_place(self, plancheck: Run, draft: Path, text: str) -> None:
        draft.write_text(text, encoding="utf-8")
        violations = json.loads(plancheck("check", "draft.txt", "--format", "json").stdout)["files"][0]["violations"]
        out = plancheck("check", "draft.txt").stdout
        shown = re.findall(r"^    │ (.*)\n    │ ( *)(\^+)$", out, re.MULTILINE)
        assert len(shown) == len(violations) >= 1
        for (line, blanks, carets), violation in zip(shown, violations, strict=True):
            marked = under(line, len(blanks), len(carets))
            assert marked, "the caret stands between two characters"
            assert violation["excerpt"].startswith(marked)
            assert len(marked) >= min(4, len(violation["excerpt"]))
            assert width(line) <= 80

    def test_marks_the_target_itself(self, plancheck: Run, draft: Path) -> None:
        draft.write_text(self.PLACES["in a long line"], encoding="utf-8")
        out = plancheck("check", "draft.txt", "--select", "plan/target-year").stdout
        ((line, blanks, carets),) = re.findall(r"^    │ (.*)\n    │ ( *)(\^+)$", out, re.MULTILINE)
        assert under(line, len(blanks), len(carets)) == "培训裁判员300名以上"
        assert line.startswith("…")
        assert line.endswith("…")


def under(line: str, column: int, length: int) -> str:
    """Return the characters of ``line`` over carets at a column of the screen; nothing if they begin askew."""
    starts = [width(line[:index]) for index in range(len(line) + 1)]
    if column not in starts:
        return ""
    return "".join(line[index] for index in range(len(line)) if column <= starts[index] < column + length)


class TestConcise:
    def test_one_line_a_violation(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--format", "concise")
        assert (done.stdout, done.stderr, done.returncode) == (REPORT, "", 1)

    def test_a_draft_without_violations_prints_nothing(self, plancheck: Run, draft: Path) -> None:
        draft.write_text(CLEAN, encoding="utf-8")
        done = plancheck("check", "draft.txt", "--format", "concise")
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


class TestJson:
    def test_the_whole_report(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--format", "json", "--select", "plan/lead-unit,plan/stages")
        report = json.loads(done.stdout)
        fingerprint = report["files"][0]["violations"][0].pop("fingerprint")
        assert re.fullmatch("[0-9a-f]{16}", fingerprint)
        assert report == {
            "schema": 1,
            "tool": {
                "name": "plancheck",
                "version": __version__,
                "packs": {"gongwen": "0.1.0", "plan": "0.1.0", "science-literacy": "0.1.0"},
                "plugins": {},
            },
            "files": [
                {
                    "path": "draft.txt",
                    "format": "txt",
                    "encoding": "utf-8",
                    "error": None,
                    "violations": [
                        {
                            "rule": "plan/lead-unit",
                            "severity": "error",
                            "message": "措施“办好赛事”没有写明牵头单位",
                            "line": 8,
                            "column": 1,
                            "end_line": 8,
                            "end_column": 7,
                            "section": "二.1",
                            "measure": "办好赛事",
                            "node": "measure",
                            "excerpt": "2.办好赛事",
                            "count": 1,
                            "lines": [8],
                            "fix": None,
                            "edits": [],
                            "basis": None,
                            "waived": None,
                            "place": None,
                        }
                    ],
                    "rules": [
                        {"rule": "plan/lead-unit", "outcome": "failed", "violations": 1, "reason": None},
                        {"rule": "plan/stages", "outcome": "passed", "violations": 0, "reason": None},
                    ],
                    "problems": [],
                }
            ],
            "problems": [],
            "summary": {
                "files": 1,
                "unreadable": 0,
                "error": 1,
                "warning": 0,
                "info": 0,
                "waived": 0,
                "rules": {"passed": 1, "failed": 1, "not-applicable": 0, "not-evaluated": 0},
            },
        }
        assert (done.stderr, done.returncode) == ("", 1)

    def test_a_report_keeps_to_its_published_schema(self, plancheck: Run, draft: Path) -> None:
        schema = json.loads(plancheck("schema", "report").stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        report = json.loads(plancheck("check", "draft.txt", "missing.txt", "--format", "json").stdout)
        jsonschema.validate(report, schema)

    def test_the_schema_refuses_a_report_with_another_severity(self, plancheck: Run, draft: Path) -> None:
        schema = json.loads(plancheck("schema", "report").stdout)
        report = json.loads(plancheck("check", "draft.txt", "--format", "json").stdout)
        report["files"][0]["violations"][0]["severity"] = "fatal"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(report, schema)


class TestParse:
    def test_json_keeps_to_its_published_schema(self, plancheck: Run, draft: Path) -> None:
        schema = json.loads(plancheck("schema", "plan").stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        done = plancheck("parse", "draft.txt", "--format", "json")
        plan = json.loads(done.stdout)
        jsonschema.validate(plan, schema)
        assert (done.stderr, done.returncode) == ("", 0)

    def test_json_has_what_was_understood(self, plancheck: Run, draft: Path) -> None:
        plan = json.loads(plancheck("parse", "draft.txt", "--format", "json").stdout)
        assert (plan["schema"], plan["path"], plan["plans"]) == (1, "draft.txt", [])
        assert plan["metadata"]["title"] == "某县全民健身实施方案（2021—2025年）"
        assert plan["metadata"]["period"] == [2021, 2025]
        assert plan["sections"][2] == {
            "id": "二.1",
            "level": 2,
            "label": "（一）",
            "ordinal": 1,
            "title": "场地行动",
            "line": 6,
            "column": 1,
            "role": "action",
        }
        assert plan["measures"][0] == {
            "section": "二.1",
            "label": "1.",
            "title": "建好场地",
            "line": 7,
            "column": 1,
            "leads": ["县体育局"],
            "responsible": [],
            "supporters": [],
            "responsibility": "own",
        }
        assert [(stage["line"], stage["label"], stage["from"], stage["to"]) for stage in plan["stages"]] == [
            (10, "启动阶段", 2021, 2021),
            (11, "推进阶段", 2022, 2025),
        ]
        assert [(target["line"], target["value"], target["year"]) for target in plan["targets"]] == [
            (4, 100, 2025),
            (8, 10, None),
        ]

    def test_as_a_tree(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("parse", "draft.txt")
        assert done.stdout == (
            "某县全民健身实施方案（2021—2025年）\n"
            "  2021—2025\n"
            "    3  一、工作目标  objectives\n"
            "    5  二、主要任务  actions\n"
            "    6    （一）场地行动  action\n"
            "    7      · 建好场地  → 县体育局\n"
            "    8      · 办好赛事  ✗\n"
            "    9  三、进度安排  schedule\n"
            "   12  四、组织保障  organisation\n"
            "目标\n"
            "    4  全县体育场地达到100个  [2025]\n"
            "    8  每年办赛10场  [year]\n"
            "进度阶段\n"
            "   10  2021  启动阶段\n"
            "   11  2022—2025  推进阶段\n"
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_as_a_tree_in_english(self, plancheck: Run, draft: Path) -> None:
        lines = plancheck("parse", "draft.txt", "--lang", "en").stdout.splitlines()
        assert "targets" in lines
        assert "stages" in lines

    def test_from_standard_input(self, plancheck: Run) -> None:
        plan = json.loads(plancheck("parse", "-", "--format", "json", stdin=BAD).stdout)
        assert (plan["path"], len(plan["measures"])) == ("-", 2)

    def test_a_draft_that_is_not_there(self, plancheck: Run) -> None:
        done = plancheck("parse", "missing.txt")
        assert (done.stdout, done.stderr, done.returncode) == (
            "",
            "plancheck: missing.txt: 没有这个文件，请核对路径\n",
            2,
        )


class TestOutput:
    def test_into_a_file_without_colours(self, plancheck: Run, draft: Path, tmp_path: Path) -> None:
        done = plancheck("check", "draft.txt", "--format", "concise", "-o", "report.txt")
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
        assert (tmp_path / "report.txt").read_text(encoding="utf-8") == REPORT

    def test_over_an_earlier_report(self, plancheck: Run, draft: Path, tmp_path: Path) -> None:
        (tmp_path / "report.txt").write_text("earlier", encoding="utf-8")
        plancheck("check", "draft.txt", "--format", "concise", "--output", "report.txt")
        assert (tmp_path / "report.txt").read_text(encoding="utf-8") == REPORT

    def test_leaves_nothing_half_written_where_the_folder_does_not_exist(
        self, plancheck: Run, draft: Path, tmp_path: Path
    ) -> None:
        done = plancheck("check", "draft.txt", "-o", "missing/report.txt", "--no-cache")
        assert done.stdout == ""
        assert done.stderr.startswith("plancheck: missing/report.txt: 无法写入")
        assert done.returncode == 2
        assert set(os.listdir(tmp_path)) - {".cache"} == {"draft.txt"}

    def test_leaves_nothing_behind_but_the_report(self, plancheck: Run, draft: Path, tmp_path: Path) -> None:
        plancheck("check", "draft.txt", "-o", "report.txt", "--no-cache")
        assert set(os.listdir(tmp_path)) - {".cache"} == {"draft.txt", "report.txt"}


class TestExitStatus:
    @pytest.mark.parametrize(
        ("text", "fail_on", "status"),
        [
            (BAD, None, 1),
            (BAD, "error", 1),
            (BAD, "never", 0),
            (INFO_ONLY, None, 0),
            (INFO_ONLY, "info", 1),
            (INFO_ONLY, "error", 0),
            (CLEAN, "info", 0),
        ],
    )
    def test_follows_fail_on(self, plancheck: Run, draft: Path, text: str, fail_on: str | None, status: int) -> None:
        draft.write_text(text, encoding="utf-8")
        options = ["--fail-on", fail_on] if fail_on else []
        assert plancheck("check", "draft.txt", *options).returncode == status

    def test_a_warning_fails_by_default_and_not_on_errors_only(self, plancheck: Run, draft: Path) -> None:
        draft.write_text(CLEAN.replace("到2025年，", ""), encoding="utf-8")
        assert plancheck("check", "draft.txt", "--select", "plan/target-year").returncode == 1
        assert plancheck("check", "draft.txt", "--select", "plan/target-year", "--fail-on", "error").returncode == 0

    def test_what_could_not_be_checked_wins_over_violations(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "missing.txt", "draft.txt", "--format", "concise", "--fail-on", "never")
        assert done.stdout == "missing.txt: 没有这个文件或文件夹，请核对路径\n" + REPORT
        assert done.returncode == 2

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_a_fault_of_plancheck_itself(
        self,
        draft: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        language: str,
    ) -> None:
        def broken(*arguments: object, **options: object) -> None:
            raise ZeroDivisionError("of our making")

        monkeypatch.setattr("checker.engine.check_paths", broken)
        with pytest.raises(SystemExit) as stopped:
            cli.main(["--lang", language, "check", str(draft), "--no-cache"])
        assert stopped.value.code == 3
        said = capsys.readouterr()
        assert said.out == ""
        assert ("请把下面的内容" if language == "zh" else "Please report what follows") in said.err
        assert f"plancheck {__version__}" in said.err
        assert "ZeroDivisionError: of our making" in said.err


class TestSelection:
    def test_only_one_rule(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--select", "plan/stages")
        assert done.stdout == "检查了 1 份方案：没有发现问题。规则：通过 1，未通过 0，不适用 0。\n"
        assert done.returncode == 0

    def test_all_but_one_rule(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--ignore", "plan/lead-unit")
        assert (
            done.stdout == f"检查了 1 份方案：没有发现问题。规则：通过 {RULES - IDLE - 1}，未通过 0，不适用 {IDLE}。\n"
        )

    def test_several_names_with_commas_or_several_options(self, plancheck: Run, draft: Path) -> None:
        one = plancheck("check", "draft.txt", "--select", "plan/stages, plan/target").stdout
        other = plancheck("check", "draft.txt", "--select", "plan/stages", "--select", "plan/target").stdout
        assert one == other == "检查了 1 份方案：没有发现问题。规则：通过 2，未通过 0，不适用 0。\n"

    def test_a_pack_that_is_named_though_it_does_not_apply(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--format", "concise", "--select", "science-literacy")
        # Five actions, five projects, the share of citizens, the outline, monitoring; nothing of other packs.
        assert len(done.stdout.splitlines()) == 13
        assert all(" science-literacy/" in line for line in done.stdout.splitlines())
        assert done.returncode == 1

    def test_an_unknown_rule_gets_a_guess(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--select", "plan/lead-unt")
        said = "plancheck: 没有名为“plan/lead-unt”的规则或规则包。您是不是想写“plan/lead-unit”？\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)

    @pytest.mark.parametrize("options", [("--ignore", "plan/lead-unt"), ("--select", "plan/lead-unt,plan/lead-unit")])
    def test_beside_an_unknown_rule_the_others_run(self, plancheck: Run, draft: Path, options: tuple[str, str]) -> None:
        done = plancheck("check", "draft.txt", *options)
        assert "8:1  错误  plan/lead-unit" in done.stdout
        assert done.stderr == "plancheck: 没有名为“plan/lead-unt”的规则或规则包。您是不是想写“plan/lead-unit”？\n"
        assert done.returncode == 2

    def test_an_unknown_rule_in_english(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--select", "plan/lead-unt", "--lang", "en")
        said = "plancheck: no rule or pack named 'plan/lead-unt'. Did you mean 'plan/lead-unit'?\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)

    def test_every_unknown_name_is_told(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--select", "plam", "--ignore", "zzz")
        assert "“plam”" in done.stderr
        assert "您是不是想写“plan”？" in done.stderr
        assert "“zzz”" in done.stderr

    def test_an_unknown_format_gets_a_guess(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "--format", "jsn")
        known = "、".join(sorted(host((), False).reporters))
        said = f"plancheck: 没有名为“jsn”的报告格式；可用的：{known}。您是不是想写“json”？\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)


class TestStandardInput:
    def test_is_the_path_that_is_a_dash(self, plancheck: Run) -> None:
        done = plancheck("check", "-", "--format", "concise", stdin=BAD)
        assert (done.stdout, done.returncode) == (f"-:{CONCISE}", 1)

    def test_in_another_encoding(self, plancheck: Run) -> None:
        done = plancheck("check", "-", "--format", "concise", stdin=BAD.encode("gb18030"))
        assert (done.stdout, done.returncode) == (f"-:{CONCISE}", 1)


class TestUsage:
    def test_version(self, plancheck: Run) -> None:
        done = plancheck("--version")
        assert (done.stdout, done.stderr, done.returncode) == (f"plancheck {__version__}\n", "", 0)

    @pytest.mark.parametrize("arguments", [["check"], ["check", "x", "--fail-on", "fatal"], ["check", "--bad", "x"]])
    def test_a_wrong_call_ends_in_status_2(self, plancheck: Run, arguments: list[str]) -> None:
        done = plancheck(*arguments)
        assert (done.stdout, done.returncode) == ("", 2)
        assert "Usage: plancheck" in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize(
        ("arguments", "zh", "en"),
        [
            (["check"], "缺少参数 PATH...", "Missing argument"),
            (["check", "x", "--fail-on", "fatal"], "选项 --fail-on 的值不对：可用的：error、warning", "not one of"),
            (["check", "x", "-j", "-1"], "选项 --jobs 的值不对：应为整数，最小为 0", "not in the range"),
            (["check", "x", "--selcet", "y"], "没有名为“--selcet”的选项", "No such option"),
            (["check", "x", "--select"], "选项 --select 用法不对", "requires an argument"),
            (["parse", "x", "y"], "多写了参数", "unexpected extra argument"),
        ],
    )
    def test_a_wrong_call_is_told_in_both_languages(
        self, plancheck: Run, arguments: list[str], zh: str, en: str
    ) -> None:
        assert f"错误：{zh}" in plancheck(*arguments).stderr
        assert en in plancheck(*arguments, PLANCHECK_LANG="en").stderr

    def test_a_command_that_is_none_is_named_with_what_there_is_and_a_guess(self, plancheck: Run) -> None:
        done = plancheck("chekc", "x")
        known = "check、baseline、compare、parse、tasks、cover、rules、explain、test、new-rule、new-plugin、plugins、"
        known += "init、schema、completion"
        assert done.stderr == f"plancheck: 没有名为“chekc”的命令；可用的：{known}。您是不是想写“check”？\n"
        assert (done.stdout, done.returncode) == ("", 2)

    def test_a_wrong_language_in_the_environment_ends_in_status_2(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", PLANCHECK_LANG="fr")
        assert (done.stdout, done.returncode) == ("", 2)
        assert "Traceback" not in done.stderr


class TestColours:
    def test_none_in_a_pipe(self, plancheck: Run, draft: Path) -> None:
        assert "\x1b" not in plancheck("check", "draft.txt").stdout
        assert "\x1b" not in plancheck("parse", "draft.txt").stdout

    @pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
    @pytest.mark.parametrize("command", ["check", "parse", "tasks"])
    def test_on_a_terminal_unless_no_color_is_set(self, draft: Path, command: str) -> None:
        assert "\x1b[" in on_a_terminal([command, str(draft)], {})
        assert "\x1b[" not in on_a_terminal([command, str(draft)], {"NO_COLOR": "1"})
        assert "\x1b[" in on_a_terminal([command, str(draft)], {"NO_COLOR": ""}), "an empty one counts as not set"

    @pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
    def test_of_an_explanation_unless_no_color_is_set(self) -> None:
        assert "\x1b[" in on_a_terminal(["explain", "plan/target"], {})
        assert "\x1b[" not in on_a_terminal(["explain", "plan/target"], {"NO_COLOR": "1"})

    def test_in_a_log_that_wants_them(self, plancheck: Run, draft: Path, tmp_path: Path) -> None:
        assert "\x1b[31m" in plancheck("check", "draft.txt", FORCE_COLOR="1").stdout
        assert "\x1b" not in plancheck("check", "draft.txt", FORCE_COLOR="").stdout, "an empty one counts as not set"
        assert "\x1b" not in plancheck("check", "draft.txt", FORCE_COLOR="1", NO_COLOR="1").stdout
        assert plancheck("check", "draft.txt", "-o", "report.txt", FORCE_COLOR="1").returncode == 1
        assert "\x1b" not in (tmp_path / "report.txt").read_text(encoding="utf-8")

    @pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
    def test_none_on_a_terminal_that_has_none(self, draft: Path) -> None:
        assert "\x1b[" not in on_a_terminal(["check", str(draft)], {"TERM": "dumb"})

    @pytest.mark.parametrize("form", ["text", "concise"])
    def test_a_draft_cannot_command_the_terminal(self, plancheck: Run, draft: Path, form: str) -> None:
        hostile = BAD.replace("办好赛事", "办好\x9b31m\u202e赛事")
        draft.write_text(hostile, encoding="utf-8")
        out = plancheck("check", "draft.txt", "--format", form).stdout + plancheck("parse", "draft.txt").stdout
        assert "\x9b" not in out
        assert "\u202e" not in out

    @pytest.mark.parametrize("form", ["text", "concise", "json"])
    def test_the_name_of_a_file_cannot_either(self, plancheck: Run, form: str) -> None:
        done = plancheck("check", "\x1b]0;red\x07.txt", "--format", form)
        assert "\x1b" not in done.stdout
        assert "\x1b" not in done.stderr
        assert done.returncode == 2

    def test_the_name_of_a_file_to_parse_cannot_either(self, plancheck: Run) -> None:
        assert "\x1b" not in plancheck("parse", "\x1b]0;red\x07.txt").stderr


def on_a_terminal(arguments: list[str], environment: dict[str, str]) -> str:
    """Return what the command prints on a terminal."""
    import pty
    import subprocess

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "checker", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", **environment},
    )
    os.close(follower)
    shown = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # Linux says so where the other end is closed
            break
        if not piece:
            break
        shown += piece
    process.wait()
    os.close(leader)
    return shown.decode()


class TestWritingTheReport:
    def test_a_draft_is_never_overwritten(self, plancheck: Run, draft: Path) -> None:
        before = draft.read_bytes()
        done = plancheck("check", "draft.txt", "-o", "draft.txt")
        assert (done.stdout, done.returncode) == ("", 2)
        assert "是要检查的方案，不能用报告覆盖" in done.stderr
        assert draft.read_bytes() == before

    def test_a_link_stays_a_link(self, plancheck: Run, draft: Path) -> None:
        report, link = draft.parent / "report.json", draft.parent / "link.json"
        report.write_text("old", encoding="utf-8")
        link.symlink_to(report)
        assert plancheck("check", "draft.txt", "--format", "json", "-o", "link.json").returncode == 1
        assert link.is_symlink()
        assert report.read_text(encoding="utf-8").startswith("{")

    def test_nothing_is_left_where_it_cannot_be_written(self, plancheck: Run, draft: Path) -> None:
        before = sorted(path.name for path in draft.parent.iterdir())
        done = plancheck("check", "draft.txt", "-o", ".")
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert sorted(path.name for path in draft.parent.iterdir()) == before

    def test_a_draft_named_twice_is_checked_once(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("check", "draft.txt", "draft.txt", ".", "--format", "concise")
        assert len([line for line in done.stdout.splitlines() if "plan/lead-unit" in line]) == 1
