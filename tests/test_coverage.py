"""A draft held against its superior's plan: two pairs read by hand, what is lower, and what must not go wrong."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest

from checker import parse
from checker.coverage.assignment import best_pairs
from checker.coverage.covering import MOST, cover
from checker.coverage.likeness import Reading, likeness
from checker.coverage.model import Coverage, Pairing
from checker.coverage.nodes import tasks
from checker.coverage.targets import quantity
from checker.model import Plan
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.problems import Problem

PLANS = Path(__file__).parent / "coverage"
READ = sorted((Path(__file__).parent / "plans").glob("*.txt"))


def plan_of(text: str) -> Plan:
    return parse_text(from_string(text))


@cache
def pair(superior: str, draft: str) -> Coverage:
    return cover(parse(PLANS / f"{superior}.txt"), parse(PLANS / f"{draft}.txt"))


def taken_up(coverage: Coverage, kind: str) -> dict[str, str | None]:
    """Return by the titles of the superior's nodes of a kind those of the draft's."""
    return {
        pairing.superior.title: pairing.draft.title if pairing.draft else None
        for pairing in coverage.pairings
        if pairing.superior.kind == kind
    }


def of(coverage: Coverage, title: str) -> Pairing:
    (found,) = (pairing for pairing in coverage.pairings if pairing.superior.title == title)
    return found


class TestReading:
    """A province's plan, and that of a county: reworded, one measure moved, two joined, a project made a measure."""

    COVERAGE = pair("reading-province", "reading-county")

    def test_actions(self) -> None:
        assert taken_up(self.COVERAGE, "action") == {
            "青少年阅读成长行动": "实施青少年阅读成长行动",
            "农村阅读振兴行动": "实施乡村阅读振兴行动",
            "特殊群体阅读关爱行动": "实施特殊群体阅读关爱行动",
        }

    def test_projects(self) -> None:
        assert taken_up(self.COVERAGE, "project") == {
            "城市书房建设工程": "城市书房建设工程",
            "数字阅读平台工程": None,
            "地方文献整理出版工程": "整理出版地方文献",
        }

    def test_measures(self) -> None:
        assert taken_up(self.COVERAGE, "measure") == {
            "开足开好阅读课": "上好阅读课",
            "建设书香校园": "打造书香校园",
            "推广亲子共读": "推广亲子共读",
            "盘活农家书屋": "用活农家书屋",
            "组织流动书车下乡": "开行流动书车",
            "培养乡村阅读带头人": None,
            "发展无障碍阅读": "保障残疾人和老年人阅读",
            "开设银发读书会": "保障残疾人和老年人阅读",
            "办好职工书屋": "建好职工书屋",
        }

    def test_targets(self) -> None:
        found = {
            (pairing.superior.title, pairing.draft.title if pairing.draft else None, pairing.verdict)
            for pairing in self.COVERAGE.pairings
            if pairing.superior.kind == "target"
        }
        assert found == {
            ("全省居民综合阅读率达到85%以上", "全县居民综合阅读率达到85%以上", "met"),
            ("未成年人阅读率达到92%", "未成年人阅读率达到88%", "lower"),
            ("行政村农家书屋按时开放率不低于95%", "农家书屋按时开放率不低于95%", "met"),
            ("全省建成城市书房600个", "全县建成城市书房8个", "smaller"),
            ("全省居民综合阅读率达到95%以上", None, None),
            ("创建书香校园400所", "创建书香校园12所", "smaller"),
            ("每个县配备至少1辆", "县图书馆配备流动书车1辆", "met"),
            ("每年服务不少于20万人次", "每年服务不少于6000人次", "smaller"),
            ("平台注册读者达到300万人", None, None),
        }

    def test_what_is_missing(self) -> None:
        assert [(one.superior.line, one.superior.title) for one in self.COVERAGE.missing] == [
            (27, "培养乡村阅读带头人"),
            (41, "数字阅读平台工程"),
            (41, "平台注册读者达到300万人"),
        ]

    def test_a_target_after_the_draft_is_over_is_not_missing_from_it(self) -> None:
        far = of(self.COVERAGE, "全省居民综合阅读率达到95%以上")
        assert (far.beyond, far.is_missing) == (True, False)
        assert far.nearest is not None
        assert (far.nearest.title, far.nearest_taken) == ("全县居民综合阅读率达到85%以上", True)

    def test_what_is_the_drafts_own(self) -> None:
        assert [(node.kind, node.title) for node in self.COVERAGE.own] == [
            ("target", "每学期轮换一次"),
            ("measure", "开展科学家故事宣讲"),
            ("target", "每年不少于10场"),
        ]

    def test_what_is_elsewhere_is_said(self) -> None:
        elsewhere = {
            one.superior.title: (one.together, one.moved, one.draft.kind)
            for one in self.COVERAGE.pairings
            if one.draft and (one.together or one.moved or one.draft.kind != one.superior.kind)
        }
        assert elsewhere == {
            "推广亲子共读": (False, True, "measure"),
            "开设银发读书会": (True, False, "measure"),
            "地方文献整理出版工程": (False, False, "measure"),
        }

    def test_how_sure_it_is(self) -> None:
        unsure = {one.superior.title: one.sureness for one in self.COVERAGE.pairings if one.sureness != "certain"}
        assert unsure == {
            "全省居民综合阅读率达到95%以上": None,
            "每个县配备至少1辆": "doubtful",
            "培养乡村阅读带头人": None,
            "数字阅读平台工程": None,
            "平台注册读者达到300万人": None,
        }


