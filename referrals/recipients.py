"""Who is told about a case by e-mail. Of a restricted one, only those named on it."""

from accounts.models import Organisation, User
from accounts.queries import leads
from accounts.roles import Role
from referrals.models import Case
from referrals.queries import own_cases


class Recipients:
    """Reads the leads of each organisation, and what each reporter sent, once: make a new one for
    each round."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Role], list[User]] = {}
        self._own: dict[int, set[int]] = {}

    def first(self, case: Case, *, but: User | None = None) -> list[User]:
        """The safeguarding leads; the deputies where there is no lead, but for `but`."""
        for role in (Role.DSL, Role.DEPUTY):
            if people := [user for user in self.holding(case, role) if user != but]:
                return people
        return []

    def deputies(self, case: Case) -> list[User]:
        return self.holding(case, Role.DEPUTY)

    def in_charge(self, case: Case) -> list[User]:
        """Whoever the case is assigned to, while they may see it; else as `first`."""
        if case.assignee is not None:
            leads = [*self.holding(case, Role.DSL), *self.holding(case, Role.DEPUTY)]
            if case.assignee in leads:
                return [case.assignee]
        return self.first(case)

    def page_for(self, case: Case, user: User) -> str | None:
        """The name of the page of the case that they may open: None for none, and then they are
        told nothing."""
        if user in (*self.holding(case, Role.DSL), *self.holding(case, Role.DEPUTY)):
            return "case"
        if user.pk not in self._own:
            self._own[user.pk] = set(own_cases(user).values_list("pk", flat=True))
        return "outcome" if case.pk in self._own[user.pk] else None

    def holding(self, case: Case, role: Role) -> list[User]:
        people = self._of(case.organisation, role)
        if not case.restricted:
            return people
        named = {user.pk for user in case.named.all()}
        return [user for user in people if user.pk in named]

    def _of(self, organisation: Organisation, role: Role) -> list[User]:
        key = (organisation.pk, role)
        if key not in self._known:
            self._known[key] = list(leads(organisation, role))
        return self._known[key]
