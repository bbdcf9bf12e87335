"""``--fix``: what has only one answer is put right, nothing else is touched, and fixing twice is fixing once."""

from __future__ import annotations

import codecs
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from mutations import Defect, defects
from mutations.draft import Draft

from checker.decoding import decode
from checker.engine import Review, Selection, check_text
from checker.fixing import Fixed, difference, fixed
from checker.model import FileReport, Text
from checker.problems import Unreadable

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path for path in (REPOSITORY / "samples" / "drafts").iterdir() if path.suffix in (".txt", ".md"))
PLANS = sorted((REPOSITORY / "tests" / "plans").glob("*.txt"))
CORPUS = sorted((REPOSITORY.parent / "shared" / "corpus").glob("*.txt"))
REVIEW = Review()
HEAD = "棠城县全民健身实施方案（2021—2025年）\n\n一、总体要求\n"
Fix = Callable[..., Fixed]


def as_it_is(report: FileReport) -> FileReport:
    """Return a report in which nobody has accepted anything."""
    return report


@pytest.fixture
def fix(tmp_path: Path) -> Fix:
    """Return a function that fixes a draft given as characters or bytes."""

    def fix_draft(draft: str | bytes, suffix: str = ".txt", review: Review = REVIEW) -> Fixed:
        path = tmp_path / f"draft{suffix}"
        path.write_bytes(draft.encode() if isinstance(draft, str) else draft)
        return fixed(str(path), review, as_it_is)

    return fix_draft


# ------------------------------------------------------------------------------- what is put right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("（一）支持村(社区)建设。", "（一）支持村（社区）建设。"),
        ("(一)指导思想。做好工作。", "（一）指导思想。做好工作。"),
        ("支持村(社区（小区）)建设。", "支持村（社区（小区））建设。"),
        ("加强领导,明确分工:各负其责;抓好落实.各单位要配合!", "加强领导，明确分工：各负其责；抓好落实。各单位要配合！"),
        ("按照《国务院办公厅关于印发<某某办法>的通知》办理。", "按照《国务院办公厅关于印发〈某某办法〉的通知》办理。"),
        ("按照《关于印发《某某办法》的通知》办理。", "按照《关于印发〈某某办法〉的通知》办理。"),
        ("落实国发[2021]9号和国办发（2022）3号文件。", "落实国发〔2021〕9号和国办发〔2022〕3号文件。"),
        ("到2021-2023年、2024～2025年，7月--9月完成。", "到2021—2023年、2024～2025年，7月—9月完成。"),
        ("普及率提高到12％。", "普及率提高到12%。"),
        (
            "统筹推 进健身设施建设。每年培训 100 人次。建好　场地，办好赛事。",
            "统筹推进健身设施建设。每年培训100人次。建好场地，办好赛事。",
        ),
        ("加强领导，，明确分工。。", "加强领导，明确分工。"),
        ("加强领导,,明确分工,，抓好落实。", "加强领导，明确分工，抓好落实。"),
    ],
)
def test_what_has_one_answer_is_put_right(fix: Fix, wrong: str, right: str) -> None:
    assert fix(f"{HEAD}{wrong}\n").after == f"{HEAD}{right}\n"


@pytest.mark.parametrize(
    "words",
    [
        "建好队伍队伍。",  # which of the two is to be another word?
        "建设“线上”、“线下”平台。",  # 通常 is not always
        '开展"你点我送"活动。',  # which is the left one is for a person to say
        "培训3千人次。",  # 3000, or 三千
        "比例为1:3，时间是10:30，网址是www.example.org/a,b。",
        "落实国办发〔2022〕03号文件。",
        "支持村(社区建设。",
        "加强领导，，，明确分工。",  # an ellipsis, or a gap to be filled in
        "按照《甲<乙》丙>丁》办理。",
        "见《甲》乙》丙》和《关于印发<办法>的通知。",
        "当a<b时，落实《c>d》。",
        "计算f(甲)和=SUM(乙)。",
        "男女比例按男:女为1:1配备。",
        "截至9月——12日是教师节后的工作日。",
        "出席：张 三　李 四　王 五，共三人。",
        "合计 100 200 300，单位：人。",
        "红军不怕远征难 万水千山只等闲，写进教材。",
        "1,建好场地",
    ],
)
def test_what_has_several_is_left_to_a_person(fix: Fix, words: str) -> None:
    one = fix(f"{HEAD}{words}\n")
    assert (one.after, one.edits) == (one.before, {})


def test_each_rule_says_how_many_edits_it_made(fix: Fix) -> None:
    one = fix(f"{HEAD}加强领导,明确(统一)分工。\n")
    assert one.edits == {"gongwen/bracket-width": 2, "gongwen/punctuation-width": 1}
    assert one.refused == ()
    rules = {violation.rule for violation in one.report.violations}
    assert rules.isdisjoint(one.edits), "the report is that of the fixed draft"


