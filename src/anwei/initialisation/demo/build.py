"""Building the demo company, through the operations, in an order that tells its story."""

import sys
import time
from collections.abc import Callable

from django.utils import timezone

from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.models import Branch
from anwei.initialisation.demo.cast import Cast
from anwei.initialisation.demo.housekeeping import keep_house
from anwei.initialisation.demo.installed_base import import_file, place_devices, put_stickers, sign_contracts
from anwei.initialisation.demo.people import hire_engineers, make_users, open_branches, sign_distributors
from anwei.initialisation.demo.purchases import admit_suppliers, order_parts
from anwei.initialisation.demo.repairs import Repairs
from anwei.initialisation.demo.supplies import buy_instruments, fill_stores, list_parts, offer_substitutes

STAGES: list[tuple[str, Callable[[Cast], object]]] = [
    ("branches", open_branches),
    ("people", make_users),
    ("engineers", hire_engineers),
    ("distributors", sign_distributors),
    ("hospitals (imported)", lambda cast: import_file(cast, "hospital", "hospitals_cn_20200211.csv")),
    ("device models (imported)", lambda cast: import_file(cast, "device_model", "gudid_2016_serialised_reusable.csv")),
    ("devices", place_devices),
    ("contracts", sign_contracts),
    ("stickers", put_stickers),
    ("parts", list_parts),
    ("substitutes", offer_substitutes),
    ("instruments", buy_instruments),
    ("stores and vans", fill_stores),
    ("repairs", lambda cast: Repairs(cast).run()),
    ("returns, a transfer and a count", keep_house),
    ("suppliers", admit_suppliers),
    ("purchases", order_parts),
]


class NotTheDemo(Exception):
    """The database holds a company already, and it is not the demo's."""


def build() -> None:
    """Build the demo company if this database has no company yet; say on standard error what is being made.

    :raises NotTheDemo: a real company is there; in the demo anybody could become anybody in it
    """
    if Branch.objects.exists():
        if not Deed.objects.filter(verb="branches.open", actor_name="demo").exists():
            raise NotTheDemo("This database holds a company that is not the demo. Nothing was changed; use `anwei web` for it.")
        return
    cast = Cast(timezone.now())
    for name, stage in STAGES:
        begun = time.monotonic()
        stage(cast)
        sys.stderr.write(f"  demo: {name} ({time.monotonic() - begun:.1f} s)\n")
