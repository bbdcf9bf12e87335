"""The drafts that most tests check: one with nothing to report, one with one violation."""

from __future__ import annotations

CLEAN = """\
某县全民健身实施方案（2021—2025年）

一、工作目标
到2025年，全县体育场地达到100个。
二、主要任务
（一）场地行动
1.建好场地。新建一批场地。（县体育局牵头）
2.办好赛事。每年办赛10场。（县体育局牵头）
三、进度安排
启动阶段。2021年，制定方案。
推进阶段。2022—2025年，全面推进。
四、组织保障
加强组织领导，落实工作经费。
"""
"""A whole plan: goals, tasks with leads, stages for each year, safeguards."""

BAD = CLEAN.replace("每年办赛10场。（县体育局牵头）", "每年办赛10场。")
"""The same; the second measure (line 8) names no lead unit."""

CONCISE = "8:1: error plan/lead-unit 措施“办好赛事”没有写明牵头单位\n"
"""What the report of ``BAD`` in the concise form says behind the path and a colon."""

RULES = 68
"""How many bundled rules run unless one is asked for by its name: two of the 70 are not enabled."""

IDLE = 24
"""How many of them have nothing to look at in these drafts.

They cite no document, bear no number and no date of signature, hold no quotes and no round brackets that were
mixed, state no count and name no county (six and copied-from-superior); they have no layout (nine); and science
literacy (eight) is not theirs.
"""

NO_DRAFTS = (
    "文件夹里没有可检查的方案（.txt、.md、.docx、.docm、.pdf、.doc、.wps、.odt、.rtf）；"
    "别的格式请先另存为 .docx 或 .txt"
)
"""What is said of a folder without drafts: web pages are no drafts there."""
