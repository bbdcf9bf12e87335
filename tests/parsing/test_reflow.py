"""Reflow: however a draft was cut, marked and indented, it is the same plan, with the draft's own places."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from checker.model import Clause, Plan, Span
from checker.parser import parse_text
from checker.plain_text import from_string

# Short on purpose, with something of everything: sections, measures, clauses, targets, stages, a citation.
PLAN = """砚湖县全民阅读行动计划（2023—2025年）
为贯彻《全民阅读促进规划（2021—2025年）》（砚政发〔2021〕3号，以下简称《规划》），在全县推动形成爱读书、读好书、善读书的良好风气，制定本计划。
一、总体要求
（一）指导思想。坚持以人民为中心，把阅读作为提升群众文化素养的重要途径，统筹城乡阅读资源，让读书成为全县群众的生活习惯。
（二）工作目标。到2025年，全县居民综合阅读率达到85%，建成农家书屋150个，培训阅读推广人300名，基本形成覆盖城乡的阅读服务网络。
二、重点任务
（一）校园阅读行动
1.建设书香校园。为每个班级配备图书角，每学期更新图书，安排专人管理，让每个孩子在教室里就能借到喜欢的书。（县教育局牵头，县财政局、县文旅局等单位配合）
2.培养阅读教师。组织中小学教师参加阅读指导培训，每年培训不少于100人次，推广优秀教学案例，提高教师指导学生阅读的能力。（县教育局牵头，县人力资源和社会保障局配合）
（二）乡村阅读行动
1.办好农家书屋。根据农民的实际需要每月更新图书，延长开放时间，鼓励返乡青年担任书屋管理员，定期开展读书交流活动。（县文旅局牵头，县农业农村局、各乡镇人民政府配合）
2.举办农民读书会。利用农闲时节组织农民交流种植养殖经验，邀请农业专家现场讲解，把书本里的知识变成增收的本领。（责任单位：县农业农村局、县妇联）
三、组织实施
（一）加强组织领导。成立县全民阅读工作领导小组，成员单位包括县委宣传部、县教育局、县文旅局、县财政局，统筹协调全县阅读工作。
（二）进度安排
启动实施阶段。2023年，制定工作方案，开展宣传发动，在全县选择部分学校和乡村先行开展阅读服务试点工作。
全面推进阶段。2024年，总结试点经验，在全县各学校、各乡村、各社区全面推开阅读服务，及时解决遇到的困难。
总结评估阶段。2025年，对照工作目标开展总结评估，认真梳理经验做法，研究提出下一步推动全民阅读工作的意见。
"""


def plan_of(text: str) -> Plan:
    return parse_text(from_string(text))


def understood(plan: Plan) -> dict[str, Any]:
    """Return what was understood of a plan, without its places."""
    meta = plan.metadata
    return {
        "metadata": (meta.title, meta.place, meta.period),
        "sections": [(s.id, s.level, s.ordinal, s.title, s.role, s.text) for s in plan.sections],
        "measures": [
            (m.section.id, m.title, m.leads, m.responsible, m.supporters, m.responsibility, m.text)
            for m in plan.measures
        ],
        "clauses": [
            (c.measure and c.measure.title, c.leads, c.responsible, c.supporters, c.text) for c in plan.clauses
        ],
        "targets": [(t.metric, t.comparator, t.value, t.unit, t.year, t.per, t.quote) for t in plan.targets],
        "stages": [(s.label, s.start, s.end, s.quote) for s in plan.stages],
        "citations": [(c.title, c.number, c.alias) for c in plan.citations],
        "roster": [unit.name for unit in plan.roster],
        "plans": len(plan.plans),
    }


AS_WRITTEN = understood(plan_of(PLAN))


def test_the_plan_as_written() -> None:
    assert [title for _, title, *_ in AS_WRITTEN["measures"]] == [
        "建设书香校园",
        "培养阅读教师",
        "办好农家书屋",
        "举办农民读书会",
    ]
    assert [(value, unit) for _, _, value, unit, *_ in AS_WRITTEN["targets"]] == [
        (85, "%"),
        (150, "个"),
        (300, "名"),
        (100, "人次"),
    ]
    assert [start for _, start, *_ in AS_WRITTEN["stages"]] == [2023, 2024, 2025]
    assert AS_WRITTEN["citations"] == [("全民阅读促进规划（2021—2025年）", "砚政发〔2021〕3号", "《规划》")]
    assert AS_WRITTEN["roster"] == ["县委宣传部", "县教育局", "县文旅局", "县财政局"]


# -------------------------------------------------------------------------------- page breaks

PAGE_NUMBERS = [
    "3",
    "—3—",
    "— 3 —",
    "－3－",
    "- 3 -",
    "-3-",
    "–3–",
    "－ ３ －",
    "第3页",
    "第 3 页",
    "第3页 共20页",
    "3/20",
    "(3)",
    "(\n—\n19\n—\n)",
    "—\n19\n—",
    "\f",
]


@pytest.mark.parametrize("page_number", PAGE_NUMBERS)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("把阅读作为提升群众文", "化素养的重要途径"),
        ("县人力资源和社", "会保障局配合"),
        ("县财政局、县", "文旅局等单位"),
        ("每学期更新图书，", "安排专人管理"),
        ("培训阅读推广人3", "00名"),
        ("全民阅读促进", "规划（2021"),
        ("县农业农村局、", "各乡镇人民政府配合"),
    ],
    ids=["a word", "a unit's name", "after a level", "after a comma", "a number", "a title in 《》", "a list"],
)
def test_page_break_in(before: str, after: str, page_number: str) -> None:
    assert PLAN.count(before + after) == 1
    broken = PLAN.replace(before + after, f"{before}\n\n{page_number}\n\n{after}")
    assert understood(plan_of(broken)) == AS_WRITTEN


@pytest.mark.parametrize("page_number", PAGE_NUMBERS)
def test_page_number_between_paragraphs(page_number: str) -> None:
    broken = PLAN.replace("\n", f"\n\n{page_number}\n\n")
    assert understood(plan_of(broken)) == AS_WRITTEN


def test_page_break_without_a_page_number() -> None:
    for before, after in (("县人力资源和社", "会保障局"), ("提升群众文", "化素养")):
        for line_break in ("\n", "\n\n", "\r\n\r\n", "\n　　", " \n \n "):
            assert understood(plan_of(PLAN.replace(before + after, before + line_break + after))) == AS_WRITTEN


# ------------------------------------------------------------------------------- hard wrapping


def wrapped(text: str, width: int, indent: str = "") -> str:
    """Break every line at ``width`` characters, as an e-mail or a PDF does."""
    lines = [indent + line for line in text.splitlines()]
    return "".join(line[at : at + width] + "\n" for line in lines for at in range(0, len(line), width))


@pytest.mark.parametrize("width", [20, 28, 30, 32, 35, 38, 40, 45])
@pytest.mark.parametrize("indent", ["", "　　"], ids=["flush", "indented"])
def test_hard_wrapping(width: int, indent: str) -> None:
    assert understood(plan_of(wrapped(PLAN, width, indent))) == AS_WRITTEN


@pytest.mark.parametrize("width", [30, 40])
def test_hard_wrapping_with_blank_lines_and_pages(width: int) -> None:
    lines = wrapped(PLAN, width).splitlines()
    pages = ["\n".join(lines[at : at + 12]) for at in range(0, len(lines), 12)]
    text = "\n".join(f"{page}\n\n— {number} —\n" for number, page in enumerate(pages, start=1))
    assert understood(plan_of(text)) == AS_WRITTEN


# -------------------------------------------------------------------------------- invariance


def markdown(text: str) -> str:
    """Mark title and headings with ``#``, the titles of measures with ``**``."""
    title, *lines = text.splitlines()
    out = [f"# {title}"]
    for line in lines:
        if re.match("[一二三]、", line):
            line = f"## {line}"
        elif re.match("（.）[^。]*$", line):
            line = f"### {line}"
        out.append(re.sub(r"^([0-9]\.)([^。]+。)", r"**\1\2**", line))
    return "\n\n".join(out) + "\n"


