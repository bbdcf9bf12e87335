"""Violations that a person accepts: counted, shown on demand; and what is wrong with waivers is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from drafts import BAD, CONCISE, IDLE, RULES

from .conftest import Write

Run = Callable[..., Any]
WAIVER = "waivers:\n  - {{rule: {rule}, {place}, reason: 由村里自办{more}}}\n"


def concise(plancheck: Run, *arguments: str) -> Any:
    return plancheck("check", *(arguments or (".",)), "--format", "concise")


class TestInAConfiguration:
    @pytest.mark.parametrize("rule", ["plan/lead-unit", "plan"])
    @pytest.mark.parametrize("place", ["measure: 办好赛事", "section: 二.1", "section: 二", "files: ['*.txt']"])
    def test_accepts_a_violation(self, plancheck: Run, office: Write, rule: str, place: str) -> None:
        office(".plancheck.yaml", WAIVER.format(rule=rule, place=place, more=""))
        done = concise(plancheck, "bad.txt")
        assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)

    @pytest.mark.parametrize(
        "place", ["measure: 建好场地", "section: 二.2", "section: 二.11", "measure: 办好赛事, files: [sub/]"]
    )
    def test_accepts_none_elsewhere(self, plancheck: Run, office: Write, place: str) -> None:
        office(".plancheck.yaml", WAIVER.format(rule="plan/lead-unit", place=place, more=""))
        assert concise(plancheck, "bad.txt").stdout == f"bad.txt:{CONCISE}"

    def test_accepts_one_of_a_configuration_that_is_named(self, plancheck: Run, office: Write) -> None:
        office("other.yaml", WAIVER.format(rule="plan/lead-unit", place="measure: 办好赛事", more=""))
        assert concise(plancheck, "bad.txt", "--config", "other.yaml").stdout == ""

    def test_accepts_none_of_another_rule(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", WAIVER.format(rule="plan/measures", place="measure: 办好赛事", more=""))
        assert concise(plancheck, "bad.txt").stdout == f"bad.txt:{CONCISE}"

    def test_holds_to_the_end_of_its_last_day(self, plancheck: Run, office: Write) -> None:
        from datetime import date, timedelta

        today = date.today()
        office(".plancheck.yaml", WAIVER.format(rule="plan", place="section: 二", more=f", until: {today}"))
        assert concise(plancheck, "bad.txt").stdout == ""
        past = today - timedelta(days=1)
        office(".plancheck.yaml", WAIVER.format(rule="plan/lead-unit", place="section: 二", more=f", until: {past}"))
        done = concise(plancheck, "bad.txt")
        assert done.stdout == (
            f"bad.txt:{CONCISE}.plancheck.yaml:2:3: warning waivers/expired 豁免已于 {past} 到期：plan/lead-unit 二\n"
        )
        assert done.returncode == 1

    def test_survives_renumbering_by_the_title_of_the_measure(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", WAIVER.format(rule="plan/lead-unit", place="measure: 办好赛事", more=""))
        office("bad.txt", BAD.replace("1.建好场地。新建一批场地。（县体育局牵头）\n", "").replace("2.办好", "1.办好"))
        assert concise(plancheck, "bad.txt").stdout == ""

    def test_is_counted_and_shown_on_demand(self, plancheck: Run, office: Write) -> None:
        more = ", by: 张三, until: 2999-12-31"
        office(".plancheck.yaml", WAIVER.format(rule="plan/lead-unit", place="section: 二", more=more))
        done = plancheck("check", "bad.txt")
        assert done.stdout == (
            "检查了 1 份方案：没有发现问题，另有 1 个已豁免。"
            f"规则：通过 {RULES - IDLE - 1}，未通过 1，不适用 {IDLE}。\n"
        )
        done = plancheck("--lang", "en", "check", "bad.txt")
        assert done.stdout.startswith("1 plan checked: no violations, 1 waived; ")
        done = concise(plancheck, "bad.txt", "--show-waived")
        assert done.stdout == f"bad.txt:{CONCISE[:-1]}（已豁免：由村里自办；张三；至 2999-12-31）\n"
        assert (
            "    （已豁免：由村里自办；张三；至 2999-12-31）\n" in plancheck("check", "bad.txt", "--show-waived").stdout
        )
        report = json.loads(plancheck("check", "bad.txt", "--format", "json").stdout)
        assert report["files"][0]["violations"][0]["waived"] == {
            "how": "configuration",
            "reason": "由村里自办",
            "by": "张三",
            "until": "2999-12-31",
        }
        assert (report["summary"]["error"], report["summary"]["waived"], report["summary"]["files"]) == (0, 1, 1)


class TestOfNoUse:
    UNUSED = ".plancheck.yaml:2:3: warning waivers/unused 豁免没有用到：plan/lead-unit 二.2\n"

    def test_is_told_where_all_drafts_were_checked(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", WAIVER.format(rule="plan/lead-unit", place="section: 二.2", more=""))
        done = concise(plancheck, ".")
        assert done.stdout.endswith(self.UNUSED)
        assert "检查了 3 份方案" in plancheck("check", ".").stdout  # the configuration is no draft

    def test_is_not_told_where_others_may_need_it(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", WAIVER.format(rule="plan/lead-unit", place="section: 二.2", more=""))
        assert "waivers/" not in concise(plancheck, "bad.txt").stdout
        assert "waivers/" not in concise(plancheck, "sub").stdout

    def test_is_told_where_its_drafts_were_checked(self, plancheck: Run, office: Write) -> None:
        place = "section: 二.2, files: [clean.txt]"
        office(".plancheck.yaml", WAIVER.format(rule="plan/lead-unit", place=place, more=""))
        assert concise(plancheck, "clean.txt").stdout == self.UNUSED
        assert "waivers/" not in concise(plancheck, "bad.txt").stdout

    def test_is_not_told_where_its_rule_did_not_run(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", WAIVER.format(rule="plan/lead-unit", place="section: 二.2", more=""))
        assert concise(plancheck, ".", "--select", "plan/stages").stdout == ""

    def test_is_not_told_on_demand(self, plancheck: Run, office: Write) -> None:
        office(".plancheck.yaml", WAIVER.format(rule="plan/lead-unit", place="section: 二.2", more=""))
        done = concise(plancheck, ".", "--ignore", "waivers")
        assert ("waivers/" in done.stdout, done.stderr) == (False, "")


def commented(comment: str, where: str) -> str:
    """Return the draft with a violation in line 8, and a comment ``before`` it, ``in`` its paragraph, or elsewhere."""
    if where == "before":
        return BAD.replace("2.办好赛事", f"{comment}\n2.办好赛事")
    if where == "in":
        return BAD.replace("每年办赛10场。", f"每年办赛10场。{comment}")
    return BAD.replace("三、进度安排", f"三、进度安排{comment}")


class TestInComments:
    IGNORE = "<!-- plancheck: ignore plan/lead-unit: 由村里自办 -->"

    @pytest.mark.parametrize("suffix", ["txt", "md"])
    @pytest.mark.parametrize("where", ["before", "in"])
    def test_accepts_a_violation_of_the_paragraph(self, plancheck: Run, office: Write, suffix: str, where: str) -> None:
        office(f"draft.{suffix}", commented(self.IGNORE, where))
        done = plancheck("check", f"draft.{suffix}")
        assert (done.stderr, done.returncode) == ("", 0)
        assert "没有发现问题，另有 1 个已豁免" in done.stdout

    @pytest.mark.parametrize(
        "comment",
        [
            "<!--plancheck:ignore plan/lead-unit:由村里自办-->",
            "<!-- plancheck： ignore plan/lead-unit： 由村里自办 -->",
            "<!-- plancheck: ignore plan: 由村里自办 -->",
            "<!-- plancheck: ignore plan/lead-unit: 原因\n写了两行 -->",
        ],
    )
    def test_may_be_written_in_several_ways(self, plancheck: Run, office: Write, comment: str) -> None:
        office("draft.txt", commented(comment, "before"))
        assert concise(plancheck, "draft.txt").stdout == ""

    def test_is_no_part_of_the_text(self, plancheck: Run, office: Write) -> None:
        office("draft.txt", commented(self.IGNORE, "in"))
        plan = json.loads(plancheck("parse", "draft.txt", "--format", "json").stdout)
        assert [one["title"] for one in plan["measures"]] == ["建好场地", "办好赛事"]
        assert "plancheck" not in json.dumps(plan, ensure_ascii=False)

    def test_elsewhere_accepts_none_and_is_of_no_use(self, plancheck: Run, office: Write) -> None:
        office("draft.txt", commented(self.IGNORE, "elsewhere"))
        assert concise(plancheck, "draft.txt").stdout == (
            f"draft.txt:{CONCISE}draft.txt:9:7: warning waivers/unused 豁免没有用到：plan/lead-unit\n"
        )

    @pytest.mark.parametrize(
        "comment", ["<!-- plancheck: ignore plan/lead-unit -->", "<!-- plancheck: ignore plan/lead-unit:  -->"]
    )
    def test_without_a_reason_does_not_hold(self, plancheck: Run, office: Write, comment: str) -> None:
        office("draft.txt", commented(comment, "in"))
        done = concise(plancheck, "draft.txt")
        assert done.stdout == (
            f"draft.txt:{CONCISE}"
            "draft.txt:8:16: warning waivers/reasonless 豁免没有写明原因，不生效：在规则后面写“：原因”\n"
        )

    def test_names_rules_that_are_there(self, plancheck: Run, office: Write) -> None:
        office("draft.txt", commented("<!-- plancheck: ignore plan/led-unit: 由村里自办 -->", "in"))
        assert concise(plancheck, "draft.txt").stdout.endswith(
            "warning waivers/unknown 豁免里没有这条规则或这个规则包：plan/led-unit\n"
        )

    def test_of_several_rules_each_is_accounted_for(self, plancheck: Run, office: Write) -> None:
        office("draft.txt", commented("<!-- plancheck: ignore plan/lead-unit, plan/stages: 由村里自办 -->", "in"))
        assert concise(plancheck, "draft.txt").stdout == (
            "draft.txt:8:16: warning waivers/unused 豁免没有用到：plan/stages\n"
        )

    def test_other_comments_are_left_as_they_were(self, plancheck: Run, office: Write) -> None:
        office("draft.txt", commented("<!-- plancheck 说的不对 -->", "in"))
        assert "plan/lead-unit" in concise(plancheck, "draft.txt").stdout


def test_of_a_violation_of_several_places_only_those_in_the_measure_are_accepted(plancheck: Run, write: Write) -> None:
    write(
        "draft.txt",
        "棠城县全民健身实施方案（2024—2026年）\n\n一、主要任务\n"
        "1.建好场地。新建一批场地。(县体育局牵头)\n2.办好赛事。办一批赛事。(县体育局牵头)\n",
    )
    write(".plancheck.yaml", "waivers:\n  - {rule: gongwen/bracket-width, measure: 办好赛事, reason: 原文如此}\n")
    check = ("check", "draft.txt", "--select", "gongwen/bracket-width", "--format", "concise")
    said = "warning gongwen/bracket-width 圆括号用了半角“( )”，共1处，应当用全角“（）”"
    assert plancheck(*check, "--show-waived").stdout == (
        f"draft.txt:4:15: {said}\ndraft.txt:5:14: {said}（已豁免：原文如此）\n"
    )
    plancheck(*check, "--fix")
    assert plancheck(*check, "--show-waived").stdout == f"draft.txt:5:14: {said}（已豁免：原文如此）\n"
