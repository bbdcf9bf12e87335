"""Violations: what a check found, with the rule's message, the place, and a fingerprint that lasts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from string import Formatter

from checker.cache import digest
from checker.expressions import expression
from checker.fingerprints import LENGTH
from checker.folding import fold, without_marks
from checker.model import Edit, Found, Measure, PlacedEdit, Plan, Section, Severity, Span, Text, Violation
from checker.nodes import kind_of, path_problem, section_of, shown, value
from checker.outline import labels
from checker.places import excerpt, section_label
from checker.rulebook import Look, Rule

_FEWEST = 2
"""With how many letters or 汉字 the text of a place tells it from others."""
_AROUND = 60
"""How far around a place with fewer it is looked, in characters."""
_LINE_END = frozenset("\r\n")
_LONGEST_ADDRESS = 300
"""How far back the beginning of an address is looked for, in characters."""


def violation(rule: Rule, look: Look, found: Found, plan: Plan, language: str) -> Violation:
    """Make a violation of what a check found: the rule's message, the place, the section."""
    places = len({found.span, *found.others})
    message = _filled(look.message.in_language(language), found, places, plan, language)
    number = next(number for number, one in enumerate(rule.looks) if one is look)
    return _made(plan, found, rule.id, rule.definition.severity, message, look.node, rule.definition.basis, number)


def _made(
    plan: Plan,
    found: Found,
    rule: str,
    severity: Severity,
    message: str,
    node: str,
    basis: str | None,
    look: int = 0,
) -> Violation:
    text = plan.text
    start, end = text.position(found.span.start), text.position(found.span.end)
    spans = sorted({found.span, *found.others})
    lines: dict[int, int] = {}
    for span in spans:
        lines.setdefault(text.position(span.start).line, span.start)
    section = _section_of(found, plan)
    return Violation(
        rule=rule,
        severity=severity,
        message=message,
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        section=section.id if section else None,
        section_label=section_label(section) if section else None,
        node=node,
        excerpt=excerpt(text.source, found.span),
        source_line=text.line(start.line),
        count=len(spans),
        lines=tuple(lines),
        fix=found.fix,
        basis=basis,
        measure=_measure_of(found, plan),
        edits=tuple(_placed(edit, text) for edit in _edits_of(found, text.source)),
        fingerprint=_fingerprint(rule, look, found, section, plan),
        place=text.place(found.span.start),
        places=tuple(place for start in lines.values() if (place := text.place(start)) is not None),
    )


def violation_at(
    plan: Plan,
    span: Span,
    rule: str,
    message: str,
    *,
    severity: Severity = "warning",
    node: object | None = None,
    others: Sequence[Span] = (),
    basis: str | None = None,
    fix: str | None = None,
) -> Violation:
    """Make a violation without a rule file, for ``plancheck_violations``.

    ``span`` and ``others`` count characters of ``plan.text.source`` from 0; ``rule`` is an id like
    ``my-county/budget``; ``node`` is the node it is about, where there is one, and says in which
    section it is; ``fix`` is what should stand at ``span`` instead: ``--fix`` puts it there.
    """
    found = Found(span, others=tuple(others), node=node, fix=fix)
    kind = kind_of(node) if node is not None else "plan"
    return _made(plan, found, rule, severity, message, kind, basis)


def _edits_of(found: Found, source: str) -> tuple[Edit, ...]:
    """Return what mends a finding: its edits, else the text that should stand at its place; within one line each."""
    edits = list(dict.fromkeys(found.edits))
    if not edits and found.fix is not None:
        edits.append(Edit(found.span, found.fix))
    within = [edit for edit in edits if _LINE_END.isdisjoint((*source[edit.span.start : edit.span.end], *edit.text))]
    return tuple(
        sorted((edit for edit in within if not _is_in_address(source, edit)), key=lambda edit: (edit.span, edit.text))
    )


def _is_in_address(source: str, edit: Edit) -> bool:
    """Say whether an edit would change an address of the web or of a mailbox, where every character counts."""
    before = source[max(0, edit.span.start - _LONGEST_ADDRESS) : edit.span.start].rpartition("\n")[2]
    if "://" not in before and "@" not in before and "www." not in before:
        return False
    return expression(r"(?:://|@|www\.)[^\s，。；：、！？（）《》“”<>]*$").search(before) is not None


