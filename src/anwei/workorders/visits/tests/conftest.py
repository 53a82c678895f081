"""A company with one ventilator, and Tom who was sent to it."""

import pytest

from anwei.workorders.orders.models import WorkOrder
from tests.journeys.company import Company, make_company
from tests.journeys.visit import at_work, send_out


@pytest.fixture
def company(db: None) -> Company:
    """Set up the company."""
    return make_company()


@pytest.fixture
def sent(company: Company) -> WorkOrder:
    """Return an order that Tom was sent to."""
    return send_out(company)


@pytest.fixture
def working(company: Company) -> WorkOrder:
    """Return an order that Tom is working on."""
    return at_work(company)
