"""The page of a comparison: the counts, each violation once, and what was said before."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from reports import file, violation

from checker.comparing import Comparison, compared
from checker.model import FileReport, Waived
from checker.pages.comparison import page as made

from .reading import Page

OPEN = violation("open", message="共5处", excerpt="戊己戊己")
OLD = (violation("fixed", message="写错了", excerpt="甲甲甲甲"), OPEN, violation("accepted"))
NEW = (
    replace(OPEN, message="共3处", line=4),
    violation("new", excerpt="丙丁丙丁", severity="warning", basis="某办法第一条", section_label="二、任务"),
    violation("accepted", waived=Waived("configuration", "本级没有", "张三")),
)


def comparison(*pairs: Any, **more: Any) -> Comparison:
    drafts = pairs or (compared("draft.txt", file("old/draft.txt", *OLD), file("new/draft.txt", *NEW)),)
    return Comparison("0", {"plan": "0.1.0"}, {}, "old", "new", drafts, **more)


def page(shown: Comparison, shows_waived: bool = False) -> Page:
    return Page(made(shown, shows_waived))


def test_the_counts_lead_the_page() -> None:
    assert [one.words for one in page(comparison()).find(kind="tile")] == ["1 新增", "1 仍未改", "1 已改", "1 已接受"]


def test_each_state_has_its_table_and_numbers_run_through() -> None:
    groups = page(comparison()).find("section", "group")
    assert [one.find("h2")[0].words for one in groups] == ["新增 1", "仍未改 1", "已改 1"]
    assert [row.find("td")[0].words for one in groups for row in one.find("tr", "it")] == ["1", "2", "3"]


def test_a_row_says_where_what_and_why() -> None:
    row = page(comparison()).one("tr", id="v1")
    assert [one.words for one in row.find("td")] == [
        "1", "第 1 行二、任务", "警告", "消息 new依据 某办法第一条", "plan/lead-unit",
    ]  # fmt: skip


def test_what_was_said_before_stands_beside_what_is_said_now() -> None:
    row = page(comparison()).one("tr", id="v2")
    assert row.find("td", "k-msg")[0].words == "共3处原为 共5处 第 1 行"
    assert [one.words for one in row.find("s")] == ["共5处"]


def test_accepted_ones_are_listed_where_they_are_asked_for_and_else_counted() -> None:
    assert "已接受的 1 个问题没有列出" in page(comparison()).root.words
    found = page(comparison(), shows_waived=True)
    assert "消息 accepted 已豁免：本级没有；张三" in found.root.words
    assert "没有列出" not in found.root.words


def test_drafts_of_one_side_and_those_that_cannot_be_read_are_said() -> None:
    gone = compared("gone.txt", file("old/gone.txt", violation("a")), None)
    broken = compared("bad.txt", file("old/bad.txt"), FileReport("new/bad.txt", error="文件是空的"))
    found = page(comparison(gone, broken, problems=("规则文件有错",)))
    for words in ("gone.txt: 只在旧稿（old）里", "new/bad.txt: 无法检查：文件是空的", "规则文件有错"):
        assert words in found.root.words


def test_of_several_drafts_each_row_names_its_own() -> None:
    drafts = [compared(name, None, file(f"new/{name}", violation(name))) for name in ("a.txt", "b.txt")]
    found = page(comparison(*drafts))
    assert [row.find("span", "path")[0].words for row in found.find("tr", "it")] == ["new/a.txt", "new/b.txt"]


def test_two_clean_versions_are_said_to_be() -> None:
    assert "两稿都没有发现问题" in page(comparison(compared("a.txt", file("a.txt"), file("b.txt")))).root.words


def test_in_english() -> None:
    found = page(comparison(language="en"))
    assert [one.words for one in found.find(kind="tile")] == ["1 new", "1 still open", "1 fixed", "1 waived"]


def test_words_of_anyone_stay_words() -> None:
    evil = "\"'><script>x()</script>\x1b\u202e"
    one = violation("a", message=evil, section_label=evil, rule=evil, basis=evil)
    found = page(replace(comparison(compared(evil, None, file(evil, one))), old=evil, problems=(evil,)))
    assert len(found.find("script")) == 1
    assert "\x1b" not in found.text
    assert "\u202e" not in found.text
