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
    """The lists as listing numbers, the listings, and rows whose number is another than before.

    ``moved`` holds (publication, number it had, number it has) where a late list split a run or
    joined two. ``untouched`` are the recorded lists before the first of which anything changed.
    """

    rows: dict[str, Numbers]
    listings: tuple[Listing, ...]
    moved: tuple[tuple[str, int, int], ...]
    untouched: frozenset[str]


@dataclass
class _Run:
    """A row as printed, over neighbouring lists of a kind that all print it."""

    kind: ListKind
    key: _Key
    first: str
    last: str


def number_rows(
    publications: Iterable[Publication],
    contents: Mapping[str, Sequence[PrintedRow | None]],
    recorded_rows: Mapping[str, Numbers],
    recorded: Mapping[int, Listing],
) -> Numbered:
    """Number every row of every list: one number for each run of lists that prints the row.

    A recorded number stays with its run. Where a late list splits the run, the part that stands on
    more recorded lists keeps it, so that as few addresses of rows as can be lead elsewhere; where
    two runs become one, the number on more lists stays. New numbers are minted in order of time,
    then of rows. ``contents`` and ``recorded_rows`` are by publication; ``recorded`` is by number.
    """
    ordered = in_time_order(publications)
    distinct = _Distinct()
    keys = {item.id: _keys(contents[item.id], distinct) for item in ordered}
    runs, run_of = _find_runs(ordered, keys)
    numbers = _number_runs(
        len(runs), _votes(keys, run_of, recorded_rows), max(recorded, default=0) + 1
    )
    rows = {
        item.id: tuple(
            None if key is None else numbers[run_of[item.id][key]] for key in keys[item.id]
        )
        for item in ordered
    }
    moved = tuple(
        (item.id, had, has)
        for item in ordered
        for had, has in zip(recorded_rows.get(item.id, ()), rows[item.id], strict=False)
        if had is not None and has is not None and had != has
    )
    newest = {item.kind: item.id for item in ordered}
    return Numbered(
        rows,
        tuple(
            _listing(number, run, distinct, newest, recorded)
            for number, run in sorted(zip(numbers, runs, strict=True), key=lambda pair: pair[0])
        ),
        moved,
        _untouched(ordered, rows, recorded_rows),
    )


def _find_runs(
    ordered: Sequence[Publication], keys: Mapping[str, list[_Key | None]]
) -> tuple[list[_Run], dict[str, dict[_Key, int]]]:
    """All runs, in order of time and then of rows, and each list's runs by row."""
    runs: list[_Run] = []
    run_of: dict[str, dict[_Key, int]] = {}
    before: dict[ListKind, dict[_Key, int]] = {"participating": {}, "pending": {}}
    for item in ordered:
        here: dict[_Key, int] = {}
        for key in keys[item.id]:
            if key is None:
                continue
            place = before[item.kind].get(key)
            if place is None:
                place = len(runs)
                runs.append(_Run(item.kind, key, item.id, item.id))
            here[key] = place
            runs[place].last = item.id
        run_of[item.id] = before[item.kind] = here
    return runs, run_of


def _votes(
    keys: Mapping[str, list[_Key | None]],
    run_of: Mapping[str, dict[_Key, int]],
    recorded_rows: Mapping[str, Numbers],
) -> Counter[tuple[int, int]]:
    """On how many recorded lists a number stands within a run, by (number, run)."""
    votes: Counter[tuple[int, int]] = Counter()
    for publication_id, numbers in recorded_rows.items():
        here = run_of[publication_id]
        votes.update(
            (number, here[key])
            for key, number in zip(keys[publication_id], numbers, strict=True)
            if key is not None and number is not None
        )
    return votes


def _number_runs(count: int, votes: Counter[tuple[int, int]], following: int) -> list[int]:
    """A number for each run: the recorded one that most lists know it by, or a new one."""
    taken: set[int] = set()
    found: list[int | None] = [None] * count
    for number, run in sorted(votes, key=lambda pair: (-votes[pair], pair[1], pair[0])):
        if found[run] is None and number not in taken:
            found[run] = number
            taken.add(number)
    numbers: list[int] = []
    for known in found:
        if known is None:
            known, following = following, following + 1
        numbers.append(known)
    return numbers


def _untouched(
    ordered: Sequence[Publication],
    rows: Mapping[str, Numbers],
    recorded_rows: Mapping[str, Numbers],
) -> frozenset[str]:
    """The recorded lists that stand first, in the order and with the numbers that they had."""
    same: set[str] = set()
    for item, known in zip(ordered, recorded_rows, strict=False):
        if item.id != known or rows[item.id] != recorded_rows[known]:
            break
        same.add(known)
    return frozenset(same)


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