INVARIANTS: dict[str, Callable[[str], str]] = {
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "many blank lines": lambda text: text.replace("\n", "\n\n\n\n"),
    "lines of white space": lambda text: text.replace("\n", "\n 　\t\n"),
    "carriage returns and line feeds": lambda text: text.replace("\n", "\r\n"),
    "carriage returns": lambda text: text.replace("\n", "\r"),
    "mixed line ends": lambda text: text.replace("。\n", "。\r\n"),
    "indented with full-width spaces": lambda text: re.sub("(?m)^", "　　", text),
    "indented with spaces": lambda text: re.sub("(?m)^", "    ", text),
    "indented with tabs": lambda text: re.sub("(?m)^", "\t", text),
    "white space at line ends": lambda text: text.replace("\n", "  \n"),
    "white space between all characters": lambda text: re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ", text),
    "byte order mark": lambda text: "\ufeff" + text,
    "no line end at the end": lambda text: text.rstrip("\n"),
    "Markdown": markdown,
    "bold headings": lambda text: re.sub("(?m)^([一二三]、.*|（.）[^。\n]*)$", r"**\1**", text),
    "bold titles of measures": lambda text: re.sub(r"(?m)^([0-9]\.)([^。]+。)", r"\1**\2**", text),
    "bold title": lambda text: re.sub(r"\A(.*)\n", r"**\1**\n", text),
    "rules": lambda text: text.replace("\n（二）进度", "\n\n---\n\n（二）进度"),
    "zero-width spaces": lambda text: text.replace("教育局", "教\u200b育局"),
    "escaped full stops": lambda text: re.sub(r"(?m)^([0-9])\.", r"\1\.", text),
}


