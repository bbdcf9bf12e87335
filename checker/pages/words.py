"""The words of the pages, in both languages: templates and builders name them by their keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from checker.model import Bilingual, OutcomeKind, Text
from checker.places import where
from checker.reporters.words import SEVERITIES

OUTCOMES: dict[OutcomeKind, Bilingual] = {
    "passed": Bilingual("通过", "passed"),
    "failed": Bilingual("未通过", "failed"),
    "not-applicable": Bilingual("不适用", "not applicable"),
    "not-evaluated": Bilingual("未能执行", "not evaluated"),
}
_WORDS: dict[str, Bilingual] = {
    **{str(severity): word for severity, word in SEVERITIES.items()},
    **{f"outcome_{outcome}": word for outcome, word in OUTCOMES.items()},
    # The page as a whole
    "check": Bilingual("方案检查报告", "Review of a plan"),
    "checks": Bilingual("方案检查报告", "Review of plans"),
    "skip": Bilingual("跳到内容", "Skip to the content"),
    "made_by": Bilingual("plancheck {} 生成；规则包：{}", "Made by plancheck {}; rule packs: {}"),
    "by": Bilingual("plancheck {} 生成", "Made by plancheck {}"),
    "plugins": Bilingual("插件：{}", "plugins: {}"),
    "none": Bilingual("无", "none"),
    "offline": Bilingual(
        "本页只有这一个文件，不访问网络，可以直接转发、打印。",
        "This page is a single file that uses no network: pass it on, or print it.",
    ),
    "keyboard": Bilingual("键盘：", "Keys: "),
    "key_next": Bilingual("下一个、上一个问题", "next and previous violation"),
    "key_search": Bilingual("搜索", "search"),
    "key_leave": Bilingual("取消选中", "let go"),
    "problems": Bilingual("这次检查本身的问题", "What went wrong with this run"),
    # Drafts
    "drafts": Bilingual("草案", "Drafts"),
    "file": Bilingual("文件", "file"),
    "title": Bilingual("标题", "title"),
    "state": Bilingual("结果", "result"),
    "number": Bilingual("序号", "no."),
    "no_drafts": Bilingual("没有检查任何草案。", "No drafts were checked."),
    "unreadable": Bilingual("无法检查", "not checked"),
    "clean": Bilingual("没有发现问题", "No violations found"),
    "clean_short": Bilingual("没有问题", "none"),
    "all_waived": Bilingual("没有需要修改的问题", "Nothing is left to be mended"),
    "incomplete": Bilingual("有规则未能执行", "some rules were not evaluated"),
    "configuration": Bilingual("配置文件", "configuration"),
    "encoding": Bilingual("编码：{}", "encoding: {}"),
    "untitled": Bilingual("（没有标题）", "(no title)"),
    # Violations
    "violations": Bilingual("问题", "Violations"),
    "view_draft": Bilingual("问题与原文", "Violations"),
    "view_glance": Bilingual("一览", "At a glance"),
    "view_tasks": Bilingual("任务分工", "Tasks"),
    "view_rules": Bilingual("规则", "Rules"),
    "views": Bilingual("看什么", "What to look at"),
    "text": Bilingual("原文", "The draft"),
    "filters": Bilingual("筛选", "Filter"),
    "severity": Bilingual("级别", "severity"),
    "rule": Bilingual("规则", "rule"),
    "all_rules": Bilingual("全部规则", "All rules"),
    "search": Bilingual("搜索", "Search"),
    "search_hint": Bilingual("搜索（/）", "Search (/)"),
    "shown": Bilingual("显示 {0} / {1}", "{0} of {1} shown"),
    "nothing_shown": Bilingual("没有符合筛选条件的内容。", "Nothing fits the filters."),
    "clear_filters": Bilingual("清除筛选", "Clear"),
    "lines_head": Bilingual("共 {} 处：", "{} places: "),
    "basis": Bilingual("依据", "Basis"),
    "suggestion": Bilingual("建议", "Suggestion"),
    "waived": Bilingual("已接受", "accepted"),
    "place": Bilingual("位置", "Place"),
    "no_plan": Bilingual(
        "没有这份草案的原文（文件已不在，或已改动），下面只列出问题所在的行。",
        "The draft's text is not at hand (the file has gone, or has changed): only the lines in question are shown.",
    ),
    "not_in_text": Bilingual("原文里找不到这个位置", "this place is not in the text"),
    "previous": Bilingual("上一个问题", "Previous violation"),
    "next": Bilingual("下一个问题", "Next violation"),
    "to_list": Bilingual("回到清单", "Back to the list"),
    "violation_n": Bilingual("问题 {}", "Violation {}"),
    "further": Bilingual("问题 {} 的另一处", "another place of violation {}"),
    "marks": Bilingual(
        "下划线：实线为错误，虚线为警告，点线为提示；号码与清单一致。",
        "Underlines: solid for errors, dashed for warnings, dotted for infos; the numbers are those of the list.",
    ),
    # At a glance
    "measures": Bilingual("措施", "measures"),
    "with_lead": Bilingual("有牵头单位", "with a lead"),
    "only_others": Bilingual("只有责任或配合单位", "other units only"),
    "no_units": Bilingual("没有单位", "no units"),
    "without_lead": Bilingual("没有写明牵头单位的措施", "Measures without a lead"),
    "no_measures": Bilingual("没有读出措施。", "No measures were found."),
    "units": Bilingual("单位", "units"),
    "unit": Bilingual("单位", "unit"),
    "stages": Bilingual("进度阶段", "stages"),
    "by_action": Bilingual("各项行动由谁牵头", "Who leads what"),
    "by_action_note": Bilingual(
        "数字是措施数；一项措施有几个牵头单位的，各计一次。",
        "Numbers of measures; one with several leads counts for each.",
    ),
    "no_leads": Bilingual("没有哪项措施写明了牵头单位。", "No measure names a lead unit."),
    "action": Bilingual("行动（工程）", "action or project"),
    "other_leads": Bilingual("其他单位", "other units"),
    "other_leads_note": Bilingual(
        "另有 {} 个牵头单位合在“其他单位”里。", "{} more leads stand together under “other units”."
    ),
    "lacking": Bilingual("无牵头", "no lead"),
    "load": Bilingual("各单位任务量", "Load of each unit"),
    "no_load": Bilingual("没有读出责任单位。", "No responsible units were found."),
    "lead": Bilingual("牵头", "leading"),
    "responsible": Bilingual("责任", "responsible"),
    "supporting": Bilingual("配合", "supporting"),
    "sum": Bilingual("合计", "tasks"),
    "more_units": Bilingual("另 {} 个单位", "{} more units"),
    "fewer": Bilingual("收起", "Fewer"),
    "more_targets": Bilingual("另 {} 项目标", "{} more targets"),
    "timeline": Bilingual("进度安排", "Stages in time"),
    "no_stages": Bilingual("没有读出进度阶段。", "No stages were found."),
    "period": Bilingual("方案期限", "period of the plan"),
    "undated": Bilingual("未写年份", "no year"),
    "figures": Bilingual("目标", "Targets"),
    "no_targets": Bilingual("没有读出量化目标。", "No quantified targets were found."),
    "whole": Bilingual("（不在行动、工程下）", "(under no action or project)"),
    # The tasks
    "matrix": Bilingual("任务分工表", "Task matrix"),
    "by_unit": Bilingual("按单位", "By unit"),
    "by_task": Bilingual("按任务", "By task"),
    "all_units": Bilingual("全部单位", "All units"),
    "filter_unit": Bilingual("只看单位", "Only unit"),
    "tasks_shown": Bilingual("显示 {0} / {1} 项", "{0} of {1} shown"),
    "no_tasks": Bilingual(
        "没有读出措施，也没有读出责任条款。", "No measures and no responsibility clauses were found."
    ),
    "count_tasks": Bilingual("{0} 项任务，{1} 个单位", "{0} tasks, {1} units"),
    "count_lacking": Bilingual("；{} 项措施没有写明牵头单位", "; {} measures name no lead"),
    "tasks_page": Bilingual("任务分工", "Tasks and who is responsible"),
    # The rules
    "outcomes": Bilingual("每条规则的结果", "What came of each rule"),
    "not_evaluated": Bilingual("未能执行的规则", "Rules that were not evaluated"),
    "not_applicable": Bilingual("不适用的规则", "Rules that do not apply"),
    "passed_rules": Bilingual("通过的规则", "Rules that hold"),
    "failed_rules": Bilingual("未通过的规则", "Rules that do not hold"),
    "no_reason": Bilingual("没有说明原因", "no reason given"),
    "no_rules": Bilingual("没有执行规则。", "No rules were run."),
    # A comparison
    "compare": Bilingual("两稿比较", "Two versions compared"),
    "old": Bilingual("旧稿", "Old"),
    "new": Bilingual("新稿", "New"),
    "problem": Bilingual("问题", "violation"),
    "all_states": Bilingual("状态", "state"),
    "hidden_waived": Bilingual(
        "已接受的 {} 个问题没有列出；加 --show-waived 列出。",
        "{} accepted violations are not listed; see --show-waived.",
    ),
    "before": Bilingual("原为", "was"),
    "note": Bilingual("请注意", "Mind"),
    "same": Bilingual("两稿都没有发现问题。", "No violations in either version."),
    # A coverage
    "cover": Bilingual("上下级方案对照", "A draft held against its superior's plan"),
    "superior": Bilingual("上级", "Superior"),
    "own_draft": Bilingual("本级", "Draft"),
    "taken_up": Bilingual("已落实", "taken up"),
    "missing": Bilingual("没有落实", "missing"),
    "beyond_owed": Bilingual("不必落实", "not owed"),
    "kind": Bilingual("类别", "kind"),
    "sureness": Bilingual("把握", "sureness"),
    "remarks": Bilingual("说明", "remarks"),
    "all_kinds": Bilingual("全部类别", "All kinds"),
    "all_pairings": Bilingual("全部对照", "All pairings"),
    "all_taken": Bilingual(
        "上级方案的内容都有落实，目标都不低。", "All of the superior's plan is taken up, and no target is lower."
    ),
    "nothing_asked": Bilingual(
        "上级方案里没有行动、工程、措施和目标。", "The superior's plan has nothing to be taken up."
    ),
}


@lru_cache(maxsize=2)
class Line(NamedTuple):
    """A line of a draft, and how people call it: 第 12 行, 第 12 段."""

    number: int
    name: str


def line_at(text: Text, offset: int, language: str) -> Line:
    """Return the line in which the character at ``offset`` of the source stands."""
    number = text.position(offset).line
    return Line(number, where(number, text.place(offset)).in_language(language))


def words(language: str) -> dict[str, str]:
    """Return all words in ``language`` (``zh`` or ``en``) by their keys."""
    return {key: word.in_language(language) for key, word in _WORDS.items()}


def footer(version: str, packs: Mapping[str, str], plugins: Mapping[str, str], language: str) -> list[str]:
    """Return the lines that say what has made a page."""
    w = words(language)
    lines = [w["made_by"].format(version, _versions(packs, language) or w["none"])]
    if plugins:
        lines.append(w["plugins"].format(_versions(plugins, language)))
    return lines


def _versions(named: Mapping[str, str], language: str) -> str:
    return joined([f"{name} {version}" for name, version in named.items()], language)


def joined(words: list[str], language: str) -> str:
    """Return words as a list in a sentence: with 、 in Chinese."""
    return Bilingual("、", ", ").in_language(language).join(words)
