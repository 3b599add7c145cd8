"""Calls a connector with the secrets that its model refers to, right before and for this call alone. The row of the job keeps the
references; what comes back is rid of the values before anybody else sees it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from engine import connectors, jobs
from engine.connectors import Connector, ConnectorFailed, Host, ModelError, SendsSecrets
from engine.definitions import models
from engine.facts.actor import SYSTEM
from engine.facts.errors import Unavailable
from engine.facts.secret_references import SecretReference, refers, replaced
from engine.facts.sentences import Sentence
from engine.store import fault_texts
from engine.store.unit_of_work import Begin
from service.encryption import SecretBox, SecretUnreadable
from service.secrets.keeping import place
from service.secrets.redaction import Redaction
from service.store import secrets
from service.store.secrets import KeptSecret


class ConnectorBroke(Exception):
    """A connector failed as nobody foresaw, with a secret in its hands: its stack without the value."""


def call(begin: Begin, box: SecretBox, connector: Connector, job: jobs.Job, told: connectors.Job) -> Mapping[str, Any]:
    """What the connector answers. Raises what it raises; a secret that is not there or may not go there is ConnectorFailed."""
    references, kept = _meant(begin, connector, job) if refers(job.inputs) else ((), ())
    if not references:
        return connector.call(job.inputs, told)
    values = _opened(box, references, {each.name: each for each in kept})
    inputs = replaced(job.inputs, references, values.__getitem__)
    redaction = Redaction(values)
    try:
        _check_receivers(connector, inputs, replaced(job.inputs, references, lambda name: "secret"), kept)
        return dict(redaction.json(connector.call(inputs, told)))
    except ConnectorFailed as failed:
        failed.sentence = redaction.sentence(failed.sentence)
        failed.args = (failed.sentence,)
        raise failed from None
    except ModelError as error:
        raise ModelError(redaction.text(error.code), redaction.text(str(error))) from None
    except Exception as fault:
        raise ConnectorBroke(redaction.text(fault_texts.stack(fault))) from None


def _meant(begin: Begin, connector: Connector, job: jobs.Job) -> tuple[Sequence[SecretReference], Sequence[KeptSecret]]:
    """By the model that made the job, not by what stands in its inputs: that may have been entered by anybody."""
    takers = {entry.name for entry in connector.parameters if entry.takes_secrets}
    try:
        with begin(SYSTEM) as work:
            processes = models.model_of(work, job.definition_id).processes.values()
            elements = (process.elements.get(job.element) for process in processes)
            found = [each for element in elements if element is not None for each in element.secrets if each.path[0] in takers]
            return found, secrets.kept(work, {name for each in found for name in each.names}) if found else ()
    except Unavailable as unavailable:
        raise ConnectorFailed(unavailable.sentence) from unavailable


def _opened(box: SecretBox, references: Sequence[SecretReference], kept: Mapping[str, KeptSecret]) -> Mapping[str, str]:
    values = {}
    for name in {name for each in references for name in each.names}:
        if name not in kept:
            sentence = Sentence("There is no secret {name}. An administrator has to set it; then retry.", name=name)
            raise ConnectorFailed(sentence, is_retryable=False)
        try:
            values[name] = box.decrypt(kept[name].value, place(kept[name]))
        except SecretUnreadable:
            sentence = Sentence(
                "The secret {name} cannot be read: it was encrypted under another secret key. An administrator has to set it "
                "again; then retry.",
                name=name,
            )
            raise ConnectorFailed(sentence, is_retryable=False) from None
    return values


def _check_receivers(
    connector: Connector, inputs: Mapping[str, Any], shown: Mapping[str, Any], kept: Sequence[KeptSecret]
) -> None:
    """A designer writes the address, an administrator says where a secret may go. `shown`: the inputs with words in place of the
    values; where the receiver is another one with them, it is made of a secret, and asking for its address would tell it."""
    hosts = set(connector.receivers(inputs)) if isinstance(connector, SendsSecrets) else {Host(connector.name)}
    if isinstance(connector, SendsSecrets) and hosts != _receivers(connector, shown):
        sentence = Sentence(
            "A secret stands in the host of an address, where the network and everybody who looks names up would read it. Write "
            "the host into the model, and the secret behind it or into a header."
        )
        raise ConnectorFailed(sentence, is_retryable=False)
    for secret in (each for each in kept if each.hosts):
        for host in sorted(host for host in hosts if not host.is_among(secret.hosts)):
            sentence = Sentence(
                "The secret {name} may be sent to {hosts}, not to {host}; without a port the ports 443 and 80 are meant. Correct "
                "the address, or have an administrator set the secret for {host} too; then retry.",
                name=secret.name,
                hosts=", ".join(secret.hosts),
                host=str(host),
            )
            raise ConnectorFailed(sentence, is_retryable=False)


def _receivers(connector: SendsSecrets, inputs: Mapping[str, Any]) -> Collection[Host] | None:
    try:
        return set(connector.receivers(inputs))
    except ConnectorFailed:
        return None