@pytest.mark.parametrize("name", INVARIANTS)
def test_layout_says_nothing(name: str) -> None:
    assert understood(plan_of(INVARIANTS[name](PLAN))) == AS_WRITTEN


HALF_WIDTH = {
    "round brackets": ("（）", "()"),
    "colons and semicolons": ("：；", ":;"),
    "commas": ("，", ","),
    "all of these": ("（）：；，", "():;,"),
}


@pytest.mark.parametrize("name", HALF_WIDTH)
def test_half_width_punctuation_is_read_like_full_width(name: str) -> None:
    full, half = HALF_WIDTH[name]
    table = str.maketrans(full, half)
    found = understood(plan_of(PLAN.translate(table)))

    def folded(value: Any) -> Any:
        if isinstance(value, str):
            return value.translate(str.maketrans(half, full))
        if isinstance(value, (list, tuple)):
            return type(value)(map(folded, value))
        return value

    # The words themselves stay as they stand in the draft; names of units never do.
    assert {key: folded(value) for key, value in found.items()} == AS_WRITTEN
    assert [measure[2:6] for measure in found["measures"]] == [measure[2:6] for measure in AS_WRITTEN["measures"]]


def test_full_width_digits_are_read_like_half_width() -> None:
    digits = str.maketrans("0123456789", "０１２３４５６７８９")
    found = plan_of(PLAN.translate(digits))
    assert [(t.value, t.year, t.per) for t in found.targets] == [
        (value, year, per) for _, _, value, _, year, per, _ in AS_WRITTEN["targets"]
    ]
    assert [(m.section.id, m.title, m.leads) for m in found.measures] == [m[:3] for m in AS_WRITTEN["measures"]]
    assert [(s.start, s.end) for s in found.stages] == [(2023, 2023), (2024, 2024), (2025, 2025)]
    assert found.metadata.period == (2023, 2025)


# ----------------------------------------------------------------------------------- the places

SHAPES: dict[str, Callable[[str], str]] = {
    "as written": lambda text: text,
    "wrapped": lambda text: wrapped(text, 30),
    "wrapped and indented": lambda text: wrapped(text, 40, "　　"),
    "cut by page numbers": lambda text: wrapped(text, 33).replace("\n", "\n\n— 7 —\n\n"),
    "Markdown": markdown,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "white space": INVARIANTS["white space between all characters"],
}


def bare(text: str) -> str:
    """Return a text without line breaks, page numbers, white space and Markdown marks."""
    return re.sub(r"\s|\*\*|^#+", "", text.replace("— 7 —", ""))


def written(plan: Plan, span: Span) -> str:
    return bare(plan.text.source[span.start : span.end])


@pytest.mark.parametrize("shape", SHAPES)
def test_every_node_stands_where_it_says(shape: str) -> None:
    plan = plan_of(SHAPES[shape](PLAN))
    assert plan.metadata.title and written(plan, plan.metadata.title_span) == bare(plan.metadata.title)
    for section in plan.sections:
        assert section.title and written(plan, section.span) == bare(section.label + section.title)
    for measure in plan.measures:
        assert measure.title and measure.label
        assert written(plan, measure.span) == bare(measure.label + measure.title)
    for clause in plan.clauses:
        assert bare(clause.text) in written(plan, clause.span)
        for unit in clause.units:
            assert written(plan, unit.span) == bare(unit.written)
    for target in plan.targets:
        assert written(plan, target.span) == bare(target.quote)
    for stage in plan.stages:
        assert bare(stage.quote) in written(plan, stage.span)
    for citation in plan.citations:
        assert written(plan, citation.span) == f"《{bare(citation.title)}》"
    for member in plan.roster:
        assert written(plan, member.span) == bare(member.written)
    nodes = (*plan.sections, *plan.measures, *plan.clauses, *plan.targets, *plan.stages, *plan.citations)
    assert len(nodes) == 9 + 4 + 4 + 4 + 3 + 1


