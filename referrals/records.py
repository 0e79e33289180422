"""The structured entries of a chronology, declared once: forms and the chronology both read this.

What each asks for follows what guidance asks a record to hold: what was decided and why, facts
apart from what somebody makes of them, when it happened apart from when it was written down.
Source: UKCIS, Sharing nudes and semi-nudes (2024), on recording incidents; the key questions'
source on recording decisions; as summarised for the local board to check.
"""

from dataclasses import dataclass

from guidance.content import Kind
from referrals.models import EventKind

Choices = tuple[tuple[str, str], ...]
FULL = 4000
LINE = 200


@dataclass(frozen=True)
class Field:
    """One question of an entry. Its answer is kept under `key`, as words.

    `shape`: "line", "text", "choice", "date" or "person" (one of the people of the case).
    `needed_if`: (key, values): then it must be answered. `needed`: always.
    """

    key: str
    label: str
    shape: str = "text"
    hint: str = ""
    choices: Choices = ()
    needed: bool = False
    needed_if: tuple[str, tuple[str, ...]] | None = None
    short: str = ""

    @property
    def name(self) -> str:
        """What the chronology calls the answer: the question without its asides."""
        return self.short or self.label.partition(" (")[0]

    def in_words(self, value: str) -> str:
        return dict(self.choices).get(value, value)


@dataclass(frozen=True)
class RecordKind:
    """One kind of entry. `rule`: the item of the guidance that stands beside its form."""

    kind: EventKind
    title: str
    link: str
    fields: tuple[Field, ...]
    intro: str = ""
    rule: tuple[Kind, str] | None = None

    @property
    def slug(self) -> str:
        return self.kind.value.replace("_", "-")


FACTS = Field(
    "facts",
    "What happened",
    hint="The facts: what was said, done or decided. Use the child’s own words where you can.",
    needed=True,
)
JUDGEMENT = Field(
    "judgement",
    "What you make of it (optional)",
    hint="Your professional judgement, apart from the facts.",
    short="Professional judgement",
)
ABOUT = Field("person", "Who is it about?", "person", needed=True)
BY = Field("by_whom", "By whom?", "line", hint="Name and position.", needed=True)

