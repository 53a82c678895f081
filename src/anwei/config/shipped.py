"""The shipped rules, installed and upgraded through operations like any other. Runs as the application."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from anwei.foundation import definitions
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.roles import shipped_roles
from anwei.foundation.definitions.models import Definition
from anwei.foundation.definitions.operations import install
from anwei.foundation.governance.operations import upgrade_rule
from anwei.foundation.ledger.operations import install_chart

SHIPPED = Path(definitions.__file__).parent / "shipped"


def shipped_rules() -> Iterator[dict[str, Any]]:
    """Return every rule that lies in the tree: `{kind, key, zh, en, body}`."""
    for role in shipped_roles():
        body = {"side": role["side"], "everywhere": role["everywhere"], "rights": role["rights"]}
        yield {"kind": "role", "key": role["key"], "zh": role["zh"], "en": role["en"], "body": body}
    yield from _checklists()
    for path in sorted(SHIPPED.glob("*.yaml")):
        yield yaml.safe_load(path.read_text(encoding="utf-8"))


def _checklists() -> Iterator[dict[str, Any]]:
    """Return test blocks, release rules and order templates, as the domain's files hold them."""
    lists, release = (
        yaml.safe_load((SHIPPED / "domain" / name).read_text(encoding="utf-8")) for name in ("checklists.yaml", "release_tests.yaml")
    )
    body = {
        "blocks": {b["key"]: b for b in lists["blocks"]},
        "electrical_by_category": lists["electrical_by_category"],
        "performance_by_category": lists["performance_by_category"],
        "release": release,
    }
    yield {"kind": "tests", "key": "release_tests", "zh": "检测与放行规则", "en": "Tests and release rules", "body": body}
    for template in lists["templates"]:
        yield {"kind": "template", "key": template["key"], "zh": template["zh"], "en": template["en"], "body": template}


def install_shipped(at: datetime) -> None:
    """Install every rule that lies in the tree and that this company does not have yet; bring newer texts of those that it has."""
    known = {(d.kind, d.key): d for d in Definition.objects.all()}
    actor = system_actor("upgrade" if known else "installation")
    install_chart(actor=actor)
    for rule in shipped_rules():
        if definition := known.get((rule["kind"], rule["key"])):
            upgrade_rule(actor=actor, definition=definition, body=rule["body"], at=at)
        else:
            install(actor=actor, kind=rule["kind"], key=rule["key"], name_zh=rule["zh"], name_en=rule["en"], body=rule["body"], at=at)
