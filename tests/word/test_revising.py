"""Other characters in the place of those of a Word document: in their runs, or as tracked changes."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from libreoffice import needs_writer

from checker.model import Edit, Span, Text
from checker.problems import Unreadable
from checker.word.reading import read, read_original
from checker.word.revising import edits, require_reversible, revise, write
from word.documents import paragraph, run, word_document
from word.packages import full_document, members, protected, signed, without

_TWICE = "<mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>"
IN_A_FORMULA = "<m:oMath><m:r><m:t>2024-2026</m:t></m:r></m:oMath>"
IN_A_RUN = f"<w:r>{_TWICE.format('<w:t>2024-2026</w:t>')}</w:r>"
IN_A_PARAGRAPH = _TWICE.format("<w:r><w:t>2024-2026</w:t></w:r>")


def text_of(data: bytes) -> Text:
    return read(data, ".docx")


def written(data: bytes, old: str, new: str) -> bytes:
    text = text_of(data)
    assert text.source.count(old) == 1
    return write(text.source.replace(old, new), text, data)


def revised(data: bytes, old: str, new: str) -> bytes:
    text = text_of(data)
    assert text.source.count(old) == 1
    return revise(text.source.replace(old, new), text, data)


def runs(data: bytes, paragraph: int) -> list[tuple[str, bool | None]]:
    document: Any = docx.Document(io.BytesIO(data))
    return [(one.text, one.bold) for one in document.paragraphs[paragraph].runs if one.text]


def changes(data: bytes) -> list[tuple[str, str, str]]:
    """Return kind, author and words of each tracked change."""
    root: Any = parse_xml(members(data)["word/document.xml"])
    kinds = {qn("w:ins"): "+", qn("w:del"): "-"}
    return [
        (kinds[one.tag], one.get(qn("w:author")), "".join(words.text for words in one.iter(qn("w:t"), qn("w:delText"))))
        for one in root.iter(*kinds)
    ]


CASES = [
    ("（2024-2026年）", "（2024—2026年）"),
    ("棠城县全民健身实施方案", "棠城县健身方案"),  # over two runs
    ("1.建好场地。新建", "1.建成场地，并建"),
    ("每年办赛", "每年6月办赛"),  # behind an insertion of others
    ("每年", "全年"),  # inside of it
    ("到2026年", "2026年"),  # at the beginning
    ("县教育局", "县教育局、县体育局"),
    ("先行试点", "先行先试"),  # in a text box
]


@pytest.mark.parametrize(("old", "new"), CASES)
class TestBothWays:
    def test_it_is_read_as_what_was_wanted(self, old: str, new: str) -> None:
        data = full_document()
        wanted = text_of(data).source.replace(old, new)
        assert text_of(written(data, old, new)).source == wanted
        assert text_of(revised(data, old, new)).source == wanted

    def test_before_the_tracked_changes_it_is_what_it_was(self, old: str, new: str) -> None:
        data = full_document()
        assert read_original(revised(data, old, new), ".docx").source == read_original(data, ".docx").source

    def test_every_other_part_stays_byte_for_byte(self, old: str, new: str) -> None:
        data = full_document()
        for made in (written(data, old, new), revised(data, old, new)):
            before, after = members(data), members(made)
            assert list(before) == list(after)
            assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}

    def test_ids_of_changes_are_nobody_elses(self, old: str, new: str) -> None:
        root: Any = parse_xml(members(revised(full_document(), old, new))["word/document.xml"])
        found = [
            one.get(qn("w:id")) for one in root.iter(qn("w:ins"), qn("w:del")) if one.get(qn("w:author")) == "plancheck"
        ]
        others = [
            one.get(qn("w:id")) for one in root.iter(qn("w:ins"), qn("w:del")) if one.get(qn("w:author")) == "李四"
        ]
        assert found and not set(found) & set(others)
        boxes = 2 if "先行" in old else 1  # a text box is there twice: for older programs, too
        assert len(found) == boxes * len(set(found))


class TestWriting:
    def test_what_differs_nowhere_is_the_file_itself(self) -> None:
        data = full_document()
        text = text_of(data)
        assert write(text.source, text, data) is data
        assert revise(text.source, text, data) is data

    def test_formats_stay(self) -> None:
        made = written(full_document(), "1.建好场地。新建", "1.建成场地。改建")
        assert runs(made, 4)[:2] == [("1.建成场地。", True), ("改建一批场地", None)]

    def test_the_copy_of_a_text_box_for_older_programs_says_the_same(self) -> None:
        made = members(written(full_document(), "先行试点", "先行先试"))["word/document.xml"].decode()
        assert made.count("先行先试") == 2 and "先行试点" not in made

    def test_a_note_is_mended_in_its_part(self) -> None:
        data = full_document()
        made = written(data, "指2024-2025年", "指2024—2025年")
        before, after = members(data), members(made)
        assert {name for name in before if before[name] != after[name]} == {"word/footnotes.xml"}
        assert "指2024—2025年" in text_of(made).source

    def test_white_space_at_an_end_stays(self) -> None:
        made = written(full_document(), "县教育局", " 县教育局")
        assert b'<w:t xml:space="preserve"> \xe5\x8e\xbf' in members(made)["word/document.xml"]


class TestTrackedChanges:
    def test_only_what_differs_is_one(self) -> None:
        found = changes(revised(full_document(), "（2024-2026年）", "（2024—2026年）"))
        assert [one for one in found if one[1] == "plancheck"] == [("-", "plancheck", "-"), ("+", "plancheck", "—")]

    def test_what_comes_looks_like_what_it_stands_for(self) -> None:
        root: Any = parse_xml(members(revised(full_document(), "1.建好", "1.建成"))["word/document.xml"])
        (inserted,) = (one for one in root.iter(qn("w:ins")) if one.get(qn("w:author")) == "plancheck")
        assert inserted.find(f"{qn('w:r')}/{qn('w:rPr')}/{qn('w:b')}") is not None

    def test_changes_of_others_stay_theirs(self) -> None:
        found = changes(revised(full_document(), "每年", "全年"))
        others = [(kind, words) for kind, author, words in found if author == "李四"]
        assert others == [("+", "每"), ("+", "年"), ("-", "每季度")]
        assert ("-", "plancheck", "每") in found and ("+", "plancheck", "全") in found
        root: Any = parse_xml(members(revised(full_document(), "每年", "全年"))["word/document.xml"])
        for one in root.iter(qn("w:ins")):
            assert one.getparent().tag != qn("w:ins"), "no insertion within an insertion"

    def test_each_says_who_and_when(self) -> None:
        made = members(revised(full_document(), "1.建好", "1.建成"))["word/document.xml"].decode()
        found = re.findall(
            r'<w:(?:ins|del) w:id="\d+" w:author="plancheck" w:date="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ">', made
        )
        assert len(found) == 2


class TestRefusals:
    @pytest.mark.parametrize(("old", "new"), [("一、工作", "1、工作"), ("| 任务", "任务")])
    def test_what_word_makes_is_not_changed(self, old: str, new: str) -> None:
        with pytest.raises(Unreadable, match="made by Word"):
            written(full_document(), old, new)

    def test_lines_more_or_less_are_refused(self) -> None:
        with pytest.raises(Unreadable, match="cannot add lines"):
            written(full_document(), "新建", "新\n建")

    def test_characters_that_no_file_may_hold_are_refused(self) -> None:
        with pytest.raises(Unreadable, match="cannot be written into"):
            written(full_document(), "新建", "新\x00建")

    def test_another_file_than_was_read_is_refused(self) -> None:
        text = text_of(full_document())
        other = written(full_document(), "新建", "再建")
        with pytest.raises(Unreadable, match="not the file that was read"):
            write(text.source.replace("100个", "200个"), text, other)

    @pytest.mark.parametrize(
        ("kind", "said"),
        [("readOnly", "is protected"), ("comments", "is protected"), ("trackedChanges", "add --revisions")],
    )
    def test_a_protected_document_is_left_alone(self, kind: str, said: str) -> None:
        with pytest.raises(Unreadable, match=said):
            written(protected(full_document(), kind), "新建", "再建")

    def test_where_only_tracked_changes_are_allowed_they_are_made(self) -> None:
        assert text_of(revised(protected(full_document(), "trackedChanges"), "新建", "再建")).source.count("再建") == 1

    def test_protection_that_is_off_is_none(self) -> None:
        assert "再建" in text_of(written(protected(full_document(), "readOnly", "0"), "新建", "再建")).source

    @pytest.mark.parametrize("kind", ["readOnly", "trackedChanges"])
    def test_that_is_said_already_where_nothing_differs(self, kind: str) -> None:
        data = protected(full_document(), kind)
        with pytest.raises(Unreadable):
            write(text_of(data).source, text_of(data), data)

    @pytest.mark.parametrize("change", [write, revise])
    @pytest.mark.parametrize("inner", [IN_A_FORMULA, IN_A_RUN, IN_A_PARAGRAPH])
    def test_formulas_and_what_is_there_twice_are_left_alone(self, change: Any, inner: str) -> None:
        data = word_document(f"<w:p>{run('甲')}{inner}{run('丁')}</w:p>")
        text = text_of(data)
        assert text.source == "甲2024-2026丁\n"
        with pytest.raises(Unreadable, match="in a formula, or there once for each version"):
            change("甲2024—2026丁\n", text, data)

    def test_tracked_changes_that_do_not_read_back_are_refused(self) -> None:
        data = full_document()
        made = revised(data, "新建", "再建")
        require_reversible(data, made, text_of(made).source)
        for was, with_changes, wanted in (
            (data, made, text_of(data).source),
            (data, written(data, "新建", "再建"), None),
        ):
            with pytest.raises(Unreadable, match="left alone"):
                require_reversible(was, with_changes, wanted)

    def test_a_signed_document_is_left_alone(self) -> None:
        with pytest.raises(Unreadable, match="is signed"):
            written(signed(full_document()), "新建", "再建")


class TestSmallDocuments:
    """Parts that most documents have are not there, though relations name them."""

    def test_without_settings_they_are_changed(self) -> None:
        data = without(word_document(paragraph("到2024-2026年"), settings=""), "word/settings.xml")
        for change in (write, revise):
            made = change("到2024—2026年\n", text_of(data), data)
            assert text_of(made).source == "到2024—2026年\n"
            assert list(members(made)) == list(members(data))

    def test_ids_of_changes_are_of_no_more_than_31_bits(self) -> None:
        mark = '<w:bookmarkStart w:id="2147483647" w:name="a"/><w:bookmarkEnd w:id="2147483647"/>'
        data = word_document(f"<w:p>{mark}{run('甲-乙')}</w:p>")
        made = members(revise("甲—乙\n", text_of(data), data))["word/document.xml"].decode()
        assert re.findall(r'<w:(?:ins|del) w:id="(\d+)"', made) == ["1", "2"]


class TestWhatDiffers:
    def test_edits_touch_only_what_changes(self) -> None:
        assert edits("甲乙丙\n丁戊\n", "甲己丙\n丁戊庚\n") == (Edit(Span(1, 2), "己"), Edit(Span(6, 6), "庚"))

    def test_the_same_has_none(self) -> None:
        assert edits("甲\n乙", "甲\n乙") == ()

    @pytest.mark.parametrize(
        ("before", "after"),
        [("", "甲"), ("甲", ""), ("甲甲甲", "甲"), ("2024-2026年-", "2024—2026年—"), ("a\n\nb", "\n\nc")],
    )
    def test_they_make_one_of_the_other(self, before: str, after: str) -> None:
        made = before
        for edit in reversed(edits(before, after)):
            made = made[: edit.span.start] + edit.text + made[edit.span.end :]
        assert made == after


@needs_writer
def test_libreoffice_reads_the_tracked_changes(tmp_path: Path) -> None:
    path = tmp_path / "revised.docx"
    path.write_bytes(revised(full_document(), "1.建好场地。新建", "1.建成场地。改建"))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "fodt", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = path.with_suffix(".fodt").read_text(encoding="utf-8")
    regions = re.findall(r"<text:changed-region.*?</text:changed-region>", found, re.DOTALL)
    ours = [one for one in regions if "<dc:creator>plancheck</dc:creator>" in one]
    kinds = [kind for one in ours for kind in ("deletion", "insertion") if f"<text:{kind}>" in one]
    assert kinds.count("deletion") == kinds.count("insertion") == 2
