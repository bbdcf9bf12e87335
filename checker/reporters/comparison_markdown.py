"""``markdown`` of ``plancheck compare``: tables for the document that goes back to the authors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.comparing import Compared, Comparison, DraftPair
from checker.model import Bilingual
from checker.reporters.comparison_words import STATES, before, in_state, notes, path_of, summary
from checker.reporters.words import SEVERITIES, printable, waiver

_HEADS = {
    "zh": ("序号", "方案", "位置", "级别", "问题", "规则"),
    "en": ("no.", "draft", "place", "severity", "violation", "rule"),
}
_MARKS = str.maketrans({**{mark: f"\\{mark}" for mark in "\\`*_[]|~$#!"}, "&": "&amp;", "<": "&lt;", ">": "&gt;"})


def render(comparison: Comparison, shows_waived: bool = False) -> str:
    """Return a document: the counts, then a table each of new, still open and fixed violations."""
    language = comparison.language
    title = Bilingual("两稿比较", "Two versions compared").in_language(language)
    old, new = escaped(comparison.old), escaped(comparison.new)
    names = Bilingual(f"旧稿：{old}　新稿：{new}", f"Old: {old} New: {new}").in_language(language)
    blocks = [f"# {title}", names, escaped(summary(comparison).in_language(language))]
    if said := list(notes(comparison)):
        blocks.append("\n".join(f"- {escaped(note.in_language(language))}" for note in said))
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
        line = Bilingual(f"第 {v.line} 行", f"line {v.line}").in_language(language)
        said = [v.message + (waiver(v.waived, language) if v.waived else "")]
        if earlier := before(one):
            said.append(earlier.in_language(language))
        if v.basis:
            said.append(Bilingual(f"依据：{v.basis}", f"Basis: {v.basis}").in_language(language))
        cells = [str(number), escaped(path_of(draft, one))]
        cells.append(" ".join(escaped(word) for word in (line, v.section_label or "") if word))
        cells += [SEVERITIES[v.severity].in_language(language), "<br>".join(map(escaped, said)), escaped(v.rule)]
        yield f"| {' | '.join(cells)} |"


def escaped(words: str) -> str:
    """Return words that stand in a cell as they are: no mark of Markdown or HTML, and in one line.

    >>> escaped("A|B <b>*")
    'A\\\\|B &lt;b&gt;\\\\*'
    """
    return printable(words.replace("\n", " ").replace("\r", " ")).translate(_MARKS)
