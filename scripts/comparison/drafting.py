"""Templates from described memoranda: who votes, what is kept, which version a memorandum follows.

A draft is kept under the digests of the memoranda that voted for it; what other versions tell of
its doubtful words is looked up at each build, which takes no time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

from scripts.comparison.blocks import with_clauses
from scripts.comparison.cache import code_digest, digest_of, load, save
from scripts.comparison.described import Described, Entry, words_of
from scripts.comparison.forms import FormWord
from scripts.comparison.reconciling import reconcile, trigrams
from scripts.comparison.templates import ENOUGH, SAMPLE, Template, keys, make_template
from scripts.progress import counting
from scripts.reading.executors import Submit

_NEARER = 0.004  # by which another version's wording must be nearer than the one that is claimed
_TIED = 0.001  # versions as near as this are one to a memorandum: the earliest counts
_OTHERS = 6  # memoranda of other states from which on one state's are held to half as many
Versions = dict[str, str | None]  # document, template


def draft_templates(
    entries: Sequence[Entry],
    described: Mapping[str, Described],
    versions: Versions,
    cache: Path,
    submit: Submit,
) -> dict[str, Template]:
    """Each version's draft: from the cache, or from the words of the memoranda that vote."""
    by_id = {entry.document_id: entry for entry in entries}
    groups: dict[str, list[Described]] = defaultdict(list)
    for name, version in versions.items():
        if version is not None:
            groups[version].append(described[name])
    states = {entry.document_id: entry.state for entry in entries}
    samples = {
        name: spread(sorted(group, key=_rank), states)[:SAMPLE]
        for name, group in sorted(groups.items())
    }
    drafts: dict[str, Template] = {}
    for is_few in (False, True):  # where there are two, a version with more decides between them
        wanted = {
            name: (_arbiter(name, drafts) if is_few else (), sample)
            for name, sample in samples.items()
            if (len(sample) <= ENOUGH) == is_few
        }
        drafts |= _draft(wanted, by_id, cache, submit)
    return {name: replace(draft, documents=len(groups[name])) for name, draft in drafts.items()}


def spread(ranked: Sequence[Described], states: Mapping[str, str]) -> list[Described]:
    """The best of them, none of its states with more than half as many as all others together.

    What one field office writes into its memoranda is no wording of the form, however many of them
    are held. Where the others are too few to tell, all count.
    """
    counts = Counter(states[one.document_id] for one in ranked)
    kept: list[Described] = []
    taken: Counter[str] = Counter()
    for one in ranked:
        state = states[one.document_id]
        others = len(ranked) - counts[state]
        taken[state] += 1
        if others < _OTHERS or taken[state] <= max(others // 2, 1):
            kept.append(one)
    return kept


def _rank(one: Described) -> tuple[float, float, str]:
    """Born-digital text first, then what was read well; then an order that favours no name.

    The identifier's hash decides last, never the digest: that one changes with the code, and a
    template's wording must not.
    """
    return -round(one.own, 1), -round(one.quality, 2), digest_of(one.document_id)


def _arbiter(name: str, drafts: Mapping[str, Template]) -> tuple[FormWord, ...]:
    """The version of the model that rests on most memoranda."""
    own = [draft for other, draft in sorted(drafts.items()) if other[:3] == name[:3]]
    return max(own, key=lambda draft: draft.documents).tokens if own else ()


def _draft(
    wanted: Mapping[str, tuple[tuple[FormWord, ...], Sequence[Described]]],
    entries: Mapping[str, Entry],
    cache: Path,
    submit: Submit,
) -> dict[str, Template]:
    drafts: dict[str, Template] = {}
    missing: list[tuple[str, str]] = []
    for name, (arbiter, sample) in wanted.items():
        told = [list(word[:2]) for word in arbiter]
        key = digest_of([name, [one.digest for one in sample], told, code_digest("draft")])
        kept = load(cache, key)
        if kept is None:
            missing.append((name, key))
        elif kept:
            drafts[name] = _from_json(kept)
    calls = ((name, *_chosen(wanted[name], entries)) for name, _ in missing)
    with counting("Drafting templates", len(missing)) as advance:
        for (name, key), draft in zip(
            missing, submit(make_draft, calls, len(missing)), strict=True
        ):
            save(cache, key, _to_json(draft) if draft else {})
            if draft:
                drafts[name] = draft
            advance()
    return drafts


def _chosen(
    wanted: tuple[tuple[FormWord, ...], Sequence[Described]], entries: Mapping[str, Entry]
) -> tuple[list[tuple[Entry, str]], tuple[FormWord, ...]]:
    arbiter, sample = wanted
    return [(entries[one.document_id].loaded(), one.printed) for one in sample], arbiter


def make_draft(
    name: str, chosen: Sequence[tuple[Entry, str]], arbiter: Sequence[FormWord]
) -> Template | None:
    """A template's draft from memoranda, each with the agency as its opening prints it."""
    return make_template(name, [words_of(entry, printed) for entry, printed in chosen], arbiter)


def settle_versions(
    described: Mapping[str, Described], drafts: Mapping[str, Template], versions: Versions
) -> Versions:
    """The version of each memorandum: its footer's, or the one whose wording is nearest.

    A form without a footer is told by its wording: two of 2025 print none and follow that year's.
    """
    result = dict(versions)
    for name, one in described.items():
        if one.is_told or one.model is None:
            continue
        near = _distances(one, drafts)
        claimed = near.get(versions[name] or "")
        if near and (claimed is None or min(near.values()) < claimed - _NEARER):
            least = min(near.values())
            result[name] = min(version for version in near if near[version] <= least + _TIED)
    return result


def _distances(one: Described, drafts: Mapping[str, Template]) -> dict[str, float]:
    return {
        version: Indel.normalized_distance(
            one.keys, keys(word for word in draft.tokens if not word.is_hidden)
        )
        for version, draft in drafts.items()
        if version[:3] == one.model
    }


def finish(drafts: Mapping[str, Template]) -> dict[str, Template]:
    """The drafts with doubtful words as other versions have them, and each word's heading."""
    runs = {name: trigrams(keys(draft.tokens)) for name, draft in drafts.items()}
    finished: dict[str, Template] = {}
    for name, draft in sorted(drafts.items()):
        others = set().union(*(run for other, run in runs.items() if other != name))
        finished[name] = with_clauses(reconcile(draft, others))
    return finished


def _to_json(draft: Template) -> dict[str, Any]:
    return {
        "id": draft.id,
        "tokens": [list(word) for word in draft.tokens],
        "places": [sorted(draft.blanks), sorted(draft.fields)],
        "counts": [draft.documents, draft.voted, draft.agreement],
    }


def _from_json(value: dict[str, Any]) -> Template:
    blanks, fields = value["places"]
    words = tuple(_word(row) for row in value["tokens"])
    return Template(value["id"], words, frozenset(blanks), frozenset(fields), *value["counts"])


def _word(row: list[Any]) -> FormWord:
    word = FormWord(*row)
    return word._replace(rivals=tuple((key, text) for key, text in word.rivals))
