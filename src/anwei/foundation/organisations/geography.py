"""Where an address lies, as exactly as its county or city, and how far two places are apart.

The table of centroids and its licence lie in ``data/``. Pure: no database, no network.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "centroids.csv"
_EARTH_RADIUS_KM = 6371.0088  # mean radius R1, IUGG 1980

_NATIONS = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗"
    "|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|鄂温克|德昂|保安|裕固|独龙|鄂伦春|各"
)
_SELF_GOVERNED = re.compile(rf"(?:(?:{_NATIONS})族|维吾尔|(?<!内)蒙古|哈萨克|柯尔克孜|锡伯)*自治[区州县旗]$")
_STREETS, _KINDS = tuple("路街巷道镇乡村桥"), tuple("省市区县盟旗州")
_KIND = re.compile(r"(?:特别行政区|地区|林区|新区|[省市区县盟旗州])$")
# new names of regions that the table still knows by their old ones, and short names that nothing else yields
_ALSO = {"那曲市": "542400", "长垣市": "410728", "洋浦经济开发区": "460400", "巴州": "652800", "博州": "652700", "克州": "653000"}


@dataclass(frozen=True, slots=True)
class Place:
    """A county, a city or a province: its official code (GB/T 2260), its name, and degrees east and north."""

    adcode: str
    name: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class _Region:
    place: Place
    names: tuple[str, ...]  # official name first, then short ones
    counties: tuple["_Region", ...] = ()


def locate(text: str, province: str = "", city: str = "") -> Place | None:
    """Give the county named in the text (an address, a name, both), else the city; None where not even the city is certain.

    :param province: official or short name; empty = unknown
    :param city: official or short name; empty = look for the city in the text too
    """
    cities = _cities_of(province)
    counties = [county for region in cities for county in region.counties]
    # people write a county where the city belongs: 枣阳市; without a city, the text must name one
    town = (_named(city, cities) or _named(city, counties)) if city else _mentioned(text, cities, _STREETS + _KINDS)
    if town is None and not city:
        town = _mentioned(text, counties, _STREETS + _KINDS)
    if town is None:
        return None
    inner = _mentioned(text, town.counties, _STREETS)
    return inner.place if inner else town.place


@lru_cache(maxsize=256)
def place_of(adcode: str) -> Place | None:
    """Give the county or city of a code (GB/T 2260); a county that the table does not know gives its city."""
    known = _by_code()
    # a municipality (直辖市) is its own province
    wider = (adcode, f"{adcode[:4]}00", f"{adcode[:2]}0000")
    return next((known[code] for code in wider if code in known), None) if len(adcode) == 6 else None


def official_province(name: str) -> str:
    """Give 内蒙古自治区 for 内蒙古, "" where there is no such province."""
    wanted = name.strip()
    found = [names[0] for names, _cities in _table() if wanted and (wanted in names or _short(wanted) in names)]
    return found[0] if found else ""


def distance_km(a: Place, b: Place) -> float:
    """Give the great-circle distance in kilometres (haversine)."""
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    chord = sin(north / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def _named(name: str, regions: Iterable[_Region]) -> _Region | None:
    """Give the one region of this name, official or short."""
    wanted = name.strip()
    if not wanted:
        return None
    code = _ALSO.get(wanted)
    found = [region for region in regions if wanted in region.names or region.place.adcode == code]
    if not found and len(short := _short(wanted)) > 1:
        found = [region for region in regions if short in region.names]
    return found[0] if len(found) == 1 else None


def _mentioned(text: str, regions: Iterable[_Region], not_before: tuple[str, ...]) -> _Region | None:
    """Give the region whose name in the text is the longest, the first where two are equally long; None if two share that name.

    :param not_before: a short name followed by one of these characters names something else
    """
    best, winners = (0, 0), dict[str, _Region]()
    for region in regions:
        for name in region.names:
            at = text.find(name)
            if at < 0 or (name != region.names[0] and text.startswith(not_before, at + len(name))):
                continue
            rank = (len(name), -at)
            if rank > best:
                best, winners = rank, {}
            if rank == best:
                winners[region.place.adcode] = region
    return next(iter(winners.values())) if len(winners) == 1 else None


def _short(name: str) -> str:
    """Give 延边 for 延边朝鲜族自治州, 襄阳 for 襄阳市."""
    return _KIND.sub("", _SELF_GOVERNED.sub("", name))


@lru_cache(maxsize=256)
def _cities_of(province: str) -> list[_Region]:
    """Give the cities of one province, of all China where the province is empty or unknown."""
    wanted = official_province(province)
    return [city for names, cities in _table() if wanted in ("", names[0]) for city in cities]


@lru_cache(maxsize=1)
def _table() -> list[tuple[tuple[str, ...], list[_Region]]]:
    """Read the table once: provinces, their cities, and the counties in them."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    provinces: dict[str, dict[str, list[_Region]]] = {}
    heads: dict[tuple[str, str], Place] = {}
    for row in rows:
        name = row["county"] or row["city"] or row["province"]
        place = Place(row["adcode"], name, float(row["longitude"]), float(row["latitude"]))
        cities = provinces.setdefault(row["province"], {})
        if row["county"]:
            cities.setdefault(row["city"], []).append(_Region(place, _names(name, beside=row["city"])))
        else:
            heads[row["province"], row["city"]] = place
            if row["city"]:
                cities.setdefault(row["city"], [])
    return [
        (_names(province), [_Region(_head(heads, province, city), _names(city), tuple(counties)) for city, counties in cities.items()])
        for province, cities in provinces.items()
    ]


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Place]:
    """Give every place by its code."""
    cities = [city for _names, cities in _table() for city in cities]
    return {region.place.adcode: region.place for city in cities for region in (city, *city.counties)}


def _head(heads: dict[tuple[str, str], Place], province: str, city: str) -> Place:
    """Give the place of a city; a municipality (直辖市) is its own province."""
    return heads.get((province, city)) or heads[province, ""]


def _names(name: str, beside: str = "") -> tuple[str, ...]:
    """Give the official and the short name; 通化县 has no short name beside 通化市."""
    short = _short(name)
    return (name, short) if len(short) > 1 and short not in (name, _short(beside)) else (name,)
