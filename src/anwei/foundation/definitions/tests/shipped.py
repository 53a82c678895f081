"""Ways to the shipped files, for the tests."""

import json
from pathlib import Path
from typing import Any

import yaml

SHIPPED = Path(__file__).parent.parent / "shipped"


def read_yaml(name: str) -> Any:
    """Read one shipped YAML file."""
    return yaml.safe_load((SHIPPED / name).read_text(encoding="utf-8"))


def read_holidays(year: int) -> list[dict[str, Any]]:
    """Read the announced days of one year."""
    days: list[dict[str, Any]] = json.loads((SHIPPED / f"calendar-cn/{year}.json").read_text(encoding="utf-8"))["days"]
    return days
