"""What people type and paste, as the address that they mean."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from urllib.parse import unquote

from scripts.web.view.addresses import state_path
from scripts.web.view.page import cell

_ENDS = re.compile(r"[\s.,;:!?)\]}>'\"”’»…]+$")
_STATE = re.compile(r"^/states/([^/]+)(/|\.json)$")


def meant_path(connection: sqlite3.Connection, path: str) -> str:
    """``path`` without what a copy brings along: capitals, a final full stop, a doubled slash.

    Also without invisible characters, and with a state's code for its full name
    (``/states/north-carolina/`` leads to ``/states/nc/``). The same path where nothing is amiss.
    """
    text = unquote(path)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc"))
    text = _ENDS.sub("", text.replace("\u00a0", " ").strip())
    text = re.sub(r"/{2,}", "/", text.lower())
    text = "/".join(_ENDS.sub("", part).strip() for part in text.split("/"))
    if not text.startswith("/"):
        text = "/" + text
    if not text.endswith("/") and not re.search(r"\.[a-z]+$", text):
        text += "/"
    return _state(connection, text)


def _state(connection: sqlite3.Connection, path: str) -> str:
    """A state's full name as its code."""
    found = _STATE.match(path)
    if found is None:
        return path
    name = re.sub(r"[\s_+-]+", " ", found[1])
    sql = "select code from states where replace(lower(name), '.', '') = ?"
    code = cell(connection, sql, name)
    return path if code is None else state_path(code).rstrip("/") + found[2]
