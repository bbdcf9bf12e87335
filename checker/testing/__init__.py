"""The kit with which authors test packs and plugins, under pytest or any other runner.

A test of a pack is three lines::

    from checker.testing import assert_examples

    def test_examples() -> None:
        assert_examples("my-county")

What does not hold raises AssertionError, which says it in Chinese, with PLANCHECK_LANG=en in English.
Where a question makes no sense, or rules or plugins have a mistake, ``checker.problems.Problem`` is
raised.

``plugins`` are names of modules, ``.py`` files, or modules; beside them the installed plugins take
part, as they do in a run. Words and grammars of plugins hold in the whole process until the kit, or a
run, is asked for others.
"""

from __future__ import annotations

from checker.testing.asking import Plugins
from checker.testing.readers import assert_reader_conforms
from checker.testing.reporters import Kind, assert_reporter_conforms
from checker.testing.reports import assert_same_report
from checker.testing.rules import Finding, assert_examples, check_text, findings

__all__ = [
    "Finding",
    "Kind",
    "Plugins",
    "assert_examples",
    "assert_reader_conforms",
    "assert_reporter_conforms",
    "assert_same_report",
    "check_text",
    "findings",
]
