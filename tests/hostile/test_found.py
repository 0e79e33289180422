"""What the fuzzer found, each by itself, so that it is not found again."""

import pytest

from referrals.models import Case
from tests.integration.triage.steps import answer, fill, start, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("there", "here", "sent"),
    [
        ({"services": "An app"}, {"services_unknown": "unknown"}, ["An app"]),
        ({"services_unknown": "unknown"}, {"services": "An app"}, ["An app"]),
        ({"services_unknown": "unknown"}, {"services_unknown": "unknown"}, ["unknown"]),
        (
            {"services": "\n".join(f"App {n}" for n in range(20))},
            {"services": "\n".join(f"Other app {n}" for n in range(20))},
            [*(f"Other app {n}" for n in range(20)), *(f"App {n}" for n in range(20))],
        ),
    ],
)
def test_two_windows_that_know_different_services_stop_no_sending(
    client, practitioner, guidance, there, here, sent
):
    """One says that nobody knows yet, the other names an app: sending failed, and sent nothing."""
    client.force_login(practitioner)
    draft = fill(client, start(client), stop="services")
    assert answer(client, draft, "services", still_accessible="no", **there).status_code == 302
    posted = {"shown": "as it was opened before", "still_accessible": "no", **here}
    response = client.post(url(draft, "send/services"), posted)
    assert response.status_code == 302
    assert response.url.endswith("/outcome/")
    assert Case.objects.get().assessment.answers["services"] == sent
