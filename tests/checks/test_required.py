"""``required``: the field of each chosen node is not empty."""

from __future__ import annotations

from typing import Any

from checker.checks.required import Options, check
from checker.conditions import chosen
from checker.parser import parse_text
from checker.plain_text import from_string

HEAD = "一、主要任务\n（一）健身行动\n"


def reported(text: str, node: str = "measure", **options: Any) -> list[list[int]]:
    """Return the lines of each finding: its first place and the others."""
    plan = parse_text(from_string(text))
    nodes = chosen(plan, node, {})
    assert nodes, "the plan has something to look at"
    found = check(nodes, Options(**{"field": "leads", **options}), plan)
    return [[plan.text.position(span.start).line for span in (one.span, *one.others)] for one in found]


class TestReports:
    def test_a_measure_without_a_clause(self) -> None:
        assert reported(HEAD + "1.建好场地。新建一批。（县体育局牵头）\n2.办好赛事。每月办赛。\n") == [[4]]

    def test_a_measure_with_supporting_units_only(self) -> None:
        text = HEAD + "1.建好场地。新建一批。（县体育局牵头）\n2.办好赛事。每月办赛。（县教育局、县妇联等单位配合）\n"
        assert reported(text) == [[4]]

    def test_each_measure_by_itself_when_another_has_a_lead(self) -> None:
        text = HEAD + "1.建好场地。新建一批。\n2.办好赛事。每月办赛。（县体育局牵头）\n3.培训骨干。分批培训。\n"
        assert reported(text) == [[3], [5]]

    def test_once_with_all_places_when_the_plan_names_no_lead_anywhere(self) -> None:
        text = HEAD + "1.建好场地。新建一批。\n2.办好赛事。每月办赛。\n3.培训骨干。分批培训。\n"
        assert reported(text) == [[3, 4, 5]]

    def test_several_responsible_units_of_which_none_leads(self) -> None:
        text = HEAD + "1.建好场地。新建。（县体育局牵头）\n2.办好赛事。办赛。（责任单位：县体育局、县教育局）\n"
        assert reported(text, sole_responsible=True) == [[4]]

    def test_an_only_responsible_unit_where_it_does_not_count_as_the_lead(self) -> None:
        text = HEAD + "1.建好场地。新建一批。（县体育局牵头）\n2.办好赛事。每月办赛。（责任单位：县体育局）\n"
        assert reported(text, sole_responsible=False) == [[4]]

    def test_each_measure_without_a_clause_where_an_only_responsible_unit_counts_as_a_lead(self) -> None:
        text = HEAD + "1.建好场地。新建。（责任单位：县体育局）\n2.办好赛事。每月办赛。\n3.培训骨干。分批培训。\n"
        assert reported(text, sole_responsible=True) == [[4], [5]]

    def test_once_for_all_lists_of_responsible_units_where_no_lead_is_named_anywhere(self) -> None:
        text = HEAD + (
            "1.建好场地。新建。（责任单位：县体育局）\n"
            "2.办好赛事。办赛。（责任单位：县体育局、县教育局）\n"
            "3.培训骨干。培训。（责任单位：县总工会、县教育局）\n"
            "4.宣传健身。开展宣传。\n"
        )
        assert reported(text, sole_responsible=True) == [[4, 5], [6]]

    def test_a_measure_that_only_inherits_where_each_has_to_name_its_own(self) -> None:
        text = HEAD + "完善设施。（牵头单位：县教育局）\n1.建好场地。新建。（县体育局牵头）\n2.办好赛事。办赛。\n"
        assert reported(text, inherit=False) == [[5]]

    def test_a_target_with_neither_year_nor_period(self) -> None:
        text = "一、工作目标\n到2025年，全县建成球场100个。\n二、主要任务\n1.办好赛事。培训裁判员300名。\n"
        assert reported(text, "target", field="year", instead=("per",)) == [[4]]

    def test_a_stage_without_a_year(self) -> None:
        text = "一、进度安排\n启动阶段。2021年，制定方案。\n推进阶段。全面推进各项任务。\n"
        assert reported(text, "stage", field="from") == [[3]]

    def test_what_most_of_the_others_have(self) -> None:
        text = HEAD + "1.建好场地。新建。（县体育局牵头）\n2.办好赛事。办赛。（县体育局牵头）\n3.培训骨干。培训。\n"
        assert reported(text, others_have=True) == [[5]]

    def test_a_title_that_most_of_the_others_have(self) -> None:
        long = "组织各乡镇广泛开展健身活动，免费开放场馆，发放宣传资料，引导群众多运动，营造浓厚氛围。"
        text = HEAD + f"1.建好场地。新建一批。\n2.{long}\n3.培训骨干。分批培训。\n"
        assert reported(text, field="title", others_have=True) == [[4]]


