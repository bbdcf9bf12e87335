"""``plancheck compare OLD NEW``: the whole output in each form, folders, exit status, the contract of the JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from drafts import BAD, CLEAN, NO_DRAFTS

from .conftest import QUIET, Write, harmless

Run = Callable[..., Any]
OLD = BAD.replace("到2025年，全县", "全县").replace("加强组织领导，落实", "落实")
"""A target without a year; a measure without a lead unit."""
NEW = BAD.replace("2.办好赛事。每年", "2.办好全县赛事。每年").replace(
    "新建一批场地。（县体育局牵头）", "新建一批场地。"
)
NEW = NEW.replace("2.办好全县赛事", "2.修好步道。修一批。（县体育局牵头）\n3.办好全县赛事")
"""The target has its year; the measure has a title that was mended a little; another one has lost its lead unit."""
RULES = "plan/lead-unit,plan/target-year"
TEXT = """\
比较了 1 份方案：新增 1，仍未改 1，已改 1，已接受 0。

新增 1
  new.txt:7:1  错误  plan/lead-unit
    措施“建好场地”没有写明牵头单位
    位置：二（一）场地行动

仍未改 1
  new.txt:9:1  错误  plan/lead-unit
    措施“办好全县赛事”没有写明牵头单位
    位置：二（一）场地行动
    原为（第 8 行）：措施“办好赛事”没有写明牵头单位

已改 1
  old.txt:4:1  警告  plan/target-year
    目标“全县体育场地达到100个”没有写明完成年份
    位置：一、工作目标
"""
ENGLISH = """\
1 draft compared: 1 new, 1 still open, 1 fixed, 0 waived.

new 1
  new.txt:7:1  error  plan/lead-unit
    Measure “建好场地” names no lead unit
    in: 二（一）场地行动

still open 1
  new.txt:9:1  error  plan/lead-unit
    Measure “办好全县赛事” names no lead unit
    in: 二（一）场地行动
    was (line 8): Measure “办好赛事” names no lead unit

fixed 1
"""
MARKDOWN = """\
# 两稿比较

旧稿：old.txt　新稿：new.txt

比较了 1 份方案：新增 1，仍未改 1，已改 1，已接受 0。

## 新增（1）

| 序号 | 方案 | 位置 | 级别 | 问题 | 规则 |
| --- | --- | --- | --- | --- | --- |
| 1 | new.txt | 第 7 行 二（一）场地行动 | 错误 | 措施“建好场地”没有写明牵头单位 | plan/lead-unit |

## 仍未改（1）

| 序号 | 方案 | 位置 | 级别 | 问题 | 规则 |
| --- | --- | --- | --- | --- | --- |
| 1 | new.txt | 第 9 行 二（一）场地行动 | 错误 | 措施“办好全县赛事”没有写明牵头单位<br>\
原为（第 8 行）：措施“办好赛事”没有写明牵头单位 | plan/lead-unit |

## 已改（1）

