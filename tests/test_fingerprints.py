"""A fingerprint stays what it is from one round of review to the next, whatever happens around the violation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from mutations.draft import RULEBOOK, Draft, report
from mutations.harmless import CHANGES
from mutations.revisions import MOVED, REVISIONS, bare

from checker.engine import Selection, check_plan, judged
from checker.fingerprints import fingerprinted, unnumbered
from checker.host import host
from checker.model import Span, Violation
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.reader import read
from checker.violations import violation_at

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path for path in (REPOSITORY / "samples" / "drafts").iterdir() if path.suffix in (".txt", ".md"))
PLANS = sorted((REPOSITORY / "tests" / "plans").glob("*.txt"))
DRAFTS = {path.stem: Draft.read(path) for path in (*SAMPLES, *PLANS)}
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")


def lost(before: Iterable[Violation], after: Iterable[Violation]) -> list[str]:
    """Return the violations that are still reported, but under a fingerprint that was not there before."""
    later = list(after)
    known = {one.fingerprint for one in later}
    still = Counter((one.rule, bare(one.message)) for one in later)
    earlier = Counter((one.rule, bare(one.message)) for one in before)
    return [
        f"{one.rule} {one.section_label}: {one.message}"
        for one in before
        if one.fingerprint not in known and still[one.rule, bare(one.message)] >= earlier[one.rule, bare(one.message)]
    ]


def violations(source: str) -> tuple[Violation, ...]:
    """Return what all bundled rules report of a text."""
    return report(parse_text(from_string(source))).violations


def by_message(source: str, *select: str) -> dict[str, str]:
    """Return the fingerprints of what the named rules report of a text, by message."""
    plan = parse_text(from_string(source))
    found = check_plan(plan, "draft", RULEBOOK, Selection(select)).violations
    assert len({one.message for one in found}) == len(found)
    return {one.message: one.fingerprint for one in found}


@pytest.mark.parametrize("name", DRAFTS)
@pytest.mark.parametrize("revision", REVISIONS)
def test_they_survive_a_revision_elsewhere(name: str, revision: str) -> None:
    draft = DRAFTS[name]
    before = draft.report.violations
    if revision in MOVED:  # where numbers jump, the number is wrong and not the heading that now bears it
        before = tuple(one for one in before if one.rule != "plan/numbering")
    assert [gone for text in REVISIONS[revision](draft) for gone in lost(before, violations(text))] == []


def test_every_revision_is_done_to_most_drafts() -> None:
    for revision, change in REVISIONS.items():
        done = [name for name, draft in DRAFTS.items() if any(text != draft.source for text in change(draft))]
        assert len(done) > len(DRAFTS) / 2, revision


@pytest.mark.parametrize("change", CHANGES)
def test_they_survive_a_harmless_change(change: str) -> None:
    found = {}
    for path in SAMPLES:
        draft = DRAFTS[path.stem]
        found[path.stem] = lost(draft.report.violations, violations(CHANGES[change](draft)))
    assert {name: gone for name, gone in found.items() if gone} == {}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_they_are_the_same_in_every_encoding(path: Path, encoding: str) -> None:
    draft = DRAFTS[path.stem]
    text = read(draft.source.encode(encoding), path.name, host().readers)
    before = {one.fingerprint for one in draft.report.violations}
    assert {one.fingerprint for one in report(parse_text(text)).violations} == before


@pytest.mark.parametrize("name", DRAFTS)
def test_no_two_of_a_draft_are_the_same(name: str) -> None:
    found = [one.fingerprint for one in DRAFTS[name].report.violations]
    assert len(set(found)) == len(found)


# ------------------------------------------------------------------------- what makes them what they are

PLAN = """\
棠城县全民健身实施方案（2021—2025年）

