"""Says at the end of every run how many combinations the proof of the model went through."""

from collections.abc import Callable

import pytest

PROPERTY = "combinations"


@pytest.fixture
def covered(record_property: Callable[[str, object], None]) -> Callable[[int], None]:
    """Call it with the number of combinations a test went through; none at all is a failure."""

    def cover(number: int) -> None:
        assert number > 0
        record_property(PROPERTY, number)

    return cover


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counted = [
        (report.nodeid.split("::", 1)[1], number)
        for report in terminalreporter.stats.get("passed", [])
        if getattr(report, "when", None) == "call"
        for name, number in report.user_properties
        if name == PROPERTY
    ]
    if counted:
        terminalreporter.section("triage model: combinations covered")
        for test, number in sorted(counted):
            terminalreporter.line(f"{number:>10,}  {test}")
        terminalreporter.line(f"{sum(number for _, number in counted):>10,}  in all")
