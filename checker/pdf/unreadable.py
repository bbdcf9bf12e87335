"""What of a PDF cannot be read, in words: all of it, or some of its pages."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model import Bilingual
from checker.pdf.characters import UNKNOWN
from checker.pdf.page import Document, Page
from checker.pdf.printed_lines import PrintedLine
from checker.problems import Unreadable

_PICTURE = 0.3
"""A picture that covers so much of a page may be the page itself, scanned."""
_MOST_UNKNOWN = 0.3
"""With a greater share of unknown characters a text cannot be read."""
_MOST_NAMED = 20
"""So many pages are named; of more it is said how many."""
_TAIL = 4096
"""A PDF ends with its mark, and what a mail or web server may have put behind it."""


def refuse_cut_off(data: bytes) -> None:
    """Raise Unreadable for a file without its end: pdfium would show the pages that are left, and be silent."""
    tail = data.rstrip(b"\x00 \r\n\t")[-_TAIL:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        zh = "文件不完整：没有 PDF 的结束标记，可能没有下载完或拷贝完；请重新下载或重新导出"
        en = "is not whole: the end of the PDF is missing. Download, copy or export it again"
        raise Unreadable(Bilingual(zh, en))


def refuse_without_text(shown: Document) -> None:
    """Raise Unreadable for a PDF without characters, or with such as nobody can read."""
    chars = [char for page in shown.pages for char in page.chars if not char.is_blank]
    chars += [char for page in shown.pages for turned in page.turned for char in turned if not char.is_blank]
    if not chars:
        raise Unreadable(_without_text(shown))
    unknown = sum(char.text == UNKNOWN for char in chars)
    if unknown > _MOST_UNKNOWN * len(chars):
        zh = "文字层是乱码：字体没有说明哪个字形是哪个字；请重新导出（嵌入字体），或先做文字识别（OCR）"
        en = (
            "has a text layer that cannot be read: its fonts do not say which character is which. "
            "Export it again with its fonts embedded, or run text recognition (OCR) first"
        )
        raise Unreadable(Bilingual(zh, en))


def _without_text(shown: Document) -> Bilingual:
    if all(page.damaged for page in shown.pages):
        zh, en = "页面已损坏，读不出来；请重新导出或重新下载", "its pages are damaged: export or download it again"
    elif any(_is_scanned(page) for page in shown.pages):
        zh = "是扫描件，没有文字层；请先做文字识别（OCR），再检查"
        en = "is a scan, without a text layer: run text recognition (OCR) first"
    elif any(page.drawn for page in shown.pages):
        zh = "没有文字层：文字可能已转成曲线；请从原文重新导出，或先做文字识别（OCR）"
        en = "has no text layer, its characters may be drawings: export it again, or run text recognition (OCR) first"
    else:
        zh, en = "文件里没有文字", "there is no text in the file"
    return Bilingual(zh, en)


def _is_scanned(page: Page) -> bool:
    return page.pictured >= _PICTURE


def problems(shown: Document, lines: Sequence[Sequence[PrintedLine]]) -> tuple[Bilingual, ...]:
    """Return what is to be said of pages that were not read, or not all of them."""
    damaged = [page.number for page in shown.pages if page.damaged]
    bare = [page for page, on_it in zip(shown.pages, lines, strict=True) if not any(not line.running for line in on_it)]
    scanned = [page.number for page in bare if _is_scanned(page)]
    drawn = [page.number for page in bare if page.drawn and not _is_scanned(page)]
    unknown = {page.number: number for page in shown.pages if (number := sum(c.text == UNKNOWN for c in page.chars))}
    found: list[Bilingual] = []
    if damaged:
        zh, en = _named(damaged)
        found.append(Bilingual(f"{zh}已损坏，没有读到；请重新导出", f"{en}: damaged and not read; export it again"))
    if scanned:
        zh, en = _named(scanned)
        found.append(
            Bilingual(
                f"{zh}是图片，没有文字层，没有检查；请先做文字识别（OCR）",
                f"{en}: a scan without a text layer, not checked; run text recognition (OCR) first",
            )
        )
    if drawn:
        zh, en = _named(drawn)
        found.append(
            Bilingual(
                f"{zh}没有文字层，文字可能已转成曲线，没有检查；请从原文重新导出",
                f"{en}: no text layer, its characters may be drawings, not checked; export it again",
            )
        )
    if unknown:
        zh, en = _named(sorted(unknown))
        number = sum(unknown.values())
        found.append(
            Bilingual(
                f"{zh}有 {number} 个字，字体没有说明是什么字，读作“{UNKNOWN}”；请重新导出，或对照原文核对",
                f"{en}: {number} characters of which the fonts do not say what they are, read as {UNKNOWN!r}",
            )
        )
    return tuple(found)


def _named(pages: Sequence[int]) -> Bilingual:
    """Return pages by their numbers: 第 3、5 页."""
    if len(pages) > _MOST_NAMED:
        return Bilingual(f"第 {pages[0]} 页等 {len(pages)} 页", f"page {pages[0]} and {len(pages) - 1} others")
    zh = "、".join(map(str, pages))
    return Bilingual(f"第 {zh} 页", f"page{'s' * (len(pages) > 1)} {', '.join(map(str, pages))}")
