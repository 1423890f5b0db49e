"""The only module that opens the network: polite, suspicious, and able to go on where it stopped.

One request at a time and a pause between two to the same host; a User-Agent that says who asks;
conditional requests; waiting as long as a server asks (``Retry-After``); resumed downloads; limits
of size and time. A host is looked up once and the connection goes to the address that was checked,
so that no name can lead to a private network, at first or by a redirect. What a server calls a
file is not believed: the content decides.
"""

from __future__ import annotations

import contextlib
import email.utils
import hashlib
import ipaddress
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

import httpx

from scripts.errors import Problem
from scripts.fetch.partial import Partial
from scripts.held.store import what_it_is

Want = Literal["workbook", "pdf", "page"]
_WHAT: dict[Want, str] = {"workbook": "an Excel workbook", "pdf": "a PDF", "page": "a web page"}
_AGAIN = {429, 500, 502, 503, 504}
_REDIRECTS = {301, 302, 303, 307, 308}
_KEPT_HEADERS = (
    "etag",
    "last-modified",
    "content-type",
    "content-length",
    "content-disposition",
    "date",
)


@dataclass(frozen=True)
class Limits:
    """How long and how much. Seconds and bytes."""

    pause: float = 1.0  # between two requests to one host
    tries: int = 4
    first_wait: float = 2.0  # before the second try; doubles
    longest_wait: float = 300.0  # a server that asks for more is left alone
    connect: float = 15.0
    read: float = 60.0  # without any byte
    whole: float = 900.0  # for one file
    hops: int = 5
    bytes: int = 300_000_000
    page_bytes: int = 20_000_000


@dataclass(frozen=True)
class Answer:
    """What came for one request. ``path`` is the downloaded file, ``None`` when not modified."""

    address: str
    final_address: str
    status: int
    headers: Mapping[str, str]
    path: Path | None
    sha256: str | None
    bytes: int


