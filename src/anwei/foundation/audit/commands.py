"""Subcommands that seal, verify and hand out the trail."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from anwei.core.command import DONE, FOUND, Command, Impossible, Unusable


def _verify(args: Namespace) -> int:
    from django.conf import settings

    from anwei.foundation.audit.verification import verify_trail

    verdict = verify_trail(settings.TRAIL_KEY, settings.TRAIL_COPIES)
    if args.json:
        print(json.dumps({
            "ok": verdict.ok, "sealed": verdict.sealed, "unsealed": verdict.unsealed, "first_bad": verdict.first_bad,
            "checkpoint": verdict.checkpoint, "findings": verdict.findings,
        }, ensure_ascii=False))  # fmt: skip
        return DONE if verdict.ok else FOUND
    for finding in verdict.findings:
        print(finding)
    print(f"{'OK' if verdict.ok else 'BAD'}: {verdict.sealed} rows sealed, {verdict.unsealed} waiting")
    return DONE if verdict.ok else FOUND


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a folder that is empty or not there yet")


def _export(args: Namespace) -> int:
    from django.conf import settings

    from anwei.foundation.audit.export import export
    from anwei.foundation.audit.note import Signer

    if args.out.exists() and (not args.out.is_dir() or any(args.out.iterdir())):
        raise Unusable(f"{args.out} is not an empty folder.")
    rows = export(args.out, Signer.kept_in(settings.TRAIL_KEY).verifier)
    said = {"rows": rows, "folder": str(args.out)}
    print(json.dumps(said) if args.json else f"{rows} rows written; verify them with: python {args.out / 'verify.py'} {args.out}")
    return DONE


def _seal(args: Namespace) -> int:
    import os

    import psycopg
    from django.conf import settings

    from anwei.foundation.audit.note import Signer
    from anwei.foundation.audit.sealer import publish_newest, seal_all

    signer = Signer.kept_in(settings.TRAIL_KEY)
    with psycopg.connect(os.environ["ANWEI_DSN_SEALER"], autocommit=True) as connection:
        passes = seal_all(connection, signer)
        if not passes:
            raise Impossible("Another sealer is at work.")
        published = publish_newest(connection, settings.TRAIL_COPIES, signer)
    said = {
        "added": sum(done.added for done in passes),
        "copy": str(published) if published else None,
        "strays": [change for done in passes for change, _table, _row in done.strays],
    }
    print(json.dumps(said) if args.json else f"{said['added']} rows sealed; the newest checkpoint is copied to {said['copy']}")
    return FOUND if said["strays"] else DONE


COMMANDS = [
    Command("audit verify", "verify the whole trail in place", _verify),
    Command("audit export", "write the sealed trail out, with the program that verifies it", _export, _export_arguments),
    Command("audit seal", "seal what is finished and copy the checkpoint outside", _seal, login="sealer"),
]