class TestMothers:
    """A city's plan in actions, and that of a district in bold measures only; less is better of some targets."""

    COVERAGE = pair("mothers-city", "mothers-district")

    def test_actions_and_measures(self) -> None:
        assert taken_up(self.COVERAGE, "action") | taken_up(self.COVERAGE, "measure") == {
            "加强孕产期保健": "筑牢母婴安全防线",
            "推行妊娠风险分级管理": "筑牢母婴安全防线",
            "完善危重孕产妇救治网络": "筑牢母婴安全防线",
            "加强出生缺陷防治": None,
            "普及婚前孕前检查": "做好婚前孕前检查",
            "扩大新生儿疾病筛查": None,
            "促进儿童健康成长": None,
            "防控儿童青少年近视": "守护孩子视力",
            "改善儿童营养": None,
        }

    def test_targets(self) -> None:
        assert {one.superior.title: one.verdict for one in self.COVERAGE.pairings if one.superior.target} == {
            "全市婴儿死亡率控制在4‰以内": "lower",
            "孕产妇系统管理率达到93%以上": "met",
            "5岁以下儿童贫血患病率下降10%": "met",
            "适龄女生人乳头瘤病毒疫苗接种率达到90%": "other-year",
            "新增普惠托位1.2万个": "smaller",
            "每年下降0.5个百分点": "met",
            "每个县区至少建成1个": None,
            "每季度开展1次": "met",
        }

    def test_of_an_action_that_is_not_there_its_measures_are_counted(self) -> None:
        action = of(self.COVERAGE, "加强出生缺陷防治")
        assert (action.below, action.below_taken, action.is_missing) == (2, 1, True)

    def test_what_is_the_drafts_own(self) -> None:
        assert [node.title for node in self.COVERAGE.own] == ["发展普惠托育"]


PROVINCE = """\
澜海省养老服务实施方案（2023—2025年）

一、工作目标
到2025年，{}。
二、主要任务
（一）居家养老行动
1.改造住房。给老年人的住房安装扶手和呼叫器。
三、组织保障
抓好落实。
"""
COUNTY = PROVINCE.replace("澜海省", "棠城县")


