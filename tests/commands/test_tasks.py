"""``plancheck tasks``: the same list on a terminal, for spreadsheets, for Markdown and for programs."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import openpyxl  # type: ignore[import-untyped]
import pytest
from markdown_it import MarkdownIt

from checker import cli
from checker.matrix import Matrix, xlsx
from checker.matrix.table import render, wrapped
from checker.problems import Problem
from checker.reporters.cells import csv_cell, sheet_cell
from checker.reporters.words import width
from checker.tasks import FileTasks, PlanTasks, file_tasks

from .conftest import Write, harmless

Run = Callable[..., Any]
REPOSITORY = Path(__file__).resolve().parents[2]
DRAFT = """\
棠城县全民健身实施方案（2024—2026年）

一、主要任务
（一）场地行动（2025年底前完成，牵头单位：县体育局）
1.建好场地。到2025年，新建足球场20个。（责任单位：县住建局、县财政局）
2.开放场地。向群众开放学校场地。（县教育局牵头，县体育局配合）
（二）赛事行动
1.办好联赛。举办篮球联赛。
二、组织保障
（一）落实经费。县级财政予以保障。（责任单位：县财政局）
"""
OTHER = """\
河谷县阅读实施方案（2024—2026年）

一、主要任务
1.建好书屋。建成书屋30家。（县文旅局牵头）
"""
EMPTY = "棠城县健身实施方案\n\n加强领导。\n"
FORMULA = "=HYPERLINK(1)"
HOSTILE = f"""\
{FORMULA}|棠城县阅读实施方案

