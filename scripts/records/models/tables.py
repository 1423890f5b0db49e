"""Every CSV file of the records."""

from __future__ import annotations

from scripts.records.models.addresses import Permalink, Release
from scripts.records.models.agreements import Agency, AgencyName, Agreement, Event
from scripts.records.models.base import Row
from scripts.records.models.documents import (
    ConfirmedDeviation,
    Document,
    DocumentFact,
    FactCheck,
    FormField,
)
from scripts.records.models.fixes import (
    AgencyNameFix,
    CellFix,
    CommonPhrase,
    ContactAllowance,
    PageTextFix,
    PublicationDateFix,
)
from scripts.records.models.lists import (
    Copy,
    KnownList,
    Listing,
    ListingOrder,
    Publication,
    PublicationFile,
)
from scripts.records.models.register import (
    AgencyCounty,
    AgencyCountyFix,
    CrosswalkAgency,
    RegisterAgency,
    RegisterFix,
    RegisterMatch,
)
from scripts.records.models.statements import Correction, Figure, Payment, Rate, Topic

TABLES: tuple[type[Row], ...] = (
    Publication,
    PublicationFile,
    Listing,
    ListingOrder,
    KnownList,
    Copy,
    Agency,
    AgencyName,
    AgencyCounty,
    RegisterAgency,
    RegisterMatch,
    CrosswalkAgency,
    Agreement,
    Event,
    Document,
    DocumentFact,
    FormField,
    FactCheck,
    ConfirmedDeviation,
    Payment,
    Rate,
    Figure,
    Topic,
    Correction,
    Permalink,
    Release,
    PublicationDateFix,
    CellFix,
    AgencyNameFix,
    RegisterFix,
    AgencyCountyFix,
    PageTextFix,
    ContactAllowance,
    CommonPhrase,
)
