"""Lines of the outcome page: what each holds, and how sources and people's parts read."""

from dataclasses import dataclass
from typing import Any

from guidance.content import Item
from triage.model.ages import known_adult
from triage.model.refs import is_nobody_yet
from triage.model.sources import interpretation

OWN = interpretation("")
SOURCE, INTERPRETATION = "Source", "This tool’s interpretation, where the guidance is silent"
DOUBT = "an answer could mean that something more serious cannot be ruled out"


@dataclass(frozen=True)
class Open:
    """One line of what is still open: what to find out, and what it could make this.

    `rules_out` names what an answer could rule out, where it could make this nothing else;
    `otherwise` says why it is asked for where it could do neither.
    """

    find_out: str
    could_be: list[str]
    rules_out: list[str]
    otherwise: str = DOUBT

    @property
    def sentence(self) -> str:
        return f"Find out {self.find_out}: {self._why}."

    @property
    def _why(self) -> str:
        if self.could_be:
            return f"it could make this {', or '.join(self.could_be)}"
        if self.rules_out:
            return f"it could rule out {', or '.join(self.rules_out)}"
        return self.otherwise


@dataclass(frozen=True)
class PersonNeeds:
    """A person of the incident: their part in words, and what somebody with that part needs.

    `played` are parts named without a note: what a child with that part needs is not for an adult.
    """

    ref: str
    age: str
    played: list[str]
    parts: list[Item]


@dataclass(frozen=True)
class Recommended:
    item: Item
    why: str


@dataclass(frozen=True)
class Reason:
    """Why: sentences that share a source, the answers they rested on in words, and that source."""

    texts: list[str]
    because: list[str]
    sources: list[str]


def sources_in_words(joined: str) -> list[str]:
    """What the guidance says, then what this tool reads into its silence: a sentence for each."""
    parts = joined.split("; ")
    own = [part.removeprefix(OWN) for part in parts if part.startswith(OWN)]
    cited = [part for part in parts if not part.startswith(OWN)]
    sentences = [(SOURCE, cited), (INTERPRETATION, own)]
    told = [f"{words}: {'; '.join(found)}" for words, found in sentences if found]
    return [line if line.endswith("?") else f"{line}." for line in told]


def only_named(person: dict[str, Any]) -> list[str]:
    """The parts of a known adult that are named without the note, which speaks of a child."""
    if not known_adult(person["age"]):
        return []
    return [role for role in person["roles"] if role != "reporter"]


def parts_of(person: dict[str, Any]) -> list[str]:
    """The keys of the notes for a person: their parts, and what follows from who they are."""
    adult = known_adult(person["age"])
    named = only_named(person)
    keys = [role for role in person["roles"] if role not in named]
    keys += ["no_role"] if not person["roles"] and not adult else []
    # An adult who is only pictured or saw it may have been harmed: the flag's note speaks of them.
    keys += ["adult"] if adult and not set(named) <= {"pictured", "witness"} else []
    return keys + (["unidentified"] if is_nobody_yet(person["ref"]) else [])
