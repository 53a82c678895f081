"""One invented day, in Chinese and English."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from anwei.core.shell import ClockView, Colour, Fact, MenuGroup, MenuItem, PillView, StripCell, TimelineEntry
from anwei.core.wording import left
from tests.look.models import Job

Words = tuple[str, str]  # in Chinese and in English
NOW = datetime(2026, 11, 24, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

# fault zh|en|model|state|minutes left|used %|paused|hospital zh|en|ward zh|en|turn|minutes ago|cost
ROWS = """
扫描中断，错误 E-2041|Scan aborts, error E-2041|CT HC-64|part|-35|100|0|武汉市中心医院|Wuhan Central Hospital|放射科|Radiology|林涛|515|4800
电导率报警，治疗中断|Conductivity alarm|RX-20|way|-22|100|0|武汉市第五医院|Wuhan No. 5 Hospital|血透室|Dialysis|马俊|142|
麻醉回路漏气|Breathing circuit leaks|AN-5|new|21|82|0|武汉市第四医院|Wuhan No. 4 Hospital|手术室 6|Theatre 6|王磊|99|
自检失败，不能充电|Self-test fails, no charge|DF-3|new|28|77|0|武汉市红十字会医院|Wuhan Red Cross Hospital|急诊科|Emergency|王磊|92|
血氧无读数|No SpO₂ reading|BK-M12|run|52|89|0|武汉市汉口医院|Wuhan Hankou Hospital|心内科|Cardiology|孙倩|428|260
图像偏色|Image tinted|EV-2|given|86|28|0|武汉市第三医院|Wuhan No. 3 Hospital|内镜中心|Endoscopy|赵航|34|
潮气量偏低，报警 E-57|Volume low, E-57|LB-V60|ask|390|19|1|武汉市第一医院|Wuhan No. 1 Hospital|重症医学科|Intensive care|何建国|98|2550
季度保养，12 台|Quarterly service, 12 units|BK-M12|given|1680|20|0|武汉市第九医院|Wuhan No. 9 Hospital|急诊科|Emergency|赵航|6000|
屏幕按键失灵|Touch keys dead|HA-P2|done|2000|60|0|武汉市武昌医院|Wuhan Wuchang Hospital|骨科|Orthopaedics|孙倩|299|410
""".strip().splitlines()


def say(zh: str, en: str) -> str:
    """Give the text of the reader's language."""
    return en if get_language() == "en" else zh


def pills() -> dict[str, PillView]:
    """Give the state pills."""
    return {
        "new": PillView(say("待派工", "Unassigned"), "grey", "todo", hollow=True),
        "given": PillView(say("已派工", "Assigned"), "blue", "user", hollow=True),
        "way": PillView(say("途中", "Travelling"), "blue", "car", hollow=True),
        "run": PillView(say("维修中", "Repairing"), "blue", "run", hollow=True),
        "part": PillView(say("等备件", "Needs part"), "amber", "wait"),
        "ask": PillView(say("等客户审批", "Awaiting approval"), "amber", "wait"),
        "done": PillView(say("已放行", "Released"), "green", "done", hollow=True),
    }


def clock_of(due: int, used: int, *, paused: bool = False, met: bool = False) -> ClockView:
    """Make a clock as the list shows it."""
    colour: Colour = "green" if met else "red" if due < 0 else "amber" if paused or used > 70 else "blue" if due < 600 else "grey"
    title = say("按时", "In time") if met else say("修复，暂停", "Fix, paused") if paused else say("到场", "On site")
    return ClockView(left(due), used, colour, paused=paused, met=met, title=title)


def fill(copies: int = 24) -> None:
    """Fill the table with the day, again and again."""
    Job.objects.bulk_create(
        _job(row.split("|"), copy, copy * len(ROWS) + place) for copy in range(copies) for place, row in enumerate(ROWS, start=1)
    )


def _job(row: list[str], copy: int, serial: int) -> Job:
    names = ("fault_zh", "fault_en", "model", "state", "due", "used", "paused", "hospital_zh", "hospital_en", "ward_zh", "ward_en", "turn")
    job = Job(number=f"WH-2611-{serial:04d}", **dict(zip(names, row, strict=False)))
    job.due, job.used, job.paused = int(row[4]) + copy * 300, int(row[5]), row[6] == "1"
    job.opened = NOW - timedelta(minutes=int(row[12]), days=copy)
    job.cost = Decimal(row[13]) if row[13] else None
    return job


def menu(path: str) -> list[MenuGroup]:
    """Give the side menu."""

    def item(zh: str, en: str, url: str, icon: str, count: int | None = None, *, hot: bool = False) -> MenuItem:
        return MenuItem(say(zh, en), url, icon, count, current=path.startswith(url), hot=hot)

    return [
        MenuGroup(
            say("今天", "Today"),
            [
                item("受理", "Intake", "/form/", "intake", 3),
                item("派工板", "Dispatch", "/board/", "board", 7),
                item("工单", "Work orders", "/list/", "orders", 86),
            ],
        ),
        MenuGroup(
            say("设备", "Devices"),
            [
                item("设备台账", "Devices", "/devices/", "device"),
                item("保养与计量", "Maintenance", "/care/", "care", 12),
                item("合同", "Contracts", "/contracts/", "contract"),
            ],
        ),
        MenuGroup(
            say("备件", "Parts"), [item("库存", "Stock", "/stock/", "stock"), item("采购", "Purchasing", "/buy/", "buy", 4, hot=True)]
        ),
    ]


