"""The pages of the gallery, one of each kind."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html_join

from anwei.core import lists
from anwei.core.faults import fault_page
from anwei.core.markup import icon
from anwei.core.shell import Action, Crumb, DemoRole, Person, PillView, Shell, Step, Tab
from anwei.core.toasts import toast
from tests.look import sample
from tests.look.models import Job
from tests.look.sample import say


def shell(request: HttpRequest) -> dict[str, Any]:
    """Stand in for the context processor of the product."""
    roles = [
        DemoRole(say(zh, en), "/as/")
        for zh, en in (("客服 刘芳", "Intake Liu Fang"), ("派工 王磊", "Dispatcher Wang Lei"), ("工程师 陈立", "Engineer Chen Li"))
    ]
    return Shell(
        menu=sample.menu(request.path),
        actor=Person(say("王磊", "Wang Lei"), say("派工", "Dispatcher")),
        palette_url="/find/",
        inbox_url="/inbox/",
        inbox_count=2,
        help_url="/help/",
        sign_out_url="/out/",
        demo_note=say("演示数据，人名均为虚构", "Demo data, people are invented"),
        demo_roles=roles,
    ).as_context()


class JobList(lists.ListPage):
    """The sample list."""

    name = "jobs"
    sort = "due"
    link = lists.RowLink("job")
    search = lists.Search(where=lists.contains("number", "fault_zh", "fault_en"))
    size = 12

    def __init__(self) -> None:
        """Declare in the reader's language, since the sample data has both."""
        lang = say("zh", "en")
        Column = lists.Column
        type(self).columns = [
            Column("fault", say("故障与工单号", "Fault and number"), lists.named(f"fault_{lang}", "number", "model"), ("number",), "name"),
            Column("state", say("状态", "State"), lists.state("state", sample.pills()), role="state"),
            Column(
                "due",
                say("最近到期的时钟", "Nearest clock"),
                lists.clock(("due", "used", "paused", "state"), self.clock),
                ("due",),
                "clock",
            ),
            Column("hospital", say("医院与科室", "Hospital, department"), lists.two_lines(f"hospital_{lang}", f"ward_{lang}")),
            Column("turn", say("轮到谁", "Whose turn"), lists.text("turn")),
            Column("opened", say("报修", "Reported"), lists.moment_near("opened", lambda: sample.NOW.date()), ("opened",), "number"),
            Column("cost", say("费用，元", "Cost, CNY"), lists.amount("cost"), ("cost",), "number"),
        ]
        self.views = [
            lists.SavedView("open", say("未完成", "Open"), ~Q(state="done"), counted=True),
            lists.SavedView("soon", say("两小时内超时", "Due within 2 h"), Q(due__lt=120), counted=True, hot=True),
            lists.SavedView("new", say("待派工", "Unassigned"), Q(state="new"), counted=True),
            lists.SavedView("all", say("全部", "All")),
        ]
        self.filters = [
            lists.Choice(
                key="state", label=say("状态", "State"), field="state", choices=[(key, pill.label) for key, pill in sample.pills().items()]
            ),
            lists.DateRange(key="opened", label=say("报修", "Reported"), field="opened"),
            lists.Flag(key="paused", label=say("暂停", "Paused"), yes=Q(paused=True)),
        ]
        self.bulk = [
            lists.BulkAction(say("派工", "Assign"), "/as/", "board", "A"),
            lists.BulkAction(say("加急", "Urgent"), "/as/", "bolt", confirm=say("把所选工单加急？", "Make the selected orders urgent?")),
        ]
        self.empty_text = say("护士扫码或您来电受理后，会出现在这里", "They appear here once reported")
        super().__init__()

    @staticmethod
    def clock(row: dict[str, Any]) -> Any:
        """Make the row's clock."""
        return sample.clock_of(row["due"], row["used"], paused=row["paused"], met=row["state"] == "done")


def job_list(request: HttpRequest) -> HttpResponseBase:
    """Show the list page."""
    actions = [Action(say("新建工单", "New order"), "/form/", "plus", primary=True, key="N")]
    context = {"title": say("工单", "Work orders"), "head_note": say("武汉片区", "Wuhan area"), "actions": actions}
    return lists.respond(request, JobList(), Job.objects.all(), may_export=True, context=context)


