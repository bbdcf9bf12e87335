"""``plancheck parse``: the structure that was understood."""

from __future__ import annotations

import click

from checker.commands import completing
from checker.commands.options import host_of, lang_option, language_of, max_size_option, more_plugins, revisions_option
from checker.commands.output import say_problems, unread_parts, write
from checker.expressions import keep_new_expressions
from checker.lexicon_extension import use
from checker.model import Bilingual
from checker.parsing import parsed
from checker.problems import Problem, Unreadable
from checker.reporters.words import printable


@click.command("parse")
@click.argument("path", metavar="PATH", shell_complete=completing.files)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["tree", "json"]),
    default="tree",
    help="树，或 JSON / a tree, or JSON [tree]",
)
@max_size_option
@revisions_option
@more_plugins
@lang_option
@click.pass_context
def command(context: click.Context, path: str, format_: str, max_size: int, revisions: str) -> None:
    """显示读出的结构 / show the structure that was understood.

    PATH 是一个文件，或 -（标准输入）/ a file, or - for standard input.

    \b
    例 / example:
      plancheck parse draft.txt
      plancheck parse draft.txt --format json
    """
    from checker.reader import load, read, shown

    language = language_of(context)
    plugins = host_of(context)
    problems = (*plugins.faults, *use(plugins.word_places, plugins.origins, plugins.grammars))
    try:
        with plugins.apart():
            plan = parsed(read(load(path, max_size), path, plugins.readers, revisions == "original"), plugins)
        keep_new_expressions()
    except Unreadable as problem:
        name = printable(shown(path))
        raise Problem(Bilingual(f"{name}: {problem.message.zh}", f"{name}: {problem.message.en}")) from problem
    if format_ == "json":
        from checker.contract import plan_json
        from checker.written_json import written

        click.echo(written(plan_json(plan, shown(path), language)), nl=False)
    else:
        from checker.tree import plan_tree

        write(plan_tree(plan, language), None)
    problems = (*problems, *unread_parts(shown(path), plan.text))
    say_problems(problems, language)
    context.exit(2 if problems else 0)
