"""Whatever a form accepts can be recorded: no draft is ever stuck because the model refuses it."""

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.guidance import shipped_content
from triage.forms import STEP_FORMS, PersonForm
from triage.model.answers import parse
from triage.model.route import replay
from triage.questions import AGE_BANDS, QUESTIONS

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)
EDITION = shipped_content()
PERSON = {"id": "a", "ref": "A", "age": 15, "roles": ["pictured"]}


def posted(**values) -> QueryDict:
    data = QueryDict(mutable=True)
    for key, value in values.items():
        data.setlist(key, value if isinstance(value, list) else [value])
    return data


def choice(key: str):
    values = [option.value for option in QUESTIONS[key].options] + ["none", "unknown"]
    return (
        st.lists(st.sampled_from(values), max_size=4)
        if QUESTIONS[key].many
        else (st.sampled_from(values))
    )


@settings(max_examples=150)
@given(
    ref=TEXT,
    age=st.one_of(TEXT, st.integers(-5, 200).map(str)),
    band=st.sampled_from(["", "unknown", *(band.value for band in AGE_BANDS.options)]),
    roles=choice("roles"),
    vulnerabilities=choice("vulnerabilities"),
    agency=choice("agency_involvement"),
)
def test_a_person_that_the_form_accepts(ref, age, band, roles, vulnerabilities, agency):
    data = posted(ref=ref, age=age, age_band=band, roles=roles, shown="x")
    data.setlist("vulnerabilities", vulnerabilities)
    data.setlist("agency_involvement", [agency])
    form = PersonForm(data, edition=EDITION)
    if form.is_valid():
        parse({"people": [form.values()]})


PAGES = [(name, form) for name, form in STEP_FORMS if name != "people"]


@pytest.mark.parametrize(("name", "form_class"), PAGES, ids=[name for name, _ in PAGES])
@settings(max_examples=40)
@given(data=st.data())
def test_a_page_that_its_form_accepts(name, form_class, data):
    asks = form_class.page.keys
    answers = {key: data.draw(choice(key) if key in QUESTIONS else TEXT) for key in asks}
    if "services" in asks:
        answers["services_unknown"] = data.draw(st.sampled_from([[], ["unknown"]]))
    form = form_class(posted(**answers, shown="x"), edition=EDITION, asks=asks)
    if form.is_valid():
        parse(replay({"people": [PERSON], **form.values()}).answers)