AGENCIES: Choices = (
    ("police", "Police"),
    ("childrens_social_care", "Children’s social care (request for support)"),
    ("lado", "Local authority designated officer (LADO)"),
    ("ceop", "CEOP"),
    ("health", "Health"),
    ("other", "Another agency"),
)
REFERRAL = RecordKind(
    EventKind.REFERRAL,
    "Record a referral",
    "Record a referral",
    (
        Field("agency", "Which agency?", "choice", choices=AGENCIES, needed=True),
        Field(
            "agency_name",
            "Name of the agency",
            "line",
            hint="Needed for another agency.",
            needed_if=("agency", ("other",)),
        ),
        Field(
            "how",
            "How was it referred?",
            "choice",
            choices=(
                ("telephone", "By telephone"),
                ("online", "By an online form or portal"),
                ("email", "By secure e-mail"),
                ("in_person", "In person"),
            ),
            needed=True,
        ),
        BY,
        Field("reference", "The agency’s reference (if you have it)", "line"),
        Field("facts", "What you told them", needed=True),
        Field("response", "What they said they will do (if they said)"),
    ),
    rule=(Kind.NEXT_STEP, "refer_police_and_childrens_services"),
)
REFERRAL_NEWS = RecordKind(
    EventKind.REFERRAL_NEWS,
    "Add news of a referral",
    "Add their answer or the outcome",
    (
        Field("reference", "The agency’s reference (if it is new)", "line"),
        Field("response", "What they answered", needed=True),
        Field(
            "outcome",
            "Where the referral stands",
            "choice",
            choices=(
                ("waiting", "Waiting for them"),
                ("accepted", "They are acting on it"),
                ("not_accepted", "They will not act on it"),
                ("finished", "They have finished"),
            ),
            needed=True,
        ),
    ),
)
NOT_REFERRED = RecordKind(
    EventKind.NOT_REFERRED,
    "Record a decision not to refer",
    "Record a decision not to refer",
    (
        Field("reason", "Why this is not referred", needed=True),
        Field(
            "leader_name",
            "Name of the leader who agreed",
            "line",
            hint="The head teacher, or whoever leads the setting. Needed when the response is "
            "“Refer now” or “Emergency”.",
        ),
        Field("leader_position", "Their position", "line"),
    ),
    intro="A decision not to refer is kept as carefully as a referral. Say why the risk can be "
    "managed without one. If there is concern of harm at any later point, refer.",
)
MEETING = RecordKind(
    EventKind.MEETING,
    "Record the initial review meeting",
    "Initial review meeting",
    (
        Field(
            "attendees", "Who was there?", hint="Names and positions, one on each line", needed=True
        ),
        Field("facts", "What was discussed and agreed", needed=True),
        JUDGEMENT,
    ),
    intro="Hold it soon. Ask: is a child at risk now? Does it go to the police or to children’s "
    "social care? What else must be known? Who must be told?",
)
PARENTS = RecordKind(
    EventKind.PARENTS,
    "Record contact with parents or carers",
    "Contact with parents or carers",
    (
        Field("person", "Whose parents or carers?", "person", needed=True),
        Field(
            "done",
            "Were they told?",
            "choice",
            choices=(("told", "Yes, they were told"), ("withheld", "No, not for now")),
            needed=True,
        ),
        Field(
            "by_whom",
            "Who spoke to them?",
            "line",
            hint="Name and position.",
            needed_if=("done", ("told",)),
        ),
        Field("facts", "What was said", needed_if=("done", ("told",))),
        Field(
            "reason",
            "Why they are not told for now",
            hint="For example, that telling them could put the child at risk.",
            needed_if=("done", ("withheld",)),
        ),
        Field(
            "review_on",
            "When this is looked at again",
            "date",
            hint="For example, 27 3 2027",
            needed_if=("done", ("withheld",)),
        ),
        JUDGEMENT,
    ),
    rule=(Kind.NEXT_STEP, "inform_parents"),
)
SUPPORT = RecordKind(
    EventKind.SUPPORT,
    "Record support for a child, and impact on them",
    "Support for a child, and impact",
    (
        ABOUT,
        Field("impact", "How is this affecting them?", needed=True),
        Field("facts", "What support was given or arranged?", needed=True),
        BY,
        JUDGEMENT,
    ),
    rule=(Kind.NEXT_STEP, "support_child"),
)
DEVICE = RecordKind(
    EventKind.DEVICE,
    "Record a device held or handed over",
    "Device held or handed over",
    (
        Field("person", "Whose device is it?", "person", needed=True),
        Field(
            "device",
            "Which device?",
            "line",
            hint="Make and colour. Not what is on it.",
            needed=True,
        ),
        Field(
            "done",
            "What was done?",
            "choice",
            choices=(
                ("held", "It is held safely"),
                ("handed_over", "It was handed over"),
                ("returned", "It was given back"),
            ),
            needed=True,
        ),
        Field("where", "Where is it kept?", "line", needed_if=("done", ("held",))),
        Field(
            "to_whom",
            "To whom?",
            "line",
            hint="Name, agency and, for the police, the officer’s number.",
            needed_if=("done", ("handed_over", "returned")),
        ),
        Field("reference", "Receipt or reference (if there is one)", "line"),
        BY,
        Field("facts", "Anything else that happened"),
    ),
    rule=(Kind.NEXT_STEP, "preserve_evidence"),
)
VIEWING = RecordKind(
    EventKind.VIEWING,
    "Record whether imagery was viewed",
    "Whether imagery was viewed",
    (
        Field(
            "done",
            "Was any image seen by staff?",
            "choice",
            choices=(
                ("no", "No"),
                ("accident", "Yes, by accident or because somebody showed it"),
                ("decided", "Yes, after it was decided that it had to be"),
            ),
            needed=True,
        ),
        Field(
            "by_whom",
            "Who saw it?",
            "line",
            hint="Name and position.",
            needed_if=("done", ("accident", "decided")),
        ),
        Field(
            "reason",
            "Why, or how did it come about?",
            hint="Do not describe the image.",
            needed_if=("done", ("accident", "decided")),
        ),
        Field(
            "present",
            "Who else was present?",
            "line",
            hint="Name and position, or “Nobody”.",
            needed_if=("done", ("accident", "decided")),
        ),
        Field(
            "agreed_by",
            "Who agreed beforehand that it had to be seen?",
            "line",
            hint="Name and position.",
            needed_if=("done", ("decided",)),
        ),
        Field("facts", "What was done afterwards", needed_if=("done", ("accident", "decided"))),
    ),
    rule=(Kind.NEXT_STEP, "do_not_view"),
)
DELETION = RecordKind(
    EventKind.DELETION,
    "Record deletion asked for or confirmed",
    "Deletion asked for or confirmed",
    (
        Field("person", "Who has it, or had it?", "person", needed=True),
        Field(
            "done",
            "What is this?",
            "choice",
            choices=(
                ("asked", "They were asked to delete it"),
                ("confirmed", "They confirmed that it is deleted"),
                ("refused", "They have not deleted it"),
                ("reported", "It was reported to a site or to Report Remove"),
            ),
            needed=True,
        ),
        Field("where", "Where from?", "line", hint="Device, app or website."),
        BY,
        Field("facts", "Anything else that was said or done"),
    ),
    rule=(Kind.NEXT_STEP, "ask_to_delete"),
)
SHARING = RecordKind(
    EventKind.SHARING,
    "Record information that was shared",
    "Information shared",
    (
        Field("to_whom", "With whom?", "line", hint="Name, position and agency.", needed=True),
        Field("facts", "What was shared, and how?", needed=True),
        Field("reason", "Why?", needed=True),
        BY,
    ),
    rule=(Kind.LAW, "information_sharing"),
)
NOTE = RecordKind(
    EventKind.NOTE,
    "Add a note",
    "Note",
    (
        Field("facts", "What happened, or what you want to record", needed=True, short="Note"),
        JUDGEMENT,
    ),
)

# Offered on the page of every open case, in this order.
OFFERED = (
    *(REFERRAL, NOT_REFERRED, MEETING, PARENTS, SUPPORT, DEVICE),
    *(VIEWING, DELETION, SHARING, NOTE),
)
RECORDS = {record.kind: record for record in (*OFFERED, REFERRAL_NEWS)}
BY_SLUG = {record.slug: record for record in OFFERED}
