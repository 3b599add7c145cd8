"""/metrics for Prometheus: requests of this process, and what waits in the database. Needs the right to operate."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from itertools import accumulate

from flask import Blueprint, Response
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric

from engine.facts import step_times
from engine.operating import backlog, given_up, workless_tasks
from engine.store.unit_of_work import UnitOfWork
from service.flask_application import current_request
from service.identity.openings import opens_to
from service.store import background_ticks, mails
from service.unit_of_work import unit_of_work

routes = Blueprint("metrics", __name__)

#: The counters of each endpoint and status, found once.
_counted: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

_registry = CollectorRegistry()
_requests = Counter("liuzhuan_requests_total", "Requests answered by this process.", ["endpoint", "status"], registry=_registry)
_seconds = Histogram(
    "liuzhuan_request_seconds",
    "How long they took.",
    ["endpoint"],
    registry=_registry,
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)


@routes.get("/metrics")
@opens_to("operate")
def metrics() -> Response:
    """In the text format of Prometheus."""
    with unit_of_work() as work:
        found = CollectorRegistry()
        found.register(_Stored(list(_stored(work))))
    text = generate_latest(_registry) + generate_latest(found)
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


class _Stored:
    """What was read in this request, as a collector."""

    def __init__(self, families: list[Metric]) -> None:
        self._families = families

    def collect(self) -> list[Metric]:
        return self._families


def _stored(work: UnitOfWork) -> Iterator[Metric]:
    waiting = GaugeMetricFamily("liuzhuan_backlog", "What is due and not done.", labels=["kind"])
    lag = GaugeMetricFamily("liuzhuan_lag_seconds", "How long the oldest of it has been due.", labels=["kind"])
    for kind, due in backlog.backlog(work).items():
        waiting.add_metric([kind], due.count)
        lag.add_metric([kind], _seconds_since(due.oldest_at, work.now))
    count, oldest_at = mails.waiting(work)
    waiting.add_metric(["mails"], count)
    lag.add_metric(["mails"], _seconds_since(oldest_at, work.now))
    tick = GaugeMetricFamily("liuzhuan_tick_age_seconds", "Since each loop of the workers ran last.", labels=["loop"])
    for loop, ticked_at in background_ticks.ticks(work).items():
        tick.add_metric([loop], _seconds_since(ticked_at, work.now))
    return iter((waiting, lag, tick, _given_up(work), _workless(work), _steps()))


def _given_up(work: UnitOfWork) -> Metric:
    """What nobody tries again by itself, beside the incidents."""
    found = GaugeMetricFamily("liuzhuan_given_up", "What is not tried again by itself; see liuzhuan given-up.", labels=["kind"])
    for kind, number in given_up.counts(work).items():
        found.add_metric([kind], number)
    found.add_metric(["mail"], mails.count_given_up(work))
    return found


def _workless(work: UnitOfWork) -> Metric:
    """What waits for people of whom nobody is there."""
    return GaugeMetricFamily(
        "liuzhuan_workless_user_tasks",
        "Open user tasks that nobody can do; see liuzhuan audit.",
        value=workless_tasks.count(work),
    )


def _steps() -> Metric:
    found = HistogramMetricFamily("liuzhuan_step_seconds", "Steps of process instances taken by this process.", labels=["verb"])
    for verb, times in step_times.seen().items():
        bounds = [*map(str, step_times.BOUNDS), "+Inf"]
        found.add_metric([verb], list(zip(bounds, accumulate(times.counts), strict=True)), times.total)
    return found


def _seconds_since(moment: datetime | None, now: datetime) -> float:
    return 0.0 if moment is None else max(0.0, (now - moment).total_seconds())


def count(response: Response) -> Response:
    """After every request. By endpoint, not by address: ids and what strangers type would be endless labels."""
    asked = current_request()
    key = (asked.endpoint or "unknown", response.status_code)
    counted = _counted.get(key)
    if counted is None:
        counted = _counted[key] = (_requests.labels(*key), _seconds.labels(key[0]))
    requests, seconds = counted
    requests.inc()
    seconds.observe(time.perf_counter() - asked.began_at)
    return response
