"""What the forms of ``plancheck compare`` for people have in common: the order, the words, the sentences."""

from __future__ import annotations

from collections.abc import Iterator

from checker.comparing import Compared, Comparison, DraftPair, State
from checker.model import Bilingual
from checker.places import where
from checker.reporters.words import printable

STATES: dict[State, Bilingual] = {
    "new": Bilingual("新增", "new"),
    "open": Bilingual("仍未改", "still open"),
    "fixed": Bilingual("已改", "fixed"),
    "waived": Bilingual("已接受", "waived"),
    "unknown": Bilingual("无法判断", "not known"),
}
"""In the order in which they are shown."""


def summary(comparison: Comparison) -> Bilingual:
    """Return one sentence: how many drafts, and how many violations are in which state."""
    numbers = {state: comparison.count(state) for state in STATES}
    said = [state for state in STATES if numbers[state] or state != "unknown"]
    zh = "，".join(f"{STATES[state].zh} {numbers[state]}" for state in said)
    en = ", ".join(f"{numbers[state]} {STATES[state].en}" for state in said)
    drafts = len(comparison.drafts)
    return Bilingual(f"比较了 {drafts} 份方案：{zh}。", f"{drafts} draft{'s' if drafts != 1 else ''} compared: {en}.")


def notes(comparison: Comparison) -> Iterator[Bilingual]:
    """Yield what there is to say of drafts that one side has, cannot be read, or could not be checked in full."""
    old, new = printable(comparison.old), printable(comparison.new)
    for draft in comparison.drafts:
        name = printable(draft.name)
        if draft.new is None:
            yield Bilingual(f"{name}: 只在旧稿（{old}）里", f"{name}: only in the old version ({old})")
        elif draft.old is None:
            yield Bilingual(f"{name}: 只在新稿（{new}）里", f"{name}: only in the new version ({new})")
        for report in draft.reports:
            path = printable(report.path)
            if report.error is not None:
                error = printable(report.error)
                yield Bilingual(f"{path}: 无法检查：{error}", f"{path}: not checked: {error}")
            for outcome in report.rules:
                if outcome.outcome == "not-evaluated":
                    zh = f"{path}: {printable(outcome.rule)}: 未能执行（{printable(outcome.reason or '')}）"
                    en = f"{path}: {printable(outcome.rule)}: not evaluated ({printable(outcome.reason or '')})"
                    yield Bilingual(zh, en)
            yield from (Bilingual(f"{path}: {printable(one)}", f"{path}: {printable(one)}") for one in report.problems)


def in_state(comparison: Comparison, state: State) -> list[tuple[DraftPair, Compared]]:
    """Return the violations in a state, with their drafts."""
    return [(draft, one) for draft in comparison.drafts for one in draft.violations if one.state == state]


def path_of(draft: DraftPair, one: Compared) -> str:
    """Return the path of the version in which a violation is shown."""
    report = draft.new if one.new is not None else draft.old
    return printable(report.path if report is not None else draft.name)


def before(one: Compared) -> Bilingual | None:
    """Return what was said of a violation in the old draft, where another thing is said now."""
    if one.old is None or one.new is None or one.old.message == one.new.message:
        return None
    message, place = printable(one.old.message), where(one.old.line, one.old.place)
    return Bilingual(f"原为（{place.zh}）：{message}", f"was ({place.en}): {message}")
