"""``text`` of ``plancheck compare``: for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from click import style

from checker.comparing import Compared, Comparison, DraftPair
from checker.model import Bilingual
from checker.reporters.comparison_words import STATES, before, in_state, notes, path_of, summary
from checker.reporters.words import SEVERITIES, location, printable, waiver

_COLOURS = {"new": "red", "open": "yellow", "fixed": "green", "waived": None, "unknown": "magenta"}


def render(comparison: Comparison, shows_waived: bool = False) -> str:
    """Return the counts, then new, still open and fixed violations, each with its place."""
    language = comparison.language
    lines = [summary(comparison).in_language(language)]
    lines += [f"  {note.in_language(language)}" for note in notes(comparison)]
    for state, words in STATES.items():
        found = in_state(comparison, state)
        if found and (state != "waived" or shows_waived):
            lines += ["", style(f"{words.in_language(language)} {len(found)}", fg=_COLOURS[state], bold=True)]
            lines += [line for draft, one in found for line in _violation(draft, one, language)]
    return "".join(f"{line}\n" for line in lines)


def _violation(draft: DraftPair, one: Compared, language: str) -> Iterator[str]:
    v = one.place
    place = style(f"{path_of(draft, one)}:{location(v, language)}", bold=True)
    yield f"  {place}  {SEVERITIES[v.severity].in_language(language)}  {style(printable(v.rule), dim=True)}"
    yield f"    {printable(v.message)}{waiver(v.waived, language) if v.waived else ''}"
    if v.section_label:
        yield f"    {Bilingual('位置：', 'in: ').in_language(language)}{printable(v.section_label)}"
    if said := before(one):
        yield f"    {said.in_language(language)}"
