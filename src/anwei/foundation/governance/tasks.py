"""The nightly inspection."""

from typing import Any

import orjson
from django.utils import timezone

from anwei.core.jobs import AGAIN, app, later
from anwei.core.operation import deliver
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.governance.operations import keep_inspection
from anwei.foundation.governance.queries import checked

NIGHTLY = "30 18 * * *"  # in UTC: half past two at night in China


@app.periodic(cron=NIGHTLY)
@app.task(name="governance.inspect", retry=AGAIN)
def inspect(timestamp: int) -> None:
    """Look at everything that must always hold, and keep what was found: once for each moment of the timetable."""
    found = checked()  # outside the deed: it may take minutes, and an open deed holds the sealer back
    broken = [{"name": c["name"], "rows": orjson.loads(orjson.dumps(c["rows"], default=str))} for c in found if not c["ok"]]

    def arguments() -> dict[str, Any]:
        return {"names": [c["name"] for c in found], "broken": broken, "at": timezone.now()}

    deliver(keep_inspection, system_actor("timetable"), arguments, lambda kept: {"id": str(kept.pk)}, request_id=f"inspection {timestamp}")


def inspect_now() -> None:
    """Have an inspection done by the next worker that is free."""
    later("governance.inspect", "governance.inspect", timestamp=int(timezone.now().timestamp()))
