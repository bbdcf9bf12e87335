"""``markdown``: an 审核意见表, to be pasted into the document that goes back to the authors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from checker.model import Bilingual, FileReport, Report, Violation
from checker.places import where
from checker.reporters.cells import markdown_text
from checker.reporters.suggestions import suggestion
from checker.reporters.undone import not_checked, undone
from checker.reporters.words import SEVERITIES, acceptance, places

_HEADS = {
    "zh": ("序号", "位置", "问题", "依据", "修改建议"),
    "en": ("no.", "place", "problem", "basis", "suggestion"),
}
_ACCEPTED_HEADS = {
    "zh": ("序号", "位置", "问题", "依据", "接受的原因"),
    "en": ("no.", "place", "problem", "basis", "why it is accepted"),
}


def render(report: Report) -> str:
    """Return a document: the counts, then for each draft a table of what is to be mended, and what was not checked."""
    blocks = [f"# {Bilingual('审核意见表', 'Review').in_language(report.language)}", _summary(report)]
    for file in report.files:
        blocks += _file(file, report)
    if report.problems:
        blocks.append(Bilingual("## 规则和插件的问题", "## Problems of rules and plugins").in_language(report.language))
        blocks.append(_items(report.problems))
    blocks.append(_made_by(report))
    return "\n\n".join(blocks) + "\n"


def _summary(report: Report) -> str:
    drafts = [file for file in report.files if file.is_draft]
    unread = sum(file.error is not None for file in drafts)
    checked = len(drafts) - unread
    found = [violation for file in report.files for violation in file.to_mend]
    zh, en = [], []
    if checked or not unread:
        plans = f"{checked} plan{'s' if checked != 1 else ''}"
        zh.append(f"审核了 {checked} 份方案，{'发现 ' if found else ''}{_counts(found, 'zh')}")
        en.append(f"{plans} reviewed: {_counts(found, 'en')}")
    if accepted := sum(len(file.violations) for file in report.files) - len(found):
        zh.append(f"另有 {accepted} 个问题已接受")
        en.append(f"{accepted} accepted")
    if unread:
        zh.append(f"{'另有 ' if zh else ''}{unread} 份方案无法检查")
        en.append(f"{unread} plan{'s' if unread != 1 else ''} could not be checked")
    return Bilingual("；".join(zh) + "。", "; ".join(en) + ".").in_language(report.language)


def _counts(found: Sequence[Violation], language: str) -> str:
    """Return how many violations there are, and of which severity: 2 个问题（错误 1、警告 1）."""
    if not found:
        return Bilingual("没有发现问题", "no problems found").in_language(language)
    counts = Counter(violation.severity for violation in found)
    zh = "、".join(f"{SEVERITIES[one].zh} {counts[one]}" for one in SEVERITIES if counts[one])
    en = ", ".join(f"{counts[one]} {SEVERITIES[one].en}" for one in SEVERITIES if counts[one])
    number = f"{len(found)} problem{'s' if len(found) != 1 else ''}"
    return Bilingual(f"{len(found)} 个问题（{zh}）", f"{number} ({en})").in_language(language)


# ----------------------------------------------------------------------------- one draft


def _file(file: FileReport, report: Report) -> Iterator[str]:
    language = report.language
    yield from _head(file, report)
    if file.error is not None:
        yield markdown_text(not_checked(file.error, language))
        return
    if file.to_mend:
        yield _table(_HEADS[language], (_row(violation, report) for violation in file.to_mend))
    counts = Bilingual(_counts(file.to_mend, "zh"), _counts(file.to_mend, "en").capitalize())
    yield Bilingual(f"{'共 ' if file.to_mend else ''}{counts.zh}。", f"{counts.en}.").in_language(language)
    accepted = [violation for violation in report.shown(file) if violation.waived is not None]
    if accepted:
        yield Bilingual("### 已接受的问题", "### Accepted problems").in_language(language)
        yield _table(_ACCEPTED_HEADS[language], (_row(violation, report) for violation in accepted))
    if rest := [one.message for one in undone(file, language)]:
        yield Bilingual("### 未能检查的内容", "### What could not be checked").in_language(language)
        yield _items(rest)


def _head(file: FileReport, report: Report) -> Iterator[str]:
    """Yield the title of the plan, and its path below; the path as the title, where there is none."""
    plan = report.plans.get(file.path)
    path = markdown_text(file.path)
    if plan is None or not plan.metadata.title:
        yield f"## {path}"
        return
    title = markdown_text(plan.metadata.title)
    yield Bilingual(f"## 《{title}》", f"## {title}").in_language(report.language)
    yield Bilingual(f"文件：{path}", f"File: {path}").in_language(report.language)


def _row(v: Violation, report: Report) -> tuple[str, ...]:
    language = report.language
    severity = SEVERITIES[v.severity].in_language(language)
    problem = markdown_text(v.message + places(v, language))
    problem = Bilingual(f"【{severity}】{problem}", f"{severity}: {problem}").in_language(language)
    last = acceptance(v.waived, language) if v.waived else suggestion(v, report)
    return _place(v, language), problem, _basis(v, language), markdown_text(last) or "—"


def _place(v: Violation, language: str) -> str:
    line = where(v.line, v.place).in_language(language)
    if not v.section_label:
        return line
    label = markdown_text(v.section_label)
    return Bilingual(f"{line}，{label}", f"{line}, {label}").in_language(language)


def _basis(v: Violation, language: str) -> str:
    """Return the clause behind a rule, where there is one, and the rule's id, which ``plancheck explain`` takes."""
    rule = markdown_text(v.rule)
    said = Bilingual(f"规则 {rule}", f"rule {rule}").in_language(language)
    return f"{markdown_text(v.basis)}<br>{said}" if v.basis else said


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"| ---: |{' --- |' * (len(heads) - 1)}"]
    lines += [f"| {number} | {' | '.join(cells)} |" for number, cells in enumerate(rows, start=1)]
    return "\n".join(lines)


def _items(said: Iterable[str]) -> str:
    return "\n".join(f"- {markdown_text(one)}" for one in said)


def _made_by(report: Report) -> str:
    """Return what made the report, for whoever asks later by which rules a draft was reviewed."""
    versions = [
        f"{markdown_text(name)} {markdown_text(version)}"
        for name, version in dict.fromkeys((*report.packs.items(), *report.plugins.items()))
    ]
    version = markdown_text(report.version)
    zh, en = f"由 plancheck {version} 生成", f"Made by plancheck {version}"
    if versions:
        zh, en = f"{zh}；规则包和插件：{'、'.join(versions)}", f"{en}; rule packs and plugins: {', '.join(versions)}"
    return Bilingual(f"{zh}。", f"{en}.").in_language(report.language)
