"""Whether every chain of the audit is as it was written. Reads; changes and locks nothing.

The product may go on meanwhile. Rows are read a batch at a time, by place and id: neither a long
transaction, nor a statement that a time-out could end, nor more memory for more rows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import DatabaseError, connection
from django.db.models import Q

from audit import guards
from audit.chain import START, Fault, Walk
from audit.heads import KnownHead
from audit.models import Entry, Head

BATCH = 2000
# What a value that no field could hold makes Django raise: SQLite keeps whatever is put there.
UNREADABLE = (DatabaseError, ValueError, TypeError, OverflowError)
SAYS = {
    Fault.MISSING: "row {next} is missing.",
    Fault.TWICE: "after row {last} comes one that has another place, or none: it was put in.",
    Fault.FOREIGN: "row {next} belongs to another chain.",
    Fault.CUT_OFF: "row {next} does not follow from the row before: one of them was changed.",
    Fault.CHANGED: "row {next} is not as it was written.",
}


@dataclass
class Report:
    """`heads` are those of the chains that are whole; `faults` are sentences, one for each."""

    rows: int = 0
    heads: list[KnownHead] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def verify_all(known: Iterable[KnownHead] = ()) -> Report:
    """Check every chain against itself, its head in the database, and heads exported earlier."""
    report = Report(faults=list(_guards()))
    exported: dict[int, list[KnownHead]] = {}
    for head in sorted(known):
        exported.setdefault(head.chain, []).append(head)
    for organisation in _chains(exported):
        chain = 0 if organisation is None else organisation
        walk = Walk(organisation)
        fault = fault_of(walk, chain, exported.get(chain, []))
        report.rows += walk.sequence
        if fault:
            report.faults.append(f"{name_of(organisation)}: {fault}")
        elif walk.sequence:
            report.heads.append(KnownHead(chain, walk.sequence, walk.hash))
    return report


def name_of(organisation: int | None) -> str:
    return "The service" if organisation is None else f"Organisation {organisation}"


def _guards() -> Iterator[str]:
    if absent := guards.missing(connection):
        names = ", ".join(absent)
        yield f"The database lacks guards, so records can be changed and deleted: {names}."


def _chains(exported: Iterable[int]) -> list[int | None]:
    """Every chain there is or was: by its rows, by its head, or by an exported head of it."""
    found: set[int | None] = set(_organisations())
    found |= {pk or None for pk in Head.objects.values_list("pk", flat=True)}
    found |= {chain or None for chain in exported}
    return sorted(found, key=lambda chain: (chain is not None, str(chain).zfill(20)))


def _organisations() -> Iterator[int | None]:
    """Those that have rows, one step along the index for each: no look at every row."""
    if Entry.objects.filter(organisation_id__isnull=True).exists():
        yield None
    rows = Entry.objects.filter(organisation_id__isnull=False).order_by("organisation_id")
    ids = rows.values_list("organisation_id", flat=True)
    found = ids.first()
    while found is not None:
        yield found
        # On SQLite text comes after every number.
        found = ids.filter(organisation_id__gt=found).first() if isinstance(found, int) else None


def fault_of(walk: Walk, chain: int, exported: list[KnownHead]) -> str:
    """The first thing that is wrong with a chain, in words; nothing if it is whole.

    Its head is read before the rows and after them: it may move on meanwhile, with its rows.
    """
    if not (walk.organisation_id is None or _is_id(walk.organisation_id)):
        return "no organisation has this number, so its rows were put in."
    head = _head(chain)
    hashes = {known.sequence: "" for known in [*exported, *([head] if head else [])]}
    broken = _go_along(walk, hashes)
    # What was worked out again as far as the break shows before it.
    reached = (known for known in exported if known.sequence <= walk.sequence)
    return (
        _first_missed(reached, walk, hashes)
        or broken
        or _fault_of_head(walk, head, _head(chain), hashes)
        or _first_missed(exported, walk, hashes)
    )


def _first_missed(exported: Iterable[KnownHead], walk: Walk, hashes: dict[int, str]) -> str:
    return next((fault for known in exported if (fault := _missed(known, walk, hashes))), "")


def _is_id(value: object) -> bool:
    return isinstance(value, int) and value > 0


def _head(chain: int) -> KnownHead | None:
    row = Head.objects.filter(pk=chain).values_list("pk", "sequence", "hash").first()
    return KnownHead(*row) if row else None


def _go_along(walk: Walk, hashes: dict[int, str]) -> str:
    """To the end of the chain, or to where it breaks. Fills in the hashes at the places asked."""
    hashes |= {0: START}
    try:
        for row in _rows(walk.organisation_id):
            if fault := walk.step(row):
                return SAYS[fault].format(next=walk.sequence + 1, last=walk.sequence)
            if walk.sequence in hashes:
                hashes[walk.sequence] = walk.hash
    except UNREADABLE as problem:
        return f"what comes after row {walk.sequence} cannot be read: {type(problem).__name__}."
    return ""


def _fault_of_head(
    walk: Walk, before: KnownHead | None, after: KnownHead | None, hashes: dict[int, str]
) -> str:
    last = walk.sequence
    if after is None:
        return f"its head is missing, and it has {last} rows." if last else ""
    if before and before.sequence > last:
        return f"its head says that it ends at row {before.sequence}, but the last is row {last}."
    if after.sequence < last:
        return f"its head says that it ends at row {after.sequence}, but the last is row {last}."
    if before and hashes[before.sequence] != before.hash:
        return f"its head has another hash than row {before.sequence}."
    return ""


def _missed(known: KnownHead, walk: Walk, hashes: dict[int, str]) -> str:
    """What an exported head gives away."""
    if known.sequence > walk.sequence:
        what = (
            f"from row {walk.sequence + 1} on it is gone" if walk.sequence else "all of it is gone"
        )
        return f"{what}: an exported head is at row {known.sequence}."
    if hashes[known.sequence] != known.hash:
        return (
            f"row {known.sequence} is not that of an exported head: it, or one before it, was "
            "changed, and every hash since was worked out again."
        )
    return ""


def _rows(organisation: int | None) -> Iterator[Entry]:
    """The rows of one chain in their order; one that takes a place twice is among them."""
    # Not "=": to a database nothing equals null.
    service = organisation is None
    ours = Q(organisation_id__isnull=True) if service else Q(organisation_id=organisation)
    rows = Entry.objects.filter(ours).order_by("sequence", "pk")
    batch = list(rows[:BATCH])
    while batch:
        yield from batch
        last = batch[-1]
        # The first condition says nothing new, but an index can be gone along by it.
        later = Q(sequence__gt=last.sequence) | Q(sequence=last.sequence, pk__gt=last.pk)
        batch = list(rows.filter(later, sequence__gte=last.sequence)[:BATCH])
