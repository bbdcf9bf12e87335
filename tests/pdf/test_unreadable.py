"""A PDF that cannot be read, or not all of it, gets an answer that says why and what to do."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
import zlib
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path
from time import monotonic

import pytest
from msgspec.structs import replace
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from checker.host import host
from checker.model import Text
from checker.pdf import process, worker
from checker.pdf.page import Char
from checker.pdf.paragraphs import margins
from checker.pdf.printed_lines import line_of, printed_lines
from checker.pdf.running_lines import mark_running
from checker.problems import Unreadable
from checker.reader import read
from pdf.printing import Draw, Sheet, pages_of, printed, read_printed, set_in_lines, texts

PLAN = ["一、总体要求", "到2026年，全县居民健康素养水平达到32%，经常参加体育锻炼的人数比例达到40%。"] * 4
PAGES = pages_of(set_in_lines(PLAN))


def read_bytes(data: bytes) -> Text:
    return read(data, "draft.pdf", host().readers)


def refusal(data: bytes) -> str:
    """Return why a PDF is not read."""
    with pytest.raises(Unreadable) as refused:
        read_bytes(data)
    assert refused.value.message.en
    return refused.value.message.zh


def picture(share: float) -> Draw:
    """Return a page with a picture over its whole width."""

    def draw(sheet: Sheet) -> None:
        image = ImageReader(Image.new("L", (60, 80), 200))
        sheet.canvas.drawImage(image, 0, 0, 595, 842 * share)

    return draw


def curves(sheet: Sheet) -> None:
    """Draw many shapes."""
    for number in range(300):
        sheet.canvas.bezier(number, 10, number + 5, 40, number + 9, 20, number + 12, 60)


# ------------------------------------------------------------------- no text, or not all


def test_a_scan_is_said_to_be_one() -> None:
    assert refusal(printed(picture(1), picture(1))) == "是扫描件，没有文字层；请先做文字识别（OCR），再检查"


def test_characters_that_are_drawings_are_said_to_be_such() -> None:
    assert "文字可能已转成曲线" in refusal(printed(curves))


def test_a_blank_page_has_no_text() -> None:
    assert refusal(printed(lambda sheet: None)) == "文件里没有文字"


def test_pages_that_are_scans_among_others_are_named() -> None:
    text = read_printed(*PAGES, picture(1), PAGES[0], picture(0.9))
    assert texts(text) == PLAN * 2
    assert [problem.zh for problem in text.problems] == [
        "第 2、4 页是图片，没有文字层，没有检查；请先做文字识别（OCR）"
    ]


def test_a_scan_with_nothing_but_a_page_number_is_one() -> None:
    def stamped(sheet: Sheet) -> None:
        picture(1)(sheet)
        sheet.page_number(2)

    assert len(read_printed(*PAGES, stamped).problems) == 1


def test_a_small_picture_is_no_scan() -> None:
    assert read_printed(*PAGES, picture(0.2)).problems == ()


def test_the_report_says_what_was_not_read(
    tmp_path: Path, plancheck: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    (tmp_path / "draft.pdf").write_bytes(printed(*PAGES, picture(1)))
    done = plancheck("check", "draft.pdf")
    assert "第 2 页是图片，没有文字层，没有检查" in done.stdout + done.stderr
    assert done.returncode == 2


def test_fonts_that_do_not_say_which_character_is_which() -> None:
    """What a font without ``ToUnicode`` and of a code of its own gives."""
    data = printed(*PAGES).replace(b"/UniGB-UCS2-H", b"/Identity-H   ").replace(b"/Adobe-GB1", b"/Identity-")
    data = data.replace(b"(GB1)", b"(XX1)")
    assert "文字层是乱码" in refusal(data)


# ----------------------------------------------------------------------- not a sound file


def test_a_password_is_asked_for() -> None:
    locked = printed(*PAGES, encrypt=StandardEncryption("geheim"))
    assert refusal(locked) == "文件加了密码，打不开；请先去掉密码，另存一份再检查"


def test_a_file_that_everybody_may_open_is_read() -> None:
    """Its owner forbids copying: viewers show it all the same."""
    open_to_all = printed(*PAGES, encrypt=StandardEncryption("", ownerPassword="x", canCopy=0))
    assert texts(read_bytes(open_to_all)) == PLAN


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_file_that_is_cut_off(share: float) -> None:
    whole = printed(*PAGES)
    assert "文件不完整" in refusal(whole[: int(share * len(whole))])


def test_a_file_of_the_right_name_and_no_pdf() -> None:
    assert refusal(b"%PDF-1.7\nno such thing\n%%EOF") == "不是完好的 PDF 文件，打不开；请重新导出或重新下载"


def test_pages_of_a_size_that_cannot_be() -> None:
    assert "页面已损坏" in refusal(printed(*PAGES, size=(1e7, 1e7)))


def test_too_many_pages() -> None:
    pages = b" ".join([b"3 0 R"] * 10_000)
    zh = refusal(pdf(b"BT ET", kids=pages, count=10_000))
    assert zh == "有 10000 页，上限为 500 页；请把要检查的方案单独存成一个文件"


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec

    def lacking(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name.startswith("pypdfium2") else find(name, package)

    monkeypatch.setattr("checker.extras.find_spec", lacking)
    assert refusal(printed(*PAGES)) == "读 .pdf 文件要先安装：pip install 'plancheck[pdf]'"


# ------------------------------------------------------------------------------ hostile


def pdf(
    content: bytes, kids: bytes = b"3 0 R", count: int = 1, more: str = "", resources: str = "", *forms: bytes
) -> bytes:
    """Return a PDF with one page of ``content``, ``forms`` being objects 6 and so on."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{more}>>".encode(),
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%b/Font<</F 5 0 R>>>>>>"
        % resources.encode(),
        content if content.startswith(b"<<") else b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *forms,
    ]
    data, offsets = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


