import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.foundation.governance.standards import phones


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("0315-2981842", ["0315-2981842"]),
        ("0319—3237055", ["0319-3237055"]),
        ("0513－82671099", ["0513-82671099"]),
        ("0715--8068026", ["0715-8068026"]),
        ("0358——6022244", ["0358-6022244"]),
        ("(0471)3283999/18047193115", ["0471-3283999", "18047193115"]),
        ("07136683747\u00a0\u00a0", ["0713-6683747"]),
        ("027-88929419\u00a0", ["027-88929419"]),
        ("02088888888", ["020-88888888"]),
        ("+86 138 1234 5678", ["13812345678"]),
        ("8613812345678", ["13812345678"]),
        ("400-810-1234", ["400-810-1234"]),
        ("4008101234", ["400-810-1234"]),
        ("0319-2291111/2299272", ["0319-2291111", "0319-2299272"]),
        ("0471-5182167，5182221/18804896256", ["0471-5182167", "0471-5182221", "18804896256"]),
        ("0839-3295117或13881288338", ["0839-3295117", "13881288338"]),
        ("0839-6060345或1 3684353799", ["0839-6060345", "13684353799"]),
        ("15045953999 13304598271", ["15045953999", "13304598271"]),
        ("13458 142532", ["13458142532"]),
        ("0712-2323036转8683", ["0712-2323036-8683"]),
        ("0315-7710068-5210", ["0315-7710068-5210"]),
        ("0476-7882536转8300/13789430728", ["0476-7882536-8300", "13789430728"]),
        ("3320999 ( 转608)或1 8683978686", ["3320999-608", "18683978686"]),
        ("0797-6232374/", ["0797-6232374"]),
        ("\u202d19962223859", ["19962223859"]),
        ("86212626/13815682716", ["86212626", "13815682716"]),
        ("０３１５－２９８１８４２", ["0315-2981842"]),
        ("120", ["120"]),
        ("", []),
    ],
)
def test_every_number_of_a_cell_is_read(written, numbers) -> None:
    assert [str(number) for number in phones(written).value] == numbers


@pytest.mark.parametrize(
    ("written", "remarks"),
    [
        ("<白天>0358—5585037;<夜晚>0358—5585120", ["白天", "夜晚"]),
        ("白天0319-3721657/夜晚0319-3721658", ["白天", "夜晚"]),
        ("0351—5656340（白天）0351—5656300（夜间）", ["白天", "夜间"]),
        ("（白天）0592-5911111-8120（晚间）0592-8570120", ["白天", "晚间"]),
        ("0472-4113982（东河院）/18248026688", ["东河院", ""]),
        ("总值班电话：0912-3362000 院办：0912-3362001  党办：0912-3362005", ["总值班电话", "院办", "党办"]),
    ],
)
def test_what_people_write_beside_a_number_stays_with_it(written, remarks) -> None:
    assert [number.remark for number in phones(written).value] == remarks


def test_a_local_number_takes_over_the_area_code_before_it_and_says_so() -> None:
    result = phones("0319-2291111/2299272")
    assert ("phone.area_inherited", "2299272", "0319-2299272") in [(f.code, f.original, f.value) for f in result.findings]


def test_a_local_number_without_any_area_code_is_kept_with_a_warning() -> None:
    result = phones("7359051（急诊科）")
    assert [str(number) for number in result.value] == ["7359051"]
    assert ("phone.no_area", "warn") in [(f.code, f.severity) for f in result.findings]


@pytest.mark.parametrize("written", ["0580-690001", "7103505010", "51968870819", "P53-6012449转81", "待定", "12345678901234567890"])
def test_what_is_no_number_is_left_out_with_its_words(written) -> None:
    result = phones(written)
    assert result.value == ()
    assert [f.code for f in result.findings] == ["phone.unreadable"]


@given(st.from_regex(r"0(10|2[0-9]|[3-9][1-9]{2})-[2-9][0-9]{6,7}", fullmatch=True))
def test_a_standard_number_stays_as_it_is(number) -> None:
    result = phones(number)
    assert ([str(phone) for phone in result.value], result.findings) == ([number], ())


@given(st.text(alphabet="0123456789-—/或转 （）()白天、,abc", max_size=40))
def test_any_text_reads_back_the_same(text) -> None:
    once = phones(text).value
    assert [str(phone) for phone in phones("/".join(map(str, once))).value] == [str(phone) for phone in once]
