"""Stages of the schedule: what they are called and which years they cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from checker.counts import pattern as stated_count
from checker.expressions import expression
from checker.grammar import Token, Tree, Unexpected, parsed_text, tables
from checker.lexicon import any_of, lexicon, made_of_words
from checker.model import Stage
from checker.reading import Passage, stands_in

# A label at the start of a sentence: 启动实施阶段。 第一阶段（2022年7月至12月）：
_LABEL = expression(r"(?P<label>第[一二三四五六1-6]阶段|[\u4e00-\u9fff]{0,12}阶段)(?P<stop>[。：（，；-]|$)")
_LABEL_BEFORE_PERIOD = expression(r"(?P<label>[\u4e00-\u9fff]{2,12})(?=（[^（）]{0,4}20[0-9]{2}年)")
_STAGE_WITH_PERIOD = expression(r"(?P<label>[\u4e00-\u9fff]{2,12}阶段)(?=（[^（）]{0,4}(?:20[0-9]{2}年|[0-9]{1,2}月))")
# What stands between a label that a colon ends and its period: 第一阶段：动员部署（2024年3月）.
_SUBTITLE = expression(r"[\u4e00-\u9fff、]{2,20}(?=（)")
_LABEL_BEHIND = expression(r"(?:为|是|，)?(?P<label>[\u4e00-\u9fff]{2,8}阶段)[。：，；]?")
_PERIOD_BEGINS = expression(r"(?:自|从|到)?(?=20[0-9]{2}(?:年|-|至)|[0-9]{1,2}月)")
_NAMES_A_STAGE = expression("(?:启动|部署|推进|实施|总结|验收|评估)$")
# What can stand between a label and its period: 第一阶段：动员部署（2024年3月）.
_REACH = 40


class _Point(Struct, frozen=True):
    year: int | None
    month: int | None
    last_month: int | None
    closing: bool


class _Period(Struct, frozen=True):
    start: int | None
    end: int | None
    first_month: int | None
    last_month: int | None
    closing: bool
    stop: int
    """Where it ends in the folded text."""


@made_of_words()
def _period_tokens() -> re.Pattern[str]:
    """Return a pattern for a run of the tokens of ``schedule.lark``."""
    tokens = "|".join(f"(?:{terminal.pattern})" for terminal in tables("schedule").terminals)
    return expression(f"(?:{tokens})+")


@made_of_words()
def _stage_name() -> re.Pattern[str]:
    """Return the pattern of a label that names a stage wherever it stands: 第一阶段, 启动实施阶段."""
    return expression(
        rf"第[一二三四五六1-6]个?阶段|(?:{any_of(lexicon().counts.stage_names)})[\u4e00-\u9fff]{{0,6}}阶段$"
    )


def is_stage(title: str) -> bool:
    """Say whether a folded title names a stage: 第一阶段：启动, 启动实施阶段, 督查考核阶段（2024年）.

    Of what is no usual name for a stage the period behind it tells: 义务教育阶段 is none.
    """
    dated = _STAGE_WITH_PERIOD.match(title)
    found = dated or _LABEL.match(title)
    if found is None or _counts_stages(found["label"]) or _speaks_of_stages(found["label"]):
        return False
    return dated is not None or _stage_name().match(found["label"]) is not None


def has_period_behind(title: str) -> bool:
    """Say whether a folded title is a few words with a period in brackets: 总结（2025年）."""
    return _LABEL_BEFORE_PERIOD.match(title) is not None


def find(passages: Sequence[Passage], year: int | None) -> Iterator[Stage]:
    """Yield the stages in order: those of the schedule, and paragraphs labelled …阶段.

    ``year`` is the year of a plan of one year: a stage that names only months is of that year.
    """
    for stage in _found(passages):
        if stage.start is None and stage.first_month is not None and year is not None:
            stage = replace(stage, start=year, end=stage.end or year)
        yield stage


def _found(passages: Sequence[Passage]) -> Iterator[Stage]:
    covered: set[int] = set()
    for index, passage in enumerate(passages):
        if passage.part not in ("heading", "text") or index in covered:
            continue
        scheduled = stands_in(passage.section, "schedule")
        if passage.part == "heading":
            if scheduled and (stage := _of_heading(passage, passages[index + 1 : index + 2])):
                yield stage
                covered.update(_text_below(passages, index))
            continue
        if scheduled or ("阶段" in passage.folded and _LABEL.match(passage.folded)):
            yield from _in_text(passage, scheduled)


def _text_below(passages: Sequence[Passage], index: int) -> Iterator[int]:
    """Yield the indexes of the text under a heading, whose years are not stages of their own."""
    for below in range(index + 1, len(passages)):
        if passages[below].part == "heading":
            return
        yield below


def _of_heading(passage: Passage, following: Sequence[Passage]) -> Stage | None:
    """Return the stage that a numbered heading of the schedule is, if it is one."""
    folded = passage.folded
    period = _first_period(folded, 0, len(folded))
    if period is None and "阶段" not in folded and not _NAMES_A_STAGE.search(folded):
        return None
    if period is None and following and following[0].part == "text" and following[0].branch is passage.branch:
        text = following[0].folded
        begins = _PERIOD_BEGINS.match(text) or expression("[（：]").match(text) or _subtitle(passage, following[0])
        period = _first_period(text, 0, _REACH) if begins else None
    if period is None and passage.section is not None and passage.section.parent is None:
        return None  # the heading of the whole schedule: 三、实施阶段
    label = expression("[（：]").split(folded)[0]
    if _counts_stages(label) or (period is None and _speaks_of_stages(label)):
        return None
    return _stage(passage, passage.text(0, len(label)) or None, 0, len(folded), period)


def _subtitle(heading: Passage, text: Passage) -> bool:
    """Say whether ``text`` goes on with the heading in its own paragraph: 第一阶段：, 启动（2023年）."""
    return text.block.paragraph is heading.block.paragraph and _SUBTITLE.match(text.folded) is not None


def _in_text(passage: Passage, scheduled: bool) -> Iterator[Stage]:
    """Yield the stages of one paragraph: labelled ones, else one for each sentence with a period."""
    folded = passage.folded
    labelled = [(start, found) for start, _ in passage.sentences() if (found := _label_at(folded, start, scheduled))]
    if labelled:
        ends = [start for start, _ in labelled[1:]] + [len(folded)]
        for (start, found), end in zip(labelled, ends, strict=True):
            period = _first_period(folded, found.start("label"), min(end, found.end() + _REACH))
            if scheduled or period is not None or found["label"].startswith("第"):
                yield _stage(passage, passage.text(*found.span("label")), start, end, period)
        return
    if not scheduled:
        return
    for start, end in _beginnings(passage):
        begins = _PERIOD_BEGINS.match(folded, start)
        if not begins:
            continue
        period = _period_at(folded, begins.end(), end)
        if (
            period is not None
            and period.start is not None
            and expression("[，：、为是期起，前内（]|$").match(folded, period.stop)
        ):
            behind = _LABEL_BEHIND.match(folded, period.stop)
            yield _stage(passage, passage.text(*behind.span("label")) if behind else None, start, end, period)


def _beginnings(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the sentences, and what stands behind a colon in one: 分三个阶段实施：2022年…"""
    for start, end in passage.sentences():
        yield start, end
        colon = passage.folded.find("：", start, end)
        if 0 < colon < end - 1:
            yield colon + 1, end


