"""The cache: data by content, whole or not at all, and never in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from checker import cache
from checker.cache import keep, key, prune, recall, stamp

NAME = key("a name")
DAY = 24 * 60 * 60


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a cache that is empty."""
    monkeypatch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def entry(place: Path) -> Path:
    (found,) = place.rglob("*.msgpack")
    return found


def test_what_is_kept_comes_back() -> None:
    keep("words", NAME, {"一": [1, 2]})
    assert recall("words", NAME, dict[str, list[int]]) == {"一": [1, 2]}


def test_the_last_one_stands() -> None:
    keep("words", NAME, "one")
    keep("words", NAME, "another")
    assert recall("words", NAME, str) == "another"


def test_nothing_comes_back_of_another_kind_name_or_shape() -> None:
    keep("words", NAME, "word")
    assert recall("results", NAME, str) is None
    assert recall("words", key("another"), str) is None
    assert recall("words", NAME, int) is None


class TestKeys:
    def test_differ_by_every_ingredient_and_where_it_ends(self) -> None:
        rows = [(), ("",), ("", ""), ("ab",), ("a", "b"), ("b", "a"), ("1:a",), ("a", "b", ""), ("ab", "")]
        assert len({key(*row) for row in rows}) == len(rows)

    def test_are_of_bytes_and_of_names_that_are_no_utf_8(self) -> None:
        assert key(b"\xff\xfe") == key(os.fsdecode(b"\xff\xfe"))

    def test_of_the_package_name_version_python_and_files(self) -> None:
        made = cache.package_stamp()
        assert cache.__version__ in made
        assert sys.version in made
        for name in ("cache.py", "clause.lark", "units.yaml", "packs.py"):
            assert name in made

    @pytest.mark.parametrize("change", ["content", "new", "gone", "below"])
    def test_of_folders_change_with_their_files(self, tmp_path: Path, change: str) -> None:
        (tmp_path / "below").mkdir()
        (tmp_path / "one.yaml").write_text("one", encoding="utf-8")
        (tmp_path / "below" / "two.py").write_text("two", encoding="utf-8")
        before = stamp([str(tmp_path)])
        assert stamp([str(tmp_path)]) == before
        if change == "content":
            (tmp_path / "one.yaml").write_text("other", encoding="utf-8")
        elif change == "new":
            (tmp_path / "three.lark").touch()
        elif change == "gone":
            (tmp_path / "one.yaml").unlink()
        else:
            os.utime(tmp_path / "below" / "two.py", (1, 1))
        assert stamp([str(tmp_path)]) != before

    def test_of_folders_get_over_a_link_to_nowhere(self, tmp_path: Path) -> None:
        (tmp_path / ".#rule.yaml").symlink_to(tmp_path / "somebody@somewhere")  # the lock of an editor
        assert "rule.yaml" in stamp([str(tmp_path)])

    def test_of_folders_leave_out_what_python_makes(self, tmp_path: Path) -> None:
        before = stamp([str(tmp_path)])
        (tmp_path / "__pycache__").mkdir()
        (tmp_path / "__pycache__" / "one.py").touch()
        (tmp_path / "draft.txt").touch()
        assert stamp([str(tmp_path)]) == before

    def test_of_a_folder_that_is_not_there_are_empty(self, tmp_path: Path) -> None:
        assert stamp([str(tmp_path / "missing")]) == ""

    def test_of_distributions_change_with_the_version(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def forget() -> None:
            cache.distributions.cache_clear()
            cache._folders_of_metadata.cache_clear()

        monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "missing"), ""])
        (tmp_path / "Some_Thing-1.0.dist-info").mkdir()
        (tmp_path / "other-1.0.dist-info").mkdir()
        forget()
        try:
            first = cache.distributions("some-thing")
            assert first.endswith("Some_Thing-1.0.dist-info")
            (tmp_path / "Some_Thing-1.0.dist-info").rename(tmp_path / "Some_Thing-1.1.dist-info")
            forget()
            assert cache.distributions("some-thing") != first
        finally:
            forget()


