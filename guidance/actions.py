"""Everything that changes the guidance in the database."""

from django.db import transaction
from django.utils import timezone

from audit.acts import Act
from audit.recorder import Actor, record
from guidance.completeness import problems
from guidance.content import EditionContent
from guidance.errors import GuidanceError
from guidance.models import Edition, Item
from guidance.rows import columns_of


@transaction.atomic
def load_edition(*, content: EditionContent, by: Actor) -> Edition:
    """Put an edition into the database as a draft, or return the one of that number.

    Raises GuidanceError if that one was published with other words. A draft is left as it is: an
    editor may have changed it.
    """
    held = Edition.objects.filter(number=content.number).first()
    if held is not None:
        if held.published_at is not None and held.content() != content:
            raise GuidanceError([_changed(content, held.content())])
        return held
    edition = Edition.objects.create(
        number=content.number, title=content.title, note=content.note, dated=content.dated
    )
    Item.objects.bulk_create(Item(edition=edition, **columns_of(item)) for item in content)
    record(by=by, action=Act.GUIDANCE_LOADED, obj=edition, organisation=None)
    return edition


@transaction.atomic
def publish_edition(*, edition: Edition, by: Actor) -> None:
    """Make a draft the edition that everyone reads.

    Raises GuidanceError if it is incomplete or no draft, and IntegrityError while another is
    published.
    """
    # Locked, so that what is found complete is what is published.
    edition.refresh_from_db(from_queryset=Edition.objects.select_for_update(no_key=True))
    if edition.status != Edition.Status.DRAFT:
        raise GuidanceError([f"edition {edition.number} is not a draft"])
    if wanting := problems(edition.content()):
        raise GuidanceError(wanting)
    edition.status = Edition.Status.PUBLISHED
    edition.published_at = timezone.now()
    edition.save(update_fields=["status", "published_at"])
    record(by=by, action=Act.GUIDANCE_PUBLISHED, obj=edition, organisation=None)


def _changed(content: EditionContent, held: EditionContent) -> str:
    different = sorted({f"{item.kind}/{item.key}" for item in set(content) ^ set(held)})
    where = ", ".join(different) or "its number, title, note or date"
    return (
        f"edition {content.number} is published and cannot change, but the one to load differs "
        f"({where}): give the changed text a new number"
    )
