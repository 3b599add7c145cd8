"""A backup is taken by pg_dump under load, brought back into another database, and audited there."""

from __future__ import annotations

import time

import psycopg

from bench.faults.errands import Load
from bench.faults.report import Report
from bench.faults.stage import stage
from bench.faults.verdict import audit_findings, findings, numbers, settle
from engine.store import open_database


def backup(size: int, database: str) -> Report:
    """`size` backups, each restored and audited while the load goes on; then the work of the last copy is ended by workers."""
    with stage("postgresql") as here:
        assert here.cluster is not None
        here.serve(1)
        here.work(1)
        load = Load(here, 4)
        load.start()
        report = Report("backup", size)
        for number in range(size):
            time.sleep(5)
            file, name = here.folder / "backup", f"restored_{number}"
            here.cluster.run("pg_dump", "-Fc", "-f", str(file), "postgres")
            with psycopg.connect(here.url, autocommit=True) as connection:
                connection.execute(f"create database {name}")
            here.cluster.run("pg_restore", "-d", name, str(file))
            restored = open_database(here.cluster.url(name))
            counted = numbers(restored)
            report.add(f"backup {number + 1}", f"{counted['transitions']:,} transitions, {counted['running']:,} running")
            report.hold(audit_findings(restored))
            restored.close()
        load.finish()
        settle(here)
        here.service.stop()
        report.hold((*load.findings, *findings(here, load.ledger)))
        return report
