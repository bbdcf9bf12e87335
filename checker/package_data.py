"""Files of data inside the package: grammars and lexicons."""

from __future__ import annotations

import os
from importlib import import_module


def data_folder(package: str) -> str:
    """Return the folder of ``package``; right from a wheel, an editable install and a checkout alike."""
    return os.path.dirname(import_module(package).__file__ or "")


def read_data(package: str, name: str) -> bytes:
    """Return the bytes of a file in ``package``.

    This is what ``importlib.resources.files(package).joinpath(name).read_bytes()`` does, without
    importing zipfile, tempfile and what else importlib.resources needs: more than Python's own start.
    """
    with open(os.path.join(data_folder(package), name), "rb") as file:
        return file.read()
