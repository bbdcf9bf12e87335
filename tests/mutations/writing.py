"""Defects of writing: brackets, punctuation, quotes, numbers, words and phrases that stand twice, what copying left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model import Span
from mutations.defect import Change, Edit, defect, inserted, replaced
from mutations.draft import Draft

HAN = "[\u4e00-\u9fff]"


def _in_body(draft: Draft, pattern: str, words: str) -> Iterator[Change]:
    for span in draft.in_body(pattern):
        yield replaced(span, words)


def _behind(draft: Draft, pattern: str, words: str) -> Iterator[Change]:
    for span in draft.in_body(pattern):
        yield inserted(span.end, words)


# ------------------------------------------------------------------------------------ widths


@defect("brackets-half-width", "gongwen/bracket-width")
def brackets_half_width(draft: Draft) -> Iterator[Change]:
    for span in draft.in_body(f"(?<!^)（{HAN}+）", clauses=True):
        yield replaced(span, f"({draft.written(span)[1:-1]})")


@defect("one-bracket-half-width", "gongwen/bracket-width", "gongwen/balanced")
def one_bracket_half_width(draft: Draft) -> Iterator[Change]:
    for span in draft.in_body(f"(?<!^)（{HAN}+）", clauses=True):
        yield replaced(Span(span.end - 1, span.end), ")")


@defect("label-with-half-width-brackets", "gongwen/bracket-width")
def label_with_half_width_brackets(draft: Draft) -> Iterator[Change]:
    for one in draft.plan.sections:
        if re.fullmatch("（.+）", one.label) and draft.source.startswith(one.label, one.span.start):
            yield replaced(Span(one.span.start, one.span.start + len(one.label)), f"({one.label[1:-1]})")


@defect("comma-half-width", "gongwen/punctuation-width")
def comma_half_width(draft: Draft) -> Iterator[Change]:
    return _in_body(draft, f"(?<={HAN})，(?={HAN})", ",")


@defect("semicolon-half-width", "gongwen/punctuation-width")
def semicolon_half_width(draft: Draft) -> Iterator[Change]:
    return _in_body(draft, f"(?<={HAN})；(?={HAN})", ";")


@defect("full-stop-half-width", "gongwen/punctuation-width")
def full_stop_half_width(draft: Draft) -> Iterator[Change]:
    return _in_body(draft, f"(?<={HAN})。(?={HAN})", ".")


@defect("percent-sign-full-width", "gongwen/percent-sign")
def percent_sign_full_width(draft: Draft) -> Iterator[Change]:
    return _in_body(draft, r"(?<=\d)%", "％")


@defect("straight-quotes", "gongwen/quote-style")
def straight_quotes(draft: Draft) -> Iterator[Change]:
    for span in draft.in_body("“[^”]+”"):
        yield replaced(span, f'"{draft.written(span)[1:-1]}"')


@defect("quote-turned-round", "gongwen/quote-style", "gongwen/balanced")
def quote_turned_round(draft: Draft) -> Iterator[Change]:
    return _in_body(draft, "(?<=[^“”])”", "“")


@defect("hyphen-between-years", "gongwen/range-dash")
def hyphen_between_years(draft: Draft) -> Iterator[Change]:
    return _in_body(draft, r"(?<=20\d\d)—(?=20\d\d年)", "-")


@defect("tilde-between-years", "gongwen/range-dash")
def tilde_between_years(draft: Draft) -> Iterator[Change]:
    return _in_body(draft, r"(?<=20\d\d)—(?=20\d\d年)", "~")


@defect("angle-brackets-inside-a-title", "gongwen/title-marks")
def angle_brackets_inside_a_title(draft: Draft) -> Iterator[Change]:
    for span in draft.in_body("(?<=《)[^《》（）]{6,}(?=[（》])"):
        yield replaced(span, f"关于印发<{draft.written(span)}>的通知")


@defect("comma-between-quotes", "gongwen/dunhao-between-quotes")
def comma_between_quotes(draft: Draft) -> Iterator[Change]:
    return _behind(draft, "(?<=。)(?=.)", "建设“线上”、“线下”两个平台。")


@defect("comma-between-titles", "gongwen/dunhao-between-quotes")
def comma_between_titles(draft: Draft) -> Iterator[Change]:
    return _behind(draft, "(?<=。)(?=.)", "宣传《科普法》、《促进科技成果转化法》等法律。")


# ------------------------------------------------------------------------------------- numbers


@defect("thousands-half-in-words", "gongwen/number-form")
def thousands_half_in_words(draft: Draft) -> Iterator[Change]:
    return _in_body(draft, r"(?<=[^\d.]\d)000(?=[名人场处个家户])", "千")


@defect("number-half-in-words", "gongwen/number-form")
def number_half_in_words(draft: Draft) -> Iterator[Change]:
    return _behind(draft, "(?<=。)(?=.)", "每年服务群众3千人次以上。")


# -------------------------------------------------------------------------------------- spaces


@defect("space-inside-a-word", "gongwen/stray-space")
def space_inside_a_word(draft: Draft) -> Iterator[Change]:
    return _behind(draft, "(?<=[^。]{6}科)(?=学)|(?<=[^。]{6}工)(?=作)", " ")


@defect("full-width-space-inside-a-word", "gongwen/stray-space")
def full_width_space_inside_a_word(draft: Draft) -> Iterator[Change]:
    return _behind(draft, "(?<=[^。]{6}服)(?=务)|(?<=[^。]{6}群)(?=众)", "　")


@defect("space-inside-a-title", "gongwen/stray-space")
def space_inside_a_title(draft: Draft) -> Iterator[Change]:
    for one in draft.plan.sections:
        at = draft.source.find(one.title or "\0", *one.span)
        if at >= 0 and len(one.title or "") >= 6:
            yield Change((Edit(at + 3, at + 3, " "),), one.span)


# ----------------------------------------------------------------------------- what is unbalanced


def _one_missing(draft: Draft, pattern: str, clauses: bool = False) -> Iterator[Change]:
    for span in draft.in_body(pattern, clauses):
        yield Change((Edit(*span, ""),), draft.paragraph(span.start))


@defect("bracket-not-closed", "gongwen/balanced")
def bracket_not_closed(draft: Draft) -> Iterator[Change]:
    return _one_missing(draft, f"(?<={HAN})）(?={HAN})")


@defect("bracket-not-opened", "gongwen/balanced")
def bracket_not_opened(draft: Draft) -> Iterator[Change]:
    return _one_missing(draft, f"(?<={HAN})（(?={HAN})")


@defect("title-not-closed", "gongwen/balanced", "gongwen/cited-document", "plan/short-title")
def title_not_closed(draft: Draft) -> Iterator[Change]:
    return _one_missing(draft, "》")


@defect("title-not-opened", "gongwen/balanced", "gongwen/cited-document", "plan/short-title")
def title_not_opened(draft: Draft) -> Iterator[Change]:
    return _one_missing(draft, "《")


@defect("quote-not-closed", "gongwen/balanced")
def quote_not_closed(draft: Draft) -> Iterator[Change]:
    return _one_missing(draft, "”")


@defect("quote-not-opened", "gongwen/balanced")
def quote_not_opened(draft: Draft) -> Iterator[Change]:
    return _one_missing(draft, "“")


# ----------------------------------------------------------------------------- what stands twice

WORDS = "科学|工作|服务|群众|建设|开展|组织|支持|推动|培训|活动|教育|安全|健康|阅读"


@defect("word-doubled", "gongwen/repeated-word")
def word_doubled(draft: Draft) -> Iterator[Change]:
    for span in draft.in_body(f"(?<={HAN})(?:{WORDS})(?={HAN})"):
        yield inserted(span.end, draft.written(span))


@defect("small-word-doubled", "gongwen/repeated-word", "plan/unit-unknown")
def small_word_doubled(draft: Draft) -> Iterator[Change]:
    for span in draft.in_body(f"(?<=[^目温调饱缓共])(?:的(?!确|士)|和(?!谐|平))(?={HAN})"):
        yield inserted(span.end, draft.written(span))


@defect("word-of-a-heading-doubled", "gongwen/repeated-word")
def word_of_a_heading_doubled(draft: Draft) -> Iterator[Change]:
    for one in draft.plan.sections:
        found = re.search(f"(?:{WORDS}|行动|工程|实施|任务|要求)$", draft.written(one.span))
        if found:
            yield inserted(one.span.end, found[0])


@defect("phrase-doubled", "gongwen/repeated-phrase", "gongwen/repeated-word")
def phrase_doubled(draft: Draft) -> Iterator[Change]:
    for span in draft.in_body(f"(?<=，){HAN}{{6,}}，(?=.{{4}})"):
        yield inserted(span.end, draft.written(span))


@defect("phrase-doubled-further-on", "gongwen/repeated-phrase")
def phrase_doubled_further_on(draft: Draft) -> Iterator[Change]:
    for span in draft.in_body(f"(?<=，){HAN}{{8,}}，(?=[^，。；]{{4,}}[，。])"):
        end = re.compile("[，。]").search(draft.source, span.end)
        if end and "\n" not in draft.source[span.end : end.start()]:
            words = "，" + draft.written(span)[:-1]
            yield Change((Edit(end.start(), end.start(), words),), draft.paragraph(span.start))


@defect("sentence-doubled", "gongwen/repeated-phrase", "gongwen/repeated-word", "plan/unit-repeated")
def sentence_doubled(draft: Draft) -> Iterator[Change]:
    for span in draft.in_body(f"(?<=。){HAN}[^。（）“”《》\\d]{{20,}}。"):
        yield inserted(span.end, draft.written(span))


# ------------------------------------------------------------------------------ what copying left


@defect("english-word-left", "gongwen/foreign-residue")
def english_word_left(draft: Draft) -> Iterator[Change]:
    return _behind(draft, f"(?<={HAN}{{4}})(?:{WORDS})(?={HAN})", "resources")


@defect("small-english-word-left", "gongwen/foreign-residue")
def small_english_word_left(draft: Draft) -> Iterator[Change]:
    return _behind(draft, f"(?<={HAN}{{4}})(?:{WORDS})(?={HAN})", " and ")


@defect("page-number-in-a-sentence", "gongwen/page-residue", "gongwen/stray-space", "gongwen/broken-paragraph")
def page_number_in_a_sentence(draft: Draft) -> Iterator[Change]:
    return _behind(draft, f"(?<={HAN}{{6}})(?={HAN}{{6}})", "- 5 -")


@defect("page-number-between-halves-of-a-sentence", "gongwen/page-residue", "gongwen/broken-paragraph")
def page_number_between_halves(draft: Draft) -> Iterator[Change]:
    for span in draft.in_body(f"(?<={HAN}{{6}})(?={HAN}{{6}})"):
        yield Change((Edit(*span, "\n\n— 5 —\n\n"),), draft.paragraph(span.start))


@defect("paragraph-broken", "gongwen/broken-paragraph")
def paragraph_broken(draft: Draft) -> Iterator[Change]:
    for span in draft.in_body(f"(?<={HAN}{{6}})(?={HAN}{{6}})"):
        yield Change((Edit(*span, "\n\n"),), draft.paragraph(span.start))
