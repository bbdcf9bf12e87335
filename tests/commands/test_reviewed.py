"""``plancheck check --format docx`` and ``--revisions``: the reviewer's copy, and tracked changes."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from word.documents import paragraph, word_document
from word.packages import anchored, comments, full_document, members, protected, signed, without

from checker.word.reading import read, read_original

from .conftest import Write

Run = Callable[..., Any]
TEXT = """\
棠城县全民健身实施方案（2024-2026年）

一、主要任务
1.办好赛事。每年办赛10场。
"""
TWO = ("--select", "plan/lead-unit,gongwen/range-dash")
QUIET = (*TWO, "--format", "docx", "-o", "reviewed.docx")


@pytest.fixture
def folder(write: Write) -> Path:
    """Write a draft as text and one as a Word file."""
    path = write("draft.txt", TEXT).parent
    (path / "draft.docx").write_bytes(full_document())
    return path


def source(path: Path) -> str:
    return read(path.read_bytes(), ".docx").source


class TestReviewed:
    @pytest.mark.parametrize("draft", ["draft.txt", "draft.docx"])
    def test_it_is_written_and_the_draft_stays(self, plancheck: Run, folder: Path, draft: str) -> None:
        before = (folder / draft).read_bytes()
        done = plancheck("check", draft, *QUIET)
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 1)
        assert (folder / draft).read_bytes() == before
        words = anchored((folder / "reviewed.docx").read_bytes())
        assert {"2024-2026年"} <= set(words.values())

    def test_the_suffix_asks_for_it(self, plancheck: Run, folder: Path) -> None:
        plancheck("check", "draft.txt", "-o", "reviewed.docx")
        assert comments((folder / "reviewed.docx").read_bytes())

    def test_another_report_can_be_made_beside_it(self, plancheck: Run, folder: Path) -> None:
        done = plancheck(
            "check", "draft.docx", *QUIET, "--format", "concise", "--format", "docx=other.docx", "-o", "c.txt"
        )
        assert done.returncode == 2, "one place for two reports"
        done = plancheck("check", "draft.docx", *TWO, "--format", "concise", "--format", "docx=other.docx")
        assert done.stdout.startswith("draft.docx:")
        assert (folder / "other.docx").exists()

    def test_standard_output_takes_it(self, folder: Path) -> None:
        command = [sys.executable, "-m", "checker", "check", "draft.txt", *TWO, "--format", "docx"]
        made = subprocess.run(command, cwd=folder, capture_output=True, timeout=60, check=False).stdout
        assert docx.Document(io.BytesIO(made)).paragraphs[0].text.startswith("棠城县")

    def test_standard_input_has_the_format_that_its_name_says(self, plancheck: Run, folder: Path) -> None:
        data = (folder / "draft.docx").read_bytes()
        done = plancheck("check", "-", "--stdin-filename", "新稿.docx", *QUIET, stdin=data)
        assert done.returncode == 1
        assert "2.办好赛事" in anchored((folder / "reviewed.docx").read_bytes()).values()

    def test_several_drafts_are_refused_before_anything_is_done(self, plancheck: Run, folder: Path) -> None:
        done = plancheck("check", "draft.txt", "draft.docx", *QUIET, "--fix")
        assert done.returncode == 2
        assert done.stderr == ("plancheck: docx 报告只写一份方案，这次有 2 份；请一份一份地检查，各写各的 -o\n")
        assert (folder / "draft.txt").read_text("utf-8") == TEXT
        assert not (folder / "reviewed.docx").exists()

    def test_what_is_left_out_does_not_count(self, plancheck: Run, folder: Path) -> None:
        done = plancheck("check", "draft.txt", "draft.docx", *QUIET, "--exclude", "*.txt")
        assert done.returncode == 1
        assert (folder / "reviewed.docx").exists()

    def test_of_a_draft_that_cannot_be_read_nothing_is_written(self, plancheck: Run, folder: Path) -> None:
        (folder / "draft.txt").write_text("")
        done = plancheck("check", "draft.txt", *QUIET)
        assert done.returncode == 2
        assert not (folder / "reviewed.docx").exists()
        assert "draft.txt: 无法检查，没有批注稿可写：文件是空的" in done.stderr

    def test_one_of_an_earlier_run_is_said_to_be_that(self, plancheck: Run, folder: Path) -> None:
        plancheck("check", "draft.txt", *QUIET)
        (folder / "draft.txt").write_text("")
        done = plancheck("check", "draft.txt", *QUIET)
        assert "reviewed.docx: 没有重写，里面还是以前的" in done.stderr

    def test_the_draft_itself_is_never_written_over(self, plancheck: Run, folder: Path) -> None:
        before = (folder / "draft.docx").read_bytes()
        done = plancheck("check", "draft.docx", "-o", "draft.docx")
        assert done.returncode == 2
        assert (folder / "draft.docx").read_bytes() == before

    def test_without_python_docx_it_is_said_what_to_install(
        self, plancheck: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "hidden").mkdir()
        (folder / "hidden" / "sitecustomize.py").write_text(
            "import importlib.util\n_find = importlib.util.find_spec\n"
            "importlib.util.find_spec = lambda name, *more: None if name == 'docx' else _find(name, *more)\n"
        )
        monkeypatch.setenv("PYTHONPATH", str(folder / "hidden"))
        done = plancheck("check", "draft.txt", *QUIET)
        assert done.returncode == 2
        assert done.stderr == "plancheck: 写 .docx 文件要先安装：pip install 'plancheck[docx]'\n"


class TestFix:
    def test_mends_a_word_file(self, plancheck: Run, folder: Path) -> None:
        done = plancheck("check", "draft.docx", *TWO, "--format", "concise", "--fix")
        assert done.stderr == "plancheck: draft.docx: 改正 4 处（gongwen/range-dash 4）\n"
        assert "2024—2026年" in source(folder / "draft.docx")
        assert "plan/lead-unit" in done.stdout and "range-dash" not in done.stdout

    def test_with_revisions_writes_tracked_changes(self, plancheck: Run, folder: Path) -> None:
        before = (folder / "draft.docx").read_bytes()
        done = plancheck("check", "draft.docx", *TWO, "--format", "concise", "--fix", "--revisions")
        assert done.stderr == "plancheck: draft.docx: 改正 4 处，写成修订（gongwen/range-dash 4）\n"
        after = (folder / "draft.docx").read_bytes()
        assert read(after, ".docx").source == source(folder / "draft.docx")
        assert "2024—2026年" in read(after, ".docx").source
        assert read_original(after, ".docx").source == read_original(before, ".docx").source

    def test_with_both_the_copy_has_comments_and_changes_and_the_draft_stays(
        self, plancheck: Run, folder: Path
    ) -> None:
        before = (folder / "draft.docx").read_bytes()
        done = plancheck("check", "draft.docx", *QUIET, "--fix", "--revisions")
        assert done.returncode == 1
        assert (folder / "draft.docx").read_bytes() == before
        made = (folder / "reviewed.docx").read_bytes()
        assert "2024—2026年" in read(made, ".docx").source
        said = next(said for said in comments(made).values() if "gongwen/range-dash" in said[1])
        assert said[-1] == "已改成修订，可以接受或拒绝"

    def test_and_of_a_text_file_too(self, plancheck: Run, folder: Path) -> None:
        done = plancheck("check", "draft.txt", *QUIET, "--fix", "--revisions")
        assert done.returncode == 1
        assert (folder / "draft.txt").read_text("utf-8") == TEXT
        assert "2024—2026年" in source(folder / "reviewed.docx")
        assert "2024-2026年" in read_original((folder / "reviewed.docx").read_bytes(), ".docx").source

    def test_a_text_file_itself_has_none(self, plancheck: Run, folder: Path) -> None:
        done = plancheck("check", "draft.txt", *TWO, "--fix", "--revisions")
        assert "draft.txt: 这种格式的文件没有修订" in done.stderr
        assert (folder / "draft.txt").read_text("utf-8") == TEXT

    def test_the_difference_is_one_of_what_was_read(self, plancheck: Run, folder: Path) -> None:
        done = plancheck("check", "draft.docx", *TWO, "--diff")
        assert "-棠城县全民健身实施方案（2024-2026年）\n+棠城县全民健身实施方案（2024—2026年）\n" in done.stdout


PROTECTED = "文件设了编辑限制，没有改动；请先在 Word 里停止保护（审阅→限制编辑）"
SIGNED = "文件有数字签名，改动会使签名失效，没有改动；请改签名以前的文件"
FIX = (*TWO, "--format", "concise", "--fix")


class TestWhatMayNotBeChanged:
    @pytest.mark.parametrize(
        ("kind", "option", "said"),
        [
            ("readOnly", (), PROTECTED),
            ("readOnly", ("--revisions",), PROTECTED),
            ("trackedChanges", (), "文件只许修订：请加 --revisions"),
            ("signed", (), SIGNED),
            ("signed", ("--revisions",), SIGNED),
        ],
    )
    def test_it_is_left_alone_and_the_reason_is_said(
        self, plancheck: Run, folder: Path, kind: str, option: tuple[str, ...], said: str
    ) -> None:
        before = signed(full_document()) if kind == "signed" else protected(full_document(), kind)
        (folder / "draft.docx").write_bytes(before)
        done = plancheck("check", "draft.docx", *FIX, *option)
        assert (done.stderr, done.returncode) == (f"plancheck: draft.docx: {said}\n", 1)
        assert (folder / "draft.docx").read_bytes() == before

    def test_where_tracked_changes_are_allowed_they_are_made(self, plancheck: Run, folder: Path) -> None:
        before = protected(full_document(), "trackedChanges")
        (folder / "draft.docx").write_bytes(before)
        said = "plancheck: draft.docx: 改正 4 处，写成修订（gongwen/range-dash 4）\n"
        copied = plancheck("check", "draft.docx", *QUIET, "--fix", "--revisions")
        assert (copied.stderr, copied.returncode) == (said, 1)
        done = plancheck("check", "draft.docx", *FIX, "--revisions")
        assert done.stderr == said
        for name in ("draft.docx", "reviewed.docx"):
            after = (folder / name).read_bytes()
            assert "2024—2026年" in read(after, ".docx").source
            assert read_original(after, ".docx").source == read_original(before, ".docx").source

    def test_what_cannot_be_tracked_is_left_and_the_rest_is_done(self, plancheck: Run, folder: Path) -> None:
        formula = "<w:p><m:oMath><m:r><m:t>2024-2026年</m:t></m:r></m:oMath></w:p>"
        (folder / "small.docx").write_bytes(word_document(paragraph("2024-2026年") + formula))
        done = plancheck("check", "small.docx", "--select", "gongwen/range-dash", "--fix", "--revisions")
        assert "small.docx: 改正 1 处，写成修订" in done.stderr and "small.docx:2: gongwen/range-dash" in done.stderr
        assert source(folder / "small.docx") == "2024—2026年\n2024-2026年\n"

    @pytest.mark.parametrize("part", ["settings", "styles"])
    def test_a_document_that_lacks_a_part_is_mended_and_has_comments(
        self, plancheck: Run, folder: Path, part: str
    ) -> None:
        data = word_document(paragraph("棠城县实施方案（2024-2026年）"), **{part: ""})
        (folder / "small.docx").write_bytes(without(data, f"word/{part}.xml"))
        plancheck("check", "small.docx", *QUIET)
        assert b"gongwen/range-dash" in members((folder / "reviewed.docx").read_bytes())["word/comments.xml"]
        plancheck("check", "small.docx", *FIX)
        assert source(folder / "small.docx") == "棠城县实施方案（2024—2026年）\n"


class TestRevisions:
    def test_alone_it_swallows_no_path(self, plancheck: Run, folder: Path) -> None:
        done = plancheck("check", *QUIET, "--fix", "--revisions", "draft.docx")
        assert done.returncode == 1
        assert (folder / "reviewed.docx").exists()

    @pytest.mark.parametrize(
        ("value", "words"), [("accepted", "2.办好赛事。每年办赛"), ("original", "2.办好赛事。每季度办赛")]
    )
    def test_with_a_value_it_says_how_changes_are_read(
        self, plancheck: Run, folder: Path, value: str, words: str
    ) -> None:
        for arguments in (("--revisions", value), (f"--revisions={value}",)):
            done = plancheck("check", *arguments, "draft.docx", *TWO, "--format", "text")
            assert words in done.stdout
        done = plancheck("check", "draft.docx", *QUIET, "--revisions", value)
        assert done.returncode == 1
        made = (folder / "reviewed.docx").read_bytes()
        assert any(one.startswith("2.办好") for one in anchored(made).values())

    def test_what_was_found_before_is_not_taken_for_the_other_reading(self, plancheck: Run, folder: Path) -> None:
        first = plancheck("check", "draft.docx", *TWO, "--format", "text").stdout
        other = plancheck("check", "draft.docx", *TWO, "--format", "text", "--revisions", "original").stdout
        assert "每年办赛" in first and "每季度办赛" in other

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("--revisions",), "--revisions alone goes with --fix"),
            (("--revisions", "--diff"), "--diff writes no file"),
            (("--revisions", "original", "--fix"), "leave out --fix and --diff"),
            (("--revisions=new",), "Invalid value for '--revisions'"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, plancheck: Run, folder: Path, arguments: tuple[str, ...], said: str
    ) -> None:
        done = plancheck("check", "draft.docx", *arguments, "--lang", "en")
        assert done.returncode == 2
        assert said in done.stderr

    @pytest.mark.parametrize("command", [("tasks",), ("parse",), ("compare", "draft.docx"), ("cover", "draft.docx")])
    def test_other_commands_read_either_too(self, plancheck: Run, folder: Path, command: tuple[str, ...]) -> None:
        for value in ("accepted", "original"):
            done = plancheck(*command, "draft.docx", "--revisions", value)
            assert done.returncode in (0, 1), done.stderr


def test_fixes_beside_a_reviewed_copy_are_refused_unless_they_are_tracked(plancheck: Run, tmp_path: Path) -> None:
    draft = tmp_path / "own.txt"
    draft.write_text("棠城县方案\n一、目标\n加强领导,办好事。\n", encoding="utf-8")
    was = draft.read_bytes()
    done = plancheck("check", "own.txt", "--fix", "--format", "docx", "-o", "reviewed.docx")
    assert done.returncode == 2
    assert "请加 --revisions" in done.stderr
    assert draft.read_bytes() == was
    assert not (tmp_path / "reviewed.docx").exists()


def test_revisions_may_be_said_only_once(plancheck: Run, folder: Path) -> None:
    done = plancheck("check", "draft.docx", "--revisions", "original", "--fix", "--revisions")
    assert (done.returncode, done.stderr) == (2, "plancheck: --revisions 只写一次\n")
