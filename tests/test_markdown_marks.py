"""Markdown: what is no text of the plan is not read, is not reported, and is not changed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from checker.engine import Review, check_text
from checker.fixing import fixed
from checker.markdown_marks import unread
from checker.model import FileReport
from checker.plain_text import read

HEAD = "# 棠城县全民健身实施方案（2024—2026年）\n\n## 一、总体要求\n"
REVIEW = Review()


def text_of(markdown: str) -> list[str]:
    return [paragraph.text for paragraph in read(markdown.encode(), ".md").paragraphs if paragraph.text]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ('详见[附件1](附件1.md)和[方案](方案/总体.md "总体")。', "详见附件1和方案。"),
        ("如图![场地图](a.png)，见下。", "如图，见下。"),
        ("运行`打印(全部,一份)`。", "运行。"),
        ("见国家文件[^注]。", "见国家文件。"),
        ("见<https://example.org/?x=年,月>。", "见。"),
        ("<!-- 注释,不改(的) -->建好场地。", "建好场地。"),
    ],
)
def test_what_is_no_text_is_not_read(written: str, read_as: str) -> None:
    assert text_of(f"{HEAD}\n{written}\n")[-1] == read_as


@pytest.mark.parametrize(
    "written",
    ["[责任单位：县体育局](县科协配合)", "[责任单位：县体育局]", "按《办法》[2021]9号办理。", "比率a<b。"],
)
def test_brackets_of_the_plan_stay(written: str) -> None:
    assert text_of(f"{HEAD}\n{written}\n")[-1] == written


def test_in_plain_text_nothing_is_markdown() -> None:
    (paragraph,) = [one for one in read("详见[附件1](附件1.md)。\n".encode(), ".txt").paragraphs if one.text]
    assert paragraph.text == "详见[附件1](附件1.md)。"


UNTOUCHED = """\
---
title: 全民健身,方案
tags: [健身,场地]
---
# 棠城县全民健身实施方案（2024—2026年）

详见[附件1](附件1.md)和[方案](方案/总体.md)。
如图所示![场地图](a.png)，见下。[^注]
运行`打印(全部,一份)`，见<https://example.org/?x=年,月>。

[gy]: 纲要.pdf
[^注]: 见国家,文件(草案)。

```text
代码,(不改) 第 1 步
```

~~~
也,是(代码)
~~~

<!-- 注释,不改(的) -->
见https://example.org/?x=年,月，写信给a,b@example.org。
"""


def test_a_file_with_all_of_it_is_not_changed(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(UNTOUCHED, encoding="utf-8")
    assert fixed(str(draft), REVIEW, lambda report: report).after == UNTOUCHED


def test_what_stands_around_it_is_mended(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(f"{HEAD}\n到2026年,详见[附件](附件1.md)(全部),以及`a,b`。\n", encoding="utf-8")
    right = f"{HEAD}\n到2026年，详见[附件](附件1.md)（全部），以及`a,b`。\n"
    assert fixed(str(draft), REVIEW, lambda report: report).after == right


def test_addresses_are_not_reported_as_slips() -> None:
    report: FileReport = check_text(read(f"{HEAD}\n详见[附件](附件,甲.md)。\n".encode(), ".md"), "draft.md", REVIEW)
    assert "gongwen/bracket-width" not in {violation.rule for violation in report.violations}


@pytest.mark.parametrize(
    "hostile",
    ["`" * 50_000, "```\n" * 20_000, "<!--" * 30_000, "[a](" + "." * 50_000, "[a](a" * 20_000, "![" * 30_000,
     "[^a" * 30_000, "~~~~\n~~~\n" * 10_000, "---\n" * 20_000, "<http:" * 20_000, "`a" * 30_000],
    ids=lambda given: given[:8],
)  # fmt: skip
def test_a_hostile_draft_takes_no_long_time(hostile: str) -> None:
    began = time.process_time()
    list(unread(hostile))
    assert time.process_time() - began < 5
