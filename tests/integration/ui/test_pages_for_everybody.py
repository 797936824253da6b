"""What every visitor meets before any subject: the missing page, the display choices, the static bundles."""

import pytest

from app.ui import assets
from tests.page_client import PageClient

pytestmark = pytest.mark.sqlite_only


def test_missing_page_is_a_page_of_ours(client: PageClient) -> None:
    assert client.get("/no-such-page").status_code == 404


def test_text_size_is_kept_and_leads_back_to_the_page(client: PageClient) -> None:
    answer = client.post("/display", data={"size": "150", "next": "/courses?xa=14812"})
    assert (answer.status_code, answer.location) == (303, "/courses?xa=14812")
    assert 'class="size-150"' in client.get("/no-such-page").text


def test_display_never_leads_to_another_host(client: PageClient) -> None:
    answer = client.post("/display", data={"size": "150", "next": "//example.org/x"})
    assert answer.location == "/"


def test_post_from_another_site_is_refused(client: PageClient) -> None:
    answer = client.post("/display", data={"size": "150"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_names_that_no_script_has_are_not_remembered(client: PageClient) -> None:
    address = f"/static/workshop-{assets.modules_hash()}/editor.js"
    assert client.get(address).status_code == 200
    kept = assets._module.cache_info().currsize
    for number in range(5):
        assert client.get(address.replace("editor.js", f"khong-co-{number}.js")).status_code == 404
    assert assets._module.cache_info().currsize == kept
    assert client.get(address.replace(assets.modules_hash(), "0" * 12)).status_code == 404