一、主要任务
（一）@SUM|<script>行动
1.{FORMULA}|<script>。建成书屋30家。（+县体育局牵头，县教育局配合）
2.-建\x1b[31m成\u202e书\x9b屋。建成书屋40家。（县教育局牵头）
"""
HEADS = [
    "序号",
    "位置",
    "行动（工程）",
    "措施",
    "牵头单位",
    "责任单位",
    "配合单位",
    "责任条款",
    "目标",
    "完成时限",
    "行",
]
TABLE = """\
棠城县全民健身实施方案（2024—2026年）
序号  措施          牵头单位   责任单位            配合单位  目标                      完成时限        行

一（一）场地行动
   1  建好场地      ↑县体育局  县住建局、县财政局            新建足球场20个（2025年）  2025年底前完成   5
   2  开放场地      县教育局                       县体育局                            2025年底前完成   6

一（二）赛事行动
   3  办好联赛                                                                                          8

二（一）落实经费
   4  （整个章节）             县财政局                                                                10

↑ 单位写在所在章节的责任条款里。
4 项任务，4 个单位；2 项没有牵头单位（序号 3、4）。
"""
BLOCKS = """\
棠城县全民健身实施方案（2024—2026年）

一（一）场地行动
   1  建好场地                                           第 5 行
      牵头  ↑县体育局
      责任  县住建局、县财政局
      目标  新建足球场20个（2025年）
      时限  2025年底前完成

   2  开放场地                                           第 6 行
      牵头  县教育局
      配合  县体育局
      时限  2025年底前完成

一（二）赛事行动
   3  办好联赛                                           第 8 行
      没有写明任何单位

二（一）落实经费
   4  （整个章节）                                      第 10 行
      责任  县财政局

↑ 单位写在所在章节的责任条款里。
4 项任务，4 个单位；2 项没有牵头单位（序号 3、4）。
"""
UNITS = """\
棠城县全民健身实施方案（2024—2026年）

县体育局  牵头 1 · 配合 1
  牵头  1 建好场地
  配合  2 开放场地

县教育局  牵头 1
  牵头  2 开放场地

县住建局  责任 1
  责任  1 建好场地

县财政局  责任 2
  责任  1 建好场地；4 二（一）落实经费
"""


@pytest.fixture(autouse=True)
def drafts(write: Write) -> None:
    for name, text in (("a.txt", DRAFT), ("b.txt", OTHER), ("empty.txt", EMPTY), ("hostile.txt", HOSTILE)):
        write(name, text)


def sheets(path: Path) -> Any:
    return openpyxl.load_workbook(path)


class TestOnATerminal:
    def test_in_columns_where_they_fit(self, plancheck: Run) -> None:
        done = plancheck("tasks", "a.txt", COLUMNS="120")
        assert (done.stdout, done.stderr, done.returncode) == (TABLE, "", 0)

    def test_one_below_the_other_where_they_do_not(self, plancheck: Run) -> None:
        assert plancheck("tasks", "a.txt", COLUMNS="64").stdout == BLOCKS

    def test_by_unit(self, plancheck: Run) -> None:
        done = plancheck("tasks", "a.txt", "--by", "unit", COLUMNS="80")
        assert (done.stdout, done.returncode) == (UNITS, 0)

    def test_in_english(self, plancheck: Run) -> None:
        lines = plancheck("tasks", "a.txt", "--lang", "en", COLUMNS="130").stdout.splitlines()
        assert lines[1].split() == [
            "no.",
            "measure",
            "lead",
            "responsible",
            "supporting",
            "targets",
            "deadline",
            "line",
        ]
        assert lines[-1] == "4 tasks, 4 units; 2 without a lead (no. 3, 4)."

    @pytest.mark.parametrize("columns", [30, 80, 100, 120, 200])
    def test_no_line_is_wider_than_the_terminal(self, columns: int) -> None:
        from checker import parse

        for path in sorted((REPOSITORY / "samples" / "drafts").glob("*.txt")):
            made = file_tasks(parse(path), path.name)
            for by in ("task", "unit"):
                shown = cli.click.unstyle(render(Matrix((made,), by=by), columns))  # type: ignore[arg-type]
                assert max(map(width, shown.splitlines())) <= columns

    def test_a_line_breaks_between_units_and_never_within_a_number_or_before_a_mark(self) -> None:
        assert wrapped("县教育局、县体育局、县财政局", 20, as_list=True) == ["县教育局、县体育局、", "县财政局"]
        assert wrapped("新建1200公里", 8) == ["新建1200", "公里"]
        assert wrapped("新建12000公里", 8) == ["新建", "12000公", "里"]
        assert wrapped("建成，推广", 4) == ["建", "成，", "推广"]
        assert wrapped("", 10) == [""]

    def test_a_plan_without_tasks_is_said_to_have_none(self, plancheck: Run) -> None:
        done = plancheck("tasks", "empty.txt")
        assert done.stdout == "棠城县健身实施方案\n没有读出措施，也没有读出责任条款。\n"
        assert (done.stderr, done.returncode) == ("", 0)

    def test_a_clause_that_was_not_read_to_its_end_is_marked(self, plancheck: Run, write: Write) -> None:
        write("odd.txt", DRAFT.replace("县教育局牵头，县体育局配合", "县教育局牵头，县体育局、、县住建局配合"))
        out = plancheck("tasks", "odd.txt", COLUMNS="120").stdout
        assert "   2  开放场地 ？" in out
        assert "？ 责任条款没有完全读懂，单位可能不全。\n" in out

    def test_a_draft_cannot_command_the_terminal(self, plancheck: Run) -> None:
        for by in ("task", "unit"):
            for form in ("table", "csv", "markdown"):
                done = plancheck("tasks", "hostile.txt", "--by", by, "--format", form)
                assert harmless(done.stdout, done.stderr)


class TestFiles:
    def test_several_files_each_have_their_list_and_numbers_run_on(self, plancheck: Run) -> None:
        out = plancheck("tasks", "a.txt", "b.txt", COLUMNS="64").stdout
        assert out.startswith("a.txt\n" + BLOCKS + "\nb.txt\n河谷县阅读实施方案（2024—2026年）\n")
        assert "   5  建好书屋" in out

    def test_the_file_is_a_column_only_where_there_are_several(self, plancheck: Run) -> None:
        assert table(plancheck("tasks", "a.txt", "--format", "csv").stdout)[0] == HEADS
        heads, *rows = table(plancheck("tasks", "a.txt", "b.txt", "--format", "csv").stdout)
        assert heads == ["序号", "文件", *HEADS[1:]]
        assert [row[1] for row in rows] == ["a.txt"] * 4 + ["b.txt"]

    def test_the_plan_is_a_column_only_where_a_file_holds_several(self, plancheck: Run) -> None:
        path = str(REPOSITORY / "tests" / "plans" / "tourism-two-plans-city.txt")
        heads, *rows = table(plancheck("tasks", path, "--format", "csv").stdout)
        assert heads == ["序号", "方案", *HEADS[1:]]
        assert len({row[1] for row in rows}) == 2

    def test_a_folder_and_standard_input(self, plancheck: Run, write: Write) -> None:
        write("folder/c.md", OTHER)
        write("folder/more/d.txt", DRAFT)
        done = plancheck("tasks", "folder", "folder/c.md", "-", "--format", "json", stdin=OTHER)
        files = json.loads(done.stdout)["files"]
        assert [(file["path"], len(file["plans"][0]["tasks"])) for file in files] == [
            ("folder/c.md", 1),
            ("folder/more/d.txt", 4),
            ("-", 1),
        ]

    def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(self, plancheck: Run) -> None:
        done = plancheck("tasks", "missing.txt", "b.txt", "--format", "csv")
        assert [row[4] for row in table(done.stdout)] == ["措施", "建好书屋"]
        assert done.stderr == "plancheck: missing.txt: 没有这个文件或文件夹，请核对路径\n"
        assert done.returncode == 2

    def test_the_largest_size_holds(self, plancheck: Run) -> None:
        done = plancheck("tasks", "a.txt", "b.txt", "--max-size", "300")
        assert "plancheck: a.txt: 文件太大" in done.stderr
        assert "河谷县阅读实施方案" in done.stdout
        assert done.returncode == 2

    def test_a_plan_without_tasks_is_named_beside_a_table_for_programs(self, plancheck: Run) -> None:
        done = plancheck("tasks", "empty.txt", "--format", "csv")
        assert table(done.stdout) == [HEADS]
        assert done.stderr == "plancheck: empty.txt: 没有读出措施，也没有读出责任条款\n"

    def test_words_and_readers_of_a_plugin_hold_as_in_parse(self, plancheck: Run, write: Write) -> None:
        write(
            "minutes.py",
            "from checker.hookspecs import hookimpl\nfrom checker.plain_text import from_string\n"
            "from checker.reader import Reader\n\n@hookimpl\ndef plancheck_readers():\n"
            "    return [Reader('minutes', ('.minutes',), lambda data, suffix: from_string(data.decode()))]\n",
        )
        write("x/plan.minutes", OTHER)
        done = plancheck("tasks", "x", "--plugin", "minutes.py", "--format", "csv")
        assert [row[3] for row in table(done.stdout)] == ["措施", "建好书屋"]
        assert done.returncode == 0
        assert plancheck("tasks", "x").returncode == 2

    def test_a_plugin_with_a_fault_ends_in_status_2(self, plancheck: Run, write: Write) -> None:
        write("broken.py", "raise RuntimeError('x')\n")
        done = plancheck("tasks", "b.txt", "--plugin", "broken.py")
        assert "建好书屋" in done.stdout
        assert "broken" in done.stderr
        assert done.returncode == 2


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


class TestCsv:
    def test_the_whole_table(self, plancheck: Run) -> None:
        assert table(plancheck("tasks", "a.txt", "--format", "csv").stdout)[1:] == [
            [
                "1",
                "一（一）1",
                "场地行动",
                "建好场地",
                "县体育局",
                "县住建局、县财政局",
                "",
                "所在章节（牵头）、本措施",
                "新建足球场20个（2025年）",
                "2025年底前完成",
                "5",
            ],
            ["2", "一（一）2", "场地行动", "开放场地", "县教育局", "", "县体育局", "本措施", "", "2025年底前完成", "6"],
            ["3", "一（二）1", "赛事行动", "办好联赛", "", "", "", "没有", "", "", "8"],
            ["4", "二（一）落实经费", "", "", "", "县财政局", "", "整个章节", "", "", "10"],
        ]

    def test_by_unit_with_counts(self, plancheck: Run) -> None:
        assert table(plancheck("tasks", "a.txt", "--by", "unit", "--format", "csv").stdout) == [
            ["单位", "牵头", "责任", "配合", "合计", "牵头的措施", "负责的措施", "配合的措施"],
            ["县体育局", "1", "0", "1", "2", "1 建好场地", "", "2 开放场地"],
            ["县教育局", "1", "0", "0", "1", "2 开放场地", "", ""],
            ["县住建局", "0", "1", "0", "1", "", "1 建好场地", ""],
            ["县财政局", "0", "2", "0", "2", "", "1 建好场地；4 二（一）落实经费", ""],
        ]

    def test_spreadsheets_know_it_by_its_mark_and_its_line_ends(self, plancheck: Run, tmp_path: Path) -> None:
        assert plancheck("tasks", "a.txt", "-o", "tasks.csv").stdout == ""
        written = (tmp_path / "tasks.csv").read_bytes()
        assert written.startswith(b"\xef\xbb\xbf")
        assert written.count(b"\r\n") == written.count(b"\n") == 5

    def test_a_formula_in_a_draft_is_computed_by_nothing(self, plancheck: Run) -> None:
        for by in ("task", "unit"):
            rows = table(plancheck("tasks", "hostile.txt", "--by", by, "--format", "csv").stdout)
            assert not [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
        assert any(f"'{FORMULA}" in cell for row in rows for cell in row) or by == "unit"

    @pytest.mark.parametrize("words", ["=1+1", " =1", "+1", "-1", "@a", "＝1", "\u3000=1", "\t=1"])
    def test_what_begins_like_a_formula_gets_an_apostrophe(self, words: str) -> None:
        assert str(csv_cell(words)).startswith("'")

    def test_numbers_and_the_name_of_standard_input_stay(self) -> None:
        assert [csv_cell(cell) for cell in (-1, "-", "县教育局")] == [-1, "-", "县教育局"]


class TestXlsx:
    def test_both_sheets_with_head_frozen_and_filter(self, plancheck: Run, tmp_path: Path) -> None:
        done = plancheck("tasks", "a.txt", "-o", "tasks.xlsx")
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
        book = sheets(tmp_path / "tasks.xlsx")
        assert book.sheetnames == ["任务", "单位"]
        tasks, units = book.worksheets
        for sheet, area in ((tasks, "A1:K5"), (units, "A1:H5")):
            assert sheet.freeze_panes == "A2"
            assert sheet.auto_filter.ref == area == sheet.dimensions
            assert all(cell.font.bold and cell.alignment.wrap_text for cell in sheet[1])
            assert not any(cell.font.bold for cell in sheet[2])
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.print_title_rows == "$1:$1"
            assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert [cell.value for cell in tasks[1]] == HEADS
        assert tasks.oddHeader.center.text == "棠城县全民健身实施方案（2024—2026年）"

    def test_it_holds_what_the_csv_file_holds(self, plancheck: Run, tmp_path: Path) -> None:
        plancheck("tasks", "a.txt", "b.txt", "-o", "tasks.xlsx")
        for sheet, by in zip(sheets(tmp_path / "tasks.xlsx").worksheets, ("task", "unit"), strict=True):
            rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
            assert rows == table(plancheck("tasks", "a.txt", "b.txt", "--by", by, "--format", "csv").stdout)

    def test_numbers_are_numbers_and_a_formula_is_text(self, plancheck: Run, tmp_path: Path) -> None:
        plancheck("tasks", "hostile.txt", "-o", "tasks.xlsx")
        tasks, units = sheets(tmp_path / "tasks.xlsx").worksheets
        assert [cell.data_type for cell in tasks[2]] == ["n", *"ssss", "n", *"sss", "n", "n"]
        assert tasks["D2"].value == f"{FORMULA}|<script>"
        assert {cell.data_type for sheet in (tasks, units) for row in sheet for cell in row} == {"n", "s"}
        assert harmless(*(str(cell.value) for sheet in (tasks, units) for row in sheet for cell in row))

    def test_rows_are_as_high_as_their_words_need_and_columns_as_wide(self, plancheck: Run, tmp_path: Path) -> None:
        many = "、".join(f"县{name}局" for name in ("教育", "财政", "民政", "司法", "审计", "统计", "商务", "水利"))
        (tmp_path / "a.txt").write_text(DRAFT.replace("县住建局、县财政局", many), encoding="utf-8")
        plancheck("tasks", "a.txt", "-o", "tasks.xlsx")
        sheet = sheets(tmp_path / "tasks.xlsx").worksheets[0]
        assert sheet.row_dimensions[2].height > 2 * sheet.row_dimensions[3].height
        widths = {cell.value: sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]}
        assert widths["行"] < widths["牵头单位"] < widths["责任单位"] < 40

    def test_by_unit_opens_on_the_sheet_of_units(self, plancheck: Run, tmp_path: Path) -> None:
        plancheck("tasks", "a.txt", "-o", "tasks.xlsx", "--by", "unit", "--lang", "en")
        book = sheets(tmp_path / "tasks.xlsx")
        assert (book.sheetnames, book.active.title) == (["Tasks", "Units"], "Units")

    def test_it_is_never_printed(self, plancheck: Run) -> None:
        done = plancheck("tasks", "a.txt", "--format", "xlsx")
        assert done.stderr == "plancheck: xlsx 不是文字，请用 -o 写入文件，如 -o tasks.xlsx\n"
        assert (done.stdout, done.returncode) == ("", 2)

    def test_without_the_library_the_extra_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "xlsxwriter", None)
        with pytest.raises(Problem) as raised:
            xlsx.require()
        for said in raised.value.message:
            assert "pip install 'plancheck[xlsx]'" in said

    def test_words_that_no_cell_holds_are_cut_off_with_a_mark(self) -> None:
        assert len(sheet_cell("县" * 40_000)) == 32_001
        assert sheet_cell("县" * 40_000).endswith("县…")
        assert sheet_cell("𠮷" * 20_000).endswith("𠮷…"), "a character of two units is not cut in two"

    def test_more_rows_than_a_sheet_holds_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from checker import parse

        monkeypatch.setattr(xlsx, "_MOST_ROWS", 10)
        made = file_tasks(parse(REPOSITORY / "samples" / "drafts" / "baisha-health.txt"), "x")
        with pytest.raises(Problem, match="11 rows are too many"):
            xlsx.render(Matrix((made,)))

    @pytest.mark.parametrize("title", ["县" * 300, "A&B" * 100, "&" * 300])
    def test_a_title_of_any_kind_can_be_printed_at_the_head(self, title: str, recwarn: pytest.WarningsRecorder) -> None:
        xlsx.render(Matrix((FileTasks("x", None, (PlanTasks(title, ()),)),)))
        assert not recwarn.list


class TestMarkdown:
    def test_a_table_below_the_title(self, plancheck: Run) -> None:
        out = plancheck("tasks", "b.txt", "--format", "markdown").stdout
        assert out == (
            "# 河谷县阅读实施方案（2024—2026年）\n\n"
            f"| {' | '.join(HEADS)} |\n"
            "| ---: | --- | --- | --- | --- | --- | --- | --- | --- | --- | ---: |\n"
            "| 1 | 一、主要任务1 |  | 建好书屋 | 县文旅局 |  |  | 本措施 | 建成书屋30家 |  | 4 |\n"
        )

    @pytest.mark.parametrize("by", ["task", "unit"])
    def test_a_draft_breaks_no_table_and_brings_no_html(self, plancheck: Run, by: str) -> None:
        out = plancheck("tasks", "hostile.txt", "b.txt", "--format", "markdown", "--by", by).stdout
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(out)
        inline = [child for token in tokens for child in token.children or ()]
        assert not [one for one in (*tokens, *inline) if one.type.startswith("html")]
        assert [token.type for token in tokens].count("table_open") == 2
        cells = [token.type for token in tokens if token.type in ("tr_open", "th_open", "td_open")]
        wide = cells.index("tr_open", 1) - 1
        assert len(cells) == cells.count("tr_open") * (wide + 1)
        if by == "task":
            assert f"{FORMULA}|<script>" in [token.content for token in inline if token.type == "text"]

    def test_a_plan_without_tasks_has_a_sentence(self, plancheck: Run) -> None:
        done = plancheck("tasks", "empty.txt", "--format", "markdown")
        assert done.stdout == "# 棠城县健身实施方案\n\n没有读出措施，也没有读出责任条款\n"


class TestJson:
    def test_the_whole_list(self, plancheck: Run) -> None:
        assert json.loads(plancheck("tasks", "b.txt", "--format", "json").stdout) == {
            "schema": 1,
            "files": [
                {
                    "path": "b.txt",
                    "error": None,
                    "plans": [
                        {
                            "title": "河谷县阅读实施方案（2024—2026年）",
                            "tasks": [
                                {
                                    "number": 1,
                                    "kind": "measure",
                                    "section": "一",
                                    "section_label": "一、主要任务",
                                    "action": None,
                                    "label": "1.",
                                    "measure": "建好书屋",
                                    "excerpt": "建成书屋30家。（县文旅局牵头）",
                                    "leads": ["县文旅局"],
                                    "responsible": [],
                                    "supporters": [],
                                    "responsibility": "own",
                                    "readable": True,
                                    "targets": [{"quote": "建成书屋30家", "year": None, "per": None, "line": 4}],
                                    "deadline": None,
                                    "line": 4,
                                    "at": None,
                                }
                            ],
                        }
                    ],
                    "units": [{"unit": "县文旅局", "leads": [1], "responsible": [], "supports": []}],
                }
            ],
        }

    def test_it_keeps_to_its_published_schema(self, plancheck: Run) -> None:
        schema = json.loads(plancheck("schema", "tasks").stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        samples = str(REPOSITORY / "samples" / "drafts")
        done = plancheck("tasks", samples, "a.txt", "hostile.txt", "empty.txt", "missing.txt", "--format", "json")
        made = json.loads(done.stdout)
        jsonschema.validate(made, schema)
        assert len(made["files"]) == 14
        assert made["files"][-1] == {
            "path": "missing.txt",
            "error": "没有这个文件或文件夹，请核对路径",
            "plans": [],
            "units": [],
        }
        made["files"][0]["plans"][0]["tasks"][0]["responsibility"] = "shared"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(made, schema)


class TestWhereItGoes:
    @pytest.mark.parametrize(
        ("name", "begins"),
        [
            ("tasks.csv", b"\xef\xbb\xbf"),
            ("TASKS.XLSX", b"PK"),
            ("tasks.md", b"# "),
            ("tasks.html", b"<!DOCTYPE html>"),
            ("tasks.HTM", b"<!DOCTYPE html>"),
            ("tasks.json", b"{"),
            ("tasks.txt", "棠城县".encode()),
            ("tasks", "棠城县".encode()),
        ],
    )
    def test_the_suffix_says_the_format(self, plancheck: Run, tmp_path: Path, name: str, begins: bytes) -> None:
        done = plancheck("tasks", "a.txt", "-o", name)
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
        assert (tmp_path / name).read_bytes().startswith(begins)

    def test_a_format_that_is_asked_for_wins(self, plancheck: Run, tmp_path: Path) -> None:
        plancheck("tasks", "a.txt", "-o", "tasks.out", "--format", "json")
        assert json.loads((tmp_path / "tasks.out").read_text(encoding="utf-8"))["schema"] == 1

    def test_another_suffix_is_refused_with_what_there_is(self, plancheck: Run, tmp_path: Path) -> None:
        done = plancheck("tasks", "a.txt", "-o", "tasks.xls")
        assert done.stderr == (
            "plancheck: tasks.xls: 后缀 .xls 没有对应的格式；"
            "可用的：.csv、.xlsx、.md、.markdown、.json、.html、.htm、.txt，或另给 --format\n"
        )
        assert done.returncode == 2
        assert not (tmp_path / "tasks.xls").exists()

    def test_a_draft_is_never_overwritten(self, plancheck: Run, tmp_path: Path) -> None:
        done = plancheck("tasks", "a.txt", "b.txt", "-o", "b.txt")
        assert done.returncode == 2
        assert (tmp_path / "b.txt").read_text(encoding="utf-8") == OTHER


def test_a_terminal_form_loads_nothing_that_it_does_not_use(plancheck: Run, tmp_path: Path) -> None:
    import subprocess

    program = (
        "import sys\nfrom checker.cli import main\ntry:\n    main(['tasks', 'a.txt'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'xlsxwriter', 'openpyxl', 'tabulate', 'checker.matrix.csv', 'checker.engine', 'yaml'}\n"
        "print(*sorted(heavy & {*sys.modules}))\n"
    )
    plancheck("tasks", "a.txt")
    environment = {**os.environ, "PLANCHECK_CACHE_DIR": str(tmp_path / ".cache")}  # that of the run before
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == ""
