"""The service report holds what the law asks for, and says nothing that was not given."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from django.utils.translation import override

from anwei.foundation.files.errors import IncompleteReport
from anwei.foundation.files.paper.canonical import digest
from anwei.foundation.files.paper.documents import (
    Bilingual,
    Clearance,
    DeviceFacts,
    InstrumentUsed,
    LabourLine,
    Reading,
    Release,
    Signature,
    Verdict,
)
from anwei.foundation.files.paper.service_report import missing_fields, service_report
from anwei.foundation.files.tests import factory
from anwei.foundation.files.tests.reading import codes, edges, holds, pages, text


def test_every_field_of_820_35_b_is_printed() -> None:
    holds(
        service_report(factory.service_report()),
        "呼吸机 Ventilator", "LB-V60",  # (1) the device
        "UDI-DI 06971234500014", "LB60-23A0417", "WH1-ICU-0317",  # (2) its identifiers
        "服务日期 Date of service 2026-11-24",  # (3)
        "维修人员 Serviced by 陈立 Chen Li",  # (4)
        "更换两件，校准，清洁，全项检测 Both replaced, calibrated, cleaned, fully tested",  # (5)
        "潮气量 Tidal volume 412 偏低 Low 498 450–550 mL 合格 Pass",  # (6)
        "保护接地电阻 Earth resistance 0.08 ≤ 0.20 Ω 合格 Pass",
    )  # fmt: skip


def test_customer_times_parts_and_release_are_printed() -> None:
    holds(
        service_report(factory.service_report()),
        "SR-2611-0031", "SH-2611-0042", "武汉市第一医院 Wuhan No. 1 Hospital", "重症医学科 ICU", "护士 周敏 Zhou Min, nurse",
        "2026-11-24 12:52", "2026-11-24 15:22", "2 小时 34 分钟 2 h 34 min", "三项按时 All three in time",
        "TG-04 校准到 calibrated until 2027-03-31",
        "流量传感器 Flow sensor FS-2210 FS22-60B1182 FS22-58A0931 返厂 returned 1 厂家，件内质保 Maker, part warranty",
        "呼气阀膜片 Exhalation diaphragm EV-0310 26-0731 报废 scrapped 1 医院，何建国批准 Hospital, approved 180.00",
        "差旅 Travel 0.7 h 合同内 Covered by contract", "客户应付合计 Total due from customer 180.00",
        "已修复，可以临床使用 Repaired, released to clinical use", "绿 合格 Green: pass",
        "决定 Decided 2026-11-24 15:26 郑颖 Zheng Ying (不是维修人 not the repairer)",
    )  # fmt: skip


def test_a_signature_shows_name_role_time_and_meaning() -> None:
    printed = service_report(factory.service_report())
    holds(printed, "质量放行 Release", "郑颖 2026-11-24 15:26", "我放行本设备用于临床 I release the device to clinical use")


LACKS = {
    "name of the device": {"device": DeviceFacts(name="", serial="7", carries_no_udi=True)},
    "UDI, or the answer": {"device": DeviceFacts(name="泵", serial="7")},
    "an identifier": {"device": DeviceFacts(name="泵", carries_no_udi=True)},
    "date of service": {"serviced_on": None},
    "who serviced": {"servicers": ()},
    "service performed": {"work_done": ""},
    "test and inspection data": {"readings": ()},
}


@pytest.mark.parametrize(("lack", "changes"), LACKS.items())
def test_without_one_of_the_fields_no_report_is_issued(lack, changes) -> None:
    report = factory.service_report(**changes)
    with override("en"), pytest.raises(IncompleteReport, match=lack):
        service_report(report)
    assert len(missing_fields(report)) == 1
    holds(service_report(replace(report, draft=True)), "草稿", "DRAFT")


def test_what_is_missing_is_told_in_the_language_of_the_reader() -> None:
    with override("zh-hans"), pytest.raises(IncompleteReport) as refusal:
        service_report(factory.service_report(work_done="", servicers=()))
    assert str(refusal.value) == "服务报告还不能出具。还缺：维修人员、所做的工作。"


def test_an_issued_report_is_no_draft() -> None:
    assert "草稿" not in text(service_report(factory.service_report()))


def test_a_device_without_udi_says_so() -> None:
    device = DeviceFacts(name="手术床", serial="OT-7", carries_no_udi=True)
    holds(service_report(factory.service_report(device=device)), "UDI-DI 设备上没有 UDI Device carries no UDI")


def test_no_test_needs_a_reason_and_shows_it() -> None:
    report = factory.service_report(readings=(), no_test_reason=Bilingual("仅更换外壳螺丝", "only a screw of the case"))
    holds(service_report(report), "未做检测 No test was made: 仅更换外壳螺丝 only a screw of the case")


def test_the_code_leads_to_the_verification() -> None:
    assert codes(service_report(factory.service_report())) == ["https://anwei.example/v/8F3K2M9Q"]


def test_the_same_report_is_the_same_file() -> None:
    assert service_report(factory.service_report()) == service_report(factory.service_report())


def test_the_fingerprint_is_printed_and_follows_the_data_alone() -> None:
    report = factory.service_report()
    holds(service_report(report), digest(report))
    assert digest(replace(report, languages=("en",), verify_url="https://else.example", draft=True)) == digest(report)
    assert len({digest(report), *(digest(replace(report, **change)) for change in CHANGES)}) == len(CHANGES) + 1


CHANGES: list[dict[str, Any]] = [
    {"work_done": "无"},
    {"total_due": D("180.01")},
    {"issued_at": factory.at(15, 31)},
    {"photos": (factory.picture(Bilingual("修前")),)},
    {"signatures": ()},
    {"serviced_on": date(2026, 11, 25)},
]


def test_a_report_in_one_language_holds_no_word_of_the_other() -> None:
    english = text(service_report(factory.service_report(languages=("en",))))
    assert "Serialno." in english
    assert not {"序", "号", "合", "格", "故"} & set(english)
    chinese = text(service_report(factory.service_report(languages=("zh-hans",))))
    assert "序列号" in chinese
    assert "Serial" not in chinese
    assert "Ventilator" not in chinese


def test_english_may_come_first() -> None:
    holds(service_report(factory.service_report(languages=("en", "zh-hans"))), "Serial no. 序列号", "Ventilator 呼吸机")


@pytest.mark.parametrize(
    ("clearance", "words"),
    [
        (Clearance.LIMITED, "限制使用 Limited use only"),
        (Clearance.BLOCKED, "停用，请勿使用 Do not use"),
        (Clearance.PENDING, "尚未放行，请勿使用 Not yet released, do not use"),
    ],
)
def test_a_device_not_released_says_so(clearance, words) -> None:
    printed = service_report(factory.service_report(release=Release(clearance=clearance, reason="等待复检")))
    holds(printed, words, "原因 Reason 等待复检")
    assert "可以临床使用" not in text(printed)


def test_readings_out_of_limits_are_marked_on_either_side() -> None:
    readings = (
        Reading(name="漏电流", after=D("120"), high=D(100), unit="µA", verdict=Verdict.FAIL),
        Reading(name="外观", after=Bilingual("完好", "intact"), verdict=Verdict.RECORDED),
    )
    holds(
        service_report(factory.service_report(readings=readings)), "120 偏高 High ≤ 100 µA 不合格 Fail", "外观 完好 intact 仅记录 Recorded"
    )


def test_an_instrument_whose_calibration_had_ended_is_named_as_such() -> None:
    expired = InstrumentUsed(name="测试仪", number="T-1", calibrated_until=date(2026, 11, 23))
    holds(service_report(factory.service_report(instruments=(expired,))), "T-1 校准已过期 calibration expired 2026-11-23")


def test_what_is_covered_shows_its_ground_and_no_amount() -> None:
    report = factory.service_report(parts=(), labour=(LabourLine(name="维修", hours=D(2), payer="合同内"),), total_due=None, instruments=())
    printed = service_report(report)
    holds(printed, "维修 2 h 合同内")
    assert "0.00" not in text(printed)


def test_a_long_report_runs_on_with_its_number_and_heads_on_every_page() -> None:
    report = factory.service_report(
        readings=tuple(factory.reading(f"项目 {number}", f"Item {number}", "1", "2", "0", "3", "V") for number in range(90)),
        photos=tuple(factory.picture(Bilingual(f"照片 {number}"), (320, 480)) for number in range(8)),
        signatures=tuple(replace(signature, strokes=()) for signature in factory.service_report().signatures * 3),
    )
    printed = pages(service_report(report))
    assert len(printed) >= 3
    for number, page in enumerate(printed, start=1):
        assert f"Page {number} of {len(printed)}" in page
        assert "SR-2611-0031" in page
    assert all("Limits" in page for page in printed[:2])
    assert all(f"Item {number}\n" in "".join(printed) or f"Item {number} " in "".join(printed) for number in range(90))


def test_the_look_of_one_repair_is_one_page() -> None:
    assert len(pages(service_report(factory.service_report()))) == 1


@pytest.mark.parametrize("field", ["fault", "work_done", "remarks"])
def test_a_text_without_spaces_stays_on_the_paper(field) -> None:
    printed = service_report(factory.service_report(**{field: "ABCDEFGH0123456789" * 30}))
    left, right = edges(printed)
    assert left > 16
    assert right < 210 - 16
    holds(printed, "ABCDEFGH0123456789" * 30)


def test_a_serial_of_twenty_signs_stays_clear_of_its_neighbour() -> None:
    part = replace(factory.service_report().parts[0], new_serial="X" * 20, old_serial="J" * 20)
    printed = service_report(factory.service_report(parts=(part,)))
    assert edges(printed, "X")[1] < edges(printed, "J")[0]


def test_long_numbers_stay_in_their_columns() -> None:
    part = replace(factory.service_report().parts[0], new_serial="N" * 60, old_serial="O" * 60, number="P" * 40)
    device = replace(factory.service_report().device, serial="S" * 120, other_identifiers=("X" * 50, "Y" * 50))
    printed = service_report(factory.service_report(parts=(part,), device=device))
    assert edges(printed)[1] < 210 - 16
    holds(printed, "N" * 8)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        service_report(factory.service_report(release=Release(clearance=Clearance.RELEASED, at=factory.at(1, 0).replace(tzinfo=None))))


def test_a_signature_of_broken_strokes_is_refused() -> None:
    for strokes in ((((float("nan"), 1.0),),), (((1e300, 1.0),),), ((tuple((1.0, 1.0) for _ in range(20_001))),)):
        signed = Signature(name="甲", role="工程师", meaning="完成", at=factory.at(1, 0), strokes=strokes)
        with pytest.raises(ValueError, match="signature"):
            service_report(factory.service_report(signatures=(signed,)))


def test_long_standstill_is_told_in_days() -> None:
    times = replace(factory.service_report().times, downtime=timedelta(days=3, hours=2))
    holds(service_report(factory.service_report(times=times)), "3 天 2 小时", "3 days 2 h")
