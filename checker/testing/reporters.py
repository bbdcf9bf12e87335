"""What every reporter has to keep, tried with reports of all kinds, hostile ones among them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from datetime import date
from functools import lru_cache, partial
from html.parser import HTMLParser
from typing import Any, Literal
from unicodedata import category
from urllib.parse import unquote
from xml.etree import ElementTree

from msgspec.structs import replace

from checker import __version__
from checker.contributions import Fault
from checker.contributions import reporters as sound_reporters
from checker.model import Bilingual, FileReport, Outcome, PlacedEdit, Plan, Report, RuleSummary, Violation, Waived
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.reader import shown
from checker.reporters import Need, Reporter
from checker.soundness import RAISED, raised
from checker.testing.asking import failure

Kind = Literal["text", "json", "html", "csv"]
"""What a reporter writes. As ``text``, what parses as JSON is taken for it, and what begins like HTML or XML too."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
"""How click colours a text."""
_ALIEN = "\x1b[38;5;201m"
"""A colour that comes from a draft only: no reporter has it."""
_FORGED = "forged.txt:1:1: error plan/forged"
"""A line of a report that is none, behind a line break in a draft."""
_TAG, _ATTRIBUTE, _ADDRESS = "plancheck-hostile", "onplancheck", "javascript:plancheck()"
_HTML = f'"\'><{_TAG} {_ATTRIBUTE}="1"><script>{_TAG}()</script></{_TAG}>" {_ATTRIBUTE}="1" \' {_ATTRIBUTE}=\'1'
_FORMULAS = ("=cmd|' /C calc'!A0", "@SUM(1+1)*cmd", "+1+cmd", "-1+cmd", "\t=1+cmd", "\r=1+cmd")
_BEGINS_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r]")
_DASHES = re.compile(r"[-+\s]*|[-+]\d+(\.\d+)?%?")
"""What begins like a formula and is none: a path of standard input, a number."""
_CHANGED = "drafts/changed.txt"
_LINE = "1.建设步道。新建步道30公里。"
_BACKSLASHED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_EVIL = (
    f"\x1b]0;title\x07\x1b[2J{_ALIEN}\x9b\u202e{_HTML},,;;]({{0}})%0A\ufffe| a | b |"
    f"\n{_FORGED}\r{_FORGED}\n::error::{_FORGED}"
)
_DELIMITER_ROW = re.compile(r"\s*\|?(\s*:?-{3,}:?\s*\|)+(\s*:?-{3,}:?\s*)?")


def assert_reporter_conforms(reporter: Reporter, *, kind: Kind = "text") -> None:
    """Give a reporter reports of all kinds, in both languages, and hold what it makes against what it promises.

    It is given an empty report, one of a clean draft, one with violations, one of drafts that cannot be
    read, one with rules that were not evaluated, ones with violations that can be mended and that are
    accepted, one of drafts with odd names, and a hostile one, each with what it ``needs``; where that is
    drafts, one of a draft that has changed since. A reporter on ``one_draft`` is given each draft that could be
    read by itself. It has to
    return text or bytes, the same each time, to print nothing, and to name every violation that is to be
    shown with its rule and line, every draft that could not be read (a name may be escaped, as in an
    address), and every rule that was not evaluated. Nothing of a draft may command a
    terminal (click's own colours may), begin a line of its own, become HTML, become a formula of a
    spreadsheet, or break a table of Markdown. JSON and XML have to be well-formed; what JSON escapes
    is its own business. Bytes that are no UTF-8 are not looked into.

    ``kind="csv"`` says that the reporter writes a table with a header; the other kinds are recognised,
    but a reporter that says ``json`` or ``html`` is held to it. Raises AssertionError for whatever does
    not hold.

    For example::

        def test_reporter() -> None:
            assert_reporter_conforms(REPORTER, kind="csv")
    """
    __tracebackhide__ = True
    try:
        sound_reporters([reporter])
    except Fault as fault:
        raise failure(_of(reporter, "", fault.message)) from fault
    for language in ("zh", "en"):
        for name, made in _reports(language, reporter):
            for wrong in _wrong_with(reporter, made, kind):
                raise failure(_of(reporter, f"{name}, {language}", wrong))