HELLO = b"BT /F 16 Tf 79 700 Td (Walking Paths 2026) Tj ET"
LIMITED = pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to a limit of memory")


def test_the_files_of_these_tests_are_sound() -> None:
    assert texts(read_bytes(pdf(HELLO))) == ["Walking Paths 2026"]


def test_nothing_in_a_file_runs() -> None:
    endless = "/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\);while\\(1\\){})>>"
    assert texts(read_bytes(pdf(HELLO, more=endless))) == ["Walking Paths 2026"]


@LIMITED
def test_a_bomb_ends_within_its_limits() -> None:
    squeezed = zlib.compressobj(9)
    spaces = b"".join(squeezed.compress(b" " * 2**20) for _ in range(1500)) + squeezed.flush()
    twice = zlib.compress(spaces, 9)
    bomb = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%b\nendstream" % (len(twice), twice)
    assert len(bomb) < 10_000
    assert "在限定的时间和内存内读不出来" in refusal(pdf(bomb))


@LIMITED
def test_a_form_within_itself_ends_within_its_limits() -> None:
    inside = b"/X Do /X Do /X Do"
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length %d>>stream\n%b\nendstream"
        % (len(inside), inside)
    )
    zh = refusal(pdf(b"/X Do", b"3 0 R", 1, "", "/XObject<</X 6 0 R>>", form))
    assert "在限定的时间和内存内读不出来" in zh


def test_a_file_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 0.001)
    assert "在限定的时间和内存内读不出来" in refusal(printed(*PAGES))


def test_too_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MAX_CHARS_OF_PAGE", 50)
    with pytest.raises(worker.Refused, match="第 1 页有"):
        worker.document(printed(*PAGES))


def test_damaged_bytes_are_read_or_refused() -> None:
    """The same each time; thousands of such files went through it when it was built."""
    whole, dice = printed(*PAGES), random.Random(20240318)
    for _ in range(25):
        damaged = bytearray(whole)
        for _ in range(dice.choice((1, 5, 50, 300))):
            damaged[dice.randrange(9, len(whole) - 60)] = dice.randrange(256)
        try:
            text = read_bytes(bytes(damaged))
        except Unreadable as unreadable:
            assert all(unreadable.message)
        else:
            assert text.source


