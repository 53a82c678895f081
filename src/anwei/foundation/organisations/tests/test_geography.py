import csv
from pathlib import Path

import pytest

from anwei.foundation.organisations.geography import Place, distance_km, locate, official_province

HOSPITALS = Path(__file__).parents[3] / "initialisation/demo/data/hospitals_cn_20200211.csv"


@pytest.mark.parametrize(
    ("text", "province", "city", "adcode"),
    [
        ("枣阳市第一人民医院", "湖北省", "襄阳市", "420683"),
        ("襄阳市中心医院", "湖北省", "襄阳市", "420600"),
        ("东城区东交民巷1号", "北京市", "北京市", "110101"),
        ("北京协和医院", "北京市", "北京市", "110000"),
        ("东城", "北京市", "北京市", "110101"),
        ("通化市人民医院", "吉林省", "通化市", "220500"),
        ("通化县人民医院", "吉林省", "通化市", "220521"),
        ("玉环市中医院", "浙江省", "台州市", "331021"),
        ("解放路9号", "河南省", "焦作市", "410800"),
        ("忠县人民医院", "重庆市", "重庆市", "500233"),
        ("潜江市中心医院", "湖北省", "潜江市", "429005"),
        ("延边大学附属医院", "吉林", "延边州", "222400"),
        ("共和县人民医院", "青海省", "海南州", "632521"),
        ("焉耆县医院", "新疆自治区", "巴州", "652826"),
        ("那曲市人民医院", "西藏自治区", "那曲市", "542400"),
        ("白沙县人民医院", "海南省", "白沙县", "469025"),
        ("杭州市余杭区临平街道", "", "", "330110"),
        ("枣阳市第一人民医院", "湖北省", "枣阳市", "420683"),
    ],
)
def test_a_place_is_found_by_its_county_or_city(text, province, city, adcode) -> None:
    place = locate(text, province, city)
    assert place is not None
    assert place.adcode == adcode


@pytest.mark.parametrize(
    ("text", "province", "city"),
    [("第一人民医院", "湖北省", ""), ("", "", ""), ("朝阳区人民医院", "", ""), ("Springfield", "Illinois", "")],
)
def test_what_is_not_certain_is_not_located(text, province, city) -> None:
    assert locate(text, province, city) is None


def test_distances_match_the_great_circle() -> None:
    beijing, shanghai = Place("110000", "北京市", 116.4074, 39.9042), Place("310000", "上海市", 121.4737, 31.2304)
    assert distance_km(beijing, shanghai) == pytest.approx(1067, abs=2)
    assert distance_km(beijing, beijing) == 0
    assert distance_km(Place("", "", 0, 0), Place("", "", 180, 0)) == pytest.approx(20015.1, abs=0.1)


def test_nearly_every_real_hospital_is_located_to_its_city() -> None:
    with HOSPITALS.open(encoding="utf-8-sig", newline="") as file:
        hospitals = list(csv.DictReader(file))
    places = [locate(f"{row['county']} {row['address']} {row['name']}", row["prov"], row["city"]) for row in hospitals]
    found = [(row, place) for row, place in zip(hospitals, places, strict=True) if place]
    assert len(found) >= 0.99 * len(hospitals)
    right = [place for row, place in found if place.adcode[:2] == row["prov_code"][:2]]
    assert len(right) == len(found)
    assert sum(not place.adcode.endswith("00") for place in right) > 3000


OFFICIAL = {
    "新疆自治区": "新疆维吾尔自治区",
    "内蒙古": "内蒙古自治区",
    "湖北": "湖北省",
    "北京": "北京市",
    "湖北省": "湖北省",
    "Hubei": "",
    "": "",
}


@pytest.mark.parametrize(("written", "official"), OFFICIAL.items())
def test_a_province_is_given_its_official_name(written, official) -> None:
    assert official_province(written) == official
