"""``checkstyle``: the XML of Checkstyle, which Jenkins and many editors read."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from checker.model import FileReport, Report, Violation
from checker.places import line_of_file
from checker.reporters.undone import undone
from checker.reporters.words import found_in, full_message, printable


def render(report: Report) -> str:
    """Return the report as XML, indented, with a line end.

    What could not be done stands at the first line of its draft; a mistake of a rule file or a plugin is in no draft,
    and so not among the errors.
    """
    root = Element("checkstyle", version=report.version)
    for file in report.files:
        _add(file, report, root)
    indent(root)
    made: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{made}\n'


def _add(file: FileReport, report: Report, root: Element) -> None:
    element = SubElement(root, "file", name=printable(file.path))
    for violation in report.shown(file):
        SubElement(element, "error", _error(violation, report.language))
    for one in undone(file, report.language):
        given = {"line": "1", "severity": "error", "message": one.message}
        SubElement(element, "error", given, source=_source(one.rule) if one.rule else "plancheck")


def _error(v: Violation, language: str) -> dict[str, str]:
    return {
        "line": str(line_of_file(v) or 1),
        **({"column": str(v.column)} if v.place is None else {}),
        "severity": v.severity,
        "message": full_message(v, language) + found_in(v, language),
        "source": _source(v.rule),
    }


def _source(rule: str) -> str:
    """Return a rule as a name with dots: what is behind the last one is the type, as Jenkins shows it."""
    return f"plancheck.{rule}"
