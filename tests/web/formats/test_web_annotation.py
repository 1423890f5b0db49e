"""Excerpts as W3C Web Annotations, read by a JSON-LD processor against the vocabulary."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pyld import jsonld

from scripts.web.formats.annotation import CONTEXT, web_annotation

OA = "http://www.w3.org/ns/oa#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DCTERMS = "http://purl.org/dc/terms/"
DC = "http://purl.org/dc/elements/1.1/"
# The terms of the annotation vocabulary that we use, after its context document
# (https://www.w3.org/ns/anno.jsonld), which a processor would fetch and a test must not.
VOCABULARY: dict[str, Any] = {
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@id"},
    **{
        name: OA + name
        for name in (
            "Annotation", "SpecificResource", "TextualBody", "TextQuoteSelector",
            "TextPositionSelector", "FragmentSelector", "exact", "prefix", "suffix", "describing",
        )
    },
    "body": {"@type": "@id", "@id": OA + "hasBody"},
    "target": {"@type": "@id", "@id": OA + "hasTarget"},
    "source": {"@type": "@id", "@id": OA + "hasSource"},
    "selector": {"@type": "@id", "@id": OA + "hasSelector"},
    "refinedBy": {"@type": "@id", "@id": OA + "refinedBy"},
    "motivation": {"@type": "@vocab", "@id": OA + "motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": OA + "hasPurpose"},
    "start": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": OA + "start"},
    "end": {"@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger", "@id": OA + "end"},
    "value": RDF + "value",
    "format": DC + "format",
    "language": DC + "language",
    "rights": {"@type": "@id", "@id": DCTERMS + "rights"},
    "conformsTo": {"@type": "@id", "@id": DCTERMS + "conformsTo"},
}  # fmt: skip
EXCERPT: dict[str, Any] = {
    "id": "moa-x-e01",
    "document_id": "moa-x",
    "page_number": 4,
    "to_page_number": None,
    "wording": "The AGENCY pays.",
    "prefix": "Section X.",
    "suffix": "Nothing else.",
    "start_offset": 11,
    "end_offset": 27,
    "address": "https://www.example.gov/a.pdf",
    "body_html": "<p>Who pays.</p>",
}
BASE = "https://archive.example.org/287g/"


def expanded(excerpt: dict[str, Any]) -> dict[str, Any]:
    annotation = web_annotation(excerpt, BASE)
    assert annotation["@context"] == CONTEXT
    found = jsonld.expand({**annotation, "@context": VOCABULARY}, {"base": ""})
    assert len(found) == 1
    return dict(found[0])


def test_every_key_is_a_term_of_the_vocabulary() -> None:
    """A processor drops what is no term in silence: nothing may be lost in expansion and back."""
    annotation = web_annotation(EXCERPT, BASE)
    compacted = jsonld.compact(expanded(EXCERPT), VOCABULARY)
    compacted.pop("@context")
    annotation.pop("@context")
    assert keys(compacted) == keys(annotation)


def keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for part in value.values() for key in keys(part)}
    if isinstance(value, list):
        return {key for part in value for key in keys(part)}
    return set()


def test_the_annotation_quotes_and_counts() -> None:
    found = expanded(EXCERPT)
    assert found["@type"] == [OA + "Annotation"]
    assert found["@id"] == f"{BASE}excerpts/moa-x-e01/"
    here, publisher = found[OA + "hasTarget"]
    assert here[OA + "hasSource"] == [{"@id": f"{BASE}documents/moa-x/pages/4/"}]
    kinds = [selector["@type"][0] for selector in here[OA + "hasSelector"]]
    assert kinds == [OA + "TextQuoteSelector", OA + "TextPositionSelector"]
    assert publisher[OA + "hasSource"] == [{"@id": EXCERPT["address"]}]
    fragment = publisher[OA + "hasSelector"][0]
    assert fragment[RDF + "value"] == [{"@value": "page=4"}]
    assert fragment[OA + "refinedBy"][0]["@type"] == [OA + "TextQuoteSelector"]


@pytest.mark.parametrize(
    ("change", "absent"),
    [
        ({"wording": None}, "TextQuoteSelector"),  # not held: the page alone
        ({"wording": None}, "TextPositionSelector"),
        ({"to_page_number": 5}, "TextPositionSelector"),  # over two pages characters do not count
        ({"address": None}, "FragmentSelector"),
        ({"page_number": None}, "FragmentSelector"),
        ({"prefix": None, "suffix": ""}, '"prefix"'),
        ({"body_html": None}, "TextualBody"),
    ],
)
def test_what_is_not_known_is_left_out(change: dict[str, Any], absent: str) -> None:
    excerpt = {**EXCERPT, **change}
    assert absent not in json.dumps(web_annotation(excerpt, BASE))
    expanded(excerpt)
