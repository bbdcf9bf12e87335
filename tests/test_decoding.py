"""One draft in any encoding and with any line ends: the same violations at the same places."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker import check, parse
from checker.decoding import decode
from checker.model import FileReport
from checker.problems import Unreadable

DRAFTS = Path(__file__).resolve().parent.parent / "samples" / "drafts"
LONG = (DRAFTS / "qinglan-science.txt").read_text(encoding="utf-8")
SHORT = """\
某县全民健身实施方案（2021—2025年）

一、工作目标
全县体育场地达到100个以上。
二、主要任务
（一）场地行动
1.建好场地。新建一批场地。（县体育局牵头）
2.办好赛事。每年办赛10场。
"""
SHORT_FOUND = [
    ("plan/required-sections", 1, 1),
    ("plan/stages", 1, 1),
    ("plan/target-year", 4, 1),
    ("plan/lead-unit", 8, 1),
]
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8 with a mark": "utf-8-sig",
    "utf-16 little end first, with a mark": "utf-16-le",
    "utf-16 big end first, with a mark": "utf-16-be",
    "utf-16 little end first": "utf-16-le",
    "utf-16 big end first": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gbk",
}
LINE_ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}


def encoded(text: str, name: str) -> bytes:
    data = text.encode(ENCODINGS[name])
    if not name.startswith("utf-16") or "mark" not in name:
        return data
    return (b"\xff\xfe" if "little" in name else b"\xfe\xff") + data


def checked(folder: Path, data: bytes, name: str = "draft.txt") -> FileReport:
    path = folder / name
    path.write_bytes(data)
    (file,) = check(path).files
    assert file.error is None
    return file


def found(file: FileReport) -> list[tuple[object, ...]]:
    return [
        (one.rule, one.line, one.column, one.end_line, one.end_column, one.message, one.fingerprint, one.source_line)
        for one in file.violations
    ]


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
def test_any_encoding_gives_the_same_violations(tmp_path: Path, text: str, name: str) -> None:
    plain = checked(tmp_path, text.encode(), "plain.txt")
    assert plain.violations
    assert found(checked(tmp_path, encoded(text, name))) == found(plain)


@pytest.mark.parametrize("end", LINE_ENDS.values(), ids=LINE_ENDS)
@pytest.mark.parametrize("text", [SHORT, LONG], ids=["short", "long"])
def test_any_line_end_gives_the_same_violations(tmp_path: Path, text: str, end: str) -> None:
    plain = checked(tmp_path, text.encode(), "plain.txt")
    assert found(checked(tmp_path, text.replace("\n", end).encode())) == found(plain)


@pytest.mark.parametrize("name", ["utf-16 little end first", "gb18030"])
@pytest.mark.parametrize("end", LINE_ENDS.values(), ids=LINE_ENDS)
def test_encoding_and_line_ends_together(tmp_path: Path, name: str, end: str) -> None:
    plain = checked(tmp_path, SHORT.encode(), "plain.txt")
    assert found(checked(tmp_path, encoded(SHORT.replace("\n", end), name))) == found(plain)


def test_those_violations_are_the_right_ones(tmp_path: Path) -> None:
    file = checked(tmp_path, SHORT.encode())
    assert sorted((one.rule, one.line, one.column) for one in file.violations) == sorted(SHORT_FOUND)


def test_a_last_line_without_an_end(tmp_path: Path) -> None:
    plain = checked(tmp_path, SHORT.encode(), "plain.txt")
    assert found(checked(tmp_path, SHORT.rstrip("\n").encode())) == found(plain)


def test_a_mark_is_no_character_of_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(encoded(SHORT, "utf-8 with a mark"))
    plan = parse(path)
    assert plan.metadata.title == "某县全民健身实施方案（2021—2025年）"
    assert plan.text.position(plan.metadata.title_span.start) == (1, 1)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-16 little end first", "utf-16"),
        ("utf-16 big end first, with a mark", "utf-16"),
        ("gb18030", "gb18030"),
    ],
)
def test_the_encoding_is_in_the_report(tmp_path: Path, name: str, said: str) -> None:
    encoding = checked(tmp_path, encoded(LONG, name)).encoding
    assert encoding is not None
    assert encoding.lower().startswith(said)


def test_a_guessed_encoding_is_said_to_a_person(plancheck: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_bytes(encoded(LONG, "gb18030"))
    done = plancheck("check", "draft.txt")
    assert "gb18030" in (done.stdout + done.stderr).lower()


def test_a_guessed_encoding_leaves_the_report_for_machines_as_it_is(
    plancheck: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "draft.txt").write_bytes(encoded(LONG, "gb18030"))
    report = json.loads(plancheck("check", "draft.txt", "--format", "json").stdout)
    assert report["files"][0]["encoding"] == "gb18030"


def test_rare_characters_of_gb18030(tmp_path: Path) -> None:
    # Four bytes each in GB18030, and not to be had in GBK.
    text = SHORT.replace("场地行动", "㙓塅𠮷场地行动")
    plain = checked(tmp_path, text.encode(), "plain.txt")
    assert found(checked(tmp_path, text.encode("gb18030"))) == found(plain)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0", bytes(range(256)) * 8, b"\0\0\0\0", b"ab\0cd"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        decode(data)


def test_nothing_is_nothing() -> None:
    assert decode(b"") == ("", "utf-8")


def test_a_few_odd_bytes_do_not_make_a_draft_unreadable() -> None:
    draft = "一、工作目标\n到2025年，全县建成科普站20个。\n" * 4
    assert decode(draft.encode() + b"\xe5\x85") == (draft + "\ufffd", "utf-8 (damaged)")
    assert decode(("\x07" + draft).encode())[0] == "\x07" + draft


def test_bytes_of_a_program_are_no_draft() -> None:
    with pytest.raises(Unreadable):
        decode(bytes(range(256)) * 20)
