"""``plancheck completion``: a script with which a shell completes plancheck's commands; and what it asks for."""

from __future__ import annotations

import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import NoReturn

import click
from click.shell_completion import BashComplete, FishComplete, ZshComplete, add_completion_class, get_completion_class

from checker.commands.options import lang_option, language_of
from checker.model import Bilingual

VARIABLE = "_PLANCHECK_COMPLETE"
"""The environment variable with which the scripts call plancheck: ``bash_complete``."""
_SAVE = {
    "bash": (
        "mkdir -p ~/.local/share/bash-completion/completions\n"
        "  plancheck completion bash > ~/.local/share/bash-completion/completions/plancheck"
    ),
    "zsh": 'plancheck completion zsh > "${fpath[1]}/_plancheck"',
    "fish": "plancheck completion fish > ~/.config/fish/completions/plancheck.fish",
}
_EACH_TIME = {
    "bash": 'eval "$(plancheck completion bash)"',
    "zsh": 'eval "$(plancheck completion zsh)"',
    "fish": "plancheck completion fish | source",
}
_SETTINGS = {"bash": "~/.bashrc", "zsh": "~/.zshrc", "fish": "~/.config/fish/config.fish"}


@add_completion_class
class _Bash(BashComplete):
    """bash takes ``--select=plan`` for three words."""

    def get_completion_args(self) -> tuple[list[str], str]:
        words, begun = super().get_completion_args()
        return (words[:-1] if words[-1:] == ["="] else words), begun


@add_completion_class
class _Fish(FishComplete):
    """click's script cuts a value off at its first comma: ``--select plan/stages,gongwen``."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split --max 1 ","')


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="bash|zsh|fish")
@lang_option
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """打印让 shell 补全命令的脚本 / print a script for completion in a shell.

    装好以后，按 Tab 键补全命令、选项、规则编号、报告格式和文件名。怎样安装写在脚本开头。

    With it the Tab key completes commands, options, ids of rules, forms of reports and names of
    files. The script begins with how to install it.

    \b
    例 / example:
      plancheck completion bash
      plancheck completion zsh > ~/.zfunc/_plancheck
      plancheck completion fish > ~/.config/fish/completions/plancheck.fish
    """
    found = get_completion_class(shell)
    assert found is not None
    script = found(context.find_root().command, {}, "plancheck", VARIABLE).source()
    about = "".join(f"# {line}\n" for line in _how_to_install(shell).in_language(language_of(context)).splitlines())
    first, _, rest = script.partition("\n")
    # zsh looks for #compdef in the first line.
    click.echo(f"{first}\n{about}{rest}" if shell == ZshComplete.name else f"{about}{script}", nl=False)


def _how_to_install(shell: str) -> Bilingual:
    save, each_time, settings = _SAVE[shell], _EACH_TIME[shell], _SETTINGS[shell]
    zh = f"plancheck 的命令补全（{shell}）。安装：\n  {save}\n或者在 {settings} 里加一行：\n  {each_time}\n"
    en = f"Completion for plancheck ({shell}). To install it:\n  {save}\nor add a line to {settings}:\n  {each_time}\n"
    if shell == ZshComplete.name:
        zh += "（放在 compinit 之后），然后打开新的终端。"
        en += "(behind compinit); then open a new terminal."
    else:
        zh += "然后打开新的终端。"
        en += "Then open a new terminal."
    return Bilingual(zh, en)


def answer(group: click.Group, asked: str) -> NoReturn:
    """Print what a shell may offer, and end the process.

    Whatever goes wrong, a person who presses a key gets no message in the middle of a line: there is no offer.
    """
    shell, _, what = asked.partition("_")
    found = get_completion_class(shell)
    offered = ""
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            if found is not None and what == "complete":
                offered = found(group, {}, "plancheck", VARIABLE).complete()
    except BaseException:  # a plugin may raise anything, a mistyped option even when it is only looked at
        sys.exit(1)
    sys.stdout.buffer.write(f"{offered}\n".encode())
    sys.stdout.flush()
    sys.exit(0)
