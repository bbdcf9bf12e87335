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

from checker.engine import check_plan
from checker.host import host
from checker.model import Violation
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.reader import read
from mutations.draft import RULEBOOK, Draft
from mutations.harmless import CHANGES

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path for path in (REPOSITORY / "samples" / "drafts").iterdir() if path.suffix in (".txt", ".md"))
CORPUS = REPOSITORY.parent / "shared" / "corpus"
DRAFTS = {path.stem: Draft.read(path) for path in SAMPLES}
PACKS = ("plan/", "science-literacy/")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
MARKS = {codecs.lookup("utf-16-le").name: codecs.BOM_UTF16_LE, codecs.lookup("utf-16-be").name: codecs.BOM_UTF16_BE}

CHANGED: dict[str, str] = {}
"""Cases in which a report does change, and how: for the checker to be mended, not to stay."""

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


def of_text(source: str) -> Reported:
    """Return what is reported of a text."""
    return reported(check_plan(parse_text(from_string(source)), "draft", RULEBOOK).violations)


def of_bytes(data: bytes) -> Reported:
    """Return what is reported of the bytes of a file."""
    text = read(data, "draft.txt", host().readers)
    return reported(check_plan(parse_text(text), "draft.txt", RULEBOOK).violations)


def difference(before: Reported, after: Reported) -> list[str]:
    """Return what is reported no longer, and what is reported anew."""
    gone = [f"- {rule} {section} {message}" for rule, _, section, message in (before - after).elements()]
    return gone + [f"+ {rule} {section} {message}" for rule, _, section, message in (after - before).elements()]


def cases() -> list[object]:
    return [
        pytest.param(name, change, id=case, marks=_mended(case))
        for name in DRAFTS
        for change in CHANGES
        if (case := f"{change}-{name}")
    ]


def _mended(case: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True, reason=CHANGED[case])] if case in CHANGED else []


@pytest.mark.parametrize(("name", "change"), cases())
def test_a_harmless_change_changes_no_report(name: str, change: str) -> None:
    draft = DRAFTS[name]
    assert difference(reported(draft.report.violations), of_text(CHANGES[change](draft))) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", DRAFTS)
def test_an_encoding_changes_no_report(name: str, encoding: str) -> None:
    draft = DRAFTS[name]
    data = MARKS.get(codecs.lookup(encoding).name, b"") + draft.source.encode(encoding)
    assert difference(reported(draft.report.violations), of_bytes(data)) == []


@pytest.mark.parametrize("change", CHANGES)
def test_a_harmless_change_changes_no_report_of_a_real_plan(change: str) -> None:
    found = {path.stem: lines for path in _real_plans() if (lines := _changed(Draft.read(path), change))}
    assert found == {}


def _real_plans() -> list[Path]:
    """Return the real plans beside the repository; the test is skipped where they are not at hand."""
    paths = sorted(CORPUS.glob("*.txt"))
    if not paths:
        if os.environ.get("CI") == "true":
            pytest.fail("../shared is missing: in CI this test has to run")
        pytest.skip("../shared is not here: no real plans to change")
    return paths


def _changed(draft: Draft, change: str) -> list[str]:
    return difference(reported(draft.report.violations), of_text(CHANGES[change](draft)))


def test_every_harmless_change_changes_the_text_of_some_sample() -> None:
    idle = [name for name, change in CHANGES.items() if all(change(one) == one.source for one in DRAFTS.values())]
    assert idle == []


def test_cases_that_are_to_be_mended_exist() -> None:
    known = {f"{change}-{name}" for change in CHANGES for name in DRAFTS}
    assert set(CHANGED) <= known
