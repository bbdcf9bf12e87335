"""Options that several commands take, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from typing import Any, TypeVar

import click

from checker.commands import completing
from checker.host import Host, are_allowed, host
from checker.model import Bilingual
from checker.problems import Problem
from checker.reader import MAX_SIZE

Command = TypeVar("Command", bound=Callable[..., Any])


def language_of(context: click.Context) -> str:
    """Return the language of messages: ``zh`` or ``en``."""
    found: str = context.find_root().params["lang"]
    return found


def host_of(context: click.Context) -> Host:
    """Return the host with the plugins that the command line asks for; raises Problem for what contradicts itself."""
    given = context.find_root().params
    modules: tuple[str, ...] = tuple(given.get("plugin") or ())
    if given.get("no_plugins") or not are_allowed():
        if modules:
            how = "--no-plugins" if given.get("no_plugins") else "PLANCHECK_DISABLE_PLUGINS"
            zh = f"--plugin {modules[0]} 与 {how} 矛盾：后者关闭一切第三方插件，请去掉一个"
            en = f"--plugin {modules[0]} and {how} contradict: that turns all plugins off; leave out one of them"
            raise Problem(Bilingual(zh, en))
        return host((), False)
    return host(modules, True)


def plugin_options(command: Command) -> Command:
    """Let ``--plugin`` name more plugins, and ``--no-plugins`` turn those of third parties off."""
    return _plugin_options(command)


def _plugin_options(command: Command, **more: Any) -> Command:
    command = click.option(
        "--plugin",
        multiple=True,
        metavar="MODULE",
        shell_complete=completing.files,
        is_eager=True,
        help="再加载一个插件：模块名，或 .py 文件；可写多次 / one more plugin: a module, or a .py file",
        **more,
    )(command)
    return click.option(
        "--no-plugins",
        is_flag=True,
        is_eager=True,
        help="不加载第三方插件 / load no plugins of third parties [PLANCHECK_DISABLE_PLUGINS=1]",
        **more,
    )(command)


def more_plugins(command: Command) -> Command:
    """Let ``--plugin`` and ``--no-plugins`` stand behind the command's name too."""

    def take(context: click.Context, parameter: click.Parameter, given: Any) -> None:
        params = context.find_root().params
        name = parameter.name or ""
        params[name] = (*params.get(name, ()), *given) if isinstance(given, tuple) else params.get(name) or given

    return _plugin_options(command, expose_value=False, callback=take)


def lang_option(command: Command) -> Command:
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


def rules_option(command: Command) -> Command:
    """Let ``--rules DIR`` name folders of more rule packs."""
    return click.option(
        "--rules",
        multiple=True,
        type=click.Path(),
        metavar="DIR",
        help="再加一个规则包，或放规则包的文件夹；可写多次 / one more pack, or a folder of packs",
    )(command)


def configuration_options(command: Command) -> Command:
    """Let ``--config`` name the configuration, and ``--no-config`` go without any."""
    command = click.option(
        "--config",
        type=click.Path(),
        metavar="FILE",
        help="用这个配置，不找 .plancheck.yaml / this configuration, for all drafts",
    )(command)
    return click.option("--no-config", is_flag=True, help="不用任何配置 / go without any configuration")(command)


def selection_options(command: Command) -> Command:
    """Let ``--select`` and ``--ignore`` say which rules run."""
    command = click.option(
        "--ignore",
        multiple=True,
        metavar="ID,…",
        shell_complete=completing.rules,
        help="不执行这些规则或规则包 / leave these out",
    )(command)
    return click.option(
        "--select",
        multiple=True,
        metavar="ID,…",
        shell_complete=completing.rules,
        help="只执行这些规则或规则包 / run only these rules or packs [all]",
    )(command)


def fail_on_option(command: Command) -> Command:
    """Let ``--fail-on`` say from which severity violations make the exit status 1."""
    return click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "info", "never"]),
        default="warning",
        help="从哪一级起退出状态为 1 / severity from which the exit status is 1 [warning]",
    )(command)


def baseline_option(command: Command) -> Command:
    """Let ``--baseline FILE`` name the violations that do not count."""
    return click.option(
        "--baseline",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="基线里的问题不算，见 plancheck baseline / violations of this baseline do not count",
    )(command)


def names(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in options that may stand several times and hold several names with commas between."""
    return tuple(name.strip() for words in given for name in words.split(",") if name.strip())


def max_size_option(command: Command) -> Command:
    """Let ``--max-size`` say how large a draft may be."""
    return click.option(
        "--max-size",
        type=click.IntRange(min=1),
        default=MAX_SIZE,
        metavar="BYTES",
        show_default=True,
        help="单个文件的大小上限 / largest draft",
    )(command)


_READINGS = ("accepted", "original")
"""How tracked changes in drafts are read: as if accepted, or as if none had been made."""
TRACKED = "tracked"
"""What a bare ``--revisions`` says: write tracked changes."""


class TakesRevisions(click.Command):
    """A command with ``--revisions`` that may stand alone: then what follows it is a path."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, with what a bare ``--revisions`` means written out."""
        end = args.index("--") if "--" in args else len(args)
        if sum(arg.partition("=")[0] == "--revisions" for arg in args[:end]) > 1:
            raise Problem(Bilingual("--revisions 只写一次", "--revisions stands only once"))
        written = [
            f"{arg}={TRACKED}" if arg == "--revisions" and following not in _READINGS else arg
            for arg, following in zip_longest(args[:end], args[1:end])
            if arg is not None
        ]
        return super().parse_args(ctx, [*written, *args[end:]])


def revisions_option(command: Command) -> Command:
    """Let ``--revisions`` say how the tracked changes of Word files are read."""
    return click.option(
        "--revisions",
        type=click.Choice(_READINGS),
        default="accepted",
        help="修订按接受以后读，还是按修订以前读 / read tracked changes as accepted, or as before them [accepted]",
    )(command)


def fix_revisions_option(command: Command) -> Command:
    """Let ``--revisions`` say that too, or, alone, that what ``--fix`` mends is to be tracked changes."""
    return click.option(
        "--revisions",
        type=click.Choice((*_READINGS, TRACKED)),
        metavar="[accepted|original]",
        help="单写：--fix 在 Word 文件里写成修订；带值：修订按接受以后读，还是按修订以前读"
        " / alone: let --fix write tracked changes; with a value: how those in drafts are read [accepted]",
    )(command)