def strip() -> list[StripCell]:
    """Give the four answers of the sample detail."""
    return [
        StripCell(
            say("什么", "What"),
            say("流量传感器漂移", "Flow sensor drifts"),
            say("实测 412 mL，下限 450 mL", "Measured 412 mL, limit 450 mL"),
        ),
        StripCell(
            say("多严重", "How bad"),
            say("紧急，设备停用", "Urgent, device out of use"),
            say("患者已换备用机，无人受伤", "Patient on spare unit, nobody hurt"),
            icon="stop",
            colour="red",
        ),
        StripCell(
            say("轮到谁", "Whose turn"),
            say("设备科 何建国", "He Jianguo, equipment dept"),
            say("审批医院承担的 180.00 元", "To approve CNY 180.00"),
            mood="turn",
        ),
        StripCell(
            say("到几点", "Until when"),
            say("21:00 前修复", "Fixed by 21:00"),
            say("20:52 顺延，已暂停 8 分", "20:52 moved on, paused 8 min"),
        ),
    ]


def _clock(word: Words, share: int, colour: Colour, title: Words, note: Words, **state: bool) -> ClockView:
    return ClockView(say(*word), share, colour, title=say(*title), note=say(*note), **state)


def clocks() -> list[ClockView]:
    """Give the three clocks of the sample detail."""
    answered = ("目标 30 分，12:58 客服电话确认", "Target 30 min, phoned back 12:58")
    arrived = ("目标 2 小时，13:42 扫设备码签到", "Target 2 h, device scanned 13:42")
    paused = ("目标 8 小时，14:22 暂停", "Target 8 h, paused 14:22")
    waiting = ("剩 6 小时 30 分，等客户审批中", "6 h 30 min left, waiting")
    return [
        _clock(("6 分", "6 min"), 20, "green", ("响应，按时", "Response, in time"), answered, met=True),
        _clock(("50 分", "50 min"), 42, "green", ("到场，按时", "On site, in time"), arrived, met=True),
        _clock(waiting, 19, "amber", ("修复，暂停", "Fix, paused"), paused, paused=True),
    ]


def facts() -> list[Fact]:
    """Give the facts of the sample detail."""
    return [
        Fact(
            say("医院与科室", "Hospital, department"),
            say("武汉市第一医院", "Wuhan No. 1 Hospital"),
            url="#h",
            note=say("重症医学科，7 层 3 床", "Intensive care, floor 7, bed 3"),
        ),
        Fact(say("报修人", "Reported by"), say("护士 周敏，扫码报修", "Nurse Zhou Min, by scan"), note="138 0000 0417"),
        Fact(say("工程师", "Engineer"), say("陈立，呼吸麻醉二级", "Chen Li, ventilation level 2")),
        Fact(
            say("判定所用规则", "Rules applied"), say("流程 医院直销 v12", "Flow direct v12"), note=say("时效 全保甲级 v7", "SLA full A v7")
        ),
        Fact(say("报修时间", "Reported"), "2026-11-24 12:52"),
        Fact(say("空的", "Empty"), ""),
    ]


def timeline() -> list[TimelineEntry]:
    """Give what happened in the sample detail."""

    def at(minutes: int) -> datetime:
        return NOW - timedelta(minutes=minutes)

    return [
        TimelineEntry(
            at(8),
            "wait",
            say("等客户审批", "Awaiting approval"),
            "amber",
            say("陈立", "Chen Li"),
            say("呼气阀膜片已老化，建议一并更换，180 元不在合同内。", "Exhalation membrane is worn; CNY 180 is outside the contract."),
            door=say("手机", "phone"),
        ),
        TimelineEntry(
            at(14),
            "swap",
            say("换上流量传感器", "Flow sensor fitted"),
            "blue",
            say("陈立", "Chen Li"),
            detail=("FS-2210", say("新 FS22-60B1182", "new FS22-60B1182"), say("旧件待返还", "old one due back")),
            proof_url="#proof",
        ),
        TimelineEntry(
            at(22),
            "warn",
            say("潮气量 412 mL，低于下限", "Tidal volume 412 mL, below limit"),
            "red",
            say("设定 500，限 450–550", "set 500, limits 450–550"),
        ),
        TimelineEntry(at(48), "pin", say("到场", "Arrived"), "blue", say("陈立", "Chen Li"), received_at=at(32)),
        TimelineEntry(at(86), "user", say("派给陈立", "Assigned to Chen Li"), "blue", say("王磊", "Wang Lei"), door=say("派工板", "board")),
        TimelineEntry(
            at(98),
            "scan",
            say("扫码报修", "Reported by scan"),
            "",
            say("护士 周敏", "Nurse Zhou Min"),
            say("一直报警，送气量不够，已经换了备用机。", "Alarms all the time, too little air; spare unit in use."),
        ),
        TimelineEntry(at(60 * 30), "done", say("季度保养，合格", "Quarterly service, passed"), "green", say("孙倩", "Sun Qian")),
    ]
