"""Violations: what a check found, with the rule's message, the place, and a fingerprint that lasts."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from string import Formatter

from msgspec.structs import replace

from checker.cache import digest
from checker.expressions import expression
from checker.folding import fold
from checker.model import Found, Measure, Plan, Section, Severity, Span, Violation
from checker.nodes import kind_of, path_problem, section_of, shown, value
from checker.outline import labels
from checker.places import excerpt, section_label
from checker.rulebook import Look, Rule


def violation(rule: Rule, look: Look, found: Found, plan: Plan, language: str) -> Violation:
    """Make a violation of what a check found: the rule's message, the place, the section."""
    places = len({found.span, *found.others})
    message = _filled(look.message.in_language(language), found, places, plan, language)
    return _made(plan, found, rule.id, rule.definition.severity, message, look.node, rule.definition.basis)


def _made(
    plan: Plan, found: Found, rule: str, severity: Severity, message: str, node: str, basis: str | None
) -> Violation:
    text = plan.text
    start, end = text.position(found.span.start), text.position(found.span.end)
    spans = sorted({found.span, *found.others})
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
        lines=tuple(dict.fromkeys(text.position(span.start).line for span in spans)),
        fix=found.fix,
        basis=basis,
        measure=_measure_of(found, plan),
        fingerprint=_fingerprint(rule, section, text.source[found.span.start : found.span.end]),
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
    section it is; ``fix`` is what should stand at ``span`` instead.
    """
    found = Found(span, others=tuple(others), node=node, fix=fix)
    kind = kind_of(node) if node is not None else "plan"
    return _made(plan, found, rule, severity, message, kind, basis)


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
    if isinstance(found.node, Measure):
        return found.node.title
    at = found.span.start
    number = bisect_right(plan.measures, at, key=lambda measure: measure.span.start) - 1
    if number < 0:
        return None
    measure = plan.measures[number]
    later = bisect_right(plan.sections, measure.span.start, key=lambda section: section.span.start)
    ends = plan.sections[later].span.start if later < len(plan.sections) else plan.closing
    return measure.title if at < ends else None


def _fingerprint(rule: str, section: Section | None, words: str) -> str:
    """Return what stays the same when lines move and numbers change: rule, titles, text."""
    titles = [around.title or "" for around in section.path] if section else []
    folded = fold(words.strip())
    label = labels().match(folded)
    plain = expression(r"[\W_]+").sub("", folded[label[1] :] if label else folded)
    return digest("\0".join([rule, *titles, plain]).encode()).hex()[:16]


def fingerprinted(violations: Sequence[Violation]) -> list[Violation]:
    """Number the violations that would have the same fingerprint."""
    seen: Counter[str] = Counter()
    taken: set[str] = set()
    out: list[Violation] = []
    for one in violations:
        name = one.fingerprint
        while name in taken:
            seen[one.fingerprint] += 1
            name = f"{one.fingerprint}-{seen[one.fingerprint] + 1}"
        taken.add(name)
        out.append(one if name == one.fingerprint else replace(one, fingerprint=name))
    return out