class TestTargets:
    CASES = (
        # the superior's, the draft's, what the draft's is
        ("护理床位占比达到60%", "护理床位占比达到60%", "met"),
        ("护理床位占比达到60%", "护理床位占比达到65%", "met"),
        ("护理床位占比达到60%", "护理床位占比达到55%", "lower"),
        ("护理床位占比超过60%", "护理床位占比达到60%", "lower"),
        ("护理床位占比超过60%", "护理床位占比超过60%", "met"),
        ("护理床位占比达到60%", "护理床位占比不超过60%", "not-comparable"),
        ("老年人跌倒死亡率下降到5‰", "老年人跌倒死亡率下降到6‰", "lower"),
        ("老年人跌倒死亡率下降到5‰", "老年人跌倒死亡率下降到4‰", "met"),
        ("老年人跌倒死亡率下降到0.5%", "老年人跌倒死亡率下降到5‰", "met"),
        ("老年人跌倒死亡率下降10%", "老年人跌倒死亡率下降8%", "lower"),
        ("老年人跌倒死亡率下降10%", "老年人跌倒死亡率下降到10%", "not-comparable"),
        ("老年人跌倒死亡率稳定在5‰", "老年人跌倒死亡率稳定在6‰", "lower"),
        ("培训养老护理员2万人次", "培训养老护理员800人次", "smaller"),
        ("培训养老护理员2万人次", "培训养老护理员3万人次", "met"),
        ("培训养老护理员2万人次", "培训养老护理员2万名", "not-comparable"),
        ("培训养老护理员2000名", "培训养老护理员2000人", "met"),
        ("每季度培训养老护理员不少于100人次", "每季度培训养老护理员不少于20人次", "smaller"),
        ("整改安全隐患100处", "整改安全隐患200处", "met"),
        ("养老机构事故起数控制在20起", "养老机构事故起数控制在30起", "smaller"),
        ("每千名老年人配备护理员不少于3名", "每千名老年人配备护理员不少于2名", "lower"),
        ("每年巡访独居老人不少于12次", "每月巡访独居老人不少于1次", "met"),
        ("每季度巡访独居老人不少于1次", "每年巡访独居老人不少于4次", "met"),
        ("每年巡访独居老人不少于12次", "巡访独居老人不少于12次", "not-comparable"),
        ("护理床位占比达到60%", "护理床位占比达到50%，到2024年，护理床位占比达到45%", "lower"),
    )

    @pytest.mark.parametrize(("superior", "draft", "verdict"), CASES, ids=lambda words: words)
    def test_what_a_draft_promises_beside_its_superior(self, superior: str, draft: str, verdict: str) -> None:
        coverage = cover(plan_of(PROVINCE.format(superior)), plan_of(COUNTY.format(draft)))
        assert [one.verdict for one in coverage.pairings if one.superior.target] == [verdict]

    def test_of_one_place_totals_are_judged(self) -> None:
        older, newer = PROVINCE.format("培训养老护理员2万人次"), PROVINCE.format("培训养老护理员800人次")
        assert [one.verdict for one in cover(plan_of(older), plan_of(newer)).lower] == ["lower"]

    def test_a_target_without_a_year_is_for_the_end_of_its_plan(self) -> None:
        superior = plan_of(PROVINCE.format("护理床位占比达到60%"))
        undated = COUNTY.replace("到2025年，{}", "护理床位占比达到60%以上")
        assert next(one.verdict for one in cover(superior, plan_of(undated)).pairings if one.draft) == "met"
        later = undated.replace("2023—2025年", "2023—2030年")
        assert next(one.verdict for one in cover(superior, plan_of(later)).pairings if one.draft) == "other-year"

    @pytest.mark.parametrize(
        ("words", "value", "unit"),
        [
            ("1.2万名", 12000, "人"),
            ("3亿元", 300000000, "元"),
            ("20公顷", 300, "亩"),
            ("5‰", 0.5, "%"),
            ("60％", 60, "%"),
            ("2吨", 2000, "公斤"),
            ("300千瓦", 300, "千瓦"),
            ("2小时", 120, "分钟"),
            ("8处", 8, "个"),
        ],
    )
    def test_numbers_are_held_against_each_other_in_one_unit(self, words: str, value: float, unit: str) -> None:
        (target,) = plan_of(PROVINCE.format(f"护理设施达到{words}")).targets
        assert quantity(target) == (value, unit)


