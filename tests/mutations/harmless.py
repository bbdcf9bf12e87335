"""Changes that leave a plan what it is: other line ends, wrapping, widths of signs, marks of Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mutations.draft import Draft

Harmless = Callable[[Draft], str]
CHANGES: dict[str, Harmless] = {}
"""Each harmless change by its name: from a draft to its changed text."""
BODY = 40
"""How many characters make a paragraph of running text."""


def harmless(name: str) -> Callable[[Harmless], Harmless]:
    """Register a harmless change."""

    def register(change: Harmless) -> Harmless:
        assert name not in CHANGES, f"two changes are called {name}"
        CHANGES[name] = change
        return change

    return register


@dataclass(frozen=True)
class Lines:
    """The lines of a draft, which one is a heading, and which one may be changed."""

    draft: Draft

    def __iter__(self) -> Iterator[tuple[str, bool]]:
        """Yield each line, and whether it is a heading of its own."""
        headings = {
            self.draft.line(one.span.start)
            for one in self.draft.plan.sections
            if len(self.draft.written(self.draft.paragraph(one.span.start)).strip("#* ")) <= len(one.label) + 40
        }
        for number, line in enumerate(self.draft.source.split("\n"), start=1):
            yield line, number in headings

    def rewritten(self, change: Callable[[str], str], all_lines: bool = True) -> str:
        """Return the text with each line that is not empty (or each heading) changed."""
        return "\n".join(change(line) if line.strip() and (all_lines or heading) else line for line, heading in self)


def is_table(line: str) -> bool:
    """Say whether a line is a row of a table or a rule, which cannot be moved or wrapped."""
    return line.lstrip().startswith(("|", "---"))


# ------------------------------------------------------------------------- lines and blank lines


@harmless("lines-end-as-in-windows")
def lines_end_as_in_windows(draft: Draft) -> str:
    return draft.source.replace("\n", "\r\n")


@harmless("lines-end-as-in-old-macs")
def lines_end_as_in_old_macs(draft: Draft) -> str:
    return draft.source.replace("\n", "\r")


@harmless("lines-end-in-both-ways")
def lines_end_in_both_ways(draft: Draft) -> str:
    lines = draft.source.split("\n")
    return "".join(line + ("\r\n" if number % 2 else "\n") for number, line in enumerate(lines))


@harmless("no-line-end-at-the-end")
def no_line_end_at_the_end(draft: Draft) -> str:
    return draft.source.rstrip("\n")


@harmless("blank-lines-at-both-ends")
def blank_lines_at_both_ends(draft: Draft) -> str:
    return "\n\n\n" + draft.source + "\n\n\n"


@harmless("blank-lines-doubled")
def blank_lines_doubled(draft: Draft) -> str:
    return re.sub("\n{2,}", lambda found: found[0] * 2, draft.source)


@harmless("blank-lines-hold-spaces")
def blank_lines_hold_spaces(draft: Draft) -> str:
    return "\n".join(line or "  　\t" for line in draft.source.split("\n"))


@harmless("blank-line-behind-every-paragraph")
def blank_line_behind_every_paragraph(draft: Draft) -> str:
    return _paragraphs(draft, lambda words: words + "\n")


@harmless("white-space-at-line-ends")
def white_space_at_line_ends(draft: Draft) -> str:
    return "\n".join(f"{line}  " if line and not is_table(line) else line for line in draft.source.split("\n"))


@harmless("full-width-space-at-line-ends")
def full_width_space_at_line_ends(draft: Draft) -> str:
    return "\n".join(f"{line}　" if line and not is_table(line) else line for line in draft.source.split("\n"))


@harmless("tab-at-line-ends")
def tab_at_line_ends(draft: Draft) -> str:
    return "\n".join(f"{line}\t" if line and not is_table(line) else line for line in draft.source.split("\n"))


@harmless("byte-order-mark")
def byte_order_mark(draft: Draft) -> str:
    return "\ufeff" + draft.source


def _paragraphs(draft: Draft, change: Callable[[str], str]) -> str:
    """Return the text with each paragraph (its lines, without the last line end) changed."""
    text = []
    for one in draft.plan.text.paragraphs:
        words = draft.source[one.span.start : one.span.end]
        rest = words[len(words.rstrip("\n")) :]
        keep = one.layout or one.cells or not words.strip()
        text.append(words if keep else change(words[: len(words) - len(rest)]) + rest)
    return "".join(text)


# ---------------------------------------------------------------------------------- indentation


def _indented(draft: Draft, by: str) -> str:
    def change(line: str) -> str:
        return line if is_table(line) or line.startswith("#") else by + line.lstrip(" 　\t")

    return "\n".join(change(line) if line.strip() else line for line in draft.source.split("\n"))


def _with_paragraphs_indented(draft: Draft, by: str) -> str:
    return _paragraphs(draft, lambda words: words if words.startswith(("#", "|")) else by + words.lstrip(" 　\t"))


@harmless("paragraphs-indented-by-full-width-spaces")
def paragraphs_indented_by_full_width_spaces(draft: Draft) -> str:
    return _with_paragraphs_indented(draft, "　　")


@harmless("paragraphs-indented-by-two-spaces")
def paragraphs_indented_by_two_spaces(draft: Draft) -> str:
    return _with_paragraphs_indented(draft, "  ")


@harmless("paragraphs-indented-by-four-spaces")
def paragraphs_indented_by_four_spaces(draft: Draft) -> str:
    return _with_paragraphs_indented(draft, "    ")


@harmless("paragraphs-indented-by-tabs")
def paragraphs_indented_by_tabs(draft: Draft) -> str:
    return _with_paragraphs_indented(draft, "\t")


@harmless("paragraphs-indented-by-non-breaking-spaces")
def paragraphs_indented_by_non_breaking_spaces(draft: Draft) -> str:
    return _with_paragraphs_indented(draft, "\u00a0\u00a0")


@harmless("indentation-removed")
def indentation_removed(draft: Draft) -> str:
    return _indented(draft, "")


# --------------------------------------------------------------------------------------- widths

HALF = str.maketrans("（）", "()")
FULL = str.maketrans("()", "（）")


@harmless("brackets-half-width")
def brackets_half_width(draft: Draft) -> str:
    return draft.source.translate(HALF)


@harmless("brackets-full-width")
def brackets_full_width(draft: Draft) -> str:
    return draft.source.translate(FULL)


@harmless("labels-with-half-width-brackets")
def labels_with_half_width_brackets(draft: Draft) -> str:
    return re.sub(r"^([\s#*　]*)（([一二三四五六七八九十]+)）", r"\1(\2)", draft.source, flags=re.MULTILINE)


@harmless("commas-half-width")
def commas_half_width(draft: Draft) -> str:
    return draft.source.replace("，", ",")


@harmless("punctuation-half-width")
def punctuation_half_width(draft: Draft) -> str:
    return draft.source.translate(str.maketrans("，；：", ",;:"))


@harmless("digits-full-width")
def digits_full_width(draft: Draft) -> str:
    wide = {48 + digit: 0xFF10 + digit for digit in range(10)}
    return "\n".join(line if is_table(line) else line.translate(wide) for line in draft.source.split("\n"))


@harmless("percent-signs-full-width")
def percent_signs_full_width(draft: Draft) -> str:
    return draft.source.replace("%", "％")


@harmless("points-of-numbers-full-width")
def points_of_numbers_full_width(draft: Draft) -> str:
    return re.sub(r"^([\s*　]*\d+)\.", r"\1．", draft.source, flags=re.MULTILINE)


@harmless("points-of-numbers-half-width")
def points_of_numbers_half_width(draft: Draft) -> str:
    return re.sub(r"^([\s*　]*\d+)．", r"\1.", draft.source, flags=re.MULTILINE)


@harmless("space-behind-points-of-numbers")
def space_behind_points_of_numbers(draft: Draft) -> str:
    return re.sub(r"^([\s*　]*\d+[.．])(?=[\u4e00-\u9fff])", r"\1 ", draft.source, flags=re.MULTILINE)


def _dashes(draft: Draft, dash: str) -> str:
    return re.sub(r"(?<=20\d\d)[—－–-](?=\n?20\d\d)", dash, draft.source)


@harmless("hyphens-between-years")
def hyphens_between_years(draft: Draft) -> str:
    return _dashes(draft, "-")


@harmless("en-dashes-between-years")
def en_dashes_between_years(draft: Draft) -> str:
    return _dashes(draft, "–")


@harmless("full-width-hyphens-between-years")
def full_width_hyphens_between_years(draft: Draft) -> str:
    return _dashes(draft, "－")


@harmless("tildes-between-years")
def tildes_between_years(draft: Draft) -> str:
    return _dashes(draft, "~")


@harmless("two-dashes-between-years")
def two_dashes_between_years(draft: Draft) -> str:
    return _dashes(draft, "——")


@harmless("straight-quotes")
def straight_quotes(draft: Draft) -> str:
    return draft.source.translate(str.maketrans("“”", '""'))


@harmless("spaces-around-numbers")
def spaces_around_numbers(draft: Draft) -> str:
    def change(line: str) -> str:
        if is_table(line) or "〔" in line or re.match(r"[\s#*]*\d", line) or len(line) < BODY:
            return line
        return re.sub(r"(?<=[\u4e00-\u9fff])(\d+(?:\.\d+)?)(?=[\u4e00-\u9fff%])", r" \1 ", line)

    return "\n".join(change(line) for line in draft.source.split("\n"))


@harmless("non-breaking-spaces-around-numbers")
def non_breaking_spaces_around_numbers(draft: Draft) -> str:
    return spaces_around_numbers(draft).replace(" ", "\u00a0") if "    " not in draft.source else draft.source


@harmless("zero-width-spaces")
def zero_width_spaces(draft: Draft) -> str:
    return re.sub("，", "，\u200b", draft.source)


@harmless("soft-hyphens")
def soft_hyphens(draft: Draft) -> str:
    return re.sub("。(?=.)", "。\u00ad", draft.source)


# ----------------------------------------------------------------------------- marks of Markdown


@harmless("headings-bold")
def headings_bold(draft: Draft) -> str:
    def change(line: str) -> str:
        mark, words = re.fullmatch(r"([\s#　]*)(.*?)\s*", line).groups()  # type: ignore[union-attr]
        return line if "**" in line or is_table(line) else f"{mark}**{words}**"

    return Lines(draft).rewritten(change, all_lines=False)


@harmless("labels-bold")
def labels_bold(draft: Draft) -> str:
    def change(line: str) -> str:
        label = "[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]"
        return line if "**" in line else re.sub(rf"^([\s#　]*)({label})", r"\1**\2**", line)

    return Lines(draft).rewritten(change, all_lines=False)


@harmless("bold-marks-removed")
def bold_marks_removed(draft: Draft) -> str:
    """Titles that only bold marks set off from their text lose them: such measures keep a full stop."""
    return draft.source.replace("**", "")


@harmless("headings-with-hashes")
def headings_with_hashes(draft: Draft) -> str:
    return Lines(draft).rewritten(lambda line: line if line.startswith("#") else f"## {line.lstrip(' 　')}", False)


@harmless("headings-with-hashes-by-level")
def headings_with_hashes_by_level(draft: Draft) -> str:
    def change(line: str) -> str:
        if line.startswith("#") or is_table(line):
            return line
        return f"{'##' if re.match('[ 　*]*[一二三四五六七八九十]+、', line) else '###'} {line.lstrip(' 　')}"

    return Lines(draft).rewritten(change, all_lines=False)


@harmless("hashes-removed")
def hashes_removed(draft: Draft) -> str:
    return re.sub("^#+ ", "", draft.source, flags=re.MULTILINE)


@harmless("title-with-a-hash")
def title_with_a_hash(draft: Draft) -> str:
    start, end = draft.plan.metadata.title_span
    if draft.source[start - 1 : start] != "\n" or "\n" in draft.source[start:end]:
        return draft.source
    return f"{draft.source[:start]}# {draft.source[start:]}"


@harmless("title-bold")
def title_bold(draft: Draft) -> str:
    start, end = draft.plan.metadata.title_span
    if draft.source[start - 1 : start] != "\n" or "\n" in draft.source[start:end]:
        return draft.source
    return f"{draft.source[:start]}**{draft.source[start:end]}**{draft.source[end:]}"


# ------------------------------------------------------------------------------ wrapping, pages


NOT_FIRST = "，。、；：？！）》”〕％%*·—"
"""What typesetters put at no line's beginning."""


