"""``markdown`` of ``plancheck compare``: tables for the document that goes back to the authors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.comparing import Compared, Comparison, DraftPair
from checker.model import Bilingual
from checker.places import where
from checker.reporters.cells import markdown_text
from checker.reporters.comparison_words import STATES, before, in_state, notes, path_of, summary
from checker.reporters.words import SEVERITIES, waiver

_HEADS = {
    "zh": ("序号", "方案", "位置", "级别", "问题", "规则"),
    "en": ("no.", "draft", "place", "severity", "violation", "rule"),
}


def render(comparison: Comparison, shows_waived: bool = False) -> str:
    """Return a document: the counts, then a table each of new, still open and fixed violations."""
    language = comparison.language
    title = Bilingual("两稿比较", "Two versions compared").in_language(language)
    old, new = markdown_text(comparison.old), markdown_text(comparison.new)
    names = Bilingual(f"旧稿：{old}　新稿：{new}", f"Old: {old} New: {new}").in_language(language)
    blocks = [f"# {title}", names, markdown_text(summary(comparison).in_language(language))]
    if said := list(notes(comparison)):
        blocks.append("\n".join(f"- {markdown_text(note.in_language(language))}" for note in said))
    for state, words in STATES.items():
        found = in_state(comparison, state)
        if found and (state != "waived" or shows_waived):
            name = words.in_language(language)
            blocks.append(Bilingual(f"## {name}（{len(found)}）", f"## {name} ({len(found)})").in_language(language))
            blocks.append("\n".join(_table(found, language)))
    return "\n\n".join(blocks) + "\n"


def _table(found: Sequence[tuple[DraftPair, Compared]], language: str) -> Iterator[str]:
    heads = _HEADS[language]
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for number, (draft, one) in enumerate(found, start=1):
        v = one.place
        line = where(v.line, v.place).in_language(language)
        said = [v.message + (waiver(v.waived, language) if v.waived else "")]
        if earlier := before(one):
            said.append(earlier.in_language(language))
        if v.basis:
            said.append(Bilingual(f"依据：{v.basis}", f"Basis: {v.basis}").in_language(language))
        cells = [str(number), markdown_text(path_of(draft, one))]
        cells.append(" ".join(markdown_text(word) for word in (line, v.section_label or "") if word))
        cells += [
            SEVERITIES[v.severity].in_language(language),
            "<br>".join(map(markdown_text, said)),
            markdown_text(v.rule),
        ]
        yield f"| {' | '.join(cells)} |"