def test_a_document_is_closed_after_reading() -> None:
    """Read many times in one process, it takes no more memory."""
    resource = pytest.importorskip("resource")
    data = printed(*PAGES * 5)
    for _ in range(5):
        worker.document(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(40):
        worker.document(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB


def test_bytes_come_from_memory_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written beside the draft."""
    monkeypatch.chdir(tmp_path)
    read_bytes(printed(*PAGES))
    assert list(tmp_path.iterdir()) == []


def test_a_page_full_of_gaps_is_read_in_bounded_time() -> None:
    """Looking for columns takes as many steps as there are pairs of gaps: it stops at lines of a table."""

    def draw(sheet: Sheet) -> None:
        for row in range(390):
            for column in range(20):
                sheet.set("案", 12 + column * 28 + (row * column) % 3, 17 + row * 2, 1)

    began = monotonic()
    assert read_printed(draw).source.count("案") == 390 * 20
    assert monotonic() - began < 20  # two minutes without that


def test_a_line_of_thousands_of_digits_is_no_page_number() -> None:
    digits = "7" * 5000

    def draw(sheet: Sheet) -> None:
        sheet.set(digits, 20, 40, 0.6)
        sheet.lines(["一、总体要求", "二、主要任务"], y=200)

    assert digits[:900] in read_printed(draw, draw).source


def soon(began: float) -> bool:
    return monotonic() - began < 5


def test_long_lines_are_no_page_numbers_and_that_is_said_soon() -> None:
    """Each of these took minutes: white space, or digits, that a pattern may share out in many ways."""
    began = monotonic()
    for text in ("1" + "\u3000" * 3000 + "x", "http://a" + "1" * 30_000):
        line = line_of([Char(char, float(at), at + 1.0, 20.0, 1.0, 0) for at, char in enumerate(text)], 1)
        assert line is not None
        mark_running([(800.0, [line])])
        assert not line.running
    assert soon(began)


def test_a_line_set_wide_with_many_characters_is_read_soon() -> None:
    began = monotonic()
    chars = [Char("案", at * 2.0, at * 2.0 + 1, 20.0, 1.0, 0) for at in range(20_000)]
    line = line_of(chars, 1)
    assert line is not None
    assert line.text.count("案") == 20_000
    chars = [Char("案", at * 1.6 - at % 2 * 0.1, at * 1.6 + 1, 20.0, 1.0, 0) for at in range(20_000)]
    line = line_of([replace(char, right=char.left + 0.5) for char in chars], 1)
    assert line is not None
    assert line.text.count("案") == 20_000
    assert soon(began)


def test_thousands_of_characters_at_one_place_are_read_soon() -> None:
    began = monotonic()
    chars = [Char(chr(0x4E00 + at), 20.0, 36.0, 100.0, 16.0, 0) for at in range(12_000)] * 2
    (line,) = printed_lines(chars, 1)
    assert len(line.text) == 12_000
    assert soon(began)


def test_margins_of_many_lines_that_all_begin_elsewhere_are_found_soon() -> None:
    began = monotonic()
    lines = [line_of([Char("案", at / 1000, at / 1000 + 1, 20.0, 1.0, 0)] * 10, 1) for at in range(20_000)]
    found = margins([line for line in lines if line is not None])
    assert found is not None
    assert found.left == 0  # nowhere do enough of them begin
    assert soon(began)


@pytest.mark.parametrize(
    "code", ["print('x')", "pass", "import os; os.abort()", "import sys; sys.exit(3)", "print('x' * 9000)"]
)
def test_what_the_process_writes_is_not_trusted(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_CODE", code)
    monkeypatch.setattr(process, "MAX_ANSWER", 1000)
    assert "在限定的时间和内存内读不出来" in refusal(printed(*PAGES))


def test_the_limits_hold_while_lines_are_arranged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hang in the geometry, not in pdfium, ends too."""
    hang = "import checker.pdf.worker as worker, time; worker.arranged = lambda shown: time.sleep(60); worker.main()"
    monkeypatch.setattr(process, "_CODE", f"import sys; sys.path[:] = sys.argv[1:]; {hang}")
    monkeypatch.setattr(process, "SECONDS", 2)
    began = monotonic()
    assert "在限定的时间和内存内读不出来" in refusal(printed(*PAGES))
    assert monotonic() - began < 20