def _of(reporter: Reporter, name: str, said: Bilingual) -> Bilingual:
    zh, en = (f"（{name}）", f" ({name})") if name else ("", "")
    return Bilingual(f"报告格式“{reporter.name}”{zh}：{said.zh}", f"report format {reporter.name!r}{en}: {said.en}")


def _wrong_with(reporter: Reporter, anew: Callable[[], Report], kind: Kind) -> Iterator[Bilingual]:
    """Yield what is wrong with what a reporter makes of a report, which is made anew each time."""
    printed = io.StringIO()
    report = anew()
    try:
        with redirect_stdout(printed):
            made: object = reporter.render(report)
            again: object = reporter.render(anew())
    except RAISED as error:
        yield raised(error)
        return
    if not isinstance(made, (str, bytes)):
        zh, en = f"返回了 {type(made).__name__}，应是 str 或 bytes", f"returned {type(made).__name__}, not str or bytes"
        yield Bilingual(zh, en)
        return
    if made != again:
        yield Bilingual("同样的报告，两次的结果不一样", "makes something else of the same report the second time")
    if printed.getvalue():
        yield Bilingual("自己打印了内容；应当返回", "prints something by itself, which it should return")
    if isinstance(made, str):
        try:
            made.encode()
        except UnicodeEncodeError as error:
            yield Bilingual(f"不能写成 UTF-8：{error}", f"cannot be written as UTF-8: {error}")
            return
    if (text := _text_of(made)) is not None:
        yield from _wrong_with_text(text, report, kind)


def _text_of(made: str | bytes) -> str | None:
    """Return what was made, as text; None for bytes that are none."""
    if isinstance(made, str):
        return made
    try:
        return made.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _wrong_with_text(text: str, report: Report, kind: Kind) -> Iterator[Bilingual]:
    words = text
    form = _form(text, kind)
    if form == "json":
        try:
            words = _strings(json.loads(text))
        except ValueError as error:
            yield Bilingual(f"不是 JSON：{error}", f"is no JSON: {error}")
            return
    elif form == "html":
        page = _Page(text)
        words = page.words
        yield from page.wrong
    elif form == "xml":
        try:
            words = _words_of(ElementTree.fromstring(text))  # the reporter's own: nobody else's entities are in it
        except ElementTree.ParseError as error:
            yield Bilingual(f"不是合格的 XML：{error}", f"is no well-formed XML: {error}")
            return
    elif form == "csv":
        rows = _rows(text)
        words = "\n".join(cell for row in rows for cell in row)
        yield from _wrong_with_table(rows)
    else:
        yield from _forged(text)
        yield from _broken_tables(text)
    if form != "json":
        yield from _commands(text.removeprefix("\ufeff"))
    yield from _missing(words, report)


def _form(text: str, kind: Kind) -> Literal["text", "json", "html", "csv", "xml"]:
    if kind != "text":
        return kind
    begin = text.lstrip()[:9].lower()
    if begin.startswith(("<!doctype", "<html")):
        return "html"
    if begin.startswith("<?xml"):
        return "xml"
    try:
        json.loads(text)
    except ValueError:
        return "text"
    return "json"


# -------------------------------------------------------------------- what is to be named


def _missing(words: str, report: Report) -> Iterator[Bilingual]:
    """Yield what a report has and what was made of it does not name."""
    for file in report.files:
        for one in report.shown(file):
            if one.rule not in words or not _has_number(words, one.line):
                zh = f"没有写出问题 {one.rule}（第 {one.line} 行）"
                yield Bilingual(zh, f"does not name the violation of {one.rule} in line {one.line}")
        if file.error is not None and file.path.isprintable() and not _names(words, file.path):
            yield Bilingual(f"没有写出无法检查的 {file.path}", f"does not name {file.path}, which could not be checked")
        for outcome in file.rules:
            if outcome.outcome == "not-evaluated" and outcome.rule not in words:
                zh, en = (
                    f"没有写出未能执行的规则 {outcome.rule}",
                    f"does not name {outcome.rule}, which was not evaluated",
                )
                yield Bilingual(zh, en)