def _label_at(folded: str, start: int, scheduled: bool) -> re.Match[str] | None:
    marker = expression("(?:（[一二三四五六0-9]+）|[一二三四五六0-9]+[、.]|[①-⑨]|-+|[●•·])?").match(folded, start)
    at = marker.end() if marker else start
    found = _LABEL.match(folded, at) or (scheduled and _LABEL_BEFORE_PERIOD.match(folded, at)) or None
    if found is None or (not scheduled and not _stage_name().match(found["label"])):
        return None
    return None if _counts_stages(found["label"]) or _speaks_of_stages(found["label"]) else found


def _counts_stages(label: str) -> bool:
    """Say whether words count the stages and name none: 分三个阶段推进, 本方案分两个阶段组织实施."""
    return "阶段" in label and any(found.lastgroup == "stages" for found in stated_count().finditer(label))


def _speaks_of_stages(label: str) -> bool:
    """Say whether words speak of stages in general: 分阶段推进, 各阶段要求."""
    return any(words in label for words in lexicon().counts.stages_in_general)


def _first_period(folded: str, start: int, end: int) -> _Period | None:
    """Return the first period between ``start`` and ``end``."""
    for found in expression("20[0-9]{2}(?=年|-|至)|[0-9]{1,2}月").finditer(folded, start, end):
        if (period := _period_at(folded, found.start(), len(folded))) is not None:
            return period
    return None


def _period_at(folded: str, start: int, end: int) -> _Period | None:
    """Read the period that begins at ``start``."""
    run = _period_tokens().match(folded, start, end)
    if run is None:
        return None
    stop = run.end()
    while stop > start:
        try:
            tree = parsed_text("schedule", folded[start:stop])
        except Unexpected:
            stop -= 1
            while stop > start and folded[stop - 1] in "-至到":
                stop -= 1
            continue
        return _period(tree, stop)
    return None


def _period(tree: Tree, stop: int) -> _Period:
    points = [_point(child) for child in tree.children if isinstance(child, Tree)]
    first, last = points[0], points[-1]
    end = last.year if last.year is not None else first.year
    return _Period(
        start=first.year,
        end=end,
        first_month=first.month,
        last_month=last.last_month,
        closing=last.closing and len(points) == 1,
        stop=stop,
    )


def _point(tree: Tree) -> _Point:
    year = month = last_month = None
    closing = False
    for child in tree.children:
        if isinstance(child, Token):
            year = int(child.value[:4])
            continue
        token = child.children[0]
        if not isinstance(token, Token):
            continue
        if token.type == "MONTH":
            month = last_month = int(expression("[0-9]+").match(token.value)[0])  # type: ignore[index]
        elif token.type == "HALF" and token.value != "全年":
            month, last_month = _HALVES.get(token.value[-3:], (None, None))
        elif token.type == "CLOSE" and token.value != "前":
            closing = closing or month is None or month == 12
    if month == 12:
        closing = True
    return _Point(year, month, last_month, closing)


_HALVES = {
    "上半年": (1, 6),
    "下半年": (7, 12),
    "一季度": (1, 3),
    "二季度": (4, 6),
    "三季度": (7, 9),
    "四季度": (10, 12),
}


def _stage(passage: Passage, label: str | None, start: int, end: int, period: _Period | None) -> Stage:
    return Stage(
        label=label,
        start=period.start if period else None,
        end=period.end if period else None,
        quote=passage.text(start, end).rstrip("。；"),
        span=passage.span(start, end),
        first_month=period.first_month if period else None,
        last_month=period.last_month if period else None,
        closing=bool(period and period.closing),
        section=passage.section,
    )
