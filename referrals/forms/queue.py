"""The filters of the queue, and its search."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from guidance.catalogue import FLAGS
from guidance.content import EditionContent, Kind
from referrals.forms.base import DateText
from referrals.models import Status
from referrals.queue import filters as choices
from referrals.queue.counts import Counts
from referrals.queue.filters import Filters
from referrals.urgency import URGENCY
from triage.model.catalogue import RESPONSES
from web.fields import Choices, ShortText

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_WORDS = 8
STATUSES = [
    (choices.NOT_CLOSED, "Not closed"),
    (Status.NEW.value, "New"),
    (Status.ACKNOWLEDGED.value, "Acknowledged, to be reviewed"),
    (Status.REVIEWED.value, "Reviewed, being acted on"),
    (Status.CLOSED.value, "Closed"),
    (choices.ANY, "Closed or not"),
]
CHOICES = ("status", "response", "classification", "flag", "assignee")
ANYTHING = {"classification": "Any", "flag": "Any", "assignee": "Anybody"}
WHO = {choices.ME: "you", choices.NOBODY: "nobody"}
DAY = "j F Y"
LEVELS = [
    ("", "Any"),
    (choices.URGENT, "Emergency or refer now"),
    *((key, URGENCY[key]) for key in reversed(RESPONSES)),
]


class OneOf(forms.ChoiceField):
    """One of the choices. Anything else counts as the first."""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return list(cast(Choices, self.choices))  # Django's own type allows groups of choices too

    def clean(self, value: Any) -> str:
        offered = [key for key, _ in self.pairs]
        return value if value in offered else offered[0]


class DayText(DateText):
    """A day of our time: others make no sense here, and some cannot be reckoned with."""

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(self.WRONG)
        return day


class FilterForm(forms.Form):
    """Choices and days. What is not offered is ignored; a day that is none is said to be so."""

    status = OneOf(label="Status", choices=STATUSES)
    response = OneOf(label="Response", choices=LEVELS)
    classification = OneOf(label="Classification")
    flag = OneOf(label="Flag")
    assignee = OneOf(label="Assigned to")
    since = DayText(label="Recorded from", help_text="For example, 27 3 2027", required=False)
    until = DayText(label="Recorded to", help_text="For example, 27 3 2027", required=False)
    overdue = forms.BooleanField(label="Overdue only", required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        edition: EditionContent,
        people: Mapping[int, str],
        me: int,
    ) -> None:
        """`people` are the names of those who can be or are assigned, by id."""
        super().__init__(data)
        others = [(str(pk), name) for pk, name in people.items() if pk != me]
        self.offer("classification", [(i.key, i.title) for i in edition.of_kind(Kind.OUTCOME)])
        self.offer("flag", [(key, edition.item(Kind.FLAG, key).title) for key in FLAGS])
        self.offer("assignee", [(choices.ME, "Me"), (choices.NOBODY, "Nobody"), *others])

    def offer(self, name: str, offered: Iterable[tuple[str, str]]) -> None:
        self.choices_of(name).choices = [("", ANYTHING[name]), *offered]

    def choices_of(self, name: str) -> OneOf:
        return cast(OneOf, self.fields[name])

    @property
    def filters(self) -> Filters:
        """What was asked for, as far as it makes sense."""
        self.full_clean()
        given = {key: self.cleaned_data.get(key) for key in self.fields}
        return Filters(**given)  # type: ignore[arg-type]

    def label(self, name: str, value: str) -> str:
        return dict(self.choices_of(name).pairs)[value] if value else ""

    def in_words(self, asked: Filters) -> str:
        """For example "Refer now, not closed"."""
        who = self.label("assignee", asked.assignee)
        parts = [
            self.label("response", asked.response),
            self.label("classification", asked.classification),
            self.label("flag", asked.flag),
            f"assigned to {WHO.get(asked.assignee, who)}" if who else "",
            f"recorded from {date_format(asked.since, DAY)}" if asked.since else "",
            f"recorded to {date_format(asked.until, DAY)}" if asked.until else "",
            "overdue" if asked.overdue else "",
            self.label("status", asked.status).lower(),
        ]
        return ", ".join(part for part in parts if part)

    def count(self, counts: Counts) -> None:
        """Put beside each choice how many there are of it."""
        for name in CHOICES:
            field = self.choices_of(name)
            field.choices = [(v, f"{label} ({counts.beside(name, v)})") for v, label in field.pairs]
        self["overdue"].label = f"Overdue only ({counts.late})"


class SearchForm(forms.Form):
    """What to search cases for. Posted, never part of an address."""

    words = ShortText(
        label="Search all cases",
        help_text="A case reference, a person, a pupil number, or words from the notes and records",
        max_length=100,
        width="20",
        spellcheck=False,
        missing="Enter a case reference, a person, a number, or words to search for",
    )

    def clean_words(self) -> list[str]:
        """The words, each of which must be found."""
        words = self.cleaned_data["words"].split()
        if len(words) > MOST_WORDS:
            raise ValidationError(f"Enter {MOST_WORDS} words or fewer")
        return words
