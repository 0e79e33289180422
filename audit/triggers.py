"""What a trigger is, whatever the database. The SQL is in audit/dialects.py."""

from dataclasses import dataclass

# Every trigger's name starts so; nothing else in the database may.
PREFIX = "guard_"


@dataclass(frozen=True)
class Once:
    """Which rows are kept: those whose `column` is set.

    With `parent`, the column is that table's, and `key` names the parent's id in the row.
    """

    column: str
    parent: str = ""
    key: str = ""

    def __str__(self) -> str:
        return f"once {self.column}{f' of its {self.parent}' if self.parent else ''} is set"


@dataclass(frozen=True)
class Permit:
    """What lets a row be deleted: a row of `table` whose `column` is what one of `keys` holds.

    With `via`, the keys are ids of rows of that table, and it is their `column` that is looked for.
    """

    table: str
    column: str
    keys: tuple[str, ...]
    via: str = ""

    def __str__(self) -> str:
        way = f" by way of {self.via}" if self.via else ""
        return f"while {self.table} has no {self.column} of {' or '.join(self.keys)}{way}"


@dataclass(frozen=True)
class Trigger:
    """Refuses one kind of statement on one table.

    `columns` empty: whatever it would change. `once` None: whatever the row. `permit`: not where a
    row of another table lets it through.
    """

    table: str
    event: str
    message: str
    columns: tuple[str, ...] = ()
    once: Once | None = None
    permit: Permit | None = None

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.table}_{self.event}"


@dataclass(frozen=True)
class Found:
    """A trigger as the database has it. Its definition holds the message it refuses with."""

    table: str
    definition: str