class TestWhatIsBroken:
    @pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 40])
    def test_an_entry_cut_off_is_none(self, place: Path, length: int) -> None:
        keep("words", NAME, "一" * 100)
        entry(place).write_bytes(entry(place).read_bytes()[:length])
        assert recall("words", NAME, str) is None

    @pytest.mark.parametrize("at", [0, 15, 16, 30, -1])
    def test_an_entry_with_a_wrong_byte_is_none(self, place: Path, at: int) -> None:
        keep("words", NAME, "一" * 100)
        data = bytearray(entry(place).read_bytes())
        data[at] ^= 1
        entry(place).write_bytes(data)
        assert recall("words", NAME, str) is None

    def test_an_entry_is_written_over(self, place: Path) -> None:
        keep("words", NAME, "word")
        entry(place).write_bytes(os.urandom(100))
        keep("words", NAME, "word")
        assert recall("words", NAME, str) == "word"

    def test_a_folder_in_the_place_of_an_entry_is_left_alone(self, place: Path) -> None:
        keep("words", NAME, "word")
        path = entry(place)
        path.unlink()
        path.mkdir()
        keep("words", NAME, "word")
        assert recall("words", NAME, str) is None
        assert [below for below in place.rglob("*") if below.is_file()] == [], "nothing half written is left"

    @pytest.mark.parametrize("what", ["file", "dangling link", "name with a NUL", "name too long"])
    def test_a_folder_that_cannot_be(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
        named = tmp_path / "no-folder"
        if what == "file":
            named.write_text("mine", encoding="utf-8")
        elif what == "dangling link":
            named.symlink_to(tmp_path / "missing" / "missing")
        given = {"name with a NUL": "\0", "name too long": "x" * 5000}.get(what, str(named))
        monkeypatch.setattr(cache, "folder", lambda: given)
        keep("words", NAME, "word")
        assert recall("words", NAME, str) is None
        prune()
        if what == "file":
            assert named.read_text(encoding="utf-8") == "mine"

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_without_permission(self, place: Path) -> None:
        keep("words", NAME, "word")
        (place / "words").chmod(0o500)
        keep("words", key("another"), "word")
        assert recall("words", key("another"), str) is None
        assert recall("words", NAME, str) == "word"

    def test_a_full_disk_leaves_the_earlier_entry(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(source: str, target: str) -> None:
            raise OSError(28, "No space left on device")

        keep("words", NAME, "earlier")
        monkeypatch.setattr(os, "replace", full)
        keep("words", NAME, "later")
        assert recall("words", NAME, str) == "earlier"
        assert len([path for path in place.rglob("*") if path.is_file()]) == 1


def test_several_processes_at_once_read_only_what_is_whole(place: Path) -> None:
    program = """
import sys
from checker.cache import keep, key, recall
for turn in range(300):
    for number in range(3):
        keep("words", key(str(number)), [number] * 5000)
        found = recall("words", key(str((number + turn) % 3)), list[int])
        assert found is None or found == [(number + turn) % 3] * 5000, found
"""
    running = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) for _ in range(4)]
    for process in running:
        assert process.communicate() == (None, b"")
        assert process.returncode == 0
    assert len([path for path in place.rglob("*") if path.is_file()]) == 3


class TestPruning:
    def test_throws_away_what_was_not_used_for_long(self, place: Path) -> None:
        keep("words", NAME, "old")
        os.utime(entry(place), (1, 1))
        keep("words", key("another"), "new")
        prune()
        assert recall("words", NAME, str) is None
        assert recall("words", key("another"), str) == "new"

    def test_spares_what_was_read_since(self, place: Path) -> None:
        keep("words", NAME, "old")
        os.utime(entry(place), (1, 1))
        assert recall("words", NAME, str) == "old"
        prune()
        assert recall("words", NAME, str) == "old"

    def test_throws_away_the_oldest_of_too_much(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        keep("words", NAME, "x" * 1000)
        os.utime(entry(place), (cache.time.time() - 100, cache.time.time() - 100))
        keep("words", key("another"), "x" * 1000)
        monkeypatch.setattr(cache, "_LARGEST", 1500)
        prune()
        assert recall("words", NAME, str) is None
        assert recall("words", key("another"), str)

    def test_takes_what_another_run_left_half_written(self, place: Path) -> None:
        keep("words", NAME, "word")
        left = entry(place).with_name("ab.msgpack.123.456")
        left.write_bytes(b"half")
        os.utime(left, (1, 1))
        prune()
        assert not left.exists()

    def test_is_done_once_a_day(self, place: Path) -> None:
        keep("words", NAME, "old")
        prune()
        os.utime(entry(place), (1, 1))
        prune()
        assert entry(place).exists()
        prune(cache.time.time() + 2 * DAY)
        assert not list(place.rglob("*.msgpack"))

    def test_touches_nothing_that_is_not_an_entry(self, place: Path) -> None:
        place.mkdir()
        (place / "mine.txt").write_text("mine", encoding="utf-8")
        os.utime(place / "mine.txt", (1, 1))
        prune()
        assert (place / "mine.txt").exists()


@pytest.mark.parametrize("home", ["relative", "~/cache", " "])
def test_a_folder_of_the_user_is_never_below_the_one_he_works_in(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.delenv("PLANCHECK_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", home)
    cache._user_folder.cache_clear()
    try:
        assert os.path.isabs(cache.folder())
    finally:
        cache._user_folder.cache_clear()


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_such(*arguments: object, **options: object) -> str:
        raise RuntimeError("no home")

    monkeypatch.delenv("PLANCHECK_CACHE_DIR")
    monkeypatch.setenv("HOME", "relative")
    monkeypatch.setattr(platformdirs, "user_cache_dir", none_such)
    cache._user_folder.cache_clear()
    try:
        keep("words", NAME, "word")
        assert recall("words", NAME, str) is None
        prune()
    finally:
        cache._user_folder.cache_clear()


@pytest.mark.parametrize("home", [None, "", "/some where/cache", "/trailing/"])
def test_without_a_folder_named_it_is_the_users(monkeypatch: pytest.MonkeyPatch, home: str | None) -> None:
    monkeypatch.delenv("PLANCHECK_CACHE_DIR")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    if home is not None:
        monkeypatch.setenv("XDG_CACHE_HOME", home)
    cache._user_folder.cache_clear()
    try:
        assert cache.folder() == platformdirs.user_cache_dir("plancheck", appauthor=False)
    finally:
        cache._user_folder.cache_clear()
