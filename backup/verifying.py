"""Whether what was restored is what was backed up."""

from backup.contents import Contents


def differences(wanted: Contents, found: Contents) -> list[str]:
    """Every table and chain that is not as the manifest says, in words."""
    tables = sorted({*wanted.rows, *found.rows})
    counted = [(name, wanted.rows.get(name), found.rows.get(name)) for name in tables]
    problems = [f"{name}: {has} rows, not {had}" for name, had, has in counted if had != has]
    if wanted.heads != found.heads:
        problems.append("the ends of the audit's chains are not those of the backup")
    if wanted.migrations != found.migrations:
        problems.append("the migrations applied are not those of the backup")
    return problems
