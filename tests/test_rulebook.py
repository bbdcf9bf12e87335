"""A rule file that lies is an error when it is read: where, what, what is allowed, and a guess."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from checker.host import host
from checker.model import Bilingual
from checker.rule_reading import load
from checker.rulebook import Rulebook

PACK = "title: 试验\nversion: 0.1.0\n"
RULE = """\
title: 每项目标都要有年份
severity: error
node: target
where: {section.role: objectives}
check: required
options: {field: year}
message: 目标“{quote}”没有年份
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Return a folder with one pack, ``trial``, that has one good rule, ``good``."""
    folder = tmp_path / "rules"
    (folder / "trial").mkdir(parents=True)
    (folder / "trial" / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "trial" / "good.yaml").write_text(RULE, encoding="utf-8")
    return folder


def read(folder: Path) -> Rulebook:
    return load([folder], host().checks)


def problems(folder: Path, rule: str | bytes) -> tuple[Bilingual, ...]:
    """Return what is said of a rule ``trial/wrong`` and see that the good one stays."""
    given = rule if isinstance(rule, bytes) else rule.encode()
    (folder / "trial" / "wrong.yaml").write_bytes(given)
    rulebook = read(folder)
    assert [rule.id for rule in rulebook.rules] == ["trial/good"]
    return rulebook.problems


def with_line(number: int, line: str) -> str:
    """Return the good rule with another line at ``number``."""
    lines = RULE.splitlines()
    lines[number - 1 : number] = [line]
    return "\n".join(lines) + "\n"


def test_a_rule_without_mistakes_is_read(rules: Path) -> None:
    rulebook = read(rules)
    assert rulebook.problems == ()
    assert [rule.id for rule in rulebook.rules] == ["trial/good"]


MISTAKES = {
    "unknown key": (RULE + "hlep: 写明年份\n", 8, "hlep", ["help", "severity"], "help"),
    "unknown severity": (with_line(2, "severity: eror"), 2, "eror", ["error", "warning", "info"], "error"),
    "unknown node": (with_line(3, "node: targt"), 3, "targt", ["target", "measure", "stage"], "target"),
    "unknown attribute": (with_line(4, "where: {yeer: 2025}"), 4, "yeer", ["year", "unit"], "year"),
    "unknown attribute behind a path": (
        with_line(4, "where: {section.rol: objectives}"),
        4,
        "rol",
        ["role", "title"],
        "role",
    ),
    "unknown condition": (with_line(4, "where: {year: {lte: 2025}}"), 4, "lte", ["lt", "le", "missing"], "lt"),
    "unknown role": (
        with_line(4, "where: {section.role: objectivs}"),
        4,
        "objectivs",
        ["objectives", "schedule"],
        "objectives",
    ),
    "unknown check type": (with_line(5, "check: requird"), 5, "requird", ["required", "present"], "required"),
    "unknown option": (with_line(6, "options: {feild: year}"), 6, "feild", ["field", "inherit"], "field"),
    "unknown attribute in an option": (
        with_line(6, "options: {field: yeer}"),
        6,
        "yeer",
        ["year", "unit"],
        "year",
    ),
    "unknown field of the message": (
        with_line(7, "message: 目标“{qoute}”没有年份"),
        7,
        "qoute",
        ["quote", "count"],
        "quote",
    ),
    "unknown field of the English message": (
        RULE + "message_en: Target {qoute} has no year\n",
        8,
        "qoute",
        ["quote", "count"],
        "quote",
    ),
    "unknown key of an example": (
        RULE + "examples:\n  good:\n    - paln: 一、工作目标\n",
        10,
        "paln",
        ["plan", "why", "at"],
        "plan",
    ),
}


@pytest.mark.parametrize(("rule", "line", "word", "allowed", "guess"), MISTAKES.values(), ids=MISTAKES)
def test_a_wrong_word_is_named_with_its_place_what_is_allowed_and_a_guess(
    rules: Path, rule: str, line: int, word: str, allowed: list[str], guess: str
) -> None:
    (problem,) = problems(rules, rule)
    place = f"{rules / 'trial' / 'wrong.yaml'}:{line}:"
    for words in problem:
        assert words.startswith(place)
        assert word in words
        assert all(known in words for known in allowed)
    assert f"您是不是想写“{guess}”？" in problem.zh
    assert f"Did you mean '{guess}'?" in problem.en


WRONG_TYPES = {
    "a list for a text": (with_line(1, "title: [年份]"), 1),
    "a text for a mapping": (with_line(4, "where: objectives"), 4),
    "a list for the name of a field": (with_line(6, "options: {field: [year]}"), 6),
    "a text for a list": (with_line(6, "options: {field: year, instead: per}"), 6),
    "a number for a pattern": (with_line(4, "where: {metric: {matches: 5}}"), 4),
    "a text where a number is compared": (with_line(4, "where: {year: {lt: soon}}"), 4),
    "a missing message": (with_line(7, "help: 写明年份"), 1),
    "a list for the whole rule": ("- title: 年份\n", 1),
}


@pytest.mark.parametrize(("rule", "line"), WRONG_TYPES.values(), ids=WRONG_TYPES)
def test_a_wrong_type_is_named_with_its_place(rules: Path, rule: str, line: int) -> None:
    (problem,) = problems(rules, rule)
    for words in problem:
        assert words.startswith(f"{rules / 'trial' / 'wrong.yaml'}:{line}:")


def test_a_wrong_type_says_what_is_wanted_and_what_stands_there(rules: Path) -> None:
    (problem,) = problems(rules, with_line(1, "title: [年份]"))
    assert "应为文字（str），实为列表（array）" in problem.zh
    assert "Expected `str`, got `array`" in problem.en


BENT = {
    "no": with_line(1, "title: no"),
    "no for a switch": RULE + "enabled: no\n",
    "an octal number": with_line(4, "where: {year: 012}"),
    "on as a key": RULE + "on: target\n",
}


@pytest.mark.parametrize(("name", "line"), list(zip(BENT, (1, 8, 4, 8), strict=True)))
def test_a_value_that_yaml_bends_is_an_error(rules: Path, name: str, line: int) -> None:
    (problem,) = problems(rules, BENT[name])
    assert problem.en.startswith(f"{rules / 'trial' / 'wrong.yaml'}:{line}:")


def test_a_duplicate_key_is_an_error(rules: Path) -> None:
    (problem,) = problems(rules, RULE + "check: present\n")
    assert problem.zh.startswith(f"{rules / 'trial' / 'wrong.yaml'}:8:1: 键“check”重复")
    assert problem.en.startswith(f"{rules / 'trial' / 'wrong.yaml'}:8:1: duplicate key 'check'")


@pytest.mark.parametrize("pattern", ["(", "[年", "*"])
def test_a_bad_pattern_is_an_error(rules: Path, pattern: str) -> None:
    (problem,) = problems(rules, with_line(4, f"where: {{metric: {{matches: '{pattern}'}}}}"))
    assert problem.zh.startswith(f"{rules / 'trial' / 'wrong.yaml'}:4:")
    assert f"正则表达式“{pattern}”有误" in problem.zh
    assert f"bad pattern '{pattern}'" in problem.en


@pytest.mark.parametrize(
    "message", ["目标{没有年份", "目标}没有年份", "目标{}没有年份", "目标{0}没有年份", "{quote.x}"]
)
def test_a_message_that_cannot_be_filled_in_is_an_error(rules: Path, message: str) -> None:
    (problem,) = problems(rules, with_line(7, f"message: '{message}'"))
    assert problem.en.startswith(f"{rules / 'trial' / 'wrong.yaml'}:7:")


BROKEN = {
    "an open bracket": ("title: [年份\nseverity: error\n", 2),
    "an open quote": ("title: '年份\n", 2),
    "a tab": ("title: 年份\n\tseverity: error\n", 2),
    "a Python object": ("title: !!python/object/apply:os.getcwd []\n", 1),
    "an unknown alias": ("title: *other\n", 1),
    "a list as a key": ("title: 年份\n? [a, b]\n: c\n", 2),
    "two documents": ("title: 年份\n---\ntitle: 年份\n", 2),
    "an alias inside itself": ("title: &a [*a]\n", 1),
}


@pytest.mark.parametrize(("rule", "line"), BROKEN.values(), ids=BROKEN)
def test_broken_yaml_is_an_error_with_its_place(rules: Path, rule: str, line: int) -> None:
    said = problems(rules, rule)
    assert len(said) == 1
    assert said[0].en.startswith(f"{rules / 'trial' / 'wrong.yaml'}:{line}:")


@pytest.mark.parametrize(
    "rule", [b"", b"# nothing\n", b"\xff\xfe\x00", b"title: \x00\n", "title: 年份\n".encode("gbk")]
)
def test_a_file_that_holds_no_rule_is_an_error_that_names_it(rules: Path, rule: bytes) -> None:
    (problem,) = problems(rules, rule)
    assert problem.en.startswith(str(rules / "trial" / "wrong.yaml"))


HOSTILE = {
    "aliases of aliases": "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9) if before else 'x'}]\n"
        for before, name in zip(["", *"abcdefghij"], "abcdefghijk", strict=True)
    ),
    "brackets without end": "title: " + "[" * 100_000,
}


@pytest.mark.parametrize("rule", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_neither_hangs_nor_crashes(rules: Path, rule: str) -> None:
    (rules / "trial" / "wrong.yaml").write_text(rule, encoding="utf-8")
    program = (
        "import sys, pathlib; from checker.host import host; from checker.rule_reading import load\n"
        "rulebook = load([pathlib.Path(sys.argv[1])], host().checks)\n"
        "print([rule.id for rule in rulebook.rules], len(rulebook.problems) >= 1)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(rules)], capture_output=True, text=True, timeout=10, check=False
    )
    assert (done.stdout, done.returncode) == ("['trial/good'] True\n", 0), done.stderr[-500:]


def test_all_mistakes_of_a_file_are_reported_at_once(rules: Path) -> None:
    rule = RULE.replace("severity: error", "severity: fatal")
    rule = rule.replace("node: target", "node: targt").replace("check: required", "check: requird") + "hlep: 年份\n"
    said = "\n".join(problem.en for problem in problems(rules, rule))
    place = rules / "trial" / "wrong.yaml"
    assert [f"{place}:{line}:" in said for line in (2, 3, 5, 8)] == [True] * 4


def test_all_wrong_names_of_a_rule_are_reported_at_once(rules: Path) -> None:
    rule = RULE.replace("section.role", "section.rol").replace("field", "feild").replace("quote", "qoute")
    assert [problem.en.split(":")[1] for problem in problems(rules, rule)] == ["4", "6", "7"]


def test_a_mistake_is_shown_in_its_line_with_a_caret_under_it(rules: Path) -> None:
    (problem,) = problems(rules, with_line(5, "check: requird"))
    assert problem.zh == (
        f"{rules / 'trial' / 'wrong.yaml'}:5:8: 没有名为“requird”的检查类型；"
        f"可用的：{'、'.join(sorted(host().checks))}。您是不是想写“required”？\n"
        "    check: requird\n"
        "           ^~~~~~~"
    )


def test_the_caret_stands_right_under_its_place_behind_chinese_text_too(rules: Path) -> None:
    (problem,) = problems(rules, with_line(4, "where: {metric: 科学素质, yeer: 2025}"))
    _, line, caret = problem.zh.splitlines()
    before = line[: line.index("yeer")]
    assert caret.index("^") == sum(2 if east_asian_width(char) in "FW" else 1 for char in before)


def test_a_bad_file_does_not_stop_other_packs(rules: Path) -> None:
    (rules / "other").mkdir()
    (rules / "other" / "pack.yaml").write_text("titel: 别的\n", encoding="utf-8")
    (rules / "other" / "year.yaml").write_text(RULE, encoding="utf-8")
    rulebook = read(rules)
    assert [rule.id for rule in rulebook.rules] == ["trial/good"]
    assert any("titel" in problem.zh and "您是不是想写“title”？" in problem.zh for problem in rulebook.problems)
    assert all(problem.zh.startswith(str(rules / "other" / "pack.yaml")) for problem in rulebook.problems)


def test_a_wrong_attribute_in_the_condition_of_a_pack_is_an_error(rules: Path) -> None:
    (rules / "trial" / "pack.yaml").write_text(PACK + "applies_when: {titel: 科学}\n", encoding="utf-8")
    said = read(rules).problems
    assert len(said) == 1
    assert said[0].zh.startswith(f"{rules / 'trial' / 'pack.yaml'}:3:")
    assert "您是不是想写“title”？" in said[0].zh


def test_unless_may_only_name_rules(rules: Path) -> None:
    (rules / "trial" / "late.yaml").write_text(RULE + "unless: [trial/god]\n", encoding="utf-8")
    said = read(rules).problems
    assert len(said) == 1
    assert "trial/god" in said[0].zh
    assert "您是不是想写“trial/good”？" in said[0].zh
    assert said[0].zh.startswith(f"{rules / 'trial' / 'late.yaml'}:8:")


def test_a_folder_may_be_a_pack_itself(rules: Path) -> None:
    assert [rule.id for rule in read(rules / "trial").rules] == ["trial/good"]
