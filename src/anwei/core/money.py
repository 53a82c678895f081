"""Money: an exact amount in one currency, rounded in one place only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal
from anwei.core.exact import Exact, is_exact
from anwei.core.labels import speaks_chinese

PLACES = 12  # a price with six decimals times a quantity with six
MOST_PARTS = 10_000

# ISO 4217, active currencies of states (list one, 2024) by their minor unit
_TWO = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC
    CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
    KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
    NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
    TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG
"""
_ZERO = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
MINOR_UNITS = {code: places for codes, places in ((_TWO, 2), (_ZERO, 0), (_THREE, 3)) for code in codes.split()}

_SIGNS_ZH = {"CNY": "¥", "JPY": "JP¥", "USD": "US$", "EUR": "€", "GBP": "£", "HKD": "HK$"}
_SIGNS_EN = _SIGNS_ZH | {"CNY": "CN¥", "JPY": "¥"}


class AmountUnfit(Refusal):
    """Refuse what is no amount: a float, no number, too large, too finely divided."""

    code = "amount_unfit"
    status = 422
    sentence = _("%(amount)s is no amount of money: an exact number below one million million is expected.")


class CurrencyUnknown(Refusal):
    """Refuse a currency that is not on the list of ISO 4217."""

    code = "currency_unknown"
    status = 422
    sentence = _("There is no currency %(currency)s.")


class CurrenciesDiffer(Refusal):
    """Refuse to reckon with two currencies at once."""

    code = "currencies_differ"
    sentence = _("Amounts in %(one)s and %(other)s cannot be reckoned together.")


class SplitUnfit(Refusal):
    """Refuse a split that cannot come out."""

    code = "split_unfit"
    status = 422
    sentence = _("%(money)s cannot be split like this: whole cents and at least one positive weight are needed.")


class TaxRateUnfit(Refusal):
    """Refuse what is no tax rate."""

    code = "tax_rate_unfit"
    status = 422
    sentence = _("%(rate)s is no tax rate: a number from 0 to 1 is expected, 0.13 for 13 %%.")


@dataclass(frozen=True, slots=True)
class Money(Exact):
    """Hold an exact amount, at most twelve digits before and twelve after the point.

    :raises AmountUnfit: the amount is a float, not finite, too large or too finely divided
    :raises CurrencyUnknown: the currency is not on the list of ISO 4217
    """

    places = PLACES
    unfit = AmountUnfit
    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", self.checked(self.amount))
        if self.currency not in MINOR_UNITS:
            raise CurrencyUnknown(currency=self.currency)

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> "Money":
        """Read an amount from a text such as "1200.50", or take a whole number.

        :raises AmountUnfit: the text is no plain number
        """
        return cls(cls.read(amount), currency)

    @classmethod
    def zero(cls, currency: str) -> "Money":
        """Make no money of a currency."""
        return cls(Decimal(0), currency)

    def __str__(self) -> str:
        return format_money(self)

    def split(self, parts: int | Sequence[int | Decimal]) -> tuple["Money", ...]:
        """Split into equal parts, or by weights, in whole minor units; the parts add up to the whole.

        Cents that are left over go to the largest remainders, the first part first.

        :raises SplitUnfit: the amount has fractions of a cent, a weight is negative or no exact number, or all are zero
        """
        weights = [Decimal(weight) for weight in self._weights(parts)]
        unit = _unit(self.currency)
        with localcontext(prec=80):
            cents, total = abs(self.amount) / unit, sum(weights)
            whole = [int(cents * weight // total) for weight in weights]
            rest = [cents * weight % total for weight in weights]
        left = int(cents) - sum(whole)
        for i in sorted(range(len(weights)), key=lambda i: -rest[i])[:left]:
            whole[i] += 1
        sign = -1 if self.amount < 0 else 1
        return tuple(Money(sign * each * unit, self.currency) for each in whole)

    def _weights(self, parts: int | Sequence[int | Decimal]) -> Sequence[int | Decimal]:
        if isinstance(parts, int):
            parts = [1] * min(parts, MOST_PARTS + 1)
        exact = len(parts) <= MOST_PARTS and all(is_exact(weight, PLACES) and weight >= 0 for weight in parts)
        if not exact or not any(parts) or round_money(self) != self:
            raise SplitUnfit(money=self)
        return parts

    def _with(self, amount: Decimal) -> "Money":
        return Money(amount, self.currency)

    def _same(self, other: "Money") -> Decimal:
        if not isinstance(other, Money):
            raise TypeError("money is reckoned with money only")
        if other.currency != self.currency:
            raise CurrenciesDiffer(one=self.currency, other=other.currency)
        return other.amount


def round_money(money: Money) -> Money:
    """Round to the minor unit of the currency, halves away from zero: the only rounding of money there is."""
    return Money(_rounded(money.amount, money.currency), money.currency)


def add_up(amounts: Iterable[Money], currency: str) -> Money:
    """Add up amounts of one currency; none at all is zero."""
    return sum(amounts, Money.zero(currency))


def format_money(money: Money) -> str:
    """Write an amount as the active language does: ¥1,234.50 in Chinese, CN¥1,234.50 in English; unrounded decimals are shown."""
    places = max(MINOR_UNITS[money.currency], -int(money.amount.as_tuple().exponent))
    sign = (_SIGNS_ZH if speaks_chinese() else _SIGNS_EN).get(money.currency, f"{money.currency} ")
    minus = "-" if money.amount < 0 else ""
    return f"{minus}{sign}{abs(money.amount):,.{places}f}"


@dataclass(frozen=True, slots=True)
class Taxed:
    """Hold a price with its tax; net and tax add up to gross to the cent."""

    net: Money
    tax: Money
    gross: Money
    rate: Decimal

    @classmethod
    def from_net(cls, net: Money, rate: Decimal) -> "Taxed":
        """Reckon from the price without tax, rounding it first. `rate` is 0.13 for 13 %.

        :raises TaxRateUnfit: the rate is no exact number from 0 to 1
        """
        base, tax = round_money(net), round_money(round_money(net) * _checked(rate))
        return cls(base, tax, base + tax, rate)

    @classmethod
    def from_gross(cls, gross: Money, rate: Decimal) -> "Taxed":
        """Reckon from the price with tax, rounding it first; what the rounding of the net leaves over goes to the tax.

        :raises TaxRateUnfit: the rate is no exact number from 0 to 1
        """
        whole = round_money(gross)
        with localcontext(prec=80):
            quotient = whole.amount / (1 + _checked(rate))
        net = Money(_rounded(quotient, whole.currency), whole.currency)
        return cls(net, whole - net, whole, rate)


def _checked(rate: Decimal) -> Decimal:
    if not is_exact(rate, 6) or not 0 <= rate <= 1:
        raise TaxRateUnfit(rate=repr(rate))
    return rate


def _rounded(amount: Decimal, currency: str) -> Decimal:
    with localcontext(prec=80):
        return amount.quantize(_unit(currency), ROUND_HALF_UP)


def _unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-MINOR_UNITS[currency])
