"""The command line: ``plancheck``, its commands, and what becomes of an exception."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from checker import __version__
from checker.commands.group import Commands
from checker.commands.help_pages import HelpContext, with_help_option
from checker.commands.options import host_of, plugin_options
from checker.model import Bilingual
from checker.problems import Problem

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_PLUGIN = "plancheck.plugin"
"""In click's ``meta``: the plugin of which a command is run."""


class _Root(Commands):
    """The commands of plancheck and of plugins, by name: of plancheck's own only the one that is run is imported."""

    context_class = HelpContext

    def list_commands(self, context: click.Context) -> list[str]:
        plugins = host_of(context)
        return [*plugins.own_commands, *plugins.commands]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        plugins = host_of(context)
        if name in plugins.own_commands:
            return with_help_option(plugins.own_commands[name].load())
        if name not in plugins.commands:
            return None
        command: click.Command
        command, plugin = plugins.commands[name]
        context.meta[_PLUGIN] = plugin.label
        return with_help_option(command)

    def invoke(self, context: click.Context) -> Any:
        try:
            super().invoke(context)  # what a command returns is no exit status
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if (plugin := context.meta.get(_PLUGIN)) is None:
                raise
            from checker.soundness import of_plugin, raised, stated

            said = stated(error) if isinstance(error, Problem) else of_plugin(plugin, raised(error))
            raise Problem(said) from error

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = arguments[0] if arguments else ""
        own = host_of(context).own_commands  # for which no plugin of third parties need be asked
        if name and not name.startswith("-") and name not in own and name not in self.list_commands(context):
            from checker.definitions import no_such

            raise Problem(no_such(Bilingual("命令", "command"), name, self.list_commands(context)))
        return super().resolve_command(context, arguments)

    def shell_complete(self, context: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        from click.shell_completion import CompletionItem

        plugins = host_of(context)
        about = {name: later.about for name, later in plugins.own_commands.items()}
        about |= {name: _about(command) for name, (command, _) in plugins.commands.items()}
        commands = [CompletionItem(name, help=said) for name, said in about.items() if name.startswith(incomplete)]
        return commands + click.Command.shell_complete(self, context, incomplete)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        plugins = host_of(context)
        with formatter.section("Commands"):
            formatter.write_dl([(name, later.about) for name, later in plugins.own_commands.items()])
        if more := plugins.commands:
            from checker.reporters.words import printable

            rows = [(printable(name), printable(_about(one))) for name, (one, _) in more.items()]
            with formatter.section("插件的命令 / Commands of plugins"):
                formatter.write_dl(rows)


def _about(command: click.Command) -> str:
    """Return what a command of a plugin says of itself in a line; nothing where it cannot."""
    try:
        return str(command.get_short_help_str(80))
    except Exception:
        return ""


@click.group(cls=_Root, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(
    __version__, "-V", "--version", message="plancheck %(version)s", help="显示版本 / show the version"
)
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    envvar="PLANCHECK_LANG",
    help="消息的语言 / language of messages [PLANCHECK_LANG]",
)
@plugin_options
@click.help_option("-h", "--help", help="显示本页 / show this page")
@click.pass_context
def plancheck(context: click.Context, lang: str, plugin: tuple[str, ...], no_plugins: bool) -> None:
    """检查各级政府的实施方案、行动计划：牵头单位、目标、进度阶段、行动与工程是否齐全。

    Check implementation plans of local governments against rules.

    \b
    例 / example:
      plancheck check draft.txt
      plancheck parse draft.txt --format tree
      plancheck explain plan/lead-unit

    \b
    环境变量 / environment:
      PLANCHECK_LANG             消息的语言：zh、en / language of messages
      PLANCHECK_CACHE_DIR        缓存放在哪里 / where the cache is
      PLANCHECK_DISABLE_PLUGINS  设为 1 不加载第三方插件 / 1: no third parties
      NO_COLOR                   不要颜色 / no colours
      FORCE_COLOR                不在终端也要颜色 / colours, on a terminal or not
    """


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
    if asked := os.environ.get("_PLANCHECK_COMPLETE"):
        from checker.commands.completion import answer

        answer(plancheck, asked)
    try:
        code = plancheck.main(args=given, prog_name="plancheck", standalone_mode=False, color=_coloured()) or 0
        sys.stdout.flush()  # a full disk shows here
        sys.exit(code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        from checker.commands.usage import say_usage

        say_usage(error, language)
        sys.exit(2)
    except click.Abort:  # Ctrl-C
        click.echo(f"plancheck: {Bilingual('已中断', 'interrupted').in_language(language)}", err=True)
        sys.exit(130)
    except Problem as problem:
        from checker.commands.output import say_problems

        say_problems([problem.message], language)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output has had enough: plancheck check … | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)
    except OSError as error:
        if error.filename is not None:  # a file, not the output
            _show_our_fault(language)
        reason = error.strerror or str(error)
        message = Bilingual(f"无法写出报告（{reason}）", f"the report cannot be written ({reason})")
        click.echo(f"plancheck: {message.in_language(language)}", err=True)
        os._exit(2)  # what is left in the buffer cannot be written either
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # some libraries raise others, which must not end as if drafts had violations
        _show_our_fault(language)


def _coloured() -> bool | None:
    """Say whether output is in colours, for all commands; None for on a terminal only.

    NO_COLOR (https://no-color.org) wins over FORCE_COLOR (https://force-color.org), with which logs have colours.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def _show_our_fault(language: str) -> NoReturn:
    """Print what to report, in the middle of handling an exception, and end."""
    try:
        import traceback

        click.echo(_our_fault(language), err=True)
        click.echo(traceback.format_exc(), err=True)
    except Exception:  # a plugin may have left nothing to import from
        click.echo(repr(sys.exc_info()[1]), err=True)
    sys.exit(3)


def _our_fault(language: str) -> str:
    import platform

    facts = f"plancheck {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return Bilingual(
        f"plancheck 自身出错了。请把下面的内容连同能重现问题的一小段文字报告给开发者（{facts}）：",
        f"a fault of plancheck. Please report what follows, with a short text that shows it ({facts}):",
    ).in_language(language)
