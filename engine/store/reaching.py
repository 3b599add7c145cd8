"""Whether a database can be used, for who starts a process and is to hear of it at once."""

from __future__ import annotations

from typing import Final

from engine.assignment.directory import Directory
from engine.facts.actor import SYSTEM
from engine.facts.errors import Unavailable
from engine.facts.sentences import Sentence, verbatim
from engine.store.database import Database, parse_url
from engine.store.outage import is_of_database, place
from engine.store.unit_of_work import UnitOfWork, sorted_out

#: For a server that says nothing; libpq takes no less than two.
SECONDS: Final = 3


def trouble(url: str, nobody: Directory) -> Sentence | None:
    """What keeps a process from using it now, with what to do; None: nothing. `nobody`: the people of no company.

    Raises DatabaseAddressRefused.
    """
    address = parse_url(url)
    if address.get_backend_name() == "postgresql" and "connect_timeout" not in address.query:
        address = address.update_query_dict({"connect_timeout": str(SECONDS)})
    database = Database(address)
    try:
        with sorted_out():
            connection = database.connections.take()
            try:
                UnitOfWork(database, connection, SYSTEM, nobody, None).look_at_tables()
            finally:
                database.connections.give_back(connection)
    except Unavailable as refusal:
        return _sentence(refusal, place(address))
    finally:
        database.close()
    return None


def _sentence(refusal: Unavailable, where: str) -> Sentence:
    cause = refusal.__cause__
    if type(refusal) is not Unavailable or cause is None or not is_of_database(refusal):
        return refusal.sentence
    # What follows the first line guesses at reasons.
    why, *_ = str(getattr(cause, "orig", None) or cause).strip().splitlines() or [""]
    return Sentence(
        "The database {database} cannot be reached: {why}. Start it, or correct LIUZHUAN_DATABASE_URL and start again. Until "
        "then nothing is done; it is tried again and again.",
        database=where,
        why=verbatim(why.rstrip(".")),
    )
