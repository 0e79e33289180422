import re

from audit.acts import WITHOUT_OBJECT, Act
from audit.models import Entry


def test_every_act_is_a_dotted_name_that_fits_its_column():
    longest = Entry._meta.get_field("action").max_length
    for act in Act:
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", act)
        assert len(act) <= longest


def test_only_a_failed_sign_in_is_about_nothing():
    assert {Act.SIGN_IN_FAILED} == WITHOUT_OBJECT
