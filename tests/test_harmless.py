"""Changes that leave a plan what it is change nothing of what is reported of it.

Line ends, encodings, wrapping, indentation, widths of signs and marks of Markdown are no
business of the packs plan and science-literacy: each report stays the same but for its lines.
"""

from __future__ import annotations

import codecs
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from mutations.draft import RULEBOOK, Draft
from mutations.harmless import CHANGES

from checker.engine import Selection, check_plan
from checker.host import host
from checker.model import Violation
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.reader import read

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path for path in (REPOSITORY / "samples" / "drafts").iterdir() if path.suffix in (".txt", ".md"))
PLANS = sorted((REPOSITORY / "tests" / "plans").glob("*.txt"))
CORPUS = REPOSITORY.parent / "shared" / "corpus"
DRAFTS = {path.stem: Draft.read(path) for path in (*SAMPLES, *PLANS)}
FEWER = 3
"""Of the plans that are no samples each goes through every third change: there are many."""
PACKS = ("plan/", "science-literacy/")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
MARKS = {codecs.lookup("utf-16-le").name: codecs.BOM_UTF16_LE, codecs.lookup("utf-16-be").name: codecs.BOM_UTF16_BE}

TITLE = "the first line of a wrapped item is taken for its title, so that one that fits on a line seems to lack one"
ALONE = "the first line of a wrapped item is taken for a heading of its own"
JOINED = "lines wrapped at 30 with every paragraph indented are not joined: the period, title and clause are cut off"

CHANGED = {
    "wrapped-at-28-lanxi-greening": ALONE,
    "wrapped-at-30-with-indentation-lanxi-greening": ALONE,
    "wrapped-at-28-burning-long-headings-county": ALONE,
    "wrapped-at-30-with-indentation-safety-mixed-county": JOINED,
    "wrapped-at-28-bicycles-campaign-county": TITLE,
    "wrapped-at-30-with-indentation-bicycles-campaign-county": TITLE,
    "wrapped-at-36-bicycles-campaign-county": TITLE,
    "wrapped-at-36-with-indentation-by-spaces-bicycles-campaign-county": TITLE,
    "wrapped-at-40-with-indentation-bicycles-campaign-county": TITLE,
    "wrapped-at-36-with-pages-bicycles-campaign-county": TITLE,
}
"""Cases in which a report does change, and how: for the checker to be mended, not to stay."""
CHANGED_IN_REAL_PLANS: dict[str, str] = {}
"""The same for the real plans."""

Reported = Counter[tuple[str, str, str, str]]


def folded(words: str) -> str:
    """Return words without white space and marks of Markdown, in one width."""
    narrow = words.translate({0xFF01 + code: 0x21 + code for code in range(94)})
    return re.sub(r"[\s\u00a0\u200b\u00ad#*]", "", re.sub("[—–－~-]+", "-", re.sub("[“”]", '"', narrow)))


def reported(violations: tuple[Violation, ...]) -> Reported:
    """Return what is reported by the two packs, without its lines."""
    return Counter(
        (one.rule, one.severity, one.section or "", folded(one.message))
        for one in violations
        if one.rule.startswith(PACKS)
    )


WITHOUT_OTHER_PACKS = Selection(ignore=tuple({rule.pack for rule in RULEBOOK.rules if not rule.id.startswith(PACKS)}))
"""Every rule but those of the other packs, which look at the writing itself."""


def of_text(source: str) -> Reported:
    """Return what is reported of a text."""
    return reported(check_plan(parse_text(from_string(source)), "draft", RULEBOOK, WITHOUT_OTHER_PACKS).violations)


def of_bytes(data: bytes) -> Reported:
    """Return what is reported of the bytes of a file."""
    text = read(data, "draft.txt", host().readers)
    return reported(check_plan(parse_text(text), "draft.txt", RULEBOOK, WITHOUT_OTHER_PACKS).violations)


def difference(before: Reported, after: Reported) -> list[str]:
    """Return what is reported no longer, and what is reported anew."""
    gone = [f"- {rule} {section} {message}" for rule, _, section, message in (before - after).elements()]
    return gone + [f"+ {rule} {section} {message}" for rule, _, section, message in (after - before).elements()]


def to_be_mended(case: str, known: dict[str, str]) -> list[pytest.MarkDecorator]:
    """Return the mark of a case in which the checker is known to be wrong."""
    return [pytest.mark.xfail(strict=True, reason=known[case])] if case in known else []


def cases() -> list[object]:
    """Return every harmless change of every sample, and some of every other plan."""
    return [
        pytest.param(name, change, id=f"{change}-{name}", marks=to_be_mended(f"{change}-{name}", CHANGED))
        for rank, name in enumerate(DRAFTS)
        for number, change in enumerate(CHANGES)
        if rank < len(SAMPLES) or (rank + number) % FEWER == 0 or f"{change}-{name}" in CHANGED
    ]


def changes_of_real_plans() -> list[object]:
    """Return every harmless change."""
    return [pytest.param(one, id=one, marks=to_be_mended(one, CHANGED_IN_REAL_PLANS)) for one in CHANGES]


@pytest.mark.parametrize(("name", "change"), cases())
def test_a_harmless_change_changes_no_report(name: str, change: str) -> None:
    assert changed(DRAFTS[name], change) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", list(DRAFTS)[: len(SAMPLES)])
def test_an_encoding_changes_no_report(name: str, encoding: str) -> None:
    draft = DRAFTS[name]
    data = MARKS.get(codecs.lookup(encoding).name, b"") + draft.source.encode(encoding)
    assert difference(reported(draft.report.violations), of_bytes(data)) == []


@pytest.mark.parametrize("change", changes_of_real_plans())
def test_a_harmless_change_changes_no_report_of_a_real_plan(change: str, real_plans: list[Draft]) -> None:
    found = {one.name: lines for one in real_plans if (lines := changed(one, change))}
    assert found == {}


@pytest.fixture(scope="module")
def real_plans() -> list[Draft]:
    """Return the real plans beside the repository; without them the tests are skipped."""
    paths = sorted(CORPUS.glob("*.txt"))
    if not paths:
        if os.environ.get("CI") == "true":
            pytest.fail("../shared is missing: in CI this test has to run")
        pytest.skip("../shared is not here: no real plans to change")
    return [Draft.read(path) for path in paths]


def changed(draft: Draft, change: str) -> list[str]:
    """Return how the report of a draft changes."""
    return difference(reported(draft.report.violations), of_text(CHANGES[change](draft)))


def test_every_harmless_change_changes_the_text_of_some_sample() -> None:
    idle = [name for name, change in CHANGES.items() if all(change(one) == one.source for one in DRAFTS.values())]
    assert idle == []


def test_cases_that_are_to_be_mended_exist() -> None:
    assert set(CHANGED) <= {f"{change}-{name}" for change in CHANGES for name in DRAFTS}
    assert set(CHANGED_IN_REAL_PLANS) <= set(CHANGES)
