"""One address for each kind of page, and a browser page that notes what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from tests.sample_records import FHP

KINDS = {  # one page of each kind: explainer, records, Datasette
    "home": "",
    "explainer": "learn/",
    "search": "search/?q=training",
    "search with nothing": "search/?q=zzyzx",
    "agreements": "agreements/",
    "agreement": f"agreements/{FHP}-tfm-2025-02-25/",
    "evidence": f"agreements/{FHP}-tfm-2025-02-25/evidence/",
    "agencies": "agencies/",
    "agency": f"agencies/{FHP}/",
    "documents": "documents/",
    "document": "documents/moa-fhp/",
    "document not held": "documents/moa-st-johns/",
    "documents narrowed": "documents/?held=yes",
    "disagreements": "disagreements/",
    "document page": "documents/moa-fhp/pages/2/?q=training",
    "differences": "deviations/",
    "differences of a memorandum": "documents/moa-fhp/differences/",
    "templates": "templates/",
    "excerpts": "excerpts/",
    "excerpt": "excerpts/moa-fhp-e01/",
    "topic": "topics/training/",
    "publications": "publications/",
    "changes": "changes/",
    "questions": "questions/",
    "publication": "publications/2025-03-03-pm/",
    "states": "states/",
    "state": "states/fl/",
    "state without": "states/vt/",
    "payments": "payments/",
    "payment": "payments/payment-1/",
    "figures": "figures/",
    "figure": "figures/agreements-active/",
    "corrections": "corrections/",
    "successors": "agencies/fl-split/",
    "withdrawn": "agencies/fl-gone/",
    "missing": "nothing/here/",
    "data": "archive",
    "table": "archive/agencies?_facet=state",
    "row": f"archive/agencies/{FHP}",
    "sql": "archive?sql=select+1+as+one",
    "sql that fails": "archive?sql=select+nope",
}
FAILED = "Failed to load resource: the server responded with a status of"  # the page itself


@contextmanager
def looking(browser: Any, site: str, width: int, scheme: str) -> Iterator[Any]:
    """A page that notes what goes wrong; nothing may have when it is closed."""
    context = browser.new_context(
        viewport={"width": width, "height": 850}, color_scheme=scheme, locale="en-US"
    )
    page = context.new_page()
    wrong: list[str] = []
    host = urlsplit(site).netloc
    page.on("console", lambda m: None if m.text.startswith(FAILED) else wrong.append(m.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if urlsplit(request.url).netloc == host or request.url.startswith("data:")
            else wrong.append(f"another host: {request.url}")
        ),
    )
    yield page
    context.close()
    assert not wrong
