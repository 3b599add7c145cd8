"""Fixtures for every test; what they need is brought along or installed, see tests/fixtures."""

pytest_plugins = ["tests.fixtures.databases", "tests.fixtures.browsers"]
