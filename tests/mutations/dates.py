"""Defects of the head and the foot of a document: its number, its dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from checker.model import Span
from mutations.defect import Change, Edit, defect, removed, replaced
from mutations.draft import Draft

NUMBER = re.compile(r"(〔)(20\d\d)(〕)(第?)(\d+)(号)")
DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
DOC_NUMBER = ("gongwen/doc-number",)
DATES = ("gongwen/dates",)


def numbers(draft: Draft) -> Iterator[re.Match[str]]:
    """Yield the numbers of documents, the plan's own and those it cites, that are well formed."""
    yield from NUMBER.finditer(draft.source)


def _other_number(draft: Draft, other: Callable[[re.Match[str]], str]) -> Iterator[Change]:
    for found in numbers(draft):
        yield replaced(Span(*found.span()), other(found))


@defect("number-in-square-brackets", *DOC_NUMBER)
def number_in_square_brackets(draft: Draft) -> Iterator[Change]:
    return _other_number(draft, lambda found: f"[{found[2]}]{found[5]}号")


@defect("number-in-round-brackets", *DOC_NUMBER)
def number_in_round_brackets(draft: Draft) -> Iterator[Change]:
    return _other_number(draft, lambda found: f"（{found[2]}）{found[5]}号")


@defect("number-in-half-width-brackets", *DOC_NUMBER)
def number_in_half_width_brackets(draft: Draft) -> Iterator[Change]:
    return _other_number(draft, lambda found: f"({found[2]}){found[5]}号")


@defect("number-with-ordinal-word", *DOC_NUMBER)
def number_with_ordinal_word(draft: Draft) -> Iterator[Change]:
    return _other_number(draft, lambda found: f"〔{found[2]}〕第{found[5]}号")


@defect("number-padded", *DOC_NUMBER)
def number_padded(draft: Draft) -> Iterator[Change]:
    return _other_number(draft, lambda found: f"〔{found[2]}〕{int(found[5]):03}号")


@defect("number-with-a-short-year", *DOC_NUMBER)
def number_with_a_short_year(draft: Draft) -> Iterator[Change]:
    return _other_number(draft, lambda found: f"〔{found[2][2:]}〕{found[5]}号")


@defect("number-without-its-last-word", *DOC_NUMBER)
def number_without_its_last_word(draft: Draft) -> Iterator[Change]:
    return _other_number(draft, lambda found: f"〔{found[2]}〕{found[5]}")


@defect("number-of-the-notice-removed", *DOC_NUMBER)
def number_of_the_notice_removed(draft: Draft) -> Iterator[Change]:
    number = draft.plan.metadata.doc_number
    at = draft.source.find(number or "\0")
    if at >= 0 and draft.plan.metadata.notice_title and draft.source.count(number or "\0") == 1:
        lines = draft.whole_lines(at, at + len(number or ""))
        if draft.written(lines).strip("# \n　") == number:
            yield removed(lines)


# ----------------------------------------------------------------------------------------- dates


def dates(draft: Draft) -> Iterator[re.Match[str]]:
    """Yield the days that are named in the head and the foot of the document."""
    for found in DATE.finditer(draft.source):
        if found.end() <= draft.plan.metadata.title_span.start or found.start() >= draft.plan.closing > 0:
            yield found


def _other_date(draft: Draft, month: str, day: str) -> Iterator[Change]:
    for found in dates(draft):
        yield replaced(Span(*found.span()), f"{found[1]}年{month}月{day}日")


@defect("30th-of-February", *DATES)
def thirtieth_of_february(draft: Draft) -> Iterator[Change]:
    return _other_date(draft, "2", "30")


@defect("31st-of-April", *DATES)
def thirty_first_of_april(draft: Draft) -> Iterator[Change]:
    return _other_date(draft, "4", "31")


@defect("29th-of-February-in-a-common-year", *DATES)
def leap_day_in_a_common_year(draft: Draft) -> Iterator[Change]:
    for found in dates(draft):
        yield replaced(Span(*found.span()), "2023年2月29日")


@defect("13th-month", *DATES)
def thirteenth_month(draft: Draft) -> Iterator[Change]:
    return _other_date(draft, "13", "6")


@defect("32nd-day", *DATES)
def thirty_second_day(draft: Draft) -> Iterator[Change]:
    return _other_date(draft, "5", "32")


@defect("day-padded", *DATES)
def day_padded(draft: Draft) -> Iterator[Change]:
    for found in dates(draft):
        yield replaced(Span(*found.span()), f"{found[1]}年{int(found[2])}月0{int(found[3]) % 9 + 1}日")


@defect("month-padded", *DATES)
def month_padded(draft: Draft) -> Iterator[Change]:
    for found in dates(draft):
        yield replaced(Span(*found.span()), f"{found[1]}年0{int(found[2]) % 9 + 1}月{int(found[3])}日")


def _day_of(draft: Draft, day: date | None) -> Span | None:
    words = f"{day.year}年{day.month}月{day.day}日" if day else "\0"
    found = [one for one in dates(draft) if one[0] == words]
    return Span(*found[-1].span()) if found else None


@defect("printed-before-signed", *DATES)
def printed_before_signed(draft: Draft) -> Iterator[Change]:
    metadata = draft.plan.metadata
    span = _day_of(draft, metadata.printed_date)
    if span and metadata.signed_date and metadata.printed_date:
        day = metadata.printed_date
        yield Change((Edit(*span, f"{day.year - 1}年{day.month}月{day.day}日"),), anywhere=True)


@defect("date-of-the-notice-removed", "gongwen/signed-date")
def date_of_the_notice_removed(draft: Draft) -> Iterator[Change]:
    metadata = draft.plan.metadata
    signed = metadata.signed_date
    again = re.search("(?:成文|发文|发布|生成)(?:日期|时间)", draft.source)  # the web page around it says it, too
    if signed and metadata.notice_title and not again:
        for found in dates(draft):
            lines = draft.whole_lines(*found.span())
            if draft.written(lines).strip(" 　\n") == found[0] and found.end() < metadata.title_span.start:
                yield removed(lines)
