"""What a rule can look at: every kind of node of one small plan, its attributes read by hand."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import replace

from checker.conditions import chosen
from checker.kinds import KINDS
from checker.model import Layout, PageSetup, Plan, Setting, Span
from checker.nodes import column, nodes_of, path_problem, shown, value
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.view import view

TEXT = """\
云山县人民政府办公室关于印发《云山县全民健身方案（2021—2025年）》的通知

云政办发〔2021〕8号

各乡镇人民政府：
现印发给你们，请认真执行。

云山县人民政府办公室
2021年12月20日

云山县全民健身实施方案
（2021—2025年）

为落实国务院《全民健身计划（2021—2025年）》（国发〔2021〕11号，以下简称《计划》）和《规划》，制定本方案。

一、工作目标
到2025年，全县体育场地超过100个。每年培训骨干200人次。
二、主要任务：
实施3项行动。
（一）场地行动
1.建好场地。新建一批场地。（县体育局牵头，县财政局、住建局配合）
2.办好赛事。每年办赛10场。（6月底前完成，责任单位：县教育局）。
（二）骨干行动
建立骨干队伍，开展培训。
责任单位：县体育局牵头，县文旅局参加。
三、组织保障
（一）组织领导。成立领导小组，成员单位由县体育局、县教育局组成。
（二）进度安排
启动阶段。2021年，制定方案。
推进阶段。2022—2025年，全面推进；每年总结。

云山县人民政府办公室　　2021年12月21日印发
"""
PLAN = parse_text(from_string(TEXT))

# What the form of a document is about: an attachment, a paragraph cut in two, what a page left behind.
FORMS = parse_text(
    from_string("""\
云山县全民健身实施方案

一、主要任务
任务分工见附件2，各单位要加强沟通协调，建立健全工作机制，

及时解决工作中的问题。
— 2 —
二、组织保障
落实 **经费**。

附件：1.任务分工表
2.指标表