def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the detail page."""
    context = {
        "title": say("呼吸机潮气量偏低，报警 E-57", "Ventilator tidal volume low, alarm E-57"),
        "pill": sample.pills()["ask"],
        "crumbs": [Crumb(say("工单", "Work orders"), "/list/"), Crumb("WH-2611-0031", mono=True)],
        "actions": [
            Action(say("写备注", "Note"), "/form/", "message"),
            Action(say("提醒何建国审批", "Remind He Jianguo"), "/as/", "send", primary=True, post=True),
        ],
        "more_actions": [
            Action(
                say("取消工单", "Cancel order"), "/as/", "ban", post=True, danger=True, confirm=say("取消这张工单？", "Cancel this order?")
            )
        ],
        "strip": sample.strip(),
        "clocks": sample.clocks(),
        "facts": sample.facts(),
        "timeline_tabs": [
            Tab(say("全部", "All"), "#all", 8, current=True),
            Tab(say("沟通", "Talk"), "#talk", 2),
            Tab(say("钱", "Money"), "#money", 1),
        ],
        "timeline": sample.timeline(),
        "english": say("", "1"),
    }
    return render(request, "look/detail.html", context)


class ReportForm(forms.Form):
    """One field of each kind."""

    device = forms.CharField(max_length=40)
    fault = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    volume = forms.DecimalField(help_text="450–550")
    symptom = forms.ChoiceField(choices=[("leak", "Leak"), ("alarm", "Alarm"), ("power", "No power")], widget=forms.RadioSelect)
    urgent = forms.BooleanField(required=False)
    photo = forms.FileField(required=False)


def report(request: HttpRequest) -> HttpResponse:
    """Show and take the form."""
    form = ReportForm(request.POST or None)
    form.fields["device"].label = say("序列号", "Serial number")
    form.fields["fault"].label = say("对方的原话", "In their words")
    form.fields["volume"].label = say("潮气量，mL", "Tidal volume, mL")
    form.fields["symptom"].label = say("怎么了", "What is wrong")
    form.fields["urgent"].label = say("设备已停用", "Device is out of use")
    form.fields["photo"].label = say("照片", "Photo")
    if request.method == "POST" and form.is_valid():
        toast(request, say("已建单", "Order made"), undo="/as/")
        return redirect("/list/")
    context = {
        "form": form,
        "title": say("新建工单", "New order"),
        "submit_label": say("新建并排队", "Make and queue"),
        "cancel_url": "/list/",
    }
    return render(request, "anwei/form.html", context, status=422 if form.errors else 200)


def wizard(request: HttpRequest) -> HttpResponse:
    """Show a job in steps."""
    labels = [say(*pair) for pair in (("上传", "Upload"), ("对应列", "Map"), ("修错", "Mend"), ("试运行", "Rehearse"), ("导入", "Import"))]
    steps = [Step(label, done=place < 2, current=place == 2) for place, label in enumerate(labels)]
    return render(request, "anwei/wizard.html", {"title": say("还有 146 行要修，共 5,124 行", "146 of 5,124 rows to mend"), "steps": steps})


def phone(request: HttpRequest) -> HttpResponse:
    """Show a page of the field."""
    places = (("今天", "Today", "calendar"), ("扫码", "Scan", "scan"), ("我的备件", "My parts", "stock"), ("更多", "More", "more"))
    context = {
        "title": say("11-24 周二", "11-24 Tue"),
        "title_note": say("陈立", "Chen Li"),
        "sync": PillView(say("全部已传 13:06", "All sent 13:06"), "green", "synced"),
        "sync_url": "/phone/",
        "phone_tabs": [Tab(say(zh, en), "/phone/", icon=name, current=name == "calendar") for zh, en, name in places],
        "clock": sample.clock_of(105, 11),
        "english": say("", "1"),
        "pills": sample.pills(),
    }
    return render(request, "look/phone.html", context)


def public(request: HttpRequest) -> HttpResponse:
    """Show a page without account."""
    context = {
        "title": say("报修", "Report"),
        "title_note": say("武汉市第一医院", "Wuhan No. 1 Hospital"),
        "hotline": "4000000000",
        "english": say("", "1"),
    }
    return render(request, "look/public.html", context)


class LoginForm(forms.Form):
    """Name and password."""

    username = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


def login(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page."""
    form = LoginForm()
    form.fields["username"].label = say("工号、手机或邮箱", "Number, mobile or mail")
    form.fields["password"].label = say("密码", "Password")
    ways = [Action(say("用通行密钥", "With a passkey"), "#", "finger")]
    return render(request, "anwei/login.html", {"form": form, "company": say("楚天医械服务", "Chutian Service"), "ways": ways})


def find(request: HttpRequest) -> HttpResponse:
    """Answer the palette."""
    words = request.GET.get("q", "")
    jobs = Job.objects.filter(number__icontains=words)[:5]
    rows = [(row.pk, row.pk, icon("orders"), row.fault_zh, row.number) for row in jobs]
    hit = '<li role="option" id="hit-{}" data-href="/job/{}/">{}<span class="grow">{} <span class="mono faint">{}</span></span></li>'
    return HttpResponse(format_html_join("", hit, rows))


def fault(request: HttpRequest, status: int) -> HttpResponse:
    """Show a fault."""
    return fault_page(request, status, code=f"{status}-0417")


def forbidden(request: HttpRequest) -> HttpResponse:
    """Refuse."""
    raise PermissionDenied


def done(request: HttpRequest) -> HttpResponse:
    """Take any deed of the gallery."""
    toast(request, say("已做", "Done"), undo="/as/")
    return redirect("/list/")
