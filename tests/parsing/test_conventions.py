"""The conventions of reading, one example each: what counts as what, and the near misses.

The places in these plans do not exist.
"""

from __future__ import annotations

from datetime import date

import pytest

from checker.model import Clause, Plan
from checker.parser import parse_text
from checker.plain_text import from_string

HEAD = """砚湖区全民阅读行动计划（2023—2025年）
为推动全民阅读，制定本计划。
一、总体要求
让读书成为全区群众的生活习惯。
"""


def plan_of(text: str) -> Plan:
    return parse_text(from_string(text))


def role(plan: Plan, title: str) -> str:
    return next(section.role for section in plan.sections if section.title == title)


def titles(plan: Plan) -> list[str | None]:
    return [measure.title for measure in plan.measures]


def units(clause: str) -> tuple[list[str], list[str], list[str]]:
    """Return the leads, responsible and supporting units of the first of two measures."""
    plan = plan_of(
        f"{HEAD}二、重点任务\n（一）校园阅读行动\n1.建设书香校园。为每个班级配备图书角。（{clause}）\n"
        "2.培养阅读教师。组织教师参加培训。\n三、保障措施\n抓好落实。\n"
    )
    first = plan.measures[0]
    assert first.title == "建设书香校园"
    return list(first.leads), list(first.responsible), list(first.supporters)


def supporters(listed: str) -> list[str]:
    """Return the names in ``listed`` when a clause names them, and nobody else."""
    found = units(f"配合单位：{listed}")
    assert found[:2] == ([], [])
    return found[2]


# ------------------------------------------------------------------------ groups and measures


@pytest.mark.parametrize(
    "title",
    ["提升行动", "主要任务", "重点任务", "工作措施", "工作任务", "主要举措", "重点任务及分工", "重点提升行动"],
)
def test_a_group_of_tasks_is_actions(title: str) -> None:
    plan = plan_of(f"{HEAD}二、{title}\n（一）校园阅读\n1.建书角。配备图书。\n2.育教师。组织培训。\n")
    assert role(plan, title) == "actions"
    assert role(plan, "校园阅读") == "action"


@pytest.mark.parametrize("title", ["重点工程", "重大工程", "重点专项", "工程建设", "阅读惠民工程"])
def test_a_group_of_projects_is_projects(title: str) -> None:
    plan = plan_of(f"{HEAD}二、{title}\n（一）书屋建设工程\n1.建书角。配备图书。\n2.育教师。组织培训。\n")
    assert role(plan, title) == "projects"
    assert role(plan, "书屋建设工程") == "project"


def test_a_section_whose_items_bear_clauses_is_a_group_of_tasks() -> None:
    plan = plan_of(
        f"{HEAD}二、让校园充满书香\n（一）建设书香校园。配备图书角。（区教育局牵头）\n"
        "（二）培养阅读教师。组织教师培训。（区人社局牵头）\n"
    )
    assert role(plan, "让校园充满书香") == "actions"
    assert [(m.section.id, m.title, m.leads) for m in plan.measures] == [
        ("二.1", "建设书香校园", ("区教育局",)),
        ("二.2", "培养阅读教师", ("区人社局",)),
    ]


@pytest.mark.parametrize("title", ["组织实施", "保障措施"])
def test_organisation_and_safeguards_are_no_groups_though_their_items_bear_clauses(title: str) -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n1.建书角。配备图书。\n2.育教师。组织培训。\n"
        f"三、{title}\n（一）加强组织领导。建立协调机制。（区教育局牵头）\n"
        "（二）强化经费保障。统筹安排专项资金。（区财政局牵头）\n"
    )
    assert role(plan, title) in ("organisation", "safeguards")
    assert titles(plan) == ["建书角", "育教师"]
    assert [
        (clause.section and clause.section.id, clause.measure and clause.measure.title) for clause in plan.clauses
    ] == [
        ("三.1", None),
        ("三.2", None),
    ]


def test_a_section_without_clauses_and_without_the_words_of_a_group_is_other() -> None:
    plan = plan_of(f"{HEAD}二、让校园充满书香\n（一）书香校园。配备图书角。\n（二）阅读教师。组织培训。\n")
    assert role(plan, "让校园充满书香") == "other"
    assert plan.measures == ()


def test_actions_and_projects_stand_directly_under_their_groups() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n（一）校园阅读行动\n1.建书角。配备图书。\n2.育教师。组织培训。\n"
        "三、重点工程\n（一）书屋建设工程\n1.选地点。方便群众。\n2.配图书。每月更新。\n四、保障措施\n（一）强化领导。建立机制。\n"
    )
    assert [(section.id, section.role) for section in plan.sections] == [
        ("一", "general_requirements"),
        ("二", "actions"),
        ("二.1", "action"),
        ("三", "projects"),
        ("三.1", "project"),
        ("四", "safeguards"),
        ("四.1", "leadership"),
    ]


def test_measures_are_the_numbered_items_of_an_action() -> None:
    plan = plan_of(f"{HEAD}二、重点任务\n（一）校园阅读行动\n1.建书角。配备图书。\n2.育教师。组织培训。\n")
    assert [(m.label, m.title, m.section.id) for m in plan.measures] == [
        ("1.", "建书角", "二.1"),
        ("2.", "育教师", "二.1"),
    ]
    assert [section.id for section in plan.sections] == ["一", "二", "二.1"]


def test_measures_are_the_bold_items_of_an_action() -> None:
    plan = plan_of(f"{HEAD}二、重点任务\n（一）校园阅读行动\n**建书角。**配备图书。\n**育教师。**组织培训。\n")
    assert [(m.label, m.title, m.section.id) for m in plan.measures] == [
        (None, "建书角", "二.1"),
        (None, "育教师", "二.1"),
    ]


def test_measures_may_stand_straight_under_a_group() -> None:
    plan = plan_of(f"{HEAD}二、重点任务\n1.建书角。配备图书。\n2.育教师。组织培训。\n")
    assert [(m.title, m.section.id, m.section.role) for m in plan.measures] == [
        ("建书角", "二", "actions"),
        ("育教师", "二", "actions"),
    ]


PARAGRAPHS = """二、重点任务
（一）校园阅读行动
{first}
培养阅读教师。组织教师参加培训。
举办读书活动。每学期开展演讲比赛。
"""


def test_paragraphs_that_begin_with_a_title_are_measures() -> None:
    plan = plan_of(HEAD + PARAGRAPHS.format(first="建设书香校园。为每个班级配备图书角。"))
    assert titles(plan) == ["建设书香校园", "培养阅读教师", "举办读书活动"]


def test_a_title_of_thirty_characters_is_a_title() -> None:
    title = "推动全区中小学校和幼儿园建设温馨舒适功能完善的班级图书角阅览"
    assert len(title) == 30
    plan = plan_of(HEAD + PARAGRAPHS.format(first=f"{title}。配备图书。"))
    assert titles(plan) == [title, "培养阅读教师", "举办读书活动"]


