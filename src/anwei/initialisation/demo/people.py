"""Branches, users and engineers of the demo, from the domain's synthetic company."""

from datetime import timedelta
from typing import Any, Literal

from django.utils import timezone

from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import create_user, give_role, grant_rows
from anwei.foundation.branches.operations import open_branch
from anwei.foundation.definitions.queries import domain
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.organisations.operations import register as register_body
from anwei.foundation.staff.models import Engineer
from anwei.foundation.staff.operations import add_certificate, enter_absence, grade_skill, register_engineer
from anwei.initialisation.demo.accounts import accounts, password
from anwei.initialisation.demo.cast import Cast

CITIES = {"hz": ("330100", "浙江省杭州市西湖区示范路 1 号", "0571-00000001"),
          "cd": ("510100", "四川省成都市武侯区示范路 2 号", "028-00000002"),
          "sy": ("210100", "辽宁省沈阳市和平区示范路 3 号", "024-00000003")}  # fmt: skip
HOMES = {
    "hz": ["330106", "330110", "330102", "320100", "310115", "330200"],
    "cd": ["510107", "510104", "500103", "510106"],
    "sy": ["210102", "210106"],
}
PROVINCES = {"浙江": "浙江省", "江苏": "江苏省", "上海": "上海市", "安徽": "安徽省", "四川": "四川省", "重庆": "重庆市", "贵州": "贵州省",
             "云南": "云南省", "辽宁": "辽宁省", "吉林": "吉林省", "黑龙江": "黑龙江省"}  # fmt: skip
SIDES: dict[str, Literal["ours", "hospital", "distributor"]] = {"hospital_engineer": "hospital", "distributor_user": "distributor"}
ENGINEERS = ("e01", "e02", "e03", "e04", "e05", "e06", "e07", "e10", "e12", "e13", "e17", "e18")


def _company() -> dict[str, Any]:
    company: dict[str, Any] = domain("people")["company"]
    return company


def open_branches(cast: Cast) -> None:
    """Open the three branches with the provinces they serve."""
    for row in _company()["branches"]:
        adcode, address, phone = CITIES[row["key"]]
        cast.branches[row["key"].upper()] = open_branch(
            actor=cast.system, code=row["key"].upper(), name_zh=row["zh"], name_en=row["en"],
            provinces=[PROVINCES[r] for r in row["region"]], address=address, phone=phone, adcode=adcode,
        )  # fmt: skip


def make_users(cast: Cast) -> None:
    """Create one user per role, with the rows they work on."""
    for row in accounts():
        side = SIDES.get(row["role"], "ours")
        user = create_user(actor=cast.system, username=row["username"], name=row["name"], password=password(), side=side)
        give_role(actor=cast.system, user=user, role=row["role"])
        if branch := row.get("branch"):
            grant_rows(actor=cast.system, user=user, kind="branch", record_id=cast.branches[branch].pk)
        cast.users[row["username"]] = user
    for code in ("CD", "SY"):  # the other branches are worked by people of their own
        for role in ("intake_clerk", "dispatcher", "storekeeper"):
            name = f"{role.split('_')[0]}-{code.lower()}"
            user = create_user(actor=cast.system, username=name, name=f"{cast.branches[code].name_zh[:2]}样{role[:1].upper()}")
            give_role(actor=cast.system, user=user, role=role)
            grant_rows(actor=cast.system, user=user, kind="branch", record_id=cast.branches[code].pk)
            cast.users[name] = user


def hire_engineers(cast: Cast) -> None:
    """Register twelve engineers with skills, certificates (some expired on purpose) and an absence or two."""
    people = {p["key"]: p for p in _company()["people"]}
    homes = {key: iter(codes * 2) for key, codes in HOMES.items()}
    for key in ENGINEERS:
        row = people[key]
        branch = cast.branches[row["branch"].upper()]
        user = cast.users["engineer"] if key == "e03" else _engineer_user(cast, key, row["zh"])
        engineer = register_engineer(
            actor=cast.system, name=row["zh"], branch=branch, user=user, phone=f"1380000{int(key[1:]):04d}",
            home_adcode=next(homes[row["branch"]]), rate=row["level"],
        )  # fmt: skip
        _qualify(cast, engineer, row)
        cast.engineers.append(engineer)
        cast.engineer_users[engineer.pk] = user
    away = cast.engineers[4]
    start = cast.now.replace(hour=0, minute=0, second=0, microsecond=0)
    enter_absence(actor=cast.system, engineer=away, from_at=start, to_at=start + timedelta(days=2), reason="年假")


def _engineer_user(cast: Cast, key: str, name: str) -> User:
    user = create_user(actor=cast.system, username=f"engineer-{key}", name=name)
    give_role(actor=cast.system, user=user, role="field_engineer")
    return user


def _qualify(cast: Cast, engineer: Engineer, row: dict[str, Any]) -> None:
    today = timezone.localdate(cast.now)
    for skill in row["skills"]:
        grade_skill(actor=cast.system, engineer=engineer, skill=skill["skill"], grade=skill["grade"])
    for held in row["certificates"]:
        ends = today + timedelta(days=held["expires_in_days"])
        add_certificate(
            actor=cast.system, engineer=engineer, kind=held["certificate"], expires_on=ends, issued_on=ends - timedelta(days=730)
        )


def sign_distributors(cast: Cast) -> None:
    """Register the distributors, and let the demo's outside users see their own."""
    for row in _company()["distributors"]:
        register_body(
            actor=cast.system, name=row["zh"], name_en=row["en"], roles=["distributor"], branch=cast.branches[row["branch"].upper()]
        )
    first = Organisation.objects.filter(roles__contains=["distributor"]).order_by("pk")[0]
    grant_rows(actor=cast.system, user=cast.users["dealer"], kind="distributor", record_id=first.pk)
