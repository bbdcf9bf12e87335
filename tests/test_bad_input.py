"""Input of any kind gets an answer: a clear message with the path, the others go on, status 2."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drafts import BAD, CONCISE, NO_DRAFTS

from checker import check, cli

Run = Callable[..., Any]
REPORT = f"good.txt:{CONCISE}"


def png() -> bytes:
    """Return a picture of one dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + chunk(b"IEND", b"")
    )


def listing(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Return every file and folder with mode, size and time of change, but for the cache of grammars and patterns."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if ".cache" not in path.relative_to(folder).parts):
        status = path.lstat()
        found[str(path.relative_to(folder))] = (status.st_mode, status.st_size, status.st_mtime_ns)
    return found


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """Put a draft with one violation into the folder in which the command runs."""
    path = tmp_path / "good.txt"
    path.write_text(BAD, encoding="utf-8")
    return path


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "文件是空的"),
    "white space only": (" \n\t\r\n　\n".encode(), "文件是空的"),
    "a byte order mark only": (b"\xef\xbb\xbf", "文件是空的"),
    "a picture": (png(), "不是文本文件"),
    "a NUL in a text": (BAD.replace("赛事", "赛\0事").encode(), "不是文本文件"),
    "random bytes": (bytes(range(256)) * 40, "不是文本文件"),
    "an archive": (
        b"PK\x03\x04\x14\x00\x08\x08" + bytes(range(128, 256)) * 9,
        "后缀是 .txt，内容却是 Word 文件（.docx）或别的压缩包；请改成真正的后缀",
    ),
    "an old Word file": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504,
        "后缀是 .txt，内容却是旧版 Word、WPS 文件（.doc、.wps）；请改成真正的后缀",
    ),
    "more than the limit": (b"x" * 25_000_000, "文件太大：25.0 MB，上限为 20 MB"),
}