def test_columns_behind_a_joined_break() -> None:
    plan = plan_of(
        "砚湖县阅读行动方案\n一、工作目标\n全县阅读服务网络更加健全，群众阅读需求得到更好满\n\n— 2 —\n\n"
        "足。到2025年，建成书屋50个。\n二、重点任务\n1.建书角。配备图书。（县教\n育局、县科协牵头，县财政\n\n"
        "局、县妇联配合）\n2.育教师。组织培训。\n"
    )
    at = plan.text.position
    (target,) = plan.targets
    line = plan.text.line(at(target.span.start).line)
    assert at(target.span.start).line == 7
    assert line[at(target.span.start).column - 1 :].startswith(target.quote[:3])
    (clause,) = plan.clauses
    assert at(clause.span.start) == (9, 12)
    assert [(unit.name, at(unit.span.start)) for unit in clause.units] == [
        ("县教育局", (9, 13)),
        ("县科协", (10, 4)),
        ("县财政局", (10, 10)),
        ("县妇联", (12, 3)),
    ]


def test_columns_count_every_character_of_the_line() -> None:
    plan = plan_of(
        "砚湖县阅读行动方案\n## **一、重点任务**\n　　1.建书角。配备 图书。（县教育局牵头）\n　　2.育教师。组织培训。\n"
    )
    at = plan.text.position
    assert at(plan.sections[0].span.start) == (2, 6)
    assert at(plan.measures[0].span.start) == (3, 3)
    assert at(plan.clauses[0].span.start) == (3, 15)
    assert at(plan.clauses[0].units[0].span.start) == (3, 16)


def test_characters_beyond_the_basic_plane_are_one_column() -> None:
    plan = plan_of("砚湖县阅读行动方案\n一、重点任务\n1.建书角。配备𠮷𠮷图书。（县教育局牵头）\n2.育教师。组织培训。\n")
    assert plan.text.position(plan.clauses[0].span.start) == (3, 14)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_at_each_kind_of_line_end(line_end: str) -> None:
    plan = plan_of(
        "砚湖县阅读行动方案\n一、重点任务\n\n1.建书角。配备图书。\n2.育教师。组织培训。\n".replace("\n", line_end)
    )
    assert [plan.text.position(measure.span.start) for measure in plan.measures] == [(4, 1), (5, 1)]
    assert plan.text.line(4) == "1.建书角。配备图书。"


# ------------------------------------------------------------------------- paragraphs themselves


def paragraphs(text: str) -> list[str]:
    return [paragraph.text for paragraph in from_string(text).paragraphs if not paragraph.layout]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、总体要求\n让读书成为习惯。\n", ["一、总体要求", "让读书成为习惯。"]),
        ("坚持以人民为中心，让读书成为习\n\n惯。\n", ["坚持以人民为中心，让读书成为习惯。"]),
        ("坚持以人民为中心，让读书成为\n\n— 3 —\n\n习惯。", ["坚持以人民为中心，让读书成为习惯。"]),
        ("让读书成为习惯。\n\n让社会充满书香。", ["让读书成为习惯。", "让社会充满书香。"]),
        (
            "开放线上书库，让群众学会使用\ne-book\nreader，爱上读书。",
            ["开放线上书库，让群众学会使用e-book reader，爱上读书。"],
        ),
        ("**让读书成为习惯。**\n让社会充满书香。", ["让读书成为习惯。", "让社会充满书香。"]),
    ],
)
def test_lines_make_paragraphs(text: str, expected: list[str]) -> None:
    assert paragraphs(text) == expected


def test_folded_text_has_one_form_of_each_character() -> None:
    (paragraph,) = from_string("到２０２５年，(县教育局)达到85％，Ａ类书屋开放.").paragraphs
    assert paragraph.text == "到２０２５年，(县教育局)达到85％，Ａ类书屋开放."
    assert paragraph.folded.startswith("到2025年，（县教育局）达到85%，A类书屋开放")
    assert len(paragraph.folded) == len(paragraph.text)


