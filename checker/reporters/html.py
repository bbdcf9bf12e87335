"""``html``: the report as one page that is looked at in a browser, passed on and printed."""

from __future__ import annotations

from checker.model import Report


def render(report: Report) -> str:
    """Return the page: each draft with its violations marked in it, the plan at a glance, its tasks, the rules."""
    from checker.pages.check import page

    return page(report)
