"""Links as they stand in the lists, and the publisher's address inside."""

import pytest

from scripts.lists.links import unwrap
from tests.lists_made import SAFELINK

PLAIN = "https://www.ice.gov/doclib/287gMOA/BayCoFL_TFM_MOA_031825.pdf"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (PLAIN, PLAIN),
        (f"  {PLAIN} \u200b", PLAIN),
        (PLAIN.replace("https://", "http://"), PLAIN),
        (PLAIN.replace("https://", "https:/"), PLAIN),  # Cherokee Police, Alabama, spring 2026
        (PLAIN.replace("www.ice.gov", "WWW.ICE.gov"), PLAIN),
        (SAFELINK, PLAIN),
        (SAFELINK.replace("https://gcc02", "https://nam10"), PLAIN),
        (f"chrome-extension://efaidnbmnnnibpcajpcglclefindmkaj/{PLAIN}", PLAIN),
        (
            "chrome-extension://efaidnbmnnnibpcajpcglclefindmkaj/"
            + PLAIN.replace("https://", "https:/"),
            PLAIN,
        ),
        (f"https://web.archive.org/web/20210113002027/{PLAIN}", PLAIN),
        (f"https://web.archive.org/web/20210113002027id_/{PLAIN}", PLAIN),
        (f"http://web.archive.org/web/2021/{PLAIN.replace('https', 'http')}", PLAIN),
        (f"https://www.google.com/url?q={PLAIN}&sa=D", PLAIN),
        (f"https://urldefense.com/v3/__{PLAIN}__;!!BClRuOV5cvt!abc$", PLAIN),
        # a space, encoded or not, is one address; at the end it is dirt
        ("https://www.ice.gov/a/St_TFM_%20MOA.pdf", "https://www.ice.gov/a/St_TFM_%20MOA.pdf"),
        ("https://www.ice.gov/a/St_TFM_ MOA.pdf%20", "https://www.ice.gov/a/St_TFM_%20MOA.pdf"),
        (
            "https://www.ice.gov/a.pdf?download=1#page=2",
            "https://www.ice.gov/a.pdf?download=1#page=2",
        ),
        # what is no address
        ("", None),
        ("mailto:some.body@example.gov", None),
        ("file:///C:/Users/somebody/Desktop/list.xlsx", None),
        ("..\\..\\MOA.pdf", None),
        ("#Sheet1!A1", None),
        ("https://", None),
        ("https://[broken/x.pdf", None),
        ("https://some.body@example.gov/x.pdf", None),
        ("https://www.ice.gov/x.pdf?user=some.body%2540example.gov", None),
        ("https://gcc02.safelinks.protection.outlook.com/?data=some.body%40example.gov", None),
    ],
)
def test_unwrap(link: str, address: str | None) -> None:
    assert unwrap(link) == address


def test_twice_wrapped_link_gives_the_address_and_no_mail() -> None:
    from urllib.parse import quote

    twice = f"https://nam02.safelinks.protection.outlook.com/?url={quote(SAFELINK, safe='')}&data=x"
    assert unwrap(twice) == PLAIN


def test_no_layer_count_lets_a_staff_address_through() -> None:
    from urllib.parse import quote

    link = SAFELINK
    for _ in range(12):
        link = f"https://gcc02.safelinks.protection.outlook.com/?url={quote(link, safe='')}"
        found = unwrap(link)
        assert found is None or found == PLAIN
