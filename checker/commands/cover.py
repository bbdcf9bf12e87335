"""``plancheck cover``: what of the superior's plan a draft takes up, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from checker.commands import completing
from checker.commands.formats import form_for
from checker.commands.options import host_of, lang_option, language_of, max_size_option, more_plugins, revisions_option
from checker.commands.output import say_problems, spare_drafts, unread_parts, write
from checker.expressions import keep_new_expressions
from checker.host import Host
from checker.lexicon_extension import use
from checker.model import Bilingual, Plan
from checker.parsing import parsed
from checker.problems import Problem, Unreadable
from checker.reader import load, read, shown
from checker.reporters.words import printable

if TYPE_CHECKING:
    from checker.coverage.model import Coverage


@click.command("cover")
@click.argument("superior", metavar="SUPERIOR", shell_complete=completing.files)
@click.argument("draft", metavar="DRAFT", shell_complete=completing.files)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "html", "json"]),
    help="text 只列要看的，其他是全部；不写时按 -o 的后缀 / text: what to look at; the others: everything [text]",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="写入文件 / write it to a file")
@click.option("-v", "--verbose", is_flag=True, help="text 也列出全部对照 / every pairing in the text, too")
@max_size_option
@revisions_option
@more_plugins
@lang_option
@click.pass_context
def command(
    context: click.Context,
    superior: str,
    draft: str,
    format_: str | None,
    output: str | None,
    verbose: bool,
    max_size: int,
    revisions: str,
) -> None:
    """对照上级方案：哪些已落实，哪些漏了，哪个目标低了 / hold a draft against its superior's plan.

    SUPERIOR 是上级方案，DRAFT 是本级方案；其中一个可以是 -（标准输入）。
    上级的每项行动、工程、措施、目标，由本级的哪一项落实，有多大把握；没有落实的排在最前。

    SUPERIOR is the superior's plan, one of the two may be - for standard input. For each action,
    project, measure and target of it: what in DRAFT takes it up, how certain that is; what is
    missing comes first.

    \b
    例 / example:
      plancheck cover province.txt county.txt
      plancheck cover province.txt county.txt -o cover.html

    \b
    退出状态 / exit status:
      0  都有落实，目标不低 / nothing missing or lower
      1  有遗漏，或有目标低于上级 / something is
      2  有文件或插件不能用 / a file or a plugin could not be used
    """
    language = language_of(context)
    paths, form = (superior, draft), form_for(format_, output)
    if paths == ("-", "-"):
        zh = "两份方案不能都是标准输入（-），请把一份存成文件"
        raise Problem(Bilingual(zh, "only one of the two plans can be standard input (-): save the other as a file"))
    plugins = host_of(context)
    spare_drafts(output, paths, plugins.suffixes)
    cover = _comparison()
    problems = (*plugins.faults, *use(plugins.word_places, plugins.origins, plugins.grammars))
    with plugins.apart():
        plans = [_plan(path, plugins, max_size, revisions == "original") for path in paths]
    keep_new_expressions()
    coverage = cover(*plans)
    names = [shown(path) for path in paths]
    write(_rendered(coverage, names, form, language, verbose), output)
    unread = [one for path, plan in zip(names, plans, strict=True) for one in unread_parts(path, plan.text)]
    problems = (*problems, *unread)
    say_problems(problems, language)
    context.exit(2 if problems else 1 if coverage.missing or coverage.lower else 0)


def _rendered(coverage: Coverage, names: Sequence[str], form: str, language: str, verbose: bool) -> str:
    """Return the coverage in a form; the module of each is imported only when it is used."""
    if form == "json":
        from checker.coverage import contract

        return contract.render(coverage, names)
    if form == "markdown":
        from checker.coverage import markdown

        return markdown.render(coverage, names, language)
    if form == "html":
        from checker.coverage import html

        return html.render(coverage, names, language)
    from checker.coverage import text

    return text.render(coverage, names, language, everything=verbose)


def _comparison() -> Callable[[Plan, Plan], Coverage]:
    """Return the comparison; raises Problem where the library is not installed that compares the texts."""
    try:
        from checker.coverage.covering import cover
    except ModuleNotFoundError as error:
        if error.name != "rapidfuzz":
            raise
        install = "pip install 'plancheck[cover]'"
        zh, en = f"对照方案需要 rapidfuzz，请先安装：{install}", f"comparing plans needs rapidfuzz: {install}"
        raise Problem(Bilingual(zh, en)) from error
    return cover


def _plan(path: str, plugins: Host, max_size: int, original: bool) -> Plan:
    """Return the plan in a file; raises Problem with its path if it cannot be read."""
    try:
        return parsed(read(load(path, max_size), path, plugins.readers, original), plugins)
    except Unreadable as problem:
        name = printable(shown(path))
        raise Problem(Bilingual(f"{name}: {problem.message.zh}", f"{name}: {problem.message.en}")) from problem
