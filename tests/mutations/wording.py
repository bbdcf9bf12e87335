"""Defects that come from copying: what a higher level says, what the outline says and the plan leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model import Span
from mutations.defect import Change, Edit, defect, inserted, replaced
from mutations.draft import Draft

COPIED = ("plan/copied-from-superior",)
PHRASE = ("gongwen/fixed-phrase",)
SENSITIVE = ("gongwen/sensitive-wording",)


def last_paragraphs(draft: Draft) -> Iterator[int]:
    """Yield where another sentence can be added: the end of a paragraph of running text."""
    for paragraph in list(draft.body())[2:]:
        end = draft.paragraph(paragraph.span.start).end
        if draft.source[end - 1] == "。":
            yield end


def _added(draft: Draft, sentence: str) -> Iterator[Change]:
    for at in last_paragraphs(draft):
        yield inserted(at, sentence)


def of_a_county(draft: Draft) -> bool:
    """Say whether the plan is one of a county or a district."""
    return (draft.plan.metadata.place or "").endswith(("县", "区", "旗"))


@defect("every-place-and-department", *COPIED)
def every_place_and_department(draft: Draft) -> Iterator[Change]:
    if of_a_county(draft):
        yield from _added(draft, "各地各部门要高度重视，抓好落实。")


@defect("governments-of-all-levels", *COPIED)
def governments_of_all_levels(draft: Draft) -> Iterator[Change]:
    if (draft.plan.metadata.place or "").endswith("区") and not re.search(
        "乡镇|各镇|镇人民政府|街道和镇|镇村", draft.source
    ):
        yield from _added(draft, "各级政府要把科普工作纳入重要议事日程。")  # a district of streets has none below it


@defect("every-province", *COPIED)
def every_province(draft: Draft) -> Iterator[Change]:
    yield from _added(draft, "各省（自治区、直辖市）要制定本地区实施方案。")


@defect("own-government-told-to-draw-up-a-local-plan", *COPIED)
def own_government_told(draft: Draft) -> Iterator[Change]:
    place = draft.plan.metadata.place or ""
    if of_a_county(draft):
        yield from _added(draft, f"{place[-1]}人民政府要制定本地区实施方案，明确目标任务。")


@defect("sense-of-gain-bent", *PHRASE)
def sense_of_gain_bent(draft: Draft) -> Iterator[Change]:
    return _added(draft, "不断增强群众的获得感、幸福感、满意感。")


@defect("sense-of-safety-missing", *PHRASE)
def sense_of_safety_missing(draft: Draft) -> Iterator[Change]:
    return _added(draft, "不断增强群众的获得感、幸福感、幸福感。")


@defect("one-of-five-places-missing", *PHRASE)
def one_of_five_places_missing(draft: Draft) -> Iterator[Change]:
    if (draft.plan.metadata.place or "区")[-1] in "省市县":  # a district in town has no villages
        yield from _added(draft, "推动科普进企业、进农村、进社区、进学校。")


@defect("region-beside-countries", *SENSITIVE)
def region_beside_countries(draft: Draft) -> Iterator[Change]:
    return _added(draft, "与日本、韩国、香港、澳门、台湾等国家开展交流。")


@defect("regions-called-international", *SENSITIVE)
def regions_called_international(draft: Draft) -> Iterator[Change]:
    return _added(draft, "扩大国际合作，与港澳台等国家和地区互派青少年。")


def safeguards(draft: Draft) -> Span | None:
    """Return the chapters on organisation and safeguards."""
    roles = ("organisation", "leadership", "mechanism", "safeguards")
    spans = [draft.block(one) for one in draft.plan.sections if one.level == 1 and one.role in roles]
    return Span(spans[0].start, spans[-1].end) if spans else None


def _unsaid(draft: Draft, words: str) -> Iterator[Change]:
    span = safeguards(draft)
    if not draft.about_science_literacy or not span:
        return
    edits = []
    for sentence in re.finditer(r"[^。；\n]*[。；]?", draft.written(span)):
        found = re.search(words, sentence[0])
        if found:
            start = span.start + sentence.start()
            heading = any(one.span.start <= start + found.start() < one.span.end for one in draft.plan.sections)
            label = re.match(r"[\s#*]*（?[一二三四五六七八九十0-9]*[）、.．]?", sentence[0])
            if heading and label:
                edits.append(Edit(start + label.end(), span.start + sentence.end(), "做好其他工作。"))
            else:
                edits.append(Edit(start, span.start + sentence.end(), ""))
    if edits:
        yield Change(tuple(edits), anywhere=True)


@defect("funds-not-secured", "science-literacy/safeguards")
def funds_not_secured(draft: Draft) -> Iterator[Change]:
    return _unsaid(draft, "经费|资金|投入|财政|预算")


@defect("monitoring-not-secured", "science-literacy/safeguards")
def monitoring_not_secured(draft: Draft) -> Iterator[Change]:
    return _unsaid(draft, "监测|评估|评价|督查|督导|督促|考核|考评|检查|抽样|验收|监督|跟踪|督办|反馈")


@defect("word-of-a-level-replaced", "gongwen/replaced-word")
def word_of_a_level_replaced(draft: Draft) -> Iterator[Change]:
    """What comes of it when 市 is replaced by 县 everywhere: 城县更新."""
    for span in draft.in_body("(?<=城)市(?!县|区)|市(?=场)"):
        yield replaced(span, "县")


@defect("smart-city-of-a-county", "gongwen/replaced-word")
def smart_city_of_a_county(draft: Draft) -> Iterator[Change]:
    return _added(draft, "加快智慧城县建设，推动资源共享。")
