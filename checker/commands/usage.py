"""What is wrong with a call of the command, in the language of the messages.

click says it in English. What it means is told from the class of its exception and of the
parameter, never from its words.
"""

from __future__ import annotations

import click

from checker.definitions import no_such
from checker.model import Bilingual
from checker.reporters.words import printable


def say_usage(error: click.ClickException, language: str) -> None:
    """Print the usage line, where help is to be had, and what is wrong."""
    if language == "en" or not isinstance(error, click.UsageError):
        error.show()
        return
    if error.ctx is not None:
        click.echo(f"{error.ctx.get_usage()}\n运行 {error.ctx.command_path} --help 看说明。\n", err=True)
    click.echo(f"错误：{printable(_in_chinese(error))}", err=True)


def _in_chinese(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        options = [option for one in error.ctx.command.params for option in one.opts] if error.ctx else []
        return no_such(Bilingual("选项", "option"), error.option_name, [one for one in options if one[:1] == "-"]).zh
    if isinstance(error, click.MissingParameter):
        missing = f"缺少{_kind(error.param)} {_name(error)}"
        choices = error.param is not None and isinstance(error.param.type, click.Choice)
        return f"{missing}；{_wanted(error)}" if choices else missing
    if isinstance(error, click.BadParameter):
        wrong = f"{_kind(error.param)} {_name(error)} 的值不对：{_wanted(error)}"
        return wrong.replace("） 的", "）的")
    if isinstance(error, click.BadOptionUsage):
        wrong = f"选项 {error.option_name} 用法不对：后面缺一个值，或者它不要值（{error.format_message()}）"
        return f"{wrong}；在命令后面写 --help 看说明"
    return f"多写了参数，或参数不对（{error.format_message()}）"


def _kind(parameter: click.Parameter | None) -> str:
    return "选项" if isinstance(parameter, click.Option) else "参数"


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return str(error.param_hint or "")
    if isinstance(error.param, click.Option):
        variable = f"（或环境变量 {error.param.envvar}）" if error.param.envvar else ""
        return max(error.param.opts, key=len) + variable
    return (error.param.make_metavar(error.ctx) if error.ctx else error.param.name or "").strip("[]")


def _wanted(error: click.BadParameter) -> str:
    """Return what a parameter takes, by its type."""
    wanted = error.param.type if error.param is not None else None
    if isinstance(wanted, click.Choice):
        return f"可用的：{'、'.join(map(str, wanted.choices))}"
    if isinstance(wanted, click.IntRange):
        bounds = [f"最小为 {wanted.min}"] if wanted.min is not None else []
        bounds += [f"最大为 {wanted.max}"] if wanted.max is not None else []
        return f"应为整数，{'，'.join(bounds)}" if bounds else "应为整数"
    if isinstance(wanted, click.Path):
        return f"应为文件的路径（{error.message}）"
    return error.message
