"""The page of the task lists: by task, by unit, and as pictures."""

from __future__ import annotations

from checker.matrix import By, Matrix
from checker.pages.tasks import page as made
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.tasks import FileTasks, file_tasks

from .reading import Page

DRAFT = """\
某县全民健身实施方案（2024—2026年）
一、主要任务
（一）场地行动
1.建设步道。新建步道30公里。（县体育局牵头，县财政局配合）
2.开放场馆。学校场馆开放。（县教育局、县体育局牵头）
3.办好赛事。组织联赛。（县总工会等单位配合）
"""


def tasks(text: str = DRAFT, path: str = "draft.txt") -> FileTasks:
    return file_tasks(parse_text(from_string(text)), path)


def page(*files: FileTasks, language: str = "zh", by: By = "task") -> Page:
    return Page(made(Matrix(files or (tasks(),), language, by)))


def test_both_tables_are_there_with_the_columns_of_the_matrix() -> None:
    by_task, by_unit = page().find("table", "matrix")
    assert [one.words for one in by_task.find("th")] == [
        "序号", "位置", "行动（工程）", "措施", "牵头单位", "配合单位", "责任条款", "目标", "行",
    ]  # fmt: skip
    assert [one.words for one in by_unit.find("th")] == ["单位", "牵头", "配合", "合计", "牵头的措施", "配合的措施"]
    assert [[cell.words for cell in row.find("td")] for row in by_unit.find("tbody")[0].find("tr")][:2] == [
        ["县体育局", "2", "0", "2", "1 建设步道、2 开放场馆", ""],
        ["县教育局", "1", "0", "1", "2 开放场馆", ""],
    ]


def test_that_which_is_asked_for_comes_first() -> None:
    assert [one.attributes["data-view"] for one in page().find("section", "view")] == ["task", "unit", "glance"]
    assert page(by="unit").find("section", "view")[0].attributes["data-view"] == "unit"


def test_the_load_of_the_units_is_a_picture_with_words() -> None:
    bars = page().one("table", "loads").find("svg")
    assert [one.words for one in bars] == ["牵头 2", "牵头 1", "配合 1", "配合 1"]


def test_measures_without_a_lead_are_counted() -> None:
    assert page().one("p", "verdict").words == "3 项任务，4 个单位；1 项措施没有写明牵头单位"
    assert page(language="en").one("p", "verdict").words == "3 tasks, 4 units; 1 measures name no lead"


def test_files_without_tasks_and_those_that_cannot_be_read_are_said() -> None:
    found = page(tasks(), tasks("某县方案\n坚持原则。\n", "none.txt"), FileTasks("bad.txt", "文件是空的"))
    assert "没有读出措施，也没有读出责任条款" in found.one(id="d2").words
    assert "无法检查 文件是空的" in found.one(id="d3").words
    assert [row.find("td")[1].words for row in found.one("table", "drafts").find("tr")[1:]] == [
        "draft.txt", "none.txt", "bad.txt",
    ]  # fmt: skip


def test_every_link_has_where_it_leads() -> None:
    found = page(tasks(), tasks(path="b.txt"))
    ids = [one.attributes["id"] for one in found.find() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    assert {one.attributes["href"][1:] for one in found.find("a")} <= set(ids)


def test_words_of_anyone_stay_words() -> None:
    found = page(tasks(DRAFT.replace("县体育局", "<script>x()</script>\u202e局"), "\"'><b onclick=x>"))
    assert len(found.find("script")) == 1
    assert not any("onclick" in one.attributes for one in found.find())
    assert "\u202e" not in found.text
