"""A file to the Word document that LibreOffice makes of it: in a folder of its own, in bounded time, without network.

Each run has its own profile, so that runs at the same time, or an open LibreOffice, are not in its way. That
profile forbids macros, follows no link, and sends what would go to the network to a port where nobody listens.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from checker.model import Bilingual
from checker.problems import Unreadable

TIME = 120.0
"""In so many seconds a file has to be converted; one of a hundred pages takes about five."""
_MEMORY = 8 << 30
"""So much address space it gets, where the system can bound that; it begins with about one GB."""
_MOST = 200_000_000
"""The largest Word document that is taken from it, in bytes."""
_NOWHERE = "127.0.0.1"
_PORT = 9  # discard: nothing answers there
_SETTINGS: dict[str, dict[str, bool | int | str]] = {
    "/org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": 3,
        "DisableMacrosExecution": True,
        "BlockUntrustedRefererLinks": True,
        "DisableActiveContent": True,
        "DisableOLEAutomation": True,
        "DisablePythonRuntime": True,
    },
    "/org.openoffice.Office.Writer/Content/Update": {"Link": 2},  # 2: links are never brought up to date
    "/org.openoffice.Inet/Settings": {
        "ooInetProxyType": 2,
        "ooInetHTTPProxyName": _NOWHERE,
        "ooInetHTTPProxyPort": _PORT,
        "ooInetHTTPSProxyName": _NOWHERE,
        "ooInetHTTPSProxyPort": _PORT,
        "ooInetNoProxy": "",
    },
}
_OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")


def converted(program: str, data: bytes, suffix: str, filter_: str | None = None, time: float = TIME) -> bytes:
    """Return the Word document (.docx) that LibreOffice makes of ``data``.

    ``filter_`` is the name of the filter that reads it; without it LibreOffice tells the format from the contents.
    Raises Unreadable where it makes none of it, or not in ``time`` seconds.
    """
    with TemporaryDirectory(prefix="plancheck-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source, target = place / f"draft{suffix}", place / "out" / "draft.docx"
        source.write_bytes(data)
        _make_profile(place / "profile")
        command = [
            program,
            f"-env:UserInstallation={(place / 'profile').as_uri()}",
            *_OPTIONS,
            *([f"--infilter={filter_}"] if filter_ else []),
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(target.parent),
            str(source),
        ]
        _run(command, place, suffix, time)
        try:
            if target.stat().st_size <= _MOST:  # LibreOffice ends with 0 whether it has made a file or not
                return target.read_bytes()
        except OSError:
            pass
    raise _unconverted(suffix)


def _make_profile(folder: Path) -> None:
    (folder / "user").mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{_said(value)}</value></prop></item>\n'
        for path, settings in _SETTINGS.items()
        for name, value in settings.items()
    )
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n',
        encoding="utf-8",
    )


def _said(value: bool | int | str) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _environment(folder: Path) -> dict[str, str]:
    proxy = f"http://{_NOWHERE}:{_PORT}"
    kept = {name: value for name, value in os.environ.items() if name.lower() not in ("no_proxy", "all_proxy")}
    names = ("http_proxy", "https_proxy", "ftp_proxy", "HTTP_PROXY", "HTTPS_PROXY")
    place = str(folder)
    return (
        kept | dict.fromkeys(names, proxy) | {"TMPDIR": place, "TMP": place, "TEMP": place, "SAL_USE_VCLPLUGIN": "svp"}
    )


def _run(command: list[str], folder: Path, suffix: str, time: float) -> None:
    """Run LibreOffice; of it and what it has started nothing is left when this returns."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
    except OSError as error:
        zh = f"LibreOffice 启动不了（{command[0]}：{error.strerror}）；请重新安装，或者另存为 .docx"
        en = f"LibreOffice cannot be started ({command[0]}: {error.strerror}): install it anew, or save as .docx"
        raise Unreadable(Bilingual(zh, en)) from error
    try:
        _bound_memory(process.pid)
        process.wait(time)
    except subprocess.TimeoutExpired as error:
        zh = f"LibreOffice 用了 {time:g} 秒还没有转换完，已停止；请在 Word、WPS 里另存为 .docx"
        en = f"LibreOffice had not converted it after {time:g} seconds and was stopped: save it as .docx"
        raise Unreadable(Bilingual(zh, en)) from error
    finally:
        _end(process)


def _bound_memory(process: int) -> None:
    if sys.platform == "linux":
        import resource

        with suppress(OSError, ValueError):  # where that is not allowed, the time is bounded all the same
            resource.prlimit(process, resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it has started: soffice is but a script that starts another program."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _unconverted(suffix: str) -> Unreadable:
    zh = f"LibreOffice 读不了这个 {suffix} 文件：可能已损坏，或者加了密码；请在 Word、WPS 里打开，另存为 .docx"
    en = f"LibreOffice cannot read this {suffix} file, which may be damaged or encrypted: open it and save it as .docx"
    return Unreadable(Bilingual(zh, en))