@pytest.mark.parametrize(
    "first",
    [
        "建设书香校园，让每个孩子都有书读。为每个班级配备图书角。",
        "推动全区中小学校和幼儿园建设温馨舒适功能完善的班级图书角阅览室。配备图书。",
        "把阅读摆在教育工作的重要位置，激发学生兴趣。",
    ],
    ids=["a comma", "31 characters", "an introduction"],
)
def test_paragraphs_that_do_not_begin_with_a_title_are_no_measures(first: str) -> None:
    plan = plan_of(HEAD + PARAGRAPHS.format(first=first))
    assert titles(plan) == ["培养阅读教师", "举办读书活动"]


def test_the_only_paragraph_of_a_section_is_no_measure_of_its_own() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n（一）校园阅读行动\n建设书香校园。为每个班级配备图书角。\n"
        "（二）乡村阅读行动\n办好农家书屋。每月更新图书。\n"
    )
    assert titles(plan) == ["校园阅读行动", "乡村阅读行动"]


def test_a_continuation_is_no_measure() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n（一）校园阅读行动\n1.建设书香校园。为每个班级配备图书角。\n"
        "鼓励学生捐书。各班自行登记造册。\n2.培养阅读教师。组织教师参加培训。\n"
    )
    assert titles(plan) == ["建设书香校园", "培养阅读教师"]
    assert "各班自行登记造册" in plan.measures[0].text


def test_an_introduction_before_numbered_items_is_no_measure() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n（一）校园阅读行动\n读书育人。让每个孩子都有书读。\n"
        "1.建设书香校园。为每个班级配备图书角。\n2.培养阅读教师。组织教师参加培训。\n"
    )
    assert titles(plan) == ["建设书香校园", "培养阅读教师"]


def test_an_action_without_measures_is_itself_one() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n（一）校园阅读行动。为每个班级配备图书角。（区教育局牵头，区财政局配合）\n"
        "（二）乡村阅读行动\n每月更新农家书屋的图书。（区文旅局牵头）\n"
    )
    assert [(m.title, m.section.id, m.leads) for m in plan.measures] == [
        ("校园阅读行动", "二.1", ("区教育局",)),
        ("乡村阅读行动", "二.2", ("区文旅局",)),
    ]
    assert [section.id for section in plan.sections] == ["一", "二", "二.1", "二.2"]


def test_an_item_without_a_title_has_the_title_null() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n（一）校园阅读行动\n"
        "1.为每个班级配备图书角，每学期更新图书，安排专人管理，方便学生随时借阅。（区教育局牵头）\n"
        "2.组织教师参加阅读培训，交流教学经验，推广优秀案例，提高指导学生阅读的能力。（区人社局牵头）\n"
    )
    assert [(m.label, m.title, m.leads) for m in plan.measures] == [
        ("1.", None, ("区教育局",)),
        ("2.", None, ("区人社局",)),
    ]


# -------------------------------------------------------------------------------- whose units


def answering(action: str, measure: str) -> tuple[str, list[str], list[str], list[str]]:
    """Return who answers for a measure, given the clauses of its action and its own."""
    plan = plan_of(
        f"{HEAD}二、重点任务\n（一）校园阅读行动\n让每个孩子都有书读，快乐成长。{action}\n"
        f"1.建设书香校园。为每个班级配备图书角。{measure}\n2.培养阅读教师。组织教师参加培训。\n"
    )
    first = plan.measures[0]
    return first.responsibility, list(first.leads), list(first.responsible), list(first.supporters)


def test_units_of_its_own_clause() -> None:
    assert answering("", "（区教育局牵头，区财政局配合）") == ("own", ["区教育局"], [], ["区财政局"])


def test_its_own_clause_is_the_only_one_that_counts_where_it_names_a_lead() -> None:
    assert answering("（区文旅局牵头，区科协配合）", "（区教育局牵头）") == ("own", ["区教育局"], [], [])


def test_units_of_the_section_around_it() -> None:
    assert answering("（区教育局牵头，区财政局配合）", "") == ("section", ["区教育局"], [], ["区财政局"])


def test_mixed_leads_of_the_section_and_the_rest_from_its_own_clause_only() -> None:
    found = answering("（区教育局牵头，区财政局配合）", "（责任单位：区科协；配合单位：区妇联）")
    assert found == ("mixed", ["区教育局"], ["区科协"], ["区妇联"])


def test_own_where_neither_clause_names_a_lead() -> None:
    found = answering("（区教育局、区财政局负责）", "（责任单位：区科协）")
    assert found == ("own", [], ["区科协"], [])


def test_none_where_no_clause_names_anybody() -> None:
    assert answering("", "") == ("none", [], [], [])


def test_the_nearest_enclosing_section_with_a_clause_counts() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n本章各项任务按以下分工落实。（区政府办牵头）\n"
        "（一）校园阅读行动\n让每个孩子都有书读，快乐成长。（区教育局牵头）\n1.建书角。配备图书。\n2.育教师。组织培训。\n"
        "（二）乡村阅读行动\n让农民爱上读书，增长见识。\n1.建书屋。配备图书。\n2.读好书。组织交流。\n"
    )
    assert [(m.title, m.responsibility, m.leads) for m in plan.measures] == [
        ("建书角", "section", ("区教育局",)),
        ("育教师", "section", ("区教育局",)),
        ("建书屋", "section", ("区政府办",)),
        ("读好书", "section", ("区政府办",)),
    ]


# -------------------------------------------------------------------------------------- parts


@pytest.mark.parametrize("verb", ["牵头", "牵头负责"])
def test_leads(verb: str) -> None:
    assert units(f"区教育局{verb}") == (["区教育局"], [], [])


@pytest.mark.parametrize("verb", ["配合", "参加", "参与", "落实", "按职责分工配合"])
def test_supporters(verb: str) -> None:
    assert units(f"区教育局牵头，区科协、区妇联{verb}") == (["区教育局"], [], ["区科协", "区妇联"])


@pytest.mark.parametrize(
    "clause",
    [
        "责任单位：区科协、区妇联",
        "责任部门：区科协、区妇联",
        "区科协、区妇联负责",
        "区科协、区妇联按职责分工负责",
    ],
)
def test_responsible_units(clause: str) -> None:
    assert units(clause) == ([], ["区科协", "区妇联"], [])


@pytest.mark.parametrize("joint", ["，", ";", "；"])
def test_by_duties_behind_a_lead_is_responsible(joint: str) -> None:
    assert units(f"区教育局牵头{joint}区科协、区妇联按职责分工负责") == (["区教育局"], ["区科协", "区妇联"], [])


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("列第一位的为牵头单位", "责任单位：区教育局、区科协、区妇联"),
        ("第一个逗号前为牵头单位", "责任单位：区教育局，区科协、区妇联"),
        ("加*的为牵头单位", "责任单位：区科协、区教育局*、区妇联"),
    ],
)
def test_the_plan_says_once_which_unit_leads_and_the_rest_keep_their_part(sentence: str, clause: str) -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务（{sentence}）\n1.建书角。配备图书。（{clause}）\n2.育教师。组织培训。（区人社局、区教育局配合）\n"
    )
    first, second = plan.measures
    assert (first.leads, first.responsible, first.supporters) == (("区教育局",), ("区科协", "区妇联"), ())
    if "第一" not in sentence:
        assert (second.leads, second.supporters) == ((), ("区人社局", "区教育局"))


