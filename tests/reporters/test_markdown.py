"""``markdown``: the 审核意见表 that goes back to the authors of a draft."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from reports import file, report, violation

from checker.model import FileReport, Outcome, Report, RuleSummary, Waived
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.reporters.markdown import render

from .reviewed import EVIL, alone, reviewed

ZH = """\
# 审核意见表

审核了 1 份方案，发现 3 个问题（错误 1、警告 1、提示 1）；另有 1 个问题已接受；另有 1 份方案无法检查。

## drafts/棠城县 方案.txt

| 序号 | 位置 | 问题 | 依据 | 修改建议 |
| ---: | --- | --- | --- | --- |
| 1 | 第 4 行 | 【警告】半角标点“,”（共 3 处，见第 4、9 行） | GB/T 15834<br>规则 gongwen/punctuation-width | \
改成全角。可用 --fix 自动改正。 |
| 2 | 第 8 行，二（一）场地行动 | 【错误】措施“办好赛事”没有写明牵头单位 | 规则 plan/lead-unit | \
写明谁牵头。 |
| 3 | 第 11 行 | 【提示】阶段先后颠倒 | 规则 plan/stages-order | — |

共 3 个问题（错误 1、警告 1、提示 1）。

### 未能检查的内容

- 规则 plan/unit-name 未能执行：超时

## drafts/扫描件.txt

无法检查：文件是空的

由 plancheck 0.1.0 生成；规则包和插件：plan 0.1.0。
"""
EN = """\
# Review

1 plan reviewed: 3 problems (1 error, 1 warning, 1 info); 1 accepted; 1 plan could not be checked.

## drafts/棠城县 方案.txt

| no. | place | problem | basis | suggestion |
| ---: | --- | --- | --- | --- |
| 1 | line 4 | warning: Half-width mark “,” (3 places, lines 4, 9) | GB/T 15834<br>rule gongwen/punctuation-width | \
改成全角。 --fix does it. |
| 2 | line 8, 二（一）场地行动 | error: Measure “办好赛事” names no lead unit | rule plan/lead-unit | \
写明谁牵头。 |
| 3 | line 11 | info: Stages out of order | rule plan/stages-order | — |

3 problems (1 error, 1 warning, 1 info).

### Accepted problems

| no. | place | problem | basis | why it is accepted |
| ---: | --- | --- | --- | --- |
| 1 | line 6 | warning: A target names no year | rule plan/target-year | \
waived: 本级不设年度目标; 张三; until 2026-12-31 |

### What could not be checked

- rule plan/unit-name was not evaluated: it took too long

## drafts/扫描件.txt

not checked: the file is empty

Made by plancheck 0.1.0; rule packs and plugins: plan 0.1.0.
"""
_PLACES = 16
"""How often hostile words are in a hostile review.

In two headings, of the first table in place, problem, basis and suggestion (twice), of the second in problem and
reason (twice), then with a rule, a plugin, an unreadable draft, rules as a whole, and a plugin with its version.
"""


def tokens(text: str) -> list[Token]:
    """Return what a reader of Markdown with tables makes of a text."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def test_a_whole_review() -> None:
    assert render(reviewed()) == ZH


def test_a_review_in_english_with_what_is_accepted() -> None:
    assert render(reviewed("en", shows_waived=True)) == EN


def test_accepted_problems_have_a_table_of_their_own_where_they_are_to_be_shown() -> None:
    assert "已接受的问题" not in render(reviewed())
    made = render(alone(violation("f0", waived=Waived("baseline")), shows_waived=True))
    assert "没有发现问题。\n\n### 已接受的问题\n" in made
    assert "| 1 | 第 1 行 | 【错误】消息 f0 | 规则 plan/lead-unit | 在基线里 |\n" in made


