"""Who acts in the demo, and by what chance."""

import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from anwei.core.actor import Actor
from anwei.equipment.devices.models import Device
from anwei.equipment.instruments.models import Instrument
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.queries import actor_for, system_actor
from anwei.foundation.branches.models import Branch
from anwei.foundation.staff.models import Engineer
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Place

SEED = 20261124


@dataclass
class Cast:
    """The demo company while it is being built."""

    now: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311  a demo, no secret
    branches: dict[str, Branch] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    engineers: list[Engineer] = field(default_factory=list)
    engineer_users: dict[UUID, User] = field(default_factory=dict)
    vans: dict[UUID, Place] = field(default_factory=dict)
    stores: dict[str, Place] = field(default_factory=dict)
    bins: dict[str, list[Place]] = field(default_factory=dict)
    instruments: dict[tuple[UUID, str], Instrument] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    system: Actor = field(default_factory=lambda: system_actor("demo"))

    def actor(self, username: str) -> Actor:
        """Return one of the demo's users with their rights and rows as they stand now."""
        return actor_for(self.users[username], "page")

    def engineer_actor(self, engineer: Engineer) -> Actor:
        """Return an engineer as an actor."""
        return actor_for(self.engineer_users[engineer.pk], "phone")

    def pick(self, rows: list[Any]) -> Any:
        """Return one of some, by the seeded chance."""
        return self.chance.choice(rows)
