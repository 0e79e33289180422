"""Somebody at the provider's development pages, without a browser."""

import re
from urllib.parse import urljoin

import requests

STEPS = 10


def sign_in_there(address: str, name: str, *, site: str) -> str:
    """From where we sent them to where the provider sends them back: that address of ours."""
    with requests.Session() as here:
        here.trust_env = False
        answer = here.get(address, allow_redirects=False)
        for _ in range(STEPS):
            if not answer.is_redirect:
                answer = _agree(here, answer, name)
                continue
            wanted = urljoin(answer.url, answer.headers["Location"])
            if wanted.startswith(site):
                return wanted
            answer = here.get(wanted, allow_redirects=False)
    raise AssertionError("the provider never sent them back")


def _agree(here: requests.Session, page: requests.Response, name: str) -> requests.Response:
    """Fill in the form on the page: who one is, or that one agrees."""
    form = re.search(r'<form[^>]*action="([^"]+)"', page.text)
    prompt = re.search(r'name="prompt" value="(\w+)"', page.text)
    assert form, page.text
    assert prompt, page.text
    fields = {"prompt": prompt[1], "login": name, "password": "any"}
    return here.post(urljoin(page.url, form[1]), data=fields, allow_redirects=False)