def _wrapped(draft: Draft, columns: int, indent: str = "", between: str = "\n") -> str:
    """Return the text with paragraphs of running text indented alike and cut every ``columns`` characters."""

    def change(words: str) -> str:
        joined = words.strip(" 　")
        begins = re.match(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]", joined)
        if "\n" in joined or joined.startswith(("#", ">", "-", "*")) or not (begins or joined.endswith(("。", "；"))):
            return words
        lines, line = [], indent
        for one, following in zip(joined, [*joined[1:], ""], strict=True):
            line += one
            if len(line) >= columns and "\u4e00" <= one <= "\u9fff" and following not in NOT_FIRST:
                lines.append(line)
                line = ""
        return between.join([*lines, line] if line.strip() else lines)

    return _paragraphs(draft, change)


@harmless("wrapped-at-28")
def wrapped_at_28(draft: Draft) -> str:
    return _wrapped(draft, 28)


@harmless("wrapped-at-30-with-indentation")
def wrapped_at_30_with_indentation(draft: Draft) -> str:
    return _wrapped(draft, 30, "　　")


@harmless("wrapped-at-36")
def wrapped_at_36(draft: Draft) -> str:
    return _wrapped(draft, 36)


@harmless("wrapped-at-36-with-indentation-by-spaces")
def wrapped_at_36_with_indentation_by_spaces(draft: Draft) -> str:
    return _wrapped(draft, 36, "    ")


