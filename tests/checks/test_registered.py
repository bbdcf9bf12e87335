"""``registered``: a cited document agrees with the register."""

from __future__ import annotations

from typing import Any

import pytest

from checker.testing import findings

OLD = {
    "title": "全民健身计划（2016—2020年）",
    "number": "国发〔2016〕37号",
    "until": 2020,
    "replaced_by": "全民健身计划（2021—2025年）",
}
NEW = {"title": "全民健身计划（2021—2025年）", "number": "国发〔2021〕11号", "since": 2021, "until": 2025}
UNDATED = {"title": "关于构建更高水平的全民健身公共服务体系的意见", "number": "中办发〔2021〕61号"}


def problems(cited: str, period: str = "（2021—2025年）", register: Any = (OLD, NEW, UNDATED)) -> list[str]:
    text = f"某县健身方案{period}\n\n为落实{cited}，制定本方案。\n\n一、工作目标\n提升。\n"
    return [one.fields["problem"] for one in findings("registered", "citation", text, {"register": register})]


class TestReports:
    def test_another_number_than_the_registers(self) -> None:
        assert problems("《全民健身计划（2021—2025年）》（国发〔2021〕12号）") == ["文号应为国发〔2021〕11号"]

    def test_a_document_that_is_no_longer_in_force_with_the_one_that_is(self) -> None:
        assert problems("《全民健身计划（2016—2020年）》（国发〔2016〕37号）") == [
            "有效期到2020年为止，现行的是《全民健身计划（2021—2025年）》"
        ]

    def test_a_title_with_other_years(self) -> None:
        assert problems("《全民健身计划（2021—2024年）》", register=(NEW,)) == [
            "文件名应为《全民健身计划（2021—2025年）》"
        ]

    def test_against_the_register_that_comes_with_plancheck(self) -> None:
        cited = "《全民科学素质行动规划纲要（2021—2035年）》（国发〔2021〕6号）"
        assert problems(cited, register="documents") == ["文号应为国发〔2021〕9号"]

    def test_at_the_citation_itself(self) -> None:
        text = "为落实《全民健身计划（2021—2025年）》（国发〔2021〕12号），制定本方案。\n"
        (one,) = findings("registered", "citation", text, {"register": (NEW,)})
        assert (one.lines, one.words.startswith("《全民健身计划")) == ([1], True)


class TestLeavesAlone:
    def test_a_citation_that_agrees(self) -> None:
        assert problems("《全民健身计划（2021—2025年）》（国发〔2021〕11号）") == []

    def test_a_citation_without_a_number(self) -> None:
        assert problems("《全民健身计划（2021—2025年）》") == []

    def test_a_number_that_differs_in_brackets_only(self) -> None:
        assert problems("《全民健身计划（2021-2025年）》（国发[2021]11号）") == []

    def test_a_document_that_the_register_does_not_know(self) -> None:
        assert problems("《全民健身条例》（国发〔2009〕1号）") == []

    def test_an_old_document_in_a_plan_of_its_time(self) -> None:
        assert problems("《全民健身计划（2016—2020年）》", "（2018—2020年）") == []

    def test_an_old_document_in_a_plan_whose_title_names_no_years(self) -> None:
        assert problems("《全民健身计划（2016—2020年）》", "") == []

    def test_a_short_title(self) -> None:
        assert problems("《全民健身计划（2021—2025年）》（以下简称《计划》）和《计划》") == []

    def test_a_document_whose_full_title_names_its_issuer(self) -> None:
        cited = "《中共中央办公厅 国务院办公厅关于构建更高水平的全民健身公共服务体系的意见》（中办发〔2021〕61号）"
        assert problems(cited) == []

    def test_the_plan_of_a_province_that_implements_a_registered_document(self) -> None:
        # It has the words of the other document in its title, and years of its own.
        assert problems("《某省全民健身计划实施方案（2021—2024年）》", register=(NEW,)) == []

    def test_an_ordinance_that_names_a_registered_document_and_has_a_number_of_its_own(self) -> None:
        assert problems("《某省实施〈全民健身计划（2021—2025年）〉办法》（某政发〔2021〕3号）") == []

    def test_the_plan_of_a_province_that_implements_the_national_outline(self) -> None:
        cited = "《某省全民科学素质行动规划纲要实施方案（2021—2025年）》（某政发〔2021〕3号）"
        assert problems(cited, register="documents") == []


LOCAL = {"title": "云岭县全民阅读促进办法", "number": "云政发〔2023〕5号", "issuer": "云岭县人民政府"}


def said(text: str, register: Any = (OLD, NEW, UNDATED), **options: Any) -> list[str]:
    """Return the problems of a whole text."""
    options = {"register": register, **options}
    return [one.fields["problem"] for one in findings("registered", "citation", text, options)]


TITLE = "某县健身方案（2021—2025年）\n\n"


