import pytest

from anwei.foundation.governance.standards import match_key, organisation_name


@pytest.mark.parametrize(
    ("written", "name", "aliases", "campus"),
    [
        ("北京市隆福医院(北京市东城区老年病医院)", "北京市隆福医院", ("北京市东城区老年病医院",), ""),
        ("长治市肿瘤医院（原城区人民医院）", "长治市肿瘤医院", ("城区人民医院",), ""),
        ("昆山市第四人民医院(昆山市陆家镇人民医院）", "昆山市第四人民医院", ("昆山市陆家镇人民医院",), ""),
        ("陆军军医大学附属第一医院（西南医院）", "陆军军医大学附属第一医院", ("西南医院",), ""),
        ("武汉大学人民医院（东院）", "武汉大学人民医院（东院）", (), "东院"),
        ("天津市儿童医院(马场院区)", "天津市儿童医院(马场院区)", (), "马场院区"),
        ("诸暨市中医医院(浣东新院)", "诸暨市中医医院(浣东新院)", (), "浣东新院"),
        ("太原钢铁（集团）有限公司总医院", "太原钢铁（集团）有限公司总医院", (), ""),
        ("唐山市传染病医院(救治定点医院)", "唐山市传染病医院(救治定点医院)", (), ""),
        ("中山大学附属第八医院(深圳福田)(原福田区人民医院)", "中山大学附属第八医院(深圳福田)", ("福田区人民医院",), ""),
        ("（东院）", "（东院）", (), ""),
        ("协和医院", "协和医院", (), ""),
    ],
)
def test_other_names_are_taken_out_of_brackets_and_campuses_stay(written, name, aliases, campus) -> None:
    value = organisation_name(written).value
    assert (value.name, value.aliases, value.campus) == (name, aliases, campus)


def test_every_decision_about_a_bracket_is_said() -> None:
    for written, code in [("甲医院(乙医院)", "name.alias"), ("甲医院(东院区)", "name.campus"), ("甲(集团)医院", "name.bracket_kept")]:
        assert [finding.code for finding in organisation_name(written).findings] == [code]


def test_the_match_key_ignores_width_spaces_and_brackets_but_no_word() -> None:
    assert match_key("协和医院（东院） ") == match_key("协和医院(东院)")
    assert match_key("人民医院") != match_key("人民医院东院")