@harmless("wrapped-at-40-with-indentation")
def wrapped_at_40_with_indentation(draft: Draft) -> str:
    return _wrapped(draft, 40, "　　")


@harmless("wrapped-at-60")
def wrapped_at_60(draft: Draft) -> str:
    return _wrapped(draft, 60)


@harmless("wrapped-at-40-with-blank-lines")
def wrapped_at_40_with_blank_lines(draft: Draft) -> str:
    return _wrapped(draft, 40, between="\n\n")


@harmless("wrapped-at-36-with-pages")
def wrapped_at_36_with_pages(draft: Draft) -> str:
    """Return the text wrapped, with the number of a page after each 20 lines."""
    lines = _wrapped(draft, 36).split("\n")
    paged = []
    for number, line in enumerate(lines, start=1):
        paged.append(line)
        if number % 20 == 0 and not any(is_table(one) for one in lines[number - 1 : number + 1]):
            paged.append(f"— {number // 20} —")
    return "\n".join(paged)


def _numbered_pages(draft: Draft, number: Callable[[int], str]) -> str:
    text, page = [], 0
    for one in draft.plan.text.paragraphs:
        words = draft.source[one.span.start : one.span.end]
        text.append(words)
        if draft.plan.metadata.title_span.end < one.span.start < draft.end and len(one.text) > BODY and not one.cells:
            page += 1
            if page % 4 == 0:
                text.append(f"\n{number(page // 4)}\n\n")
    return "".join(text)


@harmless("page-numbers-with-dashes")
def page_numbers_with_dashes(draft: Draft) -> str:
    return _numbered_pages(draft, lambda page: f"— {page} —")


@harmless("page-numbers-with-hyphens")
def page_numbers_with_hyphens(draft: Draft) -> str:
    return _numbered_pages(draft, lambda page: f"- {page} -")


@harmless("page-numbers-alone")
def page_numbers_alone(draft: Draft) -> str:
    return _numbered_pages(draft, str)


@harmless("page-breaks")
def page_breaks(draft: Draft) -> str:
    return _numbered_pages(draft, lambda page: "\f")


@harmless("page-numbers-in-words")
def page_numbers_in_words(draft: Draft) -> str:
    return _numbered_pages(draft, lambda page: f"第{page}页 共20页")
