"""Defects that are put into plans are found.

Each kind of defect (``mutations``) is made where the structure of a plan has a place for it,
never by its words, and so goes into any plan: a rule that sees it in one layout has to see it
in all. A case is named after its kind, its draft and the line that is changed.
"""

from __future__ import annotations

import os
from pathlib import Path
from zlib import crc32

import pytest
from mutations import KINDS, Defect, defects
from mutations.draft import RULEBOOK, Draft

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path for path in (REPOSITORY / "samples" / "drafts").iterdir() if path.suffix in (".txt", ".md"))
PLANS = sorted((REPOSITORY / "tests" / "plans").glob("*.txt"))
CORPUS = REPOSITORY.parent / "shared" / "corpus"
RULES = frozenset(rule.id for rule in RULEBOOK.rules)
ENOUGH = {"samples": 5, "plans": 1}
"""How many defects of a kind are put into the samples, and into the other plans."""

PER_YEAR = "target-conflict leaves alone two values of a target that has no year but 每年, 每周"
TWO_UNITS = "县应急局县科协 (、 is missing) is taken for one unit, and nobody asks which"
SHORT_PHRASE = "repeated-phrase leaves alone a phrase of six or seven characters that stands twice in a row"
LEVEL = "replaced-word knows some terms only (智慧城市), not 城市 itself, which no plan writes 城县"
PREFIX = "unit-prefix, unit-name: 发改局 stands among names that all repeat the prefix, 区发改局 elsewhere"
OTHER_ANNEX = "attachments: a plan with one annex may speak of 附件9"

MISSED = {
    "separator-missing-hegu-science-47": TWO_UNITS,
    "separator-missing-science-dashes-city-49": TWO_UNITS,
    "two-values-for-one-target-hegu-science-61": PER_YEAR,
    "two-values-for-one-target-qinglan-science-167": PER_YEAR,
    "two-values-for-one-target-yunxiu-reading-83": PER_YEAR,
    "two-values-for-one-target-science-dashes-city-127": PER_YEAR,
    "annex-missing-yunxiu-reading-19": OTHER_ANNEX,
    "unit-with-two-characters-swapped-jichuan-care-49": "unit-unknown does not see 市政民局 beside 市民政局",
    "word-of-a-level-replaced-songyang-safety-59": LEVEL,
    "word-of-a-level-replaced-jinglan-science-39": LEVEL,
    "word-of-a-level-replaced-yunxiu-reading-19": LEVEL,
    "word-of-a-level-replaced-yunxi-science-155": LEVEL,
    "word-of-a-level-replaced-tourism-two-plans-city-40": LEVEL,
    "phrase-doubled-qinglan-science-19": SHORT_PHRASE,
    "prefix-left-out-behind-a-comma-yunxi-science-79": PREFIX,
    "prefix-left-out-behind-a-comma-linpu-science-55": PREFIX,
}
"""Cases that the checker does not find, and why that is its mistake: for it to be mended, not to stay."""
MISSED_KINDS = {
    "two-words-of-lead": "clause-form reads 甲局牵头，乙局、丙局等单位牵头 as a clause like any other",
    "word-of-support-missing": "clause-form reads 甲局牵头，乙局、丙局 as a clause like any other",
    "comma-behind-lead-missing": "clause-form reads 甲局牵头乙局、丙局配合 as a clause like any other",
    "another-five-year-plan": "period-agrees reads headings and goals only, not “十五五”时期 in the preamble",
    "other-title-in-the-text-of-the-notice": "title-agrees reads the title of the notice only, not its text",
    "number-with-a-short-year": "doc-number does not take 国发〔21〕9号 for a number",
    "number-without-its-last-word": "doc-number does not take 国发〔2021〕9 for a number",
    "every-province": "copied-from-superior does not know 各省（自治区、直辖市）要……",
    "own-government-told-to-draw-up-a-local-plan": "copied-from-superior reads the beginning of a paragraph only",
    "sense-of-gain-bent": "fixed-phrase does not see 获得感、幸福感、满意感",
    "sense-of-safety-missing": "fixed-phrase does not see 获得感、幸福感、幸福感",
    "regions-called-international": "sensitive-wording does not see 与港澳台等国家和地区",
    "full-width-space-inside-a-word": "stray-space sees half-width spaces only",
    "page-number-in-a-sentence": "page-residue does not see - 5 - between two characters of a sentence",
    "annex-removed": "attachments: the line 附件：…… is left of an annex that is gone",
}
"""The same where it misses every defect of a kind."""
MISSED_IN_REAL_PLANS = {
    "separator-missing": TWO_UNITS,
    "two-values-for-one-target": PER_YEAR,
    "word-of-a-level-replaced": LEVEL,
    "prefix-left-out-behind-a-comma": PREFIX,
    "small-word-doubled": "repeated-word does not see a doubled 和 or 的 everywhere",
    "phrase-doubled": SHORT_PHRASE,
}
"""The same for kinds some of whose defects it misses in the real plans."""