class TestTasks:
    def test_words_of_levels_and_places_do_not_count(self) -> None:
        superior, draft = plan_of(PROVINCE.format("完成改造")), plan_of(COUNTY.format("完成改造"))
        reading = Reading([superior, draft])
        words = "全省各地建成省级养老中心，澜海省统一标识", "全县各地建成县级养老中心，棠城统一标识"
        assert likeness(*map(reading.bare, words)) == 1.0

    def test_general_words_make_no_title_like_another(self) -> None:
        reading = Reading([])
        one, other = reading.words("实施老年助餐提升行动", ""), reading.words("实施护理人才提升行动", "")
        assert likeness(one.title, other.title) == 0.0
        assert likeness(one.whole_title, other.whole_title) > 0.5

    def test_a_title_of_nothing_but_general_words_stands_whole(self) -> None:
        assert Reading([]).words("实施重点工程", "").title == "实施重点工程"

    def test_responsible_units_are_others_at_every_level(self) -> None:
        clause = "（省民政厅牵头，省财政厅、省卫生健康委配合）"
        plan = plan_of(PROVINCE.format("完成改造").replace("呼叫器。", f"呼叫器。{clause}"))
        assert [node.text for node in tasks(plan) if node.kind == "measure"] == ["给老年人的住房安装扶手和呼叫器。（）"]

    def test_a_group_with_a_name_of_its_own_is_an_action(self) -> None:
        plan = plan_of(PROVINCE.format("完成改造").replace("（一）居家养老行动\n", ""))
        assert [(node.kind, node.title) for node in tasks(plan)] == [("measure", "改造住房")]
        named = plan_of(
            "某县方案\n一、居家养老行动\n1.改造住房。安装扶手。\n2.上门服务。送餐。\n二、组织保障\n落实。\n"
        )
        assert next((node.kind, node.title) for node in tasks(named)) == ("action", "居家养老行动")

    def test_an_action_without_measures_is_not_a_measure_besides(self) -> None:
        plan = plan_of("某县方案\n一、主要任务\n（一）居家养老行动\n安装扶手。\n（二）机构养老行动\n增加床位。\n")
        assert [(node.kind, node.title) for node in tasks(plan)] == [
            ("action", "居家养老行动"),
            ("action", "机构养老行动"),
        ]

    def test_a_measure_may_have_a_new_title_or_a_new_text(self) -> None:
        superior = plan_of(PROVINCE.format("完成改造"))
        for draft in (
            COUNTY.replace("1.改造住房。", "1.让长者住得安心。"),
            COUNTY.replace("给老年人的住房安装扶手和呼叫器。", "按一户一策拆除门槛、铺设防滑地面。"),
        ):
            coverage = cover(superior, plan_of(draft.format("完成改造")))
            assert of(coverage, "改造住房").sureness in ("certain", "likely")

    def test_an_action_that_is_done_measure_by_measure_is_not_missing(self) -> None:
        more = "2.上门送餐。为独居老人送午餐和晚餐。\n3.紧急呼叫。接通社区值班电话，十分钟内上门。\n三、"
        superior = PROVINCE.format("完成改造").replace("三、", more)
        flat = COUNTY.format("完成改造").replace("三、", more).replace("（一）居家养老行动\n", "")
        coverage = cover(plan_of(superior), plan_of(flat))
        action = of(coverage, "居家养老行动")
        assert (action.draft, action.below, action.below_taken, action.is_missing) == (None, 3, 3, False)
        assert coverage.missing == ()
        lost = flat.replace("2.上门送餐。为独居老人送午餐和晚餐。\n", "")
        coverage = cover(plan_of(superior), plan_of(lost))
        assert [one.superior.title for one in coverage.missing] == ["居家养老行动", "上门送餐"]


class TestWhatMustNotGoWrong:
    @pytest.mark.parametrize("path", READ, ids=lambda path: path.stem)
    def test_a_plan_takes_up_itself(self, path: Path) -> None:
        plan = parse(path)
        coverage = cover(plan, plan)
        assert coverage.pairings
        assert [one.superior.title for one in coverage.pairings if one.sureness != "certain"] == []
        assert {one.verdict for one in coverage.pairings if one.superior.target} <= {"met"}
        assert (coverage.missing, coverage.lower, coverage.own) == ((), (), ())
        for one in coverage.pairings:
            assert one.draft is not None
            assert one.draft.text == one.superior.text
            assert one.draft.title == one.superior.title

    @pytest.mark.parametrize("text", ["", "\n\n", "今天天气很好。\n", "\x00\x1b[31m《》（（（"])
    def test_a_draft_of_nothing_takes_up_nothing(self, text: str) -> None:
        superior = parse(PLANS / "reading-province.txt")
        coverage = cover(superior, plan_of(text))
        assert {one.draft for one in coverage.pairings} == {None}
        assert {one.nearest for one in coverage.pairings} == {None}
        # Without a period no target is beyond it.
        assert len(coverage.missing) == len(coverage.pairings)
        assert coverage.own == ()
        assert cover(plan_of(text), superior).pairings == ()
        assert cover(plan_of(text), plan_of(text)) is not None

    def test_all_plans_of_a_file_count(self) -> None:
        two = parse(Path(__file__).parent / "plans" / "tourism-two-plans-city.txt")
        assert len(two.plans) == 1
        second = two.plans[0]
        titles = {measure.title for measure in second.measures} | {
            section.title for section in second.sections if section.role in ("action", "project")
        }
        coverage = cover(second, two)
        assert titles
        assert titles <= {one.draft.title for one in coverage.pairings if one.draft}
        assert coverage.missing == ()
        assert {node.plan is two for node in coverage.own} == {True}
        assert len(cover(two, two).pairings) > len(coverage.pairings)

    def test_each_of_the_drafts_nodes_is_used_once_or_said_to_be_shared(self) -> None:
        for coverage in (TestReading.COVERAGE, TestMothers.COVERAGE):
            used = [id(one.draft) for one in coverage.pairings if one.draft and not one.together]
            assert len(used) == len(set(used))
            assert not set(used) & {id(node) for node in coverage.own}

    def test_a_plan_of_another_matter_takes_up_next_to_nothing(self) -> None:
        coverage = cover(parse(PLANS / "reading-province.txt"), parse(PLANS / "mothers-district.txt"))
        assert [one.superior.title for one in coverage.pairings if one.draft] == []

    def test_more_than_can_be_compared_is_refused(self) -> None:
        many = int(MOST**0.5) + 1
        plan = plan_of(
            "某县方案\n一、主要任务\n" + "".join(f"{n}.措施{n}。做好事情{n}。\n" for n in range(1, many + 1))
        )
        with pytest.raises(Problem, match="too much to compare"):
            cover(plan, plan)

    def test_three_hundred_measures_take_four_times_as_long_as_half_of_them(self) -> None:
        times = {}
        for many in (150, 300):
            plans = big(many, seed=1), big(many, seed=2)
            assert [len(plan.measures) for plan in plans] == [many, many]
            cover(*plans)  # words and patterns are read once
            began = process_time()
            cover(*plans)
            times[many] = process_time() - began
        assert times[300] <= 8 * times[150]

    @pytest.mark.parametrize("words", ["措施", "科"])
    def test_measures_that_are_all_the_same_take_no_longer(self, words: str) -> None:
        plan = plan_of("某县方案\n一、主要任务\n" + f"1.{words}。{words * 100}。\n" * 300)
        began = process_time()
        coverage = cover(plan, plan)
        assert process_time() - began < 20
        assert coverage.missing == ()

    def test_as_many_clauses_as_measures_are_left_out_in_time(self) -> None:
        text = "某县方案\n一、主要任务\n" + "".join(f"{n}.措施{n}。做事{n}。（县教育局牵头）\n" for n in range(1, 4001))
        plan = plan_of(text)
        began = process_time()
        found = tasks(plan)
        assert process_time() - began < 5
        assert {node.text[-2:] for node in found} == {"（）"}

    def test_a_long_text_is_compared_by_its_beginning(self) -> None:
        plan = plan_of(PROVINCE.format("完成改造").replace("呼叫器。", "呼叫器。" * 100_000))
        began = process_time()
        assert cover(plan, plan).missing == ()
        assert process_time() - began < 20