def test_the_convention_of_the_first_unit_says_nothing_of_a_clause_that_names_its_lead() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n以下任务列第一位的为牵头单位。\n1.建书角。配备图书。（责任单位：区科协、区妇联）\n"
        "2.育教师。组织培训。（配合单位：区科协、区妇联；牵头单位：区教育局）\n"
    )
    assert [(m.leads, m.responsible, m.supporters) for m in plan.measures] == [
        (("区科协",), ("区妇联",), ()),
        (("区教育局",), (), ("区科协", "区妇联")),
    ]


def test_labels_on_lines_of_their_own_are_one_clause_at_its_first_line() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n1.建书角。配备图书。\n牵头部门：区教育局\n参与部门：区科协、区妇联\n完成时限：2024年底前\n"
        "2.育教师。组织培训。\n牵头部门：区人社局\n参与部门：区教育局\n完成时限：2025年底前\n"
    )
    assert [(c.leads, c.supporters, c.deadline, c.measure and c.measure.title) for c in plan.clauses] == [
        (("区教育局",), ("区科协", "区妇联"), "2024年底前", "建书角"),
        (("区人社局",), ("区教育局",), "2025年底前", "育教师"),
    ]
    assert [plan.text.position(clause.span.start) for clause in plan.clauses] == [(7, 1), (11, 1)]


@pytest.mark.parametrize("end", ["等单位", "等有关部门", "等部门", "等有关单位"])
def test_the_open_end_of_a_list_is_dropped(end: str) -> None:
    assert units(f"区教育局牵头，区科协、区妇联{end}配合") == (["区教育局"], [], ["区科协", "区妇联"])


@pytest.mark.parametrize("name", ["省有关部门", "有关区县", "各成员单位"])
def test_units_in_general_terms_as_items_of_their_own(name: str) -> None:
    assert units(f"区教育局牵头，区科协、{name}配合") == (["区教育局"], [], ["区科协", name])


# ----------------------------------------------------------------------------- names of units


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("区科协、教育局", ["区科协", "区教育局"]),
        ("区科协、教育局、妇联、总工会", ["区科协", "区教育局", "区妇联", "区总工会"]),
        ("区委宣传部、文明办", ["区委宣传部", "区委文明办"]),
        ("区委宣传部、教育局", ["区委宣传部", "区教育局"]),
        ("团区委、妇联", ["团区委", "区妇联"]),
        ("省财政厅、工业和信息化厅", ["省财政厅", "省工业和信息化厅"]),
        ("区财政局、住房城乡建设委", ["区财政局", "区住房城乡建设委"]),
        ("区科协、城市管理局", ["区科协", "区城市管理局"]),
        ("区科协、市场监管局", ["区科协", "区市场监管局"]),
        ("区科协、市教育局、财政局", ["区科协", "市教育局", "市财政局"]),
    ],
)
def test_a_level_prefix_is_carried_on(listed: str, names: list[str]) -> None:
    assert supporters(listed) == names


@pytest.mark.parametrize(
    ("listed", "bare"),
    [
        ("区科协、高新区管委会", "高新区管委会"),
        ("区科协、经济开发区", "经济开发区"),
        ("区科协、新华书店有限公司", "新华书店有限公司"),
        ("区科协、砚湖银行", "砚湖银行"),
        ("区科协、墨山镇政府", "墨山镇政府"),
        ("区科协、墨山街道办事处", "墨山街道办事处"),
        ("区科协、各街道办事处", "各街道办事处"),
        ("区科协、各镇政府", "各镇政府"),
        ("区科协、有关部门", "有关部门"),
        ("区科协、砚湖海关", "砚湖海关"),
        ("区科协、砚湖师范学院", "砚湖师范学院"),
        ("区科协、国家税务总局砚湖区税务局", "国家税务总局砚湖区税务局"),
    ],
)
def test_a_level_prefix_is_not_carried_to_zones_companies_places_and_general_terms(listed: str, bare: str) -> None:
    assert supporters(listed) == ["区科协", bare]


def test_a_level_prefix_is_not_carried_where_the_other_names_repeat_it() -> None:
    assert supporters("区科协、区教育局、区妇联、气象局") == ["区科协", "区教育局", "区妇联", "气象局"]


def test_a_comma_ends_the_prefix_and_the_plans_own_level_begins() -> None:
    assert supporters("区委组织部、老干部局，发改局、教育局") == ["区委组织部", "区委老干部局", "区发改局", "区教育局"]


def test_behind_a_comma_the_prefix_of_another_level_ends() -> None:
    assert supporters("市教育局、财政局，科协") == ["市教育局", "市财政局", "区科协"]


def test_the_comma_between_lead_and_supporters_ends_the_prefix_too() -> None:
    assert units("区委组织部牵头，发改局、教育局配合") == (["区委组织部"], [], ["区发改局", "区教育局"])


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("砚湖、墨山市政府", ["砚湖市政府", "墨山市政府"]),
        ("砚湖、墨山、石塘市人民政府", ["砚湖市人民政府", "墨山市人民政府", "石塘市人民政府"]),
    ],
)
def test_a_shared_ending_is_carried_back(listed: str, names: list[str]) -> None:
    assert supporters(listed) == names


@pytest.mark.parametrize(
    ("listed", "names"),
    [
        ("区科协、各市、县、区政府", ["区科协", "各市、县、区政府"]),
        ("各市、县、区政府", ["各市、县、区政府"]),
        ("各县（市、区）政府", ["各县（市、区）政府"]),
        ("区科协、各镇、街道", ["区科协", "各镇、街道"]),
        ("区科协、各镇人民政府和街道办事处", ["区科协", "各镇人民政府和街道办事处"]),
        ("区科协、区教育局和区妇联", ["区科协", "区教育局和区妇联"]),
        ("区科协、区住房和城乡建设局", ["区科协", "区住房和城乡建设局"]),
    ],
)
def test_names_that_stay_one_unit(listed: str, names: list[str]) -> None:
    assert supporters(listed) == names


@pytest.mark.parametrize("written", ["市工信局（国资委）", "市工信局(国资委)", "市工信局 （国资委）"])
def test_brackets_inside_a_name_belong_to_it(written: str) -> None:
    assert supporters(f"{written}、市科协") == ["市工信局（国资委）", "市科协"]


@pytest.mark.parametrize(
    "written", ["区教育局、区财政局", "区教育局 、 区财政局", "区 教育局、区　财政局", "区教育\n局、区财政局"]
)
def test_names_have_no_white_space(written: str) -> None:
    assert supporters(written) == ["区教育局", "区财政局"]


# ------------------------------------------------------------------------------------- stages


def test_stages_stand_in_the_schedule() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n1.建书角。配备图书。\n2.育教师。组织培训。\n三、进度安排\n"
        "2023年，开展宣传发动。\n2024年，落实各项任务。\n2025年，组织总结评估。\n"
    )
    assert [(stage.start, stage.end) for stage in plan.stages] == [(2023, 2023), (2024, 2024), (2025, 2025)]


