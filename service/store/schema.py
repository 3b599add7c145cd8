"""The one MetaData of the service; its columns are of the engine's types."""

from __future__ import annotations

from sqlalchemy import MetaData

from engine.store.columns import metadata as engine_metadata

metadata = MetaData(naming_convention=engine_metadata.naming_convention)
