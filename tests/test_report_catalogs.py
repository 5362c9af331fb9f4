"""The interface words: every catalog is whole, and says what its language asks for."""

import string
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po
from catalogs import used

from monitor.render.language import LANGUAGES, language_of

OTHERS = [code for code in LANGUAGES if code != "en"]


def catalog(code):
    with (files("monitor.render") / "locale" / f"{code}.po").open("rb") as source:
        return read_po(source, locale=code, abort_invalid=True)


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalog_has_every_text_and_none_too_many(code):
    found = catalog(code)
    messages = [message for message in found if message.id]
    assert {message.id for message in messages} == used()
    assert not found.obsolete
    for message in messages:
        assert not message.fuzzy
        forms = message.string if message.pluralizable else (message.string,)
        assert all(forms), message.id
        assert len(forms) == (found.num_plurals if message.pluralizable else 1)


@pytest.mark.parametrize("code", OTHERS)
def test_every_place_that_is_filled_is_in_the_translation(code):
    for message in catalog(code):
        if not message.id:
            continue
        if message.pluralizable:
            wanted = places(message.id[1])
            # "One article" and "two articles" may be words.
            assert places(message.string[-1]) == wanted, message.id
            assert all(places(form) <= wanted for form in message.string), message.id
        else:
            assert places(message.string) == places(message.id), message.id


@pytest.mark.parametrize(
    ("n", "told"),
    [
        (0, "لا تغييرات"),
        (1, "تغيير واحد"),
        (2, "تغييران"),
        (3, "3 تغييرات"),
        (10, "10 تغييرات"),
        (11, "11 تغييرًا"),
        (99, "99 تغييرًا"),
        (100, "100 تغيير"),
        (103, "103 تغييرات"),
    ],
)
def test_arabic_has_six_plurals(n, told):
    assert language_of("ar").count("{n} change", "{n} changes", n) == told


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", "1,234 changes"), ("vi", "1.234 thay đổi"), ("fa", "۱٬۲۳۴ تغییر")],
)
def test_numbers_are_written_as_the_language_does(code, told):
    said = language_of(code)
    assert said.count("{n} change", "{n} changes", 1234).replace(",", ",") in (
        told,
        told.replace("٬", ","),
    )


def test_a_language_that_reports_do_not_speak_is_refused():
    with pytest.raises(ValueError, match="no language 'xx'; reports speak en, vi, ar, fa"):
        language_of("xx")


@pytest.mark.parametrize("code", LANGUAGES)
def test_scraped_braces_are_no_places(code):
    assert "{n.__class__}" in language_of(code).say("from {address}", address="{n.__class__}")
