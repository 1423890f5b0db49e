"""Fetching from a server that misbehaves."""

from __future__ import annotations

import email.utils
import hashlib
import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from scripts.errors import ArchiveError
from scripts.fetch.collect import Collector, Wanted
from scripts.fetch.command import fetch, user_agent, wanted_files
from scripts.fetch.fetch import Fetcher, FetchError, Limits
from scripts.fetch.ice_page import (
    ICE_PAGE,
    capture_addresses,
    captures_query,
    list_addresses,
)
from scripts.fetch.plan import plan_text
from scripts.held.manifest import (
    MANIFEST,
    Fetched,
    add_to_manifest,
    newest_entries,
    published_name,
    read_manifest,
)
from scripts.held.store import find_held, held_paths
from scripts.records.curated import CuratedDocument, FrontMatter
from scripts.records.models.documents import Document
from scripts.records.models.lists import Copy, PublicationFile
from scripts.records.read import read_records
from scripts.records.write import write_table
from tests.lists_made import row, save_list
from tests.misbehaving import Site, cut_off, drip, file, in_turn, page, serving, slow

PDF = b"%PDF-1.4\n" + b"%" * 5000 + b"\n%%EOF\n"
MOA = "https://www.ice.gov/doclib/287gMOA/A_TFM_MOA_05012025.pdf"
MOA_PATH = "/doclib/287gMOA/A_TFM_MOA_05012025.pdf"
LISTS = "/doclib/about/offices/ero/287g/"
QUICK = Limits(pause=0, tries=3, first_wait=0.01, read=0.4, whole=1.0, longest_wait=60)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def fetcher(site: Site, tmp_path: Path, slept: list[float]) -> Iterator[Fetcher]:
    stand_ins = {"www.ice.gov": site.base, "web.archive.org": site.base}
    with Fetcher(
        tmp_path / "store", user_agent("https://example.org"), QUICK, stand_ins, slept.append
    ) as made:
        yield made


def seen(fetcher: Fetcher, address: str = MOA, **options: object) -> str:
    with pytest.raises(FetchError) as caught:
        fetcher.get(address, "pdf")
    return caught.value.problem.seen


def test_a_file_comes_with_its_headers_and_we_say_who_we_are(fetcher: Fetcher, site: Site) -> None:
    site.paths[MOA_PATH] = file(PDF, Content_Type="text/html")  # the label is not believed
    answer = fetcher.get(MOA, "pdf")
    assert answer.path is not None
    assert answer.path.read_bytes() == PDF
    assert answer.headers["content-type"] == "text/html"
    (asked,) = site.asked(MOA_PATH)
    assert asked["user-agent"] == "287g-archive/0.1 (public records archive; +https://example.org)"
    assert asked["host"] == "www.ice.gov"
    assert asked["accept-encoding"] == "identity"


def test_not_found(fetcher: Fetcher) -> None:
    assert seen(fetcher) == "status 404"


@pytest.mark.parametrize("body", [b"<!DOCTYPE html><p>Not found", b"\n <html><p>Not found"])
def test_a_page_with_status_200_is_no_memorandum(fetcher: Fetcher, site: Site, body: bytes) -> None:
    site.paths[MOA_PATH] = page(body, Content_Type="application/pdf")
    assert seen(fetcher) == "a web page, status 200"
    assert list((fetcher.folder / ".partial").iterdir()) == []


def test_a_list_that_is_a_page_or_a_damaged_zip_is_refused(fetcher: Fetcher, site: Site) -> None:
    address = f"https://www.ice.gov{LISTS}participatingAgencies05162025am.xlsx"
    for body, words in (
        (b"<html>", "a web page"),
        (b"PK\x03\x04junk", "a damaged zip"),
        (PDF, "pdf"),
    ):
        site.paths[f"{LISTS}participatingAgencies05162025am.xlsx"] = page(body)
        with pytest.raises(FetchError, match="an Excel workbook") as caught:
            fetcher.get(address, "workbook")
        assert words in caught.value.problem.seen