一、工作目标
到2025年，全县体育场地达到100个。
二、主要任务
（一）场地行动
1.建好场地。新建一批场地。（县体育局牵头）
2.办好赛事。每年办赛10场。
（二）队伍行动
1.培训队伍。每年培训100人。（县体育局牵头）
2.办好赛事。举办裁判员比赛。
三、进度安排
启动阶段。2021年，制定方案。
推进阶段。2022—2025年，全面推进。
四、组织保障
加强组织领导，落实工作经费。
"""
LEAD = "plan/lead-unit"


def leads(source: str) -> list[tuple[str | None, str]]:
    """Return section and fingerprint of each measure without a lead."""
    found = check_plan(parse_text(from_string(source)), "draft", RULEBOOK, Selection((LEAD,))).violations
    return [(one.section_label, one.fingerprint) for one in found]


def test_the_same_text_in_another_section_has_another() -> None:
    found = leads(PLAN)
    assert [section for section, _ in found] == ["二（一）场地行动", "二（二）队伍行动"]
    assert len({fingerprint for _, fingerprint in found}) == 2


def test_a_section_with_another_title_is_another() -> None:
    changed = leads(PLAN.replace("场地行动", "设施行动"))
    assert changed[0][1] != leads(PLAN)[0][1]
    assert changed[1][1] == leads(PLAN)[1][1]


def test_of_equal_ones_at_most_one_changes_when_the_first_is_mended() -> None:
    equal = PLAN.replace("2.办好赛事。每年办赛10场。", "2.办好赛事。每年办赛10场。\n3.办好赛事。另办一批。")
    both = [fingerprint for section, fingerprint in leads(equal) if section == "二（一）场地行动"]
    assert both == [unnumbered(both[0]), f"{unnumbered(both[0])}-2"]
    mended = equal.replace("每年办赛10场。", "每年办赛10场。（县体育局牵头）")
    assert [fingerprint for section, fingerprint in leads(mended) if section == "二（一）场地行动"] == both[:1]


def test_an_item_without_a_title_is_told_by_its_words() -> None:
    untitled = PLAN.replace("2.办好赛事。每年办赛10场。", "2.组织各类赛事，吸引群众参加。\n3.组织各类培训，办好学校。")
    found = [one for one in leads(untitled) if one[0] == "二（一）场地行动"]
    assert len({unnumbered(fingerprint) for _, fingerprint in found}) == 2
    mended = untitled.replace("吸引群众参加。", "吸引群众参加。（县体育局牵头）")
    assert [one for one in leads(mended) if one[0] == "二（一）场地行动"] == found[1:]


SCIENCE = PLAN.replace("全民健身实施方案", "全民科学素质行动实施方案")
ACTIONS = "science-literacy/required-actions"


def test_a_missing_thing_is_told_by_its_name_wherever_it_is_reported() -> None:
    before = by_message(SCIENCE, ACTIONS)
    assert len(before) == 5
    assert len({unnumbered(fingerprint) for fingerprint in before.values()}) == 5, "all are reported at one heading"
    one_there = SCIENCE.replace("（一）场地行动", "（一）青少年科学素质提升行动")
    gone = set(before) - set(by_message(one_there, ACTIONS))
    assert len(gone) == 1
    assert by_message(one_there, ACTIONS).items() <= before.items()
    elsewhere = SCIENCE.replace("二、主要任务", "二、提升行动")
    assert by_message(elsewhere, ACTIONS) == before


def test_what_is_said_of_the_whole_plan_is_told_by_the_rule() -> None:
    bare_plan = "棠城县全民健身实施方案（2021—2025年）\n\n一、主要任务\n（一）场地行动\n建好场地。（县体育局牵头）\n"
    before = by_message(bare_plan, "plan/stages", "plan/target", "plan/required-sections")
    assert len(before) >= 3, "each of them is reported at the title"
    renamed = bare_plan.replace("实施方案", "行动计划").replace("棠城县", "澜海省棠城县")
    assert by_message(renamed, "plan/stages", "plan/target", "plan/required-sections") == before


def test_a_unit_in_several_places_is_told_by_its_name() -> None:
    roster = PLAN.replace(
        "加强组织领导，落实工作经费。\n",
        "（一）加强领导。成立领导小组，成员单位有县体育局、县教育局。\n",
    )
    named = roster.replace("每年办赛10场。", "每年办赛10场。（县科协牵头）")
    again = named.replace("举办裁判员比赛。", "举办裁判员比赛。（县科协牵头）")
    elsewhere = roster.replace("举办裁判员比赛。", "举办裁判员比赛。（县科协牵头）")
    found = [
        [
            one.fingerprint
            for one in check_plan(
                parse_text(from_string(text)), "draft", RULEBOOK, Selection(("plan/unit-roster",))
            ).violations
        ]
        for text in (named, again, elsewhere)
    ]
    assert len(found[0]) == 1
    assert found[0] == found[1] == found[2]


def test_an_edit_of_the_place_itself_makes_another() -> None:
    assert leads(PLAN.replace("2.办好赛事。每年", "2.办好全县赛事。每年"))[0] != leads(PLAN)[0]


# ------------------------------------------------------------------------------------------ of plugins


def sample(*spans: Span, **more: Any) -> list[Violation]:
    plan = parse_text(from_string(PLAN))
    return [violation_at(plan, span, "own/rule", "不对", **more) for span in spans]


def test_a_plugin_s_violation_has_one_too() -> None:
    at = PLAN.index("每年办赛")
    (one,) = sample(Span(at, at + 4))
    assert re.fullmatch("[0-9a-f]{16}", one.fingerprint)


def test_what_a_plugin_leaves_is_numbered_anew() -> None:
    at, behind = PLAN.index("办好赛事"), PLAN.rindex("办好赛事")
    first, second = fingerprinted(sample(Span(at, at + 4), Span(behind, behind + 4)))
    assert second.fingerprint == f"{first.fingerprint}-2"
    found = report(parse_text(from_string(PLAN)))
    assert [one.fingerprint for one in judged(found, [second], []).violations] == [first.fingerprint]


def test_numbers_that_a_plugin_gives_itself_stay_apart() -> None:
    at = PLAN.index("办好赛事")
    one, *_ = sample(Span(at, at + 4))
    given = [replace(one, fingerprint=name) for name in ("a", "a", "a-2", "a", "", "")]
    names = [made.fingerprint for made in fingerprinted(given)]
    assert len(set(names)) == len(names)
    assert names[0] == "a"


def test_the_number_among_equals_is_told_from_a_fingerprint() -> None:
    assert unnumbered("0123456789abcdef-12") == "0123456789abcdef"
    assert unnumbered("my-fingerprint-2") == "my-fingerprint-2"
