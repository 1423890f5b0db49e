"""A page of a document: its picture beside its text, marks on both, and a manifest of all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from iiif_prezi3 import Manifest

from scripts.database.build import build
from scripts.pictures.command import pictures
from scripts.publish.freeze import copy_pictures
from scripts.web.parts.pictures import picture_of
from tests.sample_records import write_sample, write_sources
from tests.web.conftest import running

DOCUMENT = "moa-fhp"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database whose memorandum has pictures, in a folder with them."""
    folder = tmp_path_factory.mktemp("viewer")
    records, sources = write_sample(folder / "records"), write_sources(folder / "sources")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVE_PICTURES", str(folder / "pictures"))
        patch.setenv("ARCHIVE_CACHE", str(folder / "cache"))
        arguments = ["--records", str(records), "--sources", str(sources)]
        result = CliRunner().invoke(pictures, arguments, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        build(records, sources, folder / "archive.db")
        yield folder


@pytest.fixture(scope="module")
def site(drawn: Path, explainer: Path) -> Iterator[str]:
    with running(drawn / "archive.db", explainer, "/") as base:
        yield base


def get(address: str) -> Any:
    with urlopen(address) as answer:
        return answer.read(), answer.headers


def test_the_picture_stands_beside_the_text(site: str) -> None:
    body, headers = get(f"{site}documents/{DOCUMENT}/pages/1/")
    html = body.decode()
    assert '<div class="a-viewer a-viewer--both">' in html
    assert 'alt="Picture of page 1; its text stands beside it.' in html
    assert 'width="1400"' in html
    assert "img-src 'self'" in headers["content-security-policy"]
    assert " style=" not in html.split("<main")[1].split("</main>")[0]  # the policy forbids it


def test_pictures_and_words_are_sent_for_good(site: str) -> None:
    manifest = json.loads(get(f"{site}documents/{DOCUMENT}/manifest.json")[0])
    image = manifest["items"][0]["items"][0]["items"][0]["body"]
    content, headers = get(image["id"])
    assert content[8:12] == b"WEBP"
    assert headers["content-type"] == "image/webp"
    assert "immutable" in headers["cache-control"]
    assert headers["access-control-allow-origin"] == "*"  # IIIF viewers stand elsewhere
    for path in ("pictures/index.json", "pictures/../archive.db", "pictures/00/none.webp"):
        with pytest.raises(HTTPError, match="404"):
            get(site + path)


def test_the_manifest_is_valid_and_tells_why_a_page_has_no_picture(site: str) -> None:
    body, headers = get(f"{site}documents/{DOCUMENT}/manifest.json")
    assert headers["content-type"].startswith("application/ld+json")
    manifest = Manifest.model_validate_json(body)
    assert str(manifest.id).endswith(f"/documents/{DOCUMENT}/manifest.json")
    items = json.loads(body)["items"]
    assert [item["label"]["en"][0] for item in items][:1] == ["Page 1"]
    for item in items:
        assert bool(item.get("items")) != bool(item.get("summary"))


def test_a_picture_has_the_shape_of_its_page() -> None:
    row: dict[str, Any] = {"picture": "ab" + "0" * 30 + ".webp", "words": None, "page_number": 2}
    row |= {"width": 612.0, "height": 792.0}
    boxes = json.dumps([[2, 72, 100, 300, 112.5], [3, 1, 1, 2, 2]])
    picture = picture_of(row, [{"id": "x-e01", "boxes": boxes}])
    assert picture is not None
    assert (picture.width, picture.height) == (1400, 1812)
    assert picture.address == f"/pictures/ab/{row['picture']}"
    assert [(box.x, box.y, box.width, box.height) for box in picture.boxes] == [
        (72, 100, 228, 12.5)
    ]
    assert picture_of(row | {"picture": None}) is None


def test_pictures_may_stand_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PICTURES_URL", "https://pictures.example.org/287g")
    from scripts.web.headers import content_policy
    from scripts.web.parts.pictures import picture_address

    assert picture_address("abcd.webp") == "https://pictures.example.org/287g/ab/abcd.webp"
    assert "img-src 'self' data: https://pictures.example.org" in content_policy("/documents/x/")


def test_the_static_twin_takes_the_pictures_along(drawn: Path, tmp_path: Path) -> None:
    count = copy_pictures(drawn / "archive.db", drawn / "pictures", tmp_path)
    assert count >= 2
    assert len(list(tmp_path.rglob("*.webp"))) == len(list(tmp_path.rglob("*.json")))


@pytest.mark.browser
def test_words_are_marked_on_the_picture_and_arrows_turn_pages(site: str, browser: Any) -> None:
    page = browser.new_page()
    page.goto(f"{site}documents/{DOCUMENT}/pages/1/?q=agreement")
    page.wait_for_selector(".a-picture__marks rect.a-mark-found")
    marks = page.locator("rect.a-mark-found")
    assert marks.count() == page.locator("#text mark:not(.a-excerpt)").count()
    assert marks.first.evaluate("rect => rect.getBoundingClientRect().width") > 5
    before = page.locator(".a-picture__sheet").bounding_box()["width"]
    page.get_by_role("button", name="Larger").click()
    assert page.locator(".a-picture__sheet").bounding_box()["width"] > before
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"{site}documents/{DOCUMENT}/pages/2/**")
    page.close()
