"""``registered``: a cited document agrees with the register."""

from __future__ import annotations

from typing import Any

from findings import findings

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
