"""The parser accepts every text, loses no character of it, and takes time in proportion to its length."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from itertools import pairwise
from time import process_time
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from checker.contract import plan_json
from checker.model import Paragraph, Plan, Span, Text
from checker.parser import parse_text
from checker.plain_text import from_string

LABELS = [
    "一、",
    "二、",
    "三.",
    "（一）",
    "(二)",
    "（三)",
    "1.",
    "2．",
    "3、",
    "１．",
    "4﹒",
    "（1）",
    "(2)",
    "1）",
    "①",
    "⑳",
]
LABELS += ["第一条", "第二章", "第三节", "——", "●", "附件1", "附件：", "一是", "第一阶段"]
TITLES = ["总体要求", "指导思想", "工作目标", "重点任务", "提升行动", "重点工程", "保障措施", "组织实施", "进度安排"]
TITLES += ["组织领导", "砚湖县全民阅读行动计划（2023—2025年）", "关于印发《砚湖县全民阅读行动计划》的通知"]
CLAUSES = [
    "（县教育局牵头，县财政局、文旅局等单位配合）",
    "(县教育局牵头",
    "县科协负责）",
    "责任单位：",
    "牵头部门：县教育局",
]
CLAUSES += [
    "参与部门：县科协、",
    "完成时限：2024年6月底前",
    "〔县教育局、县科协按职责分工负责〕",
    "（牵头，县科协配合）",
]
CLAUSES += ["列第一位的为牵头单位", "各县〔市、区〕政府", "县工信局（国资委）", "团县委、妇联", "抄送：县委办公室。"]
FACTS = ["2023年", "2023—2025年", "2024年3月6日", "砚政发〔2023〕8号", "达到85%", "不少于300名", "每年培训100人次"]
FACTS += [
    "实施5项提升行动",
    "启动实施阶段。",
    "《全民阅读促进规划》",
    "（以下简称《规划》）",
    "成员单位包括县教育局、县科协",
]
FACTS += ["组　长：王某  县教育局局长"]
MARKS = [
    *"，。、；：（）()〔〕[]《》〈〉“”\"'—-·*#|~?!…%＊．\\",
    "**",
    "__",
    "&nbsp;",
    "<p>",
    "</p>",
    "---",
    "| 任务 | 牵头单位 |",
]
SPACE = [*"\n\n\n\r \t\f\v\x00\u200b\ufeff\u2028\x85\xa0", "\n\n", "\r\n", "　　", "\n— 3 —\n", "\n第3页\n"]
WORDS = [
    "为每个班级配备图书角",
    "组织教师参加培训",
    "reader",
    "e-book 2",
    "閱讀",
    "縣教育局牽頭",
    "𠮷",
    "①②",
    "十百千",
    "é",
    "😀",
]

fragments = st.one_of(*(st.sampled_from(kind) for kind in (LABELS, TITLES, CLAUSES, FACTS, MARKS, SPACE, SPACE, WORDS)))
plan_like = st.lists(fragments, max_size=60).map("".join)
any_text = st.text(max_size=300)
texts = st.one_of(plan_like, plan_like, any_text)
modest = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def plan_of(text: str) -> Plan:
    return parse_text(from_string(text))


def as_json(plan: Plan) -> dict[str, Any]:
    contract: dict[str, Any] = json.loads(msgspec.json.encode(plan_json(plan, "draft.txt")))
    return contract


def placed(contract: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of the contract that has a line and a column."""
    if isinstance(contract, dict):
        if "line" in contract:
            yield contract
        for value in contract.values():
            yield from placed(value)
    elif isinstance(contract, list):
        for value in contract:
            yield from placed(value)


# ------------------------------------------------------------------------------- every text


@modest
@given(any_text)
@example("")
@example("\n")
@example("\ufeff")
@example("\x00")
@example("\ud800")
@example("）")
@example("第")
def test_any_text_is_a_plan(source: str) -> None:
    plan = plan_of(source)
    assert plan.text.source == source


@modest
@given(plan_like)
def test_any_mixture_of_fragments_of_plans_is_a_plan(source: str) -> None:
    plan = plan_of(source)
    for node in (plan, *plan.plans):
        assert all(measure.section in node.sections for measure in node.measures)
        assert len({section.id for section in node.sections}) == len(node.sections)


@modest
@given(plan_like)
def test_reading_twice_gives_the_same(source: str) -> None:
    assert as_json(plan_of(source)) == as_json(plan_of(source))


# -------------------------------------------------------------------- every character, once


@modest
@given(texts)
@example("")
@example("\r\n")
@example("a\nb")
def test_every_character_lies_in_exactly_one_paragraph(source: str) -> None:
    text = from_string(source)
    spans = [paragraph.span for paragraph in text.paragraphs]
    assert all(span.start < span.end for span in spans)
    assert [at for span in spans for at in range(*span)] == list(range(len(source)))


def is_joining_space(paragraph: Paragraph, index: int) -> bool:
    """Say whether the character stands for the line break between two Latin words."""
    around = paragraph.text[index - 1 : index + 2] if index else ""
    return len(around) == 3 and around[1] == " " and around[0].isascii() and around[2].isascii()


