"""Somebody at the provider's development pages, without a browser."""

import re

import requests

STEPS = 10


def sign_in_there(address: str, name: str, *, site: str) -> str:
    """From where we sent them to where the provider sends them back: that address of ours."""
    here = requests.Session()
    here.trust_env = False
    answer = here.get(address, allow_redirects=False)
    for _ in range(STEPS):
        if answer.is_redirect:
            wanted = requests.compat.urljoin(answer.url, answer.headers["Location"])
            if wanted.startswith(site):
                return str(wanted)
            answer = here.get(wanted, allow_redirects=False)
            continue
        form = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)
        assert form, answer.text
        assert prompt, answer.text
        fields = {"prompt": prompt[1], "login": name, "password": "any"}
        action = requests.compat.urljoin(answer.url, form[1])
        answer = here.post(action, data=fields, allow_redirects=False)
    raise AssertionError("the provider never sent them back")
