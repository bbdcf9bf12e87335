"""``sarif``: SARIF 2.1.0, for code hosts and editors that show what analysers find; see docs/reports.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from checker.model import Bilingual, FileReport, PlacedEdit, Report, RuleSummary, Severity, Violation, Waived
from checker.places import line_of_file, where
from checker.reporters.locations import address, is_below, path_below
from checker.reporters.sarif_objects import (
    Artifact,
    ArtifactChange,
    ArtifactContent,
    ArtifactLocation,
    Driver,
    Extension,
    Fix,
    Invocation,
    Level,
    Location,
    LogicalLocation,
    Message,
    Notification,
    PhysicalLocation,
    Region,
    Replacement,
    ReportingConfiguration,
    ReportingDescriptor,
    ReportingDescriptorReference,
    Result,
    Run,
    SarifLog,
    Suppression,
    Tool,
)
from checker.reporters.undone import undone
from checker.reporters.words import acceptance, found_in, places, printable, printable_lines
from checker.written_json import written

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS: dict[Severity, Level] = {"error": "error", "warning": "warning", "info": "note"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
_CHARSETS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-8 (damaged)": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16LE",
    "utf-16-be": "UTF-16BE",
    "gb18030": "GB18030",
    "big5": "Big5",
}
"""What IANA calls the encodings that drafts are read in."""
_LONGEST_SNIPPET = 200
"""In characters."""
_LINK = re.compile(r"\[.*\]\(")
_MARKS = re.compile(r"[\\\[\]]")


def render(report: Report) -> str:
    """Return the report as a SARIF log, indented, with a line end."""
    return written(sarif_log(report))


def sarif_log(report: Report) -> SarifLog:
    """Return the report as a log of one run."""
    rules = tuple(_rules(report))
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    files = [(file, _artifact(file, number)) for number, file in enumerate(report.files)]
    results = tuple(
        _result(violation, artifact.location, numbers[violation.rule], report)
        for file, artifact in files
        for violation in report.shown(file)
    )
    language = _LANGUAGES.get(report.language, "en-US")
    run = Run(
        tool=_tool(report, rules, language),
        language=language,
        column_kind="unicodeCodePoints",
        newline_sequences=("\r\n", "\n", "\r"),
        original_uri_base_ids={_ROOT: ArtifactLocation(description=_root(report.language))},
        artifacts=tuple(artifact for _, artifact in files),
        invocations=(_invocation(report, files, numbers),),
        results=results,
    )
    return SarifLog(_SCHEMA, "2.1.0", (run,))


def message(text: str) -> Message:
    """Return a text of one or more lines as a message of SARIF, in which braces, and brackets of links, mean something.

    Braces are doubled (section 3.11.5 of the standard). Brackets are escaped where they would make a link, as a
    draft may have them; elsewhere they stay as they are, for not every reader takes the escapes away again (3.11.6).
    """
    words = printable_lines(text).replace("{", "{{").replace("}", "}}")
    return Message(_MARKS.sub(r"\\\g<0>", words) if _LINK.search(words) else words)


def _root(language: str) -> Message:
    zh = "仓库的根：GITHUB_WORKSPACE，没有设就是运行 plancheck 的文件夹"
    en = "The root of the repository: GITHUB_WORKSPACE, else the folder in which plancheck ran"
    return message(Bilingual(zh, en).in_language(language))


# ------------------------------------------------------------------------------ the tool


def _tool(report: Report, rules: tuple[ReportingDescriptor, ...], language: str) -> Tool:
    packs = {"packs": {printable(name): printable(version) for name, version in report.packs.items()}}
    driver = Driver("plancheck", report.version, language, rules, packs)
    return Tool(driver, tuple(Extension(printable(name), printable(one)) for name, one in report.plugins.items()))


def _rules(report: Report) -> Iterator[ReportingDescriptor]:
    """Yield the rules of the run, then those that only plugins or waivers know of, each once."""
    for rule in report.rules.values():
        yield _described(rule, report.language)
    named = (violation.rule for file in report.files for violation in report.shown(file))
    broken = (one.rule for file in report.files for one in undone(file, report.language) if one.rule)
    for name in dict.fromkeys((*named, *broken)):
        if name not in report.rules:
            yield ReportingDescriptor(name, message(name), message(name), message(name))


def _described(rule: RuleSummary, language: str) -> ReportingDescriptor:
    """Return a rule with all that code scanning wants to be told of it: no text is empty."""
    title = rule.title or rule.id
    basis = Bilingual(f"。依据：{rule.basis}", f". Basis: {rule.basis}").in_language(language) if rule.basis else ""
    return ReportingDescriptor(
        rule.id,
        message(title),
        message(title + basis),
        message(rule.help.strip() or title),
        ReportingConfiguration(_LEVELS[rule.severity]),
    )


# ----------------------------------------------------------------------------- the files


def _artifact(file: FileReport, number: int) -> Artifact:
    path = path_below(file.path, "GITHUB_WORKSPACE")
    base = _ROOT if is_below(path) else None
    return Artifact(
        ArtifactLocation(address(path), base, number), ("analysisTarget",), _CHARSETS.get(file.encoding or "")
    )


# --------------------------------------------------------------------------- the results


def _result(v: Violation, file: ArtifactLocation, rule: int, report: Report) -> Result:
    language = report.language
    region = _region(v)
    return Result(
        rule_id=v.rule,
        rule_index=rule,
        level=_LEVELS[v.severity],
        message=message(v.message + places(v, language) + found_in(v, language)),
        locations=(Location(PhysicalLocation(file, region), logical_locations=tuple(_logical(v, language))),),
        related_locations=tuple(_others(v, file, language)),
        # upload-sarif adds a primaryLocationLineHash, and would warn of one that it has not made.
        partial_fingerprints={"plancheckFingerprint/v1": v.fingerprint},
        fixes=_fixes(v.edits, file, language) if v.place is None else (),
        suppressions=_suppressions(v, language) if report.shows_waived else None,
    )


def _region(v: Violation) -> Region | None:
    """Return the place in the file: to the character in a text, by its line in a web page, none in Word or a PDF."""
    if v.place is None:
        return Region(v.line, v.column, v.end_line, v.end_column, _snippet(v))
    line = line_of_file(v)
    return None if line is None else Region(line)


def _suppressions(v: Violation, language: str) -> tuple[Suppression, ...]:
    return (_suppression(v.waived, language),) if v.waived is not None else ()


def _snippet(v: Violation) -> ArtifactContent | None:
    """Return what stands there, for readers without the draft; nothing of what is long, or on several lines."""
    words = v.source_line[v.column - 1 : v.end_column - 1] if v.end_line == v.line else ""
    return ArtifactContent(printable(words)) if 0 < len(words) <= _LONGEST_SNIPPET else None


def _logical(v: Violation, language: str) -> Iterator[LogicalLocation]:
    if v.place is not None and line_of_file(v) is None:
        said = where(v.line, v.place).in_language(language)
        yield LogicalLocation(said, said, v.place.part)
    if v.section:
        section = printable(v.section)
        yield LogicalLocation(printable(v.section_label or v.section), section, "section")
    if v.measure:
        measure = printable(v.measure)
        yield LogicalLocation(measure, f"{printable(v.section)}/{measure}" if v.section else measure, "measure")


def _others(v: Violation, file: ArtifactLocation, language: str) -> Iterator[Location]:
    """Yield the other lines in which the same thing is."""
    if v.place is not None:
        return  # the message names them
    also = message(Bilingual("这一行也有", "here, too").in_language(language))
    lines = [line for line in v.lines if line != v.line]
    for number, line in enumerate(lines, start=1):
        yield Location(PhysicalLocation(file, Region(line)), number, message=also)


def _fixes(edits: Sequence[PlacedEdit], file: ArtifactLocation, language: str) -> tuple[Fix, ...]:
    if not edits:
        return ()
    replacements = tuple(
        Replacement(
            Region(edit.line, edit.column, edit.end_line, edit.end_column),
            ArtifactContent(edit.text) if edit.text else None,
        )
        for edit in edits
    )
    said = message(Bilingual("--fix 会这样改", "what --fix does").in_language(language))
    return (Fix(said, (ArtifactChange(file, replacements),)),)


def _suppression(waived: Waived, language: str) -> Suppression:
    return Suppression("inSource" if waived.how == "comment" else "external", acceptance(waived, language))


# ------------------------------------------------------------------------------- the run


def _invocation(report: Report, files: Sequence[tuple[FileReport, Artifact]], numbers: Mapping[str, int]) -> Invocation:
    """Return how the run went: it succeeded where every draft was read, and every rule evaluated."""
    execution = tuple(
        Notification(
            message(one.message),
            "error",
            (Location(PhysicalLocation(artifact.location)),),
            ReportingDescriptorReference(one.rule, numbers[one.rule]) if one.rule else None,
        )
        for file, artifact in files
        for one in undone(file, report.language)
    )
    configuration = tuple(Notification(message(problem), "error") for problem in report.problems)
    return Invocation(not execution and not configuration, execution, configuration)