@modest
@given(texts)
@example("学会使用 reader\nand\npen，爱上读书。")
def test_every_character_of_a_paragraph_knows_its_place(source: str) -> None:
    for paragraph in from_string(source).paragraphs:
        offsets = [paragraph.offset(index) for index in range(len(paragraph.text))]
        assert all(before < behind for before, behind in pairwise(offsets))
        assert all(paragraph.span.start <= offset < paragraph.span.end for offset in offsets)
        for index, (char, offset) in enumerate(zip(paragraph.text, offsets, strict=True)):
            assert source[offset] == char or is_joining_space(paragraph, index)


@modest
@given(texts)
def test_the_folded_text_has_as_many_characters(source: str) -> None:
    for paragraph in from_string(source).paragraphs:
        assert len(paragraph.folded) == len(paragraph.text)


def lines_of(text: Text) -> list[str]:
    return [text.line(number) for number in range(1, len(text.line_starts) + 1)]


@modest
@given(texts)
def test_every_place_of_the_contract_exists_in_the_source(source: str) -> None:
    plan = plan_of(source)
    lines = lines_of(plan.text)
    for node in placed(as_json(plan)):
        assert 1 <= node["line"] <= len(lines)
        assert 1 <= node["column"] <= len(lines[node["line"] - 1])


@modest
@given(texts)
def test_lines_are_those_that_an_editor_shows(source: str) -> None:
    shown = source.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    assert lines_of(from_string(source)) == shown


@modest
@given(plan_like)
@example("（一）（牵头；指导\n·")
def test_nodes_lie_inside_of_the_source_and_hold_what_they_quote(source: str) -> None:
    plan = plan_of(source)
    for found in (plan, *plan.plans):
        nodes = (*found.sections, *found.measures, *found.clauses, *found.targets, *found.stages, *found.citations)
        spans: list[Span] = [node.span for node in nodes]  # type: ignore[attr-defined]
        assert all(0 <= span.start < span.end <= len(source) for span in spans)
        for clause in found.clauses:
            assert all(
                clause.span.start <= unit.span.start <= unit.span.end <= clause.span.end for unit in clause.units
            )
            assert clause.readable == (clause.problem is None)


# -------------------------------------------------------------------------------- linear time

LENGTH = 100_000
# Four times the text may take four times the time; what is more is noise. Sixteen times would be quadratic.
TIMES = 4
AT_MOST = 9


def seconds(source: str) -> float:
    """Return the shortest of a few times that ``source`` takes to parse."""
    best = float("inf")
    gc.collect()
    for _ in range(3):
        start = process_time()
        plan_of(source)
        best = min(best, process_time() - start)
        if best > 0.5:
            break
    return best


def growth(piece: str, length: int) -> float:
    """Return how many times as long a text of ``length`` characters takes as a quarter of it."""
    plan_of(piece)  # what is loaded once counts for neither
    source = (piece * length)[:length]
    ratios: list[float] = []
    for _ in range(3):
        ratios.append(seconds(source) / seconds(source[: length // TIMES]))
        if ratios[-1] < AT_MOST:
            break
    return min(ratios)


@pytest.mark.parametrize("piece", ["（", "《", "、", "由甲局、", "1.", "达到5%", "一二三", "实施5项行动"])
def test_time_grows_with_the_length_only(piece: str) -> None:
    assert growth(piece, LENGTH) < AT_MOST


@pytest.mark.parametrize("piece", ["“", "〔", "《\n", "（\n", "|一|二|\n"])
def test_time_grows_with_the_number_of_openers_and_lines_only(piece: str) -> None:
    assert growth(piece, LENGTH * 2 // 5) < AT_MOST


@pytest.mark.parametrize(
    "line",
    [
        "{n}.办好事{n}。内容。（县教育局牵头）\n",
        "（{chinese}）行动{n}\n内容{n}。\n",
        "（{chinese}）第{n}工程\n内容{n}。\n",
        "（{chinese}）总结（2025年）\n内容{n}。\n",
        "阶段{n}阶段。2025年，做。\n",
        "《文件{n}》（国发〔2021〕{n}号），",
    ],
)
def test_time_grows_with_the_number_of_items_only(line: str) -> None:
    def text(number: int) -> str:
        items = (line.format(n=n, chinese="一二三四五六七八九十"[n % 10]) for n in range(number))
        return "一、主要任务\n" + "".join(items)

    plan_of(text(3))
    assert min(seconds(text(4000)) / seconds(text(4000 // TIMES)) for _ in range(2)) < AT_MOST


@pytest.mark.parametrize(
    "piece",
    [
        "责任单位：甲局",
        "责任单位：甲局\n",
        "牵头单位：",
        "甲局牵头",
        "甲局牵头，",
        "（甲局",
        "《甲",
        "甲局、各镇、",
        "甲、乙市政府、",
        "和乙局和甲局",
        "（一）",
        "1.",
        "①\n",
        "# ",
        "**甲",
        "|",
    ],
)
def test_no_repetition_is_too_deep(piece: str) -> None:
    plan = plan_of(piece * 5000)
    assert len(plan.text.source) == 5000 * len(piece)
