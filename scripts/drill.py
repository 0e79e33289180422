"""`make drill`: cases, a backup while people work, everything destroyed, put back and compared.

On SQLite and on PostgreSQL, both thrown away afterwards. `CASES=20000 make drill` for a measured
figure. It destroys the database it runs on, so it runs on none that it did not begin itself.
"""

import os
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
HERE = [sys.executable, __file__, "--here"]
WAYS = {"SQLite": HERE, "PostgreSQL": [sys.executable, "scripts/with_postgres.py", *HERE]}

# Of these there are very many, and the column by which they came one after another.
MANY = {"referrals_case": "id", "referrals_caseflag": "id", "triage_draft": "started_at"}


def main() -> int:
    """Exits 1 when a drill fails."""
    env = {name: value for name, value in os.environ.items() if "DATABASE_URL" not in name}
    env.pop("VAR_DIR", None)
    done = {name: subprocess.run(way, cwd=ROOT, env=env).returncode for name, way in WAYS.items()}
    for name, status in done.items():
        print(f"{name}: {'every row came back' if status == 0 else 'FAILED'}")
    return 1 if any(done.values()) else 0


def here() -> None:
    """On the database of the environment, which must be empty."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    if connection.introspection.table_names():
        sys.exit("This database is not empty: the drill would destroy it.")
    call_command("migrate", verbosity=0)
    call_command("load_guidance", verbosity=0, stdout=StringIO())
    settings.ALLOWED_HOSTS = ["testserver"]
    with tempfile.TemporaryDirectory() as folder:
        settings.BACKUP_DIR = Path(folder)
        _report(connection.vendor, _drill(Path(folder), int(os.environ.get("CASES", "2000"))))


def _drill(folder: Path, cases: int) -> dict[str, float]:
    from accounts.roles import Role
    from tests.factories.accounts import PASSWORD, OrganisationFactory, UserFactory
    from tests.factories.many_cases import make_many_cases
    from tests.factories.referrals import EMERGENCY, REFER_NOW, make_case
    from tests.integration.backup.drill import drill

    school = OrganisationFactory()
    by = UserFactory(organisation=school, roles=[Role.PRACTITIONER])
    lead = UserFactory(organisation=school, roles=[Role.DSL])
    other = UserFactory(roles=[Role.PRACTITIONER])
    for answers in ({}, EMERGENCY, REFER_NOW):
        make_case(by, **answers)
        make_case(other, **answers)
    make_many_cases(by, cases)
    return {"cases": cases, **drill(by, lead, PASSWORD, folder, **MANY)}


def _report(vendor: str, figures: dict[str, float]) -> None:
    print(
        f"{vendor}: {figures['cases']:,} cases; backup {figures['backup']:.1f} s and "
        f"{figures['bytes'] / 1e6:.1f} MB; restore, with every check, {figures['restore']:.1f} s"
    )


if __name__ == "__main__":
    here() if "--here" in sys.argv else sys.exit(main())
