"""A small report with a bit of everything, which each test of a reporter looks at whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from reports import violation

from checker.model import (
    Bilingual,
    FileReport,
    Outcome,
    PlacedEdit,
    Report,
    RuleSummary,
    Severity,
    Violation,
    Waived,
)

DRAFT = "drafts/棠城县 方案.txt"
SCAN = "drafts/扫描件.txt"
SECTION: dict[str, Any] = {"section": "二.1", "section_label": "二（一）场地行动"}
EVIL = "\x1b[31m\x07\u202e\ufffe]](1)<b>|*_`x`_*{0} %0A::error::,:;\r\n::error file=x::forged\n| a | b |"
"""Words that are meant to do harm, wherever they are shown."""
_RULES: tuple[tuple[str, Bilingual, Severity, str, str | None], ...] = (
    (
        "gongwen/punctuation-width",
        Bilingual("中文里的标点用全角", "Full-width marks"),
        "warning",
        "改成全角。",
        "GB/T 15834",
    ),
    (
        "plan/lead-unit",
        Bilingual("每项措施都要写明牵头单位", "Every measure names a lead unit"),
        "error",
        "写明谁牵头。",
        None,
    ),
    ("plan/numbering", Bilingual("编号要连续", "Numbers without gaps"), "error", "", None),
    ("plan/stages-order", Bilingual("阶段先后有序", "Stages in order"), "info", "", None),
    ("plan/target-year", Bilingual("目标要写明年份", "Targets name a year"), "warning", "写明哪一年。", None),
    ("plan/title-agrees", Bilingual("标题要一致", "Titles agree"), "warning", "", None),
    ("plan/unit-name", Bilingual("单位名称一致", "One name for one unit"), "warning", "", None),
)


def reviewed(language: str = "zh", **more: Any) -> Report:
    """Return a report on a draft that has violations of all kinds, and on one that cannot be read."""

    def said(zh: str, en: str) -> str:
        return Bilingual(zh, en).in_language(language)

    found = (
        violation(
            "b1" * 8,
            "gongwen/punctuation-width",
            severity="warning",
            message=said("半角标点“,”", "Half-width mark “,”"),
            line=4,
            column=8,
            end_line=4,
            end_column=9,
            source_line="到2025年,全县建成.",
            count=3,
            lines=(4, 9),
            basis="GB/T 15834",
            edits=(PlacedEdit(4, 8, 4, 9, "，"), PlacedEdit(4, 13, 4, 14, "。"), PlacedEdit(9, 2, 9, 3, "")),
        ),
        violation(
            "c2" * 8,
            "plan/target-year",
            severity="warning",
            message=said("目标没有写明年份", "A target names no year"),
            line=6,
            lines=(6,),
            column=2,
            end_line=6,
            end_column=4,
            source_line="建成100个。",
            waived=Waived("configuration", "本级不设年度目标", "张三", date(2026, 12, 31)),
        ),
        violation(
            "a0" * 8,
            "plan/lead-unit",
            message=said("措施“办好赛事”没有写明牵头单位", "Measure “办好赛事” names no lead unit"),
            line=8,
            lines=(8,),
            column=3,
            end_line=8,
            end_column=7,
            source_line="2.办好赛事。每年办赛10场。",
            measure="办好赛事",
            **SECTION,
        ),
        violation(
            "d3" * 8,
            "plan/stages-order",
            severity="info",
            message=said("阶段先后颠倒", "Stages out of order"),
            line=11,
            lines=(11,),
            column=1,
            end_line=13,
            end_column=1,
            source_line="推进阶段。2023年。",
        ),
    )
    outcomes = (
        Outcome("gongwen/punctuation-width", "failed", 1),
        Outcome("plan/lead-unit", "failed", 1),
        Outcome("plan/numbering", "passed"),
        Outcome("plan/stages-order", "failed", 1),
        Outcome("plan/target-year", "failed", 1),
        Outcome("plan/title-agrees", "not-applicable", 0, said("没有可检查的内容", "nothing to look at")),
        Outcome("plan/unit-name", "not-evaluated", 0, said("超时", "it took too long")),
    )
    files = (
        FileReport(DRAFT, "txt", "gb18030", None, found, outcomes),
        FileReport(SCAN, error=said("文件是空的", "the file is empty")),
    )
    rules = {
        name: RuleSummary(name, title.in_language(language), severity, help, basis)
        for name, title, severity, help, basis in _RULES
    }
    return Report("0.1.0", {"plan": "0.1.0"}, files, language, rules=rules, **more)


def alone(one: Violation, path: str = "a.txt", **more: Any) -> Report:
    """Return a report on a draft with one violation."""
    outcomes = (Outcome(one.rule, "failed", 1),)
    return Report("0.1.0", {}, (FileReport(path, "txt", "utf-8", None, (one,), outcomes),), **more)