def test_a_form_feed_ends_a_paragraph_but_no_line() -> None:
    plan = plan_of("某县全民健身实施方案\f一、主要任务\n1.办好赛事。每年办赛10场。（县体育局牵头）\n")
    assert [(section.title, plan.text.position(section.span.start)) for section in plan.sections] == [
        ("主要任务", (1, 12))
    ]
    assert [measure.leads for measure in plan.measures] == [("县体育局",)]


# ------------------------------------------------------------------- lines of labels that are cut


LINES = """砚湖市全民阅读行动计划（2023—2025年）
为推动全民阅读，制定本计划。
一、重点任务
（一）校园阅读行动
1.建设书香校园。为每个班级配备图书角，定期更新图书，安排专人管理。
牵头部门：{lead}
参与部门：{supporters}
完成时限：{deadline}
2.培养阅读教师。组织教师参加培训。
牵头部门：市教育局
参与部门：市财政局
完成时限：长期坚持
二、保障措施
各部门要加强协作。
"""
PAGE = "\n— 2 —\n"


def clause_of(lead: str = "市教育局", supporters: str = "市财政局", deadline: str = "2024年6月底前") -> Clause:
    plan = plan_of(LINES.format(lead=lead, supporters=supporters, deadline=deadline))
    assert [m.title for m in plan.measures] == ["建设书香校园", "培养阅读教师"]
    assert len(plan.clauses) == 2
    return plan.clauses[0]


@pytest.mark.parametrize("cut", ["\n", PAGE, "\n" + PAGE + "\n"])
@pytest.mark.parametrize(
    "names",
    [
        ["市财政局", "市人民政府国有资产监督管理委|员会"],
        ["市财政局", "市人力资源和社|会保障局"],
        ["市人力资源和社|会保障局", "市财政局"],
        ["市财政局", "市委|宣传部", "市科协"],
        ["市财政局", "市住房和城乡建|设局"],
        ["市财政局", "市人民政府|办公室"],
        ["市财政局", "市工信局|（国资委）", "市科协"],
        ["市财政局", "市总工|会"],
        ["市财政局", "市|教育局"],
        ["市财政局", "团市|委", "市科协"],
        ["市财政局", "各县（市、区）|人民政府"],
        ["市财政局", "各县|（市、区）人民政府"],
        ["市财政局", "各乡镇|人民政府", "各街道|办事处"],
    ],
)
def test_a_unit_that_is_cut_in_a_line_of_labels_is_one(names: list[str], cut: str) -> None:
    whole = [name.replace("|", "") for name in names]
    clause = clause_of(supporters="、".join(names).replace("|", cut))
    assert (list(clause.leads), list(clause.supporters), clause.deadline) == (["市教育局"], whole, "2024年6月底前")
    clause = clause_of(lead="、".join(names).replace("|", cut))
    assert (list(clause.leads), list(clause.supporters), clause.deadline) == (whole, ["市财政局"], "2024年6月底前")


@pytest.mark.parametrize("cut", ["\n", PAGE])
@pytest.mark.parametrize("deadline", ["2024年6月|底前", "2024年|12月底前", "2024年1|2月底前", "2024年12月15|日前完成"])
def test_a_deadline_that_is_cut_is_one(deadline: str, cut: str) -> None:
    assert clause_of(deadline=deadline.replace("|", cut)).deadline == deadline.replace("|", "")


@pytest.mark.parametrize(
    "after", ["市教育局办公室", "社区宣传工作", "加强组织领导", "2023年，市财政局", "（内部资料）"]
)
def test_a_line_behind_a_whole_list_is_its_own(after: str) -> None:
    plan = plan_of(
        "砚湖市全民阅读行动计划\n为推动全民阅读，制定本计划。\n一、重点任务\n1.建设书香校园。定期更新图书。\n"
        f"责任单位：市教育局、市民政局\n{after}\n2.培养阅读教师。组织教师参加培训。\n"
    )
    assert [unit.name for unit in plan.clauses[0].units] == ["市教育局", "市民政局"]


def test_a_clause_with_verbs_that_is_cut_in_a_name_is_one() -> None:
    plan = plan_of(
        "砚湖市全民阅读行动计划\n为推动全民阅读，制定本计划。\n一、重点任务\n1.建设书香校园。定期更新图书。\n"
        "责任单位：市教育局牵头，市财政局、市人力资源和社\n会保障局配合\n2.培养阅读教师。组织教师参加培训。\n"
    )
    (clause,) = plan.clauses
    assert (clause.leads, clause.supporters) == (("市教育局",), ("市财政局", "市人力资源和社会保障局"))
