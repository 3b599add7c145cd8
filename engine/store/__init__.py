"""The durable state of the engine: its only room that imports SQLAlchemy. One file per table: its rows, queries and locks."""

from engine.store.database import Database, open_database

__all__ = ["Database", "open_database"]