def cases() -> list[Defect]:
    """Return defects of every kind in the samples and in other plans, each in another draft."""
    return [*some(SAMPLES, ENOUGH["samples"]), *some(PLANS, ENOUGH["plans"])]


def some(paths: list[Path], enough: int) -> list[Defect]:
    """Return up to ``enough`` defects of each kind; which drafts they are in differs from kind to kind."""
    of_kind: dict[str, list[Defect]] = {}
    for path in paths:
        for case in defects(Draft.read(path)):
            of_kind.setdefault(case.kind, []).append(case)
    return [
        case
        for kind, made in of_kind.items()
        for case in sorted(made, key=lambda one: crc32(f"{one.draft.name} {kind}".encode()))[:enough]
    ]


def to_be_mended(case: Defect) -> list[pytest.MarkDecorator]:
    """Return the mark of a case in which the checker is known to be wrong."""
    reason = MISSED.get(str(case)) or MISSED_KINDS.get(case.kind)
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []


CASES = cases()


@pytest.mark.parametrize("case", [pytest.param(one, id=str(one), marks=to_be_mended(one)) for one in CASES])
def test_a_defect_is_found(case: Defect) -> None:
    if not case.found():
        skip_if_rules_are_still_to_be_written(case.rules)
        pytest.fail(not_found(case))


def skip_if_rules_are_still_to_be_written(rules: tuple[str, ...]) -> None:
    """Skip a case that a rule is to find which is not in the rulebook yet. To go when all rules are there."""
    missing = [rule for rule in rules if rule not in RULES]
    if missing:
        pytest.skip(f"not in the rulebook yet: {', '.join(missing)}")


def not_found(case: Defect) -> str:
    """Return what to look at: the changed lines, what was to be said of them and what is."""
    before, after = set(case.draft.source.split("\n")), case.text.split("\n")
    changed = [f"{number}: {line}" for number, line in enumerate(after, start=1) if line.strip() and line not in before]
    said = [f"{one.line}: {one.rule} {one.message}" for one in case.new_violations()]
    where = "anywhere" if case.lines is None else f"at lines {case.lines.start} to {case.lines.stop - 1}"
    return "\n".join([f"none of {', '.join(case.rules)} {where}", *changed[:6], "what is new:", *(said or ["nothing"])])


@pytest.fixture(scope="module")
def real_plans() -> list[Draft]:
    """Return the real plans beside the repository; without them the tests are skipped."""
    paths = sorted(CORPUS.glob("*.txt"))
    if not paths:
        if os.environ.get("CI") == "true":
            pytest.fail("../shared is missing: in CI this test has to run")
        pytest.skip("../shared is not here: no real plans to put defects into")
    return [Draft.read(path) for path in paths]


@pytest.mark.parametrize("number", range(5))
def test_defects_in_a_real_plan_are_found(number: int, real_plans: list[Draft]) -> None:
    """Each kind goes into two of the five, which keeps the test quick; no text of them is kept here."""
    known = {*MISSED_KINDS, *MISSED_IN_REAL_PLANS}
    kinds = [kind for rank, kind in enumerate(KINDS) if (rank + number) % 5 < 2 and kind not in known]
    made = [case for case in defects(real_plans[number]) if case.kind in kinds and RULES.issuperset(case.rules)]
    assert made
    assert [str(case) for case in made if not case.found()] == []


def test_there_are_cases_of_every_kind() -> None:
    assert sorted(KINDS) == sorted({case.kind for case in CASES})


def test_a_draft_without_a_defect_has_nothing_new() -> None:
    for path in SAMPLES:
        draft = Draft.read(path)
        case = Defect("none", draft, draft.source, (), 1, None)
        assert case.new_violations() == []


def test_cases_that_are_to_be_mended_exist() -> None:
    assert set(MISSED) <= {str(case) for case in CASES}
    assert set(MISSED_KINDS) <= set(KINDS)
