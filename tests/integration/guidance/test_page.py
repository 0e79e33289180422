import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from guidance.content import Kind
from tests.factories.accounts import UserFactory
from tests.factories.guidance import (
    complete_edition,
    complete_items,
    make_edition,
    publish,
    publish_shipped,
    shipped_content,
)

pytestmark = pytest.mark.django_db


def page_of(client: Client) -> str:
    client.force_login(UserFactory())
    response = client.get(reverse("guidance"))
    assert response.status_code == 200
    return response.content.decode()


def test_the_address_is_the_one_that_is_linked_to() -> None:
    assert reverse("guidance") == "/guidance/"


def test_nobody_reads_it_without_signing_in(client: Client) -> None:
    publish(complete_edition())
    response = client.get(reverse("guidance"))
    assert response.status_code == 302
    assert response["Location"].endswith("?next=/guidance/")
    assert b"Text of" not in response.content


def test_the_page_only_reads(client: Client) -> None:
    publish(complete_edition())
    client.force_login(UserFactory())
    form = "application/x-www-form-urlencoded"
    assert client.post(reverse("guidance"), "", content_type=form).status_code == 405


def test_every_text_is_on_the_page_with_its_source_and_dates(client: Client) -> None:
    publish_shipped()
    html = page_of(client)
    for item in shipped_content():
        article = html.split(f'<article id="{item.kind.folder}-{item.key}">')[1]
        article = " ".join(article.split("</article>")[0].split())
        assert f">{escape(item.title)}</h3>" in article
        assert escape(item.source) in article
        assert f"Last checked {item.checked.day} {item.checked:%B %Y}" in article
        assert ("Check locally:" in article) is bool(item.check_locally)
        assert escape(item.check_locally) in article


def test_the_page_names_its_edition(client: Client) -> None:
    publish(complete_edition())
    html = " ".join(page_of(client).split())
    assert "Edition 1, dated 23 November 2026." in html
    assert "Made for a test" in html


def test_every_link_of_the_contents_leads_to_a_section(client: Client) -> None:
    publish(complete_edition())
    html = page_of(client)
    targets = re.findall(r'<a class="govuk-link" href="#([^"]+)"', html)
    assert targets == [
        "pages",
        "responses",
        "next_steps",
        "procedures",
        "outcomes",
        "flags",
        "parts",
        "law",
        "questions",
    ]
    assert set(targets) == {kind.folder for kind in Kind}
    assert all(html.count(f'id="{target}"') == 1 for target in targets)


def test_text_that_tries_to_be_more_than_text_stays_text(client: Client) -> None:
    hostile = '"><script>alert(1)</script>{% include "base.html" %}'
    items = [
        replace(item, title=hostile, body=hostile, source=hostile, check_locally=hostile)
        if item.key == "do_not_view"
        else item
        for item in complete_items()
    ]
    publish(make_edition(*items))
    html = page_of(client)
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;{% include") == 4