def test_a_slow_server_is_asked_again_and_then_left_alone(
    fetcher: Fetcher, site: Site, slept: list[float]
) -> None:
    site.paths[MOA_PATH] = slow(0.8)
    assert seen(fetcher) == "no answer in time (3 tries)"
    assert slept == [0.01, 0.02]


def test_a_server_that_never_ends_is_cut_off(fetcher: Fetcher, site: Site) -> None:
    site.paths[MOA_PATH] = drip(b"%PDF-1.4" * 10, 60, 0.05)
    started = time.monotonic()
    assert "no end after 1 s" in seen(fetcher)
    assert time.monotonic() - started < 2.5


def test_a_download_that_breaks_goes_on_where_it_stopped(fetcher: Fetcher, site: Site) -> None:
    site.paths[MOA_PATH] = in_turn(cut_off(PDF, 2000), file(PDF))
    answer = fetcher.get(MOA, "pdf")
    assert answer.path is not None
    assert answer.path.read_bytes() == PDF
    assert answer.status == 206
    assert site.asked(MOA_PATH)[1]["range"] == "bytes=2000-"


def test_a_download_goes_on_in_a_later_run(site: Site, tmp_path: Path) -> None:
    stand_ins = {"www.ice.gov": site.base}
    site.paths[MOA_PATH] = cut_off(PDF, 2000)
    once = Limits(pause=0, tries=1)
    with (
        Fetcher(tmp_path, "test", once, stand_ins) as first,
        pytest.raises(FetchError, match="a broken connection"),
    ):
        first.get(MOA, "pdf")
    site.paths[MOA_PATH] = file(PDF)
    with Fetcher(tmp_path, "test", once, stand_ins) as second:
        answer = second.get(MOA, "pdf")
    assert site.asked(MOA_PATH)[1]["range"] == "bytes=2000-"
    assert answer.bytes == len(PDF)


def test_a_file_that_changed_meanwhile_starts_anew(fetcher: Fetcher, site: Site) -> None:
    changed = PDF.replace(b"1.4", b"1.7")
    site.paths[MOA_PATH] = in_turn(cut_off(PDF, 2000), file(changed))
    answer = fetcher.get(MOA, "pdf")
    assert answer.path is not None
    assert answer.path.read_bytes() == changed


def test_a_part_that_does_not_fit_starts_anew(fetcher: Fetcher, site: Site) -> None:
    wrong = page(PDF[100:], 206, Content_Range=f"bytes 100-{len(PDF) - 1}/{len(PDF)}")
    site.paths[MOA_PATH] = in_turn(cut_off(PDF, 2000), wrong, file(PDF))
    answer = fetcher.get(MOA, "pdf")
    assert answer.path is not None
    assert answer.path.read_bytes() == PDF


def test_a_pdf_without_an_end_and_a_length_is_cut_off(fetcher: Fetcher, site: Site) -> None:
    site.paths[MOA_PATH] = drip(PDF[:300], 1, 0)
    assert "cut off" in seen(fetcher)


@pytest.mark.parametrize("date", [False, True])
def test_a_server_that_asks_for_patience_gets_it(
    fetcher: Fetcher, site: Site, slept: list[float], date: bool
) -> None:
    after = email.utils.formatdate(time.time() + 30, usegmt=True) if date else "30"
    site.paths[MOA_PATH] = in_turn(page(b"", 429, Retry_After=after), file(PDF))
    assert fetcher.get(MOA, "pdf").status == 200
    assert len(slept) == 1
    assert 27 < slept[0] <= 30


def test_a_server_that_asks_for_too_much_patience_is_left_alone(
    fetcher: Fetcher, site: Site, slept: list[float]
) -> None:
    site.paths[MOA_PATH] = page(b"", 503, Retry_After="86400")
    assert seen(fetcher) == "status 503 (1 tries)"
    assert slept == []


