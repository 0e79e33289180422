"""Parents or carers who are not told for now, and when that is to be looked at again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from referrals.models import Assessment, Case, Event, EventKind


@dataclass(frozen=True)
class Withheld:
    """The entry that says so, and whom it is about, as the newest answers call them."""

    event: Event
    person: str
    review_on: date


def withheld(assessments: Iterable[Assessment], events: Iterable[Event]) -> list[Withheld]:
    """Of one case: what was recorded last about the parents of each person, where that is "not for
    now". Somebody whom the newest answers do not list any more is left out."""
    versions = sorted(assessments, key=lambda assessment: assessment.version)
    last: dict[str, Event] = {}
    for event in sorted(events, key=lambda event: event.number):
        if event.kind == EventKind.PARENTS and (person := _now(event, versions)):
            last[person] = event
    return [
        Withheld(event, person, date.fromisoformat(event.data["review_on"]))
        for person, event in last.items()
        if event.data.get("done") == "withheld" and event.data.get("review_on")
    ]


def _now(event: Event, versions: Sequence[Assessment]) -> str:
    """What the newest answers call the person of an entry; empty where they list them no more.

    Whoever never was one of the people of the case keeps the name that was given.
    """
    name = event.data.get("person", "")
    before = [one for one in versions if one.made_at <= event.entered_at] or versions[:1]
    ids = {person["ref"]: key for key, person in before[-1].people.items()}
    if name not in ids:
        return str(name)
    return str(versions[-1].people.get(ids[name], {}).get("ref", ""))


def look_again_on(case: Case) -> date | None:
    """The first day on which one of these is to be looked at again, None for none: what the case
    keeps as `parents_review_on`. Read anew, whatever was read of the case before."""
    assessments = Assessment.objects.filter(case=case)
    events = Event.objects.filter(case=case, kind=EventKind.PARENTS)
    return min((one.review_on for one in withheld(assessments, events)), default=None)
