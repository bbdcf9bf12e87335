"""Every layout of the family that the grammars are written for, one small plan each.

The county of 砚湖 does not exist, and neither do its plans.
"""

from __future__ import annotations

import pytest

from checker.model import Clause, Measure, Plan, Section
from checker.parser import parse_text
from checker.plain_text import from_string

TITLE = "砚湖县全民阅读行动计划（2023—2025年）"
HEAD = f"""{TITLE}
为推动全民阅读，制定本计划。
一、总体要求
让读书成为全县群众的生活习惯。
二、重点任务
"""
TAIL = """三、保障措施
各部门要加强协作，确保各项任务落到实处。
"""


def plan_of(text: str) -> Plan:
    return parse_text(from_string(text))


def measure_with(clause: str, text: str = "为每个班级配备图书角。") -> Measure:
    """Return the measure that ``clause`` stands behind, in a plan where it is the first of two."""
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n1.建设书香校园。{text}{clause}\n2.培养阅读教师。组织教师参加培训。\n{TAIL}"
    )
    assert [measure.title for measure in plan.measures] == ["建设书香校园", "培养阅读教师"]
    return plan.measures[0]


def parts(node: Measure | Clause) -> tuple[list[str], list[str], list[str]]:
    return list(node.leads), list(node.responsible), list(node.supporters)


def section(plan: Plan, title: str) -> Section:
    return next(found for found in plan.sections if found.title == title)


def titles(plan: Plan) -> list[str | None]:
    return [measure.title for measure in plan.measures]


# ----------------------------------------------------------- clauses: how they are worded


@pytest.mark.parametrize(
    ("clause", "leads", "responsible", "supporters"),
    [
        ("县教育局牵头，县财政局、县文旅局等单位配合", ["县教育局"], [], ["县财政局", "县文旅局"]),
        (
            "县教育局、县文旅局牵头，县财政局、县科协参加",
            ["县教育局", "县文旅局"],
            [],
            ["县财政局", "县科协"],
        ),
        ("县教育局牵头负责，县财政局配合", ["县教育局"], [], ["县财政局"]),
        ("县教育局牵头，县财政局、县文旅局按职责分工配合", ["县教育局"], [], ["县财政局", "县文旅局"]),
        ("县教育局牵头，县财政局、县文旅局按职责分工负责", ["县教育局"], ["县财政局", "县文旅局"], []),
        ("责任单位：县教育局、县财政局", [], ["县教育局", "县财政局"], []),
        ("责任部门：县教育局、县财政局", [], ["县教育局", "县财政局"], []),
        ("牵头单位：县教育局，责任单位：县财政局", ["县教育局"], ["县财政局"], []),
        ("牵头单位：县教育局；配合单位：县财政局", ["县教育局"], [], ["县财政局"]),
        ("牵头单位：县教育局，参加单位：县财政局", ["县教育局"], [], ["县财政局"]),
        ("牵头单位：县教育局", ["县教育局"], [], []),
        ("县教育局、县财政局按职责分工负责", [], ["县教育局", "县财政局"], []),
        ("县教育局负责", [], ["县教育局"], []),
        ("县教育局具体负责", [], ["县教育局"], []),
        ("由县教育局牵头，县财政局参加", ["县教育局"], [], ["县财政局"]),
        ("责任分工：由县教育局牵头，县财政局参加", ["县教育局"], [], ["县财政局"]),
        ("县教育局牵头", ["县教育局"], [], []),
    ],
)
def test_clause_in_brackets_at_the_end_of_a_measure(
    clause: str, leads: list[str], responsible: list[str], supporters: list[str]
) -> None:
    measure = measure_with(f"（{clause}）")
    assert parts(measure) == (leads, responsible, supporters)
    assert measure.responsibility == "own"


@pytest.mark.parametrize("brackets", ["（）", "()", "〔〕", "[]"])
def test_each_kind_of_bracket(brackets: str) -> None:
    opening, closing = brackets[0], brackets[1]
    measure = measure_with(f"{opening}县教育局牵头，县财政局、县文旅局配合{closing}")
    assert parts(measure) == (["县教育局"], [], ["县财政局", "县文旅局"])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("县工信局(国资委)", "县工信局（国资委）"),
        ("县工信局（国资委）", "县工信局（国资委）"),
        ("县委组织部（人才办）", "县委组织部（人才办）"),
        ("各乡（镇）政府", "各乡（镇）政府"),
    ],
)
@pytest.mark.parametrize("brackets", ["（）", "()", "〔〕"])
def test_brackets_inside_a_unit(brackets: str, written: str, name: str) -> None:
    opening, closing = brackets[0], brackets[1]
    measure = measure_with(f"{opening}县教育局牵头，{written}、县科协配合{closing}")
    assert parts(measure) == (["县教育局"], [], [name, "县科协"])


def test_tortoise_shell_brackets_inside_a_unit() -> None:
    measure = measure_with("（市教育局牵头，各县〔市、区〕政府配合）")
    assert measure.leads == ("市教育局",)
    assert [name.translate(str.maketrans("〔〕", "（）")) for name in measure.supporters] == ["各县（市、区）政府"]


def test_a_unit_with_brackets_may_end_the_clause() -> None:
    measure = measure_with("（县教育局牵头，配合单位：县委组织部（人才办））")
    assert parts(measure) == (["县教育局"], [], ["县委组织部（人才办）"])


# -------------------------------------------------------------- clauses: where they stand