def test_stages_stand_in_labelled_paragraphs_outside_of_the_schedule_too() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n1.建书角。配备图书。\n2.育教师。组织培训。\n三、组织实施\n加强领导，落实责任。\n"
        "动员部署阶段（2023年）。开展宣传发动。\n组织实施阶段（2024年）。落实各项任务。\n总结评估阶段（2025年）。组织总结评估。\n"
    )
    assert [(stage.label, stage.start) for stage in plan.stages] == [
        ("动员部署阶段", 2023),
        ("组织实施阶段", 2024),
        ("总结评估阶段", 2025),
    ]


def test_a_stage_without_a_year_is_a_stage() -> None:
    plan = plan_of(f"{HEAD}二、进度安排\n启动实施阶段。开展宣传发动。\n总结评估阶段。2025年，组织总结评估。\n")
    assert [(stage.label, stage.start, stage.end) for stage in plan.stages] == [
        ("启动实施阶段", None, None),
        ("总结评估阶段", 2025, 2025),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "到2025年，建成书屋50个。",
        "2024年，建成书屋30个；2025年，建成书屋50个。",
        "现阶段，群众阅读需求日益增长。",
        "2023年3月启动书屋建设。",
    ],
)
def test_a_year_in_a_target_or_a_sentence_is_no_stage(sentence: str) -> None:
    plan = plan_of(f"{HEAD}二、工作目标\n{sentence}\n三、重点任务\n1.建书角。{sentence}\n2.育教师。组织培训。\n")
    assert plan.stages == ()


# ------------------------------------------------------------------------------------ targets


def targets(sentence: str) -> list[tuple[float, str, int | None, str | None]]:
    plan = plan_of(f"{HEAD}二、工作目标\n{sentence}\n三、重点任务\n1.建书角。配备图书。\n2.育教师。组织培训。\n")
    return [(target.value, target.unit, target.year, target.per) for target in plan.targets]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("到2025年，全区居民综合阅读率达到85%。", [(85, "%", 2025, None)]),
        ("到2025年，全区建成书屋50个，培训阅读推广人300名。", [(50, "个", 2025, None), (300, "名", 2025, None)]),
        ("2024年建成书屋30个，2025年建成书屋50个。", [(30, "个", 2024, None), (50, "个", 2025, None)]),
        ("每年培训100人次。", [(100, "人次", None, "year")]),
        ("每年举办读书会不少于两场。", [(2, "场", None, "year")]),
        ("每季度开展读书活动3次以上。", [(3, "次", None, "quarter")]),
        ("每学期开展读书活动不少于2次。", [(2, "次", None, "term")]),
        ("到2025年，借阅量突破1.5万册。", [(1.5, "万册", 2025, None)]),
        ("到２０２５年，建成书屋５０个。", [(50, "个", 2025, None)]),
        ("到2025年，建成书屋五十个以上。", [(50, "个", 2025, None)]),
    ],
)
def test_numbers_that_the_plan_sets_for_the_future_are_targets(
    sentence: str, expected: list[tuple[float, str, int | None, str | None]]
) -> None:
    assert targets(sentence) == expected


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("达到85%", ">="),
        ("不低于85%", ">="),
        ("85%以上", ">="),
        ("超过85%", ">"),
        ("不超过85%", "<="),
        ("控制在85%以内", "<="),
        ("低于85%", "<"),
    ],
)
def test_comparators(words: str, comparator: str) -> None:
    plan = plan_of(f"{HEAD}二、工作目标\n到2025年，全区居民综合阅读率{words}。\n")
    assert [(t.comparator, t.value, t.unit, t.year) for t in plan.targets] == [(comparator, 85, "%", 2025)]
    assert "综合阅读率" in plan.targets[0].metric


@pytest.mark.parametrize(
    "sentence",
    [
        "上年，全区居民综合阅读率达到80%。",
        "2021年全区居民综合阅读率达到80%。",
        "截至2022年底，全区已建成书屋30个。",
        "目前，全区有书屋30个。",
        "“十三五”期间，全区建成书屋20个。",
        "面向60岁以上老年人开展服务。",
        "落实《全民阅读促进条例》第3条的规定。",
        "开通24小时热线。",
        "贯彻省政府令第8号要求。",
    ],
)
def test_figures_of_the_past_and_figures_of_other_things_are_no_targets(sentence: str) -> None:
    assert targets(sentence) == []


def test_a_figure_of_the_past_beside_a_target() -> None:
    assert targets("全区居民综合阅读率由2022年的80%提高到2025年的85%。") == [(85, "%", 2025, None)]


def test_a_stated_count_is_no_target() -> None:
    plan = plan_of(
        f"{HEAD}二、提升行动\n“十四五”期间实施2项提升行动。\n（一）校园阅读行动\n1.建书角。配备图书。\n2.育教师。组织培训。\n"
        "（二）乡村阅读行动\n1.建书屋。配备图书。\n2.读好书。组织交流。\n"
    )
    assert plan.targets == ()
    assert [(c.quote, c.stated, c.of, c.actual) for c in plan.stated_counts] == [("2项提升行动", 2, "actions", 2)]


def test_stages_are_no_targets() -> None:
    plan = plan_of(f"{HEAD}二、进度安排\n启动阶段。2023年，开展宣传发动。\n总结阶段。2025年，组织总结。\n")
    assert plan.targets == ()


# ---------------------------------------------------------------------------------- citations


def citations(preamble: str, later: str = "抓好落实。") -> list[tuple[str, str | None, str | None]]:
    plan = plan_of(
        f"砚湖区全民阅读行动计划（2023—2025年）\n{preamble}\n一、总体要求\n{later}\n二、重点任务\n1.建书角。配备图书。\n2.育教师。组织培训。\n"
    )
    return [(citation.title, citation.number, citation.alias) for citation in plan.citations]


def test_a_citation_has_number_and_short_title() -> None:
    assert citations(
        "根据《全民阅读促进规划（2021—2025年）》（砚政发〔2021〕3号，以下简称《规划》）和《公共图书馆条例》，制定本计划。"
    ) == [("全民阅读促进规划（2021—2025年）", "砚政发〔2021〕3号", "《规划》"), ("公共图书馆条例", None, None)]


def test_a_citation_is_listed_at_its_first_place() -> None:
    found = citations("根据《公共图书馆条例》，制定本计划。", "落实《公共图书馆条例》。再落实《公共图书馆条例》。")
    assert found == [("公共图书馆条例", None, None)]


def test_later_uses_of_a_short_title_are_no_citations() -> None:
    found = citations(
        "根据《全民阅读促进规划》（以下简称《规划》），制定本计划。", "落实《规划》各项任务，推动《规划》见效。"
    )
    assert found == [("全民阅读促进规划", None, "《规划》")]


@pytest.mark.parametrize(
    "own",
    [
        "《砚湖区全民阅读行动计划（2023—2025年）》",
        "《砚湖区全民阅读行动计划》",
        "《砚湖区全民阅读行动计划（2023-2025年）》",
    ],
)
def test_the_plans_own_title_is_no_citation(own: str) -> None:
    assert citations("为推动全民阅读，制定本计划。", f"各部门要认真落实{own}。") == []


def test_a_title_inside_a_title_is_one_citation() -> None:
    assert citations("根据《关于印发〈全民阅读促进规划〉的通知》（砚政发〔2021〕3号），制定本计划。") == [
        ("关于印发〈全民阅读促进规划〉的通知", "砚政发〔2021〕3号", None)
    ]


