"""Results are kept: an unchanged draft is not parsed again, and the cache never gets in the way."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from drafts import BAD, CLEAN

from checker import cli
from checker.cache import stamp
from checker.model import FileReport, Text
from checker.results import Results

Command = Callable[..., tuple[int, str]]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a cache that is empty."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("PLANCHECK_CACHE_DIR", str(folder))
    return folder


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(BAD, encoding="utf-8")
    return path


@pytest.fixture
def command(cache: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs ``plancheck check`` here and gives back status and report."""

    def run(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as stopped:
            cli.main(["check", *arguments])
        status = stopped.value.code
        assert isinstance(status, int)
        return status, capsys.readouterr().out

    return run


@pytest.fixture
def no_parsing(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function from whose call on nothing may be parsed."""

    def forbid() -> None:
        def refuse(text: Text) -> None:
            raise AssertionError("parsed again")

        # Wherever the engine takes it from, when it is loaded or when it is needed.
        monkeypatch.setattr("checker.parser.parse_text", refuse)
        monkeypatch.setattr("checker.engine.parse_text", refuse, raising=False)

    return forbid


def kept(cache: Path) -> list[Path]:
    return [path for path in (cache / "results").rglob("*") if path.is_file()]


PARSED_AGAIN = 3  # the AssertionError of ``no_parsing`` is a fault of plancheck


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_the_second_run_gives_the_same_report_without_parsing(
    command: Command, draft: Path, no_parsing: Callable[[], None], form: str
) -> None:
    first = command(str(draft), "--format", form)
    assert first[0] == 1
    no_parsing()
    assert command(str(draft), "--format", form) == first


def test_another_format_needs_no_parsing(command: Command, draft: Path, no_parsing: Callable[[], None]) -> None:
    command(str(draft))
    no_parsing()
    status, out = command(str(draft), "--format", "json")
    assert status == 1
    assert len(json.loads(out)["files"][0]["violations"]) == 1


def test_a_changed_draft_is_parsed_anew(command: Command, draft: Path, no_parsing: Callable[[], None]) -> None:
    command(str(draft))
    draft.write_text(CLEAN, encoding="utf-8")
    assert command(str(draft))[0] == 0
    no_parsing()
    assert command(str(draft))[0] == 0
    draft.write_text(BAD, encoding="utf-8")
    assert command(str(draft))[0] == 1, "the first result is still there"


@pytest.mark.parametrize(
    "options", [["--select", "plan/lead-unit"], ["--ignore", "plan/lead-unit"], ["--lang", "en"]], ids=lambda o: o[0]
)
def test_another_selection_or_language_is_parsed_anew(
    command: Command, draft: Path, no_parsing: Callable[[], None], options: list[str]
) -> None:
    plain = command(str(draft))
    other = command(str(draft), *options)
    assert other != plain
    no_parsing()
    assert command(str(draft), *options) == other
    assert command(str(draft)) == plain


def test_a_selection_is_not_taken_for_an_exception(
    command: Command, draft: Path, no_parsing: Callable[[], None]
) -> None:
    command(str(draft), "--select", "plan/lead-unit", "--select", "plan/stages")
    no_parsing()
    assert command(str(draft), "--select", "plan/lead-unit", "--ignore", "plan/stages")[0] == PARSED_AGAIN


def test_the_same_draft_under_another_name_names_that_one(command: Command, draft: Path, tmp_path: Path) -> None:
    command(str(draft))
    shutil.copy(draft, tmp_path / "other.txt")
    assert str(tmp_path / "other.txt") in command(str(tmp_path / "other.txt"))[1]


@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"\x80", b"\x93\x01\x02\x03", b"\xff" * 100])
def test_a_broken_cache_is_no_error(command: Command, draft: Path, cache: Path, rubbish: bytes) -> None:
    first = command(str(draft))
    assert kept(cache)
    for path in kept(cache):
        path.write_bytes(rubbish)
    assert command(str(draft)) == first


def test_a_broken_cache_is_thrown_away(
    command: Command, draft: Path, cache: Path, no_parsing: Callable[[], None]
) -> None:
    first = command(str(draft))
    for path in kept(cache):
        path.write_bytes(b"rubbish")
    command(str(draft))
    no_parsing()
    assert command(str(draft)) == first, "a good result has taken its place"


def test_a_folder_where_a_result_should_be_is_no_error(command: Command, draft: Path, cache: Path) -> None:
    first = command(str(draft))
    for path in kept(cache):
        path.unlink()
        path.mkdir()
    assert command(str(draft)) == first
    assert not kept(cache), "no temporary file is left behind"


def test_a_cache_that_cannot_be_written_is_no_error(
    command: Command, draft: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path / "file"))
    assert command(str(draft))[0] == 1
    assert (tmp_path / "file").read_text(encoding="utf-8") == "no folder"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_without_permission_is_no_error(command: Command, draft: Path, cache: Path) -> None:
    cache.mkdir(mode=0o500)
    assert command(str(draft))[0] == 1


def test_no_cache_writes_nothing(command: Command, draft: Path, cache: Path) -> None:
    command(str(draft), "--no-cache")
    assert not (cache / "results").exists()


def test_no_cache_reads_nothing(command: Command, draft: Path, no_parsing: Callable[[], None]) -> None:
    command(str(draft))
    no_parsing()
    assert command(str(draft), "--no-cache")[0] == PARSED_AGAIN


def test_a_draft_that_cannot_be_read_is_not_kept(command: Command, draft: Path, cache: Path) -> None:
    command(str(draft))
    before = kept(cache)
    draft.write_bytes(b"")
    assert command(str(draft))[0] == 2
    assert kept(cache) == before


def test_no_text_of_a_draft_shows_in_the_names_of_the_cache(command: Command, draft: Path, cache: Path) -> None:
    command(str(draft))
    assert all("draft" not in path.name for path in kept(cache))


def test_results_of_other_ingredients_are_other_results(cache: Path) -> None:
    report = FileReport("draft.txt", "txt", "utf-8")
    Results("one").put("draft.txt", b"text", report)
    assert Results("one").get("draft.txt", b"text") == report
    assert Results("other").get("draft.txt", b"text") is None
    assert Results("one").get("draft.txt", b"other text") is None
    assert Results("one").get("other.txt", b"text") is None
    assert Results("one", "more").get("draft.txt", b"text") is None


@pytest.mark.parametrize("name", ["engine.py", "rule.yaml", "plan.lark"])
def test_a_changed_file_of_plancheck_is_another_ingredient(tmp_path: Path, name: str) -> None:
    path = tmp_path / "below" / name
    path.parent.mkdir()
    path.write_text("one", encoding="utf-8")
    before = stamp([str(tmp_path)])
    assert before == stamp([str(tmp_path)])
    path.write_text("another", encoding="utf-8")
    assert stamp([str(tmp_path)]) != before
    path.unlink()
    assert stamp([str(tmp_path)]) == ""
