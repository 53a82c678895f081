"""Real hospitals and models through the importer; six hundred invented devices among them, with contracts and stickers."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from anwei.equipment.contracts.operations import sign
from anwei.equipment.devices.models import DeviceModel
from anwei.equipment.devices.operations import claim, install, print_stickers, register
from anwei.foundation.accounts.operations import grant_rows
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.organisations.operations import add_contact, add_department
from anwei.initialisation.demo.cast import Cast
from anwei.initialisation.migration.models import ImportSession
from anwei.initialisation.migration.operations import check, load

DATA = Path(__file__).parent / "data"
DEVICES, PER_HOSPITAL = 600, 10
WARDS = ["急诊科", "重症医学科", "手术室", "心内科", "呼吸科", "新生儿科", "血透室", "麻醉科", "检验科", "放射科"]
STICKERS = 120


def import_file(cast: Cast, kind: str, name: str) -> ImportSession:
    """Check and load one of the real files as the data steward."""
    steward = cast.actor("steward").at("import")
    session = check(actor=steward, kind=kind, name=name, content=(DATA / name).read_bytes(), at=cast.now)
    load(steward, session)
    return session


def _customers(cast: Cast) -> list[Organisation]:
    """Return the hospitals that are customers: graded ones of the served provinces, by chance."""
    chosen = []
    for branch in cast.branches.values():
        graded = list(Organisation.objects.hospitals().filter(branch=branch).exclude(level="").exclude(adcode="").order_by("pk"))
        home = [o for o in graded if o.adcode[:4] == branch.adcode[:4]]
        chosen += cast.chance.sample(home, min(10, len(home))) + cast.chance.sample(graded, min(12, len(graded)))
    return list({o.pk: o for o in chosen}.values())


def place_devices(cast: Cast) -> None:
    """Register and install the devices, ward by ward."""
    customers = _customers(cast)
    models = list(DeviceModel.objects.exclude(category="").order_by("pk"))
    today = timezone.localdate(cast.now)
    wards = {o.pk: [add_department(actor=cast.system, organisation=o, name=w) for w in cast.chance.sample(WARDS, 4)] for o in customers}
    for hospital in customers:
        add_contact(actor=cast.system, organisation=hospital, name="设备科 何样设", phone="13900000000", duty="设备科")
    for number in range(DEVICES):
        hospital, model = cast.pick(customers), cast.pick(models)
        bought = today - timedelta(days=cast.chance.randint(60, 2600))
        ward = cast.pick(wards[hospital.pk])
        device = register(
            actor=cast.system, model=model, hospital=hospital, serial=f"AW{bought:%y%m}{number:04d}", has_no_udi=not model.udi_di,
            at=cast.now, department=ward, room=f"{cast.chance.randint(1, 18)} 层 {cast.chance.randint(1, 40)} 床", purchased_on=bought,
            warranty_until=bought + timedelta(days=730),
        )  # fmt: skip
        cast.devices.append(install(actor=cast.system, device=device, installed_on=bought + timedelta(days=14), at=cast.now))
    grant_rows(actor=cast.system, user=cast.users["hospital"], kind="hospital", record_id=cast.devices[0].hospital_id)


def sign_contracts(cast: Cast) -> None:
    """Sign contracts of every scheme and tier; some end soon, some have ended."""
    today = timezone.localdate(cast.now)
    by_hospital: dict[Organisation, list[int]] = {}
    for place, device in enumerate(cast.devices):
        by_hospital.setdefault(device.hospital, []).append(place)
    schemes = ["full", "full_ex_major", "technical", "labour_only"]
    for turn, (hospital, places) in enumerate(sorted(by_hospital.items(), key=lambda item: str(item[0].pk))):
        if turn % 4 == 3:  # every fourth hospital has no contract
            continue
        starts = today - timedelta(days=cast.chance.choice([30, 120, 300, 345, 500]))
        sign(
            actor=cast.system, customer=hospital, scheme=schemes[turn % 4], tier=cast.pick(["gold", "silver", "basic"]), starts_on=starts,
            ends_on=starts + timedelta(days=364), at=cast.now, devices=[cast.devices[p] for p in places],
        )  # fmt: skip


def put_stickers(cast: Cast) -> None:
    """Print a sheet of blank stickers and put most of them on devices."""
    sheet = print_stickers(actor=cast.system, at=cast.now, count=STICKERS)
    for sticker, device in zip(sheet[: STICKERS - 20], cast.devices, strict=False):
        claim(actor=cast.system, device=device, code=sticker.code, at=cast.now)
