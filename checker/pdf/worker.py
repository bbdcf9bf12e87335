"""Takes characters, ruling lines and pictures out of a PDF, and has them arranged as lines.

All of it runs in a process of its own, see ``process``: its limits hold for the arranging, too.

pdfium (of the browser Chromium) reads the file: of the libraries for PDF it is the one that is hardened against
hostile files, as everybody's browser depends on it, and it is ten times as fast as those written in Python
(pdfplumber, on pdfminer). pypdfium2 ships it without JavaScript and XFA, so that nothing in a file can run;
forms are not filled in, attachments, comments and links not looked at. pdfium's own text (its order, its
spaces and line ends) is not used: it goes by the order in the file, not by the page.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Iterator
from time import monotonic
from unicodedata import east_asian_width

import msgspec
import pypdfium2.raw as pdfium

from checker.pdf.arranged import Arranged, Refusal
from checker.pdf.arranging import arranged
from checker.pdf.characters import readable
from checker.pdf.page import Char, Document, Font, Page, Rule
from checker.problems import Unreadable

MAX_PAGES = 500
MAX_CHARS = 1_000_000
MAX_CHARS_OF_PAGE = 100_000
MAX_OBJECTS = 100_000
"""Of a page, and of what is nested in it: the ruling lines of more are not looked at."""
MAX_RULES = 4000
"""On a page that has more, they are a drawing, and no tables."""
_MAX_NESTING = 5
MAX_SECONDS = 40
MAX_MEMORY = 3 * 2**29
"""In bytes; what a page of a plan needs is a hundredth of it."""
_SMALLEST = 0.5
"""Smaller characters, in points, nobody sees."""
_MANY_CURVES = 200
"""So many drawn shapes on a page without text may be its characters."""
_LONGEST_PAGE = 14400.0
"""In points, 5 m: pages cannot be larger (ISO 32000-1, annex C)."""


class _Damaged(Exception):
    """A page that cannot be read."""


class Refused(Exception):
    """A file that cannot be read: ``args`` are the reason in Chinese and in English."""


def main() -> None:
    """Read a PDF from standard input, write what is ``Arranged`` or a ``Refusal`` as MessagePack to standard output."""
    _limit_itself()
    data = sys.stdin.buffer.read()
    answer: Arranged | Refusal
    try:
        answer = arranged(document(data))
    except Refused as refused:
        answer = Refusal(*refused.args)
    except Unreadable as unreadable:
        answer = Refusal(*unreadable.message)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


def _limit_itself() -> None:
    """Let the system end this process when it takes too much time or memory; Windows knows no such limits."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_CPU, MAX_SECONDS + 5),
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (limit, hard))
        except (ValueError, OSError):
            continue  # macOS knows RLIMIT_AS but refuses to set it


def document(data: bytes) -> Document:
    """Return what a PDF shows; raises Refused."""
    pdfium.FPDF_InitLibrary()
    opened = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not opened:
        raise Refused(*_reason(pdfium.FPDF_GetLastError()))
    try:
        number = pdfium.FPDF_GetPageCount(opened)
        if number > MAX_PAGES:
            zh = f"有 {number} 页，上限为 {MAX_PAGES} 页；请把要检查的方案单独存成一个文件"
            en = f"has {number} pages, the limit is {MAX_PAGES}: save the plan to be checked in a file of its own"
            raise Refused(zh, en)
        if number < 1:
            raise Refused("文件里没有页面，可能已损坏；请重新导出", "has no pages, it may be damaged: export it again")
        fonts = _Fonts()
        pages = tuple(_pages(opened, number, fonts))
        return Document(pages, tuple(fonts.known))
    finally:
        pdfium.FPDF_CloseDocument(opened)