def _names(words: str, path: str) -> bool:
    """Say whether a path is named: as it is, or in the escapes of an address or of Markdown."""
    return any(path in one for one in (words, unquote(words), _BACKSLASHED.sub("", words)))


def _has_number(words: str, number: int) -> bool:
    return re.search(rf"(?<!\d){number}(?!\d)", words) is not None


def _strings(data: Any) -> str:
    """Return all keys and values of JSON, one to a line."""
    if isinstance(data, dict):
        return "\n".join(f"{key}\n{_strings(value)}" for key, value in data.items())
    return "\n".join(map(_strings, data)) if isinstance(data, list) else str(data)


def _words_of(element: ElementTree.Element) -> str:
    return "\n".join(word for one in element.iter() for word in (*one.attrib.values(), one.text or "", one.tail or ""))


# ---------------------------------------------------------------------- what is no harm


def _commands(text: str) -> Iterator[Bilingual]:
    """Yield the first character that commands a terminal or turns its direction."""
    if _ALIEN in text:
        yield Bilingual("方案里的颜色代码原样写出了", "lets a colour of the draft through")
    for char in _COLOUR.sub("", text).replace("\r\n", "\n"):
        if char not in "\n\t" and category(char) in ("Cc", "Cf", "Cs"):
            zh = f"控制字符 U+{ord(char):04X} 原样写出了；用 checker.reporters.words.printable"
            en = f"lets the control character U+{ord(char):04X} through; see checker.reporters.words.printable"
            yield Bilingual(zh, en)
            return


def _forged(text: str) -> Iterator[Bilingual]:
    """Yield that a line break in a draft begins a line of the report."""
    for line in map(str.strip, _COLOUR.sub("", text).splitlines()):
        if line.startswith((_FORGED, f"::error::{_FORGED}")):
            zh, en = "方案里的换行让报告多出一行", "lets a line break of the draft begin a line of the report"
            yield Bilingual(f"{zh}：{line}", f"{en}: {line}")
            return


def _broken_tables(text: str) -> Iterator[Bilingual]:
    """Yield the first row of a Markdown table that has more or fewer cells than its head."""
    lines = text.splitlines()
    cells = [len(re.findall(r"(?<!\\)\|", line.strip().strip("|"))) for line in lines]
    for number, line in enumerate(lines):
        if not _DELIMITER_ROW.fullmatch(line):
            continue
        for row in range(number + 1, len(lines)):
            if "|" not in lines[row]:
                break
            if cells[row] != cells[number]:
                zh, en = "表格的一行多出或缺少格子", "breaks a row of a table"
                yield Bilingual(f"{zh}：{lines[row]}", f"{en}: {lines[row]}")
                return