【打印本页】
""")
)
SET = from_string("云山县全民健身实施方案\n一、工作目标\n新建步道。\n")
LAID_OUT = parse_text(
    replace(
        SET,
        layout=Layout(
            (PageSetup(0, 210.04, 297, 37, 26, None, 28, 22, 27.64, True, "SimSun", 14),),
            (
                Setting(Span(0, 11), "FZXBSJW--GB1-0", 22, "center", 0),
                Setting(Span(12, 18), "黑体", 16, "justify", 2),
                Setting(Span(19, 24), "某某手写体", 15.5, None, None),
            ),
        ),
    )
)
TITLE = "云山县全民健身实施方案（2021—2025年）"
# Folded: a paragraph to a line, without the white space between Chinese characters, a dash for every dash.
TEXT_IN_PARAGRAPHS = "\n".join(line.replace("　", "").replace("—", "-") for line in TEXT.splitlines() if line)

# kind, the node's number in the plan, every attribute of it; nodes stand here by their titles or texts.
NODES: list[tuple[str, int, dict[str, Any]]] = [
    (
        "plan",
        0,
        {
            "title": TITLE,
            "notice_title": "云山县全民健身方案（2021—2025年）",
            "place": "云山县",
            "issuer": "云山县人民政府办公室",
            "doc_number": "云政办发〔2021〕8号",
            "period": "2021—2025",
            "first_year": 2021,
            "last_year": 2025,
            "level": "县",
            "text": TEXT_IN_PARAGRAPHS,
            "approved_title": None,  # the notice names no plan that was agreed to
            "genre": "实施方案",
            "grassroots": False,
            "one_year": False,
            "tasks_dated": False,  # one clause alone has a deadline
            "has_towns": True,  # 各乡镇人民政府
            "roster": ("县体育局", "县教育局"),
            "signed_date": "2021-12-20",
            "printed_date": "2021-12-21",
            "format": "txt",
        },
    ),
    (
        "section",
        1,
        {
            "id": "二",
            "level": 1,
            "label": "二、",
            "ordinal": 2,
            "title": "主要任务",
            "role": "actions",
            "parent": None,
            "text": "实施3项行动。",
            "children": ("场地行动", "骨干行动"),
            "measures": ("建好场地", "办好赛事"),  # those below it count; 骨干行动 is one itself
        },
    ),
    (
        "section",
        2,
        {
            "id": "二.1",
            "level": 2,
            "label": "（一）",
            "ordinal": 1,
            "title": "场地行动",
            "role": "action",
            "parent": "主要任务",
            "text": "",
            "children": (),
            "measures": ("建好场地", "办好赛事"),
        },
    ),
    (
        "heading",
        1,
        {
            "label": "二、",
            "kind": "first",
            "level": 1,
            "ordinal": 2,
            "title": "主要任务",
            "section": "主要任务",
            "parent": None,
            "measure": None,
            "ending": "：",
            "style": "一、",
        },
    ),
    (
        "heading",
        4,
        {
            "label": "2.",
            "kind": "third",
            "level": 3,
            "ordinal": 2,
            "title": "办好赛事",
            "section": "场地行动",
            "parent": "场地行动",
            "measure": "办好赛事",
            "ending": None,
            "style": "1.",
        },
    ),
    ("task", 1, {"title": "骨干行动", "role": "action", "section": "骨干行动"}),
    (
        "measure",
        0,
        {
            "title": "建好场地",
            "name": "建好场地",
            "label": "1.",
            "leads": ("县体育局",),
            "responsible": (),
            "supporters": ("县财政局", "县住建局"),
            "responsibility": "own",
            "section": "场地行动",
            "text": "新建一批场地。（县体育局牵头，县财政局、住建局配合）",
        },
    ),
    (
        "measure",
        2,
        {
            "title": "骨干行动",
            "name": "骨干行动",
            "label": "（二）",
            "leads": ("县体育局",),
            "responsible": (),
            "supporters": ("县文旅局",),
            "responsibility": "section",
            "section": "骨干行动",
            "text": "建立骨干队伍，开展培训。责任单位：县体育局牵头，县文旅局参加。",
        },
    ),
    (
        "clause",
        1,
        {
            "leads": (),
            "responsible": ("县教育局",),
            "supporters": (),
            "deadline": "6月底前完成",
            "form": "bracket",
            "readable": True,
            "problem": None,
            "section": "场地行动",
            "measure": "办好赛事",
            "text": "6月底前完成，责任单位：县教育局",
            "ending": "。",
            "item": "numbered",
            "others": ("县教育局",),
            "part_of_others": None,  # said only of units behind a lead
        },
    ),
    (
        "clause",
        2,
        {
            "leads": ("县体育局",),
            "responsible": (),
            "supporters": ("县文旅局",),
            "deadline": None,
            "form": "line",
            "readable": True,
            "problem": None,
            "section": "骨干行动",
            "measure": None,
            "text": "责任单位：县体育局牵头，县文旅局参加。",
            "ending": None,
            "item": None,  # not in brackets
            "others": ("县文旅局",),
            "part_of_others": "参加",
        },
    ),
    (
        "unit",
        2,
        {
            "name": "县住建局",
            "written": "住建局",
            "part": "supporter",
            "prefix": "carried",  # from 县财政局
            "identity": "县住建局",
            "spelling": "县住建局",
            "meant": None,
            "now": None,
            "general": False,
            "clause": "县体育局牵头，县财政局、住建局配合",
            "section": "场地行动",
        },
    ),
    (
        "unit",
        7,
        {
            "name": "县教育局",
            "written": "县教育局",
            "part": "roster",
            "prefix": "written",
            "identity": "县教育局",
            "spelling": "县教育局",
            "meant": None,
            "now": None,
            "general": False,
            "clause": None,
            "section": "组织领导",
        },
    ),
    (
        "target",
        0,
        {
            "metric": "体育场地",
            "comparator": ">",
            "value": 100,
            "unit": "个",
            "year": 2025,
            "per": None,
            "due": 2025,
            "subject": "体地场育",  # the characters of 体育场地, in the order of their code points
            "quote": "全县体育场地超过100个",
            "sentence": "到2025年，全县体育场地超过100个",
            "deadline": None,
            "section": "工作目标",
        },
    ),
    (
        "target",
        1,
        {
            "metric": "培训骨干",
            "comparator": "=",
            "value": 200,
            "unit": "人次",
            "year": None,
            "per": "year",
            "due": 2025,  # the plan's last
            "subject": "培干训骨",
            "quote": "每年培训骨干200人次",
            "sentence": "每年培训骨干200人次",
            "deadline": None,
            "section": "工作目标",
        },
    ),
    (
        "stage",
        1,
        {
            "label": "推进阶段",
            "from": 2022,
            "to": 2025,
            "quote": "推进阶段。2022—2025年，全面推进；每年总结",
            "section": "进度安排",
        },
    ),
    (
        "citation",
        0,
        {
            "title": "全民健身计划（2021—2025年）",
            "number": "国发〔2021〕11号",
            "issuer": "国务院",
            "alias": "《计划》",
            "introduced": True,
            "section": None,
        },
    ),
    (
        "citation",
        1,
        {"title": "规划", "number": None, "issuer": None, "alias": None, "introduced": False, "section": None},
    ),
    (
        "stated_count",
        0,
        {"quote": "3项行动", "stated": 3, "of": "actions", "actual": 2, "section": "主要任务"},
    ),
    ("roster", 0, {"units": ("县体育局", "县教育局"), "section": "组织领导"}),
    ("paragraph", 9, {"text": "一、工作目标", "written": "一、工作目标", "section": "工作目标"}),
    (
        "paragraph",  # the foot
        -1,
        {
            "text": "云山县人民政府办公室2021年12月21日印发",
            "written": "云山县人民政府办公室　　2021年12月21日印发",
            "section": None,
        },
    ),
    (
        "date",
        0,
        {"text": "2021年12月20日", "year": 2021, "month": 12, "day": 20, "real": True, "section": None},
    ),
    ("doc_number", 1, {"text": "国发〔2021〕11号", "section": None}),
    (
        "attachment",
        0,
        {"text": "附件2", "name": None, "number": 2, "form": "mention", "found": True, "section": "主要任务"},
    ),
    (
        "attachment",
        1,
        {
            "text": "附件：1.任务分工表",
            "name": "任务分工表",
            "number": 1,
            "form": "list",
            "found": True,
            "section": None,
        },
    ),
    (
        "break",
        0,
        {"before": "立健全工作机制，", "after": "及时解决工作中的", "blank": True, "section": "主要任务"},
    ),
    ("residue", 0, {"text": "—2—", "kind": "page-number", "section": None}),
    ("residue", 1, {"text": "【打印本页】", "kind": "web", "section": None}),
    ("sentence", 10, {"text": "到2025年，全县体育场地超过100个。", "section": "工作目标"}),
    ("sentence", -2, {"text": "每年总结。", "section": "进度安排"}),
    (
        "page",
        0,
        {
            "width": 210.0,
            "height": 297,
            "top": 37,
            "right": 26,
            "bottom": None,
            "left": 28,
            "lines": 22,
            "characters": 27.6,
            "orientation": "portrait",
            "page_number": True,
            "page_number_face": "宋体",
            "page_number_size": 14,
            "section": None,
        },
    ),
    (
        "setting",
        0,
        {
            "text": "云山县全民健身实施方案",
            "font": "FZXBSJW--GB1-0",
            "face": "小标宋",
            "size_name": "二号",
            "part": "title",
            "kind": None,
            "level": None,
            "size": 22,
            "indent": 0,
            "alignment": "center",
            "begins": True,
            "section": None,
        },
    ),
    (
        "setting",
        2,
        {
            "text": "新建步道。",
            "font": "某某手写体",
            "face": "某某手写体",
            "size_name": "15.5磅",
            "part": "body",
            "kind": None,
            "level": None,
            "size": 15.5,
            "indent": None,
            "alignment": None,
            "begins": True,
            "section": "工作目标",
        },
    ),
]


def plan_of(kind: str) -> Plan:
    """Return the plan that has nodes of a kind."""
    if kind in ("page", "setting"):
        return LAID_OUT
    return FORMS if kind in ("attachment", "break", "residue") else PLAN


def plain(given: Any) -> Any:
    """Return a node as its title or text, several as a tuple of these, anything else as it is."""
    if isinstance(given, tuple):
        return tuple(plain(one) for one in given)
    if not hasattr(given, "span"):
        return given
    return given.title if hasattr(given, "title") else given.text


@pytest.mark.parametrize(("kind", "number", "wanted"), NODES, ids=[f"{kind} {number}" for kind, number, _ in NODES])
def test_every_attribute_of_a_node(kind: str, number: int, wanted: dict[str, Any]) -> None:
    plan = plan_of(kind)
    node = nodes_of(plan, kind)[number]
    assert value(node, "plan", plan) is plan
    found = {name: plain(value(node, name, plan)) for name in KINDS[kind].attributes if name != "plan"}
    assert found == wanted


def test_every_kind_is_tried() -> None:
    assert {kind for kind, _, _ in NODES} == set(KINDS)


# DESIGN §4, "What a rule can look at".
TABLE = {
    "plan": "title place issuer doc_number period signed_date printed_date format",
    "section": "id level label ordinal title role parent text children",
    "measure": "title label leads responsible supporters responsibility section text",
    "clause": "leads responsible supporters deadline form readable section measure text",
    "unit": "name part clause",
    "target": "metric comparator value unit year per quote section",
    "stage": "label from to quote",
    "citation": "title number issuer alias introduced",
    "stated_count": "quote stated of actual",
    "roster": "units section",
    "paragraph": "text section",
    "sentence": "text section",
}


@pytest.mark.parametrize("kind", TABLE)
def test_nothing_of_the_table_is_missing(kind: str) -> None:
    assert set(TABLE[kind].split()) <= set(KINDS[kind].attributes)


COUNTS = {
    "plan": 1,
    "section": 7,
    "heading": 9,  # the sections, and two measures with numbers
    "task": 2,
    "measure": 3,
    "clause": 3,
    "unit": 8,  # three, one and two of the clauses, two of the roster
    "target": 3,
    "stage": 2,
    "citation": 2,
    "stated_count": 1,
    "roster": 1,
    "date": 2,  # of signature and printing; neither the years of the stages nor 6月底
    "doc_number": 2,
    "attachment": 3,  # one mention, a list of two
    "break": 1,
    "residue": 2,
}


@pytest.mark.parametrize("kind", COUNTS)
def test_all_nodes_of_a_kind_are_there(kind: str) -> None:
    assert len(nodes_of(plan_of(kind), kind)) == COUNTS[kind]


EMPTY = parse_text(from_string("全面提升健身水平。\n"))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"plan", "paragraph", "sentence"}))
def test_a_text_without_structure_has_no_nodes(kind: str) -> None:
    assert list(nodes_of(EMPTY, kind)) == []


def test_a_text_without_structure_is_a_plan_of_which_nothing_is_known() -> None:
    (plan,) = nodes_of(EMPTY, "plan")
    known = {name: value(plan, name, EMPTY) for name in ("place", "issuer", "doc_number", "period", "first_year")}
    assert set(known.values()) == {None}


def test_a_clause_that_cannot_be_read_says_why() -> None:
    plan = parse_text(from_string("一、主要任务\n1.建好场地。新建。（牵头，县科协、县妇联配合）\n"))
    (clause,) = nodes_of(plan, "clause")
    assert value(clause, "readable", plan) is False
    assert shown(value(clause, "problem", plan), "zh")


def test_a_measure_straight_under_its_group_is_a_task() -> None:
    plan = parse_text(from_string("一、主要任务\n1.建好场地。新建。（县体育局牵头）\n2.办好赛事。办赛。\n"))
    assert [(task.title, task.role) for task in nodes_of(plan, "task")] == [
        ("建好场地", "action"),
        ("办好赛事", "action"),
    ]


class TestPaths:
    """A path goes from a node to another, and says None where there is none."""

    @pytest.mark.parametrize(
        ("kind", "number", "path", "wanted"),
        [
            ("measure", 0, "section.role", "action"),
            ("measure", 0, "section.parent.title", "主要任务"),
            ("clause", 0, "measure.title", "建好场地"),
            ("clause", 2, "measure.title", None),
            ("unit", 2, "clause.measure.title", "建好场地"),
            ("unit", 2, "clause.section.role", "action"),
            ("unit", 2, "clause.leads", ("县体育局",)),
            ("unit", 7, "clause.measure.title", None),
            ("heading", 2, "parent.title", "主要任务"),
            ("heading", 0, "parent.title", None),
            ("heading", 4, "measure.responsible", ("县教育局",)),
            ("heading", 0, "measure.title", None),
            ("target", 2, "section.title", "场地行动"),
            ("roster", 0, "section.parent.role", "organisation"),
            ("sentence", 0, "section.title", None),
            ("unit", 2, "plan.level", "县"),
            ("unit", 2, "clause.measure.section.plan.last_year", 2025),
            ("paragraph", 0, "plan.roster", ("县体育局", "县教育局")),
            ("date", 0, "plan.has_towns", True),
            ("plan", 0, "plan.plan.title", TITLE),
        ],
    )
    def test_leads_to(self, kind: str, number: int, path: str, wanted: Any) -> None:
        assert value(nodes_of(PLAN, kind)[number], path, PLAN) == wanted

    @pytest.mark.parametrize(
        ("kind", "path"), [("unit", "clause.measure.title"), ("heading", "parent.parent.title"), ("clause", "section")]
    )
    def test_that_leads_somewhere_has_no_problem(self, kind: str, path: str) -> None:
        assert path_problem(kind, path) is None

    @pytest.mark.parametrize(
        ("kind", "path"),
        [
            ("unit", "clause.measure.titel"),
            ("unit", "measure.title"),
            ("target", "year.first"),
            ("section", "children.title"),
            ("measure", ""),
            ("measure", "section."),
            ("measure", "span"),
            ("measure", "__class__"),
            ("measure", "plan.levle"),
            ("measure", "plan.section"),
        ],
    )
    def test_that_leads_nowhere_has_one(self, kind: str, path: str) -> None:
        assert path_problem(kind, path) is not None


CONDITIONS: list[tuple[str, dict[str, Any], list[str]]] = [
    # a value
    ("section", {"level": 1}, ["工作目标", "主要任务", "组织保障"]),
    ("section", {"title": "主要任务"}, ["主要任务"]),
    ("section", {"title": "主要"}, []),
    ("section", {"parent.title": "主要任务"}, ["场地行动", "骨干行动"]),
    ("target", {"value": 100}, ["全县体育场地超过100个"]),
    ("target", {"value": 100.0, "comparator": ">"}, ["全县体育场地超过100个"]),
    ("citation", {"introduced": False}, ["规划"]),
    ("citation", {"introduced": True}, ["全民健身计划（2021—2025年）"]),
    ("plan", {"signed_date": "2021-12-20"}, [TITLE]),
    # a list of values
    ("section", {"role": ["objectives", "actions"]}, ["工作目标", "主要任务"]),
    ("target", {"year": [2024, 2025]}, ["全县体育场地超过100个"]),
    # an attribute with several values: one of them is enough
    ("measure", {"supporters": "县财政局"}, ["建好场地"]),
    ("measure", {"supporters": ["县文旅局", "县住建局"]}, ["建好场地", "骨干行动"]),
    ("measure", {"supporters": {"matches": "住建"}}, ["建好场地"]),
    ("measure", {"supporters": {"missing": True}}, ["办好赛事"]),
    ("measure", {"supporters": {"missing": False}}, ["建好场地", "骨干行动"]),
    ("measure", {"supporters": "县体育局"}, []),
    ("roster", {"units": "县体育局"}, ["县体育局"]),
    # matches: anywhere in the text, whatever its characters
    ("section", {"title": {"matches": "行动$"}}, ["场地行动", "骨干行动"]),
    ("section", {"title": {"matches": "^行动"}}, []),
    ("citation", {"number": {"matches": "国发"}}, ["全民健身计划（2021—2025年）"]),
    # lacks: nowhere in the text; what has no text does not lack anything
    ("section", {"title": {"lacks": "行动$"}}, ["工作目标", "主要任务", "组织保障", "组织领导", "进度安排"]),
    ("citation", {"number": {"lacks": "国发"}}, []),
    ("citation", {"number": {"lacks": "省政"}}, ["全民健身计划（2021—2025年）"]),
    ("measure", {"supporters": {"lacks": "住建"}}, ["骨干行动"]),
    ("measure", {"leads": {"lacks": "^市"}}, ["建好场地", "骨干行动"]),
    ("section", {"title": {"matches": "行动", "lacks": "骨干"}}, ["场地行动"]),
    # of the plan: for all nodes or for none
    ("target", {"plan.level": "县", "unit": "场"}, ["每年办赛10场"]),
    ("target", {"plan.level": ["市", "区"], "unit": "场"}, []),
    ("section", {"plan.title": {"matches": "健身"}, "level": 1}, ["工作目标", "主要任务", "组织保障"]),
    ("section", {"plan.title": {"lacks": "健身"}}, []),
    ("section", {"plan.issuer": {"missing": True}}, []),
    ("plan", {"plan.level": "县"}, [TITLE]),
    # a value that is false
    ("citation", {"plan.has_towns": False}, []),
    ("citation", {"plan.has_towns": True, "introduced": False}, ["规划"]),
    # missing
    ("target", {"year": {"missing": True}}, ["每年培训骨干200人次", "每年办赛10场"]),
    ("target", {"year": {"missing": False}}, ["全县体育场地超过100个"]),
    ("section", {"parent": {"missing": True}}, ["工作目标", "主要任务", "组织保障"]),
    ("section", {"children": {"missing": True}}, ["工作目标", "场地行动", "骨干行动", "组织领导", "进度安排"]),
    ("section", {"measures": {"missing": False}}, ["主要任务", "场地行动"]),
    # a text that is empty is missing
    ("section", {"text": {"missing": True}}, ["场地行动", "组织保障"]),
    # what is missing is neither more nor less than anything
    ("target", {"year": {"lt": 3000}}, ["全县体育场地超过100个"]),
    ("target", {"year": {"ge": 0}}, ["全县体育场地超过100个"]),
    # relations
    ("target", {"value": {"lt": 100}}, ["每年办赛10场"]),
    ("target", {"value": {"le": 100}}, ["全县体育场地超过100个", "每年办赛10场"]),
    ("target", {"value": {"gt": 100}}, ["每年培训骨干200人次"]),
    ("target", {"value": {"ge": 100}}, ["全县体育场地超过100个", "每年培训骨干200人次"]),
    ("target", {"value": {"gt": 10, "lt": 200}}, ["全县体育场地超过100个"]),
    ("plan", {"signed_date": {"lt": "2021-12-21"}}, [TITLE]),
    ("plan", {"signed_date": {"gt": "2021-12-21"}}, []),
    ("plan", {"last_year": {"ge": 2025}}, [TITLE]),
    # several conditions: all have to hold
    ("section", {"level": 2, "title": {"matches": "行动"}, "ordinal": 2}, ["骨干行动"]),
    ("section", {"level": 1, "title": {"matches": "行动"}}, []),
    # none at all
    ("stage", {}, ["启动阶段", "推进阶段"]),
]


@pytest.mark.parametrize(("kind", "where", "wanted"), CONDITIONS, ids=[f"{kind} {w}" for kind, w, _ in CONDITIONS])
def test_where_chooses(kind: str, where: dict[str, Any], wanted: list[str]) -> None:
    name = {"target": "quote", "stage": "label", "roster": "units"}.get(kind, "title")
    assert [shown(value(node, name, PLAN), "zh").split("、")[0] for node in chosen(PLAN, kind, where)] == wanted


def test_where_reads_a_draft_in_traditional_characters_by_simplified_words() -> None:
    plan = parse_text(from_string("一、體育場館建設行動\n（一）開展培訓\n為學校開設課程，舉辦運動會，獎勵單位。\n"))
    assert len(chosen(plan, "section", {"title": {"matches": "体育场馆"}})) == 1


def test_where_compares_a_value_with_a_draft_in_traditional_characters() -> None:
    # Words of a rule are simplified, whether they stand in a pattern or by themselves.
    plan = parse_text(from_string("一、體育場館建設行動\n（一）開展培訓\n為學校開設課程，舉辦運動會，獎勵單位。\n"))
    assert len(chosen(plan, "section", {"title": "开展培训"})) == 1


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_attribute_can_stand_in_a_message(kind: str) -> None:
    for node in nodes_of(PLAN, kind):
        for name in KINDS[kind].attributes:
            for language in ("zh", "en"):
                assert not re.search(r"Span\(|None", shown(value(node, name, PLAN), language)), name


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_column_is_the_values_of_all_nodes(kind: str) -> None:
    for plan in (PLAN, FORMS, EMPTY):
        nodes = nodes_of(plan, kind)
        paths = [
            *KINDS[kind].attributes,
            "plan.level",
            *(["section.title"] if "section" in KINDS[kind].attributes else []),
        ]
        for path in paths:
            assert column(nodes, path, plan) == [value(node, path, plan) for node in nodes], path


PLACES = {
    "云岭县": "县",
    "白沙市": "市",
    "云岭省": "省",
    "青石镇": "镇",
    "大河街道": "街道",
    "北山区": "区",
}


@pytest.mark.parametrize("place", PLACES)
def test_the_level_of_a_plan_is_the_last_word_of_its_place(place: str) -> None:
    plan = parse_text(from_string(f"{place}全民健身实施方案\n\n一、工作目标\n提升。\n"))
    assert value(plan, "level", plan) == PLACES[place]


def test_a_plan_of_no_place_has_no_level() -> None:
    assert value(EMPTY, "level", EMPTY) is None


@pytest.mark.parametrize(
    ("sentence", "has"),
    [
        ("各乡镇人民政府要抓好落实。", True),
        ("各镇街要抓好落实。", True),
        ("青石镇（街道）人民政府要抓好落实。", True),
        ("镇政府负责。", True),
        ("各街道办事处要抓好落实。", False),
        ("推进城镇化和乡村振兴。", False),
    ],
)
def test_a_plan_that_speaks_of_towns_has_towns(sentence: str, has: bool) -> None:
    plan = parse_text(from_string(f"北山区全民健身实施方案\n\n一、主要任务\n{sentence}\n"))
    assert value(plan, "has_towns", plan) is has


def subject(metric: str) -> str:
    plan = parse_text(from_string(f"一、工作目标\n到2025年，{metric}达到15%。\n"))
    (target,) = nodes_of(plan, "target")
    return str(value(target, "subject", plan))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("公民具备科学素质的比例", "具备科学素质的公民比例"),  # another order
        ("体育场地数量", "体育场地"),
        ("全县体育场地总数", "体育场地"),
        ("體育場地覆蓋率", "体育场地覆盖率"),
    ],
)
def test_targets_of_one_subject(one: str, other: str) -> None:
    assert subject(one) == subject(other)


def test_targets_of_two_subjects() -> None:
    assert subject("城镇公民科学素质比例") != subject("农村公民科学素质比例")


def test_a_target_is_due_in_its_own_year_else_in_the_plans_last_else_never() -> None:
    titled = "云岭县健身方案（2021—2025年）\n\n"
    text = "一、工作目标\n到2023年，建成球场60个以上。\n二、主要任务\n建成步道100公里以上。\n"
    for head, wanted in ((titled, [2023, 2025]), ("", [2023, None])):
        plan = parse_text(from_string(head + text))
        assert column(nodes_of(plan, "target"), "due", plan) == wanted


def test_an_item_is_numbered_or_has_a_title_only() -> None:
    plan = parse_text(
        from_string(
            "一、主要任务\n（一）场地行动\n1.建好场地。新建一批。（县体育局牵头）\n"
            "办好赛事。每年办赛。（县教育局牵头）\n各单位要加强协作，共同办好赛事。（县体育局牵头）\n"
        )
    )
    assert column(nodes_of(plan, "clause"), "item", plan) == ["numbered", "unnumbered", None]


class TestLooking:
    """Paragraphs are looked through all at once."""

    TEXT = (
        "云山縣全民健身實施方案\n\n一、主要任務\n辦好賽事, 建好場地,\n擴大開放。\n二、組織保障\n加強領導，落實經費。\n"
    )

    def found(self, pattern: str, field: str = "text", folded: bool = False) -> list[str]:
        plan = parse_text(from_string(self.TEXT))
        nodes = nodes_of(plan, "paragraph")
        return [node.text[:2] for node in view(plan).with_match(nodes, pattern, field, folded)]

    def test_in_simplified_characters(self) -> None:
        assert self.found("赛事") == ["辦好"]

    def test_in_what_is_written_in_simplified_characters_too(self) -> None:
        assert self.found("赛事, 建", "written") == ["辦好"]

    def test_in_the_folded_text_if_asked(self) -> None:
        assert self.found("赛事，") == []
        assert self.found("赛事，", folded=True) == ["辦好"]

    def test_a_pattern_that_asks_for_the_ends_of_the_text_is_left_to_each(self) -> None:
        assert len(self.found(r"\A一")) == 5

    def test_other_attributes_and_kinds_are_left_to_each(self) -> None:
        plan = parse_text(from_string(self.TEXT))
        assert view(plan).with_match(plan.sections, "没有", "title") == plan.sections
        sentences = nodes_of(plan, "sentence")
        assert view(plan).with_match(sentences, "没有") == sentences

    def test_none_of_none(self) -> None:
        assert list(view(EMPTY).with_match([], "甲")) == []


@pytest.mark.parametrize(
    ("head", "foot", "now"),
    [
        ("云岭县健身方案（2021—2025年）", "", "自然资源"),
        ("云岭县健身方案（2016—2020年）", "", None),
        ("云岭县健身方案", "\n云岭县人民政府\n2021年5月6日\n", "自然资源"),
        ("云岭县健身方案", "\n云岭县人民政府\n2016年5月6日\n", None),
        (
            "云岭县健身方案（2016—2020年）",
            "\n云岭县人民政府\n2021年5月6日\n",
            "自然资源",
        ),  # the day on which it was signed
        ("云岭县健身方案", "", None),
    ],
)
def test_what_a_unit_is_called_now_depends_on_when_the_plan_was_made(head: str, foot: str, now: str | None) -> None:
    text = f"{head}\n\n一、主要任务\n1.建好步道。新建。（县国土资源局牵头）\n{foot}"
    plan = parse_text(from_string(text))
    assert column(nodes_of(plan, "unit"), "now", plan) == [now]
