"""Defects of the names of units: slips, other names of one unit, prefixes, the roster."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from checker.model import Span, Unit
from mutations.clauses import of_part, readable
from mutations.defect import Change, Edit, defect, replaced
from mutations.draft import LEVELS, Draft

SLIP = ("plan/unit-unknown", "plan/unit-name", "plan/unit-roster", "plan/clause-form")
KNOWN = 3
"""How often a name stands in a plan that makes one other spelling of it a slip."""
LONGER = {
    "部": "部分",
    "局": "局部",
    "委": "委员",
    "办": "办法",
    "会": "会议",
    "协": "协调",
    "联": "联合",
    "厅": "厅级",
}
SAME_UNIT = (
    ("发展改革委", "发展改革局", "发改委", "发改局"),
    ("卫生健康委", "卫生健康局", "卫健委", "卫健局"),
    ("文化和旅游局", "文旅局"),
    ("人力资源社会保障局", "人力资源和社会保障局", "人社局"),
    ("工业和信息化局", "工信局"),
    ("住房城乡建设局", "住房和城乡建设局", "住建局"),
    ("应急管理局", "应急局"),
    ("交通运输局", "交通局"),
    ("市场监督管理局", "市场监管局"),
)


def named_often(draft: Draft, in_roster: bool = False) -> Iterator[Unit]:
    """Yield the units of clauses (or of the roster) whose name stands in other places, too."""
    plan = draft.plan
    everywhere = [unit for clause in plan.clauses for unit in clause.units] + list(plan.roster)
    counts = Counter(unit.name for unit in everywhere)
    chosen = plan.roster if in_roster else [unit for clause in readable(draft) for unit in clause.units]
    for unit in chosen:
        plain = re.fullmatch(f"[{LEVELS}][\u4e00-\u9fff]{{3,}}", unit.name)  # not 各镇（街道）
        if counts[unit.name] >= KNOWN and draft.written(unit.span) == unit.name and plain:
            yield unit


def swapped(name: str) -> str | None:
    """Return a name with two characters of its middle swapped: 市教育局 gives 市育教局."""
    for at in range(len(name) - 3, 0, -1):
        if name[at] != name[at + 1]:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return None


@defect("unit-with-a-character-too-many", *SLIP)
def unit_with_a_character_too_many(draft: Draft) -> Iterator[Change]:
    for unit in named_often(draft):
        if unit.name[-1] in LONGER:
            yield replaced(unit.span, unit.name[:-1] + LONGER[unit.name[-1]])


@defect("unit-with-its-last-character-doubled", *SLIP, "gongwen/repeated-word")
def unit_with_its_last_character_doubled(draft: Draft) -> Iterator[Change]:
    for unit in named_often(draft):
        yield replaced(unit.span, unit.name + unit.name[-1])


@defect("unit-with-two-characters-swapped", *SLIP)
def unit_with_two_characters_swapped(draft: Draft) -> Iterator[Change]:
    for unit in named_often(draft):
        other = swapped(unit.name)
        if other:
            yield replaced(unit.span, other)


@defect("unit-with-a-character-missing", *SLIP)
def unit_with_a_character_missing(draft: Draft) -> Iterator[Change]:
    for unit in named_often(draft):
        yield replaced(unit.span, unit.name[:-2] + unit.name[-1])


@defect("unit-with-a-wrong-character", *SLIP)
def unit_with_a_wrong_character(draft: Draft) -> Iterator[Change]:
    for unit in named_often(draft):
        if unit.name[-1] == "局":
            yield replaced(unit.span, unit.name[:-1] + "居")


@defect("unit-misspelt-in-the-roster", *SLIP)
def unit_misspelt_in_the_roster(draft: Draft) -> Iterator[Change]:
    for unit in named_often(draft, in_roster=True):
        other = swapped(unit.name)
        if other:
            yield Change((Edit(*unit.span, other),), anywhere=True)


@defect("unit-under-another-of-its-names", "plan/unit-name", "plan/unit-unknown", "plan/unit-roster")
def unit_under_another_of_its_names(draft: Draft) -> Iterator[Change]:
    for unit in named_often(draft):
        for names in SAME_UNIT:
            usual = next((name for name in names if unit.name[1:] == name), None)
            if usual:
                other = next(name for name in reversed(names) if name != usual)
                yield Change((Edit(*unit.span, unit.name[0] + other),), anywhere=True)


@defect("unit-not-on-the-roster", "plan/unit-roster")
def unit_not_on_the_roster(draft: Draft) -> Iterator[Change]:
    if draft.plan.roster:
        for clause in readable(draft):
            for unit in of_part(clause, "supporter")[-1:]:
                yield Change((Edit(unit.span.end, unit.span.end, f"、{unit.name.lstrip('团')[0]}档案馆"),), clause.span)


@defect("unit-removed-from-the-roster", "plan/unit-roster")
def unit_removed_from_the_roster(draft: Draft) -> Iterator[Change]:
    used = {unit.name for clause in draft.plan.clauses for unit in clause.units}
    for unit in draft.plan.roster[1:]:
        if unit.name in used and draft.source[unit.span.start - 1] == "、" and draft.written(unit.span) == unit.name:
            yield Change((Edit(unit.span.start - 1, unit.span.end, ""),), anywhere=True)


@defect("roster-removed", "plan/unit-roster")
def roster_removed(draft: Draft) -> Iterator[Change]:
    roster = draft.plan.roster
    if roster:
        span = Span(roster[0].span.start, roster[-1].span.end)
        if "\n" in draft.written(span):
            yield Change((Edit(*draft.whole_lines(*span), ""),), anywhere=True)
        else:
            yield Change((Edit(*span, "有关单位"),), anywhere=True)


@defect("prefix-left-out-behind-a-comma", "plan/unit-prefix", "plan/unit-name", "plan/unit-unknown", "plan/unit-roster")
def prefix_left_out(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        for unit in of_part(clause, "supporter")[:1]:
            if re.fullmatch(f"[{LEVELS}].+[局委办]", unit.name) and draft.source[unit.span.start - 1] == "，":
                yield Change((Edit(unit.span.start, unit.span.start + 1, ""),), clause.span)
