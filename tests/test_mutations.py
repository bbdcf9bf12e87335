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
from mutations.draft import Draft

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path for path in (REPOSITORY / "samples" / "drafts").iterdir() if path.suffix in (".txt", ".md"))
PLANS = sorted((REPOSITORY / "tests" / "plans").glob("*.txt"))
CORPUS = REPOSITORY.parent / "shared" / "corpus"
ENOUGH = {"samples": 5, "plans": 1}
"""How many defects of a kind are put into the samples, and into the other plans."""

OF_EACH = "target-conflict takes a metric of few words for another in each paragraph, as 产业规模 of each industry"
LEVEL = "replaced-word knows 城市 behind the words that stand before it most often: 棠城县 is a place"

MISSED = {
    "two-values-for-one-target-yunxiu-reading-83": OF_EACH,
    "two-values-for-one-target-science-dashes-city-127": OF_EACH,
    "word-of-a-level-replaced-songyang-safety-59": LEVEL,
    "word-of-a-level-replaced-yunxiu-reading-19": LEVEL,
}
"""Cases that the checker does not find, and why."""
MISSED_KINDS = {
    "annex-removed": "attachments: the line 附件：…… is left; the annex may be a file of its own",
}
"""The same where it misses every defect of a kind."""
MISSED_IN_REAL_PLANS = {
    "two-values-for-one-target": "target-conflict cannot tell of a target without a noun what it is of",
    "word-of-a-level-replaced": LEVEL,
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
    assert case.found(), not_found(case)


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
    made = [case for case in defects(real_plans[number]) if case.kind in kinds]
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
