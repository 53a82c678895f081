from anwei.core.limits import Limit


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_a_burst_passes_and_then_one_waits() -> None:
    clock = Clock()
    limit = Limit(rate=2, burst=3, now=clock)
    assert [limit.take("a") for _n in range(4)] == [(2, 0), (1, 0), (0, 0), (0, 1)]
    clock.time = 0.5
    assert limit.take("a") == (0, 0)


def test_one_caller_takes_nothing_from_another() -> None:
    limit = Limit(rate=1, burst=1, now=Clock())
    assert limit.take("a") == (0, 0) and limit.take("b") == (0, 0)


def test_names_do_not_pile_up() -> None:
    clock = Clock()
    limit = Limit(rate=1, burst=1, most=100, now=clock)
    for n in range(1000):
        clock.time = n * 2.0
        limit.take(str(n))
    assert len(limit.buckets) <= 100