class TestLeavesAlone:
    def test_a_measure_with_its_own_lead(self) -> None:
        assert reported(HEAD + "1.建好场地。新建一批。（县体育局牵头，县财政局等单位配合）\n") == []

    def test_a_measure_whose_section_names_the_lead(self) -> None:
        text = HEAD + "1.建好场地。新建一批。\n2.办好赛事。每月办赛。\n责任单位：县体育局牵头，县财政局等单位参加。\n"
        assert reported(text) == []

    def test_a_measure_that_names_responsible_units_under_the_lead_of_its_section(self) -> None:
        text = HEAD + "完善设施。（牵头单位：县体育局）\n1.建好场地。新建。（责任单位：县财政局、县住建局）\n"
        assert reported(text) == []

    def test_the_own_responsible_units_under_a_lead_of_the_section_when_nothing_is_to_be_inherited(self) -> None:
        # Only the lead comes from the section; the responsible units are the measure's own.
        text = HEAD + "完善设施。（牵头单位：县体育局）\n1.建好场地。新建。（责任单位：县财政局、县住建局）\n"
        assert reported(text, field="responsible", inherit=False) == []

    def test_an_only_responsible_unit_that_counts_as_the_lead(self) -> None:
        text = HEAD + "1.建好场地。新建一批。（县体育局牵头）\n2.办好赛事。每月办赛。（责任单位：县体育局）\n"
        assert reported(text, sole_responsible=True) == []

    def test_a_target_for_every_year_where_a_period_will_do(self) -> None:
        text = "一、工作目标\n每年培训健身骨干200人次。\n"
        assert reported(text, "target", field="year", instead=("per",)) == []

    def test_a_stage_whose_year_stands_in_its_label(self) -> None:
        text = "一、进度安排\n第一阶段（2024年1月至6月）：制定方案。\n第二阶段（2024年7月至12月）：全面推进。\n"
        assert reported(text, "stage", field="from") == []

    def test_an_empty_choice_of_nodes(self) -> None:
        plan = parse_text(from_string("一、工作目标\n全面提升。\n"))
        assert list(check([], Options("year"), plan)) == []

    def test_what_only_half_of_the_others_have(self) -> None:
        text = HEAD + "1.建好场地。新建一批。（县体育局牵头）\n2.办好赛事。每月办赛。\n"
        assert reported(text, others_have=True) == []

    def test_what_no_node_has_where_it_is_asked_only_if_others_have_it(self) -> None:
        text = HEAD + "1.建好场地。新建一批。\n2.办好赛事。每月办赛。\n3.培训骨干。分批培训。\n"
        assert reported(text, others_have=True) == []

    def test_a_single_node_that_has_no_others(self) -> None:
        assert reported(HEAD + "1.建好场地。新建一批。\n", others_have=True) == []


class TestReportAt:
    """Where what is missing should stand, rather than at the node."""

    TEXT = (
        "云岭县健身方案\n\n为提高全县水平，制定本方案。\n\n一、工作目标\n提升。\n"
        "二、组织保障\n加强领导。\n（一）组织领导\n成立县健身工作领导小组。\n"
    )

    def at(self, *places: str, text: str = TEXT) -> list[list[int]]:
        return reported(text, "plan", field="roster", report_at=places)

    def test_at_the_first_of_the_sections_that_the_plan_has(self) -> None:
        assert self.at("leadership", "organisation") == [[9]]
        assert self.at("schedule", "organisation", "leadership") == [[7]]

    def test_at_the_preamble(self) -> None:
        assert self.at("preamble") == [[3]]

    def test_a_plan_without_a_preamble(self) -> None:
        assert self.at("preamble", "objectives", text=self.TEXT.replace("为提高全县水平，制定本方案。\n\n", "")) == [
            [3]
        ]

    def test_at_the_title_where_the_plan_has_none_of_them(self) -> None:
        assert self.at("schedule") == [[1]]

    def test_nothing_where_it_is_not_missing(self) -> None:
        text = self.TEXT + "成员由县教育局、县科协分管负责人担任。\n"
        assert self.at("leadership", text=text) == []

    def test_several_are_one_finding_at_that_place(self) -> None:
        text = "一、工作目标\n建成球场60个以上。\n二、主要任务\n建成步道100公里以上。\n"
        assert reported(text, "target", field="year", report_at=["objectives"]) == [[1, 1]]
