"""Stable numbers for rows as printed, over runs of lists, and the order of each list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scripts.lists.printed import PrintedRow
from scripts.records.models.base import ListKind
from scripts.records.models.lists import Listing, ListingOrder, Publication
from scripts.records.order import in_time_order

Numbers = tuple[int | None, ...]
_Key = tuple[int, int]  # number of the row among all distinct ones, occurrence


@dataclass(frozen=True)
class Numbered:
    """The lists as listing numbers, the listings, and numbers that later lists lost.

    ``moved`` holds (publication, number it had, number it has) where a late list split a run.
    ``untouched`` are the recorded lists older than anything new.
    """

    rows: dict[str, Numbers]
    listings: tuple[Listing, ...]
    moved: tuple[tuple[str, int, int], ...]
    untouched: frozenset[str]


@dataclass
class _Run:
    kind: ListKind
    key: _Key | None  # None for a recorded listing
    first: str
    last: str


def number_rows(
    publications: Iterable[Publication],
    contents: Mapping[str, Sequence[PrintedRow | None]],
    recorded_rows: Mapping[str, Numbers],
    recorded: Mapping[int, Listing],
) -> Numbered:
    """Number every row of every list; recorded numbers stay what they are.

    A row that the list before prints too goes on with its number; a late list between two lists
    takes the number of its neighbours. Where it splits a run, the earlier part keeps the number
    and the later one gets a new one. New numbers are minted in order of time, then of rows.
    ``contents`` and ``recorded_rows`` are by publication, the latter in order of time;
    ``recorded`` is by number.
    """
    ordered = in_time_order(publications)
    same = [item.id == known for item, known in zip(ordered, recorded_rows, strict=False)]
    old = ordered[: same.index(False) if False in same else len(same)]
    numbering = _Numbering(recorded)
    for item in old:
        numbering.keep(item, recorded_rows[item.id])
    for kind, publication_id in {item.kind: item.id for item in old}.items():
        keys = numbering.keys(contents[publication_id])
        numbering.before[kind] = _by_key(keys, recorded_rows[publication_id])
    numbering.go_on(ordered[len(old) :], contents, recorded_rows)
    newest = {item.kind: item.id for item in ordered}
    return Numbered(
        numbering.rows,
        tuple(
            _listing(number, run, numbering.distinct, newest, recorded)
            for number, run in sorted(numbering.runs.items())
        ),
        tuple(numbering.moved),
        frozenset(item.id for item in old),
    )


class _Numbering:
    """Numbers given so far: the runs, each list's rows, and the list before of each kind."""

    def __init__(self, recorded: Mapping[int, Listing]) -> None:
        self.following = max(recorded, default=0) + 1
        self.before: dict[ListKind, dict[_Key, int]] = {"participating": {}, "pending": {}}
        self.runs: dict[int, _Run] = {}
        self.rows: dict[str, Numbers] = {}
        self.moved: list[tuple[str, int, int]] = []
        self.distinct = _Distinct()

    def keys(self, rows: Sequence[PrintedRow | None]) -> list[_Key | None]:
        """What tells the rows of a list apart."""
        return _keys(rows, self.distinct)

    def keep(self, item: Publication, numbers: Numbers) -> None:
        """Take a recorded list as it is."""
        self.rows[item.id] = numbers
        for number in numbers:
            if number is not None:
                self._print(number, item, None)

    def go_on(
        self,
        ordered: Sequence[Publication],
        contents: Mapping[str, Sequence[PrintedRow | None]],
        recorded_rows: Mapping[str, Numbers],
    ) -> None:
        """Number the lists from the first new one on."""
        keys = {item.id: self.keys(contents[item.id]) for item in ordered}
        old = {item.id: _by_key(keys[item.id], recorded_rows.get(item.id)) for item in ordered}
        ahead = _numbers_ahead(ordered, keys, old)
        for item in ordered:
            here = {
                key: self._number(item, key, old[item.id].get(key), ahead[item.id].get(key))
                for key in keys[item.id]
                if key is not None
            }
            self.before[item.kind] = here
            self.rows[item.id] = tuple(None if key is None else here[key] for key in keys[item.id])

    def _number(self, item: Publication, key: _Key, had: int | None, next_has: int | None) -> int:
        number = self.before[item.kind].get(key)
        wanted = had if had is not None else next_has
        if wanted is not None and wanted not in self.runs and (number is None or had is not None):
            number = wanted
        if number is None:
            number, self.following = self.following, self.following + 1
        if had is not None and had != number:
            self.moved.append((item.id, had, number))
        self._print(number, item, key)
        return number

    def _print(self, number: int, item: Publication, key: _Key | None) -> None:
        run = self.runs.get(number)
        if run is None:
            self.runs[number] = _Run(item.kind, key, item.id, item.id)
        else:
            run.last = item.id