def big(many: int, seed: int) -> Plan:
    """Return a plan of so many measures, of words that have as much in common as any two texts."""
    chance = random.Random(seed)
    known = sorted({char for path in READ for char in path.read_text(encoding="utf-8") if "一" <= char <= "龥"})
    words = [one + other for one, other in pairwise(known)]

    def some(number: int) -> str:
        return "".join(chance.sample(words, number))

    measures = "".join(f"{n}.{some(5)}。{some(60)}，{some(40)}。\n" for n in range(1, many + 1))
    return plan_of(f"某县方案\n一、主要任务\n{measures}二、组织保障\n抓好落实。\n")


class TestAssignment:
    def test_it_is_the_best_for_all_not_for_the_first(self) -> None:
        # Greedy gives row 0 its best column and leaves nothing to row 1.
        assert best_pairs({0: {0: 0.9, 1: 0.8}, 1: {0: 0.7}}) == {0: 1, 1: 0}

    def test_a_row_may_have_none(self) -> None:
        assert best_pairs({0: {0: 0.9}, 1: {0: 0.4}, 2: {}}) == {0: 0}
        assert best_pairs({}) == {}

    def test_a_row_gives_way_where_that_is_better_for_all(self) -> None:
        assert best_pairs({0: {0: 0.5}, 1: {0: 0.9}}) == {1: 0}

    @pytest.mark.parametrize("seed", range(200))
    def test_no_other_pairing_has_a_higher_sum(self, seed: int) -> None:
        chance = random.Random(seed)
        rows, columns = chance.randint(1, 6), chance.randint(1, 6)
        scores = {
            row: {
                column: chance.choice([chance.random(), 0.25, 0.5, 1.0])
                for column in range(columns)
                if chance.random() < 0.7
            }
            for row in range(rows)
        }
        found = best_pairs(scores)
        assert len(set(found.values())) == len(found)
        assert sum(scores[row][column] for row, column in found.items()) == pytest.approx(highest(scores, list(scores)))


def highest(scores: Mapping[int, Mapping[int, float]], rows: list[int], used: frozenset[int] = frozenset()) -> float:
    """Return the highest sum that there is, by trying all pairings."""
    if not rows:
        return 0.0
    first, *rest = rows
    sums = [
        score + highest(scores, rest, used | {column}) for column, score in scores[first].items() if column not in used
    ]
    return max([*sums, highest(scores, rest, used)])
