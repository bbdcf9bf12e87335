"""What the findings of several rules say together, and how grave they are in a draft for comment."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from checker.model import Bilingual, Plan, Violation
from checker.violations import violation_at

FOR_COMMENT = "征求意见稿"
_MILDER = {"error": "warning", "warning": "info", "info": "info"}
# What is filled in when the comments are in: by whom, and how much.
_LATER = ("health/literacy-target", "health/series-rises", "health/series-falls", "plan/lead-unit", "plan/target-year")
_BASICS = ("health/literacy-target", "health/required-actions")
_REDRAFT = Bilingual(
    "健康素养水平的目标和应有的行动都不全，建议先补齐再逐条修改",
    "The target for health literacy is missing, and actions are, too: complete these before mending the rest",
)


def of(plan: Plan, violations: Sequence[Violation], language: str) -> Sequence[Violation] | None:
    """Return the violations as they are to be reported; None where there is nothing to change."""
    judged = list(violations)
    if {rule for one in violations if (rule := one.rule) in _BASICS} == set(_BASICS):
        message = _REDRAFT.in_language(language)
        judged.append(violation_at(plan, plan.metadata.title_span, "health/redraft", message, severity="error"))
    if is_for_comment(plan):
        judged = [replace(one, severity=_MILDER[one.severity]) if one.rule in _LATER else one for one in judged]
    return None if judged == list(violations) else judged


def is_for_comment(plan: Plan) -> bool:
    """Say whether a draft says of itself that it is one for comment."""
    return FOR_COMMENT in (plan.metadata.title or "") or FOR_COMMENT in (plan.metadata.notice_title or "")
