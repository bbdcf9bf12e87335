"""Drafts that are made to take long: the time of all rules grows with the length of a draft, and no faster."""

from __future__ import annotations

import gc
from time import process_time

import pytest

from checker.engine import check_plan
from checker.host import host
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.rulebook import rulebook

RULEBOOK = rulebook(host().rule_places, host().checks)

# Four times the text may take four times the time; what is more is noise. Sixteen times would be quadratic.
AT_MOST = 9

DRAFTS = {
    "units that differ": "一、主要任务\n{}",
    "fixed phrases": "一、工作目标\n{}。\n",
    "nested brackets": "一、工作目标\n{}\n",
    "dates": "一、工作目标\n{}。\n",
    "targets in one sentence": "一、工作目标\n到2025年，{}。\n",
    "stated counts": "一、工作目标\n{}\n二、主要任务\n（一）甲行动\n1.办好事。办事。（县科协牵头）\n",
    "doubled words": "一、工作目标\n{}。\n",
    "measures alike": "一、主要任务\n{}",
    "citations": "一、工作目标\n{}。\n",
}


def chinese(number: int) -> str:
    """Return a number in characters, none of which is a word."""
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in str(number))


def draft(kind: str, many: int) -> str:
    """Return a draft with so many of one thing."""
    pieces = {
        "units that differ": lambda n: f"{n + 1}.办好事。办事。（县{chinese(n)}协会牵头）\n",
        "fixed phrases": lambda n: "增强获得感、幸福感、安全感，增强获得感、安全感、幸福感，",
        "dates": lambda n: "3月5日开展活动，",
        "targets in one sentence": lambda n: f"第{n}类达到{n % 90 + 1}%，",
        "stated counts": lambda n: "实施5项行动，落实4项措施。",
        "doubled words": lambda n: f"队伍队伍{chinese(n)}，",
        "measures alike": lambda n: f"{n + 1}.办好比赛。组织比赛，培训100人，加强宣传，依法依规加强宣传。\n",
        "citations": lambda n: f"落实《{chinese(n)}工作规划（2021—2025年）》，",
    }
    body = "（《" * many + "》）" * many if kind == "nested brackets" else "".join(map(pieces[kind], range(many)))
    return DRAFTS[kind].format(body)


def seconds(source: str) -> float:
    """Return the shortest of a few times that checking ``source`` takes."""
    plan = parse_text(from_string(source))
    best = float("inf")
    gc.collect()
    for _ in range(3):
        plan.__dict__.clear()  # what an earlier run found out
        start = process_time()
        check_plan(plan, "draft", RULEBOOK)
        best = min(best, process_time() - start)
        if best > 0.5:
            break
    return best


@pytest.mark.parametrize("kind", DRAFTS)
def test_checking_takes_time_by_the_length(kind: str) -> None:
    seconds(draft(kind, 10))  # what is loaded once
    ratios = []
    for _ in range(3):
        ratios.append(seconds(draft(kind, 2000)) / seconds(draft(kind, 500)))
        if ratios[-1] < AT_MOST:
            break
    assert min(ratios) < AT_MOST


@pytest.mark.parametrize("name", ["水文" * 40 + "丑局", "文旅体" * 30 + "局", "科教文卫" * 30 + "甲", "委" * 200])
def test_a_name_made_of_many_functions_is_no_riddle(name: str) -> None:
    assert seconds(f"一、主要任务\n1.办好事。办事。（县{name}牵头，县科协配合）\n") < 1
