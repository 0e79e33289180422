"""What every form on a case has in common."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from web.fields import ShortText
from web.layout import Question, questions

# The clock on a telephone and that of the server are seldom at one.
CLOCKS_DIFFER = timedelta(minutes=2)
EARLIEST = 2000


class SeenNumber(forms.IntegerField):
    """The newest entry when the page was opened. Anything else counts as nothing seen."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        try:
            return int(super().clean(value))
        except ValidationError:
            return 0


class CaseForm(forms.Form):
    """A form on a case, which carries the number of the newest entry when it was opened."""

    seen = SeenNumber()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lay_out()

    def _lay_out(self) -> None:
        """Every field in its order; called again by a form that adds fields of its own."""
        names = [name for name, field in self.fields.items() if not field.widget.is_hidden]
        self.helper = questions(*(Question(name, size="s") for name in names))

    def seen_again(self, number: int) -> None:
        """Show the page again beside what others wrote: posting it once more goes through."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = str(number)
        self.data = data


class DateText(ShortText):
    """A day, typed as 27 3 2027, 27/3/2027 or 2027-03-27. Gives a date, or None when empty."""

    FORMATS = ("%d %m %Y", "%d %B %Y", "%d %b %Y", "%Y %m %d")
    WRONG = "Enter a real date, for example 27 3 2027"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"width": "10", "max_length": 20, **kwargs})

    def clean(self, value: Any) -> date | None:
        text = " ".join(super().clean(value).replace("/", " ").replace("-", " ").split())
        if not text:
            return None
        for form in self.FORMATS:
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
        raise ValidationError(self.WRONG)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.day} {value.month} {value.year}" if isinstance(value, date) else value


class TimeText(ShortText):
    """A time of day, typed as 14:30 or 14.30. Gives a time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"width": "5", "max_length": 10, **kwargs})

    def clean(self, value: Any) -> time:
        text = super().clean(value).strip().replace(".", ":")
        try:
            return datetime.strptime(text, "%H:%M").time()
        except ValueError:
            raise ValidationError("Enter a time, for example 14:30") from None


class HappenedForm(CaseForm):
    """A form about something that happened: when it did, apart from when it is written down."""

    on = DateText(
        label="On which day did it happen?",
        help_text="For example, 27 3 2027",
        missing="Enter the day it happened, for example 27 3 2027",
    )
    at = TimeText(
        label="At what time? As near as you know",
        help_text="For example, 14:30",
        missing="Enter the time it happened, for example 14:30. A guess is better than nothing",
    )

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        now = timezone.localtime()
        today = {"on": now.date(), "at": f"{now:%H:%M}"}
        super().__init__(*args, initial={**today, **(initial or {})}, **kwargs)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "on" in cleaned and "at" in cleaned:
            happened = timezone.make_aware(datetime.combine(cleaned["on"], cleaned["at"]))
            if happened > timezone.now() + CLOCKS_DIFFER:
                self.add_error("on", "Enter a day and time that have passed already")
            if happened.year < EARLIEST:
                self.add_error("on", f"Enter a year from {EARLIEST} on")
            cleaned["happened_at"] = happened
        return cleaned