def test_clause_on_a_line_of_its_own() -> None:
    measure = measure_with("\n责任单位：县教育局牵头，县财政局参加。")
    assert parts(measure) == (["县教育局"], [], ["县财政局"])
    assert measure.responsibility == "own"


def test_clause_on_three_lines_with_a_deadline() -> None:
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n"
        "1.建设书香校园。为每个班级配备图书角。\n"
        "牵头部门：县教育局\n参与部门：县财政局、县文旅局\n完成时限：2024年6月底前\n"
        "2.培养阅读教师。组织教师参加培训。\n"
        "牵头部门：县教育局\n参与部门：县人社局\n完成时限：2025年3月底前\n" + TAIL
    )
    assert [parts(clause) for clause in plan.clauses] == [
        (["县教育局"], [], ["县财政局", "县文旅局"]),
        (["县教育局"], [], ["县人社局"]),
    ]
    assert [clause.deadline for clause in plan.clauses] == ["2024年6月底前", "2025年3月底前"]
    assert [plan.text.position(clause.span.start).line for clause in plan.clauses] == [8, 12]
    assert [parts(measure)[0] for measure in plan.measures] == [["县教育局"], ["县教育局"]]


def test_clause_at_the_end_of_an_action_for_all_its_measures() -> None:
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n"
        "1.建设书香校园。为每个班级配备图书角。\n2.培养阅读教师。组织教师参加培训。\n"
        "责任单位：县教育局牵头，县财政局参加。\n"
        "（二）乡村阅读行动\n"
        "1.办好农家书屋。每月更新图书。\n2.举办农民读书会。利用农闲组织交流。\n"
        "责任单位：县文旅局牵头，县农业农村局参加。\n" + TAIL
    )
    assert [(parts(measure)[0], measure.responsibility) for measure in plan.measures] == [
        (["县教育局"], "section"),
        (["县教育局"], "section"),
        (["县文旅局"], "section"),
        (["县文旅局"], "section"),
    ]
    assert [clause.measure for clause in plan.clauses] == [None, None]


def test_clause_behind_the_introduction_of_an_action() -> None:
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n让每个孩子都有书读。（县教育局牵头，县财政局配合）\n"
        f"1.建设书香校园。为每个班级配备图书角。\n2.培养阅读教师。组织教师参加培训。\n{TAIL}"
    )
    assert [(parts(measure), measure.responsibility) for measure in plan.measures] == [
        ((["县教育局"], [], ["县财政局"]), "section")
    ] * 2


def test_clauses_of_the_action_and_of_a_measure() -> None:
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n让每个孩子都有书读。（县教育局牵头，县财政局配合）\n"
        "1.建设书香校园。为每个班级配备图书角。\n"
        f"2.培养阅读教师。组织教师参加培训。（县人社局牵头，县妇联配合）\n{TAIL}"
    )
    assert [(parts(measure), measure.responsibility) for measure in plan.measures] == [
        ((["县教育局"], [], ["县财政局"]), "section"),
        ((["县人社局"], [], ["县妇联"]), "own"),
    ]


def test_several_clauses_in_the_middle_of_one_paragraph() -> None:
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n"
        "1.建设书香校园。为每个班级配备图书角。（县教育局牵头，县财政局配合）开放社区阅览室。（县文旅局牵头）"
        "鼓励家庭共读。\n"
        f"2.培养阅读教师。组织教师参加培训。（县人社局牵头）\n{TAIL}"
    )
    assert [parts(clause) for clause in plan.clauses] == [
        (["县教育局"], [], ["县财政局"]),
        (["县文旅局"], [], []),
        (["县人社局"], [], []),
    ]
    assert [clause.measure and clause.measure.title for clause in plan.clauses] == [
        "建设书香校园",
        "建设书香校园",
        "培养阅读教师",
    ]
    assert parts(plan.measures[0]) == (["县教育局", "县文旅局"], [], ["县财政局"])


def test_labelled_clause_in_the_middle_of_one_paragraph() -> None:
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n"
        "1.建设书香校园。为每个班级配备图书角。责任单位：县教育局、县财政局。\n"
        f"2.培养阅读教师。组织教师参加培训。责任单位：县人社局。\n{TAIL}"
    )
    assert [parts(measure) for measure in plan.measures] == [
        ([], ["县教育局", "县财政局"], []),
        ([], ["县人社局"], []),
    ]


TABLE_PLAN = f"""{HEAD}（一）校园阅读行动
1.建设书香校园。为每个班级配备图书角。
2.培养阅读教师。组织教师参加培训。
{TAIL}附件：任务分工表
"""


@pytest.mark.parametrize(
    "table",
    [
        """| 序号 | 重点任务 | 牵头单位 | 配合单位 |
| --- | --- | --- | --- |
| 1 | 建设书香校园 | 县教育局 | 县财政局、县文旅局 |
| 2 | 培养阅读教师 | 县人社局 | 县妇联 |
""",
        """序号\t重点任务\t牵头单位\t配合单位
1\t建设书香校园\t县教育局\t县财政局、县文旅局
2\t培养阅读教师\t县人社局\t县妇联
""",
    ],
    ids=["Markdown", "tabs"],
)
def test_table_of_tasks_in_an_annex(table: str) -> None:
    plan = plan_of(TABLE_PLAN + table)
    assert titles(plan) == ["建设书香校园", "培养阅读教师"]
    assert [parts(measure) for measure in plan.measures] == [
        (["县教育局"], [], ["县财政局", "县文旅局"]),
        (["县人社局"], [], ["县妇联"]),
    ]
    assert [clause.form for clause in plan.clauses] == ["table", "table"]


