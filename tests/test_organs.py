"""Which names are names of one unit, and which is a slip."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.lexicon import lexicon
from checker.organs import Known, known_names


def known(names: str, place: str = "云岭县", year: int | None = 2024) -> dict[str, Known]:
    """Return what is known of names, given with commas between, as often as they stand."""
    return known_names(names.split("、"), place, year)


def are_one(first: str, second: str, **more: Any) -> bool:
    """Say whether two names are of one unit, in a plan that has the first twice and so by that name."""
    found = known_names([first, first, second], **{"place": "云岭县", "year": 2024, **more})
    assert found[first].identity == first
    assert found[second].identity in (first, second)
    assert found[second].meant is None, "a name is not the slip of another one of its unit"
    return found[second].identity == first


class TestOneUnit:
    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("县发改委", "县发展和改革局"),  # short and whole, 委 and 局
            ("县发展和改革局", "县发展改革委员会"),
            ("县工信局", "县工业和信息化局"),
            ("县文旅局", "县文化和旅游局"),
            ("县文旅局", "县文化和旅游局（县文物局）"),  # what stands in brackets is the same house
            ("县文化和旅游局", "县文旅体局"),  # a merged bureau is that of each of its functions
            ("县教育局", "县教科局"),
            ("县科协", "县科学技术协会"),
            ("县妇联", "县妇女联合会"),
            ("团县委", "共青团云岭县委员会"),
            ("团县委", "共青团县委"),
            ("县委网信办", "县委网络安全和信息化委员会办公室"),
            ("县委宣传部", "中共云岭县委宣传部"),
            ("县教育局", "云岭县教育局"),  # the plan's own place
            ("县教育局", "教育局"),  # no level: the plan's own
            ("县市场监管局", "县市场监督管理局"),
            ("县供销社", "县供销合作社联合社"),
            ("市生态环境局云岭分局", "县生态环境局"),  # a branch of the city's is the county's own
            ("市生态环境局云岭县分局", "县生态环境局"),
            ("县卫健局", "县卫生和计划生育局"),  # before the reform
            ("县教育局", "縣教育局"),
        ],
    )
    def test_under_two_names(self, first: str, second: str) -> None:
        assert are_one(first, second)

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("县教育局", "市教育局"),  # of another level
            ("县教育局", "省教育厅"),
            ("县教育局", "白沙县教育局"),  # of another place
            ("县教育局", "县体育局"),
            ("县文联", "县妇联"),
            ("县委办公室", "县政府办公室"),
            ("县委办", "县府办"),
            ("县一中", "县二中"),
            ("县科协", "县老科协"),
            ("县委宣传部", "县委组织部"),
            ("市生态环境局白沙分局", "县生态环境局"),  # the branch of another county
            ("县农业农村局", "县林业局"),
            ("县融媒体中心", "县疾控中心"),
        ],
    )
    def test_two_units(self, first: str, second: str) -> None:
        assert not are_one(first, second)

    def test_it_is_called_as_the_plan_does_most_often(self) -> None:
        found = known("县发改委、县发展和改革局、县发展和改革局")
        assert {one.identity for one in found.values()} == {"县发展和改革局"}

    def test_three_names_of_a_merged_bureau_are_one(self) -> None:
        found = known("县教育局、县教科局、县教科局、县科技局")
        assert {one.identity for one in found.values()} == {"县教科局"}

    def test_in_a_city_its_own_bureau_is_that_without_a_level(self) -> None:
        assert are_one("市教育局", "教育局", place="白沙市")
        assert not are_one("市教育局", "教育局", place="云岭县")

    @pytest.mark.parametrize("name", ["白沙市云岭县教育局", "云岭县教育局", "教育局"])
    def test_in_a_county_whose_city_is_named_too(self, name: str) -> None:
        assert are_one("县教育局", name, place="白沙市云岭县")
        assert not are_one("市教育局", name, place="白沙市云岭县")

    def test_in_a_plan_without_a_place(self) -> None:
        assert are_one("县教育局", "县教科局", place="")


class TestSpelling:
    def test_with_the_level_that_the_plan_writes_elsewhere(self) -> None:
        found = known("县教育局、教育局")
        assert (found["教育局"].spelling, found["县教育局"].spelling) == ("县教育局", "县教育局")

    def test_with_the_committees_level(self) -> None:
        assert known("县委宣传部、宣传部")["宣传部"].spelling == "县委宣传部"

    def test_as_it_is_where_the_plan_never_writes_the_level(self) -> None:
        assert known("教育局、县科技局")["教育局"].spelling == "教育局"

    def test_another_short_form_is_another_spelling(self) -> None:
        assert known("县发改局、县发展和改革局")["县发改局"].spelling == "县发改局"


class TestFormerNames:
    @pytest.mark.parametrize(
        ("name", "year", "now"),
        [
            ("县国土资源局", 2024, "自然资源"),
            ("县国土资源局", 2019, "自然资源"),
            ("县国土资源局", 2018, None),  # the reform was done in the spring of 2019
            ("县国土资源局", 2016, None),
            ("县国土资源局", None, None),  # nobody knows when
            ("县扶贫办", 2021, None),
            ("县扶贫办", 2022, "乡村振兴"),
            ("县人防办", 2024, None),  # many counties kept it
            ("县自然资源局", 2024, None),
            ("县工商局", 2024, "市场监督管理"),
            ("县工商联", 2024, None),  # another house altogether
            ("市环保局云岭分局", 2024, "生态环境"),
        ],
    )
    def test_after_the_reform(self, name: str, year: int | None, now: str | None) -> None:
        assert known(name, year=year)[name].now == now


class TestSlips:
    @pytest.mark.parametrize(
        ("slip", "meant"),
        [
            ("县委宣传部分", "县委宣传部"),  # a character too many
            ("县教教育局", "县教育局"),
            ("县教局育", "县教育局"),  # two changed places
            ("县市场监督官理局", "县市场监督管理局"),  # a wrong one
            ("县融体中心", "县融媒体中心"),  # one too few
        ],
    )
    def test_of_a_unit_that_the_plan_names_more_often(self, slip: str, meant: str) -> None:
        found = known_names([meant, meant, slip], "云岭县", 2024)
        assert found[slip].meant == meant
        assert found[slip].identity == meant, "a slip is no other unit"
        assert found[meant].meant is None

    @pytest.mark.parametrize(("slip", "meant"), [("县委宣传部分", "县委宣传部"), ("县教局育", "县教育局")])
    def test_of_a_unit_that_only_the_register_knows(self, slip: str, meant: str) -> None:
        assert known(slip)[slip].meant == meant

    @pytest.mark.parametrize("name", ["县经促局", "县融体中心", "县教育基金会"])
    def test_a_name_that_the_register_does_not_know_may_be_one_of_its_own(self, name: str) -> None:
        assert known(name)[name].meant is None

    @pytest.mark.parametrize(
        ("usual", "name"),
        [
            ("县一中", "县二中"),
            ("城东街道", "城西街道"),
            ("县妇联", "县文联"),
            ("县经协局", "县经促局"),  # short names may differ in a character and be two units
            ("县委宣传部", "县委组织部"),
            ("青石镇", "青山镇"),
            ("县第一人民医院", "县第二人民医院"),
            ("县实验小学", "县实验中学"),
            ("县科协", "市科协"),
            ("县老年大学", "县青年大学"),
        ],
    )
    def test_names_that_merely_look_alike(self, usual: str, name: str) -> None:
        assert known_names([usual] * 3 + [name], "云岭县", 2024)[name].meant is None

    def test_a_name_that_stands_often_is_none(self) -> None:
        names = ["县市场监督管理局"] * 5 + ["县市场监督官理局"] * 3
        assert known_names(names, "云岭县", 2024)["县市场监督官理局"].meant is None

    def test_of_two_that_are_near_the_more_frequent_is_meant(self) -> None:
        names = ["县融媒体中心"] * 3 + ["县融媒介中心"] * 2 + ["县融媒中心"]
        assert known_names(names, "云岭县", 2024)["县融媒中心"].meant == "县融媒体中心"


class TestGeneral:
    @pytest.mark.parametrize(
        "name",
        [
            "各乡镇",
            "有关部门",
            "县直各单位",
            "相关企业",
            "其他成员单位",
            "各乡镇人民政府",
            "街道办事处",
            "县直有关单位",
        ],
    )
    def test_no_particular_unit(self, name: str) -> None:
        assert known(name)[name].general

    @pytest.mark.parametrize("name", ["县教育局", "青石镇人民政府", "县委宣传部", "县第一中学", "云岭职业学校"])
    def test_a_particular_one(self, name: str) -> None:
        assert not known(name)[name].general


def test_every_name_of_the_register_is_the_unit_of_its_entry() -> None:
    for organ in lexicon().organs.bodies:
        for name in organ.short:
            assert are_one(f"县{organ.name}", f"县{name}"), name
    for organ in lexicon().organs.organs:
        for name in organ.short:
            assert are_one(f"县{organ.name}局", f"县{name}局"), name


LETTERS = st.sampled_from("县市省区云岭教育科协委局办宣传部分一二中心团员会各有关（）()、和与 A1縣")
NAMES = st.text(LETTERS, max_size=9) | st.text(max_size=5)


@given(st.lists(NAMES, max_size=8), st.text(LETTERS, max_size=4), st.none() | st.integers(0, 3000))
@settings(max_examples=400, deadline=None)
def test_whatever_the_names_each_is_known(names: list[str], place: str, year: int | None) -> None:
    found = known_names(names, place, year)
    assert found.keys() == set(names)
    for one in found.values():
        assert one.identity in names or one.meant is not None
        assert one.spelling in names
        assert one.meant is None or one.meant