# ------------------------------------------------------------------------------ what is not touched


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("gb18030", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("big5", b""),
    ],
)
def test_encoding_and_line_ends_stay(fix: Fix, encoding: str, mark: bytes, end: str) -> None:
    words = f"{HEAD}為做好全縣的工作，加強領導,明確分工。\n" if encoding == "big5" else f"{HEAD}加强领导,明确分工。\n"
    words = words.replace("县", "縣").replace("实", "實").replace("总", "總") if encoding == "big5" else words
    words = (words.replace("总体", "總體") if encoding == "big5" else words).replace("\n", end)
    if encoding == "big5":
        words = words.replace("总體", "總體").replace("总", "總").replace("体", "體")
    was = mark + words.encode(encoding)
    one = fix(was)
    assert one.data == mark + words.replace(",", "，").encode(encoding)


def test_bytes_that_are_no_characters_are_left_alone_and_it_is_said(fix: Fix) -> None:
    damaged = f"{HEAD}加强领导,明确分工。\n".encode() + b"\xff\n"
    with pytest.raises(Unreadable) as wrong:
        fix(damaged)
    assert wrong.value.message.zh == "编码 UTF-8 (DAMAGED) 写不出改正后的文字"


def test_a_format_that_is_not_written_is_left_alone_and_it_is_said(fix: Fix, monkeypatch: pytest.MonkeyPatch) -> None:
    only_read = [replace(reader, write=None) for reader in REVIEW.host.readers]
    monkeypatch.setattr(REVIEW.host, "readers", only_read)
    with pytest.raises(Unreadable) as wrong:
        fix(f"{HEAD}加强领导,明确分工。\n")
    assert wrong.value.message.zh == "这种格式的文件不能自动改正"


def test_what_a_person_has_accepted_stays(fix: Fix) -> None:
    comment = "<!-- plancheck: ignore gongwen/punctuation-width: 引文如此 -->\n"
    one = fix(f"{HEAD}{comment}加强领导,明确分工。\n\n抓好(统一)落实,保证质量。\n")
    assert "加强领导,明确分工。" in one.after
    assert "抓好（统一）落实，保证质量。" in one.after


def test_rules_that_do_not_run_change_nothing(fix: Fix) -> None:
    one = fix(f"{HEAD}加强领导,明确(统一)分工。\n", review=Review(Selection(("gongwen/bracket-width",))))
    assert one.after == f"{HEAD}加强领导,明确（统一）分工。\n"


# ----------------------------------------------------------------- what would lead to something else

GROWS = """\
title: 写十个
severity: warning
node: paragraph
check: pattern
options: {pattern: 甲, must: not-match, fix: 甲甲甲甲甲甲甲甲}
message: 写了甲
"""


def test_edits_that_grow_without_end_are_refused(fix: Fix, tmp_path: Path) -> None:
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "trial" / "grows.yaml").write_text(GROWS, encoding="utf-8")
    one = fix(f"{HEAD}甲甲甲甲\n", review=Review(rules=(str(tmp_path / "trial"),)))
    assert (one.after, one.refused) == (one.before, (("trial/grows", 4),))


def test_many_lines_that_are_refused_end_soon(fix: Fix, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "trial" / "wording.yaml").write_text(LEADS_NOWHERE, encoding="utf-8")
    looks: list[str] = []

    def counted(text: Text, path: str, review: Review) -> FileReport:
        looks.append(path)
        return check_text(text, path, review)

    monkeypatch.setattr("checker.fixing.check_text", counted)
    lines = "".join(f"{number}．加强协作。\n" for number in range(1, 80))
    one = fix(f"{HEAD}{lines}", review=Review(Selection(("trial",)), rules=(str(tmp_path / "trial"),)))
    assert len(one.refused) == 79
    assert len(looks) <= 62


LEADS_TO_ANOTHER = """\
title: 不写“协作”
severity: warning
node: paragraph
check: pattern
options: {pattern: 协作, must: not-match, fix: 协同协同}
message: 写了协作
"""
LEADS_NOWHERE = LEADS_TO_ANOTHER.replace("fix: 协同协同", "fix: 协作")
PACK = "title: 试验\nversion: 0.0.1\n"


@pytest.mark.parametrize("rule", [LEADS_TO_ANOTHER, LEADS_NOWHERE])
def test_edits_that_lead_to_another_violation_or_nowhere_are_refused(fix: Fix, tmp_path: Path, rule: str) -> None:
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "trial" / "wording.yaml").write_text(rule, encoding="utf-8")
    one = fix(f"{HEAD}加强协作,明确分工。\n抓好落实,保证质量。\n", review=Review(rules=(str(tmp_path / "trial"),)))
    assert one.after == f"{HEAD}加强协作，明确分工。\n抓好落实，保证质量。\n", "the others are put right all the same"
    assert one.refused == (("trial/wording", 4),)


