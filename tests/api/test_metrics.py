"""GET /metrics"""

from __future__ import annotations

from flask import Flask

from tests.api.conftest import codes


def test_operators_read_requests_and_backlog(app: Flask, expense: str) -> None:
    client = app.test_client(use_cookies=False)
    answer = client.get("/metrics", headers={"Authorization": "Bearer lz_oscar"})
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert 'liuzhuan_backlog{kind="jobs"} 0.0' in text
    assert 'liuzhuan_backlog{kind="incidents"} 0.0' in text
    assert 'liuzhuan_given_up{kind="timer"} 0.0' in text
    assert 'liuzhuan_given_up{kind="mail"} 0.0' in text
    assert "liuzhuan_workless_user_tasks 0.0" in text
    assert "liuzhuan_requests_total{" in text
    assert 'liuzhuan_step_seconds_bucket{le="+Inf",verb="start"}' in text
    assert expense not in text


def test_others_do_not(app: Flask) -> None:
    client = app.test_client(use_cookies=False)
    assert codes(client.get("/metrics", headers={"Authorization": "Bearer lz_alice"}))[0] == 403
    assert codes(client.get("/metrics"))[0] == 401
