"""A baseline: what it accepts, what is gone from it, how it is updated, and how a file is read and written."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest
from reports import RULE, equal, file, report, violation

from checker import check
from checker.baseline import MAX_SIZE, SCHEMA, Baseline, Known, encoded, read, updated
from checker.model import FileReport, Report, Waived
from checker.problems import Problem


def known(*fingerprints: str, rule: str = RULE) -> tuple[Known, ...]:
    return tuple(Known(fingerprint, rule, f"消息 {fingerprint}") for fingerprint in fingerprints)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of one's own; return the baseline that belongs there."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "baseline.json"


def accepted(found: Report) -> list[str]:
    return [one.fingerprint for one in found.files[0].violations if one.waived == Waived("baseline")]


class TestApplied:
    def test_what_is_in_it_is_accepted_and_nothing_else(self, place: Path) -> None:
        baseline = Baseline(str(place), {"a.txt": known("a", "c"), "b.txt": known("b")})
        found = baseline.applied(report(file("a.txt", violation("a"), violation("b"), violation("c"))))
        assert accepted(found) == ["a", "c"]

    def test_a_draft_that_it_does_not_know_stays_as_it_is(self, place: Path) -> None:
        found = report(file("b.txt", violation("a")))
        assert Baseline(str(place), {"a.txt": known("a")}).applied(found) == found

    @pytest.mark.parametrize("has", range(5))
    @pytest.mark.parametrize("knows", range(5))
    def test_of_equal_ones_as_many_as_it_knows(self, place: Path, has: int, knows: int) -> None:
        baseline = Baseline(str(place), {"a.txt": known(*(equal(number + 1) for number in range(knows)))})
        found = report(file("a.txt", *(violation(equal(number + 1)) for number in range(has))))
        assert len(accepted(baseline.applied(found))) == min(has, knows)
        assert baseline.number_gone(found) == max(0, knows - has)

    def test_equal_ones_count_whatever_their_numbers_are(self, place: Path) -> None:
        # As when two branches were merged, or the first line was taken out by hand.
        baseline = Baseline(str(place), {"a.txt": known(equal(3), equal(3))})
        found = report(file("a.txt", violation(equal(1)), violation(equal(2)), violation(equal(3))))
        assert accepted(baseline.applied(found)) == [equal(1), equal(2)]

    def test_what_a_person_has_accepted_stays_so(self, place: Path) -> None:
        reason = Waived("comment", "本级没有")
        found = report(file("a.txt", violation("a", waived=reason)))
        assert Baseline(str(place), {"a.txt": known("a")}).applied(found).files[0].violations[0].waived == reason

    def test_and_needs_no_line_that_an_equal_one_needs(self, place: Path) -> None:
        baseline = Baseline(str(place), {"a.txt": known(equal(1))})
        found = report(file("a.txt", violation(equal(1), waived=Waived("comment", "x")), violation(equal(2))))
        assert accepted(baseline.applied(found)) == [equal(2)]


class TestGone:
    def test_are_those_that_the_draft_no_longer_has(self, place: Path) -> None:
        baseline = Baseline(str(place), {"a.txt": known("a", "b", "c"), "other.txt": known("d")})
        assert baseline.number_gone(report(file("a.txt", violation("b")))) == 2

    def test_not_those_of_rules_that_did_not_run(self, place: Path) -> None:
        baseline = Baseline(str(place), {"a.txt": (*known("a"), *known("b", rule="plan/stages"))})
        assert baseline.number_gone(report(file("a.txt"))) == 1
        assert baseline.number_gone(report(file("a.txt", ran=("plan/stages",), blind=(RULE,)))) == 1
        assert baseline.number_gone(report(file("a.txt", ran=()))) == 0

    def test_not_those_of_a_draft_that_cannot_be_read(self, place: Path) -> None:
        baseline = Baseline(str(place), {"a.txt": known("a")})
        assert baseline.number_gone(report(FileReport("a.txt", error="没有读取权限"))) == 0

    def test_one_that_a_person_has_accepted_is_not_gone(self, place: Path) -> None:
        found = report(file("a.txt", violation("a", waived=Waived("comment", "x"))))
        assert Baseline(str(place), {"a.txt": known("a")}).number_gone(found) == 0


class TestUpdated:
    def names(self, baseline: Baseline) -> dict[str, list[str]]:
        return {draft: [one.fingerprint for one in lines] for draft, lines in baseline.drafts.items()}

    def test_adds_what_is_new(self, place: Path) -> None:
        baseline = Baseline(str(place), {"a.txt": known("a"), "b.txt": known("z")})
        changes = updated(baseline, report(file("a.txt", violation("b"))), adds=True, prunes=False)
        assert self.names(changes.baseline) == {"a.txt": ["a", "b"], "b.txt": ["z"]}
        assert (changes.added, changes.dropped) == (1, 0)

    def test_drops_what_is_fixed(self, place: Path) -> None:
        for name in ("a.txt", "b.txt"):
            Path(name).write_text("", encoding="utf-8")
        baseline = Baseline(str(place), {"a.txt": known("a", "b"), "b.txt": known("z")})
        changes = updated(baseline, report(file("a.txt", violation("b"), violation("c"))), adds=False, prunes=True)
        assert self.names(changes.baseline) == {"a.txt": ["b"], "b.txt": ["z"]}
        assert (changes.added, changes.dropped) == (0, 1)

    def test_a_draft_without_any_needs_no_lines(self, place: Path) -> None:
        changes = updated(Baseline(str(place)), report(file("a.txt")), adds=True, prunes=False)
        assert changes.baseline.drafts == {}

    def test_drops_drafts_that_are_gone_and_no_others(self, place: Path) -> None:
        Path("there.txt").write_text("", encoding="utf-8")
        drafts = {"gone.txt": known("a", "b"), "there.txt": known("c"), "-": known("d"), "\ufffd.txt": known("e")}
        changes = updated(Baseline(str(place), drafts), report(), adds=False, prunes=True)
        assert set(changes.baseline.drafts) == {"there.txt", "-", "\ufffd.txt"}
        assert changes.dropped == 2

    def test_what_could_not_be_checked_is_kept(self, place: Path) -> None:
        Path("a.txt").write_text("", encoding="utf-8")
        baseline = Baseline(str(place), {"a.txt": known("a"), "b.txt": known("b")})
        found = report(file("a.txt", ran=(), blind=(RULE,)), FileReport("b.txt", error="没有这个文件"))
        assert updated(baseline, found, adds=True, prunes=True).baseline == baseline

    def test_what_a_person_has_accepted_is_not_added(self, place: Path) -> None:
        found = report(file("a.txt", violation("a", waived=Waived("configuration", "x"))))
        assert updated(Baseline(str(place)), found, adds=True, prunes=False).baseline.drafts == {}

    def test_equal_ones_are_numbered_from_the_first(self, place: Path) -> None:
        Path("a.txt").write_text("", encoding="utf-8")
        baseline = Baseline(str(place), {"a.txt": known(equal(2), equal(10), equal(3))})
        found = report(file("a.txt", violation(equal(1)), violation(equal(2))))
        changes = updated(baseline, found, adds=False, prunes=True)
        assert self.names(changes.baseline) == {"a.txt": [equal(1), equal(2)]}

    def test_to_update_and_prune_makes_it_fit(self, place: Path) -> None:
        chance = random.Random(6)
        for _ in range(200):
            has = [violation(equal(number + 1, chance.choice("ab") * 16)) for number in range(chance.randrange(6))]
            some = (equal(chance.randrange(1, 4), chance.choice("abc") * 16) for _ in range(chance.randrange(6)))
            lines = known(*some)
            found = report(file("a.txt", *has))
            fitting = updated(Baseline(str(place), {"a.txt": lines}), found, adds=True, prunes=True).baseline
            assert fitting.applied(found).files[0].to_mend == ()
            assert fitting.number_gone(found) == 0
            assert fitting.count == len(has)
            assert updated(fitting, found, adds=True, prunes=True).baseline == fitting


class TestNames:
    def test_are_paths_from_the_folder_of_the_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "drafts" / "deep").mkdir(parents=True)
        draft = tmp_path / "drafts" / "deep" / "a.txt"
        monkeypatch.chdir(tmp_path)
        here = Baseline("baseline.json")
        assert here.name("drafts/deep/a.txt") == here.name("./drafts/../drafts/deep/a.txt") == "drafts/deep/a.txt"
        assert here.name(str(draft)) == "drafts/deep/a.txt"
        monkeypatch.chdir(draft.parent)
        assert Baseline("../../baseline.json").name("a.txt") == "drafts/deep/a.txt"
        assert Baseline("baseline.json").name("../other.txt") == "../other.txt"

    @pytest.mark.skipif(os.name == "nt", reason="links take rights there")
    def test_go_through_links(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "real" / "a.txt").write_text("甲", encoding="utf-8")
        (tmp_path / "link").symlink_to("real")
        (tmp_path / "one.txt").symlink_to("real/a.txt")
        (tmp_path / "linked.json").symlink_to("real/baseline.json")
        monkeypatch.chdir(tmp_path)
        assert Baseline("baseline.json").name("link/a.txt") == Baseline("baseline.json").name("one.txt") == "real/a.txt"
        assert Baseline("link/baseline.json").name("real/a.txt") == "a.txt"
        assert Baseline("linked.json").name("real/a.txt") == "a.txt"

    def test_standard_input_has_its_own(self, place: Path) -> None:
        assert Baseline(str(place)).name("-") == "-"
        assert Baseline(str(place)).name("./-") == "./-"


# ----------------------------------------------------------------------------------------- the file

LINE = '{"fingerprint": "0123456789abcdef", "rule": "plan/lead-unit", "message": "措施“甲”没有写明牵头单位"}'
FILE = f"""\
{{
  "schema": 1,
  "drafts": {{
    "drafts/a.txt": [
      {LINE}
    ]
  }}
}}
"""


class TestFile:
    def write(self, place: Path, content: str | bytes) -> str:
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(place)

    def mistake(self, place: Path, content: str | bytes, language: str = "zh") -> str:
        with pytest.raises(Problem) as raised:
            read(self.write(place, content))
        said = raised.value.message.in_language(language)
        assert said.startswith(str(place))
        return said.removeprefix(str(place))

    def test_is_sorted_and_has_a_line_for_each_violation(self, place: Path) -> None:
        lines = (*known("b" * 16, "a" * 16), *known("c" * 16, rule="gongwen/dates"))
        written = encoded(Baseline(str(place), {"b.txt": lines, "a “1”.txt": known("d" * 16)}))
        assert written.decode().splitlines() == [
            "{",
            '  "schema": 1,',
            '  "drafts": {',
            '    "a “1”.txt": [',
            '      {"fingerprint": "dddddddddddddddd", "rule": "plan/lead-unit", "message": "消息 dddddddddddddddd"}',
            "    ],",
            '    "b.txt": [',
            '      {"fingerprint": "cccccccccccccccc", "rule": "gongwen/dates", "message": "消息 cccccccccccccccc"},',
            '      {"fingerprint": "aaaaaaaaaaaaaaaa", "rule": "plan/lead-unit", "message": "消息 aaaaaaaaaaaaaaaa"},',
            '      {"fingerprint": "bbbbbbbbbbbbbbbb", "rule": "plan/lead-unit", "message": "消息 bbbbbbbbbbbbbbbb"}',
            "    ]",
            "  }",
            "}",
        ]
        assert json.loads(written)["schema"] == SCHEMA

    def test_is_read_as_it_was_written(self, place: Path) -> None:
        drafts = {'a"\\\n.txt': known("a\n\u2028\x00", "b"), "b.txt": known("c")}
        baseline = Baseline(str(place), drafts)
        place.write_bytes(encoded(baseline))
        assert read(str(place)) == baseline
        place.write_bytes(encoded(Baseline(str(place))))
        assert read(str(place)).drafts == {}

    def test_of_a_report_is_the_same_again(self, place: Path, tmp_path: Path) -> None:
        draft = tmp_path / "a.txt"
        draft.write_text("棠城县实施方案\n\n一、主要任务\n1.建好书屋。建成。\n3.办好学校。建成。\n", encoding="utf-8")
        found = check(draft)
        assert len(found.files[0].violations) > 3
        baseline = updated(Baseline(str(place)), found, adds=True, prunes=False).baseline
        place.write_bytes(encoded(baseline))
        assert read(str(place)) == baseline
        assert baseline.applied(found).files[0].to_mend == ()

    def test_may_have_other_line_ends_and_a_byte_order_mark(self, place: Path) -> None:
        plain = read(self.write(place, FILE))
        assert plain.count == 1
        assert read(self.write(place, FILE.replace("\n", "\r\n"))) == plain
        assert read(self.write(place, b"\xef\xbb\xbf" + FILE.encode())) == plain
        assert read(self.write(place, "".join(FILE.split("\n")))) == plain

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("", ":1:1: 不是 JSON（Expecting value）"),
            (FILE[:-4], ":7:3: 不是 JSON（Expecting ',' delimiter）"),
            (FILE.replace("]\n", "],\n"), ":7:3: 不是 JSON（"),
            (FILE.replace("    ]", "<<<<<<< HEAD\n    ]"), ":6:1: 有没有解决的合并冲突"),
            ("[]", ":1:1: 应为 object，写的是 array"),
            ("{}", ":1:1: 不是 plancheck 的基线"),
            (FILE.replace('"schema": 1', '"schema": 2'), ":2:13: 这是第 2 版格式的基线，这个 plancheck 只认第 1 版"),
            (FILE.replace('"schema": 1', '"schema": true'), ":2:13: 应为 int，写的是 bool"),
            ('{"schema": 3, "violations": []}', ":1:12: 这是第 3 版格式的基线，这个 plancheck 只认第 1 版"),
            ('{"schema": 1}', ":1:1: 缺少 drafts"),
            ('{\n"schema": 1,\n"drafts": []}', ":3:11: 应为 object，写的是 array"),
            (FILE.replace('"drafts"', '"draft"'), ":3:12: 没有名为“draft”的键；可用的：schema、drafts"),
            (FILE.replace('"plan/lead-unit"', "7"), ":5:51: 应为 str，写的是 int"),
            (FILE.replace('"rule"', '"rules"'), ":5:52: 没有名为“rules”的键；可用的：fingerprint、rule、message"),
            (FILE.replace('"rule": "plan/lead-unit", ', ""), ":5:7: 缺少 rule"),
            (FILE.replace(LINE, f"{LINE},\n null"), ":6:2: 应为 object，写的是 null"),
            (FILE.replace("甲", "\\ud800"), ": 不是 plancheck 的基线（"),
            (FILE.encode("utf-16"), ": 不是 UTF-8 编码的文字"),
            (b"\x00\x01", ":1:1: 不是 JSON（"),
        ],
    )
    def test_with_a_mistake_is_refused_with_its_line(self, place: Path, content: str | bytes, said: str) -> None:
        assert self.mistake(place, content).startswith(said)
        assert self.mistake(place, content, "en").startswith(said.split(" ")[0])

    @pytest.mark.parametrize(
        "content",
        [
            "[" * 200_000,
            '{"schema": 1, "drafts": {"a": ' + "[" * 200_000,
            '{"schema": ' + "9" * 200_000 + "}",
            '{"schema": 1, "drafts": ' + '{"a":' * 100_000,
            '{"schema": 1e999, "drafts": {}}',
            '{"schema": NaN, "drafts": {}}',
        ],
        ids=["arrays", "arrays-inside", "digits", "objects", "infinity", "nan"],
    )
    def test_that_means_harm_is_refused(self, place: Path, content: str) -> None:
        assert len(self.mistake(place, content)) < 400

    def test_that_is_too_large_is_not_read(self, place: Path) -> None:
        with place.open("wb") as file:
            file.truncate(MAX_SIZE + 1)
        with pytest.raises(Problem, match="too large"):
            read(str(place))

    def test_that_is_not_there(self, place: Path) -> None:
        with pytest.raises(Problem) as raised:
            read(str(place))
        assert raised.value.message.zh == f"{place}: 没有这个文件，请核对路径；基线用 plancheck baseline 写"

    def test_that_is_a_folder_or_a_pipe(self, place: Path, tmp_path: Path) -> None:
        with pytest.raises(Problem, match="a folder, not a file"):
            read(str(tmp_path))
        if hasattr(os, "mkfifo"):
            os.mkfifo(place)
            with pytest.raises(Problem, match="not a regular file"):
                read(str(place))
