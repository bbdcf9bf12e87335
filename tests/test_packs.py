"""Packs: for which plans each is, what they build on, and what they change of one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from checker.engine import Selection, check_plan, unknown_names
from checker.host import host
from checker.model import FileReport
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.rule_reading import load
from checker.rulebook import Rulebook, rulebook

HEAD = "title: 试验\nversion: 0.1.0\n"
FEW = """\
title: 目标要有几个
severity: warning
node: target
check: count
options: {min: 2, report_at: [objectives]}
message: 目标只有{number}个，至少{min}个
message_en: There are {number} targets, at least {min} are needed
"""
YEAR = """\
title: 每项目标都要有年份
severity: error
node: target
check: required
options: {field: year}
message: 目标“{quote}”没有年份
"""
PLAN = "云山县全民健身方案（2021—2025年）\n\n一、工作目标\n全县建成球场100个以上。\n"
FOR_FITNESS = "applies_when: {title: {matches: 健身}}\n"
FOR_CLOUDS = "applies_when: {place: 云山县}\n"
FOR_FLOODS = "applies_when: {title: {matches: 防汛}}\n"


class Packs:
    """A folder of packs, which a test fills."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def add(self, name: str, more: str = "", **rules: str) -> Path:
        """Add a pack; ``more`` goes into its pack.yaml, ``rules`` are rule files by name."""
        place = self.folder / name
        place.mkdir(parents=True)
        (place / "pack.yaml").write_text(HEAD + more, encoding="utf-8")
        for rule, text in rules.items():
            (place / f"{rule}.yaml").write_text(text, encoding="utf-8")
        return place

    def load(self) -> Rulebook:
        """Return the packs, which must have no mistakes."""
        made = load([self.folder], host().checks)
        assert made.problems == ()
        return made

    def problems(self) -> list[str]:
        """Return what is wrong with the packs, without the folder in front."""
        made = load([self.folder], host().checks)
        assert all(problem.en for problem in made.problems)
        return [problem.zh.removeprefix(f"{self.folder}/") for problem in made.problems]

    def check(self, text: str = PLAN, select: Sequence[str] = ("all",), ignore: Sequence[str] = ()) -> FileReport:
        selection = Selection(tuple(select), tuple(ignore))
        return check_plan(parse_text(from_string(text)), "draft.txt", self.load(), selection)

    def said(self, text: str = PLAN, select: Sequence[str] = ("all",), ignore: Sequence[str] = ()) -> list[str]:
        """Return the messages about a plan."""
        return [violation.message for violation in self.check(text, select, ignore).violations]

    def outcomes(self, text: str = PLAN, select: Sequence[str] = ("all",)) -> dict[str, str]:
        return {outcome.rule: outcome.outcome for outcome in self.check(text, select).rules}


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    return Packs(tmp_path / "rules")


