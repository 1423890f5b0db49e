"""Names: what is the same spelling, what may be one body, and what never is."""

from __future__ import annotations

import pytest

from scripts.identity.counties import find_county
from scripts.identity.identifiers import Mint, agency_identifier
from scripts.identity.matching import (
    digits,
    is_modified,
    is_same_shape,
    must_differ,
    real_county,
    typo_distance,
)
from scripts.identity.names import display_name, name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bay County Sheriff’s Office ", "Bay County Sheriff's Office"),  # curly, edge space
        ("BAY  COUNTY SHERIFFS OFFICE", "Bay County Sheriff's Office"),
        ("Bay County Sheriff\xa0Office", "Bay County Sheriff's Office"),
        ("Tampa PD", "Tampa Police Department"),
        ("Panama City Police Dept.", "Panama City Police Department"),
        ("Saint Mary Police Department", "St. Mary Police Department"),
        ("Gulf County BOCC", "Gulf County Board of County Commissioners"),
        ("Florida A&M University", "Florida A and M University"),
        ("Doña Ana County", "Dona Ana County"),
        ("Mahoning TWP Police", "Mahoning Township Police"),
    ],
)
def test_one_spelling(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("state", "one", "other"),
    [
        ("TX", "Parker County Sheriff's Office", "Parmer County Sheriff's Office"),
        ("FL", "Bay County Sheriff's Office", "Clay County Sheriff's Office"),
        ("TX", "Bee County Sheriff's Office", "Lee County Sheriff's Office"),
        ("TX", "Baylor County Sheriff's Office", "Taylor County Sheriff's Office"),
        ("TX", "Galveston County Constable Precinct 1", "Galveston County Constable Precinct 4"),
        ("FL", "State Attorney, 6th Circuit", "State Attorney, 20th Circuit"),
    ],
)
def test_never_one_body(state: str, one: str, other: str) -> None:
    assert must_differ(state, name_key(one), name_key(other))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("Dogulas County Sheriff's Office", "Douglas County Sheriff's Office", 1),  # transposed
        ("Lampass County Sheriff's Office", "Lampasas County Sheriff's Office", 1),
        ("Calacasieu Parish Sheriff's Office", "Calcasieu Parish Sheriff's Office", 1),
        ("Macro Island Police Department", "Marco Island Police Department", 1),
        ("Franklin County Jail", "Franklin County Sheriff's Office", None),  # another kind of body
        ("Dover Police Department", "Salem Police Department", None),
        ("Bee County Police", "Lee County Police", 1),
        ("Constable Precinct 1", "Constable Precinct 2", None),
    ],
)
def test_letters_apart(one: str, other: str, distance: int | None) -> None:
    assert typo_distance(name_key(one), name_key(other)) == distance


@pytest.mark.parametrize(
    ("state", "one", "other"),
    [
        ("NY", "Cattaraugus Counry Sheriff's Office", "Cattaraugus County Sheriff's Office"),
        ("FL", "Alachua Police Departent", "Alachua Police Department"),
        ("SC", "Lexington County Sheriff's Department", "Lexington County Sheriff's Office"),
        ("VA", "Hopewell Sheriff's Office", "Hopewell County Sheriff's Office"),
        ("LA", "Lafourche County Sheriff's Office", "Lafourche Parish Sheriff's Office"),
        ("ID", "Idaho State Police", "Idaho State Police Department"),
    ],
)
def test_the_same_but_for_common_words(state: str, one: str, other: str) -> None:
    assert is_same_shape(state, name_key(one), name_key(other))


def test_a_city_and_a_county_of_one_name_are_two() -> None:
    # Virginia has Franklin County and the city of Franklin, each with a sheriff.
    assert find_county("VA", "Franklin") is None
    assert real_county("VA", name_key("Franklin County Sheriff's Office")) == "51067"


@pytest.mark.parametrize(
    ("state", "name", "fips"),
    [
        ("FL", "Miami-Dade", "12086"),
        ("FL", "St. Johns County", "12109"),
        ("GA", "De Kalb County", "13089"),
        ("LA", "Calcasieu Parish", "22019"),
        ("TX", "Kershaw County", None),  # a county of South Carolina
        ("GU", "Guam", "66010"),
        ("MP", "Saipan", "69110"),
        ("ZZ", "Bay County", None),
    ],
)
def test_a_county_is_found_within_its_state(state: str, name: str, fips: str | None) -> None:
    county = find_county(state, name)
    assert (county.fips if county else None) == fips


def test_words_beyond_a_name() -> None:
    one, other = name_key("City of Melbourne Police"), name_key("Melbourne Police Department")
    assert is_modified("FL", one, other) is None  # each has a word of its own
    whole = name_key("City of Melbourne Police Department")
    assert is_modified("FL", whole, other) == frozenset({"city", "of"})
    corrections = name_key("Alaska DOC"), name_key("Department of Corrections")
    assert is_modified("AK", *corrections) == frozenset()


def test_numbers_tell_bodies_apart() -> None:
    assert digits(name_key("Constable Precinct 4")) == ("4",)


def test_identifiers_are_minted_once() -> None:
    mint = Mint({"fl-tampa-police-department"})
    assert agency_identifier("FL", "Tampa PD") == "fl-tampa-police-department"
    assert mint.make("fl-tampa-police-department") == "fl-tampa-police-department-2"
    assert mint.make("fl-tampa-police-department") == "fl-tampa-police-department-3"


def test_a_name_is_shown_squeezed_with_straight_apostrophes() -> None:
    assert display_name(" Bay  County Sheriff’s Office\xa0") == "Bay County Sheriff's Office"