def _reason(error: int) -> tuple[str, str]:
    if error == pdfium.FPDF_ERR_PASSWORD:
        return (
            "文件加了密码，打不开；请先去掉密码，另存一份再检查",
            "is protected by a password: save a copy without one, and check that",
        )
    if error == pdfium.FPDF_ERR_SECURITY:
        return (
            "文件用了读不了的加密方式；请另存一份不加密的再检查",
            "is encrypted in a way that cannot be read: save a copy without it, and check that",
        )
    return (
        "不是完好的 PDF 文件，打不开；请重新导出或重新下载",
        "is no sound PDF, it cannot be opened: export or download it again",
    )


def _pages(opened: pdfium.FPDF_DOCUMENT, number: int, fonts: _Fonts) -> Iterator[Page]:
    total, began = 0, monotonic()
    for index in range(number):
        try:
            page = _page(opened, index, fonts)
        except _Damaged:
            page = Page(index + 1, 0.0, 0.0, damaged=True)
        total += len(page.chars) + sum(map(len, page.turned)) + len(page.slanting)
        if total > MAX_CHARS:
            raise _too_many_chars(f"有 {MAX_CHARS:,} 个以上的字", f"has more than {MAX_CHARS:,} characters")
        if monotonic() - began > MAX_SECONDS:
            zh = f"读了 {MAX_SECONDS} 秒还没有读完；请把要检查的方案单独存成一个文件"
            en = f"could not be read in {MAX_SECONDS} seconds: save the plan to be checked in a file of its own"
            raise Refused(zh, en)
        yield page


def _too_many_chars(zh: str, en: str) -> Refused:
    return Refused(
        f"{zh}，不像一份方案；请把方案单独存成一个文件", f"{en}: save the plan to be checked in a file of its own"
    )


# ------------------------------------------------------------------------------- a page


class _Frame:
    """How places of the file become places on the page as it is shown."""

    def __init__(self, page: pdfium.FPDF_PAGE) -> None:
        box = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(page, box):
            raise _Damaged
        self.left, self.bottom = box.left, box.bottom
        self.across, self.up = box.right - box.left, box.top - box.bottom
        if not (0 < self.across <= _LONGEST_PAGE and 0 < self.up <= _LONGEST_PAGE):
            raise _Damaged
        self.quarters = pdfium.FPDFPage_GetRotation(page) % 4

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        return (self.across, self.up) if self.quarters % 2 == 0 else (self.up, self.across)

    def place(self, x: float, y: float, quarters: int) -> tuple[float, float]:
        """Return where a point is on the page when it is turned clockwise by so many quarters, y downwards."""
        u, v = x - self.left, y - self.bottom
        if quarters == 0:
            return u, self.up - v
        if quarters == 1:
            return v, u
        if quarters == 2:
            return self.across - u, v
        return self.up - v, self.across - u


class _Run(msgspec.Struct, frozen=True):
    """What all characters of one text object have in common."""

    font: int
    size: float
    quarters: int | None
    """By how many quarters the page has to be turned clockwise for them to stand upright; None where none do."""


def _page(opened: pdfium.FPDF_DOCUMENT, index: int, fonts: _Fonts) -> Page:
    page = pdfium.FPDF_LoadPage(opened, index)
    if not page:
        raise _Damaged
    try:
        frame = _Frame(page)
        fonts.begin_page()
        chars, slanting = _chars(page, frame, fonts, index + 1)
        # A table set sideways fills the page: it is read as if the page were turned for it.
        quarters = max(chars, key=lambda one: (len(chars[one]), one == frame.quarters), default=frame.quarters)
        drawn = _Drawn(frame, quarters)
        drawn.take(page)
        width, height = frame.size if (quarters - frame.quarters) % 2 == 0 else frame.size[::-1]
        return Page(
            index + 1,
            width,
            height,
            tuple(chars.pop(quarters, ())),
            tuple(tuple(turned) for _, turned in sorted(chars.items())),
            slanting,
            tuple(drawn.rules) if len(drawn.rules) <= MAX_RULES else (),
            min(1.0, drawn.pictured / (width * height)),
            drawn.curves >= _MANY_CURVES,
        )
    finally:
        pdfium.FPDF_ClosePage(page)


