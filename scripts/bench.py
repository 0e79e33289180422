"""`make bench`: ratios measured side by side in one run. Machines are noisy: read the ratios.

Each pair is timed in turn, A B A B ..., and the median of the ratios is printed. What is asked:
does a page of the wizard get slower as answers build up? do the lists and the queue get slower with
more cases?
what does a whole assessment cost beside one classification?
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
ROUNDS = 30
Work = Callable[[], object]


def seconds(work: Work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(title: str, first: Work, second: Work) -> None:
    """Print the median times in ms of two pieces of work, and the median ratio second/first."""
    first(), second()  # warm
    pairs = [(seconds(first), seconds(second)) for _ in range(ROUNDS)]
    a, b = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    ratio = statistics.median(late / early for early, late in pairs)
    print(f"{title:<58} {a:8.2f} ms {b:8.2f} ms   ratio {ratio:5.2f}")


def bench_model() -> None:
    from triage.model import assess
    from triage.model.answers import parse
    from triage.model.outcome import Findings

    answers = parse({"people": [{"ref": "A", "age": 15, "roles": ["pictured"]}]})
    compare(
        "classify once -> assess, every open answer tried",
        lambda: Findings(answers).outcome,
        lambda: assess(answers),
    )


def bench_pages() -> None:
    from accounts.roles import Role
    from tests.client import FormClient
    from tests.factories.accounts import UserFactory
    from tests.integration.triage.steps import answer, fill, start, url

    client = FormClient()
    person = UserFactory(roles=[Role.DSL])
    client.force_login(person)
    early, late = start(client), fill(client, start(client), stop="notes")
    compare(
        "wizard: open the first page -> the last",
        lambda: client.get(url(early, "immediate-risk")),
        lambda: client.get(url(late, "notes")),
    )
    compare(
        "wizard: answer the first page -> the last but one",
        lambda: answer(client, early, "immediate-risk", immediate_risk="no"),
        lambda: answer(client, late, "long-term", long_term_impact=["none"]),
    )
    few = seconds_of_home(client, cases=5)
    many = seconds_of_home(client, cases=45)
    title = "home of a DSL: 5 cases -> 50 cases"
    print(f"{title:<58} {few:8.2f} ms {many:8.2f} ms   ratio {many / few:5.2f}")


def bench_queue() -> None:
    from accounts.roles import Role
    from tests.client import FormClient
    from tests.factories.accounts import UserFactory
    from tests.factories.many_cases import make_many_cases

    small, large = FormClient(), FormClient()
    for client, number, start in ((small, 200, 0), (large, 20_000, 200)):
        lead = UserFactory(roles=[Role.DSL])
        client.force_login(lead)
        make_many_cases(lead, number, start=start)
    for title, address in (("first page", ""), ("a flag, overdue", "?flag=vulnerable&overdue=on")):
        compare(
            f"queue, {title}: 200 cases -> 20,000",
            lambda address=address: small.get(f"/cases/{address}"),  # type: ignore[misc]
            lambda address=address: large.get(f"/cases/{address}"),  # type: ignore[misc]
        )


def seconds_of_home(client: object, *, cases: int) -> float:
    """Record that many more cases, then the median time of the home page, in ms."""
    from tests.integration.triage.steps import start, url

    for _ in range(cases):
        client.post(url(start(client), "send/immediate-risk"), {})  # type: ignore[attr-defined]
    times = [seconds(lambda: client.get("/")) for _ in range(ROUNDS)]  # type: ignore[attr-defined]
    return statistics.median(times) * 1000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            VAR_DIR=folder, DJANGO_SETTINGS_MODULE="tests.settings", ALLOWED_HOSTS="testserver"
        )
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from tests.factories.guidance import publish_shipped

        call_command("migrate", verbosity=0)
        publish_shipped()
        print(f"Python {sys.version.split()[0]}, Django {django.__version__}, {connection.vendor}")
        bench_model()
        bench_pages()
        bench_queue()


if __name__ == "__main__":
    main()
