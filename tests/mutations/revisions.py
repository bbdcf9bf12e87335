"""What becomes of a draft between two rounds of review: renumbered, moved, added to; what was wrong stays wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from checker.model import Measure, Section, Span
from checker.numerals import chinese
from mutations.draft import Draft

Revision = Callable[[Draft], Iterator[str]]
REVISIONS: dict[str, Revision] = {}
"""Each revision by its name: from a draft to its texts afterwards, one for each place where it can be done."""
MOST = 4
"""At how many places of a draft a revision is done, one at a time."""


MOVED = {"measures-swapped-in-their-section", "sections-swapped-with-all-below-them"}
"""Those that move headings under other numbers: where numbers jump, the number is wrong and not the heading."""


def bare(message: str) -> str:
    """Return a message without numbers and marks, which a renumbered or rewritten draft has others of."""
    narrow = message.translate({0xFF01 + code: 0x21 + code for code in range(94)})
    return re.sub(r"[\W\d_\u00ad\u200b]|[一二三四五六七八九十]", "", narrow)


def revision(name: str) -> Callable[[Revision], Revision]:
    """Register a revision."""

    def register(change: Revision) -> Revision:
        assert name not in REVISIONS, f"two revisions are called {name}"
        REVISIONS[name] = change
        return change

    return register


def edited(draft: Draft, *edits: tuple[Span, str]) -> str:
    """Return the text of a draft with other words at some places, which do not overlap."""
    text = draft.source
    for span, words in sorted(edits, reverse=True):
        text = text[: span.start] + words + text[span.end :]
    return text


def spread(places: list[tuple[Span, str]], most: int = MOST) -> list[tuple[Span, str]]:
    """Return some of the places, from all over the draft."""
    return places[:: max(1, len(places) // most)][:most]


# ---------------------------------------------------------------------------------------- numbers


def _label_span(draft: Draft, one: Section | Measure) -> Span | None:
    label = one.label or ""
    at = draft.source.find(label, one.span.start, one.span.start + len(label) + 4) if label else -1
    return Span(at, at + len(label)) if at >= 0 else None


def _next(label: str) -> str | None:
    """Return the label that counts one further, in the same manner; None for another kind of label."""
    if found := re.fullmatch(r"(\D*)(\d+)(\D*)", label):
        return f"{found[1]}{int(found[2]) + 1}{found[3]}"
    if found := re.fullmatch(r"([^一二三四五六七八九十]*)([一二三四五六七八九十]+)([^一二三四五六七八九十]*)", label):
        return f"{found[1]}{chinese(_ORDINALS[found[2]] + 1)}{found[3]}"
    return None


_ORDINALS = {chinese(number): number for number in range(1, 99)}


def _counted_on(draft: Draft, some: list[Section | Measure]) -> list[tuple[Span, str]]:
    found = [(_label_span(draft, one), _next(one.label or "")) for one in some]
    return [(span, label) for span, label in found if span is not None and label is not None]


@revision("all-numbers-count-one-further")
def all_numbers_count_one_further(draft: Draft) -> Iterator[str]:
    yield edited(draft, *_counted_on(draft, [*draft.plan.sections, *draft.plan.measures]))


@revision("chapter-put-in-front-and-the-others-renumbered")
def chapter_put_in_front(draft: Draft) -> Iterator[str]:
    chapters = [one for one in draft.plan.sections if one.level == 1]
    if chapters and draft.begins_line(chapters[0].span.start) and chapters[0].label.startswith("一"):
        first = Span(draft.begin(chapters[0].span.start), draft.begin(chapters[0].span.start))
        yield edited(draft, (first, "一、制定过程\n征求了各单位的意见。\n"), *_counted_on(draft, [*chapters]))


# ----------------------------------------------------------------------------------------- moves


def _swapped(draft: Draft, blocks: list[tuple[Span, Span, Section | Measure, Section | Measure]]) -> Iterator[str]:
    """Yield the draft with two blocks, one right behind the other, in the other order; each keeps its number."""
    for one, other, first, second in blocks[:: max(1, len(blocks) // MOST)][:MOST]:
        texts = [draft.written(one), draft.written(other)]
        if not all(text.endswith("\n") for text in texts) or one.end != other.start:
            continue
        labels = [_label_span(draft, first), _label_span(draft, second)]
        if labels[0] is not None and labels[1] is not None:  # the numbers stay in order
            written = [draft.written(labels[0]), draft.written(labels[1])]
            texts[0] = texts[0].replace(written[0], written[1], 1)
            texts[1] = texts[1].replace(written[1], written[0], 1)
        yield edited(draft, (Span(one.start, other.end), texts[1] + texts[0]))


@revision("measures-swapped-in-their-section")
def measures_swapped(draft: Draft) -> Iterator[str]:
    plan = draft.plan
    blocks = [
        (draft.measure_block(one), draft.measure_block(other), one, other)
        for one, other in pairwise(plan.measures)
        if one.section is other.section and draft.begins_line(one.span.start) and draft.begins_line(other.span.start)
    ]
    yield from _swapped(draft, blocks)


@revision("sections-swapped-with-all-below-them")
def sections_swapped(draft: Draft) -> Iterator[str]:
    blocks = []
    for one, other in pairwise(draft.plan.sections):
        siblings = draft.siblings(one)
        after = siblings[siblings.index(one) + 1 :]
        if after and all(draft.begins_line(section.span.start) for section in (one, after[0])):
            other = after[0]
            blocks.append((draft.block(one), draft.block(other), one, other))
    yield from _swapped(draft, blocks)


# ----------------------------------------------------------------------------------- edits elsewhere


@revision("sentence-added-to-a-paragraph")
def sentence_added(draft: Draft) -> Iterator[str]:
    places = []
    for one in draft.body():
        end = draft.paragraph(one.span.start).end
        if draft.source[end - 1] == "。":
            places.append((Span(end, end), "各项工作稳步推进。"))
    for place in spread(places):
        yield edited(draft, place)


@revision("paragraph-put-before-a-section")
def paragraph_put_before_a_section(draft: Draft) -> Iterator[str]:
    places = [
        (Span(draft.begin(one.span.start), draft.begin(one.span.start)), "有关情况按规定通报，接受社会各界的监督。\n")
        for one in draft.plan.sections
        if draft.begins_line(one.span.start)
    ]
    for place in spread(places):
        yield edited(draft, place)


@revision("title-says-that-it-is-a-draft")
def title_says_that_it_is_a_draft(draft: Draft) -> Iterator[str]:
    span = draft.plan.metadata.title_span
    if span.end > span.start:
        yield edited(draft, (Span(span.end, span.end), "（征求意见稿）"))


# ---------------------------------------------------------------------------------------- more of it


@revision("another-measure-without-units-put-in-front")
def another_measure_without_units(draft: Draft) -> Iterator[str]:
    """A new violation of a kind that the draft may have; the numbers of the measures behind it count on."""
    firsts = {id(one.section): one for one in reversed(draft.plan.measures) if one.label}
    some = [one for one in firsts.values() if draft.begins_line(one.span.start)]
    for first in some[:: max(1, len(some) // MOST)][:MOST]:
        behind = [one for one in draft.plan.measures if one.section is first.section]
        at = draft.begin(first.span.start)
        new = (Span(at, at), f"{first.label}编印读本。编印一批通俗易懂的读本，免费发放。\n")
        yield edited(draft, new, *_counted_on(draft, [*behind]))
