"""A rule file that lies is an error when it is read: where, what, what is allowed, and a guess."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from conftest import REPOSITORY
from drafts import BAD, CONCISE

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


SLIPS = {
    "a full-width colon": (with_line(3, "node：target"), "3:5", "全角冒号“：”", "full-width colon"),
    "a full-width colon in braces": (with_line(6, "options: {field：year}"), "6:11", "field: …", "full-width colon"),
    "a full-width colon below a key": (
        with_line(4, "where:\n  section.role：objectives"),
        "5:3",
        "有全角冒号“：”",
        "full-width colon",
    ),
    "no blank behind a colon": (with_line(3, "node:target"), "3:5", "冒号后面缺空格：写成 node: …", "blank is missing"),
    "no blank in braces": (with_line(6, "options: {field:year}"), "6:11", "冒号后面缺空格", "blank is missing"),
    "a tab": (with_line(4, "where:\n\tyear: 2025"), "5:1", "制表符（Tab）", "a tab in the indentation"),
    "full-width braces": (with_line(6, "options: ｛field: year｝"), "6:10", "要用半角括号“{”", "'{' is needed"),
    "a full-width brace at the end": (with_line(6, "options: {field: year｝"), "6:22", "半角括号“}”", "'}' is needed"),
    "a full-width comma": (with_line(6, "options: {field: year，once: true}"), "6:22", "全角逗号", "full-width comma"),
    "full-width quotes": (
        with_line(2, "severity: “warning”"),
        "2:11",
        "“warning”外面多了全角引号",
        "full-width quotes",
    ),
    "a colon in a text": (
        with_line(7, "message: 目标: {quote}"),
        "7:12",
        "message: '目标: {quote}'",
        "put all of it in",
    ),
    "a brace at the beginning": (with_line(7, "message: {quote}无年份"), "7:10", "值以“{”开头", "begins with '{'"),
    "a sign that begins nothing": (with_line(1, "title: @年份"), "1:8", "值不能以“@”开头", "cannot begin with '@'"),
    "quotes around a part": (with_line(7, "message: '目标'无年份"), "7:10", "引号只括住了一部分", "hold only a part"),
    "two documents": (RULE + "---\n" + RULE, "8:1", "一个文件里只能有一份", "only one document in a file"),
    "a bracket that is not closed": (RULE + "help: [一\n", "8:7", "括号没有闭合", "expected ',' or ']'"),
    "on for node": (RULE.replace("node:", "on:"), "3:1", "您是不是想写“node”？", "Did you mean 'node'?"),
    "a date": (with_line(1, "title: 2021-12-20"), "1:8", "请加引号：'2021-12-20'", "in quotes: '2021-12-20'"),
    "no": (RULE + "enabled: no\n", "8:10", "是非写 true 或 false", "write true or false"),
    "Chinese for a node": (with_line(3, "node: 措施"), "3:7", "您是不是想写“measure”？", "Did you mean 'measure'?"),
    "Chinese for a severity": (with_line(2, "severity: 警告"), "2:11", "是不是想写“warning”？", "mean 'warning'?"),
    "Chinese for a check": (with_line(5, "check: 不能为空"), "5:8", "是不是想写“required”？", "mean 'required'?"),
    "Chinese for a role": (
        with_line(4, "where: {section.role: 行动}"),
        "4:23",
        "是不是想写“actions”？",
        "mean 'actions'?",
    ),
    "Chinese for a key": (RULE + "依据: 第一条\n", "8:1", "您是不是想写“basis”？", "Did you mean 'basis'?"),
}


@pytest.mark.parametrize(("given", "place", "zh", "en"), SLIPS.values(), ids=SLIPS)
def test_a_slip_of_the_hand_is_told_at_its_place_with_what_should_stand_there(
    rules: Path, given: str, place: str, zh: str, en: str
) -> None:
    (problem,) = problems(rules, given)
    assert [words.startswith(f"{rules / 'trial' / 'wrong.yaml'}:{place}: ") for words in problem] == [True, True]
    assert zh in problem.zh
    assert en in problem.en


def test_every_full_width_colon_is_told_at_once(rules: Path) -> None:
    told = [problem.zh.split(":")[1] for problem in problems(rules, RULE.replace(": ", "："))]
    assert told == ["1", "2", "3", "4", "5", "6", "7"]


def test_a_text_below_a_bar_may_hold_any_signs(rules: Path) -> None:
    given = RULE + "help: |\n  牵头单位：县教育局\n  a:b ｛c｝\n\n  d：e\nnode:target\n"
    (problem,) = problems(rules, given)
    assert problem.zh.startswith(f"{rules / 'trial' / 'wrong.yaml'}:13:5: 冒号后面缺空格")


@pytest.mark.parametrize(("encoding", "guess"), [("gb18030", "GB18030"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16")])
def test_a_file_in_another_encoding(rules: Path, encoding: str, guess: str) -> None:
    (problem,) = problems(rules, RULE.encode(encoding))
    assert problem.zh.endswith(f": 不是 UTF-8 编码，请另存为 UTF-8（像是 {guess}）")
    assert problem.en.endswith(f": not in UTF-8, save it as UTF-8 (it looks like {guess})")


@pytest.mark.parametrize("given", ["", "# 只有说明\n", "---\n"])
def test_an_empty_file_is_told_what_belongs_in_it(rules: Path, given: str) -> None:
    (problem, *_) = problems(rules, given)
    assert "文件是空的；里面要有 title、severity、node、check、message" in problem.zh
    assert "it has to hold title, severity, node, check, message" in problem.en


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
    "an open quote": ("title: '年份\n", 1),
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


# ------------------------------------------------------------- conditions that never hold


def where(condition: str, node: str = "target") -> str:
    """Return the good rule for another kind of node with another condition, in line 4."""
    rule = with_line(4, f"where: {{{condition}}}")
    if node == "target":
        return rule
    field, message = {"measure": ("leads", "title"), "citation": ("number", "title"), "plan": ("title", "title")}[node]
    return (
        rule.replace("node: target", f"node: {node}")
        .replace("field: year", f"field: {field}")
        .replace("{quote}", f"{{{message}}}")
    )


NEVER_FITS = {
    "a number in quotes": (where("year: '2025'"), "应为数"),
    "a number in quotes in a list": (where("year: [2024, '2025']"), "应为数"),
    "nothing": (where("year: null"), "{missing: true}"),
    "nothing, written as nothing": (where("year: "), "{missing: true}"),
    "nothing in a list": (where("year: [2025, null]"), "{missing: true}"),
    "true for a number": (where("year: true"), "应为数"),
    "a number for a text": (where("unit: 5"), "应为文字"),
    "true for a text": (where("unit: true"), "应为文字"),
    "a text for true": (where("introduced: 'true'", "citation"), "true 或 false"),
    "a number for true": (where("introduced: 1", "citation"), "true 或 false"),
    "a text that is no day": (where("signed_date: soon", "plan"), "日期"),
    "an empty list": (where("year: []"), "列表是空的"),
    "an empty condition": (where("year: {}"), "条件是空的"),
    "a list in a list": (where("year: [[2025]]"), "应为数"),
    "a value for a node": (where("section: 一"), "missing"),
    "a text that is compared with a number": (where("year: {ge: '2021'}"), "应为数"),
    "nothing that is compared": (where("year: {ge: null}"), "应为数"),
    "true that is compared": (where("year: {lt: true}"), "应为数"),
    "more than a text": (where("unit: {gt: 个}"), "matches"),
    "a pattern for a number": (where("year: {matches: '202.'}"), "missing"),
    "a pattern for true and false": (where("introduced: {matches: true}", "citation"), "missing"),
    "a relation for several texts": (where("leads: {ge: 1}", "measure"), "matches"),
    "a relation for a node": (where("section: {gt: 1}"), "missing"),
    "a pattern for a node": (where("section: {matches: 目标}"), "missing"),
    "missing with a text": (where("year: {missing: 'yes'}"), "true 或 false"),
    "missing with nothing": (where("year: {missing: null}"), "true 或 false"),
    "an unknown value of few": (where("per: yearly"), "year"),
    "an unknown value of few, behind a path": (where("section.role: goals"), "objectives"),
    "a pattern that none of few values matches": (where("section.role: {matches: 目标}"), "objectives"),
    "a list for a pattern": (where("unit: {matches: [个, 项]}"), "文字"),
    "an attribute behind a text": (where("unit.name: 个"), "unit"),
    "an attribute behind several nodes": (where("section.children.title: 目标"), "children"),
    "a path that ends in a dot": (where("section.: 目标"), "属性"),
    "a text that is there and is missing": (where("unit: {matches: 个, missing: true}"), "missing"),
    "more than five and less than three": (where("value: {gt: 5, lt: 3}"), "5"),
    "an empty text, which counts as missing": (where("unit: ''"), "{missing: true}"),
    "what is no number": (where("value: .nan"), "数"),
    "a path with a blank": (where("'section. role': objectives"), "role"),
}


@pytest.mark.parametrize(("rule", "word"), NEVER_FITS.values(), ids=NEVER_FITS)
def test_a_condition_that_never_holds_is_an_error(rules: Path, rule: str, word: str) -> None:
    (problem,) = problems(rules, rule)
    place = f"{rules / 'trial' / 'wrong.yaml'}:4:"
    assert problem.zh.startswith(place)
    assert problem.en.startswith(place)
    assert word in problem.zh


FITS = {
    "a number": where("value: 14.5"),
    "a whole number for one with a fraction": where("value: {ge: 14}"),
    "a list": where("unit: [个, 项]"),
    "a list of one": where("year: [2025]"),
    "a day in quotes": where("signed_date: {ge: '2021-12-20'}", "plan"),
    "missing nodes": where("section: {missing: true}"),
    "a pattern that some of few values match": where("section.role: {matches: '^action'}"),
    "two operators": where("year: {ge: 2021, le: 2025}"),
    "none": where(""),
}


@pytest.mark.parametrize("rule", FITS.values(), ids=FITS)
def test_a_condition_that_may_hold_is_none(rules: Path, rule: str) -> None:
    (rules / "trial" / "also.yaml").write_text(rule, encoding="utf-8")
    assert read(rules).problems == ()


# ------------------------------------------------------------------------------- patterns

PATTERN_RULE = """\
title: 标题不写“牵头”
severity: info
node: section
check: pattern
options:
  pattern: '{pattern}'
