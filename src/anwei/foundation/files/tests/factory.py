"""Papers to print in tests: one repair of a ventilator, its invoice and stickers."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from anwei.foundation.files.paper.documents import (
    Bilingual,
    Clearance,
    Company,
    DeviceFacts,
    InstrumentUsed,
    InvoiceDocument,
    InvoiceLine,
    LabourLine,
    PartLine,
    Payment,
    PaymentState,
    Picture,
    Reading,
    Release,
    ServiceReport,
    ServiceTimes,
    Signature,
    Site,
    Verdict,
)
from anwei.foundation.files.paper.labels import Sticker, StickerDevice

SHANGHAI = ZoneInfo("Asia/Shanghai")
PROVIDER = Company(
    name=Bilingual("安维医疗设备服务（武汉）有限公司", "Anwei Medical Device Service (Wuhan) Co., Ltd."),
    address=Bilingual("武汉市江汉区示例路 18 号", "18 Shili Road, Jianghan District, Wuhan"),
    phone="027-8000 0000",
    tax_number="91420103DEMO000001",
    bank=Bilingual("示例银行武汉分行", "Example Bank, Wuhan Branch"),
    account="4200 0000 0000 0001",
)
HOSPITAL = Bilingual("武汉市第一医院", "Wuhan No. 1 Hospital")


def at(hour: int, minute: int) -> datetime:
    return datetime(2026, 11, 24, hour, minute, tzinfo=SHANGHAI)


def picture(caption: Bilingual, size: tuple[int, int] = (480, 320)) -> Picture:
    image = Image.new("RGB", size, "#2b3634")
    ImageDraw.Draw(image).rectangle((40, 30, size[0] - 40, size[1] - 40), fill="#0d1817", outline="#c4271b", width=6)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=80)
    return Picture(jpeg=file.getvalue(), width=size[0], height=size[1], caption=caption)


def signature(name: str, role: Bilingual, meaning: Bilingual, hour: int, minute: int) -> Signature:
    wave = tuple((float(x), 20 + 14 * ((x * 7) % 11 - 5) / 5) for x in range(0, 160, 6))
    return Signature(name=name, role=role, meaning=meaning, at=at(hour, minute), strokes=(wave, ((150, 4), (180, 36))))


def reading(zh: str, en: str, before: str | None, after: str, low: str | None, high: str | None, unit: str) -> Reading:
    return Reading(
        name=Bilingual(zh, en),
        before=D(before) if before else None,
        after=D(after),
        low=D(low) if low else None,
        high=D(high) if high else None,
        unit=unit,
        verdict=Verdict.PASS,
    )


def service_report(**changes) -> ServiceReport:
    values = {
        "number": "SR-2611-0031",
        "order_number": "SH-2611-0042",
        "issued_at": at(15, 30),
        "provider": PROVIDER,
        "site": Site(
            customer=HOSPITAL,
            department=Bilingual("重症医学科", "ICU"),
            place=Bilingual("7 层 3 床", "Floor 7, bed 3"),
            reported_by=Bilingual("护士 周敏", "Zhou Min, nurse"),
            contract=Bilingual("全保 HT-2026-0088", "Full service"),
        ),
        "device": DeviceFacts(
            name=Bilingual("呼吸机", "Ventilator"),
            model="LB-V60",
            maker=Bilingual("立邦医疗", "Libang Medical"),
            serial="LB60-23A0417",
            udi_di="06971234500014",
            asset_number="WH1-ICU-0317",
            software="4.3.1",
        ),
        "release": Release(clearance=Clearance.RELEASED, by="郑颖 Zheng Ying", at=at(15, 26), independent=True),
        "verify_url": "https://anwei.example/v/8F3K2M9Q",
        "serviced_on": date(2026, 11, 24),
        "servicers": ("陈立 Chen Li",),
        "times": ServiceTimes(
            reported_at=at(12, 52),
            responded_at=at(12, 58),
            arrived_at=at(13, 42),
            finished_at=at(15, 22),
            downtime=timedelta(hours=2, minutes=34),
            service_level=Bilingual("三项按时", "All three in time"),
        ),
        "fault": Bilingual("潮气量偏低，报警 E-57", "Low tidal volume, alarm E-57 (FC-203)"),
        "cause": Bilingual("流量传感器漂移，呼气阀膜片老化", "Flow sensor drift, worn exhalation diaphragm"),
        "work_done": Bilingual("更换两件，校准，清洁，全项检测", "Both replaced, calibrated, cleaned, fully tested"),
        "readings": (
            reading("潮气量", "Tidal volume", "412", "498", "450", "550", "mL"),
            reading("呼气末正压", "PEEP", "5.0", "5.1", "4.0", "6.0", "cmH₂O"),
            reading("氧浓度", "FiO₂", "50", "50", "47", "53", "%"),
            reading("气道峰压", "Peak pressure", "19", "20", "18", "22", "cmH₂O"),
            reading("保护接地电阻", "Earth resistance", None, "0.08", None, "0.20", "Ω"),
            reading("外壳漏电流", "Enclosure leakage", None, "31", None, "100", "µA"),
        ),
        "instruments": (
            InstrumentUsed(name=Bilingual("气流分析仪", "Gas flow analyser"), number="TG-04", calibrated_until=date(2027, 3, 31)),
            InstrumentUsed(name=Bilingual("电气安全分析仪", "Safety analyser"), number="ES-11", calibrated_until=date(2027, 1, 15)),
        ),
        "parts": (
            PartLine(
                name=Bilingual("流量传感器", "Flow sensor"),
                number="FS-2210",
                new_serial="FS22-60B1182",
                old_serial="FS22-58A0931",
                old_fate=Bilingual("返厂", "returned"),
                payer=Bilingual("厂家，件内质保", "Maker, part warranty"),
            ),
            PartLine(
                name=Bilingual("呼气阀膜片", "Exhalation diaphragm"),
                number="EV-0310",
                new_serial="26-0731",
                old_fate=Bilingual("报废", "scrapped"),
                payer=Bilingual("医院，何建国批准", "Hospital, approved"),
                amount=D("180.00"),
            ),
        ),
        "labour": (
            LabourLine(name=Bilingual("差旅", "Travel"), hours=D("0.7"), payer=Bilingual("合同内", "Covered by contract")),
            LabourLine(name=Bilingual("维修", "Repair"), hours=D("1.0"), payer=Bilingual("合同内", "Covered by contract")),
        ),
        "total_due": D("180.00"),
        "photos": (picture(Bilingual("修前", "Before")), picture(Bilingual("修后", "After"))),
        "signatures": (
            signature("陈立", Bilingual("工程师", "Engineer"), Bilingual("以上工作由我完成", "I did the work above"), 15, 22),
            signature(
                "郑颖", Bilingual("质量放行", "Release"), Bilingual("我放行本设备用于临床", "I release the device to clinical use"), 15, 26
            ),
            signature("余芳", Bilingual("护士长", "Head nurse"), Bilingual("我收到设备和本报告", "I received device and report"), 15, 28),
        ),
        "notes": (Bilingual("演示数据，人名均为虚构。", "Demo data, people are invented."),),
    }
    return ServiceReport(**{**values, **changes})


def invoice(**changes) -> InvoiceDocument:
    def line(zh: str, en: str, quantity: str, unit: Bilingual, price: str, net: str, tax: str, gross: str) -> InvoiceLine:
        return InvoiceLine(
            description=Bilingual(zh, en), quantity=D(quantity), unit=unit, unit_price=D(price),
            tax_rate=D(6) if unit.en == "h" else D(13), net=D(net), tax=D(tax), gross=D(gross),
        )  # fmt: skip

    values = {
        "number": "WH-2026-000123",
        "issued_at": at(16, 5),
        "seller": PROVIDER,
        "buyer": Company(name=HOSPITAL, address=Bilingual("武汉市硚口区中山大道 215 号"), tax_number="12420100DEMO000002"),
        "lines": (
            line("呼气阀膜片 EV-0310", "Exhalation diaphragm", "1", Bilingual("个", "pc"), "159.29", "159.29", "20.71", "180.00"),
            line("上门工时", "Labour on site", "1.50", Bilingual("小时", "h"), "400", "600.00", "36.00", "636.00"),
        ),
        "order_number": "SH-2611-0042",
        "contract": "HT-2026-0088",
        "payment": Payment(state=PaymentState.PARTLY_PAID, due_on=date(2026, 12, 24), paid=D("180.00"), paid_on=date(2026, 11, 30)),
        "verify_url": "https://anwei.example/v/WH2026000123",
        "notes": (Bilingual("请在付款时注明账单号。", "Please quote the invoice number with your payment."),),
    }
    return InvoiceDocument(**{**values, **changes})


def blank(number: int = 1) -> Sticker:
    code = f"K7M2-{number:04d}"
    return Sticker(code=code, url=f"https://anwei.example/q/{code}", hotline="400-000-0000")


def claimed(number: int = 1) -> Sticker:
    code = f"K7M2-{number:04d}"
    device = StickerDevice(name=Bilingual("呼吸机", "Ventilator"), model="LB-V60", serial="LB60-23A0417", owner=HOSPITAL)
    return Sticker(code=code, url=f"https://anwei.example/q/{code}", device=device, hotline="400-000-0000")