class TestForWhichPlans:
    @pytest.mark.parametrize(
        ("condition", "applies"),
        [
            ("applies_when: {title: {matches: 健身}}", True),
            ("applies_when: {title: {matches: 防汛}}", False),
            ("applies_when: {place: 云山县}", True),
            ("applies_when: {place: [云河县, 云山县]}", True),
            ("applies_when: {place: 云山县, title: {matches: 防汛}}", False),
            ("applies_when: {last_year: {le: 2025}}", True),
            ("applies_when: {doc_number: {missing: true}}", True),
            ("applies_when: {notice_title: {missing: false}}", False),
            ("valid: [2021, 2025]", True),
            ("valid: [2025, 2030]", True),
            ("valid: [2016, 2021]", True),
            ("valid: [2016, 2020]", False),
            ("valid: [2026, 2030]", False),
            ("valid: [2021, 2025]\napplies_when: {title: {matches: 防汛}}", False),
            ("", True),
        ],
    )
    def test_a_pack_applies(self, packs: Packs, condition: str, applies: bool) -> None:
        packs.add("trial", condition, year=YEAR)
        assert packs.outcomes() == {"trial/year": "failed" if applies else "not-applicable"}

    @pytest.mark.parametrize(("years", "outcome"), [("[2020, 2022]", "failed"), ("[2022, 2025]", "not-applicable")])
    def test_a_plan_whose_title_names_no_years_by_the_day_on_which_it_was_signed(
        self, packs: Packs, years: str, outcome: str
    ) -> None:
        packs.add("trial", f"valid: {years}", year=YEAR)
        signed = PLAN.replace("（2021—2025年）", "") + "\n云山县人民政府\n2021年3月5日\n"
        assert packs.outcomes(signed) == {"trial/year": outcome}

    def test_a_plan_that_bears_no_year_at_all(self, packs: Packs) -> None:
        packs.add("trial", "valid: [2016, 2020]", year=YEAR)
        assert packs.outcomes(PLAN.replace("（2021—2025年）", "")) == {"trial/year": "failed"}

    def test_it_says_for_which_years_it_is(self, packs: Packs) -> None:
        packs.add("trial", "valid: [2026, 2030]", year=YEAR)
        (outcome,) = packs.check().rules
        assert outcome.reason == "规则包只适用于2026—2030年的方案"

    def test_one_that_does_not_apply_runs_when_it_is_named(self, packs: Packs) -> None:
        packs.add("trial", "valid: [2026, 2030]", year=YEAR)
        assert packs.outcomes(select=["trial"]) == {"trial/year": "failed"}
        assert packs.outcomes(select=["trial/year"]) == {"trial/year": "failed"}

    def test_years_the_wrong_way_round_are_an_error(self, packs: Packs) -> None:
        packs.add("trial", "valid: [2025, 2021]", year=YEAR)
        (problem,) = packs.problems()
        assert problem.startswith("trial/pack.yaml:3:8: 起始年份晚于终止年份")

    @pytest.mark.parametrize(
        ("years", "zh", "en"),
        [
            ("2021", "应为 2 项的列表，实为整数（int）；例如 [2021, 2025]", "Expected `array` of length 2, got `int`"),
            ("[2021]", "应为 2 项的列表，实为 1 项；例如 [2021, 2025]", "of length 2, got 1; for example [2021, 2025]"),
            ("['2021', 2025]", "应为整数（int），实为文字（str）。数不要加引号：2021", "takes no quotes: 2021"),
            ("[21, 2025]", "应在 1900 到 2100 之间，实为 21", "between 1900 and 2100 is needed, not 21"),
        ],
    )
    def test_years_that_are_none_are_an_error(self, packs: Packs, years: str, zh: str, en: str) -> None:
        packs.add("trial", f"valid: {years}")
        (problem,) = load([packs.folder], host().checks).problems
        assert f"{packs.folder}/trial/pack.yaml:3:" in problem.zh
        assert zh in problem.zh
        assert en in problem.en


