"""What every row of a record file is, and the kinds of its columns."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
PublicationId = Annotated[
    str, StringConstraints(pattern=r"^(?:pending-)?\d{4}-\d{2}-\d{2}(?:-[a-z0-9]+)*$")
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
StateCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Fips = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
ModelCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1)]
ListKind = Literal["participating", "pending"]
Provenance = Literal[
    "official-record",
    "official-statement",
    "court-record",
    "audit",
    "press-report",
    "leaked-record",
    "leaked-as-reported",
    "research",
    "advocacy-analysis",
    "computed",
]


class Row(BaseModel):
    """One row of a record file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