# ------------------------------------------------------------------------------------- roster


def test_the_roster_is_the_units_named_as_members_of_the_leadership_group() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n1.建书角。配备图书。（区教育局牵头）\n2.育教师。组织培训。（区人社局牵头）\n三、组织领导\n"
        "成立区全民阅读工作领导小组，成员单位包括区委宣传部、区教育局、文旅局、妇联。\n"
    )
    assert [unit.name for unit in plan.roster] == ["区委宣传部", "区教育局", "区文旅局", "区妇联"]


def test_a_plan_without_a_list_of_members_has_no_roster() -> None:
    plan = plan_of(f"{HEAD}二、重点任务\n1.建书角。配备图书。（区教育局牵头）\n2.育教师。组织培训。（区人社局牵头）\n")
    assert plan.roster == ()


# ------------------------------------------------------------ what speaks of stages and is none


STAGES = """（{}）启动阶段（2023年3月至6月）。开展宣传。
（{}）实施阶段（2023年7月至2024年12月）。落实任务。
（{}）总结阶段（2025年）。总结经验。
"""


@pytest.mark.parametrize(
    "sentence",
    [
        "方案分三个阶段推进。",
        "本方案分三个阶段组织实施。",
        "分三个阶段推进（2023年3月至2025年12月）",
        "全部工作分为三个阶段。",
    ],
)
@pytest.mark.parametrize("label", ["", "（一）", "第一条　"])
def test_a_sentence_that_counts_the_stages_is_none(sentence: str, label: str) -> None:
    ordinals = "二三四" if label == "（一）" else "一二三"
    plan = plan_of(f"{HEAD}二、进度安排\n{label}{sentence}\n{STAGES.format(*ordinals)}三、保障措施\n抓好落实。\n")
    assert [stage.label for stage in plan.stages] == ["启动阶段", "实施阶段", "总结阶段"]
    assert [(count.stated, count.of, count.actual) for count in plan.stated_counts] == [(3, "stages", 3)]


@pytest.mark.parametrize("heading", ["分阶段推进。", "分阶段实施", "阶段安排。"])
def test_a_heading_that_speaks_of_stages_in_general_is_none(heading: str) -> None:
    plan = plan_of(f"{HEAD}二、进度安排\n（一）{heading}\n{STAGES.format(*'二三四')}三、保障措施\n抓好落实。\n")
    assert [stage.start for stage in plan.stages] == [2023, 2023, 2025]


def test_periods_below_a_sentence_that_counts_the_stages_are_stages() -> None:
    plan = plan_of(
        f"{HEAD}二、进度安排\n（一）阶段安排。分三个阶段推进：2023年，启动；2024年，实施；2025年，总结。\n"
        "（二）责任落实。各部门抓好落实。\n三、保障措施\n抓好落实。\n"
    )
    assert [stage.start for stage in plan.stages] == [2023, 2024, 2025]


@pytest.mark.parametrize("label", ["第一阶段", "第一个阶段", "启动阶段", "分阶段验收"])
def test_what_names_a_stage_is_one(label: str) -> None:
    plan = plan_of(f"{HEAD}二、进度安排\n（一）{label}（2023年）。开展工作。\n（二）总结阶段（2025年）。总结。\n")
    assert [stage.label for stage in plan.stages] == [label, "总结阶段"]


# --------------------------------------------------------------------- a note under the title


TITLE = "砚湖区全民阅读行动计划（2023—2025年）"
BODY = "为推动全民阅读，制定本计划。\n一、总体要求\n让读书成为习惯。\n二、重点任务\n1.建书角。配备图书。\n"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("note", "issuer"),
    [
        ("（砚湖区绿化委员会　2023年3月16日）", "砚湖区绿化委员会"),
        ("(砚湖区人民政府办公室 2023年3月16日)", "砚湖区人民政府办公室"),
        ("（砚湖区科协　二〇二三年三月十六日印发）", "砚湖区科协"),
        ("（2023年3月16日）", None),
        ("（2023年3月16日区人民政府第5次常务会议审议通过）", None),
        ("砚湖区绿化委员会\n（2023年3月16日）", "砚湖区绿化委员会"),
    ],
)
def test_a_note_of_issuer_and_date_is_no_part_of_the_title(note: str, issuer: str | None, gap: str) -> None:
    plan = plan_of(f"{TITLE}{gap}{note}{gap}{BODY}")
    meta = plan.metadata
    assert (meta.title, meta.issuer, meta.signed_date, meta.period) == (TITLE, issuer, date(2023, 3, 16), (2023, 2025))
    assert plan.preamble is not None
    assert plan.text.source[plan.preamble.start :].startswith("为推动全民阅读")


def test_the_date_of_a_notice_goes_before_that_of_a_note() -> None:
    notice = f"砚湖区人民政府关于印发{TITLE}的通知\n各镇人民政府：\n现印发给你们。\n砚湖区人民政府\n2023年4月8日\n"
    meta = plan_of(f"{notice}{TITLE}\n（砚湖区文旅局　2023年3月16日）\n{BODY}").metadata
    assert (meta.title, meta.issuer, meta.signed_date) == (TITLE, "砚湖区人民政府", date(2023, 4, 8))


@pytest.mark.parametrize("tail", ["（试行）", "（征求意见稿）", "（2023年1月1日—2025年12月31日）", "（2023年3月修订）"])
def test_what_else_stands_in_brackets_under_the_title_belongs_to_it(tail: str) -> None:
    assert plan_of(f"砚湖区全民阅读行动计划\n{tail}\n{BODY}").metadata.title == f"砚湖区全民阅读行动计划{tail}"


# ------------------------------------------------------------- what a group says of its own tasks


def articles(count: int, start: int) -> str:
    return "".join(f"第{'一二三四五六七八九'[start + i]}条　建好书角{i}。配备图书。\n" for i in range(count))


@pytest.mark.parametrize(
    ("stated", "actual"),
    [(3, 3), (4, 3), (2, 3), (5, 5)],  # 5 is what both chapters have: then the whole plan is meant
)
def test_a_count_at_the_head_of_a_group_is_of_that_group(stated: int, actual: int) -> None:
    plan = plan_of(
        f"{TITLE}\n为推动全民阅读，制定本计划。\n第一章　重点行动\n全区组织实施{stated}项行动。\n{articles(3, 0)}"
        f"第二章　重点任务\n{articles(2, 3)}第三章　保障措施\n第六条　各部门要加强协作。\n"
    )
    (count,) = plan.stated_counts
    assert (count.stated, count.of, count.actual) == (stated, "measures", actual)


def test_a_count_in_the_general_part_is_of_the_whole_plan() -> None:
    plan = plan_of(
        f"{TITLE}\n为推动全民阅读，制定本计划。\n第一章　总则\n实施6项行动。\n第二章　重点行动\n{articles(3, 0)}"
        f"第三章　重点任务\n{articles(2, 3)}第四章　保障措施\n第六条　各部门要加强协作。\n"
    )
    assert [(count.stated, count.actual) for count in plan.stated_counts] == [(6, 5)]