# ------------------------------------------------------------ said once for the whole plan


def plan_that_says(sentence: str, clause: str) -> Plan:
    return plan_of(
        f"{HEAD}以下各项任务由有关单位分工落实，{sentence}。\n（一）校园阅读行动\n"
        f"1.建设书香校园。为每个班级配备图书角。{clause}\n"
        f"2.培养阅读教师。组织教师参加培训。（责任单位：县人社局）\n{TAIL}"
    )


@pytest.mark.parametrize("sentence", ["列第一位的为牵头单位", "列第一位的单位为牵头单位", "排在第一位的为牵头单位"])
def test_the_first_unit_leads(sentence: str) -> None:
    plan = plan_that_says(sentence, "（责任单位：县教育局、县财政局、县文旅局）")
    assert parts(plan.measures[0]) == (["县教育局"], ["县财政局", "县文旅局"], [])


@pytest.mark.parametrize("clause", ["（县教育局、县财政局、县文旅局）", "（县教育局、县财政局、县文旅局负责）"])
def test_the_first_unit_leads_in_a_clause_without_a_label(clause: str) -> None:
    plan = plan_that_says("列第一位的为牵头单位", clause)
    assert parts(plan.measures[0]) == (["县教育局"], ["县财政局", "县文旅局"], [])


def test_the_units_before_the_first_comma_lead() -> None:
    plan = plan_that_says("第一个逗号前为牵头单位", "（责任单位：县教育局、县财政局，县文旅局、县科协）")
    assert parts(plan.measures[0]) == (["县教育局", "县财政局"], ["县文旅局", "县科协"], [])


def test_the_units_with_a_star_lead() -> None:
    plan = plan_that_says("加*的为牵头单位", "（责任单位：县教育局、县财政局*、县文旅局）")
    assert parts(plan.measures[0]) == (["县财政局"], ["县教育局", "县文旅局"], [])


def test_units_that_answer_for_everything_are_not_listed_again() -> None:
    clause = "（县教育局牵头，县财政局配合。以下均需各乡（镇）政府落实，不再列出）"
    plan = plan_that_says("各负其责", clause)
    assert plan.measures[0].leads == ("县教育局",)
    assert plan.measures[0].responsible == ()
    assert "县财政局" in plan.measures[0].supporters
    assert all("以下" not in name and "不再列出" not in name for clause in plan.clauses for name in clause.supporters)
    assert parts(plan.measures[1]) == ([], ["县人社局"], [])
    assert all(clause.readable for clause in plan.clauses)


# ---------------------------------------------------------------------- the names of units


@pytest.mark.parametrize(
    ("units", "names"),
    [
        ("省财政厅、工业和信息化厅", ["省财政厅", "省工业和信息化厅"]),
        ("县财政局、文旅局、科协", ["县财政局", "县文旅局", "县科协"]),
        ("县财政局等单位", ["县财政局"]),
        ("县财政局等相关部门", ["县财政局"]),
        ("县财政局等有关部门", ["县财政局"]),
        ("县财政局、各成员单位", ["县财政局", "各成员单位"]),
        ("各县（市、区）人民政府", ["各县（市、区）人民政府"]),
        ("省财政厅，各县（市、区）人民政府", ["省财政厅", "各县（市、区）人民政府"]),
        ("县财政局、各乡镇人民政府", ["县财政局", "各乡镇人民政府"]),
    ],
)
def test_forms_of_names(units: str, names: list[str]) -> None:
    measure = measure_with(f"（牵头单位：文化馆；配合单位：{units}）")
    assert list(measure.supporters) == names


@pytest.mark.parametrize("page_break", ["\n", "\n\n", "\n\n— 3 —\n\n", "\r\n\r\n-12-\r\n"])
def test_name_cut_by_a_page_break(page_break: str) -> None:
    measure = measure_with(f"（县教育局牵头，县财政局、县人力资源和社{page_break}会保障局、县科协配合）")
    assert parts(measure) == (["县教育局"], [], ["县财政局", "县人力资源和社会保障局", "县科协"])


@pytest.mark.parametrize(
    ("clause", "deadline"),
    [
        ("（6月底完成，牵头单位：县教育局）", "6月底完成"),
        ("（牵头单位：县教育局；完成时限：2024年12月）", "2024年12月"),
        ("（县教育局牵头，2024年底前完成）", "2024年底前完成"),
    ],
)
def test_deadline_in_a_clause(clause: str, deadline: str) -> None:
    plan = plan_of(f"{HEAD}（一）校园阅读行动\n1.建设书香校园。配备图书角。{clause}\n2.培养教师。组织培训。\n{TAIL}")
    assert [(parts(found), found.deadline) for found in plan.clauses] == [((["县教育局"], [], []), deadline)]


# ------------------------------------------------------------------------------- headings

MEASURE_LABELS = [
    ("1.", "2."),
    ("1．", "2．"),
    ("1﹒", "2﹒"),
    ("１．", "２．"),
    ("1、", "2、"),
    ("（1）", "（2）"),
    ("(1)", "(2)"),
    ("①", "②"),
    ("第一条", "第二条"),
    ("第一条　", "第二条　"),
]