| 序号 | 方案 | 位置 | 级别 | 问题 | 规则 |
| --- | --- | --- | --- | --- | --- |
| 1 | old.txt | 第 4 行 一、工作目标 | 警告 | 目标“全县体育场地达到100个”没有写明完成年份 | plan/target-year |
"""


@pytest.fixture
def compare(plancheck: Run, write: Write) -> Run:
    """Put two versions of a draft into the folder of the test; return a function that compares them."""
    write("old.txt", OLD)
    write("new.txt", NEW)
    return lambda *arguments: plancheck("compare", "old.txt", "new.txt", "--select", RULES, *arguments)


class TestForms:
    def test_text(self, compare: Run) -> None:
        done = compare()
        assert done.stdout == TEXT
        assert (done.stderr, done.returncode) == ("", 1)

    def test_text_in_english(self, compare: Run) -> None:
        assert compare("--lang", "en").stdout.startswith(ENGLISH)

    def test_markdown(self, compare: Run) -> None:
        done = compare("--format", "markdown")
        assert done.stdout == MARKDOWN
        assert (done.stderr, done.returncode) == ("", 1)

    def test_json(self, compare: Run) -> None:
        done = compare("--format", "json")
        found = json.loads(done.stdout)
        assert (found["schema"], found["old"], found["new"]) == (1, "old.txt", "new.txt")
        (draft,) = found["drafts"]
        states = [(one["state"], one["matched"]) for one in draft["violations"]]
        assert states == [("new", None), ("open", "similar"), ("fixed", None)]
        assert [bool(one["old"]) for one in draft["violations"]] == [False, True, True]
        assert [bool(one["new"]) for one in draft["violations"]] == [True, True, False]
        assert draft["violations"][1]["old"]["line"] == 8
        counts = {"new": 1, "open": 1, "fixed": 1, "waived": 0, "unknown": 0}
        assert found["summary"] == {"drafts": 1, "only_old": 0, "only_new": 0, "unreadable": 0, **counts}
        assert (done.stderr, done.returncode) == ("", 1)

    def test_into_a_file(self, compare: Run, tmp_path: Path) -> None:
        done = compare("--format", "markdown", "-o", "opinion.md")
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
        assert (tmp_path / "opinion.md").read_text(encoding="utf-8") == MARKDOWN

    @pytest.mark.parametrize(
        ("name", "begins"),
        [
            ("opinion.html", "<!DOCTYPE html>"),
            ("OPINION.HTM", "<!DOCTYPE html>"),
            ("opinion.md", "# 两稿比较"),
            ("opinion.json", "{"),
            ("opinion.txt", "比较了"),
            ("opinion", "比较了"),
        ],
    )
    def test_the_suffix_says_the_format(self, compare: Run, tmp_path: Path, name: str, begins: str) -> None:
        done = compare("-o", name)
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)

    def test_a_format_that_is_asked_for_wins_over_the_suffix(self, compare: Run, tmp_path: Path) -> None:
        compare("--format", "text", "-o", "opinion.html")
        assert (tmp_path / "opinion.html").read_text(encoding="utf-8").startswith("比较了")

    def test_never_over_a_draft(self, compare: Run, tmp_path: Path) -> None:
        for name in ("old.txt", "new.txt"):
            before = (tmp_path / name).read_bytes()
            done = compare("-o", name)
            assert done.stderr.startswith(f"plancheck: {name}: 是要检查的方案，不能用报告覆盖")
            assert done.returncode == 2
            assert (tmp_path / name).read_bytes() == before

    def test_markdown_of_what_looks_like_markdown(self, plancheck: Run, write: Write) -> None:
        text = BAD.replace("2.办好赛事。", "2.办好|*赛_事*<b>`x`[y]。")
        write("old.txt", CLEAN)
        write("new.txt", text)
        done = plancheck("compare", "old.txt", "new.txt", "--select", "plan/lead-unit", "--format", "markdown")
        (row,) = [line for line in done.stdout.splitlines() if line.startswith("| 1 |")]
        assert "<b>" not in row
        assert row.replace("\\|", "").count("|") == 7

    @pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
    def test_no_text_of_a_rule_or_draft_commands_the_terminal(
        self, plancheck: Run, hostile: None, write: Write, form: str
    ) -> None:
        write("old.txt", "某县方案\n\n一、主要任务\n建好。\n")
        arguments = ("--rules", "hostile", "--select", "hostile", "--format", form)
        done = plancheck("compare", "old.txt", "reading.txt", *arguments)
        assert done.returncode == 2, "a rule of the pack has a mistake"
        assert harmless(done.stderr)
        assert form == "json" or harmless(done.stdout)


class TestContract:
    @pytest.fixture
    def schema(self, plancheck: Run) -> Any:
        return json.loads(plancheck("schema", "compare").stdout)

    def test_output_keeps_to_it(self, compare: Run, schema: Any) -> None:
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(json.loads(compare("--format", "json").stdout), schema)

    def test_of_folders_too(self, plancheck: Run, schema: Any, write: Write, tmp_path: Path) -> None:
        write("old/a.txt", BAD)
        write("new/b.txt", BAD)
        write("old/c.txt", BAD)
        (tmp_path / "new" / "c.txt").write_bytes(b"\0\1\2" * 50)
        found = json.loads(plancheck("compare", "old", "new", "--format", "json").stdout)
        jsonschema.validate(found, schema)
        (first, *_) = found["drafts"]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**found, "drafts": [{**first, "violations": [{"state": "done"}]}]}, schema)


class TestFolders:
    def test_drafts_are_paired_by_their_paths(self, plancheck: Run, write: Write) -> None:
        for name in ("a.txt", "deep/b.txt", "gone.txt"):
            write(f"old/{name}", BAD)
        write("new/a.txt", BAD)
        write("new/deep/b.txt", CLEAN)
        write("new/more.txt", BAD)
        done = plancheck("compare", "old", "new")
        assert done.stdout == (
            "比较了 4 份方案：新增 1，仍未改 1，已改 1，已接受 0。\n"
            "  more.txt: 只在新稿（new）里\n"
            "  gone.txt: 只在旧稿（old）里\n"
            "\n新增 1\n  new/more.txt:8:1  错误  plan/lead-unit\n"
            "    措施“办好赛事”没有写明牵头单位\n    位置：二（一）场地行动\n"
            "\n仍未改 1\n  new/a.txt:8:1  错误  plan/lead-unit\n"
            "    措施“办好赛事”没有写明牵头单位\n    位置：二（一）场地行动\n"
            "\n已改 1\n  old/deep/b.txt:8:1  错误  plan/lead-unit\n"
            "    措施“办好赛事”没有写明牵头单位\n    位置：二（一）场地行动\n"
        )
        assert (done.stderr, done.returncode) == ("", 1)

    def test_a_draft_that_cannot_be_read(self, plancheck: Run, write: Write, tmp_path: Path) -> None:
        write("old/a.txt", BAD)
        write("new/a.txt", "")
        done = plancheck("compare", "old", "new")
        assert done.stdout.splitlines()[0] == "比较了 1 份方案：新增 0，仍未改 0，已改 0，已接受 0。"
        assert done.stdout.splitlines()[1].startswith("  new/a.txt: 无法检查：")
        assert done.returncode == 2, "an empty file has not fixed everything"
        done = plancheck("compare", "old", "new", "--format", "json")
        assert done.stderr.startswith("plancheck: new/a.txt: ")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("old", "one.txt"), "一个是文件夹，一个是文件：请写两个文件，或两个文件夹"),
            (("one.txt", "nowhere.txt"), "nowhere.txt: 没有这个文件或文件夹，请核对路径"),
            (("-", "-"), "OLD 和 NEW 不能都是标准输入，请把一份存成文件"),
            (
                ("old", "empty"),
                f"empty: {NO_DRAFTS}",
            ),
        ],
    )
    def test_what_cannot_be_compared(
        self, plancheck: Run, write: Write, tmp_path: Path, arguments: tuple[str, str], said: str
    ) -> None:
        write("old/a.txt", BAD)
        write("one.txt", BAD)
        (tmp_path / "empty").mkdir()
        done = plancheck("compare", *arguments)
        assert (done.stdout, done.stderr, done.returncode) == ("", f"plancheck: {said}\n", 2)

    def test_standard_input_may_be_one_side(self, plancheck: Run, write: Write) -> None:
        write("old.txt", BAD)
        done = plancheck("compare", "old.txt", "-", stdin=CLEAN)
        assert done.stdout.startswith("比较了 1 份方案：新增 0，仍未改 0，已改 1，已接受 0。\n")
        assert (done.stderr, done.returncode) == ("", 0)

    @pytest.mark.skipif(os.name == "nt", reason="links take rights there")
    def test_a_link_to_the_same_draft(self, plancheck: Run, write: Write, tmp_path: Path) -> None:
        write("old/a.txt", BAD)
        (tmp_path / "new").mkdir()
        for name in ("a.txt", "b.txt"):
            (tmp_path / "new" / name).symlink_to("../old/a.txt")
        done = plancheck("compare", "old", "new")
        assert done.stdout.startswith(
            "比较了 2 份方案：新增 1，仍未改 1，已改 0，已接受 0。\n  b.txt: 只在新稿（new）里\n"
        )
        assert plancheck("compare", "old", "old").stdout.startswith("比较了 1 份方案：新增 0，仍未改 1，")


class TestStatus:
    @pytest.mark.parametrize(("fail_on", "status"), [("error", 1), ("warning", 1), ("info", 1), ("never", 0)])
    def test_counts_new_and_open_ones(self, compare: Run, fail_on: str, status: int) -> None:
        assert compare("--fail-on", fail_on).returncode == status

    def test_fixed_ones_do_not_count(self, plancheck: Run, write: Write) -> None:
        write("old.txt", BAD)
        write("new.txt", CLEAN)
        assert plancheck("compare", "old.txt", "new.txt").returncode == 0
        assert plancheck("compare", "new.txt", "old.txt").returncode == 1

    def test_only_grave_ones_count(self, plancheck: Run, write: Write) -> None:
        write("old.txt", CLEAN)
        write("new.txt", CLEAN.replace("到2025年，全县", "全县"))
        assert plancheck("compare", "old.txt", "new.txt").returncode == 1
        assert plancheck("compare", "old.txt", "new.txt", "--fail-on", "error").returncode == 0

    def test_a_rule_with_a_mistake(self, plancheck: Run, broken: str) -> None:
        done = plancheck("compare", "reading.txt", "sport.txt", "--rules", "packs", "--select", "trial")
        assert done.returncode == 2
        assert broken in done.stderr
        assert "  reading.txt: trial/wrong: 未能执行（规则文件有错）\n" in done.stdout

    def test_a_rule_that_ran_on_neither_fixes_nothing(self, plancheck: Run, packs: None, write: Write) -> None:
        slow = QUIET.replace("required", "pattern").replace(
            "{field: supporters}", "{pattern: (甲|甲甲)+丁, field: text}"
        )
        write("packs/trial/slow.yaml", slow)
        text = "某县全民阅读实施方案（2024—2026年）\n\n一、主要任务\n1.建好书屋。适时建成，丁{}丙。\n"
        write("old.txt", text.format("甲乙"))
        write("new.txt", text.format("甲" * 80))
        arguments = ("--rules", "packs", "--select", "trial/slow")
        done = plancheck("compare", "old.txt", "new.txt", *arguments)
        assert done.stdout.startswith("比较了 1 份方案：新增 0，仍未改 0，已改 0，已接受 0，无法判断 1。\n")
        assert "  new.txt: trial/slow: 未能执行（超时：规则里的正则表达式太慢）\n" in done.stdout
        assert done.returncode == 2


class TestBaseline:
    def test_of_the_old_version_holds_for_the_new(self, plancheck: Run, write: Write) -> None:
        write("old.txt", BAD)
        write("new.txt", BAD.replace("一、工作目标", "\n一、工作目标"))
        plancheck("baseline", "old.txt", "-o", "b.json")
        done = plancheck("compare", "old.txt", "new.txt", "--baseline", "b.json")
        assert done.stdout == "比较了 1 份方案：新增 0，仍未改 0，已改 0，已接受 1。\n"
        assert done.returncode == 0
        shown = plancheck("compare", "old.txt", "new.txt", "--baseline", "b.json", "--show-waived")
        assert (
            "\n已接受 1\n  new.txt:9:1  错误  plan/lead-unit\n    措施“办好赛事”没有写明牵头单位（在基线里）\n"
            in shown.stdout
        )

    def test_of_the_new_version(self, plancheck: Run, write: Write) -> None:
        write("old.txt", CLEAN)
        write("new.txt", BAD)
        plancheck("baseline", "new.txt", "-o", "b.json")
        done = plancheck("compare", "old.txt", "new.txt", "--baseline", "b.json", "--format", "json")
        (one,) = json.loads(done.stdout)["drafts"][0]["violations"]
        assert (one["state"], one["new"]["waived"]["how"], done.returncode) == ("waived", "baseline", 0)

    def test_that_is_broken(self, plancheck: Run, write: Write) -> None:
        write("old.txt", CLEAN)
        write("b.json", "[]")
        done = plancheck("compare", "old.txt", "old.txt", "--baseline", "b.json")
        assert (done.stdout, done.stderr) == ("", "plancheck: b.json:1:1: 应为 object，写的是 array\n")
        assert done.returncode == 2