def _chars(page: pdfium.FPDF_PAGE, frame: _Frame, fonts: _Fonts, number: int) -> tuple[dict[int, list[Char]], str]:
    """Return the characters by the quarters that the page is to be turned for them, and what is written askew."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        raise _Damaged
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > MAX_CHARS_OF_PAGE:
            zh, en = f"第 {number} 页有 {count:,} 个字", f"has {count:,} characters on page {number}"
            raise _too_many_chars(zh, en)
        found: dict[int, list[Char]] = {}
        slanting: list[str] = []
        for char, quarters in _read_chars(text, count, frame, fonts):
            if quarters is None:
                slanting.append(char.text)
            else:
                found.setdefault(quarters, []).append(char)
        return found, "".join(slanting)
    finally:
        pdfium.FPDFText_ClosePage(text)


def _read_chars(
    text: pdfium.FPDF_TEXTPAGE, count: int, frame: _Frame, fonts: _Fonts
) -> Iterator[tuple[Char, int | None]]:
    """Yield the characters that the file sets on the page, each with the quarters to turn the page for it."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    runs: dict[int, _Run] = {}
    high = 0
    for index in range(count):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue  # spaces and line ends that pdfium supposes
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:  # where characters are of 16 bits, in Windows, a rare 汉字 is two
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        high = 0
        mapped = code != 0 and pdfium.FPDFText_HasUnicodeMapError(text, index) != 1
        shown = readable(code, mapped)
        if not shown:
            continue
        at = pdfium.FPDFText_GetTextObject(text, index)
        key = ctypes.addressof(at.contents) if at else 0
        run = runs.get(key)
        if run is None:
            run = runs[key] = _run(text, index, at, fonts)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        quarters = frame.quarters if run.quarters is None else run.quarters
        left, baseline = frame.place(x.value, y.value, quarters)
        edges = [frame.place(box.left, box.bottom, quarters)[0], frame.place(box.right, box.top, quarters)[0]]
        right = max(edges)
        if abs(min(edges) - left) > 0.02 * run.size and east_asian_width(shown[0]) in "FW":
            # Of a font made of drawings (Type 3) pdfium says how wide the strokes are, not the character.
            right = left + run.size
        if not all(map(math.isfinite, (left, right, baseline, run.size))):
            continue
        if not _is_on_page(left, right, baseline, run, frame, quarters):
            continue  # nobody sees it
        yield Char(shown, left, max(left, right), baseline, run.size, run.font), run.quarters


def _is_on_page(left: float, right: float, baseline: float, run: _Run, frame: _Frame, quarters: int) -> bool:
    width, height = (frame.across, frame.up) if quarters % 2 == 0 else (frame.up, frame.across)
    return run.size >= _SMALLEST and right >= 0 and left <= width and baseline >= 0 and baseline - run.size <= height


def _run(text: pdfium.FPDF_TEXTPAGE, index: int, at: pdfium.FPDF_PAGEOBJECT, fonts: _Fonts) -> _Run:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size = abs(pdfium.FPDFText_GetFontSize(text, index)) * math.hypot(matrix.c, matrix.d)
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    turns = round(angle / 90)
    quarters = turns % 4 if abs(angle - 90 * turns) <= 3 else None
    return _Run(fonts.number(at), size, quarters)


# ------------------------------------------------------------------------------- fonts