class TestChanges:
    """``local`` builds on ``base`` and changes what it wants."""

    @pytest.fixture(autouse=True)
    def base(self, packs: Packs) -> None:
        packs.add("base", few=FEW, year=YEAR)

    def local(self, packs: Packs, change: str, condition: str = "") -> None:
        packs.add("local", f"{condition}extends: [base]\nrules:\n  base/few: {change}\n")

    def test_without_changes_everything_stays(self, packs: Packs) -> None:
        packs.add("local", "extends: [base]\n")
        assert packs.said() == ["目标只有1个，至少2个", "目标“全县建成球场100个以上”没有年份"]

    def test_options_and_leaves_the_others(self, packs: Packs) -> None:
        self.local(packs, "{options: {min: 3}}")
        few = packs.check(select=["base/few"]).violations
        assert [(one.message, one.severity) for one in few] == [("目标只有1个，至少3个", "warning")]

    def test_an_option_so_that_the_rule_is_content(self, packs: Packs) -> None:
        self.local(packs, "{options: {min: 1}}")
        assert packs.outcomes() == {"base/few": "passed", "base/year": "failed"}

    def test_the_severity(self, packs: Packs) -> None:
        self.local(packs, "{severity: info}")
        assert [one.severity for one in packs.check(select=["base/few"]).violations] == ["info"]

    def test_the_message(self, packs: Packs) -> None:
        self.local(packs, "{message: 只有{number}个}".replace("只有{number}个", "'只有{number}个'"))
        assert packs.said(select=["base/few"]) == ["只有1个"]

    def test_a_message_in_one_language_leaves_no_other_one_behind(self, packs: Packs) -> None:
        self.local(packs, "{message: '只有{number}个'}")
        plan = parse_text(from_string(PLAN))
        (one,) = check_plan(plan, "", packs.load(), Selection(("base/few",)), "en").violations
        assert one.message == "只有1个"

    def test_whether_it_is_enabled(self, packs: Packs) -> None:
        self.local(packs, "{enabled: false}")
        assert packs.outcomes() == {"base/few": "not-applicable", "base/year": "failed"}, "and it is said why"
        assert packs.outcomes(select=["base"]) == {"base/few": "not-applicable", "base/year": "failed"}
        assert packs.outcomes(select=["base/few"]) == {"base/few": "failed"}, "its own id still runs it"

    def test_a_rule_that_its_own_pack_does_not_enable(self, packs: Packs) -> None:
        packs.add("other", extra=YEAR + "enabled: false\n")
        packs.add("local", "extends: [other]\nrules:\n  other/extra: {enabled: true}\n")
        assert packs.outcomes()["other/extra"] == "failed"

    def test_only_where_the_changing_pack_applies(self, packs: Packs) -> None:
        self.local(packs, "{options: {min: 3}}", FOR_FITNESS)
        assert packs.said(select=["base/few"]) == ["目标只有1个，至少3个"]
        assert packs.said(PLAN.replace("健身", "防汛"), select=["base/few"]) == ["目标只有1个，至少2个"]

    def test_where_it_does_not_apply_but_is_named(self, packs: Packs) -> None:
        self.local(packs, "{options: {min: 3}}", FOR_FLOODS)
        assert packs.said(select=["base/few"]) == ["目标只有1个，至少2个"]
        assert "目标只有1个，至少3个" in packs.said(select=["local"])

    def test_naming_it_brings_the_rules_of_its_base_along(self, packs: Packs) -> None:
        self.local(packs, "{severity: info}", FOR_FLOODS)
        assert packs.outcomes(select=["local"]) == {"base/few": "failed", "base/year": "failed"}

    def test_not_where_the_changing_pack_is_ignored(self, packs: Packs) -> None:
        self.local(packs, "{options: {min: 3}}")
        assert "目标只有1个，至少2个" in packs.said(ignore=["local"])

    def test_ignoring_the_base_leaves_its_rules_out_changed_or_not(self, packs: Packs) -> None:
        self.local(packs, "{options: {min: 3}}")
        assert packs.said(ignore=["base"]) == []

    def test_a_second_run_has_the_same_rules_from_the_cache(self, packs: Packs) -> None:
        self.local(packs, "{options: {min: 3}, severity: info}", FOR_FITNESS)
        first, second = (rulebook([str(packs.folder)], host().checks) for _ in range(2))
        for made in (first, second):
            (changed,) = made.changed["base/few"]
            assert (changed.changed_by, changed.looks[0].options.min, changed.definition.severity) == (
                "local",
                3,
                "info",
            )
            assert made.pack("local").builds_on == {"base"}
            assert made.problems == ()