class FetchError(Exception):
    """A file that could not be had; carries its `Problem`."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class _TryAgainError(Exception):
    """A failure that may pass: worth another try, after some seconds where the server says so."""

    def __init__(self, seen: str, after: float | None = None) -> None:
        self.seen, self.after = seen, after
        super().__init__(seen)


@dataclass
class Fetcher:
    """Gets files one at a time into ``folder`` (partial downloads stay there for a next time).

    ``stand_ins`` is for tests alone: a host and the base address that answers in its place, the
    only way in which a private address can be reached.
    """

    folder: Path
    who: str
    limits: Limits = Limits()
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    sleep: Callable[[float], None] = time.sleep
    says: Callable[[str], None] = lambda _: None  # hears of every address that is asked for

    def __post_init__(self) -> None:
        limits = self.limits
        self._last: dict[str, float] = {}
        self._client = httpx.Client(
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
            headers={"User-Agent": self.who, "Accept-Encoding": "identity"},
            # A kept connection is known by its numeric address alone: another name behind the same
            # address would go through it without its certificate being checked.
            limits=httpx.Limits(max_keepalive_connections=0),
            trust_env=False,
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, address: str, want: Want, known: Mapping[str, str] | None = None) -> Answer:
        """Download ``address``, or learn that it has not changed since ``known`` headers.

        Raises `FetchError` with what was seen and expected when it cannot be had.
        """
        self.says(f"Asking for {address}")
        wait = self.limits.first_wait
        for attempt in range(1, self.limits.tries + 1):
            try:
                return self._once(address, want, known or {})
            except (_TryAgainError, httpx.TransportError) as error:
                seen = error.seen if isinstance(error, _TryAgainError) else _in_words(error)
                after = error.after if isinstance(error, _TryAgainError) else None
                if attempt == self.limits.tries or (after or 0) > self.limits.longest_wait:
                    raise self._failure(address, want, f"{seen} ({attempt} tries)") from error
                self.sleep(max(wait, after or 0))
                wait *= 2
        raise AssertionError("unreachable")

    def _once(self, address: str, want: Want, known: Mapping[str, str]) -> Answer:
        partial = Partial(self.folder / ".partial", address)
        headers = partial.range_headers() or _conditions(known)
        with self._opened(address, want, headers) as (response, final):
            kept = {
                name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers
            }
            if response.status_code == 304 and known:
                return Answer(address, final, 304, kept, None, None, 0)
            self._check_status(response, address, want, partial)
            self._receive(response, address, want, partial)
        self._check_content(address, want, partial, has_length="content-length" in kept)
        digest = hashlib.sha256(partial.path.read_bytes()).hexdigest()
        size = partial.path.stat().st_size
        return Answer(address, final, response.status_code, kept, partial.path, digest, size)

    @contextlib.contextmanager
    def _opened(
        self, address: str, want: Want, headers: Mapping[str, str]
    ) -> Iterator[tuple[httpx.Response, str]]:
        """The open response at the end of all redirects, each of which is checked anew."""
        seen: list[str] = []
        target = address
        while True:
            if target in seen or len(seen) > self.limits.hops:
                raise self._failure(address, want, f"redirects that lead nowhere ({len(seen)})")
            seen.append(target)
            request = self._request(address, target, want, headers)
            response = self._client.send(request, stream=True, follow_redirects=False)
            if response.status_code not in _REDIRECTS or "location" not in response.headers:
                break
            response.close()
            following = urljoin(target, response.headers["location"])
            if target.startswith("https:") and following.startswith("http:"):
                following = "https:" + following.removeprefix("http:")
            target = following
        try:
            yield response, target
        finally:
            response.close()

    def _request(
        self, address: str, target: str, want: Want, headers: Mapping[str, str]
    ) -> httpx.Request:
        """A request whose connection goes to the very address that was checked."""
        try:
            url = httpx.URL(target)
        except httpx.InvalidURL as error:
            raise self._failure(address, want, f"an address that is none ({error})") from error
        if url.scheme not in ("http", "https") or not url.host or url.userinfo:
            raise self._failure(address, want, f"an address that is not fetched: {target}")
        self._pause(url.host)
        if url.host in self.stand_ins:
            base = httpx.URL(self.stand_ins[url.host])
            place = base.copy_with(raw_path=url.raw_path)
        else:
            if url.port not in (None, 80, 443):
                raise self._failure(address, want, f"port {url.port}")
            place = url.copy_with(host=self._public_address(url.host, address, want))
        return self._client.build_request(
            "GET",
            place,
            headers={**headers, "Host": url.netloc.decode()},
            extensions={"sni_hostname": url.host},
        )

    def _public_address(self, host: str, address: str, want: Want) -> str:
        """An address of ``host`` on the public internet; refused if any of its addresses is not."""
        try:
            known = socket.getaddrinfo(host, 443, proto=socket.IPPROTO_TCP)
        except OSError as error:
            raise _TryAgainError(f"no address for {host} ({error})") from error
        found = {ipaddress.ip_address(str(info[4][0]).split("%")[0]) for info in known}
        parsed = sorted(found, key=_by_version)
        private = [str(one) for one in parsed if not _is_public(one)]
        if private:
            raise self._failure(address, want, f"{host}, which is the private address {private[0]}")
        return str(parsed[0])

    def _pause(self, host: str) -> None:
        """Wait until the host has had its pause."""
        last = self._last.get(host)
        if last is not None:
            rest = self.limits.pause - (time.monotonic() - last)
            if rest > 0:
                self.sleep(rest)
        self._last[host] = time.monotonic()

    def _check_status(
        self, response: httpx.Response, address: str, want: Want, partial: Partial
    ) -> None:
        status = response.status_code
        if status in _AGAIN:
            raise _TryAgainError(
                f"status {status}", _retry_after(response.headers.get("retry-after"))
            )
        if status == 416 or (status == 206 and not partial.goes_on(response)):
            partial.forget()
            raise _TryAgainError(f"a part that does not fit (status {status})")
        if status not in (200, 206):
            raise self._failure(address, want, f"status {status}")

    def _receive(
        self, response: httpx.Response, address: str, want: Want, partial: Partial
    ) -> None:
        most = self.limits.page_bytes if want == "page" else self.limits.bytes
        declared = int(response.headers.get("content-length") or 0)
        size = partial.begin(response)
        end = time.monotonic() + self.limits.whole
        if size + declared > most:
            partial.forget()
            raise self._failure(address, want, f"{size + declared} bytes, more than {most}")
        with partial.path.open("ab") as stream:
            for chunk in response.iter_bytes():
                stream.write(chunk)
                size += len(chunk)
                if size > most:
                    partial.forget()
                    raise self._failure(address, want, f"more than {most} bytes")
                if time.monotonic() > end:
                    raise self._failure(address, want, f"no end after {self.limits.whole:.0f} s")

    def _check_content(
        self, address: str, want: Want, partial: Partial, *, has_length: bool
    ) -> None:
        """Believe the bytes, not their label. A file of the wrong kind is not kept."""
        if want == "page":
            return
        media, damage = what_it_is(partial.path)
        if media == want and not damage:
            if want == "pdf" and not has_length and not _has_end(partial.path):
                partial.forget()
                raise _TryAgainError("a PDF that is cut off")
            return
        head = partial.path.read_bytes()[:200].lstrip().lower()
        is_page = head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head"))
        partial.forget()
        seen = "a web page" if is_page else damage or f"another kind of file ({media})"
        raise self._failure(address, want, f"{seen}, status 200")

    def _failure(self, address: str, want: Want, seen: str) -> FetchError:
        remedy = "Try again later, or look at the address in a browser"
        return FetchError(Problem(address, "", seen, _WHAT[want], remedy))


def _conditions(known: Mapping[str, str]) -> dict[str, str]:
    asked = {"If-None-Match": known.get("etag"), "If-Modified-Since": known.get("last-modified")}
    return {name: value for name, value in asked.items() if value}


def _retry_after(value: str | None) -> float | None:
    """Seconds to wait, from a number of seconds or an HTTP date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not address.is_multicast


def _by_version(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> tuple[int, int]:
    return address.version, int(address)


def _has_end(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 4096))
        return b"%%EOF" in stream.read()


def _in_words(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    return f"a broken connection ({type(error).__name__})"
