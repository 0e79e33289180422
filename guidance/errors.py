"""What can be wrong with guidance, for whoever must mend it."""


class GuidanceError(Exception):
    """Guidance that cannot be used. `problems` holds one sentence for each thing to mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class NoPublishedGuidance(Exception):
    """No edition is published: `manage.py load_guidance` has not been run."""