class _Distinct:
    """All distinct rows, numbered; a row that is one object in many lists is hashed once."""

    def __init__(self) -> None:
        self.rows: list[PrintedRow] = []
        self._numbers: dict[PrintedRow, int] = {}
        self._objects: dict[int, tuple[PrintedRow, int]] = {}  # by id; the row is kept alive

    def number(self, row: PrintedRow) -> int:
        """The number of a row: equal rows have one."""
        known = self._objects.get(id(row))
        if known is None:
            number = self._numbers.setdefault(row, len(self.rows))
            if number == len(self.rows):
                self.rows.append(row)
            known = self._objects[id(row)] = (row, number)
        return known[1]


def _keys(rows: Sequence[PrintedRow | None], distinct: _Distinct) -> list[_Key | None]:
    """Each row with its occurrence: the same row printed again in one list is the second."""
    seen: Counter[int] = Counter()
    keys: list[_Key | None] = []
    for row in rows:
        if row is None:
            keys.append(None)
            continue
        number = distinct.number(row)
        seen[number] += 1
        keys.append((number, seen[number]))
    return keys


def _by_key(keys: Sequence[_Key | None], numbers: Numbers | None) -> dict[_Key, int]:
    """A recorded list's numbers by row; nothing for a list that is not recorded."""
    if numbers is None:
        return {}
    return {
        key: number
        for key, number in zip(keys, numbers, strict=True)
        if key is not None and number is not None
    }


def _numbers_ahead(
    ordered: Sequence[Publication],
    keys: Mapping[str, list[_Key | None]],
    old: Mapping[str, dict[_Key, int]],
) -> dict[str, dict[_Key, int]]:
    """For each list: the numbers of its rows in the recorded list after it, if it is new itself."""
    ahead: dict[str, dict[_Key, int]] = {}
    after: dict[ListKind, dict[_Key, int]] = {}
    for item in reversed(ordered):
        if old[item.id]:
            after[item.kind], ahead[item.id] = old[item.id], {}
            continue
        known = after.get(item.kind, {})
        here = {key: known[key] for key in keys[item.id] if key is not None and key in known}
        ahead[item.id] = here
        after[item.kind] = here
    return ahead


def _listing(
    number: int,
    run: _Run,
    distinct: _Distinct,
    newest: Mapping[ListKind, str],
    recorded: Mapping[int, Listing],
) -> Listing:
    last = None if run.last == newest[run.kind] else run.last
    known = recorded.get(number)
    if known is not None:
        if (known.first_publication, known.last_publication) == (run.first, last):
            return known
        return known.model_copy(update={"first_publication": run.first, "last_publication": last})
    assert run.key is not None
    row, occurrence = run.key
    return Listing(
        listing=number,
        kind=run.kind,
        agency_id=None,
        agreement_id=None,
        occurrence=occurrence,
        **distinct.rows[row]._asdict(),
        first_publication=run.first,
        last_publication=last,
    )


def order_rows(
    sequence: Mapping[ListKind, Sequence[str]],
    numbered: Numbered,
    recorded: Mapping[str, ListingOrder],
) -> tuple[ListingOrder, ...]:
    """The order of each list from the list before it, as `ListingOrder` describes.

    Lists that nothing new comes before keep their ``recorded`` order, which is the same.
    """
    orders: list[ListingOrder] = []
    for chain in sequence.values():
        before: Numbers = ()
        for publication_id in chain:
            rows = numbered.rows[publication_id]
            if publication_id in numbered.untouched:
                orders.append(recorded[publication_id])
            else:
                ops = order_ops(before, rows)
                orders.append(ListingOrder(publication_id=publication_id, ops=ops))
            before = rows
    return tuple(orders)


def order_ops(before: Numbers, after: Numbers) -> str:
    """Tokens that make ``after`` out of ``before``: copied ranges, new numbers, blank rows."""
    places = {number: place for place, number in enumerate(before) if number is not None}
    tokens: list[str] = []
    start = 0
    while start < len(after):
        number = after[start]
        end = start + 1
        if number is None:
            while end < len(after) and after[end] is None:
                end += 1
            tokens.append(f"_{end - start}")
        elif number in places:
            place = first = places[number]
            while end < len(after) and place + 1 < len(before) and after[end] == before[place + 1]:
                end, place = end + 1, place + 1
            tokens.append(_span(first + 1, place + 1))
        else:
            last = number
            while end < len(after) and after[end] == last + 1 and last + 1 not in places:
                end, last = end + 1, last + 1
            tokens.append(f"+{_span(number, last)}")
        start = end
    return " ".join(tokens) or "_0"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