message: 标题“{{title}}”不合要求
"""


def pattern_rule(pattern: str) -> str:
    return PATTERN_RULE.format(pattern=pattern)


BAD_PATTERNS = {
    "an open bracket": ("（(牵头", "有误"),
    "an open class": ("[年", "有误"),
    "a repeat of nothing": ("*牵头", "有误"),
    "an unknown group": (r"(?P=名)", "有误"),
    "a look-behind that is open": ("(?<=牵头", "有误"),
    "an alternative of nothing": ("牵头*|", "等于没有条件"),
    "a leading alternative of nothing": ("|牵头", "等于没有条件"),
    "anything": (".*", "等于没有条件"),
    "nothing": ("", "等于没有条件"),
    "perhaps something": ("(?:牵头)?", "等于没有条件"),
    "any character or none": (r"[\s\S]*", "等于没有条件"),
    "the start": ("^", "等于没有条件"),
    "the end": ("$", "等于没有条件"),
    "something behind the end": ("年$到", "不可能匹配"),
    "something before the start": ("到^年", "不可能匹配"),
    "the end in both branches": ("(?:年$到|月$底)", "不可能匹配"),
    "a class of nothing": (r"[^\s\S]", "不可能匹配"),
    "never": ("(?!)", "不可能匹配"),
    "traditional characters": ("牽頭單位", "请写“牵头单位”"),
    "a traditional character in a class": ("[牵牽]头", "繁体"),
}


@pytest.mark.parametrize(("pattern", "word"), BAD_PATTERNS.values(), ids=BAD_PATTERNS)
def test_a_pattern_that_says_nothing_is_an_error_in_an_option(rules: Path, pattern: str, word: str) -> None:
    (problem,) = problems(rules, pattern_rule(pattern))
    assert problem.zh.startswith(f"{rules / 'trial' / 'wrong.yaml'}:6:12: 正则表达式“{pattern}”")
    assert word in problem.zh


@pytest.mark.parametrize(("pattern", "word"), BAD_PATTERNS.values(), ids=BAD_PATTERNS)
def test_a_pattern_that_says_nothing_is_an_error_in_a_condition(rules: Path, pattern: str, word: str) -> None:
    (problem,) = problems(rules, with_line(4, f"where: {{metric: {{matches: '{pattern}'}}}}"))
    assert problem.zh.startswith(f"{rules / 'trial' / 'wrong.yaml'}:4:27: 正则表达式“{pattern}”")
    assert word in problem.zh


def test_a_pattern_in_a_list_of_an_option_is_tried_too(rules: Path) -> None:
    rule = (
        "title: 用词一致\nseverity: info\nnode: clause\ncheck: consistent\nmessage: 用“{written}”\noptions:\n"
        "  of: text\n  variants:\n    - {name: 配合, pattern: 配合}\n    - {name: 参加, pattern: '参加|'}\n"
    )
    (problem,) = problems(rules, rule)
    assert problem.zh.startswith(f"{rules / 'trial' / 'wrong.yaml'}:10:27: 正则表达式“参加|”")


GOOD_PATTERNS = [
    "牵头",
    "^[一二三]",
    "行动$",
    "^$",
    "^工作目标$",
    "(?i)abc",
    r"\d{4}年",
    "(?<=到)2025",
    "(?!牵头)配合",
    "牵头|配合",
    r"(?P<年>20\d\d)年.*\b",
    r"\p{Han}{3}",
    "[^，。]",
    "[\u4e00-\u9fff]{30}",
    "年(?=$)",
    "(?m)年$",
    "(?:牵头)?配合",
    "里程|台账|干部|后续|制度|准备",
]


@pytest.mark.parametrize("pattern", GOOD_PATTERNS)
def test_a_pattern_that_says_something_is_none(rules: Path, pattern: str) -> None:
    (rules / "trial" / "also.yaml").write_text(pattern_rule(pattern), encoding="utf-8")
    assert [problem.zh for problem in read(rules).problems] == []


def test_a_pattern_that_may_take_for_ever_does_not_hang_the_reading(rules: Path) -> None:
    (rules / "trial" / "also.yaml").write_text(pattern_rule("(县|县县|.)+(年|年年)+$#"), encoding="utf-8")
    assert "trial/good" in [rule.id for rule in read(rules).rules]


# -------------------------------------------------------------------------------- options


def rule(node: str, check: str, options: str, message: str = "不合要求") -> str:
    """Return a rule whose options stand in line 5."""
    return f"title: 试验\nseverity: info\nnode: {node}\ncheck: {check}\noptions: {{{options}}}\nmessage: '{message}'\n"


BAD_OPTIONS = {
    "a check of headings on measures": (rule("measure", "sequence", ""), 3, "heading"),
    "a check of citations on sections": (rule("section", "registered", ""), 3, "citation"),
    "a check of stages on targets": (rule("target", "timeline", "require: cover"), 3, "stage"),
    "the units of a section": (rule("section", "unique", "of: units"), 5, "clause"),
    "a year where there is none": (rule("section", "present", "year: last"), 5, "year"),
    "the words of a node without a text": (rule("unit", "unique", "of: words"), 5, "text"),
    "a pattern on a node without words": (rule("roster", "pattern", "pattern: 局"), 5, "field"),
    "a pattern in a number": (rule("target", "pattern", "pattern: 局, field: year"), 5, "文字"),
    "a pattern in a node": (rule("target", "pattern", "pattern: 局, field: section"), 5, "文字"),
    "how many values a text has": (rule("target", "count", "field: unit, min: 1"), 5, "列表"),
    "a number that equals a text": (rule("stated_count", "count", "field: actual, equals: of"), 5, "数"),
    "several texts in one way": (rule("measure", "consistent", "of: leads"), 5, "文字"),
    "wordings in a number": (rule("target", "covers", "items: [{name: 一}], field: year"), 5, "文字"),
    "a text compared with a number": (rule("target", "compare", "field: unit, with: year, relation: same"), 5, "类型"),
    "a text that is less": (rule("target", "compare", "field: unit, than: 个, relation: lt"), 5, "比大小"),
    "a number that contains": (rule("target", "compare", "field: year, than: 2, relation: contains"), 5, "文字"),
    "a number against a text": (rule("target", "compare", "field: year, than: '2', relation: lt"), 5, "类型"),
    "a comparison with nothing": (rule("target", "compare", "field: year, relation: lt"), 5, "with"),
    "a comparison with two things": (
        rule("target", "compare", "field: year, with: value, than: 5, relation: lt"),
        5,
        "with",
    ),
    "a comparison with itself": (rule("target", "compare", "field: year, with: year, relation: same"), 5, "自身"),
    "an unknown relation": (rule("target", "compare", "field: year, than: 5, relation: less"), 5, "lt"),
    "an unknown attribute": (rule("target", "compare", "field: yaer, than: 5, relation: lt"), 5, "year"),
    "an unknown option of a check with rules of its own": (rule("target", "count", "mn: 3"), 5, "min"),
    "one unknown option beside good ones": (rule("target", "count", "min: 3, mx: 4"), 5, "max"),
    "no option where one is needed": (rule("target", "count", ""), 5, "min"),
    "no option where a field is needed": (rule("target", "required", ""), 5, "field"),
    "no items": (rule("section", "covers", "items: []"), 5, "最小为 1"),
    "an item without a name": (rule("section", "covers", "items: [{wordings: [一]}]"), 5, "name"),
    "an item with an empty name": (rule("section", "covers", "items: [{name: ''}]"), 5, "最小为 1"),
    "an item with an empty wording": (rule("section", "covers", "items: [{name: 一, wordings: ['']}]"), 5, "最小为 1"),
    "texts for items": (rule("section", "covers", "items: [青少年]"), 5, "object"),
    "an unknown place": (rule("section", "covers", "items: [{name: 一}], report_at: [goals]"), 5, "objectives"),
    "a share of more than all": (rule("clause", "consistent", "of: text, max_share: 2"), 5, "最大为 0.5"),
    "a share of nothing": (rule("clause", "consistent", "of: text, max_share: 0"), 5, "应大于 0"),
    "a word of no characters": (rule("sentence", "unique", "of: words, min_length: 0"), 5, "应在 1 到 50 之间"),
    "a word of half a character": (rule("sentence", "unique", "of: words, min_length: 1.5"), 5, "整数"),
    "words beside phrases": (rule("sentence", "unique", "of: phrases, also: 的的"), 5, "words"),
    "phrases taken up beside words": (rule("sentence", "unique", "of: words, taken_up: 6"), 5, "phrases"),
    "sentences alike in nothing": (rule("sentence", "unique", "of: phrases, alike: [0, 6]"), 5, "应在 1 到 50 之间"),
    "a field of units": (rule("clause", "unique", "of: units, field: text"), 5, "field"),
    "phrases in a row beside words": (rule("sentence", "unique", "of: words, in_a_row: 4"), 5, "phrases"),
    "no items of a wording": (rule("paragraph", "wording", "items: []"), 5, "空的"),
    "an item of a wording without a name": (rule("paragraph", "wording", "items: [{name: ''}]"), 5, "长度最小为 1"),
    "nodes to ignore": (rule("section", "unique", "of: nodes, ignore: 甲"), 5, "words"),
    "bounds that leave nothing": (rule("target", "count", "min: 3, max: 2"), 5, "min 大于 max"),
    "a bound that everything keeps": (rule("target", "count", "min: 0"), 5, "任何数量都符合"),
    "more than a negative number": (rule("target", "count", "min: -1"), 5, "任何数量都符合"),
    "less than nothing": (rule("target", "count", "max: -1"), 5, "max"),
    "what nodes themselves equal": (rule("stated_count", "count", "equals: stated"), 5, "field"),
    "a list without names": (rule("unit", "member", "in: []"), 5, "空"),
    "an unknown list": (rule("unit", "member", "in: rooster"), 5, "roster"),
    "an unknown register": (rule("citation", "registered", "register: document"), 5, "documents"),
    "an empty register": (rule("citation", "registered", "register: []"), 5, "空"),
    "a pair of one mark": (rule("paragraph", "balanced", "pairs: ['（']"), 5, "2"),
    "no pairs": (rule("paragraph", "balanced", "pairs: []"), 5, "最小为 1"),
    "a pair of the same mark twice": (rule("paragraph", "balanced", "pairs: ['||']"), 5, "||"),
    "a fix of what has to match": (rule("section", "pattern", "pattern: 局, fix: 厅"), 5, "must: match"),
    "a fix with a group that there is not": (
        rule("section", "pattern", "pattern: 局, must: not-match, fix: '\\1'"),
        5,
        "fix",
    ),
    "an unknown way": (rule("section", "pattern", "pattern: 局, must: not_match"), 5, "not-match"),
    "within the stages": (rule("stage", "timeline", "require: within"), 5, "plan"),
    "a wording without a level word or a pattern": (rule("paragraph", "wording", "items: [{name: 安全感}]"), 5, "层级"),
    "a further wording of that kind": (
        rule("paragraph", "wording", "items: terms, more: [{name: 安全感}]"),
        5,
        "层级",
    ),
    "a wording with a broken pattern": (
        rule("paragraph", "wording", "items: [{name: 甲, pattern: '('}]"),
        5,
        "有误",
    ),
    "a wording that anything bends": (
        rule("paragraph", "wording", "items: [{name: 甲, pattern: '甲|'}]"),
        5,
        "匹配空文字",
    ),
    "wordings of no such list": (rule("paragraph", "wording", "items: phrase"), 5, "phrases"),
    "wordings in a node without a text": (rule("roster", "wording", "items: terms"), 5, "field"),
    "fixed wordings in a number": (rule("target", "wording", "items: terms, field: year"), 5, "文字"),
    "none of some and of all": (rule("unit", "absent", "once: true, by: name"), 5, "只写一个"),
    "none by several texts": (rule("measure", "absent", "by: leads"), 5, "文字"),
    "groups by several texts": (rule("measure", "consistent", "of: title, by: [title, leads]"), 5, "文字"),
    "groups by an unknown attribute": (rule("target", "consistent", "of: value, by: [subjct]"), 5, "subject"),
    "an unknown place of what is missing": (
        rule("plan", "required", "field: roster, report_at: [foreword]"),
        5,
        "preamble",
    ),
    "nothing yet, and something": (
        rule("target", "compare", "field: year, with: value, than: null, relation: lt"),
        5,
        "with",
    ),
    "a text that is less than what nobody knows yet": (
        rule("target", "compare", "field: unit, than: null, relation: lt"),
        5,
        "比大小",
    ),
    "a further entry without a title": (rule("citation", "registered", "more: [{number: 一号}]"), 5, "title"),
    "a plan that is covered": (rule("plan", "timeline", "require: cover"), 5, "stage"),
}


@pytest.mark.parametrize(("given", "line", "word"), BAD_OPTIONS.values(), ids=BAD_OPTIONS)
def test_options_that_make_no_sense_are_an_error(rules: Path, given: str, line: int, word: str) -> None:
    (problem,) = problems(rules, given)
    for words in problem:
        assert words.startswith(f"{rules / 'trial' / 'wrong.yaml'}:{line}:")
    assert word in problem.zh


# ------------------------------------------------------------------------------- examples

BAD_EXAMPLES = {
    "a bad one that does not say where": ("  bad:\n    - plan: 一、工作目标\n", 10, "at"),
    "a bad one with no lines": ("  bad:\n    - {at: [], plan: 一、工作目标}\n", 10, "at"),
    "a line that it does not have": ("  bad:\n    - {at: [2], plan: 一、工作目标}\n", 10, "只有 1 行"),
    "a line before the first": ("  bad:\n    - {at: [0], plan: 一、工作目标}\n", 10, "没有第 0 行"),
    "one line of several": ("  bad:\n    - {at: [1, 7], plan: 一、工作目标}\n", 10, "没有第 7 行"),
    "a number for the lines": ("  bad:\n    - {at: 1, plan: 一、工作目标}\n", 10, "列表"),
    "a text for a line": ("  bad:\n    - {at: ['1'], plan: 一、工作目标}\n", 10, "整数"),
    "a good one that is reported": ("  good:\n    - {at: [1], plan: 一、工作目标}\n", 10, "at"),
    "one without a plan": ("  good:\n    - why: 没有目标\n", 10, "plan"),
    "one with an empty plan": ("  good:\n    - plan: ''\n", 10, "最小为 1"),
    "a text for a list": ("  good: 一、工作目标\n", 9, "列表"),
    "another kind": ("  ugly:\n    - plan: 一、工作目标\n", 9, "good"),
}


@pytest.mark.parametrize(("examples", "line", "word"), BAD_EXAMPLES.values(), ids=BAD_EXAMPLES)
def test_an_example_that_cannot_be_tried_is_an_error(rules: Path, examples: str, line: int, word: str) -> None:
    (problem,) = problems(rules, f"{RULE}examples:\n{examples}")
    assert problem.zh.startswith(f"{rules / 'trial' / 'wrong.yaml'}:{line}:")
    assert word in problem.zh


# ------------------------------------------------------------------------------- messages


@pytest.mark.parametrize(
    "message",
    [
        "{quote!r}",
        "{quote!x}",
        "{quote:>3}",
        "{quote[0]}",
        "{year:{count}}",
        "{section[title]}",
        "{quote.upper}",
        "{section.titel}",
        "{section.title.text}",
        "{section.}",
        "{__class__}",
        "{quote.__class__}",
        "{ quote }",
        "{quote",
        "quote}",
        "{}",
        "{0}",
    ],
)
@pytest.mark.parametrize("key", ["message", "message_en"])
def test_a_message_takes_fields_and_paths_only(rules: Path, message: str, key: str) -> None:
    given = with_line(7, f"message: '{message}'") if key == "message" else f"{RULE}message_en: '{message}'\n"
    (problem,) = problems(rules, given)
    assert problem.zh.startswith(f"{rules / 'trial' / 'wrong.yaml'}:{7 if key == 'message' else 8}:")


@pytest.mark.parametrize(
    "message", ["{quote}", "{section.title}{count}", "{{不是字段}}", "没有字段", "{section.parent.title}"]
)
def test_a_message_that_can_be_filled_in(rules: Path, message: str) -> None:
    (rules / "trial" / "also.yaml").write_text(with_line(7, f"message: '{message}'"), encoding="utf-8")
    assert read(rules).problems == ()


def test_a_message_names_what_the_check_gives(rules: Path) -> None:
    (rules / "trial" / "also.yaml").write_text(rule("target", "count", "min: 2", "{number}个"), encoding="utf-8")
    assert read(rules).problems == ()


def test_a_message_does_not_name_what_another_check_gives(rules: Path) -> None:
    (problem,) = problems(rules, rule("target", "count", "min: 2", "{missing}年"))
    assert "number" in problem.zh


# --------------------------------------------------------------------------- hostile files


def test_nesting_without_end_is_named_with_its_place(rules: Path) -> None:
    (problem,) = problems(rules, "title: " + "[" * 50 + "]" * 50 + "\n")
    assert problem.zh.startswith(f"{rules / 'trial' / 'wrong.yaml'}:1:")
    assert "嵌套太深" in problem.zh


def test_too_many_aliases_are_named_with_their_place(rules: Path) -> None:
    given = "title: &a 试验\nhelp:\n" + "".join("  - *a\n" for _ in range(40))
    (problem,) = problems(rules, given)
    assert problem.zh.startswith(f"{rules / 'trial' / 'wrong.yaml'}:")
    assert "别名" in problem.zh


def test_a_few_aliases_are_fine(rules: Path) -> None:
    given = with_line(7, "message: &said 目标没有年份") + "help: *said\n"
    (rules / "trial" / "also.yaml").write_text(given, encoding="utf-8")
    assert read(rules).problems == ()


def test_a_file_of_two_megabytes_is_refused_at_once(rules: Path) -> None:
    (problem,) = problems(rules, RULE + "# " + "x" * 2_000_000 + "\n")
    assert "文件太大" in problem.zh


def test_a_file_of_two_megabytes_of_chinese_is_refused_in_the_same_words(rules: Path) -> None:
    (problem,) = problems(rules, RULE + "# " + "县" * 2_000_000 + "\n")
    assert "文件太大" in problem.zh


# ------------------------------------------------------------------- how a mistake is told


def test_mistakes_in_every_part_of_a_rule_are_told_at_once(rules: Path) -> None:
    given = (
        "titel: 试验\n"
        "severity: fatal\n"
        "node: target\n"
        "where: {yeer: 2025, unit: 5}\n"
        "check: required\n"
        "options: {feild: year}\n"
        "message: '{qoute}'\n"
        "enabled: no\n"
        "examples:\n"
        "  bad:\n"
        "    - {plan: 一、工作目标, att: [1]}\n"
    )
    told = [int(problem.en.split(":")[1]) for problem in problems(rules, given)]
    assert sorted(told) == [1, 2, 4, 4, 6, 7, 8, 11]


def test_an_unknown_key_hides_no_other_mistake(rules: Path) -> None:
    given = RULE.replace("{quote}", "{quote") + (
        "hlep: 写明年份\n"
        "unless: [trial/god]\n"
        "examples:\n"
        "  bad:\n"
        "    - plan: 一、工作目标\n"
        "    - {plan: 一、工作目标, at: [2]}\n"
        "  good:\n"
        "    - {plan: 一、工作目标, at: [1]}\n"
    )
    told = [int(problem.en.split(":")[1]) for problem in problems(rules, given)]
    assert sorted(told) == [7, 8, 9, 12, 13, 15]


@pytest.mark.parametrize(
    ("message", "column", "zh", "en"),
    [
        ("目标{quote没有", 13, "“{”没有闭合；您是不是想写 {quote", "'{' is never closed; did you mean {quote"),
        ("目标quote}没有", 18, "“}”前面没有“{”；要写花括号本身就写两个：}}", "'}' closes nothing"),
        ("{quote}、{quote", 19, "“{”没有闭合", "never closed"),
        ("目标｛quote｝没有", 13, "写成 {quote}", "write {quote}"),
        ("目标{qoute}没有", 13, "您是不是想写“quote”？", "Did you mean 'quote'?"),
    ],
)
def test_a_brace_of_a_message_is_told_at_its_place(rules: Path, message: str, column: int, zh: str, en: str) -> None:
    (problem,) = problems(rules, with_line(7, f"message: '{message}'"))
    assert problem.zh.startswith(f"{rules / 'trial' / 'wrong.yaml'}:7:{column}: ")
    assert zh in problem.zh
    assert en in problem.en


def test_a_brace_and_wrong_fields_of_a_message_are_told_at_once(rules: Path) -> None:
    given = with_line(7, "message: 目标{qoute}到{yaer}{quote没有年份")
    assert [int(problem.zh.split(":")[2]) for problem in problems(rules, given)] == [12, 20, 26]


def test_braces_are_looked_at_even_where_the_check_is_unknown(rules: Path) -> None:
    given = with_line(5, "check: requird").replace("{quote}", "{quote")
    assert [problem.zh.split(":")[1] for problem in problems(rules, given)] == ["5", "7"]


@pytest.mark.parametrize(("key", "word"), [("options", "optoins"), ("node", "noed"), ("examples", "exmaples")])
def test_what_stands_under_a_misspelt_key_is_not_missing(rules: Path, key: str, word: str) -> None:
    given = (RULE + "examples: {}\n").replace(f"{key}:", f"{word}:")
    (problem,) = problems(rules, given)
    assert f"您是不是想写“{key}”？" in problem.zh


def test_what_stands_under_a_misspelt_key_is_looked_at(rules: Path) -> None:
    given = with_line(6, "optoins: {field: yeer}")
    assert [problem.zh.split(":")[2] for problem in problems(rules, given)] == ["1", "18"]


@pytest.mark.parametrize("value", ["' 个'", "'个 '", "[项, '个　']"])
def test_blanks_around_a_value_never_fit(rules: Path, value: str) -> None:
    (problem,) = problems(rules, where(f"unit: {value}"))
    assert "首尾有空格，不会符合；写成“个”" in problem.zh
    assert "write '个'" in problem.en


def test_mistakes_are_told_in_the_order_of_the_file(rules: Path) -> None:
    given = RULE.replace("severity: error", "severity: fatal").replace("quote", "qoute").replace("year}", "yeer}")
    told = [int(problem.en.split(":")[1]) for problem in problems(rules, given)]
    assert told == sorted(told)


CARETS = {
    "a word of half-width letters": (with_line(5, "check: requird"), "requird"),
    "a key": (with_line(4, "where: {yeer: 2025}"), "yeer"),
    "a word of Chinese characters": (with_line(4, "where: {section.role: 工作目标}"), "工作目标"),
    "a word behind Chinese characters": (with_line(4, "where: {metric: 科学素质, yeer: 2025}"), "yeer"),
    "a word in quotes, with them": (with_line(5, "check: 'requird'"), "'requird'"),
    "one item of a list": (with_line(4, "where: {section.role: [objectives, goals]}"), "goals"),
}


@pytest.mark.parametrize(("given", "word"), CARETS.values(), ids=CARETS)
def test_the_caret_is_as_wide_as_the_word(rules: Path, given: str, word: str) -> None:
    (problem,) = problems(rules, given)
    _, line, caret = problem.zh.splitlines()
    wide = [
        sum(2 if east_asian_width(char) in "FW" else 1 for char in part) for part in (line[: line.index(word)], word)
    ]
    assert caret == " " * wide[0] + "^" + "~" * (wide[1] - 1)


WRONG = {name: given for name, (given, *_) in {**NEVER_FITS, **BAD_OPTIONS, **BAD_EXAMPLES, **MISTAKES}.items()}


@pytest.mark.parametrize("given", WRONG.values(), ids=WRONG)
def test_every_mistake_is_told_in_english_too(rules: Path, given: str) -> None:
    wrong = given if given.startswith("title") else f"{RULE}examples:\n{given}"
    (rules / "trial" / "wrong.yaml").write_text(wrong, encoding="utf-8")
    for problem in read(rules).problems:
        said = problem.en.splitlines()[0].partition(": ")[2]
        quoted = re.sub(r"'[^']*'|《[^》]*》", "", said)
        assert not re.search("[\u4e00-\u9fff]", quoted), said


Checkout = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Return a function that runs the command on a bad draft with one more bundled rule, ``plan/wrong``."""
    for name in ("checker", "grammars", "rules", "plugins"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "draft.txt").write_text(BAD, encoding="utf-8")
    command = [sys.executable, "-m", "checker", "check", "draft.txt", "--format", "concise"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PLANCHECK_CACHE_DIR": str(tmp_path / ".cache")}

    def run(wrong: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "rules" / "plan" / "wrong.yaml").write_text(wrong, encoding="utf-8")
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
        )

    return run


