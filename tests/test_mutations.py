"""Defects that are put into the samples are found.

Each kind of defect (``tests/mutations``) is found by where things stand in a plan, never by
its words, and so goes into any plan: a rule that sees it in one layout has to see it in all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mutations import clauses, dates, headings, stages, targets, tasks, titles, units, wording, writing
from mutations.defect import KINDS, Defect, defects
from mutations.draft import RULEBOOK, Draft

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = sorted(path for path in (REPOSITORY / "samples" / "drafts").iterdir() if path.suffix in (".txt", ".md"))
CORPUS = sorted((REPOSITORY.parent / "shared" / "corpus").glob("*.txt"))
MAKERS = (clauses, dates, headings, stages, targets, tasks, titles, units, wording, writing)
RULES = frozenset(rule.id for rule in RULEBOOK.rules)
CASES = [case for path in SAMPLES for case in defects(Draft.read(path))]
