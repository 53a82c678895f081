"""Branches by name, for who grants their rows."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from anwei.core.actor import Actor
from anwei.foundation.branches.models import Branch


def named(branch: Branch) -> str:
    """Return a branch's name in the reader's language, with its code."""
    name = branch.name_zh if get_language() == "zh-hans" else branch.name_en
    return f"{branch.code} {name}"


def find_branches(actor: Actor, text: str) -> list[tuple[UUID, str]]:
    """Return the branches that a typed code or name may mean; an exact code or name means one alone."""
    rows = Branch.objects.visible_to(actor)
    exact = rows.filter(Q(code__iexact=text) | Q(name_zh=text) | Q(name_en__iexact=text))
    return [(b.id, named(b)) for b in exact or rows.filter(Q(name_zh__icontains=text) | Q(name_en__icontains=text))[:6]]


def branch_names(ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names of branches by their keys."""
    return {b.id: named(b) for b in Branch.objects.filter(pk__in=ids)}


def hotline() -> str:
    """Return the telephone that stands for the whole company: that of the first branch which has one."""
    return Branch.objects.exclude(phone="").order_by("code").values_list("phone", flat=True).first() or ""
