"""``plancheck check`` with rules of one's own (``--rules``), and what it says of its rules (``--statistics``)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import QUIET, VAGUE, Write, harmless

Run = Callable[..., Any]
OWN = "trial/vague,plan/target-year"
FOUND = (
    "reading.txt:4:8: error plan/target-year 目标“适时建成100个”要写年份\n"
    "reading.txt:4:8: warning trial/vague “适时”不是时限\n"
)


@pytest.fixture
def check(plancheck: Run, packs: None) -> Run:
    """Return a function that checks with the packs of the test, with concise reports."""
    return lambda *arguments, form="concise": plancheck("check", "--rules", "packs", "--format", form, *arguments)


class TestRules:
    def test_of_one_s_own_run_beside_the_bundled_ones(self, check: Run) -> None:
        done = check("reading.txt")
        rules = [line.split()[2] for line in done.stdout.splitlines()]
        assert {"trial/vague", "plan/lead-unit"} <= set(rules)
        assert (done.stderr, done.returncode) == ("", 1)

    def test_change_bundled_ones(self, check: Run) -> None:
        done = check("reading.txt", "--select", OWN)
        assert (done.stdout, done.stderr, done.returncode) == (FOUND, "", 1)

    def test_of_a_pack_that_does_not_apply_change_nothing(self, check: Run) -> None:
        done = check("sport.txt", "--select", "plan/target-year,plan/stages")
        assert done.stdout == (
            "sport.txt:1:1: warning plan/stages 没有进度安排，看不出分几个阶段、每个阶段做什么\n"
            "sport.txt:4:8: warning plan/target-year 目标“适时建成100个”没有写明完成年份\n"
        )
        assert done.returncode == 1

    def test_a_rule_that_is_switched_off_runs_when_it_is_named(self, check: Run) -> None:
        assert "plan/stages" not in check("reading.txt").stdout
        assert "plan/stages" in check("reading.txt", "--select", "plan/stages").stdout
        assert check("reading.txt", "--select", "trial/quiet").stdout == (
            "reading.txt:4:1: info trial/quiet 措施“建好书屋”没有配合单位\n"
        )

    def test_speak_english(self, check: Run) -> None:
        done = check("reading.txt", "--select", "trial/vague", "--lang", "en")
        assert done.stdout == "reading.txt:4:8: warning trial/vague “适时” is no deadline\n"

    def test_may_be_ignored(self, check: Run) -> None:
        assert "trial/" not in check("reading.txt", "--ignore", "trial").stdout

    def test_the_report_names_the_packs(self, check: Run) -> None:
        report = json.loads(check("reading.txt", form="json").stdout)
        assert report["tool"]["packs"]["trial"] == "1.2.3"
        assert report["tool"]["packs"]["other"] == "0.0.1"

    def test_of_several_folders(self, plancheck: Run, packs: None) -> None:
        arguments = ["--rules", "packs/trial", "--rules", "packs/other", "--select", "other/vague,trial/vague"]
        assert plancheck("check", "reading.txt", *arguments, "--format", "concise").stdout == (
            "reading.txt:4:1: info other/vague 措施“建好书屋”没有配合单位\n"
            "reading.txt:4:8: warning trial/vague “适时”不是时限\n"
        )

    def test_one_that_gives_way(self, check: Run, write: Write) -> None:
        write("packs/trial/vague.yaml", VAGUE.replace("unless: [plan/target]", "unless: [plan/target-year]"))
        done = check("reading.txt", "--select", OWN, "-v")
        assert done.stdout == FOUND.splitlines(keepends=True)[0]
        assert "reading.txt: trial/vague: 不适用（plan/target-year 已指出问题）\n" in done.stderr


class TestMistakesInRules:
    def test_a_rule_with_a_mistake_does_not_stop_the_others(self, check: Run, broken: str) -> None:
        done = check("reading.txt", "--select", OWN)
        assert (done.stdout, done.stderr, done.returncode) == (FOUND, broken, 2)

    def test_the_second_run_says_so_too(self, check: Run, broken: str) -> None:
        check("reading.txt", "--select", OWN)
        done = check("reading.txt", "--select", OWN)
        assert (done.stdout, done.stderr, done.returncode) == (FOUND, broken, 2)

    def test_the_report_stays_whole(self, check: Run, broken: str) -> None:
        done = check("reading.txt", form="json")
        assert json.loads(done.stdout)["files"][0]["violations"]
        assert (done.stderr, done.returncode) == (broken, 2)

    def test_with_no_rule_left_to_run_it_is_said_why(self, check: Run, broken: str) -> None:
        done = check("reading.txt", "--select", "trial/wrong")
        assert done.stdout == ""
        assert done.stderr == broken, "that it is not there is not said"
        assert done.returncode == 2

    def test_a_broken_pack_does_not_stop_the_other(self, check: Run, write: Write) -> None:
        write("packs/other/pack.yaml", "title: [\n")
        done = check("reading.txt", "--select", OWN)
        assert done.stdout == FOUND
        assert done.stderr.startswith("plancheck: packs/other/pack.yaml:1:9: 括号没有闭合")
        assert done.returncode == 2

    def test_a_rule_that_cannot_be_evaluated(self, check: Run, write: Write) -> None:
        # The search for 丁 behind many 甲 takes longer than any rule may.
        write(
            "packs/trial/slow.yaml",
            QUIET.replace("required", "pattern").replace("{field: supporters}", "{pattern: (甲|甲甲)+丁, field: text}"),
        )
        write(
            "reading.txt",
            f"某县全民阅读实施方案（2024—2026年）\n\n一、主要任务\n1.建好书屋。适时建成，丁{'甲' * 80}丙。\n",
        )
        done = check("reading.txt", "--select", "trial/slow,trial/vague", "--lang", "en", form="text")
        assert "  reading.txt  trial/slow: out of time: a pattern of the rule is too slow\n" in done.stdout
        assert "trial/vague\n" in done.stdout
        assert (done.stderr, done.returncode) == ("", 2)
        concise = check("reading.txt", "--select", "trial/slow")
        assert concise.stdout == "reading.txt: trial/slow: 未能执行（超时：规则里的正则表达式太慢）\n"
        assert (concise.stderr, concise.returncode) == ("", 2)

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("zh", "plancheck: nowhere: 没有这个文件夹；这里要写规则包的文件夹，新建一条规则用 plancheck new-rule\n"),
            (
                "en",
                "plancheck: nowhere: no such folder; name the folder of a pack, "
                "or write a first rule with plancheck new-rule\n",
            ),
        ],
    )
    def test_a_folder_that_is_not_there(self, plancheck: Run, packs: None, language: str, said: str) -> None:
        done = plancheck("check", "reading.txt", "--rules", "nowhere", "--select", "plan/target", "--lang", language)
        assert (done.stderr, done.returncode) == (said, 2)
        assert "reading.txt" in done.stdout or "1 " in done.stdout

    def test_a_pack_of_the_name_of_a_bundled_one(self, plancheck: Run, packs: None, write: Write) -> None:
        write("plan/pack.yaml", "title: 我的\nversion: 0.0.1\n")
        done = plancheck("check", "reading.txt", "--rules", "plan", "--select", "plan/target")
        assert done.stderr.startswith("plancheck: plan/pack.yaml:1:1: 规则包“plan”已有了（")
        assert done.returncode == 2

    @pytest.mark.parametrize("form", ["text", "concise", "json"])
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_no_text_of_a_rule_commands_the_terminal(
        self, plancheck: Run, hostile: None, form: str, language: str
    ) -> None:
        arguments = ["--rules", "hostile", "--select", "hostile", "--format", form, "--lang", language, "-v"]
        done = plancheck("check", "reading.txt", *arguments)
        assert "hostile/rule" in done.stdout
        assert "hostile/wrong.yaml:2:" in done.stderr
        assert done.returncode == 2
        assert harmless(done.stderr)
        assert form == "json" or harmless(done.stdout)
        assert not re.search("[\x00-\x09\x0b-\x1f]", done.stdout)

    def test_nor_where_no_rule_is_left(self, plancheck: Run, hostile: None) -> None:
        done = plancheck("check", "reading.txt", "--rules", "hostile", "--select", "hostile/wrong")
        assert "hostile/wrong.yaml:2:" in done.stderr
        assert done.returncode == 2
        assert harmless(done.stdout, done.stderr)


class TestStatistics:
    def table(self, said: str) -> list[list[str]]:
        head, rule, *rows = said.splitlines()
        assert set(rule) == {"-", " "}
        return [re.split(r" {2,}", row) for row in (head, *rows)]

    @pytest.mark.parametrize(
        ("language", "head", "first"),
        [
            ("zh", ["规则", "问题", "毫秒", "占比"], "读入与解析"),
            ("en", ["rule", "violations", "ms", "share"], "reading and parsing"),
        ],
    )
    def test_has_a_row_for_reading_and_one_for_every_rule(
        self, check: Run, language: str, head: list[str], first: str
    ) -> None:
        done = check("reading.txt", "sport.txt", "--select", OWN, "--statistics", "--lang", language)
        rows = self.table(done.stderr)
        assert [cell.strip() for cell in rows[0]] == head
        assert [rows[1][0], len(rows[1])] == [first, 3], "how many it found is no question there"
        # sport.txt: the bundled form of target-year finds one, trial/vague is named and finds one.
        assert sorted((row[0], row[1]) for row in rows[2:]) == [("plan/target-year", "2"), ("trial/vague", "2")]
        assert done.returncode == 1

    def test_numbers_add_up(self, check: Run) -> None:
        done = check("reading.txt", "sport.txt", "--statistics", form="json")
        report, rows = json.loads(done.stdout), self.table(done.stderr)[1:]
        violations = sum(len(file["violations"]) for file in report["files"])
        assert sum(int(row[1]) for row in rows[1:]) == violations > 4
        assert {row[0] for row in rows[1:]} == {rule["rule"] for file in report["files"] for rule in file["rules"]}
        times = [float(row[-2]) for row in rows]
        assert times[1:] == sorted(times[1:], reverse=True), "the slowest first"
        assert times[0] > 0
        assert sum(float(row[-1].removesuffix("%")) for row in rows) == pytest.approx(100, abs=0.1 * len(rows))
        for time, row in zip(times, rows, strict=True):
            assert float(row[-1].removesuffix("%")) == pytest.approx(100 * time / sum(times), abs=1)

    def test_leaves_the_report_as_it_is(self, check: Run) -> None:
        for form in ("text", "concise", "json"):
            plain = check("reading.txt", "--format", form)
            timed = check("reading.txt", "--format", form, "--statistics")
            assert timed.stdout == plain.stdout
            assert timed.returncode == plain.returncode

    def test_measures_a_draft_that_is_known_anew(self, check: Run) -> None:
        for _ in range(2):
            done = check("reading.txt", "--select", OWN, "--statistics")
            assert float(self.table(done.stderr)[1][1]) > 0

    def test_goes_to_standard_error_beside_a_report_in_a_file(self, check: Run, tmp_path: Path) -> None:
        done = check("reading.txt", "--select", OWN, "--statistics", "-o", "report.txt")
        assert done.stdout == ""
        assert (tmp_path / "report.txt").read_text(encoding="utf-8") == FOUND
        assert len(self.table(done.stderr)) == 4

    def test_of_several_processes(self, check: Run) -> None:
        done = check("reading.txt", "sport.txt", "--select", OWN, "--statistics", "--jobs", "2")
        rows = self.table(done.stderr)
        assert sorted((row[0], row[1]) for row in rows[2:]) == [("plan/target-year", "2"), ("trial/vague", "2")]

    def test_of_a_draft_that_cannot_be_read(self, check: Run) -> None:
        done = check("missing.txt", "--statistics", "--lang", "en")
        assert "reading and parsing" in done.stderr
        assert done.returncode == 2
