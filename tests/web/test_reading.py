"""What is read of a web page, and where each line says that it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker.model import Line, Text
from checker.parser import parse_text
from checker.plain_text import read as read_plain
from checker.plugins.web import plancheck_readers
from checker.problems import Unreadable
from checker.testing import assert_reader_conforms
from checker.web.lines import written
from checker.web.reading import read
from web.pages import STYLES, Page, semantic

SAMPLES = Path(__file__).parents[2] / "samples" / "drafts"
READER = plancheck_readers()[0]

styles = pytest.mark.parametrize("page", STYLES.values(), ids=STYLES)


def lines(body: str) -> list[Line]:
    """Return what is read of a page of one article."""
    return [one.line for one in written(f"<!DOCTYPE html><title>x</title><article>{body}</article>")]


def words(body: str) -> list[str]:
    """Return the same, without marks."""
    return [line.text for line in lines(body)]


def paragraphs(text: Text) -> list[str]:
    """Return what there is to read of a text."""
    return [paragraph.text for paragraph in text.paragraphs if paragraph.text]


# ------------------------------------------------------------------------------ the article


@styles
@pytest.mark.parametrize("name", ["baisha-health", "hegu-science", "lanxi-greening", "songyang-safety"])
def test_a_draft_is_the_same_as_a_page_and_as_a_text(name: str, page: Page) -> None:
    plain = read_plain((SAMPLES / f"{name}.txt").read_bytes(), ".txt")
    title = next(paragraph.text for paragraph in plain.paragraphs if paragraph.text)
    text = read(page(title, plain.source.splitlines()), ".html")
    assert paragraphs(text) == paragraphs(plain)


@styles
def test_a_page_conforms(page: Page) -> None:
    draft = page("棠城县全民阅读实施方案", ["棠城县全民阅读实施方案", "一、总体要求", "办好讲座。（县教育局牵头）"])
    text = assert_reader_conforms(READER, draft, ".html")
    assert text.format == "html"


@styles
def test_lines_say_where_they_stand(page: Page) -> None:
    draft = page("棠城县全民阅读实施方案", ["棠城县全民阅读实施方案", "一、总体要求", "办好讲座。（县教育局牵头）"])
    text = read(draft, ".html")
    place = text.place(text.source.index("办好讲座"))
    assert place is not None
    raw = draft.decode(text.encoding).splitlines()
    assert "办好讲座" in re.sub("<[^>]*>", "", raw[place.line - 1])


def test_what_a_page_puts_around_a_plan_is_not_read() -> None:
    page = """<body><div class="top"><h1><a href="/">棠城县人民政府</a></h1></div>
    <div>当前位置：<a href="/">首页</a> &gt; <a href="/a">文件</a></div>
    <div class="main"><h2>棠城县全民阅读实施方案</h2><div>字体：大 中 小 打印本页</div>
    <div class="text"><p>一、总体要求</p><p>办好讲座，建好书屋。（县教育局牵头）</p><p>二、工作任务</p>
    <p>每月办一次讲座，村村建书屋。（县教育局牵头）</p></div>
    <div>上一篇：<a href="1">通知</a></div><div>下一篇：<a href="2">公告</a></div></div>
    <div class="foot">版权所有 棠城县人民政府</div></body>"""
    text = read(page.encode(), ".html")
    assert paragraphs(text)[0] == "一、总体要求"
    assert paragraphs(text)[-1].startswith("每月办一次讲座")


def test_the_title_is_found_before_the_article() -> None:
    page = """<title>棠城县全民阅读实施方案 - 棠城县人民政府</title>
    <div><p>棠城县人民政府</p><div>棠城县全民阅读实施方案</div>
    <div><p>一、总体要求</p><p>办好讲座，建好书屋。（县教育局牵头）</p></div></div>"""
    assert paragraphs(read(page.encode(), ".html"))[0] == "棠城县全民阅读实施方案"


def test_the_number_of_a_document_is_no_line_of_the_page() -> None:
    page = "<body><p>发文字号：棠政发〔2024〕3号</p><p>字号：大 中 小</p><p>一、总体要求</p><p>办好讲座。</p></body>"
    assert paragraphs(read(page.encode(), ".html"))[:2] == ["发文字号：棠政发〔2024〕3号", "一、总体要求"]


def test_a_signature_beside_the_text_is_read() -> None:
    page = """<body><div class="nav"><a href="/">首页</a><a href="/a">文件</a></div>
    <div><div><p>一、总体要求</p><p>办好讲座，建好书屋。</p></div><div>2024年3月5日</div></div></body>"""
    assert paragraphs(read(page.encode(), ".html"))[-1] == "2024年3月5日"


def test_documents_that_are_links_are_read_between_paragraphs() -> None:
    page = (
        "<p>一、依据</p><p><a href=1>《阅读条例》</a>、<a href=2>《阅读纲要》</a></p><p>二、任务</p><p>办好讲座。</p>"
    )
    assert "《阅读条例》、《阅读纲要》" in words(page)


def test_a_page_all_of_which_is_a_header_is_read() -> None:
    assert paragraphs(read("<header><p>一、总体要求</p></header>".encode(), ".html")) == ["一、总体要求"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>旧稿</p>",
        "<p aria-hidden=true>旧稿</p>",
        "<p style='color: red; DISPLAY: none'>旧稿</p>",
        "<script>document.write('旧稿')</script>",
        "<style>旧稿</style>",
        "<template><p>旧稿</p></template>",
        "<noscript>旧稿</noscript>",
        "<!-- 旧稿 -->",
        "<select><option>旧稿</select>",
        "<button>旧稿</button>",
        "<del>旧稿</del>",
        "<nav>旧稿</nav>",
        "<div role=navigation>旧稿</div>",
        "<svg><text>旧稿</text></svg>",
    ],
)
def test_what_nobody_sees_is_not_read(hidden: str) -> None:
    assert words(f"<p>一、总体要求</p>{hidden}<p>办好讲座。</p>") == ["一、总体要求", "办好讲座。"]


# -------------------------------------------------------------------------------- characters


def test_tags_do_not_cut_words() -> None:
    assert words("<p>县<b>教<i>育</i></b><span>局</span>牵头</p>") == ["县教育局牵头"]


def test_character_references_are_the_characters() -> None:
    assert words("<p>&ldquo;&#x4e00;&#19968;&rdquo;&amp;A&amp;B &lt;p&gt; &c &ampd</p>") == ["“一一”&A&B <p> &c &d"]


def test_white_space_is_as_it_is_displayed() -> None:
    body = "<p>\n  加强\r\n   领导，use\n  the <b> book</b>&nbsp;&#160;now，张 三　李四 </p>"
    assert words(body) == ["加强领导，use the book  now，张 三　李四"]


def test_white_space_that_is_kept_ends_lines() -> None:
    assert words("<pre>一、总体要求\n办好讲座。\r\n\n建好书屋。</pre>") == ["一、总体要求", "办好讲座。", "建好书屋。"]


def test_readings_beside_characters_are_left_out() -> None:
    assert words("<p><ruby>棠<rp>(</rp><rt>táng</rt><rp>)</rp></ruby>城县</p>") == ["棠城县"]


def test_end_tags_of_nothing_change_nothing() -> None:
    line = written("<p>加强</x></font>领&amp;导</br>工作。")
    assert [one.line.text for one in line] == ["加强领&导", "工作。"]
    page = "<p>加强</x></font>领&amp;导</br>工作。"
    assert page[slice(*line[0].place(2))] == "领"
    assert page[slice(*line[0].place(3))] == "&amp;"
    assert page[slice(*line[0].place(4))] == "导"


def test_declarations_are_no_text() -> None:
    page = (
        "<?xml version='1.0'?>\n<!DOCTYPE html>\n<p>一、加<?xml:namespace prefix = o ns = 'urn:x' />强<o:p></o:p>领导"
        "<![if !supportLists]>工作<![endif]>。<!--[if gte mso 9]><p>旧稿<![endif]-->再抓</>一次。</p>"
    )
    assert [one.line.text for one in written(page)] == ["一、加强领导工作。再抓 一次。"]


# ------------------------------------------------------------------------------------- marks


def test_headings_and_bold() -> None:
    heading, line = lines(
        "<h2>一、总体要求</h2><p><strong>办好讲座。</strong>每月<span style='font-weight:700'>一次</span>。</p>"
    )
    assert (heading.heading, heading.text) == (2, "一、总体要求")
    assert [line.text[start:end] for start, end in line.bold] == ["办好讲座。", "一次"]


def test_line_ends() -> None:
    assert words("<p>责任单位：<br>县教育局<br/>县科协</p>") == ["责任单位：", "县教育局", "县科协"]


def test_rows_of_tables() -> None:
    rows = lines(
        "<table><caption>任务分工表</caption><tr><th>任务<th colspan=2>单位"
        "<tr><td rowspan=2>办好讲座<td>县教育局<br>县科协<td>3月"
        "<tr><td>县妇联<td>4月</table>"
    )
    assert [row.text for row in rows] == [
        "任务分工表",
        "| 任务 | 单位 |  |",
        "| 办好讲座 | 县教育局 县科协 | 3月 |",
        "|  | 县妇联 | 4月 |",
    ]
    assert [rows[2].text[start:end] for start, end in rows[2].cells] == ["办好讲座", "县教育局 县科协", "3月"]
    assert rows[3].from_above == (0,)


def test_a_merged_cell_holds_for_the_rows_below() -> None:
    page = (
        "<h1>棠城县阅读方案</h1><p>一、任务分工</p><p>分工如下。</p><table><tr><th>任务<th>牵头单位"
        "<tr><td>办好讲座<td rowspan=2>县教育局<tr><td>建好书屋</table>"
    )
    plan = parse_text(read(page.encode(), ".html"))
    assert [clause.leads for clause in plan.clauses] == [("县教育局",), ("县教育局",)]


def test_a_table_that_lays_out_a_page_has_no_rows() -> None:
    body = "<table role=presentation><tr><td>一、总体要求</td><td>办好讲座。</td></tr></table>"
    assert words(body) == ["一、总体要求", "办好讲座。"]


@pytest.mark.parametrize(
    ("opened", "labels"),
    [
        ("<ol>", ["1.", "2."]),
        ("<ol start=3>", ["3.", "4."]),
        ("<ol reversed>", ["2.", "1."]),
        ("<ol type=A>", ["A.", "B."]),
        ("<ol type=i start=4>", ["iv.", "v."]),
        ("<ol style='list-style-type: cjk-ideographic'>", ["一、", "二、"]),
        ("<ol style='list-style: none'>", ["", ""]),
        ("<ul>", ["", ""]),
    ],
)
def test_numbers_of_lists_are_written_out(opened: str, labels: list[str]) -> None:
    closed = opened[1:3]
    read_ = words(f"{opened}<li>办好讲座。</li><li><p>建好书屋。</p><p>再建一批。</p></li></{closed}>")
    assert read_ == [f"{labels[0]}办好讲座。", f"{labels[1]}建好书屋。", "再建一批。"]


def test_a_number_that_is_typed_is_not_written_twice() -> None:
    assert words("<ol><li>1.办好讲座。<li>（二）建好书屋。</ol>") == ["1.办好讲座。", "（二）建好书屋。"]


def test_comments_to_plancheck_hold_for_their_paragraph() -> None:
    body = "<!-- plancheck: ignore plan/lead-unit: 村里自办 --><p>办好讲座。</p>\n"
    body += "<p>建好<!-- plancheck: ignore gongwen: 如此 -->书屋。</p>"
    text = read(semantic("方案", ["方案"]).replace(b"</article>", f"{body}</article>".encode()), ".html")
    assert [(one.rules, one.reason) for one in text.comments] == [
        (("plan/lead-unit",), "村里自办"),
        (("gongwen",), "如此"),
    ]
    assert [text.line(one.lines[0]) for one in text.comments] == ["办好讲座。", "建好书屋。"]


# ---------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<meta charset=gb2312><p>办好讲座，镕</p>".encode("gb18030"), "gb18030"),
        ("<?xml version='1.0' encoding='GBK'?><p>办好讲座，镕</p>".encode("gbk"), "gb18030"),
        ("<meta http-equiv=Content-Type content='text/html; charset=big5'><p>辦好講座</p>".encode("big5"), "big5"),
        ("<p>没有写明编码</p>".encode("gb18030"), "gb18030"),
        ("<meta charset=gb2312><p>写明的编码是错的</p>".encode(), "utf-8"),
        ("<meta charset=no-such><p>没有这种编码</p>".encode("gb18030"), "gb18030"),
        ("<p>办好讲座</p>".encode("utf-8-sig"), "utf-8-sig"),
        ("<p>办好讲座</p>".encode("utf-16"), "utf-16"),
        ("<p>办好讲座</p>".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    text = read(data, ".html")
    assert text.encoding == encoding
    assert paragraphs(text)[0][:2] in ("办好", "辦好", "没有", "写明")


def test_a_damaged_byte_is_no_reason_not_to_read() -> None:
    text = read(("<p>办好讲座。</p>" * 50).encode() + b"\xff", ".html")
    assert text.encoding == "utf-8 (damaged)"


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>", b"<div id=app></div><script>x()</script><noscript>JavaScript</noscript>", bytes(range(256)) * 9],
)
def test_pages_without_text_are_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(data, ".html")


def test_without_the_library_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.extras.find_spec", lambda name: None)
    with pytest.raises(Unreadable) as refused:
        READER.read(b"<p>x</p>", ".htm")
    assert refused.value.message.zh == "读 .htm 文件要先安装：pip install 'plancheck[html]'"
