"""What must always hold, checked now; nothing is repaired."""

from typing import Any

from anwei.core.registers import registers


def checked() -> list[dict[str, Any]]:
    """Return `[{"name", "ok", "rows"}]` of every registered invariant, by name; `rows` are those that break it."""
    found = {invariant.name: [dict(row) for row in invariant.broken()] for invariant in registers.invariants}
    return [{"name": name, "ok": not rows, "rows": rows} for name, rows in sorted(found.items())]