def test_redirects_are_followed_and_loops_are_not(fetcher: Fetcher, site: Site) -> None:
    site.paths["/old.pdf"] = page(b"", 301, Location=MOA_PATH)
    site.paths[MOA_PATH] = file(PDF)
    answer = fetcher.get("https://www.ice.gov/old.pdf", "pdf")
    assert (answer.final_address, answer.bytes) == (MOA, len(PDF))
    site.paths["/a.pdf"] = page(b"", 302, Location="/b.pdf")
    site.paths["/b.pdf"] = page(b"", 302, Location="/a.pdf")
    assert "redirects that lead nowhere" in seen(fetcher, "https://www.ice.gov/a.pdf")
    for number in range(9):
        site.paths[f"/{number}.pdf"] = page(b"", 302, Location=f"/{number + 1}.pdf")
    assert "redirects that lead nowhere" in seen(fetcher, "https://www.ice.gov/0.pdf")


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/secret.pdf",
        "http://127.0.0.1/secret.pdf",
        "http://localhost/secret.pdf",
        "http://10.0.0.1/secret.pdf",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/secret.pdf",
        "http://[::ffff:127.0.0.1]/secret.pdf",
        "http://0.0.0.0/secret.pdf",
        "http://100.64.0.1/secret.pdf",
        "file:///etc/passwd",
        "ftp://www.ice.gov/secret.pdf",
        "https://user:word@www.ice.gov/secret.pdf",
        "https://www.ice.gov:notaport/",
    ],
)
def test_private_places_are_refused_at_first_and_by_redirect(
    fetcher: Fetcher, site: Site, target: str
) -> None:
    site.paths["/secret.pdf"] = file(PDF)
    target = target.format(port=site.port)
    assert seen(fetcher, target)
    site.paths[MOA_PATH] = page(b"", 302, Location=target)
    assert seen(fetcher)
    assert {path for path, _ in site.requests} == {MOA_PATH}


def test_files_that_are_too_large_are_refused(site: Site, tmp_path: Path) -> None:
    small = Limits(pause=0, tries=1, bytes=1000)
    with Fetcher(tmp_path, "test", small, {"www.ice.gov": site.base}) as fetcher:
        site.paths[MOA_PATH] = file(PDF)
        assert "more than 1000" in seen(fetcher)
        site.paths[MOA_PATH] = drip(PDF, 3, 0)  # does not say its size
        assert "more than 1000" in seen(fetcher)
    assert list((tmp_path / ".partial").iterdir()) == []


def test_one_host_gets_a_pause_between_two_requests(site: Site, tmp_path: Path) -> None:
    slept: list[float] = []
    limits = Limits(pause=5)
    with Fetcher(tmp_path, "test", limits, {"www.ice.gov": site.base}, slept.append) as fetcher:
        site.paths[MOA_PATH] = file(PDF)
        fetcher.get(MOA, "pdf")
        fetcher.get(MOA, "pdf")
    assert len(slept) == 1
    assert 4 < slept[0] <= 5


SAFE = "https://gcc02.safelinks.protection.outlook.com/?data=some.body%40example.gov&url="


def _ice(site: Site, tmp_path: Path) -> dict[str, bytes]:
    """ICE's page with two lists, one behind a wrapped link, and a memorandum behind each."""
    participating = save_list(
        tmp_path / "participatingAgencies05162025am.xlsx",
        [row("A"), row("B")],
        links={"G2": SAFE + quote(MOA, safe=""), "G3": "https://www.ice.gov/doclib/gone.pdf"},
    ).read_bytes()
    pending = save_list(
        tmp_path / "pendingAgencies05162025am.xlsx", [row("C")[:5]], header=PENDING
    ).read_bytes()
    wrapped = SAFE + quote(f"https://www.ice.gov{LISTS}pendingAgencies05162025am.xlsx", safe="")
    site.paths["/identify-and-arrest/287g"] = page(
        f"""<html><a href="{LISTS}participatingAgencies05162025am.xlsx">list</a>
        <a href="{wrapped}">pending</a><a>no link</a><a href="/other.xlsx">x</a>
        <a href="{LISTS}participatingAgencies05162025am.xlsx">again</a></html>""".encode()
    )
    site.paths[f"{LISTS}participatingAgencies05162025am.xlsx"] = file(participating)
    site.paths[f"{LISTS}pendingAgencies05162025am.xlsx"] = file(pending)
    site.paths[MOA_PATH] = file(PDF)
    return {"participating": participating, "pending": pending}


PENDING = ("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE")