def test_a_group_that_counts_what_another_group_has_means_the_other() -> None:
    plan = plan_of(
        f"{HEAD}二、提升行动\n实施3项行动。\n（一）校园行动\n1.建书角。配备图书。\n（二）乡村行动\n1.建书屋。配备图书。\n"
        "三、重点工程\n围绕2项行动，实施3项工程。\n（一）书屋工程\n1.建书屋。配备图书。\n（二）书城工程\n1.建书城。配备图书。\n"
    )
    assert [(c.stated, c.of, c.actual) for c in plan.stated_counts] == [
        (3, "actions", 2),
        (2, "actions", 2),
        (3, "projects", 2),
    ]


# ------------------------------------------------------------------------ the ways of a roster


def roster_of(sentence: str) -> list[str]:
    plan = plan_of(
        f"{HEAD}二、重点任务\n（一）校园阅读行动\n1.建书角。成立由区卫健委、区应急局组成的检查委员会。\n2.育教师。组织培训。\n"
        f"三、保障措施\n（一）加强组织领导。{sentence}\n（二）加强投入。多方投入。\n"
    )
    return [unit.name for unit in plan.roster]


@pytest.mark.parametrize(
    "sentence",
    [
        "区绿化委员会统筹全区工作，组成人员由区教育局、区财政局、区科协有关负责同志担任，办公室设在区文旅局。",
        "领导小组组成人员：区教育局、区财政局、区科协。",
        "成立区全民阅读工作领导小组，由区教育局、区财政局、区科协有关负责同志组成。",
        "领导小组由分管副区长任组长，由区教育局、区财政局、区科协组成，统筹推进各项工作。",
        "成立由分管副区长任组长，区教育局、区财政局、区科协负责同志组成的全民阅读领导小组，研究重大问题。",
        "建立联席会议制度，联席会议由区教育局、区财政局、区科协等部门组成。",
        "成员单位由区教育局、区财政局、区科协组成，办公室设在区文旅局。",
        "成员由区教育局、区财政局、区科协负责同志担任，办公室设在区文旅局。",
        "成员单位包括区教育局、区财政局、区科协，专班办公室设在区文旅局，由区文旅局局长兼任主任。",
        "成员单位为区教育局、区财政局、区科协，区文旅局承担日常工作。",
        "成员由区教育局分管负责人担任，区财政局、区科协负责人参加，下设办公室在区文旅局。",
        "成员由区教育局，区财政局、区科协负责人担任。",
    ],
)
def test_members_are_named_in_many_ways_and_end_where_the_next_thing_begins(sentence: str) -> None:
    assert roster_of(sentence) == ["区教育局", "区财政局", "区科协"]


@pytest.mark.parametrize(
    "sentence",
    [
        "领导小组每季度派出由区教育局、区科协组成的检查组。",
        "成立区指挥部，下设督查组，由区教育局、区财政局、区科协组成。",
        "领导小组由区教育局、区科协组成检查组开展检查。",
        "宣讲队由区教育局、区科协组成。",
    ],
)
def test_units_that_make_up_another_team_are_no_members(sentence: str) -> None:
    assert roster_of(sentence) == []


# ---------------------------------------------------------------- numbers that count a list; kinds


def promised(sentence: str) -> list[tuple[str, float, str, str | None]]:
    plan = plan_of(f"{HEAD}二、重点任务\n（一）校园阅读行动\n1.建书角。{sentence}\n2.育教师。组织培训。\n")
    return [(target.comparator, target.value, target.unit, target.per) for target in plan.targets]


@pytest.mark.parametrize(
    "sentence",
    [
        "聚焦设施、活动、服务三个环节，抓好落实。",
        "聚焦设施、活动、服务3个环节，抓好落实。",
        "聚焦设施和服务两个环节，抓好落实。",
        "抓好宣传发动、组织实施和检查验收三个环节。",
        "到2025年，聚焦设施、活动、服务三个环节，补齐短板。",
        "每年聚焦设施、活动、服务三个环节开展检查。",
    ],
)
def test_a_number_that_counts_the_list_in_front_of_it_is_no_target(sentence: str) -> None:
    assert promised(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("新建图书馆、文化馆2个。", [("=", 2, "个", None)]),
        ("新建图书馆、文化馆2个场馆。", [("=", 2, "个", None)]),
        ("新建城市书房、文化驿站三个。", [("=", 3, "个", None)]),
        ("培训教师、家长2000人次。", [("=", 2000, "人次", None)]),
        ("每年举办春季、秋季两场招聘会。", [("=", 2, "场", "year")]),
        ("新建设施、活动、服务不少于三个站点。", [(">=", 3, "个", None)]),
    ],
)
def test_a_number_behind_a_list_of_what_is_promised_is_a_target(
    sentence: str, targets: list[tuple[str, float, str, str | None]]
) -> None:
    assert promised(sentence) == targets


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("每年为每个农家书屋更新图书不少于60种。", [(">=", 60, "种", "year")]),
        ("每年更新不少于60种图书。", [(">=", 60, "种", "year")]),
        ("到2025年，开发科普产品10种以上。", [(">=", 10, "种", None)]),
        ("为患有3种以上慢性病的老年人建档。", []),
        ("对用药不少于5种的老年人开展评估。", []),
        ("免费筛查20种疾病。", []),
        ("提供至少3种语言的服务。", []),
        ("水质达到3类标准。", []),
        ("为不低于60岁的老年人服务。", []),
    ],
)
def test_a_number_of_kinds_is_a_target_where_a_comparator_promises_it(
    sentence: str, targets: list[tuple[str, float, str, str | None]]
) -> None:
    assert promised(sentence) == targets


@pytest.mark.parametrize("years", ["", "（2023—2025年）"])
def test_the_plans_title_in_the_text_of_its_notice_is_no_citation(years: str) -> None:
    plan = plan_of(
        "砚湖区人民政府关于印发砚湖区全民阅读行动方案的通知\n各镇人民政府：\n"
        f"现将《砚湖区全民阅读行动方案{years}》印发给你们，请按照《砚湖区公共文化规划》执行。\n砚湖区人民政府\n2023年4月8日\n{TITLE}\n{BODY}"
    )
    assert [citation.title for citation in plan.citations] == ["砚湖区公共文化规划"]


# ------------------------------------------------------- stages under 组织实施, and where their years stand


@pytest.mark.parametrize("heading", ["组织实施", "实施步骤", "工作要求"])
@pytest.mark.parametrize("labels", ["（一） （二） （三）", "1. 2. 3."])
def test_headings_that_name_stages_are_stages_whatever_they_stand_under(heading: str, labels: str) -> None:
    first, second, third = labels.split()
    plan = plan_of(
        f"{HEAD}二、{heading}\n{first}启动阶段（2023年1月—12月）。开展宣传。\n{second}推进阶段（2024年）。落实任务。\n"
        f"{third}总结阶段（2025年）。总结经验。\n"
    )
    assert [(stage.label, stage.start, stage.end) for stage in plan.stages] == [
        ("启动阶段", 2023, 2023),
        ("推进阶段", 2024, 2024),
        ("总结阶段", 2025, 2025),
    ]
    assert [section.role for section in plan.sections[-3:]] == ["schedule"] * 3


