"""Defects of actions, projects and measures: one is missing, renamed, or has lost its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model import Measure, Section, Span
from mutations.defect import Change, Edit, defect, replaced
from mutations.draft import Draft
from mutations.headings import without

REQUIRED_ACTIONS = ("science-literacy/required-actions",)
REQUIRED_PROJECTS = ("science-literacy/required-projects",)
OUTLINE_PROJECTS = (
    "科技资源科普化工程",
    "科普信息化提升工程",
    "科普基础设施工程",
    "基层科普能力提升工程",
    "科学素质国际交流合作工程",
)
"""As the national outline (国发〔2021〕9号) calls them."""
LOCAL = "特色文化弘扬"
LONG = 40
"""How many characters no title has."""


def sections(draft: Draft, role: str) -> list[Section]:
    """Return the sections of a role that have a title."""
    return [one for one in draft.plan.sections if one.role == role and one.title]


def title_span(draft: Draft, section: Section) -> Span | None:
    """Return where the title of a section stands, if on one line."""
    at = draft.source.find(section.title or "\0", *section.span)
    return Span(at, at + len(section.title or "")) if at >= 0 else None


def counted(draft: Draft, section: Section) -> bool:
    """Say whether the plan says how many sections there are beside this one."""
    of, number = ("actions" if section.role == "action" else "projects"), len(draft.siblings(section))
    alone = sum(one.role == section.role for one in draft.plan.sections) == number  # 四大行动 may mean the groups
    return alone and any(one.of == of and one.actual == one.stated == number for one in draft.plan.stated_counts)


def _without(draft: Draft, role: str) -> Iterator[Change]:
    for one in sections(draft, role):
        if (draft.about_science_literacy or counted(draft, one)) and len(draft.siblings(one)) > 1:
            yield without(draft, one)


@defect("action-removed", "plan/stated-count", *REQUIRED_ACTIONS)
def action_removed(draft: Draft) -> Iterator[Change]:
    return _without(draft, "action")


@defect("project-removed", "plan/stated-count", *REQUIRED_PROJECTS)
def project_removed(draft: Draft) -> Iterator[Change]:
    return _without(draft, "project")


@defect("action-renamed", *REQUIRED_ACTIONS)
def action_renamed(draft: Draft) -> Iterator[Change]:
    for one in sections(draft, "action"):
        span = title_span(draft, one)
        if draft.about_science_literacy and span and "科学素质" in (one.title or ""):
            yield Change((Edit(span.start, draft.source.index("科学素质", span.start), LOCAL),), anywhere=True)


@defect("project-renamed", *REQUIRED_PROJECTS, "science-literacy/project-name")
def project_renamed(draft: Draft) -> Iterator[Change]:
    for one in sections(draft, "project"):
        span = title_span(draft, one)
        if draft.about_science_literacy and span:
            yield Change((Edit(*span, f"{LOCAL}工程"),), anywhere=True)


@defect("project-name-bent", "science-literacy/project-name", *REQUIRED_PROJECTS)
def project_name_bent(draft: Draft) -> Iterator[Change]:
    for one in sections(draft, "project"):
        span = title_span(draft, one)
        if draft.about_science_literacy and span and one.title in OUTLINE_PROJECTS:
            yield replaced(Span(span.end - 2, span.end), "服务工程")


def measures_of(draft: Draft, section: Section) -> list[Measure]:
    """Return the measures of a section that have titles of their own, each at the beginning of a line."""
    return [
        one
        for one in draft.plan.measures
        if one.section is section and one.title not in (None, section.title) and draft.begins_line(one.span.start)
    ]


@defect("measures-merged", "plan/measures")
def measures_merged(draft: Draft) -> Iterator[Change]:
    """The measures of an action become one paragraph; the clause of the last one stays."""
    for section in (*sections(draft, "action"), *sections(draft, "project")):
        measures = measures_of(draft, section)
        others = [one for one in draft.siblings(section) if one is not section]
        if len(measures) < 2 or len(others) < 2 or not all(len(measures_of(draft, one)) > 1 for one in others):
            continue
        block = Span(draft.begin(measures[0].span.start), draft.measure_block(measures[-1]).end)
        words = draft.written(block)
        inside = [one for one in draft.plan.clauses if block.start <= one.span.start < one.span.end <= block.end]
        for clause in inside[:-1]:
            words = words.replace(draft.written(clause.span), "", 1)
        for one in measures:
            title = draft.written(one.span)
            words = words.replace(f"{title}。", "", 1).replace(title, "", 1)
        yield Change((Edit(*block, re.sub(r"[\s*]", "", words) + "\n\n"),), draft.block(section))


@defect("title-of-a-measure-removed", "plan/measure-title")
def title_of_a_measure_removed(draft: Draft) -> Iterator[Change]:
    titled = [one for one in draft.plan.measures if one.label]
    if not all(one.title for one in titled):
        return
    for one in titled:
        beside = [other for other in draft.plan.measures if other.section is one.section]
        words = draft.written(one.span)
        if one.title and one.label and len(beside) > 2 and words.endswith(one.title) and words.startswith(one.label):
            behind = re.compile(r"。?(\*\*)?").match(draft.source, one.span.end)
            assert behind
            if re.search("[。\n]", draft.source[behind.end() : behind.end() + LONG]):
                continue  # a short sentence would be taken for the title
            edits = [Edit(one.span.end - len(one.title), behind.end(), "")]
            if behind[1]:
                edits.insert(0, Edit(one.span.start - 2, one.span.start, ""))
            yield Change(tuple(edits), draft.measure_block(one))
