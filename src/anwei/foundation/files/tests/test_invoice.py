"""The invoice adds up, on paper too."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from django.utils.translation import override

from anwei.foundation.files.errors import InvoiceDoesNotAddUp
from anwei.foundation.files.paper.documents import Payment, PaymentState
from anwei.foundation.files.paper.invoice import invoice
from anwei.foundation.files.tests import factory
from anwei.foundation.files.tests.reading import codes, edges, holds, pages, text


def test_seller_buyer_lines_and_totals_are_printed() -> None:
    holds(
        invoice(factory.invoice()),
        "WH-2026-000123", "开具日期 Date of issue 2026-11-24", "SH-2611-0042", "HT-2026-0088",
        "安维医疗设备服务（武汉）有限公司 Anwei Medical Device Service (Wuhan) Co., Ltd.", "91420103DEMO000001",
        "武汉市第一医院 Wuhan No. 1 Hospital", "12420100DEMO000002", "开户行 Bank 示例银行武汉分行",
        "1 呼气阀膜片 EV-0310 Exhalation diaphragm 1 个 pc 159.29 159.29 20.71 13 % 180.00",
        "2 上门工时 Labour on site 1.5 小时 h 400.00 600.00 36.00 6 % 636.00",
        "未税金额 Net 759.29", "税额 Tax 6 % × 600.00 36.00", "税额 Tax 13 % × 159.29 20.71",
        "合计 Total CNY 816.00", "金额大写 Amount in words 捌佰壹拾陆元整",
        "部分付款 Partly paid", "付款期限 Payable until 2026-12-24", "已付 Paid 180.00 2026-11-30", "未付 Open 636.00",
        "本单是费用账单，不是增值税发票",
    )  # fmt: skip


def test_a_line_that_does_not_add_up_is_not_printed() -> None:
    document = factory.invoice()
    wrong = replace(document.lines[1], gross=D("636.01"))
    with override("zh-hans"), pytest.raises(InvoiceDoesNotAddUp, match="第 2 行"):
        invoice(replace(document, lines=(document.lines[0], wrong)))


def test_an_amount_finer_than_its_currency_is_not_printed() -> None:
    line = replace(factory.invoice().lines[0], net=D("159.285"), gross=D("179.995"))
    with pytest.raises(ValueError, match=r"159\.285"):
        invoice(factory.invoice(lines=(line,)))


@pytest.mark.parametrize(
    ("payment", "said", "unsaid"),
    [
        (Payment(), "未付款 Unpaid", "已付 Paid"),
        (Payment(state=PaymentState.PAID, paid=D("816.00"), paid_on=date(2026, 12, 1)), "已付清 Paid", "Unpaid"),
        (Payment(state=PaymentState.REVERSED), "已冲销 Reversed", "未付 Open"),
    ],
)
def test_the_state_of_payment_is_said(payment, said, unsaid) -> None:
    printed = invoice(factory.invoice(payment=payment))
    holds(printed, said)
    assert unsaid.replace(" ", "") not in text(printed)


def test_the_code_is_there_when_there_is_something_to_verify() -> None:
    assert codes(invoice(factory.invoice())) == ["https://anwei.example/v/WH2026000123"]
    assert codes(invoice(factory.invoice(verify_url=""))) == []


def test_an_english_invoice_in_euro_needs_no_capital_figures() -> None:
    printed = invoice(factory.invoice(languages=("en",), currency="EUR"))
    holds(printed, "Total EUR 816.00", "Labour on site")
    assert "元" not in text(printed)


def test_three_hundred_lines_run_over_pages_with_their_heads() -> None:
    document = factory.invoice()
    printed = pages(invoice(replace(document, lines=document.lines * 150)))
    assert len(printed) > 5
    assert all("Description" in page for page in printed[:-1])
    assert "122,400.00" in printed[-1]


def test_long_words_and_large_amounts_stay_on_the_paper() -> None:
    line = replace(
        factory.invoice().lines[0], description="W" * 200, unit="U" * 30, net=D("9999999999.99"), tax=D(0), gross=D("9999999999.99")
    )
    assert edges(invoice(factory.invoice(lines=(line,))))[1] < 210 - 16


def test_the_same_invoice_is_the_same_file() -> None:
    assert invoice(factory.invoice()) == invoice(factory.invoice())
