"""Free text holds words; models hold no file; both are seen to refuse what could be an image."""

import base64
import os
import time

import pytest
from django.db import models
from django.test.utils import isolate_apps

from web.noimage.checks import no_field_can_hold_an_image
from web.noimage.freetext import without_images

IMAGE = base64.b64encode(bytes(range(256)) * 3).decode()
WRAPPED = base64.encodebytes(os.urandom(600)).decode()
PROSE = "They said “it was only a joke”. " * 30


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"before data:image/png;base64,{IMAGE} after", "before  after"),
        ("before DATA:image/svg+xml;utf8,<svg/> after", "before  after"),
        ("before data:;base64,AAAA after", "before  after"),
        (f"before {IMAGE} after", "before  after"),
        (f"before {IMAGE.replace('+', '-').replace('/', '_')} after", "before  after"),
        ("x" * 200, ""),
    ],
)
def test_an_image_as_text_is_taken_out_and_the_words_stay(text, kept):
    assert without_images(text) == (kept, True)


def test_base64_wrapped_in_lines_is_taken_out():
    cleaned, found = without_images(f"before\n{WRAPPED}\nafter")
    assert found
    assert cleaned.startswith("before\n")
    assert cleaned.endswith("after")
    assert len(cleaned) < 100


@pytest.mark.parametrize(
    "text",
    [
        "",
        PROSE,
        "x" * 199,
        "The data: he said, she said, and nothing else",
        "https://social.example/a/long/address?with=a&query=" + "q" * 100,
        "Words without any full stop " * 40,
        "😀 “quotes” – and – dashes\nand\nlines",
    ],
)
def test_ordinary_words_are_left_as_they_are(text):
    assert without_images(text) == (text, False)


def test_no_model_of_the_product_can_hold_an_image():
    assert no_field_can_hold_an_image() == []


@pytest.mark.parametrize("kind", [models.FileField, models.ImageField, models.BinaryField])
def test_a_model_that_could_is_refused_at_start_up(kind, monkeypatch):
    with isolate_apps("triage"):

        class Held(models.Model):
            picture = kind()

            class Meta:
                app_label = "triage"

            def __str__(self) -> str:
                return "held"

        monkeypatch.setattr("web.noimage.checks.apps.get_models", lambda **options: [Held])
        (error,) = no_field_can_hold_an_image()
    assert error.id == "web.E001"
    assert "picture" in error.msg


@pytest.mark.parametrize(
    "text", ["A" * 61 + "\n" * 100_000 + "x!", "data:;" * 20_000, ("A" * 59 + "\n") * 2_000]
)
def test_no_text_keeps_the_server_busy(text):
    """Quadratic patterns took minutes over these; a linear one takes milliseconds."""
    started = time.process_time()
    without_images(text)
    assert time.process_time() - started < 5
