"""The rules are kept as they were read: no YAML is read again, and what is kept is never out of date."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from checker.host import host
from checker.rulebook import Rulebook, rulebook

REPOSITORY = Path(__file__).resolve().parent.parent
PACK = "title: 试验\nversion: 0.1.0\n"
RULE = """\
title: 标题里不用“试行”
severity: warning
node: plan
check: pattern
options: {pattern: 试行, must: not-match}
message: 标题里有“{match}”
"""
DRAFT = "某县全民健身实施方案（试行）\n\n一、工作目标\n到2025年，建成健身步道20公里。\n"
PROGRAM = """\
import json, sys
from checker.cli import main
try:
    main(sys.argv[1:])
except SystemExit as stopped:
    status = stopped.code
names = ("yaml", "checker.rule_reading", "checker.rulebook")
print(json.dumps([status, [name for name in names if name in sys.modules]]), file=sys.stderr)
"""


class Done(NamedTuple):
    """What a run printed, said and loaded."""

    out: str
    said: str
    status: int
    loaded: list[str]


Run = Callable[..., Done]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a cache that is empty."""
    monkeypatch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return the folder of a pack ``trial`` with a rule, beside a draft that breaks it."""
    folder = tmp_path / "packs" / "trial"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "word.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    return folder


@pytest.fixture
def check(tmp_path: Path, pack: Path) -> Run:
    """Return a function that checks the draft in a new process, without results of earlier runs."""

    def run(*arguments: str, select: str = "trial", **environment: str) -> Done:
        given = ["check", "draft.txt", "--rules", "packs", "--select", select, "--format", "concise", "--no-cache"]
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *given, *arguments],
            cwd=tmp_path,
            capture_output=True,
            timeout=60,
            check=False,
            env={**os.environ, **environment},
        )
        *said, last = done.stderr.decode().splitlines(keepends=True)
        return Done(done.stdout.decode(), "".join(said), *json.loads(last))

    return run


def found(message: str = "标题里有“试行”", rule: str = "trial/word", severity: str = "warning") -> str:
    return f"draft.txt:1:12: {severity} {rule} {message}\n"


def kept(cache: Path) -> list[Path]:
    return sorted((cache / "rules").rglob("*.msgpack"))


class TestKept:
    def test_the_second_run_reads_no_yaml(self, check: Run, cache: Path) -> None:
        first = check()
        assert (first.out, first.said, first.status) == (found(), "", 1)
        assert {"yaml", "checker.rule_reading"} <= set(first.loaded)
        second = check()
        assert second[:3] == first[:3]
        assert second.loaded == ["checker.rulebook"]

    def test_nor_does_a_run_on_another_draft_or_in_another_language(self, check: Run, tmp_path: Path) -> None:
        check()
        (tmp_path / "other.txt").write_text(DRAFT, encoding="utf-8")
        done = check("other.txt", "--lang", "en")
        assert len(done.out.splitlines()) == 2
        assert done.loaded == ["checker.rulebook"]

    def test_an_unchanged_draft_needs_no_rules_at_all(self, tmp_path: Path, pack: Path) -> None:
        arguments = ["check", "draft.txt", "--rules", "packs", "--select", "trial", "--format", "concise"]
        loaded = []
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-c", PROGRAM, *arguments], cwd=tmp_path, capture_output=True, timeout=60, check=False
            )
            assert done.stdout.decode() == found()
            loaded.append(json.loads(done.stderr.decode().splitlines()[-1])[1])
        assert loaded == [["yaml", "checker.rule_reading", "checker.rulebook"], []]

    def test_a_rulebook_comes_back_as_it_was(self, pack: Path, cache: Path) -> None:
        def everything(book: Rulebook) -> object:
            return [
                (
                    p.name,
                    p.definition,
                    p.path,
                    p.builds_on,
                    [(r, *(look.options for look in r.looks)) for r in (*p.rules, *p.changed)],
                )
                for p in book.packs
            ]

        (pack / "pack.yaml").write_text(
            PACK + "extends: [plan]\nrules: {plan/lead-unit: {severity: info, options: {inherit: false}}}\n",
            encoding="utf-8",
        )
        places = [*host().rule_places, str(pack.parent)]
        first = rulebook(places, host().checks)
        assert len(kept(cache)) == 1
        second = rulebook(places, host().checks)
        assert everything(second) == everything(first)
        assert [rule.definition.severity for rule in second.changed["plan/lead-unit"]] == ["info"]
        assert second.changed["plan/lead-unit"][0].looks[0].options.inherit is False


class TestNeverStale:
    """Whatever changes, the next run sees it; and sees the old again when it is changed back."""

    @pytest.fixture(autouse=True)
    def read_once(self, check: Run) -> None:
        check()

    def test_a_changed_message(self, check: Run, pack: Path) -> None:
        (pack / "word.yaml").write_text(RULE.replace("标题里有", "不要写"), encoding="utf-8")
        assert check().out == found("不要写“试行”")
        (pack / "word.yaml").write_text(RULE, encoding="utf-8")
        assert check().out == found()

    def test_a_change_that_leaves_size_and_time_alone(self, check: Run, pack: Path) -> None:
        path = pack / "word.yaml"
        before = path.stat()
        path.write_text(RULE.replace("标题里有", "标题写了"), encoding="utf-8")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert path.stat().st_size == before.st_size
        assert check().out == found("标题写了“试行”")

    def test_a_rule_that_is_added(self, check: Run, pack: Path) -> None:
        (pack / "again.yaml").write_text(RULE, encoding="utf-8")
        assert check().out == found(rule="trial/again") + found()

    def test_a_rule_that_is_removed(self, check: Run, pack: Path) -> None:
        (pack / "again.yaml").write_text(RULE, encoding="utf-8")
        check()
        (pack / "word.yaml").unlink()
        assert check().out == found(rule="trial/again")

    def test_a_rule_that_is_renamed(self, check: Run, pack: Path) -> None:
        (pack / "word.yaml").rename(pack / "title.yaml")
        assert check().out == found(rule="trial/title")

    def test_a_pack_that_is_renamed(self, check: Run, pack: Path) -> None:
        pack.rename(pack.parent / "renamed")
        assert check(select="renamed").out == found(rule="renamed/word")
        done = check()
        assert "没有名为“trial”的规则或规则包" in done.said
        assert (done.out, done.status) == ("", 2)

    def test_a_pack_that_is_added(self, check: Run, pack: Path) -> None:
        shutil.copytree(pack, pack.parent / "second")
        assert check(select="trial,second").out == found(rule="second/word") + found()

    def test_a_pack_that_changes_its_mind(self, check: Run, pack: Path) -> None:
        (pack / "pack.yaml").write_text(PACK + "applies_when: {title: {matches: 阅读}}\n", encoding="utf-8")
        assert "trial/word" not in check(select="all").out

    def test_a_pack_behind_a_link(self, check: Run, pack: Path, tmp_path: Path) -> None:
        pack.rename(tmp_path / "elsewhere")
        pack.symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        assert check(select="elsewhere").out == found(rule="elsewhere/word")
        (tmp_path / "elsewhere" / "word.yaml").write_text(RULE.replace("标题里有", "不要写"), encoding="utf-8")
        assert check(select="elsewhere").out == found("不要写“试行”", rule="elsewhere/word")

    def test_the_folder_in_which_one_stands_is_another_one_elsewhere(self, pack: Path, tmp_path: Path) -> None:
        shutil.copytree(pack, tmp_path / "packs" / "second")
        for name in ("trial", "second"):
            arguments = ["check", "../../draft.txt", "--rules", ".", "--select", name, "--format", "concise"]
            done = subprocess.run(
                [sys.executable, "-m", "checker", *arguments],
                cwd=tmp_path / "packs" / name,
                capture_output=True,
                check=False,
            )
            assert done.stdout.decode() == "../../" + found(rule=f"{name}/word")

    def test_a_rule_behind_a_link(self, check: Run, pack: Path, tmp_path: Path) -> None:
        (pack / "word.yaml").rename(tmp_path / "real.yaml")
        (pack / "word.yaml").symlink_to(tmp_path / "real.yaml")
        assert check().out == found()
        (tmp_path / "real.yaml").write_text(RULE.replace("标题里有", "不要写"), encoding="utf-8")
        assert check().out == found("不要写“试行”")

    def test_another_folder_of_the_same_name(self, check: Run, pack: Path, tmp_path: Path) -> None:
        (pack.parent).rename(tmp_path / "before")
        shutil.copytree(tmp_path / "before", tmp_path / "packs")
        (pack / "word.yaml").write_text(RULE.replace("warning", "error"), encoding="utf-8")
        assert check().out == found(severity="error")

    def test_a_rule_ending_in_yml_is_named_when_it_comes(self, check: Run, pack: Path) -> None:
        (pack / "late.yml").write_text(RULE, encoding="utf-8")
        done = check()
        assert done.out == found()
        assert done.said == "plancheck: packs/trial/late.yml: 规则文件应以 .yaml 结尾，.yml 不读\n"
        assert done.status == 2

    def test_other_check_types(self, pack: Path) -> None:
        checks = host().checks
        assert rulebook([str(pack)], checks).problems == ()
        fewer = {name: check for name, check in checks.items() if name != "pattern"}
        (problem,) = rulebook([str(pack)], fewer).problems
        assert "no check type named 'pattern'" in problem.en


def test_a_changed_lexicon_or_rule_of_plancheck_itself_is_seen(check: Run, tmp_path: Path) -> None:
    package = tmp_path / "package" / "checker"
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "checker", package, ignore=without)
    for name in ("rules", "grammars", "plugins"):
        shutil.copytree(REPOSITORY / name, package / name, ignore=without)
    copy = {"PYTHONPATH": str(package.parent)}
    (tmp_path / "draft.txt").write_text("某县方案\n\n一、甲乙丙\n1.开讲。每月一次。\n", encoding="utf-8")

    assert check(select="plan/lead-unit", **copy).out == ""
    assert check(select="plan/lead-unit", **copy).loaded == ["checker.rulebook"]
    roles = package / "rules" / "lexicon" / "roles.yaml"
    text = roles.read_text(encoding="utf-8")
    more = text.replace("roles:\n", "roles:\n  - {role: actions, title: 甲乙丙}\n", 1)
    assert more != text
    roles.write_text(more, encoding="utf-8")
    seen = check(select="plan/lead-unit", **copy)
    assert seen.out == "draft.txt:4:1: error plan/lead-unit 措施“开讲”没有写明牵头单位\n"

    rule = package / "rules" / "plan" / "lead-unit.yaml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("没有写明牵头单位\n", "没有人牵头\n"), encoding="utf-8")
    assert check(select="plan/lead-unit", **copy).out.endswith("措施“开讲”没有人牵头\n")


class TestBroken:
    @pytest.mark.parametrize("damage", [b"", b"rubbish", None], ids=["empty", "rubbish", "one wrong byte"])
    def test_an_entry_is_no_error(self, check: Run, cache: Path, damage: bytes | None) -> None:
        first = check()
        (entry,) = kept(cache)
        whole = entry.read_bytes()
        entry.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]) if damage is None else damage)
        second = check()
        assert second[:3] == first[:3]
        assert "yaml" in second.loaded
        assert entry.read_bytes() == whole, "a good one has taken its place"
        assert check().loaded == ["checker.rulebook"]

    def test_an_entry_of_another_shape_is_no_error(self, check: Run, cache: Path) -> None:
        from checker.cache import digest

        first = check()
        (entry,) = kept(cache)
        payload = b"\x93\x01\x02\x03"  # msgpack of three numbers, with the right sum before it
        entry.write_bytes(digest(payload)[:16] + payload)
        assert check()[:3] == first[:3]

    def test_a_cache_that_cannot_be_written_is_no_error(self, check: Run, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("no folder", encoding="utf-8")
        for _ in range(2):
            done = check(PLANCHECK_CACHE_DIR=str(tmp_path / "file"))
            assert (done.out, done.said, done.status) == (found(), "", 1)


class TestMistakes:
    """Rules with mistakes are not kept: each run says what is wrong."""

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_are_said_on_each_run(self, check: Run, pack: Path, cache: Path, language: str) -> None:
        (pack / "wrong.yaml").write_text(RULE.replace("must", "mus"), encoding="utf-8")
        runs = [check("--lang", language)[:3] for _ in range(3)]
        said = {"zh": "未能执行（规则文件有错）", "en": "not evaluated (its file has a mistake)"}[language]
        assert runs[0][0] == f"{found()}draft.txt: trial/wrong: {said}\n"
        assert runs[0][1].startswith("plancheck: packs/trial/wrong.yaml:5:24: ")
        assert runs[0][2] == 2
        assert runs[1] == runs[2] == runs[0]
        assert kept(cache) == []

    def test_that_come_later_are_said(self, check: Run, pack: Path) -> None:
        assert check().said == ""
        (pack / "wrong.yaml").write_text(RULE.replace("must", "mus"), encoding="utf-8")
        assert check().status == 2
        (pack / "wrong.yaml").unlink()
        done = check()
        assert (done.out, done.said, done.status) == (found(), "", 1)

    def test_also_beside_results_that_are_kept(self, tmp_path: Path, pack: Path) -> None:
        (pack / "wrong.yaml").write_text(RULE.replace("must", "mus"), encoding="utf-8")
        arguments = ["check", "draft.txt", "--rules", "packs", "--select", "trial", "--format", "concise"]
        said = []
        for _ in range(2):
            done = subprocess.run(
                [sys.executable, "-m", "checker", *arguments], cwd=tmp_path, capture_output=True, check=False
            )
            undone = "draft.txt: trial/wrong: 未能执行（规则文件有错）\n"
            assert (done.stdout.decode(), done.returncode) == (found() + undone, 2)
            said.append(done.stderr.decode())
        assert said[0] == said[1]
        assert said[0].startswith("plancheck: packs/trial/wrong.yaml:5:24: ")

    def test_a_folder_that_is_not_there_yet(self, check: Run, pack: Path, tmp_path: Path) -> None:
        assert "nowhere: 没有这个文件夹" in check("--rules", "nowhere").said
        shutil.copytree(pack, tmp_path / "nowhere" / "later")
        assert check("--rules", "nowhere", select="later").out == found(rule="later/word")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_in_the_place_of_a_rule_is_not_waited_for(check: Run, pack: Path) -> None:
    os.mkfifo(pack / "pipe.yaml")
    done = check()
    assert done.out == found() + "draft.txt: trial/pipe: 未能执行（规则文件有错）\n"
    assert done.said == "plancheck: packs/trial/pipe.yaml: 是文件夹或设备，不是规则文件\n"
    assert done.status == 2


def test_what_lies_below_a_pack_is_not_looked_at(check: Run, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = pack / "notes" / "deeper"
    deep.mkdir(parents=True)
    (deep / "rule.yaml").write_text("no rule", encoding="utf-8")
    check()
    (deep / "rule.yaml").write_text("still no rule", encoding="utf-8")
    assert check().loaded == ["checker.rulebook"]