def test_a_stage_of_unusual_name_is_known_by_its_period_or_by_those_beside_it() -> None:
    plan = plan_of(
        f"{HEAD}二、组织实施\n（一）督查考核阶段（2024年）。开展督查。\n（二）总结（2025年）。总结经验。\n"
        "（三）加强领导。健全机制。\n"
    )
    assert [(stage.label, stage.start) for stage in plan.stages] == [("督查考核阶段", 2024), ("总结", 2025)]
    assert role(plan, "加强领导") == "leadership"


@pytest.mark.parametrize("title", ["分阶段推进", "现阶段工作", "加强阶段评估", "义务教育阶段", "督查考核（2024年）"])
def test_other_headings_under_organisation_are_no_stages(title: str) -> None:
    plan = plan_of(f"{HEAD}二、组织实施\n（一）{title}。抓好落实。\n（二）加强宣传。营造氛围。\n")
    assert plan.stages == ()
    assert role(plan, title) == "safeguards"


@pytest.mark.parametrize("heading", ["组织实施", "实施步骤"])
@pytest.mark.parametrize("behind", ["", "。开展宣传。", "\n开展宣传发动，营造良好氛围。"])
def test_the_period_behind_the_name_of_a_numbered_stage_is_its_period(heading: str, behind: str) -> None:
    plan = plan_of(
        f"{HEAD}二、{heading}\n（一）第一阶段：启动（2023年）{behind}\n（二）第二阶段：宣传、推进（2024年至2025年）{behind}\n"
    )
    assert [(stage.label, stage.start, stage.end) for stage in plan.stages] == [
        ("第一阶段", 2023, 2023),
        ("第二阶段", 2024, 2025),
    ]


def test_a_year_in_the_text_of_a_stage_is_not_its_period() -> None:
    plan = plan_of(
        f"{HEAD}二、实施步骤\n（一）第一阶段：启动。推广去年经验（2022年）。\n（二）第二阶段：推进（2024年）\n"
    )
    assert [(stage.label, stage.start) for stage in plan.stages] == [("第一阶段", None), ("第二阶段", 2024)]


@pytest.mark.parametrize("dot", [".", "．"])
@pytest.mark.parametrize(
    ("years", "end"),
    [
        ("2023年", 2023),
        ("2023—2024年", 2024),
        ("2023－2024年度", 2024),
        ("2023年—2024年", 2024),
        ("2023至2024年", 2024),
        ("2023—2024", 2024),
    ],
)
def test_a_label_before_a_year_or_a_range_of_years_is_a_label(dot: str, years: str, end: int) -> None:
    plan = plan_of(f"{HEAD}二、实施步骤\n1{dot}2023年，启动。\n2{dot}{years}，推进。\n3{dot}2025年，总结。\n")
    assert [section.ordinal for section in plan.sections[2:]] == [1, 2, 3]
    assert [(stage.start, stage.end) for stage in plan.stages] == [(2023, 2023), (2023, end), (2025, 2025)]


@pytest.mark.parametrize(
    "text", ["12.5%的学校建成书屋。", "2.5公里内有书屋。", "3.15晚会宣传读书。", "3.2025公里。", "1.2010—1.2050元。"]
)
def test_a_decimal_at_the_start_of_a_paragraph_is_no_label(text: str) -> None:
    plan = plan_of(f"{HEAD}二、有关情况\n{text}\n")
    assert [section.id for section in plan.sections] == ["一", "二"]


# ---------------------------------------------------------- numbers of the measures below the actions


def counts_of(
    sentence: str, actions: str = "提升行动", names: tuple[str, str] = ("校园行动", "乡村行动")
) -> list[object]:
    plan = plan_of(
        f"{HEAD}二、{actions}\n{sentence}\n（一）{names[0]}\n1.建书角。配备图书。\n2.育教师。组织培训。\n"
        f"（二）{names[1]}\n1.建书屋。配备图书。\n2.送图书。组织下乡。\n3.办讲座。邀请作家。\n"
    )
    return [(count.stated, count.of, count.actual) for count in plan.stated_counts]


@pytest.mark.parametrize("noun", ["措施", "具体措施", "举措", "任务", "重点任务", "工作"])
@pytest.mark.parametrize("stated", [5, 6])
def test_what_is_counted_behind_the_actions_is_the_measures_below_them(noun: str, stated: int) -> None:
    found = counts_of(f"实施2大提升行动，落实{stated}项{noun}。")
    assert found == [(2, "actions", 2), (stated, "measures", 5)]


def test_measures_are_those_of_the_group_that_counts_them() -> None:
    plan = plan_of(
        f"{HEAD}二、提升行动\n实施1大行动，落实2项措施。\n（一）校园行动\n1.建书角。配备图书。\n2.育教师。组织培训。\n"
        "三、重点工程\n实施1大工程，落实3项措施。\n（一）书屋工程\n1.建书屋。配备图书。\n"
    )
    assert [(c.stated, c.of, c.actual) for c in plan.stated_counts] == [
        (1, "actions", 1),
        (2, "measures", 2),
        (1, "projects", 1),
        (3, "measures", 1),
    ]


def test_measures_counted_in_the_general_part_are_those_of_the_whole_plan() -> None:
    plan = plan_of(
        f"{TITLE}\n为推动全民阅读，制定本计划。\n一、总体要求\n实施2大行动，落实5项举措。\n二、提升行动\n（一）校园行动\n"
        "1.建书角。配备图书。\n2.育教师。组织培训。\n（二）乡村行动\n1.建书屋。配备图书。\n2.送图书。组织下乡。\n"
    )
    assert [(c.stated, c.of, c.actual) for c in plan.stated_counts] == [(2, "actions", 2), (5, "measures", 4)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("落实2项措施。", [(2, "actions", 2)]),  # the actions may be called so
        ("落实5项措施。", [(5, "measures", 5)]),
        ("落实3项措施。", [(3, "actions", 2)]),
        ("落实5项任务。", [(5, "actions", 2)]),  # without a number of actions before it 任务 is the actions
        ("实施2大行动。全区完成5项任务。", [(2, "actions", 2), (5, "actions", 2)]),
        ("实施2大提升行动、2大行动。", [(2, "actions", 2), (2, "actions", 2)]),
    ],
)
def test_a_number_that_stands_alone_is_of_the_actions_where_it_can_be(sentence: str, found: list[object]) -> None:
    assert counts_of(sentence) == found


# ---------------------------------------------------------------- what copy and paste leaves in a clause


def clause_of(written: str) -> Clause:
    """Return the clause of the first of two measures, which has all of ``written`` in brackets."""
    plan = plan_of(
        f"{HEAD}二、重点任务\n（一）校园阅读行动\n1.建设书香校园。为每个班级配备图书角。（{written}）\n"
        "2.培养阅读教师。组织教师参加培训。\n三、保障措施\n抓好落实。\n"
    )
    (clause,) = plan.clauses
    return clause


