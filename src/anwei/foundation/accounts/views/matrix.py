"""The matrix of rights: who may do what, role by role."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from anwei.core.pages import PageRequest, page
from anwei.core.rights import RIGHTS
from anwei.foundation.accounts.permissions import SEE_MATRIX
from anwei.foundation.accounts.queries import matrix, role_choices


@page(right=SEE_MATRIX)
def rights(request: PageRequest) -> HttpResponse:
    """Show every operation, collection and page by role."""
    table = matrix()
    names = {key: name for side in ("ours", "hospital", "distributor", "public") for key, name in role_choices(side)}
    heads = [names.get(role, _("not signed in")) for role in table.roles]
    kinds = {"operation": _("Deeds"), "collection": _("Collections"), "route": _("Addresses")}
    parts = [
        (
            label,
            [
                (row, RIGHTS[row.right].label if row.right else row.why, list(zip(heads, row.roles.values(), strict=True)))
                for row in table.rows
                if row.kind == kind
            ],
        )
        for kind, label in kinds.items()
    ]
    return render(request, "accounts/matrix.html", {"title": _("Who may do what"), "heads": heads, "parts": parts})
