"""The pairs of characters of a title are made in linear time, of its first 1,000 characters.

A title has at most 300 and a business key 255, so that nothing is left out of what is written from now on. Longer titles of
before stay as they are, under their seals; where there are any the index is made anew, so that it says what the function says.

Revision 0023, after 0022.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MOST = 1_000
#: A text of PostgreSQL finds its nth character by counting; one character of an array is found at once.
PAIRS = f"""
create or replace function liuzhuan_pairs(said text) returns text[] language plpgsql immutable strict parallel safe as $$
declare
  small text[] := string_to_array(lower(left(said, {MOST})), null);
  found text[] := '{{}}';
begin
  for place in 2 .. coalesce(array_length(small, 1), 0) loop
    found := found || (small[place - 1] || small[place]);
  end loop;
  return found;
end $$"""
BEFORE = """
create or replace function liuzhuan_pairs(said text) returns text[] language plpgsql immutable strict parallel safe as $$
declare
  small text := lower(said);
  found text[] := '{}';
begin
  for place in 1 .. length(small) - 1 loop
    found := found || substr(small, place, 2);
  end loop;
  return found;
end $$"""
_LONG = f"select 1 from process_instance where length(title || ' ' || coalesce(business_key, '')) > {MOST} limit 1"


def upgrade() -> None:
    _replace(PAIRS)


def downgrade() -> None:
    _replace(BEFORE)


def _replace(function: str) -> None:
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    op.execute(function)
    if connection.execute(sa.text(_LONG)).first() is not None:
        op.execute("reindex index process_instance_words")
