"""The command line: ``plancheck check``, ``parse``, ``schema``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from checker import __version__, engine
from checker.cache import prune
from checker.engine import Selection
from checker.expressions import keep_new_expressions
from checker.host import host
from checker.model import Bilingual
from checker.problems import Problem, Unreadable
from checker.reader import MAX_SIZE
from checker.reporters.words import printable

if TYPE_CHECKING:
    from checker.engine import Notes
    from checker.model import Report

_RANK = {"info": 0, "warning": 1, "error": 2, "never": 3}


def _language(context: click.Context) -> str:
    found: str = context.find_root().params["lang"]
    return found


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="plancheck %(version)s")
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    envvar="PLANCHECK_LANG",
    help="消息的语言 / language of messages [PLANCHECK_LANG]",
)
@click.pass_context
def plancheck(context: click.Context, lang: str) -> None:
    """检查各级政府的实施方案、行动计划：牵头单位、目标、进度阶段、行动与工程是否齐全。

    Check implementation plans of local governments against rules.

    \b
    例 / example:
      plancheck check draft.txt
      plancheck parse draft.txt --format tree
    """


def _lang_option(command: Any) -> Any:
    """Let ``--lang`` stand behind the command's name too."""

    def take(context: click.Context, parameter: click.Parameter, given: str | None) -> None:
        if given:
            context.find_root().params["lang"] = given

    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        callback=take,
        expose_value=False,
        help="消息的语言 / language of messages",
    )(command)


@plancheck.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--format", "format_", default="text", metavar="NAME", help="text | concise | json [text]")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="把报告写入文件 / write the report to a file")
@click.option(
    "--select", multiple=True, metavar="ID,…", help="只执行这些规则或规则包 / run only these rules or packs [all]"
)
@click.option("--ignore", multiple=True, metavar="ID,…", help="不执行这些规则或规则包 / leave these out")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    default="warning",
    help="从哪一级起退出状态为 1 / severity from which the exit status is 1 [warning]",
)
@click.option(
    "--max-size",
    type=click.IntRange(min=1),
    default=MAX_SIZE,
    metavar="BYTES",
    help="单个文件的大小上限 / largest draft [20000000]",
)
@click.option("-v", "--verbose", is_flag=True, help="列出每条规则的结果 / say what came of every rule")
@click.option("--no-cache", is_flag=True, help="不使用也不保存以前的结果 / neither use nor keep earlier results")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="同时使用的进程数；0：方案多时每个核一个 / processes; 0: one for each core where there are many drafts [0]",
)
@_lang_option
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[str, ...],
    format_: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    max_size: int,
    verbose: bool,
    no_cache: bool,
    jobs: int,
) -> None:
    """检查方案，报告问题 / check drafts and report violations.

    PATH 是文件、文件夹或 -（标准输入）。

    \b
    例 / example:
      plancheck check samples/drafts
      plancheck check draft.txt --select plan/lead-unit --format json -o report.json

    \b
    退出状态 / exit status:
      0  没有达到 --fail-on 的问题 / nothing at or above --fail-on
      1  有问题 / violations
      2  有内容未能检查 / something could not be checked
      3  plancheck 自身的错误 / a fault of plancheck
    """
    language = _language(context)
    plugins = host()
    if format_ not in plugins.reporters:
        raise _no_format(format_, sorted(plugins.reporters))
    _spare_drafts(output, paths, plugins.suffixes)
    report, notes = _checked(
        paths, Selection(_split(select) or ("all",), _split(ignore)), language, max_size, no_cache, jobs
    )
    _write(plugins.reporters[format_].render(report), output)
    if verbose:
        click.echo(_outcomes(report, language), nl=False, err=True)
    for message in notes.problems:
        click.echo(f"plancheck: {message.in_language(language)}", err=True)
    for file in report.files:
        if file.error is not None and (format_ == "json" or output):
            click.echo(printable(f"plancheck: {file.path}: {file.error}"), err=True)
    context.exit(status(report, fail_on, bool(notes.problems)))


def _checked(
    paths: Sequence[str], selection: Selection, language: str, max_size: int, no_cache: bool, jobs: int
) -> tuple[Report, Notes]:
    review = engine.Review(selection, language, max_size, cached=not no_cache)
    if review.notes.idle:
        zh, en = zip(*review.notes.problems, strict=True)
        raise Problem(Bilingual("\n".join(zh), "\n".join(en)))
    report = engine.check_paths(paths, review, jobs)
    keep_new_expressions()
    if review.results:
        prune()
    return report, review.notes


def _split(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.strip() for words in given for name in words.split(",") if name.strip())


def _no_format(name: str, known: list[str]) -> Problem:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1)
    zh = f"没有名为“{name}”的报告格式；可用的：{'、'.join(known)}" + (f"。您是不是想写“{near[0]}”？" if near else "")
    en = f"no report format named {name!r}; there are: {', '.join(known)}" + (
        f". Did you mean {near[0]!r}?" if near else ""
    )
    return Problem(Bilingual(zh, en))


def _outcomes(report: Report, language: str) -> str:
    """Return a line for every rule and file: passed, failed, not applicable or not evaluated, and why."""
    words = {
        "passed": Bilingual("通过", "passed"),
        "failed": Bilingual("未通过", "failed"),
        "not-applicable": Bilingual("不适用", "not applicable"),
        "not-evaluated": Bilingual("未能执行", "not evaluated"),
    }
    return "".join(
        f"{printable(file.path)}: {outcome.rule}: {words[outcome.outcome].in_language(language)}"
        + (f"（{outcome.reason}）" if outcome.reason else "")
        + "\n"
        for file in report.files
        for outcome in file.rules
    )


