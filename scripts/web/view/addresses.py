"""Every record's address below the base address, and the way from one page to another.

Addresses are contracts (see the design): canonical with a trailing slash, the same live and as
plain files. Pages link to each other relatively, so that a copy works from any file server.
"""

from __future__ import annotations

from urllib.parse import quote, urlsplit

HOME = "/"
SEARCH = "/search/"
DATA = "/archive"


def agency_path(agency_id: str) -> str:
    """``/agencies/fl-florida-highway-patrol/``."""
    return f"/agencies/{agency_id}/"


def agreement_path(agreement_id: str) -> str:
    """``/agreements/fl-florida-highway-patrol-tfm-2025-02-25/``."""
    return f"/agreements/{agreement_id}/"


def evidence_path(agreement_id: str) -> str:
    """The evidence sheet of an agreement, to print or attach."""
    return f"/agreements/{agreement_id}/evidence/"


def document_path(document_id: str) -> str:
    """``/documents/moa-…/``."""
    return f"/documents/{document_id}/"


def page_path(document_id: str, page_number: int) -> str:
    """One page of a document, from 1."""
    return f"/documents/{document_id}/pages/{page_number}/"


def differences_path(document_id: str) -> str:
    """How a memorandum differs from its template, all differences in the order of its pages."""
    return f"/documents/{document_id}/differences/"


def deviation_path(deviation_id: str) -> str:
    """A confirmed difference: ``/deviations/moa-…-d01/``."""
    return f"/deviations/{deviation_id}/"


def template_path(template_id: str) -> str:
    """A version of ICE's form: ``/templates/tfm-2025-03-07/``."""
    return f"/templates/{template_id}/"


def comparison_path(earlier: str, later: str) -> str:
    """Two versions of a model's template, compared."""
    return f"/templates/{earlier}/compare/{later}/"


def excerpt_path(excerpt_id: str) -> str:
    """``/excerpts/moa-…-e03/``."""
    return f"/excerpts/{excerpt_id}/"


def publication_path(publication_id: str, listing: int | None = None) -> str:
    """A list as published, or one row of it: ``/publications/2025-05-16-am/#1234``."""
    return f"/publications/{publication_id}/" + ("" if listing is None else f"#{listing}")


def state_path(state: str) -> str:
    """``/states/fl/``."""
    return f"/states/{state.lower()}/"


def county_path(fips: str) -> str:
    """``/counties/12086/``, by the county's FIPS code."""
    return f"/counties/{fips}/"


def topic_path(topic_id: str) -> str:
    """``/topics/termination/``."""
    return f"/topics/{topic_id}/"


def figure_path(figure_id: str) -> str:
    """``/figures/agreements-active/``."""
    return f"/figures/{figure_id}/"


def payment_path(payment_id: str) -> str:
    """``/payments/…/``."""
    return f"/payments/{payment_id}/"


def root_of(path: str) -> str:
    """What leads from the page at ``path`` to the base address, ending in ``/``.

    >>> root_of("/agencies/x/")
    '../../'
    >>> root_of("/")
    './'
    """
    return "../" * (path.count("/") - 1) or "./"


def base_path(base: str) -> str:
    """The path of a base address, with a slash at either end: ``/`` or ``/287g/``."""
    path = urlsplit(base).path.strip("/")
    return f"/{path}/" if path else "/"


def absolute(base: str, path: str) -> str:
    """The full address of ``path`` under the base address."""
    return base.rstrip("/") + quote(path, safe="/#?=&-._~:@!$'()*+,;%")