class TestSeveralThatChangeOneRule:
    """``one`` and ``two`` build on ``base``; neither knows of the other."""

    @pytest.fixture(autouse=True)
    def base(self, packs: Packs) -> None:
        packs.add("base", few=FEW)

    def both(self, packs: Packs, one: str = "", two: str = "") -> None:
        packs.add("one", f"{one}extends: [base]\nrules:\n  base/few: {{options: {{min: 3}}}}\n")
        packs.add("two", f"{two}extends: [base]\nrules:\n  base/few: {{options: {{min: 4}}}}\n")

    def test_each_where_it_applies(self, packs: Packs) -> None:
        self.both(packs, FOR_FITNESS, FOR_FLOODS)
        assert packs.said() == ["目标只有1个，至少3个"]
        assert packs.said(PLAN.replace("健身", "防汛")) == ["目标只有1个，至少4个"]
        assert packs.said(PLAN.replace("健身", "阅读")) == ["目标只有1个，至少2个"]

    def test_both_where_both_apply(self, packs: Packs) -> None:
        self.both(packs, FOR_FITNESS, FOR_CLOUDS)
        assert sorted(packs.said()) == ["目标只有1个，至少3个", "目标只有1个，至少4个"]
        assert packs.outcomes() == {"base/few": "failed"}, "one outcome for one rule"

    def test_what_both_find_is_told_once(self, packs: Packs) -> None:
        packs.add("one", "extends: [base]\nrules:\n  base/few: {options: {max: 9}}\n")
        packs.add("two", "extends: [base]\nrules:\n  base/few: {options: {max: 8}}\n")
        report = packs.check()
        assert [one.message for one in report.violations] == ["目标只有1个，至少2个"]
        assert report.rules[0].violations == 1

    def test_the_one_that_is_left_when_the_other_is_ignored(self, packs: Packs) -> None:
        self.both(packs)
        assert packs.said(ignore=["two"]) == ["目标只有1个，至少3个"]
        assert packs.said(ignore=["one"]) == ["目标只有1个，至少4个"]
        assert packs.said(ignore=["one", "two"]) == ["目标只有1个，至少2个"]

    def test_the_one_that_is_named_where_neither_applies(self, packs: Packs) -> None:
        self.both(packs, FOR_FLOODS, FOR_FLOODS)
        assert packs.said(select=["two"]) == ["目标只有1个，至少4个"]

    def test_the_one_that_is_named_where_both_apply(self, packs: Packs) -> None:
        self.both(packs)
        assert packs.said(select=["two"]) == ["目标只有1个，至少4个"]

    def test_one_switches_it_off_the_other_does_not(self, packs: Packs) -> None:
        packs.add("one", "extends: [base]\nrules:\n  base/few: {enabled: false}\n")
        packs.add("two", "extends: [base]\nrules:\n  base/few: {options: {min: 4}}\n")
        assert packs.said() == ["目标只有1个，至少4个"]
        assert packs.said(ignore=["two"]) == []

    def test_a_chain_in_which_the_last_word_holds(self, packs: Packs) -> None:
        packs.add("county", "extends: [province]\nrules:\n  base/few: {options: {min: 4}}\n")
        packs.add("province", "extends: [base]\nrules:\n  base/few: {options: {min: 3}, severity: info}\n")
        report = packs.check()
        assert [(one.message, one.severity) for one in report.violations] == [("目标只有1个，至少4个", "info")]

    def test_a_chain_whose_last_pack_does_not_apply(self, packs: Packs) -> None:
        packs.add("province", "extends: [base]\nrules:\n  base/few: {options: {min: 3}}\n")
        packs.add("county", f"{FOR_FLOODS}extends: [province]\nrules:\n  base/few: {{options: {{min: 4}}}}\n")
        assert packs.said() == ["目标只有1个，至少3个"]
        assert packs.said(PLAN.replace("健身", "防汛")) == ["目标只有1个，至少4个"]

    def test_a_chain_whose_last_pack_changes_nothing_has_the_changes_of_the_one_below(self, packs: Packs) -> None:
        packs.add("province", f"{FOR_FLOODS}extends: [base]\nrules:\n  base/few: {{options: {{min: 3}}}}\n")
        packs.add("county", "extends: [province]\n")
        assert packs.said() == ["目标只有1个，至少3个"]

    def test_both_ways_of_a_diamond(self, packs: Packs) -> None:
        self.both(packs, FOR_FLOODS, FOR_FLOODS)
        packs.add("top", "extends: [one, two]\nrules:\n  base/few: {options: {max: 9}}\n")
        (message,) = packs.said()
        assert message in ("目标只有1个，至少3个", "目标只有1个，至少4个")


