"""Pure: feeds, sitemaps and robots files."""

import html
from collections.abc import Iterable, Sequence
from email.utils import format_datetime

from monitor.replica.addresses import LOCAL
from monitor.replica.portals.markup import Answer, View
from monitor.replica.story import Story

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def robots(*lines: str) -> Answer:
    """A robots.txt."""
    return Answer(body="\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def feed(view: View, stories: Sequence[Story], title: str, home: str, most: int = 30) -> Answer:
    """RSS 2.0: title, link, lead after a picture, time of publication."""
    parts = []
    for story in stories[:most]:
        summary = html.escape(f'<img src="/thumb/{story.ident}.jpg">{story.lead}')
        moment = format_datetime(story.published_at.astimezone(LOCAL))
        parts.append(
            f"<item><title>{html.escape(story.title)}</title><link>{html.escape(story.url)}</link>"
            f"<guid>{html.escape(story.url)}</guid><description>{summary}</description>"
            f"<pubDate>{moment}</pubDate></item>"
        )
    built = format_datetime(view.noise.now.astimezone(LOCAL))
    body = (
        f'{XML}<rss version="2.0"><channel><title>{html.escape(title)}</title>'
        f"<link>{home}</link><lastBuildDate>{built}</lastBuildDate>{''.join(parts)}"
        "</channel></rss>"
    )
    return Answer(body=body, content_type="application/rss+xml; charset=utf-8")


def feed_index(feeds: Iterable[tuple[str, str]], title: str) -> Answer:
    """A page that lists a portal's feeds: pairs of address and name."""
    lines = "".join(f'<li><a href="{url}">{html.escape(name)}</a></li>' for url, name in feeds)
    return Answer(
        body=f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>RSS - {title}</title>"
        f"</head><body><h1>RSS</h1><ul>{lines}</ul></body></html>"
    )


def sitemap_index(addresses: Iterable[str]) -> Answer:
    """A sitemap of sitemaps."""
    parts = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in addresses)
    return Answer(
        body=f"{XML}<sitemapindex {_SITEMAP}>{parts}</sitemapindex>",
        content_type="application/xml; charset=utf-8",
    )


def sitemap(stories: Iterable[Story], *, gzip_file: bool = False) -> Answer:
    """A sitemap; lastmod is the time of the last edit."""
    parts = "".join(
        f"<url><loc>{html.escape(story.url)}</loc>"
        f"<lastmod>{story.modified_at.astimezone(LOCAL).isoformat()}</lastmod></url>"
        for story in stories
    )
    return Answer(
        body=f"{XML}<urlset {_SITEMAP}>{parts}</urlset>",
        content_type="application/gzip" if gzip_file else "application/xml; charset=utf-8",
        gzip_file=gzip_file,
    )


def news_sitemap(stories: Iterable[Story], portal: str) -> Answer:
    """A news sitemap."""
    parts = "".join(
        f"<url><loc>{html.escape(story.url)}</loc><news:news><news:publication>"
        f"<news:name>{portal}</news:name><news:language>vi</news:language></news:publication>"
        f"<news:publication_date>{story.published_at.astimezone(LOCAL).isoformat()}"
        f"</news:publication_date><news:title>{html.escape(story.title)}</news:title>"
        "</news:news></url>"
        for story in stories
    )
    return Answer(
        body=f"{XML}<urlset {_SITEMAP} {_NEWS}>{parts}</urlset>",
        content_type="application/xml; charset=utf-8",
    )
