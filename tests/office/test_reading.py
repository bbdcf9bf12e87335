"""Drafts in .doc, .wps, .odt and .rtf: read by the LibreOffice of this computer, refused with a reason without it."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from time import perf_counter
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from checker.engine import Review, check_file, known_report
from checker.model import Text
from checker.office import reading
from checker.office.converting import converted
from checker.office.program import VARIABLE, program, stamp
from checker.plugins.office import plancheck_readers
from checker.problems import Unreadable
from checker.reader import read
from checker.testing.asking import host_with
from office.documents import FILTERS, OFFICE, Requests, convert, needs_office, open_document, word_document

READER = plancheck_readers()[0]
posix = pytest.mark.skipif(sys.platform == "win32", reason="the program that stands for LibreOffice is a shell script")


def paragraphs(text: Text) -> list[str]:
    """Return what there is to read of a text."""
    return [paragraph.text for paragraph in text.paragraphs if paragraph.text]


def refused(data: bytes, suffix: str) -> str:
    """Return why a draft cannot be read."""
    with pytest.raises(Unreadable) as problem:
        READER.read(data, suffix)
    return problem.value.message.zh


# -------------------------------------------------------------------------- what LibreOffice reads


@needs_office
@pytest.mark.parametrize("suffix", FILTERS)
def test_a_draft_is_read_with_its_numbers_and_tables(suffix: str, tmp_path: Path) -> None:
    draft = convert(word_document(), suffix, tmp_path)
    text = read(draft, f"draft{suffix}", host_with(()).readers)
    assert text.format == suffix[1:]
    assert paragraphs(text) == [
        "棠城县全民阅读实施方案",
        "一、总体要求",
        "办好讲座。（县教育局牵头）",
        "1.建好书屋。",
        "2.办好活动。",
        "|任务|牵头单位|",
        "|办好讲座|县教育局|",
    ]
    place = text.place(text.source.index("一、总体要求"))
    assert place is not None
    assert (place.part, place.paragraph) == ("body", 2)


@needs_office
def test_wps_files_are_word_files(tmp_path: Path) -> None:
    draft = convert(word_document(), ".doc", tmp_path)
    assert paragraphs(READER.read(draft, ".wps"))[0] == "棠城县全民阅读实施方案"


@needs_office
def test_a_doc_file_may_be_rtf(tmp_path: Path) -> None:
    draft = convert(word_document(), ".rtf", tmp_path)
    assert paragraphs(READER.read(draft, ".doc"))[0] == "棠城县全民阅读实施方案"


def test_a_doc_file_that_is_a_docx_needs_no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/no/such/program")
    text = READER.read(word_document(), ".wps")
    assert (text.format, paragraphs(text)[0]) == ("wps", "棠城县全民阅读实施方案")


@needs_office
def test_no_link_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.odt"
    secret.write_bytes(open_document("<text:p>不是方案里的文字</text:p>"))
    with Requests() as requests:
        draft = open_document(
            "<text:p>一、总体要求</text:p>"
            f'<text:p><draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{requests.address}/a.png" '
            'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
            f'<text:section text:name="a"><text:section-source xlink:href="{requests.address}/a.odt"/></text:section>'
            f'<text:section text:name="b"><text:section-source xlink:href="{secret.as_uri()}"/></text:section>'
        )
        assert convert(draft, ".docx", tmp_path, suffix=".odt")  # without our profile it does ask for the picture
        assert requests.paths
        requests.paths.clear()
        text = READER.read(draft, ".odt")
    assert requests.paths == []
    assert paragraphs(text) == ["一、总体要求"]


@needs_office
def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    READER.read(rb"{\rtf1\ansi plan\par}", ".rtf")
    assert list(tmp_path.iterdir()) == []


@needs_office
@pytest.mark.parametrize("suffix", FILTERS)
def test_a_cut_off_file_is_read_or_refused(suffix: str, tmp_path: Path) -> None:
    draft = convert(word_document(), suffix, tmp_path)
    for part in (len(draft) // 3, len(draft) // 2):
        try:
            READER.read(draft[:part], suffix)
        except Unreadable as problem:
            assert problem.message.zh


# --------------------------------------------------------------------- without it, or with a bad one


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("checker.office.program._usual", list)
    assert "请安装 LibreOffice" in refused(rb"{\rtf1 plan}", ".rtf")
    assert stamp() == ""


def test_a_program_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/no/such/soffice")
    assert "/no/such/soffice，没有这个文件" in refused(rb"{\rtf1 plan}", ".rtf")


def stand_in(folder: Path, script: str) -> str:
    """Return a program that stands for LibreOffice."""
    place = folder / "soffice"
    place.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    place.chmod(0o755)
    return str(place)


@posix
def test_a_program_that_makes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, stand_in(tmp_path, "exit 0"))
    assert refused(rb"{\rtf1 plan}", ".rtf").startswith("LibreOffice 读不了这个 .rtf 文件")


@posix
def test_a_program_that_does_not_end_is_ended_with_all_it_started(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    slow = stand_in(tmp_path, f"(sleep 3; touch {mark}) & sleep 60")
    began = perf_counter()
    with pytest.raises(Unreadable) as problem:
        converted(slow, rb"{\rtf1 plan}", ".rtf", time=0.5)
    assert "用了 0.5 秒还没有转换完" in problem.value.message.zh
    assert perf_counter() - began < 3
    from time import sleep

    sleep(3.5)
    assert not mark.exists()


@posix
def test_a_program_that_cannot_be_started_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "soffice"
    place.write_bytes(b"no program")
    monkeypatch.setenv(VARIABLE, str(place))
    assert "启动不了" in refused(rb"{\rtf1 plan}", ".rtf")


@posix
def test_results_hold_for_one_version_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(word_document())
    script = f'while [ "$1" != --outdir ]; do shift; done; mkdir -p "$2"; cp {made} "$2"/draft.docx'
    monkeypatch.setenv(VARIABLE, stand_in(tmp_path, script))
    draft = tmp_path / "draft.rtf"
    draft.write_bytes(rb"{\rtf1 plan}")
    review = Review(cached=True)
    assert known_report(str(draft), review) is None
    assert check_file(str(draft), review).error is None
    assert known_report(str(draft), review) is not None
    stand_in(tmp_path, f"{script} # another version")
    assert known_report(str(draft), review) is None


# ------------------------------------------------------------------------------- what is none


OLE = reading.OLE


@pytest.mark.parametrize(
    ("data", "suffix", "words"),
    [
        (b"", ".doc", "文件是空的"),
        (b"\0" * 512, ".doc", "文件是空的"),
        ("<html><p>一、总体要求</p>".encode(), ".doc", "内容却是网页"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", ".doc", "单个文件网页（MHTML）"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', ".doc", "Word 2003 XML"),
        (b"%PDF-1.7", ".rtf", "不是 .rtf 文件"),
        (OLE + bytes(2000), ".doc", "不是 Word、WPS 文字文档"),
        (OLE + bytes(504) + b"\xec\xa5" + bytes(8) + b"\x00\x01" + bytes(600), ".doc", "文件加了密码"),
        (OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"), ".doc", "文件加了密码"),
        (b"PK\x03\x04" + bytes(50), ".odt", "已损坏"),
    ],
)
def test_what_is_no_draft_is_told_before_libreoffice_sees_it(
    data: bytes, suffix: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checker.office.reading.converted", None)
    monkeypatch.setattr("checker.office.reading.program", lambda suffix: "soffice")
    assert words in refused(data, suffix)


def archive(**members: bytes) -> bytes:
    """Return an archive of members."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as zipped:
        for name, data in members.items():
            zipped.writestr(name.replace("__", "/"), data)
    return made.getvalue()


ODT = b"application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive(mimetype=ODT, a=bytes(150_000_000), b=bytes(60_000_000)), "可能是压缩炸弹"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "不是文字文档"),
        (archive(a=b"x"), "不是文字文档"),
        (archive(mimetype=ODT, **{"META-INF__manifest.xml": b"<manifest:encryption-data/>"}), "文件加了密码"),
        (archive(mimetype=ODT, a=b"x" * 1000)[:-40], "已损坏"),
    ],
    ids=["bomb", "workbook", "archive", "encrypted", "cut-off"],
)
def test_archives_that_are_no_drafts_are_told(data: bytes, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.office.reading.converted", None)
    monkeypatch.setattr("checker.office.reading.program", lambda suffix: "soffice")
    assert words in refused(data, ".odt")


def test_an_encrypted_docx_is_not_said_to_be_a_doc() -> None:
    data = OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Unreadable) as problem:
        read(data, "draft.docx", host_with(()).readers)
    assert "加密" in problem.value.message.zh


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_the_program_is_found() -> None:
    assert OFFICE is not None
    assert Path(program(".doc")).resolve() == Path(OFFICE).resolve()
    assert str(Path(program(".doc")).resolve()) in stamp()
