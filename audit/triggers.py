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
class Trigger:
    """Refuses one kind of statement on one table.

    `columns` empty: whatever it would change. `once` None: whatever the row.
    """

    table: str
    event: str
    message: str
    columns: tuple[str, ...] = ()
    once: Once | None = None

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.table}_{self.event}"


@dataclass(frozen=True)
class Found:
    """A trigger as the database has it. Its definition holds the message it refuses with."""

    table: str
    definition: str