# ------------------------------------------------------------------------------------------ always


def assert_mends(one: Fixed, again: Fixed, was: FileReport) -> None:
    """Hold a fixed draft against what a fix promises; ``again`` is it fixed once more, ``was`` the report before."""
    assert again.after == one.after, "fixing twice is fixing once"
    assert again.edits == {}
    before, after = places(was), places(one.report)
    assert {rule: number for rule, number in after.items() if number > before[rule]} == {}, "no violation is created"
    assert letters(one.after) == letters(one.before), "nothing but marks and spaces is touched"
    assert one.after.count("\n") == one.before.count("\n")


def places(report: FileReport) -> Counter[str]:
    counted: Counter[str] = Counter()
    for violation in report.violations:
        counted[violation.rule] += violation.count
    return counted


def letters(text: str) -> list[str]:
    """Return the letters, digits and 汉字 of a text; not 一, which may stand for a dash."""
    return [char for char in text if char.isalnum() and char != "一"]


def report_of(path: Path) -> FileReport:
    from checker.engine import check_file

    return check_file(str(path), REVIEW)


WRONG = {
    "（": "([",
    "）": ")]",
    "，": [",", "，，", ", ", ",,"],
    "。": [".", "。。", "。 "],
    "；": ";",
    "：": ":",
    "—": "-~–",
    "〔": "[(（",
    "〕": "])）",
    "〈": "<《",
    "〉": ">》",
    "%": "％",
    "、": ["、、", "､"],
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from([*SAMPLES, *PLANS]), seed=st.integers(0, 10**6), number=st.integers(1, 25))
def test_a_draft_with_slips_of_all_kinds_is_mended(tmp_path: Path, path: Path, seed: int, number: int) -> None:
    draft = tmp_path / f"draft{path.suffix}"
    draft.write_bytes(with_slips(decode(path.read_bytes())[0], random.Random(seed), number).encode())
    was = report_of(draft)
    one = fixed(str(draft), REVIEW, as_it_is)
    draft.write_bytes(one.data)
    assert_mends(one, fixed(str(draft), REVIEW, as_it_is), was)


def with_slips(text: str, chance: random.Random, number: int) -> str:
    """Return a text in which marks are written in other ways, and spaces stand between characters."""
    chars = list(text)
    marks = [index for index, char in enumerate(chars) if char in WRONG]
    for index in chance.sample(marks, min(number, len(marks))):
        chars[index] = chance.choice(WRONG[chars[index]])
    for _ in range(number // 4):
        chars[chance.randrange(len(chars))] += " "
    return "".join(chars)


@pytest.mark.parametrize("path", CORPUS or [pytest.param(None, marks=pytest.mark.skip("../shared is not here"))])
def test_a_real_plan_is_mended(tmp_path: Path, path: Path) -> None:
    draft = tmp_path / path.name
    draft.write_bytes(path.read_bytes())
    was = report_of(draft)
    one = fixed(str(draft), REVIEW, as_it_is)
    assert one.edits and not one.refused
    draft.write_bytes(one.data)
    assert_mends(one, fixed(str(draft), REVIEW, as_it_is), was)
    assert not any(violation.edits for violation in one.report.violations)


UNDONE = {
    "brackets-half-width",
    "one-bracket-half-width",
    "label-with-half-width-brackets",
    "comma-half-width",
    "semicolon-half-width",
    "full-stop-half-width",
    "percent-sign-full-width",
    "hyphen-between-years",
    "tilde-between-years",
}
"""The kinds of defects of which nothing is left after a fix."""


def some_of_each(enough: int) -> list[Defect]:
    found: dict[str, list[Defect]] = {}
    for path in SAMPLES:
        for case in defects(Draft.read(path)):
            found.setdefault(case.kind, []).append(case)
    assert set(found) >= UNDONE, UNDONE - set(found)
    return [case for kind in sorted(UNDONE) for case in found[kind][:: max(1, len(found[kind]) // enough)][:enough]]


@pytest.mark.parametrize("case", some_of_each(4), ids=str)
def test_a_defect_is_undone(fix: Fix, case: Defect) -> None:
    assert fix(case.text).after == fix(case.draft.source).after


# ---------------------------------------------------------------------------------------- the diff


def test_the_difference_is_a_unified_diff(fix: Fix) -> None:
    one = fix(f"{HEAD}加强领导,明确分工。")
    assert "".join(difference(one)) == (
        f"--- {one.path}\n+++ {one.path}\n@@ -1,4 +1,4 @@\n"
        " 棠城县全民健身实施方案（2021—2025年）\n \n 一、总体要求\n"
        "-加强领导,明确分工。\n\\ No newline at end of file\n"
        "+加强领导，明确分工。\n\\ No newline at end of file\n"
    )