class TestBentTitles:
    @pytest.mark.parametrize(
        "title",
        [
            "云岭县全民阅读促进办发",  # a wrong character
            "云岭县全民阅读促进办法法",
            "云岭县全民阅促进办法",
        ],
    )
    def test_a_title_with_a_slip(self, title: str) -> None:
        assert problems(f"《{title}》", register=(LOCAL,)) == ["文件名应为《云岭县全民阅读促进办法》"]

    def test_a_title_with_a_slip_in_the_title_of_a_notice(self) -> None:
        cited = "《云岭县人民政府关于印发云岭县全民阅读促近办法的通知》"
        assert problems(cited, register=(LOCAL,)) == ["文件名应为《云岭县全民阅读促进办法》"]

    def test_quite_another_title_with_the_number_of_an_entry(self) -> None:
        cited = "《云岭县阅读工作办法》（云政发〔2023〕5号）"
        assert problems(cited, register=(LOCAL,)) == ["文件名应为《云岭县全民阅读促进办法》"]

    def test_the_entry_with_its_number_is_meant_rather_than_one_more_alike(self) -> None:
        other = {"title": "云岭县全民阅读工作办法", "number": "云政发〔2020〕9号"}
        cited = "《云岭县全民阅读工作促进办法》（云政发〔2023〕5号）"
        assert problems(cited, register=(other, LOCAL)) == ["文件名应为《云岭县全民阅读促进办法》"]

    def test_years_that_overlap_are_those_of_the_entry_bent(self) -> None:
        assert problems("《全民健身计划（2020—2025年）》", register=(NEW,)) == [
            "文件名应为《全民健身计划（2021—2025年）》"
        ]

    def test_years_that_do_not_are_those_of_another_document(self) -> None:
        assert problems("《全民健身计划（2026—2030年）》", register=(NEW,)) == []

    @pytest.mark.parametrize(
        "title",
        [
            "云岭县全民健身促进办法",  # two characters, another matter: less than 85 of 100 alike
            "白沙市全民阅读推广工作促进暂行办法",
            "云岭县全民阅读促进办法实施细则",
            "阅读办法",  # short titles are like many others
        ],
    )
    def test_another_title(self, title: str) -> None:
        assert problems(f"《{title}》", register=(LOCAL,)) == []

    def test_a_short_title_that_was_never_introduced_is_no_title_to_be_bent(self) -> None:
        assert problems("《计划》", register=(NEW,)) == []


class TestIssuers:
    def test_another_issuer(self) -> None:
        assert problems("国务院《云岭县全民阅读促进办法》", register=(LOCAL,)) == ["印发机关应为云岭县人民政府"]

    def test_an_issuer_that_is_not_written(self) -> None:
        assert problems("《云岭县全民阅读促进办法》", register=(LOCAL,)) == []

    def test_in_the_title_of_a_notice(self) -> None:
        cited = "《云岭县人民政府关于印发云岭县全民阅读促进办法的通知》（云政发〔2023〕5号）"
        assert problems(cited, register=(LOCAL,)) == []


class TestYearsInForce:
    def test_a_document_that_is_not_yet_in_force(self) -> None:
        assert problems("《全民健身计划（2021—2025年）》", "（2016—2020年）", register=(NEW,)) == ["自2021年起才施行"]

    def test_one_whose_first_year_falls_within_the_plan(self) -> None:
        assert problems("《全民健身计划（2021—2025年）》", "（2020—2022年）", register=(NEW,)) == []

    def test_without_a_successor(self) -> None:
        entry = {"title": "云岭县健身步道建设办法", "until": 2020}
        assert problems("《云岭县健身步道建设办法》", register=(entry,)) == ["有效期到2020年为止"]


RUN_OUT = "《某省全民阅读行动方案（2016—2020年）》"


class TestRunOut:
    """A document that no register knows, whose title says until when it was to be carried out."""

    @pytest.mark.parametrize("verb", ["落实", "贯彻", "按照", "根据", "依据"])
    def test_to_be_carried_out(self, verb: str) -> None:
        assert said(f"{TITLE}{verb}{RUN_OUT}，制定本方案。\n") == ["到2020年已期满"]

    def test_by_the_day_on_which_the_plan_was_signed(self) -> None:
        text = f"某县健身方案\n\n落实{RUN_OUT}，制定本方案。\n\n一、工作目标\n提升。\n\n某县人民政府\n{{}}年3月5日\n"
        assert said(text.format(2020)) == []
        assert said(text.format(2021)) == ["到2020年已期满"]

    @pytest.mark.parametrize(
        "sentence",
        [
            f"“十三五”期间落实{RUN_OUT}，成效明显。",
            f"落实{RUN_OUT}取得成效。",
            f"超额完成{RUN_OUT}的任务。",
            f"各地印发了{RUN_OUT}。",  # nothing is to be carried out
            "落实《某省全民阅读行动方案（2021—2025年）》。",
            "落实《某省全民阅读行动方案》。",
            "落实《某省全民阅读行动方案（2020年）》。",  # one year is when it was made
        ],
    )
    def test_looking_back_and_what_has_not_run_out(self, sentence: str) -> None:
        assert said(f"{TITLE}{sentence}\n") == []

    def test_a_section_that_looks_back(self) -> None:
        text = f"{TITLE}一、工作背景\n按照{RUN_OUT}要求，建成球场60个。\n"
        assert said(text) == []

    def test_only_the_sentence_itself_looks_back(self) -> None:
        assert said(f"{TITLE}工作取得成效。要落实{RUN_OUT}。\n") == ["到2020年已期满"]

    def test_in_a_plan_without_years_nothing_runs_out(self) -> None:
        assert said(f"某县健身方案\n\n落实{RUN_OUT}，制定本方案。\n") == []


class TestMore:
    CITED = "《云岭县全民阅读促进办法》（云政发〔2023〕6号）"

    def test_entries_beside_the_register(self) -> None:
        text = f"{TITLE}落实{self.CITED}和《全民健身计划（2021—2025年）》（国发〔2021〕12号）。\n"
        assert said(text, "documents", more=[LOCAL]) == ["文号应为云政发〔2023〕5号", "文号应为国发〔2021〕11号"]

    def test_of_two_with_one_title_that_of_the_rule_holds(self) -> None:
        text = f"{TITLE}落实《全民健身计划（2021—2025年）》（国发〔2021〕11号）。\n"
        assert said(text, more=[{**NEW, "number": "国发〔2021〕99号"}]) == ["文号应为国发〔2021〕99号"]