@pytest.mark.parametrize("labels", MEASURE_LABELS, ids=lambda labels: labels[0])
def test_label_of_a_measure(labels: tuple[str, str]) -> None:
    first, second = labels
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n{first}建设书香校园。为每个班级配备图书角。（县教育局牵头）\n"
        f"{second}培养阅读教师。组织教师参加培训。（县人社局牵头）\n{TAIL}"
    )
    assert titles(plan) == ["建设书香校园", "培养阅读教师"]
    assert [measure.label for measure in plan.measures] == [first.strip("　"), second.strip("　")]
    assert [measure.leads for measure in plan.measures] == [("县教育局",), ("县人社局",)]
    assert {measure.section.id for measure in plan.measures} == {"二.1"}


@pytest.mark.parametrize(
    ("labels", "level"),
    [
        (("1.", "2."), 3),
        (("1．", "2．"), 3),
        (("1﹒", "2﹒"), 3),
        (("１．", "２．"), 3),
        (("1、", "2、"), 3),
        (("（1）", "（2）"), 4),
        (("①", "②"), 5),
        (("（一）", "（二）"), 2),
        (("(一)", "(二)"), 2),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_label_of_a_section(labels: tuple[str, str], level: int) -> None:
    first, second = labels
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n为每个班级配备图书角。\n三、保障措施\n"
        f"{first}加强组织领导。建立工作协调机制。\n{second}强化经费保障。统筹安排专项资金。\n"
    )
    found = [(s.id, s.level, s.label, s.ordinal, s.title) for s in plan.sections if s.id.startswith("三.")]
    assert found == [
        ("三.1", level, first, 1, "加强组织领导"),
        ("三.2", level, second, 2, "强化经费保障"),
    ]


@pytest.mark.parametrize("gap", ["　", ""])
def test_articles_that_run_on_across_sections(gap: str) -> None:
    plan = plan_of(
        f"{HEAD.replace('重点任务', '加强校园阅读')}第一条{gap}建设书香校园。为每个班级配备图书角。（县教育局牵头）\n"
        f"第二条{gap}培养阅读教师。组织教师参加培训。（县人社局牵头）\n"
        f"三、加强乡村阅读\n第三条{gap}办好农家书屋。每月更新图书。（县文旅局牵头）\n"
    )
    assert [(m.section.id, m.label, m.title, m.leads) for m in plan.measures] == [
        ("二", "第一条", "建设书香校园", ("县教育局",)),
        ("二", "第二条", "培养阅读教师", ("县人社局",)),
        ("三", "第三条", "办好农家书屋", ("县文旅局",)),
    ]


def test_first_level() -> None:
    plan = plan_of(HEAD + "（一）校园阅读行动\n为每个班级配备图书角。\n" + TAIL)
    assert [(s.id, s.label, s.ordinal, s.title, s.role) for s in plan.sections if s.level == 1] == [
        ("一", "一、", 1, "总体要求", "general_requirements"),
        ("二", "二、", 2, "重点任务", "actions"),
        ("三", "三、", 3, "保障措施", "safeguards"),
    ]


@pytest.mark.parametrize("gap", ["　", " ", ""])
def test_chapters_and_articles(gap: str) -> None:
    plan = plan_of(
        f"""砚湖县校园读书行动方案
第一章{gap}总体要求
第一条{gap}为推动校园阅读，制定本方案。
第二章{gap}重点任务
第二条{gap}建设书香校园。为每个班级配备图书角。（县教育局牵头）
第三条{gap}培养阅读教师。组织教师参加培训。（县人社局牵头）
第三章{gap}保障措施
第四条{gap}本方案由县教育局解释。
"""
    )
    chapters = [(s.level, s.label, s.ordinal, s.title, s.role) for s in plan.sections if s.level == 1]
    assert chapters == [
        (1, "第一章", 1, "总体要求", "general_requirements"),
        (1, "第二章", 2, "重点任务", "actions"),
        (1, "第三章", 3, "保障措施", "safeguards"),
    ]
    assert [(m.label, m.title, m.leads, m.section.title) for m in plan.measures] == [
        ("第二条", "建设书香校园", ("县教育局",), "重点任务"),
        ("第三条", "培养阅读教师", ("县人社局",), "重点任务"),
    ]


def test_first_level_below_chapters() -> None:
    plan = plan_of(
        """砚湖县校园读书行动方案
第一章 总体要求
一、指导思想
让读书成为全县群众的生活习惯。
第二章 重点任务
一、校园阅读行动
1.建设书香校园。为每个班级配备图书角。
2.培养阅读教师。组织教师参加培训。
"""
    )
    assert [(s.level, s.title) for s in plan.sections] == [
        (1, "总体要求"),
        (2, "指导思想"),
        (1, "重点任务"),
        (2, "校园阅读行动"),
    ]
    assert titles(plan) == ["建设书香校园", "培养阅读教师"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("## 二、重点任务", "### （一）校园阅读行动"),
        ("##二、重点任务", "###（一）校园阅读行动"),
        ("**二、重点任务**", "**（一）校园阅读行动**"),
        ("# **二、重点任务**", "## **（一）校园阅读行动**"),
        ("**二、****重点任务**", "（一）**校园阅读行动**"),
        ("　　二、重点任务", "　　（一）校园阅读行动"),
    ],
)
def test_headings_with_marks(first: str, second: str) -> None:
    plan = plan_of(
        f"{TITLE}\n\n一、总体要求\n\n让读书成为生活习惯。\n\n{first}\n\n{second}\n\n"
        "1.建设书香校园。为每个班级配备图书角。\n\n2.培养阅读教师。组织教师参加培训。\n"
    )
    assert [(s.id, s.level, s.label, s.title, s.role) for s in plan.sections[1:]] == [
        ("二", 1, "二、", "重点任务", "actions"),
        ("二.1", 2, "（一）", "校园阅读行动", "action"),
    ]
    assert titles(plan) == ["建设书香校园", "培养阅读教师"]


