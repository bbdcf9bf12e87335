"""What the plugin teaches plancheck to read: words, chains of responsibility, ``.brief``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import checker
import plancheck_health
from checker.model import Clause, Plan, Text
from checker.problems import Unreadable
from checker.testing import assert_reader_conforms, check_text
from plancheck_health import brief

PlanOf = Callable[..., Plan]
DRAFTS = Path(__file__).resolve().parent.parent / "drafts"
(READER,) = plancheck_health.plancheck_readers()
TASKS = "汐口县居民健康素养提升行动实施方案（2025—2027年）\n一、重点任务\n1.办好讲座。每月一次。（{}）\n"


@pytest.fixture
def plan_of(tmp_path: Path) -> PlanOf:
    """Return a function that parses a text as a run with the plugin does."""

    def parsed(text: str, name: str = "plan.txt") -> Plan:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return checker.parse(tmp_path / name, plugins="plancheck_health")

    return parsed


class TestWords:
    def test_rates_of_a_hundred_thousand(self, plan_of: PlanOf) -> None:
        (target,) = plan_of("一、主要目标\n到2027年，孕产妇死亡率控制在8/10万以内。\n").targets
        assert (target.metric, target.comparator, target.value, target.unit) == ("孕产妇死亡率", "<=", 8, "/10万")

    def test_numbers_of_doctors(self, plan_of: PlanOf) -> None:
        (target,) = plan_of("一、主要目标\n到2027年，执业医师数达到3.2人/千人。\n").targets
        assert (target.value, target.unit) == (3.2, "人/千人")

    def test_one_unit_under_two_names(self) -> None:
        plan = TASKS.format("县疾控局牵头") + "2.办好展览。每年一次。（县疾病预防控制局牵头）\n"
        report = check_text(plan, select="plan/unit-name", plugins=plancheck_health)
        assert len(report.violations) == 1

    def test_the_support_of_a_plan_are_its_safeguards(self, plan_of: PlanOf) -> None:
        plan = plan_of(TASKS.format("县卫生健康局牵头") + "二、支撑体系\n落实经费。\n")
        assert [section.role for section in plan.sections] == ["actions", "safeguards"]


class TestChains:
    def clause(self, plan: Plan) -> Clause:
        (clause,) = plan.clauses
        return clause

    @pytest.mark.parametrize(
        ("written", "leads", "supporters"),
        [
            ("责任链条：县卫生健康局→县教育局、县民政局", ["县卫生健康局"], ["县教育局", "县民政局"]),
            ("责任链：县卫生健康局→教育局、妇联", ["县卫生健康局"], ["县教育局", "县妇联"]),
            ("责任链条：县疾控局→县医院→各乡镇卫生院", ["县疾控局"], ["县医院", "各乡镇卫生院"]),
            ("责任链条：县疾控局、县教育局-->县民政局", ["县疾控局", "县教育局"], ["县民政局"]),
        ],
    )
    def test_the_first_leads_and_the_others_support(
        self, plan_of: PlanOf, written: str, leads: list[str], supporters: list[str]
    ) -> None:
        clause = self.clause(plan_of(TASKS.format(written)))
        assert clause.readable
        assert ([*clause.leads], [*clause.responsible], [*clause.supporters]) == (leads, [], supporters)

    def test_a_deadline_may_follow(self, plan_of: PlanOf) -> None:
        clause = self.clause(plan_of(TASKS.format("责任链条：县疾控局→县民政局，6月底前完成")))
        assert (clause.readable, clause.deadline) == (True, "6月底前完成")

    @pytest.mark.parametrize("written", ["责任链条：县疾控局→", "责任链条：→县民政局", "责任链条：县疾控局→→县民政局"])
    def test_a_broken_chain_is_reported(self, written: str) -> None:
        report = check_text(TASKS.format(written), select="plan/clause-form", plugins=plancheck_health)
        assert [one.line for one in report.violations] == [3]

    @pytest.mark.parametrize("written", ["县疾控局牵头，县民政局配合", "牵头单位：县疾控局，配合单位：县民政局"])
    def test_other_clauses_are_read_as_before(self, plan_of: PlanOf, written: str) -> None:
        clause = self.clause(plan_of(TASKS.format(written)))
        assert (clause.leads, clause.supporters) == (("县疾控局",), ("县民政局",))


class TestBrief:
    def read(self, source: str) -> Text:
        return brief.read(source.encode())

    def texts(self, source: str) -> list[str]:
        return [one.text for one in self.read(source).paragraphs if not one.layout]

    def test_keeps_what_every_reader_promises(self) -> None:
        text = assert_reader_conforms(READER, (DRAFTS / "xikou-health.brief").read_bytes(), ".brief")
        assert text.format == "brief"

    def test_marks_and_notes_are_not_read(self) -> None:
        source = "%BRIEF 第一稿\n@章 一、主要目标\n% 批注\n@文 到2027年{{暂定}}，培训{{约\n}}100人。\n"
        assert self.texts(source) == ["一、主要目标", "到2027年，培训100人。"]

    def test_places_are_those_of_the_file(self, plan_of: PlanOf) -> None:
        plan = plan_of("%BRIEF\n@章 一、主要目标\n@文 到2027年{{暂定}}，全县培训医生100人。\n", "plan.brief")
        (section,), (target,) = plan.sections, plan.targets
        assert plan.text.position(section.span.start) == (2, 4)
        assert plan.text.position(target.span.start) == (3, 17)
        assert plan.text.source[slice(*target.span)] == "全县培训医生100人"

    @pytest.mark.parametrize(
        ("source", "zh", "en"),
        [
            ("%BRIEF\n@张 一、目标\n", "第 2 行：没有“@张”这种标记；可用的：@标题、", "line 2: there is no mark @张"),
            ("甲\r\n乙{{丙\n", "第 2 行：“{{”没有“}}”", "line 2: this {{ is not closed"),
            ("甲}}乙\n", "第 1 行：“}}”前面没有“{{”", "line 1: no {{ stands before this }}"),
            ("甲{{乙{{丙}}\n", "第 1 行：“{{”还没有“}}”", "line 1: a {{ follows before this one is closed"),
            ("%BRIEF\n@文 \n", "除了标记和批注没有文字", "no text beside marks"),
        ],
    )
    def test_a_mistake_is_told_with_its_line(self, source: str, zh: str, en: str) -> None:
        with pytest.raises(Unreadable) as raised:
            self.read(source)
        assert raised.value.message.zh.startswith(zh)
        assert en in raised.value.message.en

    def test_a_mark_in_a_note_is_none(self) -> None:
        assert self.texts("甲{{\n@张 丙\n}}乙。\n% @张\n") == ["甲", "乙。"]
