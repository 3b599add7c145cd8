"""Rule tasks, script tasks and message events whose work a worker does: a job, as a service task is (BPMN §10.3.4.1).

BPMN leaves open who sets a rule engine or a mail in motion; models written for other products name a worker or a class.
"""

from __future__ import annotations

from engine.bpmn.elements.tasks.service_task import ServiceTask


class BusinessRuleWork(ServiceTask):
    kind = "businessRuleTask"


class ScriptWork(ServiceTask):
    kind = "scriptTask"


class ThrowWork(ServiceTask):
    kind = "intermediateThrowEvent"


class EndWork(ServiceTask):
    kind = "endEvent"