@pytest.mark.parametrize(
    "text", ["（一）指导思想。以阅读滋养心灵，让书香充满校园。", "（一）指导思想\n以阅读滋养心灵，让书香充满校园。"]
)
def test_heading_run_in_or_alone(text: str) -> None:
    plan = plan_of(
        f"{TITLE}\n一、总体要求\n{text}\n（二）工作目标。到2025年，建成书屋50个。\n{HEAD[-7:]}1.建书屋。选好地点。\n"
    )
    thought = section(plan, "指导思想")
    assert (thought.id, thought.level, thought.role) == ("一.1", 2, "guiding_thought")
    assert thought.text == "以阅读滋养心灵，让书香充满校园。"
    assert section(plan, "工作目标").role == "objectives"


def test_a_numbered_sentence_has_no_title() -> None:
    plan = plan_of(
        f"{HEAD}1.建设书香校园。配备图书角。\n2.培养教师。组织培训。\n三、保障措施\n"
        "1.各部门要高度重视，把全民阅读列入重要议事日程，明确专人负责，定期研究解决问题。\n"
        "2.各乡镇要结合实际，细化任务，按时报送进展情况和遇到的困难。\n"
    )
    assert [(s.id, s.title) for s in plan.sections if s.id.startswith("三.")] == [("三.1", None), ("三.2", None)]


def test_numbers_that_run_on_across_sections_up_to_ninety() -> None:
    groups = []
    for group in range(9):
        names = "一二三四五六七八九"
        groups.append(f"（{names[group]}）第{names[group]}类阅读行动")
        for item in range(10):
            number = group * 10 + item + 1
            groups.append(f"{number}.办好{chr(ord('甲') + item)}类读书活动。组织群众参加。（县文旅局牵头）")
    plan = plan_of(HEAD + "\n".join(groups) + "\n" + TAIL)
    assert [measure.label for measure in plan.measures] == [f"{number}." for number in range(1, 91)]
    assert [measure.section.id for measure in plan.measures] == [
        f"二.{group}" for group in range(1, 10) for _ in range(10)
    ]
    assert {measure.leads for measure in plan.measures} == {("县文旅局",)}


def test_second_level_numbers_that_run_on_across_sections() -> None:
    plan = plan_of(
        """砚湖县校园读书行动方案
一、工作目标
（一）近期目标。到2025年，建成书屋50个。
（二）远期目标。到2030年，建成书屋90个。
二、重点任务
（三）校园阅读行动。为每个班级配备图书角。（县教育局牵头）
（四）乡村阅读行动。每月更新农家书屋图书。（县文旅局牵头）
"""
    )
    assert [(s.id, s.ordinal) for s in plan.sections if s.level == 2] == [
        ("一.1", 1),
        ("一.2", 2),
        ("二.3", 3),
        ("二.4", 4),
    ]
    assert [(m.section.id, m.title, m.leads) for m in plan.measures] == [
        ("二.3", "校园阅读行动", ("县教育局",)),
        ("二.4", "乡村阅读行动", ("县文旅局",)),
    ]


def test_third_level_straight_under_the_first() -> None:
    plan = plan_of(
        f"{HEAD}1.建设书香校园。为每个班级配备图书角。（县教育局牵头）\n"
        "2.培养阅读教师。组织教师参加培训。（县人社局牵头）\n"
        "三、保障措施\n1.加强组织领导。建立工作协调机制。\n2.强化经费保障。统筹安排专项资金。\n"
    )
    assert [(m.section.id, m.label, m.title) for m in plan.measures] == [
        ("二", "1.", "建设书香校园"),
        ("二", "2.", "培养阅读教师"),
    ]
    assert [(s.id, s.level, s.title) for s in plan.sections if s.level == 3] == [
        ("三.1", 3, "加强组织领导"),
        ("三.2", 3, "强化经费保障"),
    ]


# ------------------------------------------------------------------------------- measures


@pytest.mark.parametrize(
    ("first", "second", "labels"),
    [
        ("1.建设书香校园。", "2.培养阅读教师。", ("1.", "2.")),
        ("**建设书香校园。**", "**培养阅读教师。**", (None, None)),
        ("**建设书香校园**。", "**培养阅读教师**。", (None, None)),
        ("建设书香校园。", "培养阅读教师。", (None, None)),
        ("——建设书香校园。", "——培养阅读教师。", (None, None)),
        ("第一条 建设书香校园。", "第二条 培养阅读教师。", ("第一条", "第二条")),
    ],
)
def test_forms_of_measures(first: str, second: str, labels: tuple[str | None, str | None]) -> None:
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n让每个孩子都有书读，在阅读中不断成长。\n"
        f"{first}为每个班级配备图书角。（县教育局牵头）\n{second}组织教师参加培训。（县人社局牵头）\n{TAIL}"
    )
    assert [(m.label, m.title, m.leads, m.responsibility) for m in plan.measures] == [
        (labels[0], "建设书香校园", ("县教育局",), "own"),
        (labels[1], "培养阅读教师", ("县人社局",), "own"),
    ]
    assert {measure.section.id for measure in plan.measures} == {"二.1"}


