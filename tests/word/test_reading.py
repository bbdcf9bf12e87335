"""A Word document is read as the same plan in plain text is."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import docx
import pytest
from libreoffice import needs_writer

from checker import extras, plain_text
from checker.model import Place, Plan, Text
from checker.numerals import number
from checker.parser import parse_text
from checker.plugins.word import plancheck_readers
from checker.problems import Unreadable
from checker.testing.readers import assert_reader_conforms
from word.documents import as_text, in_list, level, lines, numbering, paragraph, run, table, word_document

READER = plancheck_readers()[0]
DRAFTS = sorted((Path(__file__).parents[2] / "samples" / "drafts").glob("*.txt"))
GONGWEN = numbering(
    level(0, "chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>'),
    level(1, "chineseCountingThousand", "（%2）", '<w:suff w:val="nothing"/>'),
    level(2, "decimal", "%3.", '<w:suff w:val="space"/>'),
    level(3, "decimal", "（%4）"),
)
_LABELS = [
    re.compile(label)
    for label in (
        "([一二三四五六七八九十]+)、",
        "（([一二三四五六七八九十]+)）",
        r"([0-9]+)\.(?![0-9])",
        "（([0-9]+)）",
    )
]


def in_word(plan: str) -> bytes:
    """Return a plan as a Word document, its labels as the numbers of a list.

    A label that does not follow from the one before is set to its number, as Word does it: by a list of its own.
    """
    body, lists, last_list = "", "", 1
    counted = [0] * len(_LABELS)
    for written in plan.splitlines():
        text = written.strip(" \u3000")
        at, label = next(((at, found) for at, form in enumerate(_LABELS) if (found := form.match(text))), (0, None))
        if label is None:
            body += paragraph(text)
            continue
        counted = [max(1, above) for above in counted[:at]] + [counted[at] + 1] + [0] * (len(_LABELS) - at - 1)
        list_id = 1
        if (value := number(label[1])) != counted[at]:
            list_id = last_list = last_list + 1
            counted[at] = value
            lists += (
                f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="{at}">'
                f'<w:startOverride w:val="{value}"/></w:lvlOverride></w:num>'
            )
        body += paragraph(text[label.end() :], in_list(list_id, at))
    return word_document(body, numbering=GONGWEN + lists)


def read(data: bytes) -> Text:
    text: Text = READER.read(data, ".docx")
    return text


def plan_of(body: str, **parts: str) -> Plan:
    return parse_text(read(word_document(body, **parts)))


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: draft.stem)
def test_samples_with_automatic_numbers_are_read_as_with_typed_ones(draft: Path) -> None:
    plain = plain_text.read(draft.read_bytes(), ".txt")
    text = read(in_word(plain.source))
    assert [p.text for p in text.paragraphs if p.text] == [p.text for p in plain.paragraphs if p.text]
    typed, automatic = parse_text(plain), parse_text(text)
    assert [s.id for s in automatic.sections] == [s.id for s in typed.sections]
    assert [m.title for m in automatic.measures] == [m.title for m in typed.measures]


@needs_writer
def test_samples_are_read_as_libreoffice_shows_them(tmp_path: Path) -> None:
    documents = [tmp_path / f"{draft.stem}.docx" for draft in DRAFTS]
    for draft, document in zip(DRAFTS, documents, strict=True):
        document.write_bytes(in_word(plain_text.read(draft.read_bytes(), ".txt").source))
    for document, shown in zip(documents, as_text(documents, tmp_path), strict=True):
        read = [written.line.text for written in lines(document.read_bytes())]
        assert bare(shown.splitlines()) == bare(read), document.stem


def bare(shown: list[str]) -> list[str]:
    """Return lines without white space, and none that are empty."""
    return [words for line in shown if (words := "".join(line.split()))]


def test_the_reader_conforms() -> None:
    made = docx.Document()
    made.add_heading("棠城县全民阅读实施方案", 0)
    made.add_paragraph("一、总体要求")
    made.add_paragraph("建设书香县。").add_run("到2026年建成100个书角。").bold = True
    made.add_paragraph("新建书角", style="List Number")
    grid = made.add_table(2, 2)
    for row, words in zip(grid.rows, (("任务", "牵头单位"), ("建好书角", "县教育局")), strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    data = BytesIO()
    made.save(data)
    text = assert_reader_conforms(READER, data.getvalue(), ".docx")
    assert text.format == "docx"
    assert [p.text for p in text.paragraphs if p.text] == [
        "棠城县全民阅读实施方案",
        "一、总体要求",
        "建设书香县。到2026年建成100个书角。",
        "1.新建书角",
        "|任务|牵头单位|",
        "|建好书角|县教育局|",
    ]


@pytest.mark.parametrize("draft", DRAFTS[:2], ids=lambda draft: draft.stem)
def test_the_reader_conforms_on_samples(draft: Path) -> None:
    assert_reader_conforms(READER, in_word(draft.read_text("utf-8")), ".docx")


def test_without_python_docx_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda module: None)
    with pytest.raises(Unreadable, match=r"plancheck\[docx\]"):
        read(word_document(paragraph("方案")))


def test_the_document_before_its_changes() -> None:
    old, new = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", f"<w:ins>{run('新')}</w:ins>"
    body = f"<w:p>{run('建')}{old}{new}{run('馆')}</w:p>"
    assert READER.read_original is not None
    data = word_document(body)
    assert [read(data).source, READER.read_original(data, ".docx").source] == ["建新馆\n", "建旧馆\n"]


# ------------------------------------------------------------------------------ the plan


PLAN = "".join(map(paragraph, ("棠城县全民阅读实施方案", "一、总体要求", "建设书香县。", "二、重点任务")))
TASKS = paragraph("1.建好书角。每村一个。") + paragraph("2.培训骨干。每年一期。")


def merged(inner: str, merge: str = "restart") -> str:
    return f'<w:tcPr><w:vMerge w:val="{merge}"/></w:tcPr>{inner}'


def test_a_unit_merged_over_several_rows_answers_for_each_of_them() -> None:
    sheet = table(
        ("序号", "任务", "牵头单位", "配合单位"),
        ("1", "建好书角", merged(paragraph("县教育局")), "县科协"),
        ("2", "培训骨干", merged(paragraph(), "continue"), "县妇联"),
    )
    plan = plan_of(PLAN + TASKS + paragraph("附件：任务分工表") + sheet)
    assert [(m.title, m.leads, m.supporters) for m in plan.measures] == [
        ("建好书角", ("县教育局",), ("县科协",)),
        ("培训骨干", ("县教育局",), ("县妇联",)),
    ]
    _, second = plan.clauses
    assert plan.text.place(second.span.start) == Place(table=1, row=3, cell=1)
    assert [plan.text.place(unit.span.start) for unit in second.units] == [
        Place(table=1, row=2, cell=3),
        Place(table=1, row=3, cell=4),
    ]


def test_a_heading_over_two_columns_is_found_with_those_below_it() -> None:
    over_two = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("责任分工")
    sheet = table(
        (merged(paragraph("任务")), over_two),
        (merged(paragraph(), "continue"), "牵头单位", "配合单位"),
        ("建好书角", "县教育局", "县科协"),
    )
    plan = plan_of(PLAN + TASKS + paragraph("附件：任务分工表") + sheet)
    assert [(clause.leads, clause.supporters) for clause in plan.clauses] == [(("县教育局",), ("县科协",))]


def test_units_in_paragraphs_of_their_own_in_a_cell() -> None:
    units = (
        paragraph("县教育局") + paragraph("县科协") + f"<w:p>{run('县妇联')}<w:r><w:br/></w:r>{run('县财政局')}</w:p>"
    )
    sheet = table(("任务", "牵头单位"), ("建好书角", units))
    (clause,) = plan_of(PLAN + TASKS + paragraph("附件：任务分工表") + sheet).clauses
    assert (clause.leads, clause.readable) == (("县教育局", "县科协", "县妇联", "县财政局"), True)


def test_notes_stand_in_no_section() -> None:
    """A plan whose last section is followed by a note has no measure more."""
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    task = f"<w:p>{run('2.培训骨干。每年一期。')}{reference}</w:p>"
    notes = f'<w:footnote w:id="1">{paragraph("一、骨干是指各村的阅读推广人。")}</w:footnote>'
    without = plan_of(PLAN + TASKS)
    plan = plan_of(PLAN + TASKS.replace(paragraph("2.培训骨干。每年一期。"), task), footnotes=notes)
    assert [(m.title, m.text) for m in plan.measures] == [(m.title, m.text) for m in without.measures]
    assert [section.id for section in plan.sections] == [section.id for section in without.sections]
    assert plan.text.source[plan.closing :] == "一、骨干是指各村的阅读推广人。\n"
    assert plan.text.place(plan.closing) == Place("footnote", 1, paragraph=1)


def test_notes_come_behind_a_signature() -> None:
    reference = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    foot = paragraph("棠城县人民政府") + paragraph("2024年3月18日")
    notes = f'<w:endnote w:id="1">{paragraph("见县政府公报。")}</w:endnote>'
    plan = plan_of(PLAN + f"<w:p>{run('1.建好书角。每村一个。')}{reference}</w:p>" + foot, endnotes=notes)
    assert str(plan.metadata.signed_date) == "2024-03-18"
    assert plan.text.source[plan.closing :] == "棠城县人民政府\n2024年3月18日\n见县政府公报。\n"


def test_an_imprint_set_as_a_table_is_the_foot_of_the_document() -> None:
    imprint = table(("抄送：县委办公室，县人大常委会办公室。",), ("棠城县人民政府办公室", "2024年3月19日印发"))
    foot = paragraph("棠城县人民政府") + paragraph("2024年3月18日") + imprint
    plan = plan_of(PLAN + TASKS + foot)
    assert str(plan.metadata.printed_date) == "2024-03-19"
    assert plan.measures[-1].text == plan_of(PLAN + TASKS).measures[-1].text
    assert plan.text.source.endswith("棠城县人民政府办公室　　2024年3月19日印发\n")
    assert plan.text.place(plan.text.source.index("2024年3月19日")) == Place(table=1, row=2, cell=2)


def test_a_finding_says_the_paragraph_or_the_cell() -> None:
    body = PLAN + table(("任务", "单位"), ("书角", "县教育局"))
    text = read(word_document(body))
    assert text.place(text.source.index("建设")) == Place(paragraph=3)
    assert text.place(text.source.index("县教育局")) == Place(table=1, row=2, cell=2)
    assert len(lines(word_document(body))) == len(text.line_starts)


def test_chapters_and_articles_with_automatic_numbers() -> None:
    list_ = numbering(level(0, "chineseCountingThousand", "第%1章"), level(1, "chineseCountingThousand", "第%2条"))
    body = (
        paragraph("棠城县全民阅读实施方案") + paragraph("总则", in_list(1)) + paragraph("建设书香县。", in_list(1, 1))
    )
    plan = plan_of(body, numbering=list_)
    assert (plan.sections[0].label, plan.sections[0].title) == ("第一章", "总则")
