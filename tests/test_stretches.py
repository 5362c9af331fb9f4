"""Stretches of lines in elements: told for all levels in one walk, equal to asking each level."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawlers.outline import outline
from pipelines.container import places_in
from pipelines.stretches import Sums, inside, stretches_in, stretches_up

fragments = st.recursive(
    st.sampled_from(["<p>một</p>", "hai", "<br>", "<p></p>", "<b>ba</b>"]),
    lambda inner: st.lists(inner, min_size=1, max_size=4).map(
        lambda parts: f"<div>{''.join(parts)}</div>"
    ),
    max_leaves=20,
)


def places_one_by_one(element, lines):
    held = set(element.iter())
    return [place for place, line in enumerate(lines) if line.element in held]


@given(fragments)
def test_every_element_has_the_stretch_of_its_lines(markup):
    tree = html.document_fromstring(f"<body>x{markup}</body>")
    lines = outline(tree)
    found = stretches_in(tree, lines)
    for element in tree.iterdescendants():
        assert list(found.get(element, ())) == places_one_by_one(element, lines)


@given(fragments)
def test_every_level_above_an_element_has_the_stretch_of_its_lines(markup):
    tree = html.document_fromstring(f"<body>x{markup}</body>")
    lines = outline(tree)
    for element in tree.iter():
        levels = list(stretches_up(element, lines))
        assert [above for above, _ in levels] == [element, *element.iterancestors()]
        for above, stretch in levels:
            assert list(stretch) == places_one_by_one(above, lines)
        assert places_in(element, lines) == levels[0][1]


@given(st.lists(st.integers(-5, 5)), st.data())
def test_sums_over_stretches(values, data):
    start = data.draw(st.integers(0, len(values)))
    stop = data.draw(st.integers(start, len(values)))
    assert Sums(values).of(range(start, stop)) == sum(values[start:stop])


def test_inside_holds_nested_elements_once():
    tree = html.document_fromstring("<div><p>a<b>c</b></p></div><p>d</p>")
    assert inside(tree.xpath("//div | //p")) == set(tree.xpath("//div | //p | //b"))
