"""Pure: the articles of a portal that stands still."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urljoin

from crawlers.site import Site
from monitor.replica.families.faults import FamilyFault
from monitor.replica.families.forms import Form, known_forms, strange_form
from monitor.replica.sentences_vi import SECTIONS
from monitor.replica.story import Served, Story
from monitor.replica.writing import Draft, new_draft, person, said

ARTICLES: Final = 14
HOURS_BETWEEN: Final = 9


def served(site: Site, seed: int, start: datetime, fault: FamilyFault | None) -> Served:
    """Fourteen articles of five days, the newest first. Raises forms.NoForm."""
    rng = random.Random(f"{seed} {site.name}")
    form = strange_form(site) if fault == "unknown_addresses" else rng.choice(known_forms(site))
    stories: dict[str, Story] = {}
    while len(stories) < ARTICLES:
        published = start - timedelta(
            hours=HOURS_BETWEEN * len(stories), minutes=rng.randint(9, 99)
        )
        story = _story(site, rng, published, form, f"{site.name}-{len(stories) + 1}")
        if fault == "short":
            story = replace(story, draft=_one_line(story.draft))
        if all(story.title != other.title for other in stories.values()):
            stories.setdefault(story.url, story)
    return Served(stories=tuple(stories.values()), gone=())


def _story(site: Site, rng: random.Random, published: datetime, form: Form, ident: str) -> Story:
    published = published.replace(second=0, microsecond=0)
    section = rng.choice(SECTIONS)
    today = published.date()
    draft = new_draft(rng, section, today, translated=False, captions=rng.randint(0, 2))
    return Story(
        ident=ident,
        site=site.name,
        url=urljoin(site.home, form(rng, said(draft.title), section.slug, published)),
        section=section.slug,
        language="vi",
        draft=draft,
        author=person(rng.randrange(10**6)),
        published_at=published,
        modified_at=published,
    )


def _one_line(draft: Draft) -> Draft:
    first = replace(draft.paragraphs[0], sentences=draft.paragraphs[0].sentences[:1])
    return replace(draft, lead=(), paragraphs=(first,), captions=())