def status(report: Report, fail_on: str, bad_rules: bool = False) -> int:
    """Return the exit status of a run; what could not be checked wins over violations."""
    if bad_rules or any(
        file.error is not None or any(outcome.outcome == "not-evaluated" for outcome in file.rules)
        for file in report.files
    ):
        return 2
    return int(any(_RANK[v.severity] >= _RANK[fail_on] for file in report.files for v in file.violations))


def _write(text: str, output: str | None) -> None:
    """Print a report, with colours on a terminal only; or write it to a file, whole or not at all."""
    if output is None:
        click.echo(text, nl=False, color=False if os.environ.get("NO_COLOR") else None)
        return
    try:
        _write_file(output, click.unstyle(text))
    except OSError as error:
        name, reason = printable(output) or "-o", error.strerror or str(error)
        raise Problem(Bilingual(f"{name}: 无法写入（{reason}）", f"{name}: cannot be written ({reason})")) from error


def _write_file(output: str, text: str) -> None:
    """Write a report to a file, whole or not at all; a pipe or device is written to, never replaced."""
    import tempfile
    from pathlib import Path

    place = Path(output).resolve()  # a link stays a link
    if place.exists() and not place.is_file():
        place.write_text(text, encoding="utf-8", newline="\n")
        return
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".plancheck-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(mode)
        Path(temporary).replace(place)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _spare_drafts(output: str | None, paths: Sequence[str], suffixes: Sequence[str]) -> None:
    """Refuse to write the report over a draft that is checked: a run never changes a draft."""
    if output is None or not os.path.exists(output):
        return
    from checker.reader import drafts

    for path in paths:
        try:
            named = drafts(path, suffixes)
        except Unreadable:
            continue
        if any(draft != "-" and os.path.exists(draft) and os.path.samefile(draft, output) for draft in named):
            name = printable(output)
            raise Problem(
                Bilingual(
                    f"{name}: 是要检查的方案，不能用报告覆盖；请给 -o 另起文件名",
                    f"{name}: is a draft to be checked and must not be overwritten; give -o another name",
                )
            )


@plancheck.command()
@click.argument("path", metavar="PATH")
@click.option("--format", "format_", type=click.Choice(["tree", "json"]), default="tree", help="[tree]")
@click.option(
    "--max-size",
    type=click.IntRange(min=1),
    default=MAX_SIZE,
    metavar="BYTES",
    help="文件的大小上限 / largest draft [20000000]",
)
@_lang_option
@click.pass_context
def parse(context: click.Context, path: str, format_: str, max_size: int) -> None:
    """显示读出的结构 / show the structure that was understood.

    \b
    例 / example:
      plancheck parse draft.txt
      plancheck parse draft.txt --format json
    """
    from checker.parser import parse_text
    from checker.reader import load, read, shown

    language = _language(context)
    try:
        plan = parse_text(read(load(path, max_size), path, host().readers))
        keep_new_expressions()
    except Unreadable as problem:
        name = printable(shown(path))
        raise Problem(Bilingual(f"{name}: {problem.message.zh}", f"{name}: {problem.message.en}")) from problem
    if format_ == "json":
        import msgspec

        from checker.contract import plan_json

        encoded = msgspec.json.encode(plan_json(plan, shown(path), language))
        click.echo(msgspec.json.format(encoded, indent=2).decode())
        return
    from checker.tree import plan_tree

    _write(plan_tree(plan, language), None)


@plancheck.command()
@click.argument("what", type=click.Choice(["plan", "report"]))
def schema(what: str) -> None:
    """打印 JSON Schema / print a JSON Schema.

    \b
    例 / example:
      plancheck schema plan
    """
    import msgspec

    from checker.contract import PlanJson
    from checker.reporters.json import ReportJson

    shapes: dict[str, type] = {"plan": PlanJson, "report": ReportJson}
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(shapes[what])}
    click.echo(msgspec.json.format(msgspec.json.encode(made), indent=2).decode())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; the one place that turns exceptions into an exit status."""
    language = os.environ.get("PLANCHECK_LANG", "zh")
    given = list(sys.argv[1:] if arguments is None else arguments)
    for index, argument in enumerate(given):
        if argument in ("--lang=en", "--lang=zh"):
            language = argument[-2:]
        elif argument == "--lang" and index + 1 < len(given):
            language = given[index + 1]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A report is UTF-8 wherever it goes; a terminal that cannot show a character shows a mark.
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = plancheck.main(args=given, prog_name="plancheck", standalone_mode=False) or 0
        sys.stdout.flush()  # a full disk shows here
        sys.exit(code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(2)
    except Problem as problem:
        click.echo(f"plancheck: {problem.message.in_language(language)}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output has had enough: plancheck check … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
    except OSError as error:
        reason = error.strerror or str(error)
        message = Bilingual(f"无法写出报告（{reason}）", f"the report cannot be written ({reason})")
        click.echo(f"plancheck: {message.in_language(language)}", err=True)
        os._exit(2)  # what is left in the buffer cannot be written either
    except Exception:
        import traceback

        click.echo(_our_fault(language), err=True)
        click.echo(traceback.format_exc(), err=True)
        sys.exit(3)


def _our_fault(language: str) -> str:
    import platform

    facts = f"plancheck {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return Bilingual(
        f"plancheck 自身出错了。请把下面的内容连同能重现问题的一小段文字报告给开发者（{facts}）：",
        f"a fault of plancheck. Please report what follows, with a short text that shows it ({facts}):",
    ).in_language(language)