# --------------------------------------------------------------------------------- stages


def stages(schedule: str) -> list[tuple[str | None, int | None, int | None]]:
    plan = plan_of(
        f"{HEAD}1.建设书香校园。配备图书角。\n2.培养教师。组织培训。\n三、进度安排\n{schedule}\n四、保障措施\n抓好落实。\n"
    )
    return [(stage.label, stage.start, stage.end) for stage in plan.stages]


def test_stages_with_a_label_before_the_year() -> None:
    assert stages(
        "启动实施阶段。2023年，制定工作方案，开展宣传发动。\n"
        "全面推进阶段。2023—2024年，落实各项任务。\n"
        "总结评估阶段。2025年，组织总结评估。"
    ) == [("启动实施阶段", 2023, 2023), ("全面推进阶段", 2023, 2024), ("总结评估阶段", 2025, 2025)]


def test_stages_with_the_period_in_brackets() -> None:
    assert stages(
        "第一阶段（2023年7月至12月）：制定工作方案。\n"
        "第二阶段（2024年1月至2025年6月）：落实各项任务。\n"
        "第三阶段（2025年7月至12月）：组织总结评估。"
    ) == [("第一阶段", 2023, 2023), ("第二阶段", 2024, 2025), ("第三阶段", 2025, 2025)]


@pytest.mark.parametrize("dash", ["-", "—", "－", "至"])
def test_stages_in_one_sentence_each_without_labels(dash: str) -> None:
    assert stages(
        f"2023年，制定工作方案，开展宣传发动；2023{dash}2024年期间，落实各项任务；2025年，组织总结评估。"
    ) == [(None, 2023, 2023), (None, 2023, 2024), (None, 2025, 2025)]


def test_numbered_stages() -> None:
    assert stages(
        "（一）动员部署（2023年3月）。制定工作方案。\n"
        "（二）组织实施（2023年4月至2025年9月）。落实各项任务。\n"
        "（三）总结评估（2025年10月至12月）。组织总结评估。"
    ) == [("动员部署", 2023, 2023), ("组织实施", 2023, 2025), ("总结评估", 2025, 2025)]


# ------------------------------------------------------------------------------ documents

NOTICE = f"""砚湖县人民政府办公室
关于印发《{TITLE}》的通知
砚政办发〔2023〕8号
各乡镇人民政府，县政府各部门：
《{TITLE}》已经县政府同意，现印发给你们，请认真贯彻执行。
砚湖县人民政府办公室
2023年3月6日
"""
BODY = f"""{HEAD}（一）校园阅读行动
1.建设书香校园。为每个班级配备图书角。（县教育局牵头，县财政局配合）
2.培养阅读教师。组织教师参加培训。（县人社局牵头，县教育局配合）
（二）乡村阅读行动
1.办好农家书屋。每月更新农家书屋的图书。（县文旅局牵头，县财政局配合）
2.举办农民读书会。利用农闲时节组织交流。（县农业农村局牵头，县文旅局配合）
{TAIL}"""
BODY_MEASURES = ["建设书香校园", "培养阅读教师", "办好农家书屋", "举办农民读书会"]
BODY_SECTIONS = ["总体要求", "重点任务", "校园阅读行动", "乡村阅读行动", "保障措施"]


def assert_is_body(plan: Plan) -> None:
    assert [found.title for found in plan.sections] == BODY_SECTIONS
    assert titles(plan) == BODY_MEASURES
    assert [measure.leads[0] for measure in plan.measures] == ["县教育局", "县人社局", "县文旅局", "县农业农村局"]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("澜海省全民健身实施方案", "澜海省"),
        ("澜海省苇渡县全民健身实施方案", "澜海省苇渡县"),
        ("澜海省棠州市东棠区全民健身实施方案", "澜海省棠州市东棠区"),
        ("广山自治区棠河自治州棠阳县全民健身实施方案", "广山自治区棠河自治州棠阳县"),
        ("棠州市老旧小区改造实施方案", "棠州市"),
        ("澜海省城市更新行动方案", "澜海省"),
        ("澜海省县域经济发展实施方案", "澜海省"),
        ("澜海省各市县联动实施方案", "澜海省"),
        ("澜海省革命老区振兴实施方案", "澜海省"),
        ("澜海省开发区改革实施方案", "澜海省"),
    ],
)
def test_the_place_is_all_of_the_places_that_a_title_begins_with(title: str, place: str) -> None:
    assert plan_of(f"{title}\n\n一、总体要求\n扎实推进。\n").metadata.place == place


def test_notice_and_plan_in_one_file() -> None:
    plan = plan_of(NOTICE + BODY)
    assert_is_body(plan)
    assert plan.metadata.title == TITLE
    assert plan.metadata.doc_number == "砚政办发〔2023〕8号"
    assert plan.metadata.issuer == "砚湖县人民政府办公室"
    assert plan.metadata.place == "砚湖县"
    assert str(plan.metadata.signed_date) == "2023-03-06"
    assert plan.metadata.period == (2023, 2025)
    assert plan.citations == ()
    assert plan.text.position(plan.metadata.title_span.start).line == 8


