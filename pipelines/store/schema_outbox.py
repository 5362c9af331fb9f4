"""What is to be told, to whom, and how far that got (migration 0007).

No word of an article stands here: messages are made from the store when they are sent.
Where a change is erased, what was to be told of it goes with it.
"""

from typing import Final

STATEMENTS: Final[tuple[str, ...]] = (
    # Written by the transaction that releases a change, or takes a released one back. Which
    # channels there are is known to the sender only: it turns these rows into deliveries.
    """\
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  change_id INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
  event TEXT NOT NULL CHECK (event IN ('released', 'taken_back')),
  written_at TEXT NOT NULL,
  routed_at TEXT
) STRICT""",
    "CREATE INDEX outbox_unrouted ON outbox(id) WHERE routed_at IS NULL",
    "CREATE INDEX outbox_by_change ON outbox(change_id)",
    # Since when a route of notify.yml stands there: what was released before is not its.
    """\
CREATE TABLE routes (
  name TEXT PRIMARY KEY,
  began_at TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    # One message to one address of a channel (its addresses are counted from 1). The key is
    # the receiver's means to know a message that comes twice. `reached`: a try got so far
    # that the receiver may have the message.
    """\
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  address INTEGER NOT NULL,
  route TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('change', 'digest', 'correction')),
  status TEXT NOT NULL CHECK (status IN ('collecting', 'waiting', 'sending', 'sent', 'dead',
    'dropped', 'cancelled')),
  made_at TEXT NOT NULL,
  tried_since TEXT NOT NULL,
  due_at TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  tried_at TEXT,
  reached INTEGER NOT NULL DEFAULT 0,
  ended_at TEXT,
  why TEXT NOT NULL DEFAULT ''
) STRICT""",
    """\
CREATE INDEX deliveries_open ON deliveries(channel, address, due_at)
  WHERE status IN ('collecting', 'waiting', 'sending')""",
    "CREATE INDEX deliveries_by_status ON deliveries(status, channel)",
    # What a delivery tells. `left_out_at`: taken back before it was told for certain.
    """\
CREATE TABLE delivery_changes (
  delivery_id INTEGER NOT NULL REFERENCES deliveries(id) ON DELETE CASCADE,
  change_id INTEGER NOT NULL REFERENCES changes(id) ON DELETE CASCADE,
  left_out_at TEXT,
  PRIMARY KEY (delivery_id, change_id)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX delivery_changes_by_change ON delivery_changes(change_id)",
    # How one address of a channel bears up: failures in a row, and when it is asked again.
    """\
CREATE TABLE lanes (
  channel TEXT NOT NULL,
  address INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  why TEXT NOT NULL DEFAULT '',
  next_at TEXT,
  answered_at TEXT,
  PRIMARY KEY (channel, address)
) STRICT, WITHOUT ROWID""",
)
