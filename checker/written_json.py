"""JSON as plancheck writes it: indented, and UTF-8 whatever the words are made of."""

from __future__ import annotations

from typing import Any

import msgspec


def written(value: object) -> str:
    """Return a value as JSON, with a line end; halves of characters, which UTF-8 has not, become marks.

    A plugin's messages, or the names of its folders, may have such halves.
    """
    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(_whole(msgspec.to_builtins(value)))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in value)
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, (list, tuple)) else value
