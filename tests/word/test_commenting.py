"""Comments in a Word document, at the exact words."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from libreoffice import needs_writer
from lxml import etree

from checker.word.commenting import Comment, Words, commented
from checker.word.manuscript import Manuscript, manuscript_of
from checker.word.package import without_macros
from checker.word.reading import read
from word.documents import relationships, word_document
from word.packages import W, anchored, comments, full_document, members, with_members

MARKS = {qn(f"w:{name}") for name in ("commentRangeStart", "commentRangeEnd", "commentReference")}
SAID = (Words("错误 ", "没有写明牵头单位"), Words("规则：", "plan/lead-unit"))


def opened(data: bytes) -> tuple[str, Manuscript]:
    source = read(data, ".docx").source
    found = manuscript_of(data, source)
    assert found is not None
    return source, found


def with_comment_at(data: bytes, words: str) -> bytes:
    source, manuscript = opened(data)
    start = source.index(words)
    return commented(manuscript, [Comment(start, start + len(words), SAID)])


def of(*elements: str) -> bytes:
    """Return a document with one paragraph of runs and the like, as XML."""
    document: Any = docx.Document()
    paragraph = document.add_paragraph()
    for element in elements:
        name = element[1:].split()[0].rstrip("/>").partition(">")[0]
        paragraph._p.append(parse_xml(element.replace(f"<{name}", f"<{name} {W}", 1)))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def without_marks(data: bytes) -> bytes:
    """Return the text of a document without the marks of comments, its runs put together where they look alike."""
    root: Any = parse_xml(members(data)["word/document.xml"])
    for element in list(root.iter(*MARKS)):
        above = element.getparent()
        above.remove(element)
        if above.tag == qn("w:r") and all(one.tag == qn("w:rPr") for one in above):
            above.getparent().remove(above)
    for one in list(root.iter(qn("w:r"))):  # from the first on, so that three parts of one become one again
        before = one.getprevious()
        if before is None or before.tag != one.tag or _look(before) != _look(one):
            continue
        for element in [child for child in one if child.tag != qn("w:rPr")]:
            if element.tag == before[-1].tag == qn("w:t"):
                before[-1].text += element.text
            else:
                before.append(element)
        one.getparent().remove(one)
    for element in root.iter(qn("w:t")):
        element.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)
    return etree.tostring(root, method="c14n")


def _look(element: Any) -> bytes:
    properties = element.find(qn("w:rPr"))
    return etree.tostring(properties) if properties is not None else b""


class TestAnchors:
    @pytest.mark.parametrize(
        "words",
        [
            "棠城县全民健身实施方案",  # over two runs
            "健身实施",  # inside of both
            "一批",
            "2.办好赛事。每年办赛",  # over a comment of others and an insertion
            "每年",
            "县教育局",
        ],
    )
    def test_a_comment_stands_at_the_exact_words(self, words: str) -> None:
        made = with_comment_at(full_document(), words)
        assert anchored(made)[1].replace("［-每季度］", "") == words

    def test_one_over_several_paragraphs_begins_in_the_first_and_ends_in_the_last(self) -> None:
        source, manuscript = opened(full_document())
        start, end = source.index("工作目标"), source.index("100个") + 4
        made = commented(manuscript, [Comment(start, end, SAID)])
        assert anchored(made)[1] == "工作目标到2026年，全县体育场地达到100个"

    def test_one_on_an_automatic_number_stands_at_its_paragraph(self) -> None:
        assert anchored(with_comment_at(full_document(), "二、"))[1] == "主要任务"

    def test_one_on_a_number_and_words_stands_at_the_words(self) -> None:
        assert anchored(with_comment_at(full_document(), "二、主要"))[1] == "主要"

    @pytest.mark.parametrize(("before", "at"), [("一批场地", "一"), ("（县体育局牵头）\n", "）")])
    def test_one_on_what_is_missing_stands_at_the_character_beside(self, before: str, at: str) -> None:
        source, manuscript = opened(full_document())
        place = source.index(before) + (0 if at == "一" else len(before) - 1)
        assert anchored(commented(manuscript, [Comment(place, place, SAID)]))[1] == at

    def test_one_on_a_note_stands_at_its_mark(self) -> None:
        assert anchored(with_comment_at(full_document(), "指2024"))[1] == "［注］"

    def test_one_on_a_text_box_stands_where_that_is_anchored(self) -> None:
        assert anchored(with_comment_at(full_document(), "先行试点"))[1] == "［图］"

    def test_one_on_a_paragraph_without_words_stands_in_it(self) -> None:
        source, manuscript = opened(full_document())
        place = source.index("\n\n") + 1  # the picture's paragraph
        made = commented(manuscript, [Comment(place, place, SAID)])
        assert 1 in anchored(made) and 1 in comments(made)

    @pytest.mark.parametrize(
        ("elements", "words"),
        [
            ((run("见"), f'<w:hyperlink w:anchor="a">{run("实施方案")}</w:hyperlink>', run("。")), "见实施"),
            ((run("见"), f'<w:ins w:id="5" w:author="李四">{run("实施方案")}</w:ins>'), "方案"),
            (('<w:fldSimple w:instr=" TITLE ">' + run("实施方案") + "</w:fldSimple>",), "施方"),
            (("<w:r><w:t>甲</w:t><w:tab/><w:t>乙丙</w:t></w:r>",), "乙"),
            (("<w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t><w:noBreakHyphen/><w:t>乙</w:t></w:r>",), "甲"),
            (("<w:sdt><w:sdtContent>" + run("控件文字") + "</w:sdtContent></w:sdt>",), "件文"),
            (('<w:bookmarkStart w:id="0" w:name="甲"/>', run("书签文字"), '<w:bookmarkEnd w:id="0"/>'), "签文"),
        ],
        ids=["link", "insertion", "field", "tab", "hyphen", "control", "bookmark"],
    )
    def test_words_of_all_kinds_have_them(self, elements: tuple[str, ...], words: str) -> None:
        data = of(*elements)
        made = with_comment_at(data, words)
        assert anchored(made)[0] == words
        assert without_marks(made) == without_marks(data)
        assert read(made, ".docx").source == read(data, ".docx").source

    def test_many_at_overlapping_places_stand_where_each_belongs(self) -> None:
        data = full_document()
        source, manuscript = opened(data)
        begin = source.index("2.办好")
        places = [(begin + at, begin + at + length) for at in range(12) for length in (1, 2, 5)]
        made = commented(manuscript, [Comment(start, end, SAID) for start, end in places])
        found = anchored(made)
        for number, (start, end) in enumerate(places, start=1):
            assert found[number].replace("［-每季度］", "") == source[start:end].partition("\n")[0]
        assert without_marks(made) == without_marks(data)


class TestTheRest:
    def test_every_other_part_stays_byte_for_byte(self) -> None:
        data = full_document()
        before, after = members(data), members(with_comment_at(data, "一批"))
        assert list(after) == list(before)
        assert {name for name in before if before[name] != after[name]} == {"word/document.xml", "word/comments.xml"}

    def test_the_text_is_the_same_without_the_marks(self) -> None:
        data = full_document()
        made = with_comment_at(with_comment_at(data, "身实"), "县体育局牵头")
        assert without_marks(made) == without_marks(data)
        assert read(made, ".docx").source == read(data, ".docx").source

    def test_formats_stay_where_runs_are_cut(self) -> None:
        made: Any = docx.Document(io.BytesIO(with_comment_at(full_document(), "健身实施")))
        looks = [(one.text, one.font.name, one.font.size and one.font.size.pt) for one in made.paragraphs[0].runs]
        assert [look for look in looks if look[0]] == [
            ("棠城县全民", "SimHei", None),
            ("健身", "SimHei", None),
            ("实施", None, 22),
            ("方案（2024-2026年）", None, 22),
        ]

    def test_comments_of_others_stay_and_ids_go_on(self) -> None:
        made: Any = docx.Document(io.BytesIO(with_comment_at(full_document(), "一批")))
        assert [(one.comment_id, one.author) for one in made.comments] == [(0, "张三"), (1, "plancheck")]
        assert anchored(with_comment_at(full_document(), "一批"))[0] == "2.办好赛事。"

    def test_a_document_without_comments_gets_the_part_and_both_lists_say_so(self) -> None:
        document = docx.Document()
        document.add_paragraph("新建一批场地。")
        data = io.BytesIO()
        document.save(data)
        after = members(with_comment_at(data.getvalue(), "一批"))
        assert set(after) - set(members(data.getvalue())) == {"word/comments.xml"}
        assert after["[Content_Types].xml"].count(b'PartName="/word/comments.xml"') == 1
        assert after["word/_rels/document.xml.rels"].count(b"relationships/comments") == 1

    def test_without_anything_to_say_the_text_is_the_same(self) -> None:
        data = full_document()
        _, manuscript = opened(data)
        assert without_marks(commented(manuscript, [])) == without_marks(data)

    def test_a_comment_says_who_and_when(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from checker.word.manuscript import began

        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
        began.cache_clear()
        one = list(docx.Document(io.BytesIO(with_comment_at(full_document(), "一批"))).comments)[1]
        began.cache_clear()
        assert (one.author, one.initials, str(one.timestamp)[:19]) == ("plancheck", "pc", "2026-01-01 00:00:00")
        assert [paragraph.text for paragraph in one.paragraphs] == ["错误 没有写明牵头单位", "规则：plan/lead-unit"]

    def test_python_docx_writes_it_again_as_it_is(self) -> None:
        made = with_comment_at(full_document(), "一批")
        again = io.BytesIO()
        docx.Document(io.BytesIO(made)).save(again)
        assert anchored(again.getvalue()) == anchored(made)
        assert comments(again.getvalue()) == comments(made)


class TestMacros:
    def test_a_copy_of_a_document_with_macros_has_none(self) -> None:
        data = full_document()
        types = members(data)["[Content_Types].xml"].replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )
        kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
        relation = b'<Relationship Id="rId901" Type="' + kind + b'" Target="vbaProject.bin"/></Relationships>'
        relations = members(data)["word/_rels/document.xml.rels"].replace(b"</Relationships>", relation)
        changed = {"[Content_Types].xml": types, "word/_rels/document.xml.rels": relations}
        macros = with_members(data, changed, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
        after = members(without_macros(macros))
        assert "word/vbaProject.bin" not in after
        assert b"macroEnabled" not in after["[Content_Types].xml"]
        assert b"vbaProject" not in after["word/_rels/document.xml.rels"]
        assert {name: after[name] for name in after if name not in changed} == {
            name: content for name, content in members(data).items() if name not in changed
        }

    def test_one_without_is_as_it_was(self) -> None:
        data = full_document()
        assert without_macros(data) is data


@needs_writer
def test_libreoffice_reads_comments_and_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "reviewed.docx"
    path.write_bytes(with_comment_at(full_document(), "健身实施"))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "fodt", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    root = etree.parse(str(path.with_suffix(".fodt"))).getroot()
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    said = {
        one.get(f"{office}name"): "".join(one.itertext())
        for one in root.iter(f"{office}annotation")
        if "plancheck" in "".join(one.itertext())
    }
    assert len(said) == 1
    assert "没有写明牵头单位" in next(iter(said.values()))
    assert {one.get(f"{office}name") for one in root.iter(f"{office}annotation-end")} >= set(said)


class TestMany:
    """What many comments take does not grow with their square."""

    @pytest.mark.parametrize("inner", [run("甲乙丙。" * 8_000), f"<w:r>{'<w:t>甲乙丙。</w:t><w:tab/>' * 8_000}</w:r>"])
    def test_comments_in_one_run(self, inner: str) -> None:
        data = word_document(f"<w:p>{inner}</w:p>")
        source, manuscript = opened(data)
        found = [Comment(at, at + 2, SAID) for at, char in enumerate(source) if char == "甲"]
        began = time.process_time()
        made = commented(manuscript, found)
        assert time.process_time() - began < 10
        assert read(made, ".docx").source == source
        assert set(anchored(made).values()) == {"甲乙"} and len(comments(made)) == 8_000

    def test_comments_on_notes(self) -> None:
        many = range(1, 4_001)
        marks = "".join(f'<w:r><w:footnoteReference w:id="{number}"/></w:r>' for number in many)
        notes = "".join(f'<w:footnote w:id="{number}">{"<w:p>" + run("甲") + "</w:p>"}</w:footnote>' for number in many)
        source, manuscript = opened(word_document(f"<w:p>{run('乙')}{marks}</w:p>", footnotes=notes))
        places = [at for at, char in enumerate(source) if char == "甲"]
        assert len(places) == len(many)
        began = time.process_time()
        made = commented(manuscript, [Comment(at, at + 1, SAID) for at in places])
        assert time.process_time() - began < 5
        assert list(anchored(made).values()) == ["［注］"] * len(many)


def test_ids_of_comments_are_of_no_more_than_31_bits() -> None:
    marked = f'<w:p><w:commentRangeStart w:id="2147483647"/>{run("甲乙")}<w:commentRangeEnd w:id="2147483647"/></w:p>'
    made = with_comment_at(word_document(marked), "乙")
    assert anchored(made) == {2147483647: "甲乙", 0: "乙"}


def test_relations_are_read_once() -> None:
    data = word_document("<w:p/>", "application/vnd.ms-word.document.macroEnabled.main+xml")
    others = {f"word/_rels/other{number}.xml.rels": relationships([]).encode() for number in range(1_500)}
    large = with_members(data, others)
    began = time.process_time()
    assert len(members(without_macros(large))) == len(members(large))
    assert time.process_time() - began < 2
