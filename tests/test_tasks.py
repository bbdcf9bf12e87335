"""The task list: each measure once with who answers for it, and what no measure's row tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import parse
from checker.model import Plan
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.tasks import Duties, FileTasks, Task, file_tasks

HERE = Path(__file__).parent
DRAFTS = [
    *(path for path in sorted((HERE.parent / "samples" / "drafts").iterdir()) if path.suffix in (".txt", ".md")),
    *sorted((HERE / "plans").glob("*.txt")),
]

OWN = """\
棠城县全民健身实施方案（2024—2026年）

一、工作目标
到2026年，全县体育场地达到100个。
二、主要任务
（一）场地行动
1.建好场地。到2025年，新建足球场20个。（6月底完成，牵头单位：县体育局；责任单位：县住建局；配合单位：县财政局、县教育局）
2.开放场地。每年开放学校场地不少于50个。（县教育局牵头，县体育局配合）
三、组织保障
加强组织领导，落实工作经费。
"""
SECTION = """\
棠城县全民健身实施方案（2024—2026年）

二、主要任务
（一）场地行动（2025年底前完成，牵头单位：县体育局，责任单位：县教育局）
1.建好场地。新建一批场地。
2.办好赛事。每年办赛10场。
"""
MIXED = """\
棠城县安全生产实施方案（2024—2026年）

二、主要任务
（一）隐患清零行动
1.排查隐患。组织全面排查。（责任单位：县工信局）
2.整改隐患。实行闭环管理。（责任单位：县住建局）
牵头单位：县应急管理局，配合单位：县公安局
（二）宣传行动
1.办好宣传月。每年开展一次。
2.建好体验馆。建设体验馆2个。
三、保障措施
（一）落实经费。县级财政予以保障。（责任单位：县财政局）
"""
NONE = """\
棠城县阅读实施方案（2024—2026年）