def test_foot_of_the_document_is_no_part_of_the_plan() -> None:
    plan = plan_of(NOTICE + BODY + "抄送：县委办公室，县人大常委会办公室。\n砚湖县人民政府办公室 2023年3月8日印发\n")
    assert_is_body(plan)
    assert str(plan.metadata.printed_date) == "2023-03-08"
    assert plan.sections[-1].text == "各部门要加强协作，确保各项任务落到实处。"


def test_plan_without_a_notice() -> None:
    plan = plan_of(BODY)
    assert_is_body(plan)
    assert plan.metadata.title == TITLE
    assert plan.metadata.doc_number is None


def test_text_only() -> None:
    plan = plan_of(BODY.removeprefix(TITLE + "\n"))
    assert_is_body(plan)
    assert plan.metadata.title is None


def test_several_plans_in_one_file() -> None:
    other = BODY.replace("阅读", "健身").replace("书香", "运动").replace("（2023—2025年）", "（2024—2026年）")
    plan = plan_of(NOTICE + BODY + "砚湖县人民政府\n2023年3月6日\n" + other)
    assert_is_body(plan)
    assert [(second.metadata.title, second.metadata.period) for second in plan.plans] == [
        ("砚湖县全民健身行动计划（2024—2026年）", (2024, 2026))
    ]
    assert titles(plan.plans[0]) == ["建设运动校园", "培养健身教师", "办好农家书屋", "举办农民读书会"]
    assert [found.title for found in plan.plans[0].sections][2:4] == ["校园健身行动", "乡村健身行动"]
    assert plan.sections[-1].text == "各部门要加强协作，确保各项任务落到实处。"


def test_three_plans_in_annexes_of_one_notice() -> None:
    bodies = [BODY.replace("阅读", subject) for subject in ("阅读", "健身", "科普")]
    annexes = "".join(f"附件{number}\n{body}" for number, body in enumerate(bodies, start=1))
    plan = plan_of(NOTICE + annexes)
    assert [found.metadata.title for found in (plan, *plan.plans)] == [
        TITLE,
        TITLE.replace("阅读", "健身"),
        TITLE.replace("阅读", "科普"),
    ]
    assert [len(found.measures) for found in (plan, *plan.plans)] == [4, 4, 4]


@pytest.mark.parametrize("text", [NOTICE + BODY, BODY], ids=["with notice", "plan only"])
def test_all_line_breaks_lost(text: str) -> None:
    plan = plan_of(text.replace("\n", ""))
    assert [(found.id, found.role) for found in plan.sections] == [
        ("一", "general_requirements"),
        ("二", "actions"),
        ("二.1", "action"),
        ("二.2", "action"),
        ("三", "safeguards"),
    ]
    assert titles(plan) == BODY_MEASURES
    assert plan.metadata.title == TITLE
    assert [parts(measure) for measure in plan.measures] == [parts(measure) for measure in plan_of(text).measures]


def test_a_heading_that_its_text_runs_into() -> None:
    plan = plan_of(BODY.replace("\n", ""))
    assert [found.title for found in plan.sections] == BODY_SECTIONS


@pytest.mark.parametrize("text", [NOTICE + BODY, BODY], ids=["with notice", "plan only"])
def test_all_line_breaks_turned_into_spaces(text: str) -> None:
    plan = plan_of(text.replace("\n", "　　"))
    assert [found.title for found in plan.sections] == BODY_SECTIONS
    assert titles(plan) == BODY_MEASURES
    assert plan.metadata.title == TITLE


def test_remains_of_a_web_page() -> None:
    plan = plan_of(
        f"""当前位置：首页 > 政务公开 > 政策文件
索 引 号：000014349/2023-00021
发布机构：砚湖县人民政府办公室
成文日期：2023年03月06日
发布日期：2023-03-09 10:21
发文字号：砚政办发〔2023〕8号
浏览次数：132 次　字体：【大 中 小】
{NOTICE}{BODY}【打印】　【关闭】
扫一扫在手机打开当前页
上一篇：砚湖县人民政府办公室关于做好春耕工作的通知
下一篇：砚湖县2023年消防工作方案
版权所有：砚湖县人民政府　ICP备00000000号
"""
    )
    assert_is_body(plan)
    assert plan.metadata.title == TITLE
    assert plan.metadata.doc_number == "砚政办发〔2023〕8号"
    assert str(plan.metadata.signed_date) == "2023-03-06"
    assert plan.sections[-1].text == "各部门要加强协作，确保各项任务落到实处。"
    assert plan.plans == ()


def test_tags_of_a_web_page() -> None:
    lines = [f"<p>&nbsp;&nbsp;{line}</p>" for line in BODY.splitlines()]
    plan = plan_of("\n".join(lines))
    assert_is_body(plan)
    assert plan.metadata.title == TITLE


