"""``docx``: the draft itself as a Word file, with each violation as a comment at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from checker.model import Bilingual, Edit, FileReport, Plan, Report, Span, Text, Violation
from checker.problems import Problem, Unreadable
from checker.reporters import wants_one_draft
from checker.reporters.suggestions import suggestion
from checker.reporters.undone import undone
from checker.reporters.words import SEVERITIES, full_message
from checker.word.commenting import Comment, Words, commented
from checker.word.drafting import drafted
from checker.word.manuscript import Manuscript, manuscript_of
from checker.word.package import with_parts, without_macros
from checker.word.revising import changed, edits, is_signed, refuse_protected, require_reversible

_WORD = ("docx", "docm")
"""The formats of drafts that stay as they are."""
_MOST = 12
"""So many places of one violation have a comment of their own."""


def render(report: Report) -> bytes:
    """Return the file of the one draft that the report is on; raises Problem where there is another number of them.

    A draft that is a Word file stays as it is but for the comments; of any other a Word file is made in the form of
    GB/T 9704—2012. What the report has of ``mended`` characters is in it as tracked changes.
    """
    file = _only_draft(report)
    plan, data = report.plans.get(file.path), report.drafts.get(file.path)
    if plan is None or data is None:
        zh, en = "检查以后文件又有改动，请再运行一次", "has changed since it was checked: run again"
        raise Problem(Bilingual(f"{file.path}: {zh}", f"{file.path}: {en}"))
    own = _own(plan, data)
    manuscript = own or drafted(plan)
    made = edits(plan.text.source, report.mended.get(file.path, plan.text.source))
    parts: dict[str, bytes] = {}
    if made:
        refuse_protected(manuscript.document, tracked=True)
        parts = changed(manuscript, made, tracked=True)
        wanted = report.mended[file.path] if own is not None else None
        require_reversible(manuscript.was, with_parts(manuscript.was, parts), wanted)
    comments = list(_of_the_run(file, plan, report, manuscript))
    for violation in report.shown(file):
        comments += _of(violation, plan.text, report, made)
    return commented(manuscript, comments, parts)


def _only_draft(report: Report) -> FileReport:
    drafts = [file for file in report.files if file.is_draft]
    if len(drafts) != 1:
        raise wants_one_draft("docx", len(drafts))
    if (error := drafts[0].error) is not None:
        path = drafts[0].path
        zh, en = (
            f"{path}: 无法检查，没有批注稿可写：{error}",
            f"{path}: not checked, so there is nothing to write: {error}",
        )
        raise Unreadable(Bilingual(zh, en))
    return drafts[0]


def _own(plan: Plan, data: bytes) -> Manuscript | None:
    """Return the draft as the Word document that it is; None for one of another format."""
    return manuscript_of(without_macros(data), plan.text.source) if plan.text.format in _WORD else None


# ------------------------------------------------------------------------------- the comments


def _of_the_run(file: FileReport, plan: Plan, report: Report, manuscript: Manuscript) -> Iterator[Comment]:
    """Yield at the title what is to be said of no place of the draft: what was not evaluated, what is wrong elsewhere.

    Nothing is skipped in silence, here as in other reports.
    """
    language = report.language
    said = [one.message for one in undone(file, language)]
    said += report.problems
    for other in report.files:
        if not other.is_draft:
            said += (f"{other.path}:{one.line}: {one.message} {one.rule}" for one in report.shown(other))
    if manuscript.was != report.drafts[file.path] and plan.text.format == "docm":
        zh, en = "原文件带有宏，这一份里没有", "the original has macros, this copy has none"
        said.append(Bilingual(zh, en).in_language(language))
    if is_signed(manuscript.document):
        zh = "原文件有数字签名；加了批注，这一份的签名不再有效，原文件的不受影响"
        en = "the original is signed: with comments in it the signature of this copy no longer holds, that one's does"
        said.append(Bilingual(zh, en).in_language(language))
    if said:
        span = plan.metadata.title_span
        yield Comment(span.start, span.end, tuple(Words("plancheck：", one) for one in said))


def _of(violation: Violation, text: Text, report: Report, made: Sequence[Edit]) -> Iterator[Comment]:
    """Yield the comment on a violation, and shorter ones at its further places."""
    span = text.span(violation)
    words = _words(violation, report, _is_made(violation, text, made))
    yield Comment(span.start, max(span), tuple(words))
    further = _further(violation, text, span)
    for place in further[: _MOST - 1]:
        yield Comment(place.start, place.end, (_again(violation, report.language), *_rule(violation, report)))


def _words(violation: Violation, report: Report, is_made: bool) -> Iterator[Words]:
    language = report.language
    # Word shows no lines: where there are more places, each has a comment.
    said = replace(violation, lines=(violation.line,)) if violation.place is None else violation
    yield Words(f"{SEVERITIES[violation.severity].in_language(language)} ", full_message(said, language))
    if (left := violation.count - _MOST) > 0:
        zh = f"正文里批注了前 {_MOST} 处，其余 {left} 处请照此修改"
        en = f"the first {_MOST} places have a comment, the other {left} have none"
        yield Words("", Bilingual(zh, en).in_language(language))
    yield from _rule(violation, report)
    if violation.basis:
        yield Words(Bilingual("依据：", "Basis: ").in_language(language), violation.basis)
    advice = suggestion(replace(violation, edits=()) if is_made else violation, report)
    if advice:
        yield Words(Bilingual("建议：", "Suggestion: ").in_language(language), advice)
    if is_made:
        zh, en = "已改成修订，可以接受或拒绝", "mended as a tracked change: accept or reject it"
        yield Words("", Bilingual(zh, en).in_language(language))


def _rule(violation: Violation, report: Report) -> Iterator[Words]:
    known = report.rules.get(violation.rule)
    title = Bilingual(f"（{known.title}）", f" ({known.title})").in_language(report.language) if known else ""
    yield Words(Bilingual("规则：", "Rule: ").in_language(report.language), violation.rule + title)


def _again(violation: Violation, language: str) -> Words:
    number = violation.count
    zh, en = f"同一问题的另一处（共 {number} 处） ", f"Another of the {number} places of "
    return Words(Bilingual(zh, en).in_language(language), violation.message)


# --------------------------------------------------------------------------------- the places


def _further(violation: Violation, text: Text, first: Span) -> list[Span]:
    """Return the other places of a violation: to the character where it can be mended there, else the whole line."""
    found = [text.span(edit) for edit in violation.edits]
    lines = {edit.line for edit in violation.edits} | set(range(violation.line, violation.end_line + 1))
    found = [one for one in found if not (first.start <= one.start and one.end <= first.end)]
    for line in violation.lines:
        if line not in lines and line <= len(text.line_starts):
            start = text.line_starts[line - 1]
            found.append(Span(start, start + len(text.line(line))))
    return sorted(found) if violation.count > 1 else []


def _is_made(violation: Violation, text: Text, made: Sequence[Edit]) -> bool:
    """Say whether what mends a violation is among the edits that were made."""
    return bool(violation.edits) and all(
        any(one.span.start <= end and start <= one.span.end for one in made)
        for start, end in map(text.span, violation.edits)
    )