def test_a_bad_rule_file_beside_good_ones_ends_in_status_2(checkout: Checkout, tmp_path: Path) -> None:
    for _ in range(2):  # the second time with what the first has kept
        done = checkout(with_line(5, "check: requird"))
        undone = "draft.txt: plan/wrong: 未能执行（规则文件有错）\n"
        assert done.stdout == f"draft.txt:{CONCISE}{undone}", "the other rules go on"
        wrong = tmp_path / "rules" / "plan" / "wrong.yaml"
        assert done.stderr.startswith(f"plancheck: {wrong}:5:8: 没有名为“requird”的检查类型")
        assert done.returncode == 2


def test_a_rule_file_that_is_mended_is_read_anew(checkout: Checkout) -> None:
    assert checkout(with_line(5, "check: requird")).returncode == 2
    mended = checkout(RULE)
    assert (mended.stdout, mended.stderr, mended.returncode) == (f"draft.txt:{CONCISE}", "", 1)


@pytest.mark.parametrize("line", ['check: "\\e]0;red\\a"', 'check: "\\x9b31m\\u202e"', 'title: ["\\e[31m"]'])
def test_a_rule_file_cannot_command_the_terminal(checkout: Checkout, line: str) -> None:
    number = 1 if line.startswith("title") else 5
    done = checkout(with_line(number, line))
    assert done.returncode == 2
    assert not set("\x1b\x07\x9b\u202e") & set(done.stdout + done.stderr)


@pytest.mark.parametrize("options", ["mn: 3", "min: 3, max: 2", "min: [3]", "min: 3, field: title"])
def test_no_mistake_in_options_is_a_fault_of_plancheck(checkout: Checkout, options: str) -> None:
    done = checkout(rule("target", "count", options))
    assert "Traceback" not in done.stderr
    undone = "draft.txt: plan/wrong: 未能执行（规则文件有错）\n"
    assert (done.stdout, done.returncode) == (f"draft.txt:{CONCISE}{undone}", 2)