class TestTheCounts:
    def test_of_nothing(self) -> None:
        assert render(report()).splitlines()[2] == "审核了 0 份方案，没有发现问题。"

    def test_of_a_clean_draft(self) -> None:
        lines = render(report(file("a.txt"))).splitlines()
        assert lines[2:7] == ["审核了 1 份方案，没有发现问题。", "", "## a.txt", "", "没有发现问题。"]

    def test_where_nothing_could_be_read(self) -> None:
        assert render(report(FileReport("a.txt", error="文件是空的"))).splitlines()[2] == "1 份方案无法检查。"

    def test_leave_configurations_out_of_the_drafts(self) -> None:
        unused = FileReport(".plancheck.yaml", violations=(violation("f0", "waivers/unused"),), is_draft=False)
        assert render(report(file("a.txt"), unused)).splitlines()[2] == "审核了 1 份方案，发现 1 个问题（错误 1）。"

    def test_in_english_where_there_are_several(self) -> None:
        found = (violation("f0", severity="info"), violation("f1", severity="info"))
        lines = render(Report("0", {}, (file("a.txt", *found), file("b.txt")), "en")).splitlines()
        assert lines[2] == "2 plans reviewed: 2 problems (2 info)."
        assert lines[-3] == "No problems found."


@pytest.mark.parametrize(("language", "marks"), [("zh", "《》"), ("en", ("", ""))])
def test_a_draft_is_headed_by_the_title_of_its_plan(language: str, marks: str) -> None:
    plan = parse_text(from_string("棠城县全民健身实施方案\n\n一、主要任务\n1.建好步道。（县体育局牵头）\n"))
    lines = render(Report("0", {}, (file("a_1.txt"),), language, plans={"a_1.txt": plan})).splitlines()
    assert lines[4] == f"## {marks[0]}棠城县全民健身实施方案{marks[1]}"
    assert lines[6] in ("文件：a\\_1.txt", "File: a\\_1.txt")


def test_what_is_wrong_with_rules_and_plugins_is_told() -> None:
    draft = FileReport("a.txt", "txt", problems=("插件 lanhai 出错",))
    made = render(
        Report("0", {"p": "1"}, (draft,), problems=("rules/a.yaml:1:1: 有错\n  ^",), plugins={"p": "1", "q": "2"})
    )
    assert "### 未能检查的内容\n\n- 插件 lanhai 出错\n" in made
    assert "## 规则和插件的问题\n\n- rules/a.yaml:1:1: 有错 ^\n" in made
    assert made.endswith("由 plancheck 0 生成；规则包和插件：p 1、q 2。\n")


def test_hostile_words_stay_words_in_their_cells() -> None:
    given = violation("f0", message=EVIL, section_label=EVIL, basis=EVIL, fix=EVIL)
    accepted = violation("f1", message=EVIL, waived=Waived("comment", EVIL, EVIL))
    undone = Outcome("plan/unit-name", "not-evaluated", 0, EVIL)
    evil_file = FileReport(EVIL, "txt", "utf-8", None, (given, accepted), (undone,), problems=(EVIL,))
    rules = {given.rule: RuleSummary(given.rule, EVIL, "error", EVIL, EVIL)}
    more = {"problems": (EVIL,), "plugins": {EVIL: EVIL}, "rules": rules, "shows_waived": True}
    made = render(Report("0", {}, (evil_file, FileReport(EVIL, error=EVIL)), **more))  # type: ignore[arg-type]
    assert not any(char in made for char in "\x1b\x07\u202e\ufffe\r")
    found = tokens(made)
    rows = [number for number, one in enumerate(found) if one.type == "tr_open"]
    assert len(rows) == 4, "two tables with a head and a row each"
    cells = [sum(one.type in ("td_open", "th_open") for one in found[row : row + 16]) for row in rows]
    assert cells == [5, 5, 5, 5]
    inner = [child for one in found for child in one.children or ()]
    assert {child.type for child in inner} <= {"text", "softbreak", "text_special", "html_inline"}
    assert {child.content for child in inner if child.type == "html_inline"} == {"<br>"}
    assert {one.tag for one in found if one.type == "heading_open"} == {"h1", "h2", "h3"}
    shown = "".join(child.content for child in inner)
    assert shown.count("]](1)<b>|*_`x`_*{0} %0A::error::,:;") == _PLACES
