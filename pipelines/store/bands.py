"""Samples of articles' sentences, by which copies find each other."""

from collections.abc import Collection

from pipelines.store.opening import Reader, Writer


def write(db: Writer, article_id: int, bands: Collection[int]) -> None:
    """Let these be an article's bands."""
    known = {
        band for (band,) in db.execute("SELECT band FROM bands WHERE article_id = ?", [article_id])
    }
    told = set(bands)
    db.conn.executemany(
        "DELETE FROM bands WHERE band = ? AND article_id = ?",
        [(band, article_id) for band in known - told],
    )
    db.conn.executemany(
        "INSERT INTO bands (band, article_id) VALUES (?, ?)",
        [(band, article_id) for band in told - known],
    )


def holders(db: Reader | Writer, band: int, *, besides: int, most: int) -> list[int]:
    """Other articles that have a band; of more than ``most``, the first."""
    found = db.execute(
        "SELECT article_id FROM bands WHERE band = ? AND article_id != ? LIMIT ?",
        [band, besides, most],
    )
    return [article_id for (article_id,) in found]


def same_text(db: Reader | Writer, version_id: int, *, most: int) -> list[int]:
    """Other articles whose current body is the very same."""
    found = db.execute(
        "SELECT articles.id FROM versions AS ours "
        "JOIN versions AS theirs ON theirs.text_id = ours.text_id "
        "JOIN articles ON articles.current_version_id = theirs.id "
        "WHERE ours.id = ? AND articles.id != ours.article_id AND merged_into IS NULL LIMIT ?",
        [version_id, most],
    )
    return [article_id for (article_id,) in found]
