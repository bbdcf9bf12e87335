"""Changes that are made to plans: defects, each of which a rule has to find, and harmless ones, which none may see.

The defects are in one module for each part of a plan; importing them registers their kinds.
"""

from mutations import clauses, dates, headings, stages, targets, tasks, titles, units, wording, writing
from mutations.defect import KINDS, Defect, defects

__all__ = [
    "KINDS",
    "Defect",
    "clauses",
    "dates",
    "defects",
    "headings",
    "stages",
    "targets",
    "tasks",
    "titles",
    "units",
    "wording",
    "writing",
]
