"""The demo's accounts, from the one file that README and docs quote."""

import os
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "accounts.yaml"


@cache
def accounts() -> list[dict[str, Any]]:
    """Return the accounts of the demo, one per role."""
    rows: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["accounts"]
    return rows


@cache
def password() -> str:
    """Return the password of every demo account; on a database that is not the demo's own it is a drawn one, never the fixed one."""
    return os.environ.get("ANWEI_DEMO_PASSWORD") or str(yaml.safe_load(FILE.read_text(encoding="utf-8"))["password"])


def table(address: str, seconds: float) -> str:
    """Return what is printed when the demo runs: where, how long it took, and who can sign in."""
    rows = [f"  {a['username']:10} {a['zh']} · {a['en']}" for a in accounts()]
    return "\n".join(
        [
            "",
            f"Anwei 安维  {address}   ({seconds:.1f} s)",
            "Demo company, people and devices are invented. 演示公司，人员与设备均为虚构。",
            "",
            *rows,
            "",
            f"  password for all 统一密码: {password()}      Ctrl-C stops everything.",
        ]
    )