@pytest.mark.parametrize(
    ("written", "where", "expected", "leads", "supporters"),
    [
        ("县教育局牵头，县财政局、配合", "、配合", "单位名称", ["县教育局"], ["县财政局"]),
        ("县教育局、牵头，县财政局配合", "、牵头", "单位名称", ["县教育局"], ["县财政局"]),
        ("县教育局牵头，由、市人社局配合", "由", "单位名称", ["县教育局"], ["市人社局"]),
        ("县教育局牵头，，县财政局配合", "，，", "单位名称", ["县教育局"], ["县财政局"]),
        ("县教育局牵头,,县财政局配合", ",,", "单位名称", ["县教育局"], ["县财政局"]),
        ("县教育局牵头，县财政局、、县科协配合", "、、", "单位名称", ["县教育局"], ["县财政局", "县科协"]),
        ("县教育局牵头，、县财政局配合", "，、", "单位名称", ["县教育局"], ["县财政局"]),
        ("县教育局牵头，县财政局配合，", "，", "单位名称", ["县教育局"], ["县财政局"]),
        ("，县教育局牵头，县财政局配合", "，", "单位名称", ["县教育局"], ["县财政局"]),
        ("牵头单位：、县教育局；配合单位：县财政局", "、", "单位名称", ["县教育局"], ["县财政局"]),
        ("牵头单位：县教育局；，配合单位：县财政局", "；，", "单位名称", ["县教育局"], ["县财政局"]),
        ("县应急局 县水利局牵头，县财政局配合", "县水利局", "顿号", ["县应急局", "县水利局"], ["县财政局"]),
        ("县应急局牵头，县科协　县财政局配合", "县财政局", "顿号", ["县应急局"], ["县科协", "县财政局"]),
    ],
)
def test_debris_makes_a_clause_unreadable_and_its_units_are_read_all_the_same(
    written: str, where: str, expected: str, leads: list[str], supporters: list[str]
) -> None:
    clause = clause_of(written)
    assert not clause.readable
    assert clause.problem is not None
    assert clause.problem.zh == f"读到“{where}”处读不下去，这里应为{expected}"
    assert (list(clause.leads), list(clause.responsible), list(clause.supporters)) == (leads, [], supporters)


def test_debris_is_reported_where_it_stands() -> None:
    plan = plan_of(f"{HEAD}二、重点任务\n1.建书角。配备图书。（区教育局牵头，区财政局、、区科协配合）\n2.育教师。\n")
    (clause,) = plan.clauses
    assert clause.problem_span is not None
    assert plan.text.source[clause.problem_span.start : clause.problem_span.end] == "、、"


def test_debris_on_a_line_of_its_own() -> None:
    plan = plan_of(f"{HEAD}二、重点任务\n1.建书角。配备图书。\n责任单位：区教育局、、区科协\n2.育教师。组织培训。\n")
    (clause,) = plan.clauses
    assert (clause.readable, clause.responsible) == (False, ("区教育局", "区科协"))


@pytest.mark.parametrize(
    "written",
    [
        "县教育局牵头，县财政局配合。",
        "牵头单位：县教育局；配合单位：县财政局；",
        "县教育局，牵头；县财政局，配合",
        "县教育局牵头，\n县财政局配合",
        "县教育局牵头、县财政局配合",
        "由县教育局牵头，县财政局配合",
        "县教育局牵头，县财政局、等单位配合",
        "县 教育局牵头，县财 政局配合",
        "县教育局 牵头 ， 县财政局 配合",
        "县教育\n局牵头，县财政局配合",
    ],
)
def test_what_only_looks_like_debris_is_none(written: str) -> None:
    clause = clause_of(written)
    assert clause.readable
    assert (clause.leads, clause.supporters) == (("县教育局",), ("县财政局",))


@pytest.mark.parametrize(
    "name", ["市 科协", "县委 宣传部", "县委 县直机关工委", "县公安局 交警大队", "县工信局 （国资委）", "县市场 监管局"]
)
def test_white_space_inside_a_name_is_no_debris(name: str) -> None:
    clause = clause_of(f"{name}牵头，县财政局配合")
    assert (clause.readable, clause.leads) == (True, (name.replace(" ", ""),))


def test_a_comma_at_the_end_of_a_line_of_labels_is_no_debris() -> None:
    plan = plan_of(
        f"{HEAD}二、重点任务\n1.建书角。配备图书。\n牵头部门：区教育局，\n参与部门：区科协、\n完成时限：2024年6月底前\n2.育教师。\n"
    )
    (clause,) = plan.clauses
    assert (clause.readable, clause.leads, clause.supporters) == (True, ("区教育局",), ("区科协",))


# ------------------------------------------------------------- two documents and their short titles


@pytest.mark.parametrize(
    ("cited", "aliases"),
    [
        ("《青山省科普条例》（以下称《条例》）、《砚湖区科普办法》（下称“《办法》”）", ("《条例》", "“《办法》”")),
        (
            "《青山省科普条例》（以下简称“《条例》”）和《砚湖区科普办法》（以下简称“《办法》”）",
            ("“《条例》”", "“《办法》”"),
        ),
        ("《青山省科普条例》（以下称《条例》；《砚湖区科普办法》，以下称“《办法》”）", ("《条例》", "“《办法》”")),
        (
            "文件（《青山省科普条例》，下称《条例》；《砚湖区科普办法》，下称“《办法》”）",
            ("《条例》", "“《办法》”"),
        ),
        ("《青山省科普条例》（以下称《条例》，依据《砚湖区科普办法》（下称《办法》））", ("《条例》", "《办法》")),
        (
            "《青山省科普条例》（以下称《条例》、《砚湖区科普办法》（下称《办法》）",
            ("《条例》", "《办法》"),
        ),  # never closed
        ("《青山省科普条例》，下称《条例》，和《砚湖区科普办法》，下称“《办法》”", ("《条例》", "“《办法》”")),
        ("《青山省科普条例》和《砚湖区科普办法》（以下分别简称《条例》《办法》）", ("《条例》", "《办法》")),
        ("《青山省科普条例》、《砚湖区科普办法》（以下分别称“《条例》”“《办法》”）", ("《条例》", "《办法》")),
    ],
)
def test_two_documents_cited_together_have_each_its_short_title(cited: str, aliases: tuple[str, str]) -> None:
    plan = plan_of(f"{HEAD}二、保障措施\n根据{cited}，抓好落实。\n按照《条例》和《办法》的要求加强督导。\n")
    assert [(citation.title, citation.alias) for citation in plan.citations] == [
        ("青山省科普条例", aliases[0]),
        ("砚湖区科普办法", aliases[1]),
    ]


def test_a_short_title_behind_another_document_is_of_that_one() -> None:
    plan = plan_of(
        f"{HEAD}二、保障措施\n根据《青山省科普条例》（依据《砚湖区科普办法》（下称《办法》）），抓好落实。\n"
    )
    assert [(citation.title, citation.alias) for citation in plan.citations] == [
        ("青山省科普条例", None),
        ("砚湖区科普办法", "《办法》"),
    ]


def test_a_short_title_that_nothing_introduces_is_a_citation_of_its_own() -> None:
    plan = plan_of(f"{HEAD}二、保障措施\n根据《青山省科普条例》（以下称《条例》）和《砚湖区科普办法》落实《办法》。\n")
    assert [citation.title for citation in plan.citations] == ["青山省科普条例", "砚湖区科普办法", "办法"]
