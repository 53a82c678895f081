"""Tom's phone as the server sees it."""

import pytest
from django.test import Client

from anwei.workorders.orders.models import WorkOrder
from tests.journeys.company import Company, make_company
from tests.journeys.visit import at_work, send_out


@pytest.fixture
def company(db: None) -> Company:
    """Set up the company."""
    return make_company()


@pytest.fixture
def phone(company: Company, client: Client) -> Client:
    """Sign Tom in."""
    client.force_login(company.users["tom"])
    return client


@pytest.fixture
def sent(company: Company) -> WorkOrder:
    """Return an order that Tom was sent to."""
    return send_out(company)


@pytest.fixture
def working(company: Company) -> WorkOrder:
    """Return an order that Tom is working on."""
    return at_work(company)
