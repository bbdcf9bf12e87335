"""``checker.testing``: what a reader and a reporter have to keep, and what fails with those that do not."""

from __future__ import annotations

import csv
import html
import io
import itertools
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

import msgspec
import pytest

from checker.host import host
from checker.model import Bilingual, Paragraph, Report, Span, Text
from checker.plain_text import from_string
from checker.problems import Unreadable
from checker.reader import Reader
from checker.reporters import Need, Reporter
from checker.reporters.words import printable
from checker.testing import Kind, assert_reader_conforms, assert_reporter_conforms

PLANS = Path(__file__).parent / "plans"


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the kit in its own language, whatever a test before has set."""
    monkeypatch.delenv("PLANCHECK_LANG", raising=False)


# ------------------------------------------------------------------------------- readers


CALLS = itertools.count()
DRAFT = "一、工作目标\n新建步道30公里。\n\n二、主要任务\n1.建好书屋。6月底前建成。\n"


def plain(data: bytes) -> Text:
    return from_string(data.decode("utf-8", "replace"))


def changed(made: Text, **more: object) -> Text:
    """Return a text with its first paragraph changed."""
    first = msgspec.structs.replace(made.paragraphs[0], **more) if made.paragraphs else None
    return msgspec.structs.replace(made, paragraphs=(first, *made.paragraphs[1:])) if first else made


def counting(data: bytes) -> Text:
    return from_string(f"{data.decode('utf-8', 'replace')}{next(CALLS)}")


def swapped(data: bytes) -> Text:
    text = plain(data)
    first = text.paragraphs[0].text if text.paragraphs else ""
    return changed(text, text=first[::-1], folded=first[::-1])


def twice_the_same_place(data: bytes) -> Text:
    text = from_string("甲甲")
    return changed(text, runs=((0, 0), (1, 0))) if data else text


def joined_lines(data: bytes) -> Text:
    source = data.decode("utf-8", "replace").replace("\n", " ")
    paragraph = Paragraph(Span(0, len(source)), source, source, ((0, 0),))
    return Text(source, (paragraph,), (0, 3) if len(source) > 3 else (0,))


def give_up(reason: Bilingual) -> Text:
    raise Unreadable(reason)


def leave() -> Text:
    raise SystemExit(1)


READERS: dict[str, tuple[Callable[[bytes], object], str]] = {
    "overlapping paragraphs": (
        lambda data: changed(plain(data), span=Span(0, len(plain(data).source))),
        "第 2 段没有紧接上一段",
    ),
    "an end that is left out": (
        lambda data: msgspec.structs.replace(plain(data), paragraphs=plain(data).paragraphs[:1]),
        "各段没有覆盖到全文末尾",
    ),
    "characters in another order": (swapped, "第 1 段的第 1 个字“标”不在 1:1"),
    "two characters at one place": (twice_the_same_place, "第 1 段的第 2 个字“甲”不在 1:1"),
    "lines that end nowhere": (joined_lines, "第 2 行前面没有换行"),
    "a line with a break": (
        lambda data: msgspec.structs.replace(plain(data), line_starts=(0,)),
        "第 1 行中间有换行",
    ),
    "something else each time": (counting, "读两次，结果不一样"),
    "no Text": (lambda data: data.decode("utf-8", "replace"), "返回了 str，应是 Text"),
    "nothing to read": (lambda data: from_string(""), "没有读出文字"),
    "a draft of its own that it cannot read": (
        lambda data: give_up(Bilingual("有密码", "it has a password")),
        "读不了给它的方案：有密码",
    ),
    "no reason": (
        lambda data: plain(data) if data else give_up(Bilingual("", "")),
        "空文件：\n读取器“trial”：Unreadable 要带中英文的原因",
    ),
    "what an empty file lacks": (
        lambda data: from_string(chr(data[0]) + "甲"),
        "空文件：\n读取器“trial”：出错：IndexError",
    ),
    "what a cut off file lacks": (
        lambda data: from_string(data.decode()) if data else plain(data),
        "截断到 1 个字节：\n读取器“trial”：出错：UnicodeDecodeError",
    ),
    "random bytes": (
        lambda data: plain(data) if data in DRAFT.encode() else from_string(data.decode("ascii")),
        "1 个随机字节：\n读取器“trial”：出错：UnicodeDecodeError",
    ),
    "an end of the whole run": (
        lambda data: plain(data) if data else leave(),
        "空文件：\n读取器“trial”：出错：SystemExit",
    ),
}


class TestReaders:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
    @pytest.mark.parametrize("name", ["food-one-line-county", "reading-traditional-city", "disability-pdf-city"])
    def test_the_bundled_one_conforms(self, name: str, encoding: str) -> None:
        reader = next(reader for reader in host((), False).readers if reader.name == "text")
        source = (PLANS / f"{name}.txt").read_text(encoding="utf-8")
        for suffix in reader.suffixes:
            assert assert_reader_conforms(reader, source.encode(encoding), suffix).source == source

    def test_one_that_reads_a_format_of_its_own_conforms(self) -> None:
        def read(data: bytes, suffix: str) -> Text:
            if not data.startswith(b"OA1\n"):
                raise Unreadable(Bilingual("不是 OA 文件", "no OA file"))
            return plain(data[4:])

        text = assert_reader_conforms(Reader("oa", (".oa",), read), b"OA1\n" + DRAFT.encode(), ".oa")
        assert text.source == DRAFT
        text = assert_reader_conforms(Reader("oa", (), read, magic=(b"OA1",)), b"OA1\n" + DRAFT.encode(), ".bin")
        assert text.source == DRAFT

    def test_one_that_reads_marks_for_other_characters_conforms(self) -> None:
        def read(data: bytes, suffix: str) -> Text:
            source = data.decode("utf-8", "replace")
            if source != "a&lt;b":
                return from_string(source)
            return Text(source, (Paragraph(Span(0, 6), "a<b", "a<b", ((0, 0), (2, 5))),), (0,))

        assert assert_reader_conforms(Reader("marks", (".x",), read), b"a&lt;b", ".x").paragraphs[0].text == "a<b"

    @pytest.mark.parametrize(("read", "said"), READERS.values(), ids=READERS)
    def test_one_with_a_fault_does_not(self, read: Callable[[bytes], Text], said: str) -> None:
        with pytest.raises(AssertionError) as failed:
            assert_reader_conforms(Reader("trial", (".x",), lambda data, suffix: read(data)), DRAFT.encode(), ".x")
        assert said in str(failed.value)

    def test_one_that_the_host_would_refuse_does_not(self) -> None:
        with pytest.raises(AssertionError, match=r"后缀 'x' 应写成 \('.abc',\) 这样，小写"):
            assert_reader_conforms(Reader("trial", ("x",), lambda data, suffix: plain(data)), b"x", "x")

    def test_one_that_would_not_be_asked_does_not(self) -> None:
        with pytest.raises(AssertionError, match=r"读取器“trial”：不读 \.y 文件，只读 \.x"):
            assert_reader_conforms(Reader("trial", (".x",), lambda data, suffix: plain(data)), b"x", ".y")

    def test_one_of_whose_text_no_plan_can_be_made_does_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(text: Text) -> None:
            raise RecursionError("too deep")

        monkeypatch.setattr("checker.testing.readers.parse_text", refuse)
        with pytest.raises(AssertionError, match="读出的文字解析不了：RecursionError"):
            assert_reader_conforms(Reader("trial", (".x",), lambda data, suffix: plain(data)), b"x", ".x")

    def test_what_is_wrong_is_said_in_english_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PLANCHECK_LANG", "en")
        read, _ = READERS["no reason"]
        with pytest.raises(AssertionError) as failed:
            assert_reader_conforms(Reader("trial", (".x",), lambda data, suffix: read(data)), DRAFT.encode(), ".x")
        assert str(failed.value) == "an empty file:\nreader 'trial': Unreadable needs a reason in both languages"


# ----------------------------------------------------------------------------- reporters


def rows(report: Report) -> Iterator[tuple[str, str, str, str]]:
    """Yield all that a report has to name: path, line, rule and what is said; as it is, hostile or not."""
    for file in report.files:
        if file.error is not None:
            yield file.path, "", "", file.error
        for one in file.violations:
            yield file.path, str(one.line), one.rule, one.message
        for outcome in file.rules:
            if outcome.outcome == "not-evaluated":
                yield file.path, "", outcome.rule, outcome.reason or ""


def as_text(report: Report, clean: Callable[[str], str] = printable) -> str:
    return "".join(f"{' '.join(map(clean, row))}\n" for row in rows(report))


def as_html(report: Report, clean: Callable[[str], str] = printable, quote: bool = True) -> str:
    body = "".join(
        f"<tr title='{html.escape(clean(path), quote)}'><td>{line}<td>{rule}<td>{html.escape(clean(said), quote)}"
        f"<td>{html.escape(clean(path))}\n"
        for path, line, rule, said in rows(report)
    )
    return f"<!DOCTYPE html><title>报告</title><table>{body}</table><script>fold()</script>\n"


def as_linked_html(report: Report) -> str:
    links = "".join(f'<a href="{html.escape(printable(path))}">{path[:0]}</a>' for path, *_ in rows(report))
    return as_html(report) + links


def as_html_with_data(report: Report) -> str:
    data = json.dumps([list(map(printable, row)) for row in rows(report)], ensure_ascii=False)
    return f"<html><script>const rows = {data}</script></html>\n"


def as_csv(report: Report, clean: Callable[[str], str] = printable, quote: str = "'") -> str:
    made = io.StringIO()
    table = csv.writer(made)
    table.writerow(["path", "line", "rule", "message"])
    for row in rows(report):
        cells = [clean(cell) for cell in row]
        table.writerow(
            [f"{quote}{cell}" if cell.lstrip()[:1] in tuple("=+-@\t\r") and cell else cell for cell in cells]
        )
    return made.getvalue()


def as_naive_csv(report: Report) -> str:
    return "path,line,rule,message\n" + "".join(
        ",".join(f"'{printable(cell)}" for cell in row) + "\n" for row in rows(report)
    )


def as_markdown(report: Report, bar: str = "\\|") -> str:
    table = "".join(f"| {' | '.join(printable(cell).replace('|', bar) for cell in row)} |\n" for row in rows(report))
    return f"# 报告\n\n| 文件 | 行 | 规则 | 问题 |\n| --- | ---: | --- | --- |\n{table}\n完\n"


def as_xml(report: Report, escape: Callable[[str], str] = quoteattr) -> str:
    cases = "".join(
        f"<case path={escape(printable(path))} line={escape(line)} rule={escape(rule)} said={escape(printable(said))}/>"
        for path, line, rule, said in rows(report)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<cases>{cases}</cases>\n'


def as_workbook(report: Report) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        book.writestr(zipfile.ZipInfo("report.txt"), as_text(report))
    return made.getvalue()


def only(report: Report, wanted: Callable[[tuple[str, str, str, str]], bool]) -> str:
    """Return a text with some of what has to be named."""
    return "".join(f"{' '.join(map(printable, row))}\n" for row in rows(report) if wanted(row))


def without_controls(words: str) -> str:
    """Return words without what commands a terminal, but with their line breaks."""
    return "\n".join(map(printable, words.replace("\r", " ").split("\n")))


def counted(report: Report) -> str:
    return f"{as_text(report)}{next(CALLS)}\n"


def printing(report: Report) -> str:
    print("...")
    return as_text(report)


GOOD_REPORTERS: dict[str, tuple[Callable[[Report], str | bytes], Kind]] = {
    "text": (as_text, "text"),
    "text in bytes": (lambda report: as_text(report).encode(), "text"),
    "coloured text": (lambda report: f"\x1b[1;31m{as_text(report)}\x1b[0m", "text"),
    "HTML": (as_html, "html"),
    "HTML that is recognised": (as_html, "text"),
    "CSV": (as_csv, "csv"),
    "CSV as Excel reads it": (lambda report: as_csv(report).encode("utf-8-sig"), "csv"),
    "JSON": (lambda report: json.dumps(list(rows(report))), "json"),
    "JSON that is recognised": (lambda report: json.dumps(list(rows(report)), ensure_ascii=False), "text"),
    "Markdown": (as_markdown, "text"),
    "XML": (as_xml, "text"),
    "a workbook": (as_workbook, "text"),
}
BAD_REPORTERS: dict[str, tuple[Callable[[Report], object], Kind, str]] = {
    "nothing": (lambda report: None, "text", "（empty, zh）：返回了 NoneType，应是 str 或 bytes"),
    "an exception": (lambda report: report.files[0].path, "text", "（empty, zh）：出错：IndexError"),
    "an end of the whole run": (lambda report: sys.exit(1), "text", "（empty, zh）：出错：SystemExit: 1"),
    "a time": (counted, "text", "同样的报告，两次的结果不一样"),
    "printing": (printing, "text", "自己打印了内容；应当返回"),
    "lone surrogates": (lambda report: f"{as_text(report)}\udcff", "text", "不能写成 UTF-8"),
    "violations left out": (
        lambda report: only(report, lambda row: row[1] != "1019"),
        "text",
        "（violations, zh）：没有写出问题 plan/lead-unit（第 1019 行）",
    ),
    "rules not named": (
        lambda report: "".join(f"{path}:{line}: {printable(said)[:9]}\n" for path, line, _, said in rows(report)),
        "text",
        "（violations, zh）：没有写出问题 plan/lead-unit（第 1013 行）",
    ),
    "unreadable drafts left out": (
        lambda report: only(report, lambda row: row[2] != ""),
        "text",
        "（unreadable, zh）：没有写出无法检查的 drafts/scan.txt",
    ),
    "rules that were not evaluated left out": (
        lambda report: only(report, lambda row: row[1] != "" or row[2] == ""),
        "text",
        "（not evaluated, zh）：没有写出未能执行的规则 plan/unit-name",
    ),
    "only Chinese": (
        lambda report: as_text(report) if report.language == "zh" else "",
        "text",
        "（violations, en）：没有写出问题",
    ),
    "characters that command a terminal": (
        lambda report: as_text(report, lambda words: " ".join(words.split()).replace("\x1b[38;5;201m", "")),
        "text",
        "（hostile, zh）：控制字符 U+001B 原样写出了；用 checker.reporters.words.printable",
    ),
    "characters that turn its direction": (
        lambda report: as_text(report, lambda words: "\u202e" if "\u202e" in words else printable(words)),
        "text",
        "（hostile, zh）：控制字符 U+202E 原样写出了",
    ),
    "colours of the draft": (
        lambda report: as_text(report, lambda words: "\x1b[38;5;201m" if "\x1b" in words else printable(words)),
        "text",
        "（hostile, zh）：方案里的颜色代码原样写出了",
    ),
    "line breaks of the draft": (
        lambda report: as_text(report, without_controls),
        "text",
        "（hostile, zh）：方案里的换行让报告多出一行：forged.txt:1:1: error plan/forged",
    ),
    "HTML of the draft": (
        lambda report: html.unescape(as_html(report)),
        "html",
        "（hostile, zh）：方案里的 <script> 原样写出了",
    ),
    "HTML of the draft in a page that is recognised": (
        lambda report: html.unescape(as_html(report)).replace("<script>plan", "<b>plan"),
        "text",
        "（hostile, zh）：方案里的标签成了网页的",
    ),
    "quotes of the draft": (
        lambda report: as_html(report, quote=False),
        "html",
        "（hostile, zh）：方案里的引号断开了属性",
    ),
    "HTML of the draft in a script": (as_html_with_data, "html", "（hostile, zh）：方案里的 <script> 原样写出了"),
    "the name of a draft as an address": (
        as_linked_html,
        "html",
        "（hostile, zh）：方案的名称成了脚本地址：javascript:plancheck()",
    ),
    "HTML that commands a terminal": (
        lambda report: as_html(report, without_controls).replace("<table>", "<table>\a"),
        "html",
        "（empty, zh）：控制字符 U+0007 原样写出了",
    ),
    "formulas": (
        lambda report: as_csv(report, quote=""),
        "csv",
        "（hostile, zh）：单元格会被当作公式：\"=cmd|' /C calc'!A0\"",
    ),
    "formulas behind blanks": (
        lambda report: as_csv(report, quote="\u3000"),
        "csv",
        "（hostile, zh）：单元格会被当作公式：\"\\u3000=cmd|' /C calc'!A0\"",
    ),
    "commas": (as_naive_csv, "csv", "（several drafts, zh）：第 3 行有 5 格，表头有 4 格"),
    "what is no JSON": (lambda report: f"[{json.dumps(list(rows(report)))}", "json", "（empty, zh）：不是 JSON："),
    "what is no XML": (
        lambda report: as_xml(report, lambda words: f'"{words}"'),
        "text",
        "（hostile, zh）：不是合格的 XML：",
    ),
    "bars in a table": (lambda report: as_markdown(report, "|"), "text", "（hostile, zh）：表格的一行多出或缺少格子："),
}


class TestReporters:
    @pytest.mark.parametrize("name", host((), False).reporters)
    def test_the_bundled_ones_conform(self, name: str) -> None:
        kinds: dict[str, Kind] = {"json": "json", "sarif": "json", "gitlab": "json", "html": "html"}
        assert_reporter_conforms(host((), False).reporters[name], kind=kinds.get(name, "text"))

    @pytest.mark.parametrize(("render", "kind"), GOOD_REPORTERS.values(), ids=GOOD_REPORTERS)
    def test_one_of_every_kind_conforms(self, render: Callable[[Report], str | bytes], kind: Kind) -> None:
        assert_reporter_conforms(Reporter("trial", render), kind=kind)

    @pytest.mark.parametrize(("render", "kind", "said"), BAD_REPORTERS.values(), ids=BAD_REPORTERS)
    def test_one_with_a_fault_does_not(self, render: Callable[[Report], str], kind: Kind, said: str) -> None:
        with pytest.raises(AssertionError) as failed:
            assert_reporter_conforms(Reporter("trial", render), kind=kind)
        assert said in str(failed.value)
        assert str(failed.value).startswith("报告格式“trial”")

    @pytest.mark.parametrize(
        ("needs", "render", "said"),
        [
            (
                "plans",
                lambda report: as_text(report) + "".join(plan.text.source for plan in report.plans.values()),
                "颜色代码原样写出了",
            ),
            (
                "rules",
                lambda report: as_text(report) + "".join(rule.help for rule in report.rules.values()),
                "多出一行",
            ),
            (
                "plans",
                lambda report: (
                    as_text(report)
                    + str(
                        [
                            report.plans[file.path].text.line_starts[one.line - 1]
                            for file in report.files
                            for one in file.violations
                            if file.path in report.plans
                        ][:0]
                    )
                ),
                "IndexError",
            ),
        ],
        ids=["words of drafts", "words of rules", "a place that the draft no longer has"],
    )
    def test_what_it_needs_is_hostile_too(self, needs: Need, render: Callable[[Report], str], said: str) -> None:
        with pytest.raises(AssertionError, match=said):
            assert_reporter_conforms(Reporter("trial", render, needs=(needs,)))

    def test_one_that_the_host_would_refuse_does_not(self) -> None:
        with pytest.raises(AssertionError, match="的名称 'My Report' 不能用"):
            assert_reporter_conforms(Reporter("My Report", as_text))

    def test_what_is_wrong_is_said_in_english_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PLANCHECK_LANG", "en")
        with pytest.raises(AssertionError) as failed:
            assert_reporter_conforms(Reporter("trial", lambda report: as_text(report, str)))
        assert str(failed.value).startswith("report format 'trial' (hostile, zh): lets a ")
