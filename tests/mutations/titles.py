"""Defects of titles and of documents that are cited."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model import Citation, Span
from mutations.defect import Change, Edit, defect, inserted, removed, replaced
from mutations.draft import Draft

OUTLINE = "全民科学素质行动规划纲要（2021—2035年）"
TITLE = ("plan/title-agrees",)
DOCUMENT = ("gongwen/cited-document",)
OTHER_NOUN = {"实施方案": "工作方案", "行动计划": "工作计划", "行动方案": "工作方案", "工作方案": "实施方案"}


def other_title(title: str) -> str | None:
    """Return a title that differs in one word."""
    for noun, other in OTHER_NOUN.items():
        if noun in title:
            return title.replace(noun, other)
    return None


def agree(draft: Draft) -> bool:
    """Say whether there is a notice that gives the plan the title it bears."""
    metadata = draft.plan.metadata
    return metadata.notice_title is not None and not any(one.rule in TITLE for one in draft.report.violations)


@defect("other-title-over-the-plan", *TITLE)
def other_title_over_the_plan(draft: Draft) -> Iterator[Change]:
    span = draft.plan.metadata.title_span
    other = other_title(draft.written(span))
    if agree(draft) and other:
        yield Change((Edit(*span, other),), anywhere=True)


@defect("other-title-in-the-notice", *TITLE)
def other_title_in_the_notice(draft: Draft) -> Iterator[Change]:
    span = draft.plan.metadata.notice_span
    other = other_title(draft.written(span))
    if agree(draft) and other:
        yield Change((Edit(*span, other),), anywhere=True)


@defect("other-title-in-the-text-of-the-notice", *TITLE)
def other_title_in_the_text_of_the_notice(draft: Draft) -> Iterator[Change]:
    metadata = draft.plan.metadata
    at = draft.source.find(f"《{metadata.title}》", metadata.notice_span.end, metadata.title_span.start)
    other = other_title(metadata.title or "")
    if agree(draft) and at >= 0 and other:
        yield Change((Edit(at + 1, at + 1 + len(metadata.title or ""), other),), anywhere=True)


def years(draft: Draft, within: Span) -> Span | None:
    """Return where the last of the title's years stands."""
    period = draft.plan.metadata.period
    found = period and re.search(rf"{period[0]}\s*[—\-－~]+\s*({period[1]})", draft.written(within))
    return Span(within.start + found.start(1), within.start + found.end(1)) if found else None


@defect("other-years-over-the-plan", *TITLE, "plan/period-agrees", "plan/stages-cover-period")
def other_years_over_the_plan(draft: Draft) -> Iterator[Change]:
    span = years(draft, draft.plan.metadata.title_span)
    if span and (agree(draft) or draft.plan.stages):
        yield Change((Edit(*span, str(int(draft.written(span)) + 1)),), anywhere=True)


def _in_all_titles(draft: Draft, first: int, last: int) -> Change | None:
    """Return the change of the title's years wherever the title stands."""
    metadata = draft.plan.metadata
    assert metadata.period
    pattern = rf"({metadata.period[0]})\s*[—\-－~]+\s*({metadata.period[1]})年"
    edits = [
        edit
        for found in re.finditer(pattern, draft.source[: metadata.title_span.end])
        for edit in (Edit(*found.span(1), str(first)), Edit(*found.span(2), str(last)))
    ]
    return Change(tuple(edits), anywhere=True) if edits else None


@defect("title-ends-before-the-stages", "plan/period-agrees")
def title_ends_before_the_stages(draft: Draft) -> Iterator[Change]:
    period = draft.plan.metadata.period
    if period and period[1] - period[0] > 2 and any(one.end == period[1] for one in draft.plan.stages):
        change = _in_all_titles(draft, period[0], period[1] - 2)
        if change:
            yield change


@defect("title-of-the-period-before", "plan/period-agrees", "plan/stages-cover-period")
def title_of_the_period_before(draft: Draft) -> Iterator[Change]:
    period = draft.plan.metadata.period
    if period and any(one.start for one in draft.plan.stages):
        change = _in_all_titles(draft, period[0] - 5, period[1] - 5)
        if change:
            yield change


@defect("another-five-year-plan", "plan/period-agrees")
def another_five_year_plan(draft: Draft) -> Iterator[Change]:
    if draft.plan.metadata.period == (2021, 2025):
        elsewhere = [draft.block(one) for one in draft.plan.sections if one.role == "background"]
        elsewhere += list(draft.in_body("《[^》]+》"))
        for span in draft.in_body("(?<=“)十四五(?=”(?:时期|期间|末))"):
            if not any(one.start <= span.start < one.end for one in elsewhere):
                yield replaced(span, "十五五")


# ------------------------------------------------------------------------------- short titles


SHORT = re.compile("《[国省市县区]?(?:家|实施)?(?:纲要|规划|方案|意见|通知|办法|计划|细则|要点)》")
"""A title that nobody takes for the whole title of a document."""


def uses(draft: Draft, citation: Citation) -> list[Span]:
    """Return where the short title of a document stands after it was introduced."""
    if not citation.alias or not citation.introduced or not SHORT.fullmatch(citation.alias):
        return []
    introduced = draft.source.find(citation.alias, citation.span.end)
    later = re.finditer(re.escape(citation.alias), draft.source[: draft.end])
    return [Span(*found.span()) for found in later if found.start() > introduced]


def other_alias(alias: str) -> str:
    """Return another short title."""
    return "《规划》" if "纲要" in alias else "《纲要》"


@defect("short-title-bent-at-one-use", "plan/short-title", *DOCUMENT)
def short_title_bent(draft: Draft) -> Iterator[Change]:
    for citation in draft.plan.citations:
        for span in uses(draft, citation):
            yield replaced(span, other_alias(citation.alias or ""))


