"""``plancheck baseline`` writes, updates and prunes; ``plancheck check --baseline`` counts only what is new."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from drafts import BAD, CLEAN, CONCISE

from .conftest import QUIET, Write, harmless

Run = Callable[..., Any]
DEFAULT = ".plancheck-baseline.json"
GONE = "plancheck: 基线里有 {} 个问题已不存在，可用 plancheck baseline --prune 去掉\n"
WORSE = BAD.replace("新建一批场地。（县体育局牵头）", "新建一批场地。\n1.修好步道。修一批步道。（县体育局牵头）")
"""The draft with a number that stands twice and another measure without a lead unit, in front of the one in ``BAD``."""


@pytest.fixture
def draft(write: Write) -> Path:
    """Put a draft with one violation, an error, into ``drafts``."""
    return write("drafts/a.txt", BAD)


def lines(tmp_path: Path, name: str = DEFAULT) -> dict[str, list[str]]:
    """Return the rules in a baseline, by draft."""
    written = json.loads((tmp_path / name).read_text(encoding="utf-8"))
    return {draft: [one["rule"] for one in known] for draft, known in written["drafts"].items()}


class TestWriting:
    def test_a_first_one(self, plancheck: Run, draft: Path, tmp_path: Path) -> None:
        done = plancheck("baseline", "drafts")
        assert done.stdout == f"{DEFAULT}: 新增 1 个问题，去掉 0 个，现有 1 个（1 份方案）\n"
        assert (done.stderr, done.returncode) == ("", 0)
        written = (tmp_path / DEFAULT).read_text(encoding="utf-8").splitlines()
        assert written[:4] == ["{", '  "schema": 1,', '  "drafts": {', '    "drafts/a.txt": [']
        assert written[4].endswith('"rule": "plan/lead-unit", "message": "措施“办好赛事”没有写明牵头单位"}')
        assert written[5:] == ["    ]", "  }", "}"]

    def test_in_english(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("baseline", "drafts", "-o", "b.json", "--lang", "en")
        assert done.stdout == "b.json: 1 added, 0 dropped, 1 in all (1 draft)\n"

    def test_an_existing_one_is_not_overwritten(self, plancheck: Run, draft: Path, write: Write) -> None:
        place = write("b.json", "my notes")
        done = plancheck("baseline", "drafts", "--baseline", "b.json")
        assert done.stdout == ""
        assert done.stderr == ("plancheck: b.json: 已有，不覆盖；加上新的问题用 --update，去掉已不存在的用 --prune\n")
        assert done.returncode == 2
        for how in ("--update", "--prune"):
            assert plancheck("baseline", "drafts", "-o", "b.json", how).returncode == 2
        assert place.read_text(encoding="utf-8") == "my notes", "what is no baseline is never written over"

    def test_of_chosen_rules(self, plancheck: Run, packs: None, tmp_path: Path) -> None:
        arguments = ("baseline", "reading.txt", "--rules", "packs", "--select", "trial", "--ignore", "plan,gongwen")
        assert plancheck(*arguments).returncode == 0
        assert lines(tmp_path) == {"reading.txt": ["trial/vague"]}

    def test_update_adds_what_is_new_in_the_named_drafts(
        self, plancheck: Run, draft: Path, write: Write, tmp_path: Path
    ) -> None:
        write("drafts/b.txt", BAD)
        plancheck("baseline", "drafts")
        write("drafts/a.txt", WORSE)
        write("drafts/b.txt", CLEAN)
        write("drafts/c.txt", BAD)
        done = plancheck("baseline", "drafts/a.txt", "--update")
        assert done.returncode == 0
        assert sorted(lines(tmp_path)["drafts/a.txt"]) == ["plan/lead-unit", "plan/lead-unit", "plan/numbering"]
        assert lines(tmp_path)["drafts/b.txt"] == ["plan/lead-unit"]
        assert "drafts/c.txt" not in lines(tmp_path)

    def test_update_begins_one_too(self, plancheck: Run, draft: Path, tmp_path: Path) -> None:
        assert plancheck("baseline", "drafts", "--update").returncode == 0
        assert lines(tmp_path) == {"drafts/a.txt": ["plan/lead-unit"]}

    def test_prune_drops_what_is_fixed_and_drafts_that_are_gone(
        self, plancheck: Run, draft: Path, write: Write, tmp_path: Path
    ) -> None:
        write("drafts/a.txt", WORSE)
        write("drafts/b.txt", BAD)
        plancheck("baseline", "drafts")
        (tmp_path / "drafts" / "b.txt").unlink()
        write("drafts/a.txt", BAD)
        done = plancheck("baseline", "drafts", "--prune")
        assert done.stdout == f"{DEFAULT}: 新增 0 个问题，去掉 3 个，现有 1 个（1 份方案）\n"
        assert lines(tmp_path) == {"drafts/a.txt": ["plan/lead-unit"]}

    def test_prune_without_one(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("baseline", "drafts", "--prune")
        assert (done.stderr, done.returncode) == (
            f"plancheck: {DEFAULT}: 没有这个文件，无从去掉；不写 --prune 就写出一份\n",
            2,
        )

    def test_both_at_once(self, plancheck: Run, draft: Path, write: Write, tmp_path: Path) -> None:
        plancheck("baseline", "drafts")
        write("drafts/a.txt", CLEAN.replace("到2025年，全县", "全县"))
        plancheck("baseline", "drafts", "--update", "--prune")
        assert "plan/lead-unit" not in lines(tmp_path)["drafts/a.txt"]
        assert plancheck("check", "drafts", "--baseline", DEFAULT, "--fail-on", "info").returncode == 0

    def test_what_could_not_be_checked_is_kept(self, plancheck: Run, draft: Path, write: Write, tmp_path: Path) -> None:
        write("drafts/b.txt", BAD)
        plancheck("baseline", "drafts")
        (tmp_path / "drafts" / "b.txt").write_bytes(b"\0\1\2" * 50)
        write("drafts/a.txt", CLEAN)
        done = plancheck("baseline", "drafts", "--update", "--prune")
        assert lines(tmp_path) == {"drafts/b.txt": ["plan/lead-unit"]}
        assert done.stderr.startswith("plancheck: drafts/b.txt: 不是文本文件")
        assert done.returncode == 2

    def test_rules_that_could_not_be_evaluated_are_kept(
        self, plancheck: Run, packs: None, write: Write, tmp_path: Path
    ) -> None:
        arguments = ("reading.txt", "--rules", "packs", "--select", "trial/vague")
        plancheck("baseline", *arguments)
        write("packs/trial/vague.yaml", QUIET.replace("supporters", "suporters"))
        done = plancheck("baseline", *arguments[:3], "--select", "trial/vague,plan/target", "--prune")
        assert lines(tmp_path) == {"reading.txt": ["trial/vague"]}
        assert "packs/trial/vague.yaml:5:18" in done.stderr
        assert "plancheck: reading.txt: trial/vague: 规则文件有错\n" in done.stderr
        assert done.returncode == 2

    def test_where_nothing_can_be_checked_none_is_begun(self, plancheck: Run, tmp_path: Path) -> None:
        done = plancheck("baseline", "nowhere")
        assert (done.stdout, done.stderr) == ("", "plancheck: nowhere: 没有这个文件或文件夹，请核对路径\n")
        assert done.returncode == 2
        assert not (tmp_path / DEFAULT).exists()

    def test_a_folder_in_which_it_cannot_be_written(self, plancheck: Run, draft: Path) -> None:
        done = plancheck("baseline", "drafts", "-o", "no/where/b.json")
        assert done.stderr.startswith("plancheck: no/where/b.json: 无法写入（")
        assert done.returncode == 2

    def test_it_is_written_whole_and_nothing_is_left_beside_it(
        self, plancheck: Run, draft: Path, tmp_path: Path
    ) -> None:
        plancheck("baseline", "drafts")
        plancheck("baseline", "drafts", "--update")
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".plancheck")] == [DEFAULT]

    def test_nothing_in_it_commands_the_terminal(self, plancheck: Run, hostile: None) -> None:
        done = plancheck("baseline", "reading.txt", "--rules", "hostile", "--select", "hostile", "-o", "\x1b[31m.json")
        assert harmless(done.stdout, done.stderr)
        assert done.returncode == 2, "a rule of the pack has a mistake"


class TestChecking:
    """``check --baseline``."""

    @pytest.fixture(autouse=True)
    def known(self, plancheck: Run, draft: Path) -> None:
        assert plancheck("baseline", "drafts").returncode == 0

    def test_what_is_known_does_not_count(self, plancheck: Run) -> None:
        done = plancheck("check", "drafts", "--baseline", DEFAULT)
        assert done.stdout.startswith("检查了 1 份方案：没有发现问题，另有 1 个在基线里。规则：")
        assert (done.stderr, done.returncode) == ("", 0)
        assert plancheck("check", "drafts").returncode == 1, "a baseline has to be asked for"

    def test_it_is_shown_on_demand(self, plancheck: Run) -> None:
        done = plancheck("check", "drafts", "--baseline", DEFAULT, "--show-waived", "--format", "concise")
        assert done.stdout == f"drafts/a.txt:{CONCISE[:-1]}（在基线里）\n"
        assert done.returncode == 0
        report = json.loads(plancheck("check", "drafts", "--baseline", DEFAULT, "--format", "json").stdout)
        assert [one["waived"]["how"] for one in report["files"][0]["violations"]] == ["baseline"]
        assert report["summary"]["waived"] == 1

    def test_what_is_new_counts(self, plancheck: Run, write: Write) -> None:
        write("drafts/a.txt", WORSE)
        done = plancheck("check", "drafts", "--baseline", DEFAULT, "--format", "concise", "--select", "plan/lead-unit")
        assert done.stdout == "drafts/a.txt:7:1: error plan/lead-unit 措施“建好场地”没有写明牵头单位\n"
        assert (done.stderr, done.returncode) == ("", 1)

    def test_a_renumbered_and_moved_measure_is_known(self, plancheck: Run, write: Write) -> None:
        moved = CLEAN.replace("1.建好场地。", "1.办好赛事。每年办赛10场。\n2.建好场地。").replace(
            "2.办好赛事。每年办赛10场。（县体育局牵头）\n", ""
        )
        write("drafts/a.txt", moved.replace("\n一、工作目标", "\n\n\n一、工作目标"))
        done = plancheck("check", "drafts", "--baseline", DEFAULT)
        assert done.stdout.startswith("检查了 1 份方案：没有发现问题，另有 1 个在基线里")
        assert done.returncode == 0

    def test_what_is_gone_is_counted(self, plancheck: Run, write: Write) -> None:
        write("drafts/a.txt", CLEAN)
        done = plancheck("check", "drafts", "--baseline", DEFAULT)
        assert (done.stderr, done.returncode) == (GONE.format(1), 0)
        english = plancheck("check", "drafts", "--baseline", DEFAULT, "--lang", "en")
        assert english.stderr == (
            "plancheck: 1 violation of the baseline is no longer there; plancheck baseline --prune drops what is gone\n"
        )

    def test_what_was_not_looked_for_is_not_gone(self, plancheck: Run, write: Write) -> None:
        write("drafts/a.txt", CLEAN)
        assert plancheck("check", "drafts", "--baseline", DEFAULT, "--select", "plan/stages").stderr == ""

    def test_from_another_folder_by_any_name(self, plancheck: Run, tmp_path: Path) -> None:
        place = tmp_path / DEFAULT
        for path in (tmp_path / "drafts", "drafts/a.txt", "./drafts/../drafts"):
            assert plancheck("check", str(path), "--baseline", str(place)).returncode == 0
        moved = tmp_path / "elsewhere"
        moved.mkdir()
        place.rename(moved / DEFAULT)
        done = plancheck("check", "drafts", "--baseline", f"elsewhere/{DEFAULT}")
        assert done.returncode == 1, "drafts are named from the folder of the baseline"

    @pytest.mark.skipif(os.name == "nt", reason="links take rights there")
    def test_through_links(self, plancheck: Run, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to("drafts")
        (tmp_path / "one.txt").symlink_to("drafts/a.txt")
        (tmp_path / "linked.json").symlink_to(DEFAULT)
        for path in ("link", "one.txt", "link/a.txt"):
            assert plancheck("check", path, "--baseline", "linked.json").returncode == 0
        plancheck("baseline", "link", "--update", "-o", "linked.json")
        assert (tmp_path / "linked.json").is_symlink(), "a link stays a link"
        assert lines(tmp_path) == {"drafts/a.txt": ["plan/lead-unit"]}

    def test_of_standard_input(self, plancheck: Run, tmp_path: Path) -> None:
        assert plancheck("check", "-", "--baseline", DEFAULT, stdin=BAD).returncode == 1
        plancheck("baseline", "-", "--update", stdin=BAD)
        assert set(lines(tmp_path)) == {"-", "drafts/a.txt"}
        assert plancheck("check", "-", "--baseline", DEFAULT, stdin=BAD).returncode == 0

    def test_a_result_of_an_earlier_run_is_that_before_it(self, plancheck: Run) -> None:
        first = plancheck("check", "drafts", "--baseline", DEFAULT)
        again = plancheck("check", "drafts", "--baseline", DEFAULT)
        assert again.stdout == first.stdout
        assert plancheck("check", "drafts").returncode == 1

    def test_that_is_not_there_or_broken_is_said_before_anything_is_checked(self, plancheck: Run, write: Write) -> None:
        done = plancheck("check", "drafts", "--baseline", "missing.json")
        assert (done.stdout, done.returncode) == ("", 2)
        assert done.stderr == "plancheck: missing.json: 没有这个文件，请核对路径；基线用 plancheck baseline 写\n"
        write("broken.json", '{\n"schema": 1,\n"drafts": [}')
        done = plancheck("check", "drafts", "--baseline", "broken.json", "--lang", "en")
        assert (done.stdout, done.returncode) == ("", 2)
        assert done.stderr.startswith("plancheck: broken.json:3:12: not JSON (")

    def test_a_report_is_not_written_over_it(self, plancheck: Run, tmp_path: Path) -> None:
        before = (tmp_path / DEFAULT).read_bytes()
        done = plancheck("check", "drafts", "--baseline", DEFAULT, "-o", DEFAULT)
        assert done.stderr == f"plancheck: {DEFAULT}: 是基线，不能用报告覆盖；请给 -o 另起文件名\n"
        assert done.returncode == 2
        assert (tmp_path / DEFAULT).read_bytes() == before


class TestViolationsOfSeveralPlaces:
    """One violation may tell of many places, as of all marks of half width."""

    DRAFT = "棠城县全民健身实施方案（2024—2026年）\n\n一、总体要求\n加强领导,明确分工。\n"
    MORE = "抓好落实,按时完成。\n"
    GONGWEN = ("--select", "gongwen", "--format", "concise")

    def test_with_one_more_place_count_as_new(self, plancheck: Run, write: Write) -> None:
        write("draft.txt", self.DRAFT)
        plancheck("baseline", "draft.txt")
        known = ("check", "draft.txt", "--baseline", DEFAULT, *self.GONGWEN)
        assert plancheck(*known).stdout == ""
        write("draft.txt", self.DRAFT + self.MORE)
        done = plancheck(*known)
        assert done.stdout == (
            "draft.txt:4:5: warning gongwen/punctuation-width 标点用了半角，如“,”，共2处，中文里应当用全角\n"
        )
        assert (done.stderr, done.returncode) == ("", 1)

    def test_are_known_again_after_an_update_and_with_fewer_places(self, plancheck: Run, write: Write) -> None:
        write("draft.txt", self.DRAFT)
        plancheck("baseline", "draft.txt")
        write("draft.txt", self.DRAFT + self.MORE)
        assert "新增 1 个问题，去掉 0 个" in plancheck("baseline", "draft.txt", "--update").stdout
        known = ("check", "draft.txt", "--baseline", DEFAULT, *self.GONGWEN)
        assert plancheck(*known).returncode == 0
        write("draft.txt", self.DRAFT)
        assert plancheck(*known).returncode == 0
        plancheck("baseline", "draft.txt", "--prune")
        write("draft.txt", self.DRAFT + self.MORE)
        assert plancheck(*known).returncode == 1, "what was pruned is no longer known"
