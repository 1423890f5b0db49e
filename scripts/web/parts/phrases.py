"""Sentences about agencies and agreements, in plain words, each with its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scripts.web.view.words import Words

Row = Mapping[str, Any]


def model_name(words: Words, code: str | None) -> str:
    """The model's name; what ICE prints newly is kept as printed."""
    known = {
        "tfm": words.text("Task Force"),
        "wso": words.text("Warrant Service Officer"),
        "jem": words.text("Jail Enforcement"),
    }
    return known.get(code or "", code or words.text("model not stated"))


def form_name(words: Words, form: str) -> str:
    """``Task Force, revised 12 February 2025`` for ``tfm-2025-02-12``."""
    model, _, revised = form.partition("-")
    facts = {"model": model_name(words, model), "date": words.date(revised)}
    if revised.count("-") == 2:
        return words.text("%(model)s, revised %(date)s", **facts)
    return words.text("%(model)s, %(date)s", **facts)


def agency_kind(words: Words, code: str | None) -> str | None:
    """What kind of body an agency is, with its article: ``a sheriff's office``."""
    known = {
        "sheriff": words.text("a sheriff's office"),
        "municipal-police": words.text("a municipal police department"),
        "county-police": words.text("a county police department"),
        "state-agency": words.text("a state agency"),
        "state-police": words.text("a state police force"),
        "corrections": words.text("a corrections agency"),
        "constable": words.text("a constable's office"),
        "campus": words.text("a campus police department"),
        "port": words.text("a port or airport police department"),
        "judicial-district": words.text("an office of a judicial district"),
        "district-attorney": words.text("a prosecutor's office"),
        "tribal": words.text("a tribal agency"),
        "national-guard": words.text("a National Guard"),
        "regional": words.text("a regional agency"),
    }
    if code is None:
        return None
    return known.get(code, words.text("a body of the kind “%(kind)s”", kind=code.replace("-", " ")))


def joined(words: Words, parts: Sequence[str]) -> str:
    """``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return words.text("%(first)s and %(last)s", first=", ".join(parts[:-1]), last=parts[-1])


def since(words: Words, agreement: Row) -> str:
    """``Task Force, signed 25 February 2025``."""
    name = model_name(words, agreement["model"])
    if agreement["signed_on"] is None:
        return words.text("%(model)s, signing date not stated", model=name)
    return words.text(
        "%(model)s, signed %(date)s", model=name, date=words.date(agreement["signed_on"])
    )


def agreement_sentence(words: Words, agreement: Row, agency: str, newest_on: str) -> str:
    """What the lists say of an agreement, up to the newest list held."""
    facts = {
        "agency": agency,
        "what": since(words, agreement),
        "first": words.date(agreement["listed_from_on"]),
        "last": words.date(agreement["listed_until_on"]),
        "newest": words.date(newest_on),
    }
    if agreement["status"] == "active":
        return words.text(
            "%(agency)s has an agreement with ICE (%(what)s). Lists have shown it since "
            "%(first)s; the newest list held, of %(newest)s, still does.",
            **facts,
        )
    if agreement["status"] == "superseded":
        return words.text(
            "%(agency)s had an agreement with ICE (%(what)s). Lists showed it from %(first)s to "
            "%(last)s; then a newer agreement took its place.",
            **facts,
        )
    return words.text(
        "%(agency)s had an agreement with ICE (%(what)s). Lists showed it from %(first)s to "
        "%(last)s; later lists do not.",
        **facts,
    )


def agency_sentence(
    words: Words,
    agency: Row,
    agreements: Sequence[Row],
    pending_from: str | None,
    newest_on: str,
    *,
    is_pending: bool,
) -> str:
    """One sentence: what kind of body, where, and which agreements the newest list shows."""
    kind = agency_kind(words, agency["kind"])
    who = f"{agency['name']}, {kind} in {agency['state_name']}," if kind else str(agency["name"])
    facts = {"who": who, "newest": words.date(newest_on), "pending": words.date(pending_from)}
    active = [row for row in agreements if row["status"] == "active"]
    if active:
        what = joined(words, [since(words, row) for row in active])
        return words.plural(
            "%(who)s has an agreement with ICE: %(what)s. This is as of the newest list held, of "
            "%(newest)s.",
            "%(who)s has %(count)s agreements with ICE: %(what)s. This is as of the newest list "
            "held, of %(newest)s.",
            len(active),
            what=what,
            **facts,
        )
    if is_pending:
        return words.text(
            "%(who)s is on ICE's list of pending agencies, first on that of %(pending)s, and on no "
            "list of participating agencies as of %(newest)s.",
            **facts,
        )
    if agreements:
        what = joined(words, [since(words, row) for row in agreements])
        return words.plural(
            "%(who)s had an agreement with ICE: %(what)s. The newest list held, of %(newest)s, no "
            "longer shows it.",
            "%(who)s had %(count)s agreements with ICE: %(what)s. The newest list held, of "
            "%(newest)s, no longer shows them.",
            len(agreements),
            what=what,
            **facts,
        )
    return words.text(
        "%(who)s was on ICE's list of pending agencies, first on that of %(pending)s. No list held "
        "shows an agreement, as of %(newest)s.",
        **facts,
    )


def money_status(words: Words, code: str) -> str:
    """What is known to have happened to an amount."""
    known = {
        "announced": words.text("announced"),
        "appropriated": words.text("appropriated"),
        "set-aside": words.text("set aside"),
        "obligated": words.text("obligated"),
        "paid": words.text("paid"),
        "projected": words.text("projected"),
    }
    return known.get(code, code)
