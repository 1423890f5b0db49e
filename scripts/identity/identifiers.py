"""Identifiers: minted once, readable, never computed again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from scripts.identity.names import name_key, slug


class Mint:
    """Makes identifiers that were never used, not even by a record that has gone since."""

    def __init__(self, used: Iterable[str] = ()) -> None:
        self._used = set(used)

    def take(self, identifier: str) -> None:
        """Note that an identifier is used."""
        self._used.add(identifier)

    def make(self, wanted: str) -> str:
        """``wanted``, or with ``-2``, ``-3`` … where it is taken."""
        candidate, number = wanted, 1
        while candidate in self._used:
            number += 1
            candidate = f"{wanted}-{number}"
        self._used.add(candidate)
        return candidate


def agency_identifier(state: str, name: str) -> str:
    """``fl-florida-highway-patrol``; abbreviations are spelled out (``PD``)."""
    return f"{state.lower()}-{slug(name_key(name))}"


def agreement_identifier(agency_id: str, model: str, signed: dt.date | None) -> str:
    """``fl-florida-highway-patrol-tfm-2025-02-25``; ``undated`` where the list gives no date."""
    return f"{agency_id}-{model}-{signed.isoformat() if signed else 'undated'}"
