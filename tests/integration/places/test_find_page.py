"""`/places`: the search and the list of provinces, for everybody and without scripts."""

import json
import time
from pathlib import Path

import pytest

from app.access.actor import ANONYMOUS
from app.places.actions import add_hamlet
from tests.factories import place_id_of
from tests.page_client import PageClient

ODD_STRINGS = json.loads((Path(__file__).parent / "odd_strings.json").read_text(encoding="utf-8"))


@pytest.mark.sqlite_only
class TestPage:
    def test_provinces_lead_to_their_pages(self, client: PageClient) -> None:
        page = client.get("/places").text
        assert page.count('<a href="/places/') == 34
        assert '<a href="/places/38">Thanh Hóa</a>' in page

    def test_a_search_leads_to_the_commune_and_says_its_old_name(self, client: PageClient) -> None:
        page = client.get("/places?q=xuan+tho+da+lat").text
        assert 'href="/places/24805"' in page
        assert "Trước là Xã Xuân Thọ, Thành phố Đà Lạt, Lâm Đồng." in page
        assert 'value="xuan tho da lat"' in page

    def test_the_parts_of_a_divided_commune_say_so(self, client: PageClient) -> None:
        add_hamlet(commune_id=place_id_of("15796"), type="thôn", name="Đông", actor=ANONYMOUS)
        page = client.get("/places?q=thi+tran+thieu+hoa").text
        assert page.count("Trước là một phần Thị trấn Thiệu Hóa, Huyện Thiệu Hóa, Thanh Hóa.") == 3
        assert page.count("Chưa rõ thôn thì chọn nơi này.") == 1
        assert "Gồm Thôn Đông." in page

    def test_a_hamlet_is_named(self, client: PageClient) -> None:
        add_hamlet(commune_id=place_id_of("24805"), type="thôn", name="Đa Lộc", actor=ANONYMOUS)
        assert "Có Thôn Đa Lộc." in client.get("/places?q=đa+lộc").text

    def test_a_province_is_found_too(self, client: PageClient) -> None:
        assert 'class="card" href="/places/38"' in client.get("/places?q=tinh+thanh+hoa").text

    def test_nothing_found_says_what_to_do(self, client: PageClient) -> None:
        assert "Chưa thấy nơi nào tên “zzz”" in client.get("/places?q=zzz").text

    def test_many_namesakes_ask_for_the_district(self, client: PageClient) -> None:
        assert "Bà con gõ thêm tên huyện hoặc tỉnh" in client.get("/places?q=quang+trung").text

    def test_the_page_is_shared_and_revalidated(self, client: PageClient) -> None:
        response = client.get("/places?q=bim+son")
        assert response.headers["Cache-Control"] == "public, no-cache"
        again = client.get("/places?q=bim+son", headers={"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304

    def test_markup_in_a_search_stays_text(self, client: PageClient) -> None:
        page = client.get("/places", query_string={"q": '"><script>alert(1)</script>'}).text
        assert "<script>alert" not in page


def test_odd_strings_are_answered_like_any_other(client: PageClient) -> None:
    for text in ODD_STRINGS:
        assert client.get("/places", query_string={"q": text}).status_code == 200, text


def test_bytes_that_are_no_text_are_answered(client: PageClient) -> None:
    for query in ("%ff%fe", "%ed%a0%80", "%", "a" * 4000, "bim%0Ason&q=2"):
        assert client.get(f"/places?q={query}").status_code == 200, query
    assert client.get("/places?q=%00").status_code in {200, 400}


def test_a_search_spends_little_time_of_the_processor(client: PageClient) -> None:
    client.get("/places?q=bim+son")
    spent = []
    for text in ("xuan tho da lat", "bim s", "quang trung", "Hòa Bình", "lam son bim son"):
        started = time.process_time()
        client.get("/places", query_string={"q": text})
        spent.append(time.process_time() - started)
    assert min(spent) < 0.05
