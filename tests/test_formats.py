"""The same findings: a draft says the same in every format, and so is found to have the same slips."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from formats import numbered_word_file, pdf_files, web_page, word_file
from libreoffice import SOFFICE, needs_writer

from checker.engine import Review, check_text
from checker.host import host
from checker.model import Text, Violation
from checker.parser import parse_text
from checker.plain_text import read as read_text
from checker.reader import read

SAMPLES = {
    path.stem: path for path in sorted((Path(__file__).parent.parent / "samples" / "drafts").glob("*.[tm][xd]*"))
}

UNWRAPPED = {
    # A Word file and a web page hold whole paragraphs: the blank line in the middle of one is gone.
    "gongwen/broken-paragraph": 1,
}
UNFURNISHED = {
    **UNWRAPPED,
    # What web pages have around a text (字号：大 中 小, 打印本页) is known for what it is, and not read.
    "gongwen/page-residue": 1,
}
Finding = tuple[str, str | None]


@cache
def sample(name: str) -> Text:
    path = SAMPLES[name]
    return read_text(path.read_bytes(), path.suffix)


def findings(text: Text) -> Counter[Finding]:
    """Return rule and section of each violation; whether fonts are those of the standard is a question of its own."""
    return Counter((one.rule, one.section) for one in violations(text) if not one.rule.startswith("gongwen/layout-"))


def violations(text: Text) -> tuple[Violation, ...]:
    return check_text(text, "draft", Review()).violations


def differences(name: str, data: bytes, suffix: str) -> dict[str, int]:
    """Return by rule how many findings there are more in the text than in another format; fewer are negative."""
    was, now = findings(sample(name)), findings(read(data, f"draft{suffix}", host().readers))
    found: Counter[str] = Counter()
    for finding, number in was.items():
        found[finding[0]] += number - now[finding]
    for finding in now.keys() - was.keys():
        found[finding[0]] -= now[finding]
    return {rule: number for rule, number in found.items() if number}


def expected(name: str, made: dict[str, int] = UNWRAPPED) -> dict[str, int]:
    """Return those of the differences which a format makes that a draft can show."""
    rules = {rule for rule, _ in findings(sample(name))}
    return {rule: number for rule, number in made.items() if rule in rules}


@pytest.mark.parametrize("name", SAMPLES)
class TestTheSameFindings:
    def test_in_a_word_file_with_typed_numbers(self, name: str) -> None:
        assert differences(name, word_file(parse_text(sample(name))), ".docx") == expected(name)

    def test_in_a_word_file_with_automatic_numbers(self, name: str) -> None:
        assert differences(name, numbered_word_file(parse_text(sample(name))), ".docx") == expected(name)

    def test_in_a_web_page(self, name: str) -> None:
        assert differences(name, web_page(parse_text(sample(name))), ".html") == expected(name, UNFURNISHED)

    @needs_writer
    def test_in_a_pdf(self, name: str, pdfs: dict[str, bytes]) -> None:
        assert differences(name, pdfs[name], ".pdf") == expected(name)


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The samples as PDF, all made at once."""
    assert SOFFICE is not None
    files = {name: word_file(parse_text(sample(name))) for name in SAMPLES}
    return pdf_files(SOFFICE, files, tmp_path_factory.mktemp("pdf"))


@pytest.mark.parametrize("name", SAMPLES)
def test_automatic_numbers_are_in_no_text_of_the_word_file_and_yet_are_read(name: str) -> None:
    plan = parse_text(sample(name))
    text = read(numbered_word_file(plan), "draft.docx", host().readers)
    again = parse_text(text)
    assert [section.label for section in again.sections] == [section.label for section in plan.sections]
    assert [section.title for section in again.sections] == [section.title for section in plan.sections]
    assert [measure.label for measure in again.measures] == [measure.label for measure in plan.measures]


@pytest.mark.parametrize("name", SAMPLES)
def test_what_plancheck_writes_is_laid_out_as_the_standard_wants(name: str) -> None:
    text = read(word_file(parse_text(sample(name))), "draft.docx", host().readers)
    assert [one for one in violations(text) if one.rule.startswith("gongwen/layout-")] == []
