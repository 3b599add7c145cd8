"""What a hand in the database could change: by name, as SQL for both databases, with an invariant that the audit finds broken.

In the SQL, `{ended}`, `{second}`, … are ids of process instances (tests/engine/test_corruptions.py makes them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Column, Integer, String, Table

from engine.store.columns import Moment
from engine.store.subscriptions import subscription
from engine.store.timers import timer


@dataclass(frozen=True)
class Words:
    """How a database says what the other one says differently."""

    is_postgresql: bool

    def state(self, old: str, new: str) -> str:
        """The saved state with a text in place of another one."""
        if self.is_postgresql:
            return f"convert_to(replace(convert_from(state, 'UTF8'), '{old}', '{new}'), 'UTF8')"
        return f"cast(replace(cast(state as text), '{old}', '{new}') as blob)"

    def content(self, old: str, new: str) -> str:
        return self.state(old, new).replace("state", "content")

    def json(self, column: str, old: str, new: str) -> str:
        """Of the log, which keeps its texts."""
        cast = "::text" if self.is_postgresql else ""
        return f"replace({column}{cast}, '{old}', '{new}')" + ("::json" if self.is_postgresql else "")

    def shifted(self, column: str) -> str:
        """A year earlier."""
        return f"{column} - interval '1 year'" if self.is_postgresql else f"replace({column}, '2026-', '2025-')"

    def later(self, column: str) -> str:
        """Ten years later."""
        return f"{column} + interval '10 years'" if self.is_postgresql else f"replace({column}, '2026-', '2036-')"

    @property
    def nothing(self) -> str:
        """No bytes."""
        return "''" if self.is_postgresql else "x''"

    @property
    def evil(self) -> str:
        return "'evil'" if self.is_postgresql else "x'6576696c'"


#: In a saved state: a list of tokens, and one with another token before them.
_TOKEN_TWICE = ('"t":[[', '"t":[[77,"act"],[')

Corruption = tuple[str, str | Callable[[Words], str]]

#: Start events by the key of their process, with the table that has their row.
STARTS: Mapping[str, Table] = {"daily": timer, "mornings": timer, "once": timer, "letter": subscription, "alarmed": subscription}
#: What workers write while they try.
_TRIED = {"claimed_until", "attempts", "error"}


def _of_start_events() -> Iterator[tuple[str, Corruption]]:
    for key, table in STARTS.items():
        yield f"{key} starts no more", ("I17", f"delete from {table.name} where key='{key}'")
        columns = ", ".join(column.name for column in table.c if column.name != "id")
        twice = f"insert into {table.name} (id, {columns}) select '00000000000070008000000000000001', {columns} from {table.name}"
        yield f"{key} starts twice", ("I17", f"{twice} where key='{key}'")
    for key in ("daily", "letter"):
        for column in STARTS[key].c:
            if column.name not in {"id", "correlation_digest"} | _TRIED:
                yield f"{column} of {key}", ("I17", partial(_altered, key, column))
    yield "a cron start put off", ("I17", partial(_altered, "mornings", timer.c.due_at))
    yield "a start that has been before", ("I17", partial(_altered, "once", timer.c.fired))
    yield "a start timer counts on", ("I17", "update timer set fired=fired+3 where key='daily'")
    yield "a start timer begins anew", ("I17", "update timer set fired=0, due_at=since where key='daily'")
    yield (
        "a start event of a version before",
        (
            "I17",
            "update subscription set definition_id=(select id from process_definition where key='review') where key='letter'",
        ),
    )
    yield (
        "an instance's subscription starts",
        ("I17", "update subscription set key='payment' where process_instance_id='{awaiting}'"),
    )


def _altered(key: str, column: Column[object], the: Words) -> str:
    """Another value of the same type."""
    if isinstance(column.type, Moment):
        value = the.later(column.name)
    elif isinstance(column.type, Integer):
        value = f"coalesce({column.name}, 0) + 7"
    else:
        value = "'other'" if isinstance(column.type, String) else "'{first}'"
    return f"update {column.table.name} set {column.name}={value} where key='{key}'"


#: What starts processes; `rebuild` puts all of it back.
OF_START_EVENTS = dict(_of_start_events())

#: Name → invariant that is found broken, and the statements.
CORRUPTIONS: Mapping[str, Corruption] = OF_START_EVENTS | {
    # What was tried first, in that order.
    "a row of the log taken out": ("I1", "delete from history where process_instance_id='{ended}' and version=2"),
    "the end of the log cut off": (
        "I8",
        "delete from history where process_instance_id='{ended}' and version=(select version from process_instance"
        " where id='{ended}'); update process_instance set version=version-1 where id='{ended}'",
    ),
    "a variable of the state": (
        "I9",
        lambda the: f"update process_instance set state={the.state('100', '900')} where id='{{second}}'",
    ),
    "a value in the log": (
        "I9",
        lambda the: f"update history set events={the.json('events', '100', '900')} where process_instance_id='{{ended}}'",
    ),
    "who completed": ("I3", "update user_task set completed_by='bob' where process_instance_id='{ended}' and element='write'"),
    "an opinion": ("I3", "update user_task set comment='NOT fine' where process_instance_id='{ended}' and element='approve'"),
    "an outcome": ("I3", "update user_task set outcome='reject' where process_instance_id='{ended}' and element='approve'"),
    "an actor in the log": ("I9", "update history set actor='anna' where process_instance_id='{ended}'"),
    "moments of the log": ("I9", lambda the: f"update history set at={the.shifted('at')} where process_instance_id='{{ended}}'"),
    "an open task gone": ("I2", "delete from user_task where process_instance_id='{first}'"),
    "an open task given away": (
        "I3",
        "update user_task set assignee='anna' where process_instance_id='{second}' and status='open'",
    ),
    "candidates gone": ("I11", "delete from user_task_candidate where process_instance_id='{second}'"),
    "candidates widened": (
        "I3",
        "update user_task set candidates='[\"role:staff\"]' where process_instance_id='{second}' and status='open'",
    ),
    "a timer put off": (
        "I11",
        lambda the: f"update timer set due_at={the.later('due_at')} where process_instance_id='{{timed}}'",
    ),
    "timers gone": ("I11", "delete from timer where process_instance_id='{timed}'"),
    "a subscription gone": ("I2", "delete from subscription where process_instance_id='{awaiting}'"),
    "a done job gone": ("I3", "delete from job where process_instance_id='{worked}'"),
    "bytes of a file gone": ("I13", "delete from attachment_content"),
    "bytes of a file changed": ("I13", lambda the: f"update attachment_content set content={the.evil}"),
    "a file gone": ("I13", "delete from attachment_content; delete from attachment"),
    "a deployed process changed": (
        "I14",
        lambda the: f"update resource set content={the.content('Approve', 'Approved')} where name='review.bpmn'",
    ),
    "another file for a process": (
        "I14",
        "update process_definition set resource_id=(select id from resource where name='payment.bpmn') where key='review'",
    ),
    "an instance gone, its log left": (
        "I15",
        "delete from attachment_content; delete from attachment; delete from incident;"
        " delete from process_instance where id='{ended}'",
    ),
    "an ended one runs": ("I9", "update process_instance set status='running', ended_at=null where id='{ended}'"),
    "a running one has ended": ("I8", "update process_instance set status='ended', outcome='completed' where id='{second}'"),
    "no state": ("I7", lambda the: f"update process_instance set state={the.nothing} where id='{{second}}'"),
    "an initiator": ("I9", "update process_instance set initiator='bob' where id='{ended}'"),
    "title and business key": ("I9", "update process_instance set title='x', business_key='y' where id='{ended}'"),
    "an open task twice": (
        "I11",
        "insert into user_task (id, process_instance_id, definition_id, token, element, name, name_en, priority, created_at,"
        " status, candidates, facts) select '00000000000070008000000000000001', process_instance_id, definition_id, 77, element,"
        " name, name_en, priority, created_at, status, candidates, facts from user_task where process_instance_id='{first}'",
    ),
    "an old row of the outbox": (
        "I5",
        "insert into outbox (id, kind, body, created_at, due_at, attempts) select '00000000000070008000000000000001',"
        " 'delivery', '{{}}', at, at, 0 from anchor where number=0",
    ),
    "a form changed": ("I14", "update form_definition set schema='{{}}'"),
    "steps counted wrong": ("I3", "update process_instance set steps_done=99 where id='{ended}'"),
    "a token twice": (
        "I9",
        lambda the: f"update process_instance set state={the.state(*_TOKEN_TWICE)} where id='{{first}}'",
    ),
    # What else a hand could do.
    "the log empties": ("I1", "delete from history where process_instance_id='{second}'"),
    "a change renamed": ("I9", "update history set verb='assign' where process_instance_id='{second}' and verb='claim'"),
    "an element in the log": ("I9", "update history set element='other' where process_instance_id='{ended}' and version=2"),
    "a command forgotten": ("I9", "update history set command=null where process_instance_id='{ended}' and version=2"),
    "an opinion in row and log": (
        "I9",
        lambda the: (
            "update user_task set comment='Bad.' where comment='Fine.';"
            f" update history set events={the.json('events', 'Fine.', 'Bad.')} where process_instance_id='{{ended}}'"
        ),
    ),
    "a row of the log added": (
        "I1",
        "insert into history (process_instance_id, version, at, actor, verb, events)"
        " select process_instance_id, 99, at, actor, verb, events from history where process_instance_id='{first}'",
    ),
    "a case disowned": ("I9", "update process_instance set initiator_department='company' where id='{first}'"),
    "a start long ago": (
        "I9",
        lambda the: f"update process_instance set started_at={the.shifted('started_at')} where id='{{first}}'",
    ),
    "another version of the process": (
        "I9",
        "update process_instance set definition_id=(select id from process_definition where key='payment') where id='{ended}'",
    ),
    "no chain": ("I9", lambda the: f"update process_instance set chain={the.nothing}, seal={the.nothing} where id='{{ended}}'"),
    "no moment of the first chain": ("I14", "delete from anchor"),
    "a done task open again": (
        "I3",
        "update user_task set status='open' where process_instance_id='{ended}' and element='write'",
    ),
    "a done task gone": ("I3", "delete from user_task where process_instance_id='{ended}' and element='approve'"),
    "a completion long ago": (
        "I3",
        lambda the: f"update user_task set completed_at={the.shifted('completed_at')} where process_instance_id='{{ended}}'",
    ),
    "a task of another step": ("I3", "update user_task set element='write' where process_instance_id='{second}'"),
    "a task renamed": ("I11", "update user_task set name='Nothing' where process_instance_id='{second}' and status='open'"),
    "outcomes of an open task": (
        "I11",
        "update user_task set facts='{{}}' where process_instance_id='{second}' and status='open'",
    ),
    "a task without a due date": ("I11", "update user_task set due_at=null where process_instance_id='{second}'"),
    "a candidate too many": (
        "I11",
        "insert into user_task_candidate select 'person:mallory', user_task_id, process_instance_id from user_task_candidate",
    ),
    "another correlation key": (
        "I11",
        "update subscription set correlation_key='B2' where process_instance_id='{awaiting}'",
    ),
    "another message": ("I11", "update subscription set name='other' where process_instance_id='{awaiting}'"),
    "a timer of another step": ("I11", "update timer set element='late' where process_instance_id='{timed}'"),
    "an address in an open job": (
        "I11",
        "update job set inputs='{{\"url\": \"http://evil\"}}' where process_instance_id='{working}'",
    ),
    "an incident of a job gone": ("I19", "delete from incident where process_instance_id='{failed}'"),
    "another cause of an incident": (
        "I19",
        """update incident set cause='{{"text": "Fine."}}' where process_instance_id='{failed}'""",
    ),
    "another error of a failed job": (
        "I19",
        """update job set error='{{"text": "Fine."}}' where process_instance_id='{failed}'""",
    ),
    "no error of a failed job": ("I19", "update job set error=null where process_instance_id='{failed}'"),
    "an incident of another job": ("I19", "update incident set trigger_id='{first}' where process_instance_id='{failed}'"),
    "a failed job due again": ("I19", "update job set status='open', retries=1 where process_instance_id='{failed}'"),
    "tries of a failed job": ("I19", "update job set retries=2 where process_instance_id='{failed}'"),
    "a job that was never tried put off": (
        "I19",
        lambda the: f"update job set due_at={the.later('due_at')} where process_instance_id='{{working}}'",
    ),
    "a job that failed once put off": (
        "I19",
        lambda the: f"update job set due_at={the.later('due_at')} where process_instance_id='{{retried}}'",
    ),
    "tries of a job that was never tried": ("I19", "update job set retries=retries-2 where process_instance_id='{working}'"),
    "more tries than a job has": ("I19", "update job set retries=99 where process_instance_id='{retried}'"),
    "an error of a job that was never tried": (
        "I19",
        """update job set error='{{"text": "Down."}}' where process_instance_id='{working}'""",
    ),
    "attempts of a job that has failed": ("I19", "update job set attempts=0 where process_instance_id='{retried}'"),
    "another connector of an open job": ("I11", "update job set connector='mail' where process_instance_id='{working}'"),
    "another kind of an open job": ("I11", "update job set kind='topic' where process_instance_id='{working}'"),
    "a parked timer due again": ("I19", "update timer set error=null where error is not null"),
    "another error of a parked timer": ("I19", """update timer set error='{{"text": "Fine."}}' where error is not null"""),
    "an incident of a timer with another cause": (
        "I19",
        """update incident set cause='{{"text": "Fine."}}' where kind='timer'""",
    ),
    "an open job done": ("I3", "update job set status='completed' where process_instance_id='{working}'"),
    "a file renamed": ("I13", "update attachment set name='contract.pdf'"),
    "another digest of a file": (
        "I13",
        # Of the bytes `evil`.
        lambda the: (
            f"update attachment_content set content={the.evil}; update attachment set size=4,"
            " sha256='4e6d0f4b6f2a4b4e6e7c8f1cbd3d0e7f3b7d6d6d1f2d3b1a1f7e1c9d5f3b7a11'"
        ),
    ),
    "a file of another case": ("I13", "update attachment set process_instance_id='{first}'"),
    "who may start a process": ("I14", "update process_definition set facts='{{}}' where key='guarded'"),
    "a deployment by somebody else": ("I14", "update deployment set deployed_by='anna'"),
    "no latest version": ("I14", lambda the: f"update process_definition set is_latest={'false' if the.is_postgresql else '0'}"),
    "the whole case without a trace": (
        "I9",
        "".join(
            f"delete from {table} where {'id' if table == 'process_instance' else 'process_instance_id'}='{{second}}';"
            for table in ("history", "user_task", "user_task_candidate", "process_instance")
        ),
    ),
    "an anchor forgotten": ("I9", "delete from anchor where number=1"),
    "an anchor holds less": ("I9", "delete from anchored where subject_id='{second}'"),
    "an anchor holds another version": ("I9", "update anchored set version=version+1 where subject_id='{second}'"),
    "an anchor of another day": ("I9", lambda the: f"update anchor set at={the.shifted('at')} where number=1"),
    "another root of an anchor": ("I9", "update anchor set root=digest where number=1"),
    "the whole case but its files": (
        "I15",
        "delete from history where process_instance_id='{second}'; delete from user_task where process_instance_id='{second}';"
        " delete from process_instance where id='{second}'",
    ),
}