def test_current_lists_and_their_memoranda_are_kept(
    fetcher: Fetcher, site: Site, tmp_path: Path
) -> None:
    files = _ice(site, tmp_path)
    store = fetcher.folder
    report = Collector(fetcher, store).current()
    assert [path.name for path in report.kept] == [
        "participatingAgencies05162025am.xlsx",
        "pendingAgencies05162025am.xlsx",
        "A_TFM_MOA_05012025.pdf",
    ]
    assert [problem.place for problem in report.problems] == ["https://www.ice.gov/doclib/gone.pdf"]
    held = find_held(store, tmp_path / "cache")
    assert {one.media for one in held if one.reason is None} == {"workbook", "pdf", "other"}
    assert {path.read_bytes() for path in held_paths(store, tmp_path / "cache").values()} == {
        *files.values(),
        PDF,
    }
    entries = {entry.file_name: entry for entry in read_manifest(store)}
    assert entries["A_TFM_MOA_05012025.pdf"].address == MOA
    assert entries["A_TFM_MOA_05012025.pdf"].status == 200
    assert "some.body" not in (store / MANIFEST).read_text(encoding="utf-8")
    assert {one.address for one in newest_entries(store).values()} >= {MOA}
    # gcc02… itself is asked for nothing, and no file is named after it
    assert all("safelinks" not in path for path, _ in site.requests)


def test_a_second_run_asks_whether_lists_changed_and_not_for_known_memoranda(
    fetcher: Fetcher, site: Site, tmp_path: Path
) -> None:
    _ice(site, tmp_path)
    Collector(fetcher, fetcher.folder).current()
    site.requests.clear()
    report = Collector(fetcher, fetcher.folder).current()
    assert report.kept == []
    assert report.unchanged == 2
    (asked,) = site.asked(f"{LISTS}participatingAgencies05162025am.xlsx")
    assert asked["if-none-match"]
    assert site.asked(MOA_PATH) == []
    again = Collector(fetcher, fetcher.folder).current(again=True)
    assert again.unchanged == 3


def _capture(site: Site, address: str, *contents: bytes) -> None:
    """Let the stand-in for the Wayback Machine hold captures of an address, the oldest first."""
    rows = [["timestamp", "digest"]]
    for number, content in enumerate(contents):
        time_stamp = f"202505{number + 1:02}000000"
        rows.append([time_stamp, f"DIGEST{number}"])
        site.paths[f"/web/{time_stamp}id_/{address}"] = file(content)
    path = captures_query(address).removeprefix("https://web.archive.org")
    site.paths[path] = page(json.dumps(rows).encode())


def test_the_wayback_machine_comes_second(fetcher: Fetcher, site: Site, tmp_path: Path) -> None:
    _ice(site, tmp_path)
    site.paths[MOA_PATH] = page(b"gone", 410)
    _capture(site, MOA, b"%PDF-1.4 old %%EOF", PDF)
    report = Collector(fetcher, fetcher.folder).current()
    assert "A_TFM_MOA_05012025.pdf" in [path.name for path in report.kept]
    entry = next(entry for entry in read_manifest(fetcher.folder) if entry.address == MOA)
    assert entry.archived_address == f"https://web.archive.org/web/20250502000000id_/{MOA}"
    assert entry.bytes == len(PDF)  # the newest


def test_ice_page_without_lists_is_said(fetcher: Fetcher, site: Site) -> None:
    site.paths["/identify-and-arrest/287g"] = page(b"<html>moved</html>")
    report = Collector(fetcher, fetcher.folder).current()
    assert [(problem.place, problem.seen) for problem in report.problems] == [
        (ICE_PAGE, "no link to a list")
    ]


def test_records_bring_their_files_back_by_hash(
    fetcher: Fetcher, site: Site, tmp_path: Path
) -> None:
    old = b"%PDF-1.4\nan older content\n%%EOF\n"
    site.paths[MOA_PATH] = file(PDF)  # ICE has replaced the file since
    _capture(site, MOA, old, PDF)
    wanted = Wanted(hashlib.sha256(old).hexdigest(), "A_TFM_MOA_05012025.pdf", "pdf", (MOA,))
    nowhere = Wanted("0" * 64, "B.pdf", "pdf", ("https://www.ice.gov/b.pdf",))
    report = Collector(fetcher, fetcher.folder).missing([wanted, nowhere])
    contents = {path.read_bytes() for path in report.kept}
    assert contents == {old, PDF}  # the other content is a find too
    assert [problem.place for problem in report.problems] == ["B.pdf"]
    digest = hashlib.sha256(old).hexdigest()
    assert held_paths(fetcher.folder, tmp_path / "cache")[digest].read_bytes() == old


