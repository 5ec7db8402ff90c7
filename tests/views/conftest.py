"""Accounts that the tests of all views render."""

import pytest

from tests.goldstory import BENCHMARK, Gold
from tests.views.hostile import hostile_account


@pytest.fixture(scope="session")
def account():
    return Gold(BENCHMARK / "cases" / "ferry-capsize").account()


@pytest.fixture(scope="session")
def hostile():
    return hostile_account()
