"""Refusals: what a person or a program is told when a deed is not done."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """A deed is refused. The sentence says what happened and what to do; the code is stable for programs.

    Subclasses set `code`, `status` (as HTTP) and `sentence`, which may hold `%(name)s` places filled from the keyword values.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    sentence: ClassVar[str | Promise] = _("This is not possible now.")

    def __init__(self, **values: object) -> None:
        super().__init__(self.code)
        self.values = values

    def __str__(self) -> str:
        return str(self.sentence) % self.values


class NoRight(Refusal):
    code = "no_right"
    status = 403
    sentence = _("Your role does not allow this. Nothing was changed. Ask your administrator if you need it.")


class NotFound(Refusal):
    code = "not_found"
    status = 404
    sentence = _("There is no such record, or it is not yours to see.")


class Stale(Refusal):
    code = "stale"
    sentence = _("Somebody changed this record meanwhile. Nothing of yours was saved; look at the new state and try again.")


class InvalidInput(Refusal):
    code = "invalid"
    status = 422
    sentence = _("%(field)s: %(reason)s")


class ExistsAlready(Refusal):
    code = "exists_already"
    sentence = _("There is such a record already. Nothing was changed.")


class Contradicts(Refusal):
    code = "contradicts"
    sentence = _("This contradicts what is stored. Nothing was changed; look at the present state and try again.")


class DoesNotFit(Refusal):
    code = "does_not_fit"
    status = 422
    sentence = _("A text is too long or a number too large for its place. Nothing was changed.")


class RequestReused(Refusal):
    code = "request_reused"
    sentence = _("This request number was used before with other content. Nothing was changed; send it again with a new number.")


class StoredRefusal(Refusal):
    """The first answer of a request that was sent again, as it was stored."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__()
        self.status, self.code, self.sentence = status, code, detail.replace("%", "%%")  # type: ignore[misc]


class NothingRecorded(RuntimeError):
    """An operation came to its end and neither recorded a deed nor said that there was nothing to do: a programming error."""
