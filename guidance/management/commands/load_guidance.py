"""`manage.py load_guidance`: bring the editions that ship with the product into the database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from audit.recorder import SYSTEM
from guidance.actions import load_edition, publish_edition
from guidance.content import EditionContent
from guidance.errors import GuidanceError
from guidance.files import read_editions
from guidance.models import Edition
from guidance.queries import has_published_guidance


class Command(BaseCommand):
    help = "Load the editions of the guidance that the database lacks; publish one if none is."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._load()
        except GuidanceError as error:
            raise CommandError(f"The guidance cannot be loaded:\n{error}") from error

    @transaction.atomic
    def _load(self) -> None:
        shipped = read_editions(settings.GUIDANCE_DIR)
        if not shipped:
            raise CommandError(f"There is no edition of the guidance in {settings.GUIDANCE_DIR}.")
        editions = [self._load_one(content) for content in shipped]
        if not has_published_guidance():
            publish_edition(edition=editions[-1], by=SYSTEM)
            self.stdout.write(f"{editions[-1]}: published.")

    def _load_one(self, content: EditionContent) -> Edition:
        held = Edition.objects.filter(number=content.number).exists()
        edition = load_edition(content=content, by=SYSTEM)
        did = "already here" if held else f"loaded, {len(content.items)} items"
        self.stdout.write(f"{edition}: {did}.")
        return edition