def _placed(edit: Edit, text: Text) -> PlacedEdit:
    start, end = text.position(edit.span.start), text.position(edit.span.end)
    return PlacedEdit(start.line, start.column, end.line, end.column, edit.text)


def _filled(template: str, found: Found, count: int, plan: Plan, language: str) -> str:
    """Return a message: its fields are what the check gives, else attributes of the node, else of the plan."""
    fields = {"count": count, **found.fields}
    words: list[str] = []
    for literal, field, _, _ in Formatter().parse(template):
        words.append(literal)
        if field is not None:
            given = fields[field] if field in fields else _attribute(found.node, field, plan)
            words.append(shown(given, language))
    return "".join(words)


def _attribute(node: object | None, path: str, plan: Plan) -> object:
    """Return an attribute of the node; of the plan, where the finding is about no node that has it."""
    has_it = node is not None and path_problem(kind_of(node), path) is None
    return value(node if has_it else plan, path, plan)


def _section_of(found: Found, plan: Plan) -> Section | None:
    if found.node is not None:
        return section_of(found.node)
    return next((section for section in plan.sections if section.span == found.span), None)


def _measure_of(found: Found, plan: Plan) -> str | None:
    """Return the title of the measure that a finding is about or stands in."""
    return found.node.title if isinstance(found.node, Measure) else measure_at(plan, found.span.start)


def measure_at(plan: Plan, at: int) -> str | None:
    """Return the title of the measure in which a character of the source stands; None outside of measures."""
    number = bisect_right(plan.measures, at, key=lambda measure: measure.span.start) - 1
    if number < 0:
        return None
    measure = plan.measures[number]
    later = bisect_right(plan.sections, measure.span.start, key=lambda section: section.span.start)
    ends = plan.sections[later].span.start if later < len(plan.sections) else plan.closing
    return measure.title if at < ends else None


def _fingerprint(rule: str, look: int, found: Found, section: Section | None, plan: Plan) -> str:
    """Return what stays the same when lines move and numbers change: rule, titles of sections, text.

    Of a finding that says what it is about (a missing project, a unit with several places), and of one about the
    plan as a whole, that takes the place of titles and text: where it is reported may well change. Then ``look``,
    the number of the place in the rule file, tells apart what one rule finds in several ways.
    """
    about = found.about
    if about is None and isinstance(found.node, Plan | None) and found.span == plan.metadata.title_span:
        about = ""
    if about is not None:
        parts = [rule, "about", str(look), without_marks(about)]
    else:
        titles = [without_marks(around.title or "") for around in section.path] if section else []
        parts = [rule, "at", *titles, _words(plan.text, found.span)]
    return digest("\0".join(parts).encode("utf-8", "replace")).hex()[:LENGTH]


def _words(text: Text, span: Span) -> str:
    """Return the text of a place as fingerprints have it: without label, marks, page numbers and line breaks.

    A place with hardly a word (a bracket, the number of an item without a title) is told by what stands around it.
    """
    words = _without_label("".join(_folded(text, span)))
    if sum(map(str.isalpha, words)) >= _FEWEST:
        return words
    paragraph = text.paragraph(span.start)
    start, end = paragraph.index(span.start), paragraph.index(max(span.start, span.end - 1)) + 1
    before = expression(r"[，。；：！？]").split(paragraph.folded[max(0, start - _AROUND) : start])[-1]
    behind = expression(r"[，。；：！？]").split(paragraph.folded[end : end + _AROUND])[0]
    around = _without_label(before + paragraph.folded[start:end] + behind)
    return around or _without_label(fold(text.source[span.start : span.end]))


def _folded(text: Text, span: Span) -> Iterator[str]:
    """Yield what of each paragraph lies in a span, in the folded form; nothing of page numbers between them."""
    first = bisect_right(text.paragraphs, span.start, key=lambda paragraph: paragraph.span.start) - 1
    for number in range(max(0, first), len(text.paragraphs)):
        paragraph = text.paragraphs[number]
        if paragraph.span.start >= span.end:
            return
        if not paragraph.layout:
            yield paragraph.folded[paragraph.index(span.start) : paragraph.index(span.end)]


def _without_label(folded: str) -> str:
    """Return the letters and digits of a text, without the number that it begins with."""
    label = labels().match(folded.lstrip())
    return "".join(char for char in folded.lstrip()[label[1] if label else 0 :] if char.isalnum())