二、主要任务
1.建好书屋。建成书屋30家。
2.办好活动。经常举办活动。
"""


def listed(source: str, first: int = 1) -> FileTasks:
    return file_tasks(parsed(source), "draft.txt", first)


def parsed(source: str) -> Plan:
    return parse_text(from_string(source))


def units(task: Task) -> tuple[tuple[str, ...], ...]:
    return task.leads, task.responsible, task.supporters


class TestWhoseUnits:
    def test_a_clause_of_its_own(self) -> None:
        first, second = listed(OWN).tasks
        assert (first.number, first.kind, first.section, first.section_label) == (
            1,
            "measure",
            "二.1",
            "二（一）场地行动",
        )
        assert (first.action, first.label, first.measure, first.place) == ("场地行动", "1.", "建好场地", "二（一）1")
        assert units(first) == (("县体育局",), ("县住建局",), ("县财政局", "县教育局"))
        assert (first.responsibility, first.readable, first.line) == ("own", True, 7)
        assert units(second) == (("县教育局",), (), ("县体育局",))

    def test_the_clause_of_the_section_is_told_by_its_measures_and_is_no_row(self) -> None:
        tasks = listed(SECTION).tasks
        assert [(task.measure, task.responsibility, units(task)) for task in tasks] == [
            ("建好场地", "section", (("县体育局",), ("县教育局",), ())),
            ("办好赛事", "section", (("县体育局",), ("县教育局",), ())),
        ]

    def test_leads_of_the_section_and_units_of_ones_own(self) -> None:
        tasks = [task for task in listed(MIXED).tasks if task.section == "二.1"]
        assert [(task.kind, task.measure, task.responsibility, units(task)) for task in tasks] == [
            ("measure", "排查隐患", "mixed", (("县应急管理局",), ("县工信局",), ())),
            ("measure", "整改隐患", "mixed", (("县应急管理局",), ("县住建局",), ())),
            # 县公安局 is in the row of no measure: the section's clause is a row.
            ("clause", None, "own", (("县应急管理局",), (), ("县公安局",))),
        ]

    def test_a_measure_without_units_has_a_row_with_empty_cells(self) -> None:
        tasks = [task for task in listed(MIXED).tasks if task.section == "二.2"]
        assert [(task.measure, task.responsibility, units(task)) for task in tasks] == [
            ("办好宣传月", "none", ((), (), ())),
            ("建好体验馆", "none", ((), (), ())),
        ]

    def test_a_clause_outside_of_the_tasks_is_a_row_named_like_its_section(self) -> None:
        last = listed(MIXED).tasks[-1]
        assert (last.kind, last.measure, last.action, last.name) == ("clause", None, None, "三（一）落实经费")
        assert (last.place, units(last), last.line) == ("三（一）落实经费", ((), ("县财政局",), ()), 12)

    def test_an_action_without_measures_is_one_row(self) -> None:
        source = SECTION.replace("1.建好场地。新建一批场地。\n2.办好赛事。每年办赛10场。\n", "新建一批场地。\n")
        (task,) = listed(source + "（二）赛事行动（县教育局牵头）\n每年办赛10场。\n").tasks[:1]
        assert (task.kind, task.measure, task.action, task.place) == ("measure", "场地行动", "场地行动", "二（一）")
        assert units(task) == (("县体育局",), ("县教育局",), ())

    def test_a_measure_straight_under_a_group_has_no_action(self) -> None:
        task = listed(NONE).tasks[0]
        assert (task.action, task.place, task.measure) == (None, "二、主要任务1", "建好书屋")

    def test_a_measure_without_a_title_is_named_by_its_first_words(self) -> None:
        task = listed(
            NONE.replace("建好书屋。建成书屋30家。", "建成书屋30家，其中农家书屋不少于20家，覆盖全部乡镇。")
        ).tasks[0]
        assert task.measure is None
        assert task.name == "建成书屋30家，其中农家书屋不少于20家，覆盖…"

    def test_a_clause_that_cannot_be_read_to_its_end_is_said(self) -> None:
        source = OWN.replace("县教育局牵头，县体育局配合", "县教育局牵头，县体育局、、县住建局配合")
        task = listed(source).tasks[1]
        assert not task.readable
        assert listed(source).tasks[0].readable

    def test_a_table_of_tasks_that_names_more_than_the_measures_own_clause_is_a_row(self) -> None:
        table = "附件\n任务分工表\n| 任务 | 牵头单位 | 配合单位 |\n| --- | --- | --- |\n"
        table += "| 建好场地 | 县体育局 | 县审计局 |\n| 开放场地 | 县教育局 | 县体育局 |\n"
        tasks = listed(OWN + table).tasks
        assert [(task.kind, task.measure, units(task)) for task in tasks[2:]] == [
            ("clause", "建好场地", (("县体育局",), (), ("县审计局",)))
        ]

    def test_a_row_of_a_table_without_a_measure_is_called_by_its_first_words(self) -> None:
        table = "附件\n任务分工表\n| 序号 | 任务 | 牵头单位 |\n| --- | --- | --- |\n| 3 | 编印手册 | 县教育局 |\n"
        assert listed(OWN + table).tasks[-1].name == "编印手册"


class TestTargetsAndDeadlines:
    def test_targets_stand_with_the_measure_that_promises_them(self) -> None:
        first, second = listed(OWN).tasks
        assert [(t.quote, t.year, t.per, t.line) for t in first.targets] == [("新建足球场20个", 2025, None, 7)]
        assert [(t.quote, t.year, t.per) for t in second.targets] == [("每年开放学校场地不少于50个", None, "year")]

    def test_the_last_measure_takes_nothing_of_the_section_behind_it(self) -> None:
        source = OWN.replace("加强组织领导", "到2026年，经费达到人均50元，加强组织领导")
        assert parsed(source).targets[-1].quote == "经费达到人均50元"
        assert [len(task.targets) for task in listed(source).tasks] == [1, 1]

    def test_a_part_of_a_measure_belongs_to_it(self) -> None:
        source = OWN.replace(
            "新建足球场20个。", "新建足球场20个。\n（1）新建步道。到2026年，新建步道30公里。\n（2）改造。完成改造。"
        )
        assert [t.quote for t in listed(source).tasks[0].targets] == ["新建足球场20个", "新建步道30公里"]

    def test_the_deadline_is_that_of_the_measures_clause(self) -> None:
        assert [task.deadline for task in listed(OWN).tasks] == ["6月底完成", None]

    def test_without_one_it_is_that_of_the_sections_clause(self) -> None:
        assert [task.deadline for task in listed(SECTION).tasks] == ["2025年底前完成", "2025年底前完成"]
        own = SECTION.replace("每年办赛10场。", "每年办赛10场。（3月底前完成，县教育局牵头）")
        assert [task.deadline for task in listed(own).tasks] == ["2025年底前完成", "3月底前完成"]


class TestUnits:
    def test_who_leads_most_comes_first_then_who_is_named_first(self) -> None:
        assert listed(MIXED).units == (
            Duties("县应急管理局", (1, 2, 3), (), ()),
            Duties("县工信局", (), (1,), ()),
            Duties("县住建局", (), (2,), ()),
            Duties("县公安局", (), (), (3,)),
            Duties("县财政局", (), (6,), ()),
        )

    def test_a_task_counts_once_for_a_unit_that_has_two_parts_in_it(self) -> None:
        source = OWN.replace("县教育局牵头，县体育局配合", "牵头单位：县教育局，责任单位：县教育局、县体育局")
        education = next(one for one in listed(source).units if one.unit == "县教育局")
        assert education == Duties("县教育局", (2,), (2,), (1,))
        assert education.tasks == 2

    def test_one_unit_under_two_names_is_two(self) -> None:
        source = OWN.replace("县教育局牵头，县体育局", "县教育体育局牵头，县体育局")
        assert {"县教育局", "县教育体育局"} < {one.unit for one in listed(source).units}

    def test_a_plan_without_tasks_has_none(self) -> None:
        empty = listed("棠城县健身实施方案\n\n加强领导。\n")
        assert (empty.tasks, empty.units) == ([], ())


class TestSeveralPlans:
    def test_the_plans_of_one_file_follow_one_another(self) -> None:
        path = HERE / "plans" / "tourism-two-plans-city.txt"
        plan = parse(path)
        tasks = file_tasks(plan, str(path), first=5)
        assert [one.title for one in tasks.plans] == [plan.metadata.title, plan.plans[0].metadata.title]
        assert [task.number for task in tasks.tasks] == list(range(5, 5 + len(tasks.tasks)))
        counts = [len(plan.measures), len(plan.plans[0].measures)]
        assert [len(one.tasks) for one in tasks.plans] == counts == [6, 4]


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_every_measure_is_a_row_once_and_no_unit_is_lost(path: Path) -> None:
    plan = parse(path)
    made = file_tasks(plan, str(path))
    for one, tasks in zip((plan, *plan.plans), made.plans, strict=True):
        rows = [task for task in tasks.tasks if task.kind == "measure"]
        assert [(m.title, m.label, *units_of(m)) for m in one.measures] == [
            (t.measure, t.label or label_of_an_action(t, one), *units(t)) for t in rows
        ]
        assert [task.line for task in tasks.tasks] == sorted(task.line for task in tasks.tasks)
        named = {unit for task in tasks.tasks for part in units(task) for unit in part}
        assert named == {unit for c in one.clauses for part in (c.leads, c.responsible, c.supporters) for unit in part}
        in_tasks = [(t.quote, t.line) for task in tasks.tasks for t in task.targets]
        assert len(in_tasks) == len(set(in_tasks)), "a target stands in one measure"
    counted = {one.unit: (len(one.leads), len(one.responsible), len(one.supports)) for one in made.units}
    for unit, counts in counted.items():
        assert counts == tuple(sum(unit in units(task)[part] for task in made.tasks) for part in range(3))


def units_of(measure: object) -> tuple[tuple[str, ...], ...]:
    return measure.leads, measure.responsible, measure.supporters  # type: ignore[attr-defined]


def label_of_an_action(task: Task, plan: Plan) -> str | None:
    """An action without measures is one: its label is its section's, and stands in the place."""
    return next((m.label for m in plan.measures if m.span == m.section.span and m.section.id == task.section), None)
