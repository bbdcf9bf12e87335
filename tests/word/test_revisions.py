"""Tracked changes: a document is read as it is with all of them accepted, or as it was before."""

from __future__ import annotations

import pytest

from word.documents import in_list, level, lines, numbering, paragraph, run, table, texts, word_document


def deleted(text: str) -> str:
    return f"<w:del>{run(text).replace('w:t', 'w:delText')}</w:del>"


def inserted(text: str) -> str:
    return f"<w:ins>{run(text)}</w:ins>"


def gone(mark: str, inner: str, more: str = "") -> str:
    """Return a paragraph whose mark bears a tracked change."""
    return f"<w:p><w:pPr>{more}<w:rPr><w:{mark}/></w:rPr></w:pPr>{inner}</w:p>"


@pytest.mark.parametrize(
    ("body", "accepted", "original"),
    [
        (f"<w:p>{run('建')}{deleted('旧')}{inserted('新')}{run('馆')}</w:p>", ["建新馆"], ["建旧馆"]),
        (
            f"<w:p><w:moveTo>{run('甲')}</w:moveTo>{run('乙')}<w:moveFrom>{run('丙')}</w:moveFrom></w:p>",
            ["甲乙"],
            ["乙丙"],
        ),
        (f"<w:p>{run('建')}<w:ins>{deleted('没有留下')}</w:ins>{run('馆')}</w:p>", ["建馆"], ["建馆"]),
        (gone("del", run("建设")) + paragraph("书香县"), ["建设书香县"], ["建设", "书香县"]),
        (gone("ins", run("建设")) + paragraph("书香县"), ["建设", "书香县"], ["建设书香县"]),
        (gone("del", deleted("全删")) + paragraph("书香县"), ["书香县"], ["全删", "书香县"]),
        (gone("ins", inserted("全加")) + paragraph("书香县"), ["全加", "书香县"], ["书香县"]),
        (gone("del", run("甲")) + gone("del", run("乙")) + paragraph("丙"), ["甲乙丙"], ["甲", "乙", "丙"]),
        (gone("del", run("甲")) + table(("乙", "丙")), ["甲", "| 乙 | 丙 |"], ["甲", "| 乙 | 丙 |"]),
        (gone("del", deleted("甲")) + table(("乙", "丙")), ["| 乙 | 丙 |"], ["甲", "| 乙 | 丙 |"]),
        (paragraph("甲") + gone("del", run("乙")), ["甲", "乙"], ["甲", "乙"]),
    ],
)
def test_one_side_is_read(body: str, accepted: list[str], original: list[str]) -> None:
    assert texts(body) == accepted
    assert texts(body, original=True) == original


def test_rows_and_cells() -> None:
    def row(*cells: str, change: str = "") -> str:
        said = f"<w:trPr><w:{change}/></w:trPr>" if change else ""
        return f"<w:tr>{said}{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    extra = "<w:tcPr><w:cellDel/></w:tcPr>" + paragraph("旧列")
    body = "<w:tbl>" + row(paragraph("甲"), paragraph("乙"), extra)
    body += row(paragraph("旧"), paragraph("行"), change="del") + row(paragraph("新"), paragraph("行"), change="ins")
    assert texts(body + "</w:tbl>") == ["| 甲 | 乙 |", "| 新 | 行 |"]
    assert texts(body + "</w:tbl>", original=True) == ["| 甲 | 乙 | 旧列 |", "| 旧 | 行 |"]


def test_joined_paragraphs_are_what_the_last_of_them_is() -> None:
    body = gone("del", run("建设"), in_list(1)) + paragraph("书香县", '<w:outlineLvl w:val="1"/>') + paragraph("下")
    found = lines(word_document(body, numbering=numbering(level(0, "decimal", "%1."))))
    assert [(written.line.text, written.line.heading) for written in found] == [("建设书香县", 2), ("下", 0)]
    assert [written.line.places[0][1].paragraph for written in found] == [1, 2]
    assert len(found[0].pieces) == 2


def test_what_is_deleted_is_not_counted() -> None:
    body = gone("del", deleted("旧"), in_list(1)) + paragraph("文", in_list(1))
    list_ = numbering(level(0, "decimal", "%1."))
    assert texts(body, numbering=list_) == ["1.文"]
    assert texts(body, original=True, numbering=list_) == ["1.旧", "2.文"]


def test_a_change_of_the_list_is_a_tracked_change() -> None:
    change = f"<w:pPrChange><w:pPr>{in_list(1)}</w:pPr></w:pPrChange>"
    body = paragraph("文", change)
    list_ = numbering(level(0, "decimal", "%1."))
    assert (texts(body, numbering=list_), texts(body, original=True, numbering=list_)) == (["文"], ["1.文"])


def test_a_heading_whose_mark_only_parts_two_styles_goes_on() -> None:
    parted = f"<w:p><w:pPr><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr>{run('（一）指导思想。')}</w:p>"
    assert texts(parted + paragraph("以建设书香县为目标。")) == ["（一）指导思想。以建设书香县为目标。"]


def test_a_number_that_a_tracked_change_has_put_in_was_not_there_before() -> None:
    list_ = in_list(1).replace("</w:numPr>", '<w:ins w:id="1" w:author="甲"/></w:numPr>')
    parts = {"numbering": numbering(level(0, "decimal", "%1."))}
    assert texts(paragraph("建馆", list_), **parts) == ["1.建馆"]
    assert texts(paragraph("建馆", list_), original=True, **parts) == ["建馆"]