def introduction(draft: Draft, citation: Citation) -> Span | None:
    """Return where it is said what a document is called for short."""
    alias = re.escape(citation.alias or "\0")
    found = re.compile(rf"[，；]?以下(?:简称|称)[为：:]?{alias}").search(draft.source, citation.span.end)
    return Span(*found.span()) if found else None


@defect("short-title-never-introduced", "plan/short-title")
def short_title_never_introduced(draft: Draft) -> Iterator[Change]:
    for citation in draft.plan.citations:
        span = introduction(draft, citation)
        if span and uses(draft, citation):
            yield Change((Edit(*span, ""),), anywhere=True)


@defect("short-title-introduced-otherwise", "plan/short-title")
def short_title_introduced_otherwise(draft: Draft) -> Iterator[Change]:
    for citation in draft.plan.citations:
        span = introduction(draft, citation)
        if span and uses(draft, citation):
            words = draft.written(span).replace(citation.alias or "", other_alias(citation.alias or ""))
            yield Change((Edit(*span, words),), anywhere=True)


# ---------------------------------------------------------------------------------- citations


def outline(draft: Draft) -> Iterator[tuple[Citation, Span]]:
    """Yield the national outline where it is cited, and its number."""
    for citation in draft.plan.citations:
        at = draft.source.find(citation.number or "\0", citation.span.end)
        if citation.title == OUTLINE and draft.written(citation.span) == f"《{OUTLINE}》" and at >= 0:
            yield citation, Span(at, at + len(citation.number or ""))


def with_bracket(draft: Draft, citation: Citation) -> Span:
    """Return a citation with its issuer before it, its bracket and the 和 behind it."""
    found = re.compile(r"(?:（[^（）]*(?:〔\d+〕[^（）]*)?）)?(?:[和、])?").match(draft.source, citation.span.end)
    start = citation.span.start - (3 if draft.source.startswith("国务院", citation.span.start - 3) else 0)
    return Span(start, found.end() if found else citation.span.end)


@defect("outline-not-cited", "science-literacy/outline-cited", "plan/short-title")
def outline_not_cited(draft: Draft) -> Iterator[Change]:
    for citation, _ in outline(draft):
        yield removed(with_bracket(draft, citation))


@defect("number-of-the-outline-removed", "science-literacy/outline-cited", *DOCUMENT)
def number_of_the_outline_removed(draft: Draft) -> Iterator[Change]:
    for _, number in outline(draft):
        comma = 1 if draft.source.startswith("，", number.end) else 0
        bracket = 1 if not comma and draft.source.startswith("）", number.end) else 0
        yield removed(Span(number.start - bracket, number.end + comma + bracket))


@defect("number-of-the-outline-changed", *DOCUMENT, "science-literacy/outline-cited")
def number_of_the_outline_changed(draft: Draft) -> Iterator[Change]:
    for _, number in outline(draft):
        yield replaced(number, draft.written(number).replace("〕", "〕1"))


@defect("year-in-the-number-of-the-outline-changed", *DOCUMENT, "science-literacy/outline-cited")
def year_in_the_number_of_the_outline_changed(draft: Draft) -> Iterator[Change]:
    for _, number in outline(draft):
        yield replaced(number, draft.written(number).replace("2021", "2022"))


def _other_outline(draft: Draft, old: str, new: str) -> Iterator[Change]:
    for citation, _ in outline(draft):
        yield replaced(citation.span, draft.written(citation.span).replace(old, new))


CITED = (*DOCUMENT, "science-literacy/outline-cited")


@defect("years-of-the-outline-changed", *CITED)
def years_of_the_outline_changed(draft: Draft) -> Iterator[Change]:
    return _other_outline(draft, "2035", "2025")


@defect("years-of-the-outline-removed", *CITED)
def years_of_the_outline_removed(draft: Draft) -> Iterator[Change]:
    return _other_outline(draft, "（2021—2035年）", "")


@defect("title-of-the-outline-bent", *CITED)
def title_of_the_outline_bent(draft: Draft) -> Iterator[Change]:
    return _other_outline(draft, "规划纲要", "计划纲要")


@defect("word-of-the-outline-wrong", *CITED)
def word_of_the_outline_wrong(draft: Draft) -> Iterator[Change]:
    return _other_outline(draft, "素质", "素养")


@defect("plan-of-the-superior-not-cited", "science-literacy/superior-cited")
def plan_of_the_superior_not_cited(draft: Draft) -> Iterator[Change]:
    plans = [one for one in draft.plan.citations if re.search("科学素质.*(?:方案|计划|意见)", one.title)]
    for citation in plans:
        if draft.about_science_literacy and len(plans) == 1:
            span = with_bracket(draft, citation)
            start = span.start - (1 if draft.source[span.start - 1] in "和、" else 0)
            yield removed(Span(start, span.end))


# ------------------------------------------------------------------------------ what is missing


@defect("annex-missing", "gongwen/attachments")
def annex_missing(draft: Draft) -> Iterator[Change]:
    for paragraph in list(draft.body())[:1]:
        end = draft.paragraph(paragraph.span.start).end
        yield inserted(end - 1, "，具体分工见附件9")


@defect("annex-removed", "gongwen/attachments")
def annex_removed(draft: Draft) -> Iterator[Change]:
    found = re.search(r"^附件：", draft.source, re.MULTILINE)
    if found and draft.plan.clauses and draft.plan.clauses[-1].form == "table":
        end = draft.source.index("\n", found.start())
        yield removed(Span(end, len(draft.source)))