class _Page(HTMLParser):
    """A page as a browser takes it apart: its words, and what of a draft has become a part of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.wrong: list[Bilingual] = []
        self._words: list[str] = []
        if f"<script>{_TAG}" in text.lower():
            self.wrong.append(Bilingual("方案里的 <script> 原样写出了", "lets a <script> of the draft through"))
        self.feed(text)
        self.close()

    @property
    def words(self) -> str:
        return "\n".join(self._words)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == _TAG:
            self.wrong.append(Bilingual("方案里的标签成了网页的", "lets a tag of the draft become one of the page"))
        for name, value in attributes:
            self._words.append(value or "")
            if name == _ATTRIBUTE:
                zh, en = "方案里的引号断开了属性", "lets a quote of the draft end an attribute"
                self.wrong.append(Bilingual(zh, en))
            if name in ("href", "src", "action") and (value or "").strip().lower().startswith("javascript:"):
                zh, en = f"方案的名称成了脚本地址：{value}", f"lets the name of a draft become a script: {value}"
                self.wrong.append(Bilingual(zh, en))

    def handle_data(self, data: str) -> None:
        self._words.append(data)


def _rows(text: str) -> list[list[str]]:
    """Return the rows of a table in text, with the separator of its head."""
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    return [row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator) if row]


def _wrong_with_table(rows: list[list[str]]) -> Iterator[Bilingual]:
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            zh, en = f"第 {number} 行有 {len(row)} 格，表头有 {len(rows[0])} 格", f"row {number} has {len(row)} cells"
            yield Bilingual(zh, f"{en}, the head has {len(rows[0])}")
        for cell in row:
            if _BEGINS_FORMULA.match(cell) and not _DASHES.fullmatch(cell):
                zh, en = f"单元格会被当作公式：{cell!r}", f"lets a cell be taken for a formula: {cell!r}"
                yield Bilingual(f"{zh}；前面加 '", f"{en}; put ' in front")


# ------------------------------------------------------------------------------- reports


def _reports(language: str, reporter: Reporter) -> Iterator[tuple[str, Callable[[], Report]]]:
    """Yield for each report its name and what makes it anew, with what a reporter needs beside it.

    For a reporter on one draft, one report for each draft that could be read.
    """
    for name, made in _REPORTS.items():
        if name == "changed since" and "plans" not in reporter.needs:
            continue
        report = partial(made, language)
        if not reporter.one_draft:
            yield name, partial(_completed_anew, report, reporter.needs)
            continue
        for number, file in enumerate(report().files):
            if file.is_draft and file.error is None:
                one = partial(_with_one_draft, report, number)
                yield f"{name}, {file.path}", partial(_completed_anew, one, reporter.needs)


def _completed_anew(made: Callable[[], Report], needs: Sequence[Need]) -> Report:
    return _completed(made(), needs)


def _with_one_draft(made: Callable[[], Report], number: int) -> Report:
    """Return a report with one of its drafts, and with what is no draft."""
    report = made()
    files = (file for at, file in enumerate(report.files) if at == number or not file.is_draft)
    return replace(report, files=tuple(files))


def _empty(language: str) -> Report:
    return _report(language)


def _clean(language: str) -> Report:
    return _report(language, _clean_file())


def _with_violations(language: str) -> Report:
    return _report(language, _failed(), _clean_file())


def _unreadable(language: str) -> Report:
    return _report(language, _scan(), _clean_file())


def _not_evaluated(language: str) -> Report:
    undone = FileReport(
        "drafts/undone.txt",
        "txt",
        "gb18030",
        violations=(_violation("plan/target", 1031),),
        rules=(Outcome("plan/target", "failed", 1), Outcome("plan/unit-name", "not-evaluated", 0, "超时")),
        problems=("插件 fitness（plancheck-fitness 1.0）出错：KeyError: 'unit'",),
    )
    wrong = ("rules/fitness/target-year.yaml:3:1: 没有名为“nod”的键",)
    return _report(language, undone, _scan(), problems=wrong, plugins={"fitness": "1.0"})


def _mendable(language: str) -> Report:
    """Return a report with violations that ``--fix`` mends: in one place, in several, with nothing to stand there."""
    found = (
        _violation(
            "gongwen/range-dash",
            1103,
            fix="—",
            count=2,
            lines=(1103, 1109),
            edits=(PlacedEdit(1103, 3, 1103, 4, "—"), PlacedEdit(1109, 2, 1109, 3, "—")),
        ),
        _violation("gongwen/stray-space", 1117, fix="", edits=(PlacedEdit(1117, 5, 1117, 6, ""),)),
        _violation("gongwen/balanced", 1123, edits=(PlacedEdit(1123, 7, 1123, 7, "）"),)),
    )
    return _report(language, _file("drafts/fix.txt", found))


def _accepted(language: str, shows_waived: bool = True) -> Report:
    """Return a report with violations that are accepted in every way, beside one that is not."""
    ways = (
        Waived("configuration", "本级没有农村", "张三", date(2026, 12, 31)),
        Waived("comment", "由市里统一安排"),
        Waived("baseline"),
    )
    found = [_violation("plan/lead-unit", 1151 + number, waived=way) for number, way in enumerate(ways)]
    found.append(_violation("plan/lead-unit", 1163))
    all_of_one_rule = _violation("plan/stages", 1171, waived=ways[0])
    return _report(language, _file("drafts/waived.txt", (*found, all_of_one_rule)), shows_waived=shows_waived)


def _accepted_in_silence(language: str) -> Report:
    return _accepted(language, shows_waived=False)


def _several(language: str) -> Report:
    """Return a report on drafts whose names need care in addresses, one beside another, and on a configuration."""
    unused = _violation("waivers/unused", 7, section=None, section_label=None, node="waiver")
    configuration = FileReport(".plancheck.yaml", "yaml", "utf-8", None, (unused,), is_draft=False)
    return _report(
        language,
        _file("drafts/50% 汉字 (1).txt", (_violation("plan/lead-unit", 1181, measure="建设步道"),)),
        _file("./drafts/../drafts/b,c:d.md", (_violation("plan/target", 1187),)),
        FileReport("drafts/扫描 件#2.txt", error="文件是空的"),
        configuration,
    )


def _harmful(language: str) -> Report:
    given: dict[str, Any] = {"problems": (_EVIL,), "plugins": {_EVIL: _EVIL}, "packs": {_EVIL: _EVIL}}
    return _report(language, *_hostile(), shows_waived=True, **given)


_REPORTS: dict[str, Callable[[str], Report]] = {
    "empty": _empty,
    "clean": _clean,
    "violations": _with_violations,
    "unreadable": _unreadable,
    "not evaluated": _not_evaluated,
    "edits": _mendable,
    "waived": _accepted,
    "waived and not shown": _accepted_in_silence,
    "several drafts": _several,
    "hostile": _harmful,
    "changed since": lambda language: _report(language, *_marked()),
}
"""The reports that a reporter is tried with; the last one where it needs drafts, which are others by now."""


def _marked() -> Iterator[FileReport]:
    """Yield a draft with places that overlap, that go over several lines and to the end, and that are nowhere."""
    found = tuple(
        _violation(
            "plan/lead-unit", line, column=column, end_line=end_line, end_column=end_column, lines=lines, count=2
        )
        for line, column, end_line, end_column, lines in (
            (1, 1, 1, 400, (1, 3)),
            (1, 2, 4, 3, (1,)),
            (3, 1, 3, 1, (3, 4, 90)),
            (3, 1, 3, 3, (3,)),
            (4, 9000, 4, 9001, (4,)),
            (9001, 1, 9001, 2, (9001,)),
        )
    )
    yield FileReport(_CHANGED, "txt", "utf-8", None, found, (Outcome("plan/lead-unit", "failed", 6),))


def _report(language: str, *files: FileReport, packs: dict[str, str] | None = None, **more: Any) -> Report:
    return Report(__version__, {"plan": "0.1.0"} if packs is None else packs, files, language, **more)


def _file(path: str, found: Sequence[Violation]) -> FileReport:
    """Return the report of a draft with violations."""
    outcomes = tuple(Outcome(rule, "failed", 1) for rule in dict.fromkeys(one.rule for one in found))
    return FileReport(path, "txt", "utf-8", None, tuple(found), outcomes)


def _clean_file() -> FileReport:
    return FileReport(
        "drafts/clean.txt",
        "txt",
        "utf-8",
        rules=(Outcome("plan/lead-unit", "passed"), Outcome("plan/stages", "not-applicable", 0, "没有可检查的内容")),
    )


def _scan() -> FileReport:
    return FileReport("drafts/scan.txt", error="文件是空的")


def _failed() -> FileReport:
    """Return the report of a draft with violations of all kinds: with and without all that they may have."""
    found = (
        _violation("plan/lead-unit", 1013),
        _violation("plan/lead-unit", 1019, severity="warning", end_line=1021, end_column=3),
        _violation("gongwen/range-dash", 1049, severity="info", fix="—", count=3, lines=(1049, 1051, 1061)),
        _violation("plan/stages", 1087, section=None, section_label=None, node="plan", basis="本办法第三条"),
    )
    return _file("drafts/failed.txt", found)


def _hostile() -> Iterator[FileReport]:
    """Yield the reports of drafts whose names and words are all meant to do harm."""
    yield _hostile_file(shown(f"\udcff{_EVIL}.txt"), _EVIL, 2003)
    yield _hostile_file(_ADDRESS, _HTML, 2011)
    for number, formula in enumerate(_FORMULAS):
        yield _hostile_file(formula, formula, 2101 + number)
    yield FileReport(shown(f"\udcfe{_EVIL}"), error=_EVIL)
    yield FileReport(f"={_EVIL}", error=f"={_EVIL}")


def _hostile_file(path: str, words: str, line: int) -> FileReport:
    in_one_line = words.replace("\n", " ").replace("\r", " ")
    violation = _violation(
        "plan/lead-unit",
        line,
        message=words,
        section=words,
        section_label=words,
        measure=words,
        excerpt=in_one_line,
        source_line=f"一、{in_one_line}",
        fix=words,
        edits=(PlacedEdit(line, 3, line, 4, words),),
        basis=words,
    )
    waived = replace(violation, waived=Waived("configuration", words, words), fingerprint=f"{line:016x}-2")
    undone = Outcome("plan/unit-name", "not-evaluated", 0, words)
    outcomes = (Outcome("plan/lead-unit", "failed", 1), undone)
    return FileReport(path, "txt", "utf-8", None, (violation, waived), outcomes, problems=(words,))


def _violation(rule: str, line: int, **more: Any) -> Violation:
    usual: dict[str, Any] = {
        "severity": "error",
        "message": "措施“建设步道”没有写明牵头单位",
        "column": 3,
        "end_line": line,
        "end_column": 7,
        "section": "二.1",
        "section_label": "二（一）场地行动",
        "node": "measure",
        "excerpt": "建设步道",
        "source_line": _LINE,
        "count": 1,
        "lines": (line,),
        "fix": None,
        "basis": None,
        "fingerprint": f"{line:016x}",
    }
    return Violation(rule=rule, line=line, **{**usual, **more})


def _completed(report: Report, needs: Sequence[Need]) -> Report:
    """Return a report with what the rules say of themselves and with the drafts, as a run gives them where asked."""
    evil = report.problems == (_EVIL,)
    if "rules" in needs:
        title, said = (
            (_EVIL, f"{_EVIL}\n{_HTML}") if evil else ("每项措施都要写明牵头单位", "写明一个单位。\n可以写在末尾。")
        )
        named = dict.fromkeys(outcome.rule for file in report.files for outcome in file.rules)
        basis = _EVIL if evil else None
        rules = {rule: RuleSummary(rule, title, "warning", said, basis) for rule in named}
        report = replace(report, rules=rules)
    if "plans" in needs:
        drafts = (file for file in report.files if file.error is None and file.is_draft)
        plans = {file.path: _hostile_plan() if file.path == _CHANGED else _plan_of(file, evil) for file in drafts}
        report = replace(report, plans=plans)
    if "drafts" in needs:
        read = (file for file in report.files if file.error is None and file.is_draft)
        data = {file.path: _plan_of(file, evil).text.source.encode(errors="replace") for file in read}
        report = replace(report, drafts=data)
    return report


def _plan_of(file: FileReport, evil: bool) -> Plan:
    """Return a draft in which every violation is where it says that it is."""
    lines = {1: "棠城县全民健身实施方案", 3: "二、主要任务", 4: "（一）场地行动", 5: _LINE}
    for violation in file.violations:
        lines.update(dict.fromkeys((*violation.lines, violation.end_line), _LINE))
        lines.update({edit.line: _LINE for edit in violation.edits})
        lines[violation.line] = violation.source_line
    plan = parse_text(from_string("".join(f"{lines.get(number, '')}\n" for number in range(1, max(lines) + 1))))
    return replace(plan, metadata=replace(plan.metadata, title=_EVIL)) if evil else plan


@lru_cache(maxsize=1)
def _hostile_plan() -> Plan:
    """Return a draft as it is understood, of which every word is meant to do harm."""
    words, unit = _EVIL.replace("\n", " ").replace("\r", " "), f"{_HTML}局"
    return parse_text(
        from_string(
            f"{words}县全民健身实施方案（2024—2026年）\n\n一、{words}\n到2026年，{words}达到30{words}。\n"
            f"二、主要任务\n（一）{words}行动\n1.{words}。到2025年新建步道30公里。（{unit}牵头，县教育局、{unit}配合）\n"
            f"2.{words}。\n三、进度安排\n{words}阶段。2024年，{words}。\n{_EVIL}\n"
        )
    )