def test_traditional_characters() -> None:
    plan = plan_of(
        """硯湖縣全民閱讀行動計劃（2023—2025年）
為推動全民閱讀，制定本計劃。
一、總體要求
（一）工作目標。到2025年，建成書屋50個。
二、重點任務
（一）校園閱讀行動
1.建設書香校園。為每個班級配備圖書角。（縣教育局牽頭，縣財政局、文化廣播局等單位配合）
2.培養閱讀教師。組織教師參加培訓。（責任單位：縣人社局）
三、組織實施
（一）加強組織領導。建立工作協調機制。
（二）進度安排。啟動實施階段。2023年，開展宣傳發動。總結評估階段。2025年，組織總結評估。
"""
    )
    assert [(found.title, found.role) for found in plan.sections] == [
        ("總體要求", "general_requirements"),
        ("工作目標", "objectives"),
        ("重點任務", "actions"),
        ("校園閱讀行動", "action"),
        ("組織實施", "organisation"),
        ("加強組織領導", "leadership"),
        ("進度安排", "schedule"),
    ]
    assert [(measure.title, *parts(measure)) for measure in plan.measures] == [
        ("建設書香校園", ["縣教育局"], [], ["縣財政局", "縣文化廣播局"]),
        ("培養閱讀教師", [], ["縣人社局"], []),
    ]
    assert [(target.value, target.year) for target in plan.targets] == [(50, 2025)]
    assert [(stage.label, stage.start) for stage in plan.stages] == [("啟動實施階段", 2023), ("總結評估階段", 2025)]
    assert plan.metadata.title == "硯湖縣全民閱讀行動計劃（2023—2025年）"


# ------------------------------------------------------- clauses that are nothing but a list


FIRST_LEADS = HEAD + "各项任务后所列单位中，列第一位的为牵头单位。\n（一）校园阅读行动\n"


@pytest.mark.parametrize("end", ["〔县教育局、县文旅局〕", "（县教育局、县文旅局）", "〔县教育局、县文旅局。〕"])
@pytest.mark.parametrize("before", ["定期更新。", "定期更新"])
def test_a_paragraph_that_ends_in_a_bare_list_is_whole(end: str, before: str) -> None:
    plan = plan_of(
        f"{FIRST_LEADS}\n建设书香校园。为每个班级配备图书角，{before}{end}\n\n"
        f"培养阅读教师。组织教师参加培训，{before}{end}\n\n{TAIL}"
    )
    assert titles(plan) == ["建设书香校园", "培养阅读教师"]
    for measure in plan.measures:
        assert parts(measure) == (["县教育局"], ["县文旅局"], [])
        assert measure.responsibility == "own"


def test_a_paragraph_that_ends_in_a_remark_behind_its_last_sentence_is_whole() -> None:
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n\n建设书香校园。为每个班级配备图书角。（见附件）\n\n"
        f"培养阅读教师。组织教师参加培训。\n\n{TAIL}"
    )
    assert titles(plan) == ["建设书香校园", "培养阅读教师"]


def test_units_that_a_bracket_only_explains_do_not_end_a_paragraph() -> None:
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n\n建设书香校园。由有关部门（县教育局、县文旅局、县科协）\n\n定期检查图书角。\n\n"
        f"培养阅读教师。由县教育局（县语委办）\n\n组织教师参加培训。\n\n{TAIL}"
    )
    assert [measure.text[-8:] for measure in plan.measures] == ["定期检查图书角。", "织教师参加培训。"]


@pytest.mark.parametrize(
    ("listed", "leads", "responsible"),
    [
        ("县教育局、县文旅居、县科协", ["县教育局"], ["县文旅居", "县科协"]),
        ("县教育居、县文旅局、县科协", ["县教育居"], ["县文旅局", "县科协"]),
        ("县教育局、县财政局、县教育局", ["县教育局"], ["县财政局", "县教育局"]),
        ("县教育局", ["县教育局"], []),
        ("县科协、县文联", ["县科协"], ["县文联"]),
    ],
)
def test_a_bare_list_may_have_a_misspelt_name(listed: str, leads: list[str], responsible: list[str]) -> None:
    plan = plan_of(f"{FIRST_LEADS}1.建书角。配备图书。〔{listed}〕\n2.育教师。组织培训。〔县教育局〕\n{TAIL}")
    assert parts(plan.measures[0]) == (leads, responsible, [])


@pytest.mark.parametrize(
    "remark", ["包括机关、学校、社区", "县教育局另行通知", "见附件", "县教育局、高校专家、志愿者、家长"]
)
def test_brackets_with_other_words_are_no_clause(remark: str) -> None:
    plan = plan_of(f"{FIRST_LEADS}1.建书角。配备图书。（{remark}）\n2.育教师。组织培训。〔县教育局〕\n{TAIL}")
    assert [clause.text for clause in plan.clauses] == ["县教育局"]


def test_a_misspelt_list_is_a_clause_only_where_the_plan_has_clauses_without_words() -> None:
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n1.建书角。配备图书。（县教育局、县文旅居、县科协）\n2.育教师。组织培训。\n{TAIL}"
    )
    assert plan.clauses == ()


def test_a_bare_list_behind_a_title_is_no_part_of_it() -> None:
    plan = plan_of(f"{FIRST_LEADS}1.建设书香校园〔县教育局、县文旅局〕\n2.培养阅读教师〔县教育局、县科协〕\n{TAIL}")
    assert titles(plan) == ["建设书香校园", "培养阅读教师"]
    assert parts(plan.measures[1]) == (["县教育局"], ["县科协"], [])


def test_a_unit_that_stands_twice_in_a_clause_stays_twice_in_it() -> None:
    plan = plan_of(
        f"{HEAD}（一）校园阅读行动\n1.建书角。配备图书。\n牵头部门：县教育局\n参与部门：县财政局、县文旅局、县财政局\n2.育教师。组织培训。\n{TAIL}"
    )
    (clause,) = plan.clauses
    assert [unit.name for unit in clause.units] == ["县教育局", "县财政局", "县文旅局", "县财政局"]
    assert clause.supporters == plan.measures[0].supporters == ("县财政局", "县文旅局")