class _Fonts:
    """The fonts of a document, each with its number."""

    def __init__(self) -> None:
        self.known: list[Font] = []
        self._numbers: dict[Font, int] = {}
        self._of_page: dict[tuple[int, int], int] = {}

    def begin_page(self) -> None:
        """Forget where fonts lie in memory: pdfium may put others there for the next page."""
        self._of_page = {}

    def number(self, at: pdfium.FPDF_PAGEOBJECT) -> int:
        """Return the number of the font of a text object."""
        font = pdfium.FPDFTextObj_GetFont(at) if at else None
        mode = pdfium.FPDFTextObj_GetTextRenderMode(at) if at else -1
        key = (ctypes.addressof(font.contents) if font else 0, mode)
        if key not in self._of_page:
            name = _name(font) if font else None
            # Where a font has no bold, its characters are filled and drawn around.
            marks = ("bold", "heavy", "black")
            bold = mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE or any(one in (name or "").lower() for one in marks)
            found = Font(name, bold)
            if found not in self._numbers:
                self._numbers[found] = len(self.known)
                self.known.append(found)
            self._of_page[key] = self._numbers[found]
        return self._of_page[key]


def _name(font: pdfium.FPDF_FONT) -> str | None:
    """Return the name of a font; that of a Chinese one may be written in GBK."""
    size = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    if not 1 < size <= 400:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, size)
    raw = buffer.value
    if len(raw) > 7 and raw[6:7] == b"+" and raw[:6].isalpha():
        raw = raw[7:]
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding) or None
        except UnicodeDecodeError:
            continue
    return None


# ---------------------------------------------------------------------- what is drawn


class _Drawn:
    """Ruling lines and pictures of a page."""

    def __init__(self, frame: _Frame, quarters: int) -> None:
        self.frame, self.quarters = frame, quarters
        self.rules: list[Rule] = []
        self.pictured = 0.0
        self.curves = 0
        self._left = MAX_OBJECTS

    def take(self, page: pdfium.FPDF_PAGE) -> None:
        """Look at all that is drawn on a page."""
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            self._take(pdfium.FPDFPage_GetObject(page, index), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)

    def _take(self, at: pdfium.FPDF_PAGEOBJECT, around: _Matrix, depth: int) -> None:
        self._left -= 1
        if self._left < 0 or not at:
            return
        kind = pdfium.FPDFPageObj_GetType(at)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._take_path(at, _times(_matrix(at), around))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, _, _ = _times(_matrix(at), around)  # a picture is one unit wide and high
            self.pictured += abs(a * d - b * c)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_NESTING:
            inside = _times(_matrix(at), around)
            for index in range(pdfium.FPDFFormObj_CountObjects(at)):
                self._take(pdfium.FPDFFormObj_GetObject(at, index), inside, depth + 1)

    def _take_path(self, at: pdfium.FPDF_PAGEOBJECT, matrix: _Matrix) -> None:
        """Keep the lines of a path that are horizontal or vertical, the edges of a thin box among them."""
        self.curves += 1
        count = pdfium.FPDFPath_CountSegments(at)
        if count > 200 or len(self.rules) > MAX_RULES:
            return
        x, y = ctypes.c_float(), ctypes.c_float()
        start = before = None
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(at, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = self.frame.place(*_moved(x.value, y.value, matrix), self.quarters)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO and before is not None:
                self._keep(before, point)
            before = point
            if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
                self._keep(point, start)
                before = start

    def _keep(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        across, down = abs(one[0] - other[0]), abs(one[1] - other[1])
        if min(across, down) <= 0.7 and 3 <= max(across, down) <= _LONGEST_PAGE:
            left, right = sorted((one[0], other[0]))
            top, bottom = sorted((one[1], other[1]))
            self.rules.append(Rule(left, top, right, bottom))


_Matrix = tuple[float, float, float, float, float, float]


def _matrix(at: pdfium.FPDF_PAGEOBJECT) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(at, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    x, y = _moved(e, f, outer)
    right, up = outer[:2], outer[2:4]
    return (
        a * right[0] + b * up[0],
        a * right[1] + b * up[1],
        c * right[0] + d * up[0],
        c * right[1] + d * up[1],
        x,
        y,
    )


def _moved(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
