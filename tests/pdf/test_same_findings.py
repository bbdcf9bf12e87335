"""What is found in a plan as text is found in it as a PDF: the same violations in the same sections."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from libreoffice import SOFFICE

from checker.engine import Review, check_text
from checker.host import host
from checker.model import Paragraph, Text
from checker.reader import read
from pdf.printing import pages_of, printed, set_in_lines

REPOSITORY = Path(__file__).resolve().parent.parent.parent
SAMPLES = sorted((REPOSITORY / "samples" / "drafts").glob("*.txt"))
OF_THE_FILE = ("gongwen/page-residue", "gongwen/broken-paragraph")
"""What an author left in the text file, by copying it from a page, a person who sets it in Word joins again."""
OF_LAYOUT = "gongwen/layout-"
"""A text file has none."""
POPPLER = shutil.which("pdftocairo")
Found = Counter[tuple[str, str | None, str]]


@lru_cache(maxsize=1)
def review() -> Review:
    return Review()


def found(text: Text) -> Found:
    """Return what is found in a text, without its places."""
    report = check_text(text, "draft", review())
    assert report.error is None
    return Counter(
        (one.rule, one.section, re.sub(r"\s", "", one.message))
        for one in report.violations
        if one.rule not in OF_THE_FILE and not one.rule.startswith(OF_LAYOUT)
    )


def of(path: Path) -> Text:
    return read(path.read_bytes(), path.name, host().readers)


def paragraphs(text: Text) -> list[str]:
    """Return the paragraphs of a text as a person would set them, gaps among them."""
    return [_as_set(paragraph) for paragraph in text.paragraphs if not paragraph.layout]


def _as_set(paragraph: Paragraph) -> str:
    parts, at = [], 0
    for index, columns in paragraph.gaps:
        parts += paragraph.text[at:index], "\u3000" * max(1, columns // 2)
        at = index
    return "".join([*parts, paragraph.text[at:]])


# Without indents a title that fills its line goes on in the next, for a reader as for a person: none does at 25.
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize(("indent", "characters"), [(2, 27), (2, 22), (0, 25)])
def test_set_in_lines(sample: Path, indent: int, characters: int) -> None:
    text = of(sample)
    pages = pages_of(set_in_lines(paragraphs(text), indent, characters), "棠城县文件汇编")
    assert found(read(printed(*pages), "draft.pdf", host().readers)) == found(text)


# --------------------------------------------------------------- as other programs write it

IN_WORD = [path for path in SAMPLES if path.stem in ("baisha-health", "linpu-science", "qinglan-science")]


def word_file(text: Text, path: Path) -> None:
    """Write a text as a Word file: first lines indented, a running header, page numbers in the footer."""
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header.paragraphs[0].text = "棠城县文件汇编"
    number = section.footer.paragraphs[0].add_run()
    for kind, code in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:instrText" if code else "w:fldChar")
        if code:
            element.text = code
        else:
            element.set(qn("w:fldCharType"), kind)
        number._element.append(element)
    for words in paragraphs(text):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(32)
        paragraph.paragraph_format.line_spacing = Pt(28)
        run = paragraph.add_run(words)
        run.font.size = Pt(16)
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")
    document.save(str(path))


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the PDFs that LibreOffice makes of Word files of the samples."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("pdfs")
    for sample in IN_WORD:
        word_file(of(sample), folder / f"{sample.stem}.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, folder.glob("*.docx"))], capture_output=True, timeout=120, check=True)
    if not list(folder.glob("*.pdf")):
        pytest.skip("LibreOffice has no Writer")
    return folder


@pytest.mark.parametrize("sample", IN_WORD, ids=lambda path: path.stem)
def test_made_by_libreoffice(sample: Path, pdfs: Path) -> None:
    text = of(pdfs / f"{sample.stem}.pdf")
    assert found(text) == found(of(sample))
    pages = {place.page for _, place in text.places}
    assert len(pages) > 3
    assert len(text.furniture) == 2 * len(pages)  # a header and a number on each


@pytest.mark.skipif(POPPLER is None, reason="poppler is not installed")
def test_made_by_poppler(pdfs: Path, tmp_path: Path) -> None:
    for sample in IN_WORD:
        made = tmp_path / f"{sample.stem}.pdf"
        subprocess.run([str(POPPLER), "-pdf", str(pdfs / made.name), str(made)], timeout=60, check=True)
        assert found(of(made)) == found(of(sample))


def test_what_is_found_in_a_pdf_has_its_page() -> None:
    text = of(next(path for path in SAMPLES if path.stem == "qinglan-science"))
    pages = pages_of(set_in_lines(paragraphs(text)), "棠城县文件汇编")
    report = check_text(read(printed(*pages), "draft.pdf", host().readers), "draft.pdf", review())
    assert report.violations
    for violation in report.violations:
        assert violation.place is not None
        assert 1 <= violation.place.page <= len(pages)
        assert violation.place.line >= 1
