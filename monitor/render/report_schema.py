"""The JSON Schema of a report: what ``baowatch report --format json`` promises.

``python -m monitor.render.report_schema`` prints it; ``docs/report.schema.json`` is that.
"""

import json
import sys
from typing import Any, Final, get_args

from monitor.link_news import How
from monitor.render.link_words import NOTES
from monitor.render.words import FIELD_NAMES, KINDS, WEIGHT_NAMES
from pipelines.article import BlockKind
from pipelines.diff import BlockOp, PieceOp
from pipelines.drift import FactKind
from pipelines.links import LinkKind

SCHEMA_VERSION: Final = 3
Schema = dict[str, Any]


def report_schema() -> Schema:
    """The document; draft 2020-12. No object has other members than it names."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "baowatch report",
        "description": "What changed at the portals between two moments.",
        **_object(
            schema_version=_told({"const": SCHEMA_VERSION}, "raised when a reader could notice"),
            since=_told(_TIME, "the span's begin; belongs to it"),
            until=_told(_TIME, "the span's end; does not belong to it"),
            choice=_told(_ref("choice"), "which changes were asked for"),
            sites=_told(_list(_ref("site")), "one for each site that was crawled, by name"),
            links=_told(
                _ref("links"), "what became known of copies, translations and cited sources"
            ),
        ),
        "$defs": {
            "choice": _choice(),
            "site": _site(),
            "change": _change(),
            "difference": _difference(),
            "field": _field(),
            "block": _block(),
            "piece": _piece(),
            "text": _text(),
            "archived": _archived(),
            "dismissed": _dismissed(),
            "problem": _problem(),
            **_link_definitions(),
        },
    }


def schema_text() -> str:
    """The document as the file holds it."""
    return f"{json.dumps(report_schema(), ensure_ascii=False, indent=2)}\n"


_TIME: Final[Schema] = {"type": "string", "format": "date-time"}
_TEXT: Final[Schema] = {"type": "string"}
_NUMBER: Final[Schema] = {"type": "integer", "minimum": 0}


def _object(**members: Schema) -> Schema:
    return {
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }


def _told(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _list(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_of(names: Any) -> Schema:
    return {"enum": list(names)}


def _choice() -> Schema:
    return _object(
        sites=_told(_list(_TEXT), "only these; empty: all"),
        kinds=_told(_list(_one_of(KINDS)), "only these; empty: all"),
        weight=_told(_one_of(WEIGHT_NAMES), "only changes of this weight or a heavier one"),
    )


def _site() -> Schema:
    return _object(
        site=_told(_TEXT, "the site's name"),
        title=_told(_TEXT, "what the site is called"),
        looked_at=_told(_or_null(_TIME), "end of the last crawl that ended well"),
        was_looked_at=_told(
            {"type": "boolean"},
            "whether that was in the span; if not, no changes does not mean that nothing changed",
        ),
        baseline_articles=_told(
            _or_null(_NUMBER), "articles known when the first crawl ended, if that was in the span"
        ),
        unread_articles=_told(_NUMBER, "addresses that are known and were never read"),
        hidden=_told(_NUMBER, "changes left out as lighter than the weight asked for"),
        changes=_told(_list(_ref("change")), "in the order in which they were told"),
        dismissed=_told(_list(_ref("dismissed")), "changes that turned out to be none"),
        problems=_told(_list(_ref("problem")), "what is wrong with the site, whatever was chosen"),
    )


def _change() -> Schema:
    return _object(
        id=_told(_NUMBER, "the change's number in the store"),
        article_id=_told(_NUMBER, "the article's number in the store"),
        kind=_one_of(KINDS),
        weight=_one_of(WEIGHT_NAMES),
        url=_told(_TEXT, "the article's address today"),
        title=_told(_TEXT, "the article's title today"),
        language=_told(_TEXT, "ISO 639-1, or empty"),
        fields=_told(_list(_TEXT), "what changed, as it was told"),
        explanation=_told({"type": "object"}, "why it weighs that, as it was told"),
        published_at=_or_null(_TIME),
        detected_at=_told(_TIME, "when it was seen first"),
        released_at=_told(_TIME, "when it was told"),
        archived=_told(_or_null(_ref("archived")), "the page in a WARC file, where there is one"),
        notes=_told(
            _list(_ref("note")), "what the change means for copies, translations and citing pages"
        ),
        difference=_told(_or_null(_ref("difference")), "null where there are no two texts"),
        before=_or_null(_ref("text")),
        after=_or_null(_ref("text")),
    )


def _difference() -> Schema:
    return _object(
        fields=_told(_list(_ref("field")), "what differs by what is known today"),
        left_out=_told(
            _list(_ref("field")), "what was told then and is left out as noise today, as told then"
        ),
        correction_notes=_list(_TEXT),
    )


def _field() -> Schema:
    return _object(
        field=_one_of(FIELD_NAMES),
        cut=_told(_NUMBER, "characters that are not in the blocks because there are too many"),
        blocks=_told(_list(_ref("block")), "paragraphs in the order of the text after"),
    )


def _block() -> Schema:
    return _object(
        op=_told(_one_of(get_args(BlockOp)), "what became of it; moved: told at its new place"),
        kind=_one_of(get_args(BlockKind)),
        pieces=_told(
            _list(_ref("piece")),
            "equal and deleted ones joined are the text before, equal and inserted ones after",
        ),
    )


def _piece() -> Schema:
    needed = _object(op=_one_of(get_args(PieceOp)), text=_TEXT)
    more = {
        "figures": _told(_list(_TEXT), "figures in a piece that went or came"),
        "names": _told(_list(_TEXT), "names in a piece that went or came"),
    }
    return {**needed, "properties": {**needed["properties"], **more}}


def _text() -> Schema:
    return _object(
        title=_TEXT,
        lead=_TEXT,
        text=_told(_TEXT, "a line per paragraph"),
        captions=_list(_TEXT),
        author=_TEXT,
        published_at=_or_null(_TIME),
    )


def _archived() -> Schema:
    return _object(file=_told(_TEXT, "the WARC file"), offset=_told(_NUMBER, "of its record"))


def _dismissed() -> Schema:
    return _object(
        id=_NUMBER,
        kind=_one_of(KINDS),
        url=_TEXT,
        title=_TEXT,
        fields=_list(_TEXT),
        detected_at=_TIME,
        dismissed_at=_TIME,
        why=_told(_TEXT, "why it was none"),
    )


def _problem() -> Schema:
    return _object(
        kind=_told(_TEXT, "as in the reference"),
        detail=_TEXT,
        url=_told(_TEXT, "where it was met, or empty"),
        since=_TIME,
        times=_NUMBER,
    )


def _link_definitions() -> dict[str, Schema]:
    return {
        "links": _object(
            outdated=_told(_list(_ref("outdated")), "originals that changed since they were used"),
            gone=_told(_list(_ref("gone_source")), "sources that were withdrawn"),
            found=_told(_list(_ref("found_link")), "new articles that are copies or translations"),
            older=_told(_NUMBER, "links found between articles that were known before"),
        ),
        "outdated": _object(
            kind=_told(_one_of(get_args(LinkKind)), "what was made of the original"),
            original=_ref("named"),
            made=_told(_ref("named"), "the copy or translation"),
            change_id=_told(_NUMBER, "the change of the original"),
            changed_at=_told(_TIME, "when that was told"),
            made_at=_told(_TIME, "when the text that is copied or translated was first seen"),
            follows_at=_told(_or_null(_TIME), "when it was seen to follow, if it was"),
            known_at=_told(_TIME, "when all of this was known: in the span"),
            **_DRIFT,
        ),
        "gone_source": _object(
            how=_told(_one_of(get_args(How)), "how `by` depends on `source`"),
            source=_told(_ref("named"), "the article that was withdrawn"),
            by=_told(_ref("named"), "its copy or translation, or an article that cites it"),
            change_id=_told(_NUMBER, "the withdrawal"),
            withdrawn_at=_told(_TIME, "when that was told"),
            known_at=_told(_TIME, "when all of this was known: in the span"),
        ),
        "found_link": _object(
            kind=_one_of(get_args(LinkKind)),
            original=_ref("named"),
            made=_told(_ref("named"), "the copy or translation"),
            known_at=_told(_TIME, "when the link was found and both were told of: in the span"),
        ),
        **_parts_of_links(),
    }


def _parts_of_links() -> dict[str, Schema]:
    return {
        "note": _object(
            role=_told(_one_of(NOTES), "what the other article is to the changed one"),
            article=_told(_ref("named"), "the other article"),
            at=_told(_or_null(_TIME), "when its text was first seen, where that is told"),
            **_DRIFT,
        ),
        "named": _object(
            id=_told(_NUMBER, "the article's number in the store"),
            site=_TEXT,
            url=_TEXT,
            title=_TEXT,
            language=_told(_TEXT, "ISO 639-1, or empty"),
        ),
        "fact": _object(
            kind=_one_of(get_args(FactKind)),
            value=_told(_TEXT, "`57-KL/TW`, `2026-03-02`, `4.7 %`, `1250000`"),
        ),
    }


_DRIFT: Final[Schema] = {
    "gone": _told(
        _list(_ref("fact")), "what the original said, says no more, and the other still says"
    ),
    "came": _told(_list(_ref("fact")), "what the original says now and the other does not"),
}


if __name__ == "__main__":
    sys.stdout.write(schema_text())
