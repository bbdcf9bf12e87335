"""The page of a coverage: the superior's plan beside the draft, each node once, what is missing first."""

from __future__ import annotations

import pytest

from checker.parser import parse_text
from checker.plain_text import from_string

from .reading import Page

pytest.importorskip("rapidfuzz")

from checker.coverage.covering import cover  # only where rapidfuzz is installed
from checker.pages.coverage import page as made

SUPERIOR = """\
澜海省全民阅读实施方案（2024—2026年）
一、工作目标
到2026年，城乡居民综合阅读率达到85%。
二、主要任务
（一）阅读空间行动
1.建设农家书屋。每个行政村建成一个农家书屋，配备适合农民阅读的图书和报刊。（省文旅厅牵头）
2.开放学校图书馆。推动中小学图书馆在周末和假期向社区居民开放。（省教育厅牵头）
（二）重点人群行动
1.服务老年读者。为老年人配备大字读物和有声读物，上门送书。（省民政厅牵头）
"""
DRAFT = """\
棠城县全民阅读实施方案（2024—2026年）
一、工作目标
到2026年，城乡居民综合阅读率达到80%。
二、主要任务
（一）阅读空间行动
1.建设农家书屋。每个行政村建成一个农家书屋，配备适合农民阅读的图书和报刊。（县文旅局牵头）
2.举办灯谜大会。元宵节期间在文化广场举办灯谜大会，邀请群众参加。（县文旅局牵头）
"""


def page(superior: str = SUPERIOR, draft: str = DRAFT, language: str = "zh") -> Page:
    plans = [parse_text(from_string(text)) for text in (superior, draft)]
    return Page(made(cover(*plans), ("province.txt", "county.txt"), language))


def rows(found: Page, group: str) -> list[list[str]]:
    (section,) = [one for one in found.find("section", "group") if one.find("h2")[0].words.startswith(group)]
    return [[cell.words for cell in row.find("td")] for row in section.find("tr", "it")]


def test_both_plans_are_named() -> None:
    assert [one.words for one in page().find("p", "side")] == [
        "上级 澜海省全民阅读实施方案（2024—2026年） province.txt",
        "本级 棠城县全民阅读实施方案（2024—2026年） county.txt",
    ]


def test_what_is_missing_comes_first_and_says_so_on_the_side_of_the_draft() -> None:
    found = page()
    assert found.find("section", "group")[0].find("h2")[0].words.startswith("没有落实")
    missing = {row[1].partition(" ")[0]: row[2] for row in rows(found, "没有落实")}
    assert missing.keys() == {"开放学校图书馆", "重点人群行动", "服务老年读者"}
    assert all(said.startswith("没有落实") for said in missing.values())


def test_a_lower_target_stands_beside_the_superior_s() -> None:
    ((kind, superior, draft, _, remarks),) = rows(page(), "目标低于上级要求")
    assert (kind, "85%" in superior, "80%" in draft, remarks) == ("目标", True, True, "低于上级要求")


def test_how_sure_a_pairing_is_is_said_in_a_word() -> None:
    by_name = {row[1].partition(" ")[0]: row for row in rows(page(), "已落实")}
    assert by_name["建设农家书屋"][3].startswith("确定 ")


def test_every_node_of_the_superior_s_plan_is_there_once_and_the_draft_s_own_too() -> None:
    found = page()
    names = [row.find("td")[1].words.partition(" ")[0] for row in found.find("tr", "it")]
    assert len(names) == len(set(names)) == 6
    assert "举办灯谜大会" in found.find("section")[-1].words


def test_how_much_is_taken_up_is_a_picture_with_words() -> None:
    bars = page().one("table", "loads").find("svg")
    assert [one.words for one in bars] == ["行动 1 / 2", "措施 1 / 3", "目标 1 / 1"]


def test_where_nothing_is_missing_it_says_so() -> None:
    found = page(draft=SUPERIOR)
    assert found.one("p", "verdict").words == "上级方案的内容都有落实，目标都不低。"
    assert "good" in found.one("p", "verdict").attributes["class"]
    assert not page().find("p", "verdict")


def test_a_superior_s_plan_without_content_is_said_to_have_none() -> None:
    assert "上级方案里没有行动、工程、措施和目标" in page(superior="某县方案\n坚持原则。\n").root.words


def test_in_english() -> None:
    assert "missing 3" in page(language="en").find("section", "group")[0].words


def test_words_of_anyone_stay_words() -> None:
    evil = SUPERIOR.replace("农家书屋", "<script>x()</script>\u202e书屋")
    found = page(evil, evil.replace("澜海省", "\"'><b onclick=x>省"))
    assert len(found.find("script")) == 1
    assert not any("onclick" in one.attributes for one in found.find())
    assert "\u202e" not in found.text
