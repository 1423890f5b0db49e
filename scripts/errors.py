"""What can be wrong with a record or a source, said so that a stranger can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where it stands, what was seen, what was expected, what to do.

    ``place`` is a file name relative to the folder that was read, with a line, row or page where
    there is one (``agencies.csv:14``, ``list.xlsx row 7``, ``moa.pdf page 3``).
    """

    place: str
    field: str
    seen: str
    expected: str
    remedy: str = ""

    def __str__(self) -> str:
        what = f"{self.place}: {self.field}: " if self.field else f"{self.place}: "
        text = f"{what}found {self.seen}; expected {self.expected}"
        return f"{text}. {self.remedy}" if self.remedy else text


class ArchiveError(Exception):
    """All problems of one run, collected. Caught in one place, the command line (exit status 1)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def single(
        cls, place: str, field: str, seen: object, expected: str, remedy: str = ""
    ) -> ArchiveError:
        """The error for one problem; ``seen`` is shown quoted."""
        return cls([Problem(place, field, repr(seen), expected, remedy)])