COPY = "https://raw.githubusercontent.com/someone/copies/main/A%20B.pdf"


@pytest.mark.parametrize("by", ["sha256", "git_blob"])
def test_a_public_copy_comes_third_and_is_believed_by_hash_alone(
    site: Site, tmp_path: Path, by: str
) -> None:
    sha256, blob = hashlib.sha256(PDF).hexdigest(), git_blob(PDF)
    wanted = Wanted(
        sha256 if by == "sha256" else None, "A.pdf", "pdf", (MOA,), (COPY,), blob, len(PDF)
    )
    store = tmp_path / "store"
    site.paths["/someone/copies/main/A%20B.pdf"] = in_turn(file(PDF + b"%other"), file(PDF))
    stand_ins = dict.fromkeys(("www.ice.gov", "web.archive.org", HOST), site.base)
    with Fetcher(store, "test", QUICK, stand_ins) as fetcher:
        report = Collector(fetcher, store).missing([wanted])
        assert [one.expected for one in report.problems] == [wanted.hash_words()]
        assert held_paths(store, tmp_path / "cache") == {}  # another content is thrown away
        asked = [path for path, _ in site.requests]
        assert asked[0] == MOA_PATH
        assert asked[1].startswith("/cdx/search/cdx")
        assert asked[2] == "/someone/copies/main/A%20B.pdf"
        again = Collector(fetcher, store).missing([wanted])
        assert again.problems == []
    assert list(held_paths(store, tmp_path / "cache")) == [sha256]


HOST = "raw.githubusercontent.com"


def git_blob(content: bytes) -> str:
    """What git itself calls a content, asked of git."""
    return (
        subprocess.run(
            ["git", "hash-object", "--stdin"], input=content, capture_output=True, check=True
        )
        .stdout.decode()
        .strip()
    )


def test_a_file_that_only_a_git_blob_names_is_not_asked_for_twice(tmp_path: Path) -> None:
    """Its SHA-256 stands in no record, so a second run knows it by its blob."""
    document = Document.model_validate(
        dict.fromkeys(Document.model_fields)
        | {"id": "moa-a", "kind": "memorandum", "title": "A", "file_name": "A.pdf", "address": MOA}
    )
    copy = Copy.model_validate(
        dict.fromkeys(Copy.model_fields)
        | {"repository": "someone/copies", "ref": "main", "path": "A B.pdf"}
        | {"git_blob": git_blob(PDF), "document_id": "moa-a"}
    )
    write_table(tmp_path, Document, [document])
    write_table(tmp_path, Copy, [copy])
    records = read_records(tmp_path)
    (wanted,) = wanted_files(records, [], frozenset())
    assert (wanted.addresses, wanted.copies, wanted.sha256) == ((MOA,), (COPY,), None)
    assert wanted_files(records, [], frozenset(), frozenset({git_blob(PDF)})) == ()


def test_a_run_says_before_it_starts_what_it_will_ask_for() -> None:
    lists = Wanted("a" * 64, "participatingAgencies05162025am.xlsx", "workbook", ())
    memorandum = Wanted(None, "A.pdf", "pdf", (MOA,), (COPY,), "b" * 40, 2_500_000)
    assert plan_text([lists, memorandum]).startswith(
        "To ask for: 2 files (2.5 MB in 1 of them; the size of 1 is not known), one at a time, "
        "from www.ice.gov, then web.archive.org, then raw.githubusercontent.com."
    )
    assert plan_text([]).startswith("Nothing is missing")


