"""Two versions of a draft compared: what is fixed, new, still open, waived; and how violations are matched."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from drafts import BAD, CLEAN
from mutations.draft import RULEBOOK, Draft, report
from mutations.harmless import CHANGES
from mutations.revisions import MOVED, REVISIONS, bare
from reports import RULE, equal, file, violation

from checker.comparing import Compared, compared
from checker.engine import check_plan
from checker.model import FileReport, Violation, Waived
from checker.parser import parse_text
from checker.plain_text import from_string

SAMPLES = sorted((Path(__file__).resolve().parent.parent / "samples" / "drafts").glob("*.txt"))


def of(text: str) -> FileReport:
    """Return the report on a text."""
    return check_plan(parse_text(from_string(text)), "draft", RULEBOOK)


def states(old: FileReport, new: FileReport) -> list[tuple[str, str | None, str]]:
    """Return state, way of matching and message of each violation."""
    return [(one.state, one.matched, one.place.message) for one in compared("draft", old, new).violations]


def counts(old: FileReport, new: FileReport) -> Counter[str]:
    return Counter(one.state for one in compared("draft", old, new).violations)


def at(section: str, excerpt: str, fingerprint: str, rule: str = RULE, **more: Any) -> Violation:
    """Return a violation in a section, at some words."""
    label = {"section_label": section, "excerpt": excerpt, "source_line": excerpt, "message": f"{excerpt}没有牵头单位"}
    return violation(fingerprint, rule, **{**label, **more})


class TestStates:
    def test_of_the_same_draft_all_are_open(self) -> None:
        assert states(of(BAD), of(BAD)) == [("open", "fingerprint", "措施“办好赛事”没有写明牵头单位")]

    def test_what_is_mended_is_fixed(self) -> None:
        assert states(of(BAD), of(CLEAN)) == [("fixed", None, "措施“办好赛事”没有写明牵头单位")]

    def test_what_was_not_there_is_new(self) -> None:
        assert states(of(CLEAN), of(BAD)) == [("new", None, "措施“办好赛事”没有写明牵头单位")]

    def test_what_is_accepted_in_the_new_version_is_waived(self) -> None:
        accepted = violation("a", waived=Waived("comment", "本级没有"))
        (one,) = compared("draft", file("old", violation("a")), file("new", accepted)).violations
        assert (one.state, one.matched) == ("waived", "fingerprint")
        assert counts(file("old"), file("new", accepted)) == {"waived": 1}

    def test_what_a_person_accepted_in_the_old_version_only_is_open(self) -> None:
        accepted = violation("a", waived=Waived("comment", "本级没有"))
        assert counts(file("old", accepted), file("new", violation("a"))) == {"open": 1}

    def test_what_a_baseline_of_the_old_version_knows_is_waived_in_the_new(self) -> None:
        known = violation("a", waived=Waived("baseline"))
        (one,) = compared("draft", file("old", known), file("new", violation("a"))).violations
        assert (one.state, one.place.waived) == ("waived", Waived("baseline"))

    def test_of_a_rule_that_was_not_evaluated_nothing_is_known(self) -> None:
        blind = file("x", ran=(), blind=(RULE,))
        assert counts(file("old", violation("a")), blind) == {"unknown": 1}
        assert counts(blind, file("new", violation("a"))) == {"unknown": 1}

    def test_of_a_version_that_cannot_be_read_nothing_is_said(self) -> None:
        unread = FileReport("x", error="空文件")
        assert states(unread, of(BAD)) == states(of(BAD), unread) == []

    def test_of_a_draft_that_only_one_side_has(self) -> None:
        assert [one.state for one in compared("draft", None, of(BAD)).violations] == ["new"]
        assert compared("draft", of(BAD), None).violations == (), "that it is gone mends nothing"


class TestMatching:
    def test_a_title_that_was_mended_a_little_is_the_same_measure(self) -> None:
        mended = BAD.replace("2.办好赛事。每年", "2.办好全县赛事。每年")
        assert states(of(BAD), of(mended)) == [("open", "similar", "措施“办好全县赛事”没有写明牵头单位")]

    def test_a_section_with_another_title_holds_the_same_measures(self) -> None:
        renamed = BAD.replace("（一）场地行动", "（一）设施建设行动")
        assert states(of(BAD), of(renamed)) == [("open", "similar", "措施“办好赛事”没有写明牵头单位")]

    def test_a_section_that_is_itself_the_place_may_have_its_title_mended(self) -> None:
        old = file("old", at("二（五）应急供水准备", "（五）应急供水准备", "a"))
        new = file("new", at("二（六）做好应急供水准备", "（六）做好应急供水准备", "b"))
        assert [one.matched for one in compared("draft", old, new).violations] == ["similar"]

    def test_much_the_same_words_in_quite_another_section_are_another(self) -> None:
        old = file("old", at("二（一）场地行动", "2.办好赛事", "a"))
        new = file("new", at("二（二）培训队伍", "2.办好全县赛事", "b"))
        assert counts(old, new) == {"fixed": 1, "new": 1}

    def test_another_measure_of_the_section_is_another(self) -> None:
        other = BAD.replace("2.办好赛事。每年办赛10场。", "2.培训骨干队伍。每年培训10人。")
        assert Counter(state for state, _, _ in states(of(BAD), of(other))) == {"new": 1, "fixed": 1}

    def test_of_equal_ones_the_message_tells_which_is_left(self) -> None:
        old = file("old", violation(equal(1), message="缺少甲"), violation(equal(2), message="缺少乙"))
        new = file("new", violation(equal(1), message="缺少乙"))
        assert states(old, new) == [("open", "fingerprint", "缺少乙"), ("fixed", None, "缺少甲")]

    def test_equal_ones_are_matched_in_order(self) -> None:
        old = file("old", *(violation(equal(number), message="x", line=number) for number in (1, 2, 3)))
        new = file("new", *(violation(equal(number), message="x", line=number + 10) for number in (1, 2)))
        pairs = [(one.old and one.old.line, one.new and one.new.line) for one in compared("d", old, new).violations]
        assert pairs == [(1, 11), (2, 12), (3, None)]

    def test_the_likest_are_matched_first(self) -> None:
        old = file("old", at("一、任务", "建设健康步道一条", "a"), at("一、任务", "建设健康步道", "b"))
        new = file("new", at("一、任务", "建设全民健康步道", "c"))
        (found, gone) = compared("draft", old, new).violations
        assert (found.old and found.old.fingerprint, gone.state) == ("b", "fixed")

    def test_the_same_words_in_the_same_section_are_likest(self) -> None:
        # Two measures of one title: that of the section whose number alone has changed is meant.
        old = file("old", at("三（一）场地", "1.办好赛事", "a"), at("三（二）队伍", "1.办好赛事", "b"))
        new = file("new", at("二（二）队伍", "3.办好赛事", "c"), at("二（三）活动", "2.办好赛事", "d"))
        found = compared("draft", old, new).violations
        assert [(one.old and one.old.fingerprint, one.new and one.new.fingerprint) for one in found] == [
            ("b", "c"),
            ("a", "d"),
        ]

    def test_other_rules_are_not_matched(self) -> None:
        old = file("old", at("一、任务", "办好赛事", "a"))
        new = file("new", at("一、任务", "办好赛事", "b", rule="plan/stages"), ran=("plan/stages",))
        assert counts(old, new) == {"fixed": 1, "new": 1}

    def test_an_item_without_a_title_is_told_by_what_follows(self) -> None:
        line, other = "1.组织各类赛事，吸引群众。", "2.开展宣传教育，营造氛围。"
        old = file("old", at("一、任务", "1.", "a", source_line=line), at("一、任务", "2.", "b", source_line=other))
        moved = at("二、措施", "1.", "c", source_line=other.replace("2.", "1."))
        found = compared("draft", old, file("new", moved)).violations
        assert [(one.state, one.old and one.old.fingerprint) for one in found] == [("open", "b"), ("fixed", "a")]

    def test_each_violation_is_told_once(self) -> None:
        chance = random.Random(6)

        def some(side: str) -> FileReport:
            words = ["办好赛事", "办好全县赛事", "建设步道", "建设健康步道", "培训队伍", "1."]
            return file(
                side,
                *(
                    at(chance.choice("甲乙"), chance.choice(words), equal(number, chance.choice("abcd") * 16))
                    for number in range(1, chance.randrange(8))
                ),
            )

        for _ in range(300):
            old, new = some("old"), some("new")
            found = compared("draft", old, new).violations
            assert sorted(map(id, (one.new for one in found if one.new))) == sorted(map(id, new.violations))
            assert sorted(map(id, (one.old for one in found if one.old))) == sorted(map(id, old.violations))
            assert all(has_its_fields(one) for one in found)

    def test_thousands_take_no_longer_than_a_person_waits(self) -> None:
        old = file("old", *(at("一、任务", f"建设第{number}条健康步道", f"a{number}") for number in range(3000)))
        new = file("new", *(at("一、任务", f"建设第{number}号健康步道", f"b{number}") for number in range(3000)))
        same = file("new", *(at("一、任务", "建设步道", equal(number + 1)) for number in range(20_000)))
        began = perf_counter()
        assert sum(counts(old, new).values()) == 6000
        assert counts(same, same) == {"open": 20_000}
        assert perf_counter() - began < 30


def has_its_fields(one: Compared) -> bool:
    """Say whether a violation has what its state says."""
    both = one.old is not None and one.new is not None
    return {
        "open": both and one.matched is not None,
        "new": one.old is None and one.matched is None,
        "fixed": one.new is None and one.matched is None,
    }[one.state]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_after_a_revision_elsewhere_nothing_is_both_fixed_and_new(path: Path) -> None:
    draft = Draft.read(path)
    for name, change in REVISIONS.items():
        for text in change(draft):
            after = compared("draft", draft.report, report(parse_text(from_string(text)))).violations
            told = {
                state: {(one.place.rule, bare(one.place.message)) for one in after if one.state == state}
                for state in ("fixed", "new")
            }
            both = {rule for rule, _ in told["fixed"] & told["new"]}
            assert both <= ({"plan/numbering"} if name in MOVED else set()), name


@pytest.mark.parametrize("change", ["lines-end-as-in-windows", "wrapped-at-36-with-pages", "headings-with-hashes"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_harmless_change_leaves_everything_of_the_plan_open(path: Path, change: str) -> None:
    draft = Draft.read(path)
    found = compared("draft", draft.report, report(parse_text(from_string(CHANGES[change](draft))))).violations
    # The rules of the pack gongwen look at the writing itself.
    other = [(one.state, one.place.message) for one in found if one.place.rule.startswith("plan/")]
    assert {state for state, _ in other} <= {"open"}, other