class TestMistakes:
    def test_an_unknown_pack_gets_a_guess(self, packs: Packs) -> None:
        packs.add("base", few=FEW)
        packs.add("local", "extends: [bass]\n")
        (problem,) = packs.problems()
        assert problem.startswith("local/pack.yaml:3:11: 没有名为“bass”的规则包")
        assert "您是不是想写“base”？" in problem

    def test_an_unknown_rule_gets_a_guess(self, packs: Packs) -> None:
        packs.add("base", few=FEW)
        packs.add("local", "extends: [base]\nrules:\n  base/fwe: {severity: info}\n")
        (problem,) = packs.problems()
        assert problem.startswith("local/pack.yaml:5:3: 没有名为“base/fwe”的规则")
        assert "您是不是想写“base/few”？" in problem

    def test_a_rule_of_a_pack_that_is_not_extended(self, packs: Packs) -> None:
        packs.add("base", few=FEW)
        packs.add("local", "rules:\n  base/few: {severity: info}\n")
        (problem,) = packs.problems()
        assert problem.startswith("local/pack.yaml:4:3: 要改动规则“base/few”，先在 extends 里写上“base”")

    def test_a_rule_of_its_own(self, packs: Packs) -> None:
        packs.add("local", "rules:\n  local/few: {severity: info}\n", few=FEW)
        (problem,) = packs.problems()
        assert problem.startswith("local/pack.yaml:4:3:")
        assert "extends 里写上“local”" not in problem, "a pack cannot extend itself"

    @pytest.mark.parametrize(
        ("change", "word"),
        [
            ("{options: {mn: 3}}", "min"),
            ("{options: {min: three}}", "整数"),
            ("{options: {min: 3, max: 2}}", "min 大于 max"),
            ("{severity: fatal}", "warning"),
            ("{enabled: maybe}", "true 或 false"),
            ("{message: '{nmber}'}", "number"),
            ("{node: stage}", "options"),
        ],
    )
    def test_a_change_that_the_rule_cannot_take(self, packs: Packs, change: str, word: str) -> None:
        packs.add("base", few=FEW)
        packs.add("local", f"extends: [base]\nrules:\n  base/few: {change}\n")
        (problem,) = packs.problems()
        assert problem.startswith("local/pack.yaml:5:")
        assert word in problem

    def test_a_wrong_change_leaves_the_rule_as_it_is(self, packs: Packs) -> None:
        packs.add("base", few=FEW)
        packs.add("local", "extends: [base]\nrules:\n  base/few: {options: {mn: 3}}\n")
        made = load([packs.folder], host().checks)
        report = check_plan(parse_text(from_string(PLAN)), "", made)
        assert [one.message for one in report.violations] == ["目标只有1个，至少2个"]

    def test_packs_that_extend_one_another_in_a_circle(self, packs: Packs) -> None:
        packs.add("a", "extends: [b]\n", few=FEW)
        packs.add("b", "extends: [c]\n")
        packs.add("c", "extends: [a]\n")
        problems = packs.problems()
        assert problems
        assert all("循环引用" in problem for problem in problems)
        assert {problem.split(":")[0] for problem in problems} <= {"a/pack.yaml", "b/pack.yaml", "c/pack.yaml"}

    def test_a_pack_that_extends_itself(self, packs: Packs) -> None:
        packs.add("a", "extends: [a]\n", few=FEW)
        (problem,) = packs.problems()
        assert problem.startswith("a/pack.yaml:3:11: 循环引用：a → a")

    def test_two_packs_of_one_name_of_which_the_first_holds(self, packs: Packs) -> None:
        first = packs.add("first/trial", few=FEW)
        second = packs.add("second/trial", year=YEAR)
        made = load([first, second], host().checks)
        assert [rule.id for rule in made.rules] == ["trial/few"]
        (problem,) = made.problems
        assert problem.zh.startswith(f"{second / 'pack.yaml'}")
        assert f"规则包“trial”已有了（{first}）" in problem.zh

    def test_a_pack_that_is_named_like_the_selection_of_everything(self, packs: Packs) -> None:
        packs.add("all", few=FEW)
        (problem,) = packs.problems()
        assert problem.startswith("all/pack.yaml")
        assert "名称“all”不能用" in problem

    @pytest.mark.parametrize("name", ["two words", "a,b", "few!"])
    def test_a_rule_with_a_name_that_cannot_be_selected(self, packs: Packs, name: str) -> None:
        packs.add("trial", **{name: FEW})
        (problem,) = packs.problems()
        assert f"名称“{name}”不能用" in problem

    def test_a_rule_with_a_chinese_name(self, packs: Packs) -> None:
        packs.add("试验", 年份=YEAR)
        assert packs.outcomes(select=["试验/年份"]) == {"试验/年份": "failed"}

    def test_a_file_that_ends_in_yml_is_not_passed_over_in_silence(self, packs: Packs) -> None:
        place = packs.add("trial", few=FEW)
        (place / "year.yml").write_text(YEAR, encoding="utf-8")
        (problem,) = packs.problems()
        assert problem.startswith("trial/year.yml: 规则文件应以 .yaml 结尾")

    def test_a_pack_file_that_ends_in_yml_is_not_passed_over_in_silence(self, packs: Packs) -> None:
        packs.add("trial", few=FEW)
        other = packs.folder / "other"
        other.mkdir()
        (other / "pack.yml").write_text(HEAD, encoding="utf-8")
        assert any("other" in problem for problem in packs.problems())

    def test_a_folder_that_is_no_pack_and_holds_none(self, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        made = load([tmp_path / "empty"], host().checks)
        (problem,) = made.problems
        assert problem.zh.startswith(f"{tmp_path / 'empty'}: 不是规则包，里面也没有规则包")

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        made = load([tmp_path / "missing"], host().checks)
        (problem,) = made.problems
        assert problem.zh.startswith(str(tmp_path / "missing"))

    @pytest.mark.parametrize(
        ("name", "zh", "en"),
        [
            ("year.YAML", "规则文件应以 .yaml 结尾，.YAML 不读", ".YAML is not read"),
            ("year.yaml.txt", "规则文件应以 .yaml 结尾，.yaml.txt 不读", ".yaml.txt is not read"),
            ("year.yml", "规则文件应以 .yaml 结尾，.yml 不读", ".yml is not read"),
            ("more/year.yaml", "规则包里的子文件夹不读", "folders in a pack are not read"),
        ],
    )
    def test_what_seems_to_be_a_rule_is_not_passed_over_in_silence(
        self, packs: Packs, name: str, zh: str, en: str
    ) -> None:
        place = packs.add("trial", few=FEW)
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(YEAR, encoding="utf-8")
        (problem,) = load([packs.folder], host().checks).problems
        assert problem.zh.startswith(f"{place / name.partition('/')[0]}: ")
        assert zh in problem.zh
        assert en in problem.en

    def test_a_folder_that_is_named_like_a_rule(self, packs: Packs) -> None:
        (packs.add("trial", few=FEW) / "year.yaml").mkdir()
        assert packs.problems() == ["trial/year.yaml: 是文件夹，不是规则文件"]

    @pytest.mark.parametrize("name", [".schema/rule.yaml", "trial/pack.yaml"])
    def test_hidden_folders_and_packs_below_are_nobodys_business(self, packs: Packs, name: str) -> None:
        place = packs.add("trial", few=FEW)
        (place / name).parent.mkdir()
        (place / name).write_text(YEAR, encoding="utf-8")
        assert packs.problems() == []

    @pytest.mark.parametrize("name", ["pack.yml", "pack.yaml.txt", "PACK.yaml"])
    def test_a_misnamed_pack_file(self, packs: Packs, name: str) -> None:
        packs.add("trial", few=FEW)
        (packs.folder / "other").mkdir()
        (packs.folder / "other" / name).write_text(HEAD, encoding="utf-8")
        assert packs.problems() == [f"other/{name}: 规则包的文件应为 pack.yaml，{name} 不读"]

    @pytest.mark.parametrize(("name", "guess"), [("d.txt", ""), ("d.yaml", "您是不是想写")])
    def test_a_file_for_a_folder(self, tmp_path: Path, name: str, guess: str) -> None:
        (tmp_path / name).write_text(YEAR, encoding="utf-8")
        (problem,) = load([tmp_path / name], host().checks).problems
        assert problem.zh.startswith(
            f"{tmp_path / name}: 是文件，不是规则包；这里要写规则包的文件夹{guess and '。'}{guess}"
        )
        assert problem.en.startswith(f"{tmp_path / name}: a file, not a pack; the folder of a pack is needed")

    def test_a_rule_with_mistakes_does_not_accuse_those_that_name_it(self, packs: Packs) -> None:
        packs.add("base", few=FEW.replace("count", "cuont"))
        packs.add(
            "local", "extends: [base]\nrules:\n  base/few: {severity: info}\n", year=YEAR + "unless: [base/few]\n"
        )
        (problem,) = packs.problems()
        assert problem.startswith("base/few.yaml:4:8: 没有名为“cuont”的检查类型")
        made = load([packs.folder], host().checks)
        assert [rule.id for rule in made.rules] == ["local/year"]
        assert made.broken == {"base/few"}

    def test_a_pack_with_mistakes_has_those_of_its_rules_told_too(self, packs: Packs) -> None:
        packs.add("base", "valid: 2021\n", few=FEW.replace("count", "cuont"), year=YEAR)
        packs.add("local", "extends: [base]\nrules:\n  base/year: {severity: info}\n")
        first, second = packs.problems()
        assert first.startswith("base/pack.yaml:3:8: 应为 2 项的列表")
        assert first.endswith("\n    规则包“base”的规则因此都不执行")
        assert second.startswith("base/few.yaml:4:8: ")
        made = load([packs.folder], host().checks)
        assert made.rules == []
        assert unknown_names(Selection(("base", "base/few", "base/year")), made) == []

    def test_other_files_and_folders_beside_the_rules_are_nobodys_business(self, packs: Packs) -> None:
        place = packs.add("trial", few=FEW)
        (place / "README.md").write_text("试验", encoding="utf-8")
        (place / ".few.yaml.swp").write_bytes(b"\0")
        (place / "more").mkdir()
        assert packs.problems() == []

    def test_a_mistake_in_one_pack_leaves_the_others(self, packs: Packs) -> None:
        packs.add("good", few=FEW)
        packs.add("wrong", "extends: god\n", year=YEAR)
        made = load([packs.folder], host().checks)
        assert [rule.id for rule in made.rules] == ["good/few"]
        assert len(made.problems) == 1


class TestUnless:
    def test_a_rule_of_another_pack(self, packs: Packs) -> None:
        packs.add("base", few=FEW)
        packs.add("local", year=YEAR + "unless: [base/few]\n")
        assert packs.outcomes() == {"base/few": "failed", "local/year": "not-applicable"}

    def test_a_rule_whose_pack_does_not_apply(self, packs: Packs) -> None:
        packs.add("base", FOR_FLOODS, few=FEW)
        packs.add("local", year=YEAR + "unless: [base/few]\n")
        assert packs.outcomes() == {"base/few": "not-applicable", "local/year": "failed"}

    def test_a_rule_that_another_pack_made_content(self, packs: Packs) -> None:
        packs.add("base", few=FEW, year=YEAR + "unless: [base/few]\n")
        packs.add("local", "extends: [base]\nrules:\n  base/few: {options: {min: 1}}\n")
        assert packs.outcomes() == {"base/few": "passed", "base/year": "failed"}

    def test_two_that_give_way_to_each_other_are_not_both_silent(self, packs: Packs) -> None:
        packs.add("base", few=FEW + "unless: [base/year]\n", year=YEAR + "unless: [base/few]\n")
        assert len(packs.said()) == 1

    def test_a_row_of_many_ends(self, packs: Packs) -> None:
        names = [f"r{number:03}" for number in range(400)]
        rules = {name: YEAR + f"unless: [base/{after}]\n" for name, after in pairwise(names)}
        packs.add("base", **rules, **{names[-1]: YEAR})
        assert packs.outcomes()[f"base/{names[-1]}"] == "failed"

    def test_one_that_gave_way_itself_has_not_spoken(self, packs: Packs) -> None:
        # third gives way to second, second to first: second says nothing, so third may.
        second = YEAR + "unless: [base/first]\n"
        third = FEW.replace("{min: 2", "{min: 5") + "unless: [base/second]\n"
        packs.add("base", first=FEW, second=second, third=third)
        assert packs.outcomes() == {"base/first": "failed", "base/second": "not-applicable", "base/third": "failed"}

    def test_a_rule_cannot_give_way_to_itself(self, packs: Packs) -> None:
        packs.add("base", few=FEW + "unless: [base/few]\n")
        (problem,) = packs.problems()
        assert problem.startswith("base/few.yaml:8:10: 规则不能排除自身")

    def test_an_unknown_rule_gets_a_guess(self, packs: Packs) -> None:
        packs.add("base", few=FEW, year=YEAR + "unless: [base/fwe]\n")
        (problem,) = packs.problems()
        assert problem.startswith("base/year.yaml:7:10: 没有名为“base/fwe”的规则")
        assert "您是不是想写“base/few”？" in problem


def test_a_rule_that_is_not_enabled_runs_by_its_own_id_only(packs: Packs) -> None:
    packs.add("trial", few=FEW, extra=YEAR + "enabled: false\n")
    assert packs.outcomes() == {"trial/few": "failed"}
    assert packs.outcomes(select=["trial"]) == {"trial/few": "failed"}
    assert packs.outcomes(select=["trial/extra"]) == {"trial/extra": "failed"}
    assert packs.outcomes(select=["trial", "trial/extra"]) == {"trial/few": "failed", "trial/extra": "failed"}