@pytest.mark.parametrize(("content", "message"), UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_a_file_that_is_no_draft(
    plancheck: Run, good: Path, tmp_path: Path, content: bytes, message: str, form: str
) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    before = listing(tmp_path)
    done = plancheck("check", "bad.txt", "good.txt", "--format", form, "--no-cache")
    assert listing(tmp_path) == before, "nothing is written"
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    if form == "json":
        bad, fine = json.loads(done.stdout)["files"]
        assert bad["path"] == "bad.txt"
        assert bad["error"].startswith(message)
        assert (bad["violations"], bad["rules"]) == ([], [])
        assert fine["error"] is None
        assert [violation["rule"] for violation in fine["violations"]] == ["plan/lead-unit"]
        assert f"bad.txt: {message}" in done.stderr
    elif form == "concise":
        first, second = done.stdout.splitlines(keepends=True)
        assert first.startswith(f"bad.txt: {message}")
        assert second == REPORT
    else:
        assert done.stdout.startswith(f"bad.txt\n  无法检查  {message}")
        assert "\n  8:1  错误  plan/lead-unit\n" in done.stdout
        assert "检查了 1 份方案：1 个问题（错误 1）；1 份无法检查。" in done.stdout


@pytest.mark.parametrize("content", [content for content, _ in UNREADABLE.values()], ids=UNREADABLE)
def test_a_file_that_is_no_draft_cannot_be_parsed(plancheck: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    done = plancheck("parse", "bad.txt")
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr.startswith("plancheck: bad.txt: ")
    assert "Traceback" not in done.stderr


def test_messages_are_in_english_too(plancheck: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    done = plancheck("check", "bad.txt", "--lang", "en")
    assert done.stdout.startswith("bad.txt\n  not checked  the file is empty: has it been saved?\n")


def test_a_large_draft_of_one_line_where_the_limit_allows_it(plancheck: Run, tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text("全面提升健身水平，" * 40_000, encoding="utf-8")  # 1 MB
    done = plancheck("check", "large.txt", "--max-size", "2000000", "--no-cache", timeout=60)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_limit_of_ones_own(plancheck: Run, good: Path) -> None:
    done = plancheck("check", "good.txt", "--max-size", "100", "--format", "concise")
    assert done.stdout.startswith("good.txt: 文件太大")
    assert done.returncode == 2


def test_a_path_that_is_not_there(plancheck: Run, good: Path, tmp_path: Path) -> None:
    before = listing(tmp_path)
    done = plancheck("check", "missing.txt", "good.txt", "--format", "concise", "--no-cache")
    assert (done.stdout, done.returncode) == ("missing.txt: 没有这个文件或文件夹，请核对路径\n" + REPORT, 2)
    assert listing(tmp_path) == before


@pytest.mark.parametrize("name", ["empty.docx", "empty.pdf", "empty.rtf"])
def test_an_empty_file_of_a_format_that_is_never_empty(plancheck: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    done = plancheck("check", name, "--format", "concise")
    assert (done.stdout, done.returncode) == (f"{name}: 文件是空的，请看是否已经保存\n", 2)


def test_a_folder_without_drafts(plancheck: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "picture.png").write_bytes(png())
    done = plancheck("check", "empty", "good.txt", "--format", "concise")
    assert (done.stdout, done.returncode) == (
        f"empty: {NO_DRAFTS}\n{REPORT}",
        2,
    )


def test_a_folder_with_the_name_of_a_draft(plancheck: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    done = plancheck("check", "x.txt", "good.txt", "--format", "concise")
    assert (done.stdout, done.returncode) == (
        f"x.txt: {NO_DRAFTS}\n{REPORT}",
        2,
    )
    done = plancheck("parse", "x.txt")
    assert (done.stdout, done.stderr, done.returncode) == (
        "",
        "plancheck: x.txt: 是文件夹，不是文件；请写其中的文件\n",
        2,
    )


def test_a_folder_with_the_name_of_a_draft_inside_a_folder(plancheck: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    done = plancheck("check", ".", "--format", "concise")
    assert (done.stdout, done.returncode) == (f"./{REPORT}", 1)


def test_a_broken_symbolic_link(plancheck: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    done = plancheck("check", "broken.txt", "good.txt", "--format", "concise")
    assert (done.stdout, done.returncode) == ("broken.txt: 没有这个文件或文件夹，链接指向的文件不在了\n" + REPORT, 2)


def test_a_broken_symbolic_link_inside_a_folder(plancheck: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    done = plancheck("check", ".", "--format", "concise")
    assert (done.stdout, done.returncode) == (f"./broken.txt: 没有这个文件，链接指向的文件不在了\n./{REPORT}", 2)


def test_a_symbolic_link_to_a_folder_above(plancheck: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "up").symlink_to(tmp_path)
    done = plancheck("check", ".", "--format", "concise", timeout=20)
    assert (done.stdout, done.returncode) == (f"./{REPORT}", 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
@pytest.mark.parametrize("path", ["pipe.txt", "."])
def test_a_pipe_into_which_nobody_writes(plancheck: Run, good: Path, tmp_path: Path, path: str) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    try:
        done = plancheck("check", path, "good.txt", "--format", "concise", timeout=10)
    except subprocess.TimeoutExpired:
        pytest.fail("waits for ever")
    assert "pipe.txt: 不是普通文件\n" in done.stdout
    assert REPORT in done.stdout
    assert done.returncode == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(plancheck: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "closed.txt").write_text(BAD, encoding="utf-8")
    (tmp_path / "closed.txt").chmod(0)
    done = plancheck("check", "closed.txt", "good.txt", "--format", "concise")
    assert (done.stdout, done.returncode) == ("closed.txt: 没有读取权限，请先改权限\n" + REPORT, 2)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read(plancheck: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    done = plancheck("check", "closed", "good.txt", "--format", "concise")
    assert done.stdout.startswith("closed: ")
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PermissionError(13, "Permission denied"), "没有读取权限"),
        (OSError(5, "Input/output error"), "无法读取"),
    ],
)
def test_a_file_that_the_system_does_not_give(
    good: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: OSError,
    message: str,
) -> None:
    closed = tmp_path / "closed.txt"
    closed.write_text(BAD, encoding="utf-8")

    def refuse(path: str, *arguments: Any, **options: Any) -> Any:
        if path == str(closed):
            raise error
        return open(path, *arguments, **options)

    monkeypatch.setattr("checker.reader.open", refuse, raising=False)
    with pytest.raises(SystemExit) as stopped:
        cli.main(["check", str(closed), str(good), "--format", "concise", "--no-cache"])
    first, second = capsys.readouterr().out.splitlines(keepends=True)
    assert first.startswith(f"{closed}: {message}")
    assert second == f"{tmp_path}/{REPORT}"
    assert stopped.value.code == 2


def test_a_folder_below_that_may_not_be_read_is_not_passed_over_in_silence(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    scandir = os.scandir

    def refuse(path: str = ".") -> Any:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(SystemExit) as stopped:
        cli.main(["check", str(tmp_path), "--format", "concise", "--no-cache"])
    out = capsys.readouterr().out
    assert f"{closed}: 没有读取权限，请先改权限\n" in out
    assert f"{tmp_path}/{REPORT}" in out
    assert stopped.value.code == 2


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_a_name_that_is_no_utf_8(plancheck: Run, good: Path, tmp_path: Path, form: str) -> None:
    name = os.fsdecode(b"draft-\xff.txt")
    try:
        (tmp_path / name).write_text(BAD, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    done = plancheck("check", name, "--format", form)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    if form == "json":
        assert len(json.loads(done.stdout)["files"][0]["violations"]) == 1


def test_an_unknown_rule_stops_before_anything_is_checked(plancheck: Run, good: Path, tmp_path: Path) -> None:
    before = listing(tmp_path)
    done = plancheck("check", "good.txt", "--select", "plan/led-unit")
    assert (done.stdout, done.returncode) == ("", 2)
    assert "plan/led-unit" in done.stderr
    assert "plan/lead-unit" in done.stderr
    assert listing(tmp_path) == before


@pytest.mark.parametrize("given", [b"", png()])
def test_standard_input_that_is_no_draft(plancheck: Run, given: bytes) -> None:
    done = plancheck("check", "-", "--format", "concise", stdin=given)
    assert done.stdout.startswith("-: ")
    assert done.returncode == 2


def test_everything_at_once_is_still_a_valid_report(plancheck: Run, good: Path, tmp_path: Path) -> None:
    for index, (content, _) in enumerate(UNREADABLE.values()):
        (tmp_path / f"bad{index}.txt").write_bytes(content)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    before = listing(tmp_path)
    done = plancheck("check", ".", "missing.txt", "--format", "json", "--no-cache")
    report = json.loads(done.stdout)
    assert done.returncode == 2
    assert report["summary"]["files"] == len(UNREADABLE) + 3
    assert report["summary"]["unreadable"] == len(UNREADABLE) + 2
    assert report["summary"]["error"] == 1
    assert listing(tmp_path) == before


def test_a_draft_is_never_changed(plancheck: Run, good: Path, tmp_path: Path) -> None:
    before = listing(tmp_path)
    plancheck("check", "good.txt", "--no-cache")
    plancheck("parse", "good.txt", "--format", "json")
    assert listing(tmp_path) == before
    assert good.read_text(encoding="utf-8") == BAD


def test_the_same_answers_come_from_python(good: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    report = check(tmp_path)
    assert [(Path(file.path).name, file.error) for file in report.files] == [
        ("bad.txt", "文件是空的，请看是否已经保存"),
        ("good.txt", None),
    ]