def test_what_the_records_name_and_is_not_held(tmp_path: Path) -> None:
    front = FrontMatter.model_validate(
        {
            "title": "T",
            "kind": "memorandum",
            "address": MOA,
            "sha256": "c" * 64,
            "provenance": "official-record",
            "access": "public",
        }
    )
    lists = [
        PublicationFile(
            sha256=letter * 64,
            file_name=f"pendingAgencies0516202{number}am.xlsx",
            publication_id="pending-2025-05-16-am",
            bytes=1,
            stated_on=None,
            half_day="am",
            captured_at=None,
            modified_at=None,
            address=None,
            archived_address=None,
        )
        for number, letter in enumerate("ab")
    ]
    write_table(tmp_path, PublicationFile, lists)
    curated = CuratedDocument("some-report", front, "", ())
    found = wanted_files(read_records(tmp_path), [curated], frozenset({"a" * 64}))
    assert [((one.sha256 or "?")[0], one.file_name, one.want, one.addresses) for one in found] == [
        ("b", "pendingAgencies05162021am.xlsx", "workbook", ()),
        ("c", "some-report.pdf", "pdf", (MOA,)),
    ]


def test_the_command_asks_for_nothing_where_nothing_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ARCHIVE_SOURCES", raising=False)
    places = ["--sources", str(tmp_path / "store"), "--records", str(tmp_path)]
    result = CliRunner().invoke(fetch, ["--from-records", *places])
    assert (result.exit_code, result.stdout.strip()) == (
        0,
        "Nothing is missing: every file that the records name by its hash is held.\n"
        "0 new file(s) kept, 0 unchanged",
    )


def test_a_list_without_address_is_looked_for_where_ice_keeps_lists(
    fetcher: Fetcher, site: Site, tmp_path: Path
) -> None:
    files = _ice(site, tmp_path)
    digest = hashlib.sha256(files["pending"]).hexdigest()
    wanted = Wanted(digest, "pendingAgencies05162025am.xlsx", "workbook", ())
    report = Collector(fetcher, fetcher.folder).missing([wanted])
    assert report.problems == []
    assert held_paths(fetcher.folder, tmp_path / "cache")[digest].name == wanted.file_name


def test_page_and_capture_reading() -> None:
    assert list_addresses(b"", ICE_PAGE) == ()
    assert list_addresses(b"<p>none</p>", ICE_PAGE) == ()
    assert capture_addresses(b"<html>down</html>", MOA) == ()
    assert capture_addresses(b"[]", MOA) == ()
    rows = b'[["timestamp","digest"],["20250101000000","A"],["20250301000000","B"],["x","C"]]'
    assert capture_addresses(rows, MOA) == (
        f"https://web.archive.org/web/20250301000000id_/{MOA}",
        f"https://web.archive.org/web/20250101000000id_/{MOA}",
    )


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (MOA, "A_TFM_MOA_05012025.pdf"),
        ("https://x.gov/a%20b.pdf?x=1", "a b.pdf"),
        ("https://x.gov/..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("https://x.gov/%2e%2e", "unnamed"),
        ("https://x.gov/", "unnamed"),
        ("https://x.gov/a%00b%3A.pdf", "a_b_.pdf"),
        (f"https://x.gov/{'a' * 400}.pdf", "a" * 150 + ".pdf"),
    ],
)
def test_file_names_are_safe(address: str, name: str) -> None:
    assert published_name(address) == name


def test_a_manifest_line_that_a_crash_cut_off_is_passed_over(tmp_path: Path) -> None:
    entry = Fetched(MOA, None, "2025-05-16T00:00:00Z", 200, "0" * 64, 1, "A.pdf", {"etag": "x"})
    add_to_manifest(tmp_path, entry)
    with (tmp_path / MANIFEST).open("a", encoding="utf-8") as stream:
        stream.write('{"address": "https://www.ic')
    assert read_manifest(tmp_path) == (entry,)
    add_to_manifest(tmp_path, entry)
    assert read_manifest(tmp_path) == (entry, entry)
    content = (tmp_path / MANIFEST).read_text(encoding="utf-8")
    (tmp_path / MANIFEST).write_text("damage\n" + content, encoding="utf-8")
    with pytest.raises(ArchiveError, match=r"manifest\.jsonl:1"):
        read_manifest(tmp_path)
