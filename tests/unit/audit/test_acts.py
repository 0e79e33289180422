import re

from audit.acts import WITHOUT_OBJECT, Act
from audit.models import Entry


def test_every_act_is_a_dotted_name_that_fits_its_column():
    longest = Entry._meta.get_field("action").max_length
    for act in Act:
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", act)
        assert len(act) <= longest


def test_only_these_are_about_no_one_row():
    """By strangers, of whom nothing typed is kept; and what is done to the whole database."""
    by_strangers = {Act.SIGN_IN_FAILED, Act.PASSWORD_RESET_ASKED, Act.PROVIDER_REFUSED}
    assert by_strangers | {Act.BACKUP_MADE, Act.BACKUP_RESTORED} == WITHOUT_OBJECT
