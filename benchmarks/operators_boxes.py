"""Noise in boxes of their own: links to elsewhere, teasers, comments, widgets."""

from pen import Pen


def _mark(pen: Pen) -> str:
    return pen.dice.choice(("h3", "p", "div", "h4"))


def _headed(pen: Pen, label: str, inside: str) -> str:
    mark = _mark(pen)
    return f"<{mark}>{pen.voice.label(label)}</{mark}>{inside}"


def related_list(pen: Pen) -> None:
    rows = pen.several(lambda: f"<li>{pen.link()}</li>", 3, 6)
    pen.anywhere(_headed(pen, "related", f"<ul>{rows}</ul>"))


def see_also_linked(pen: Pen) -> None:
    pen.among(f"<p>{pen.voice.label('see')}: {pen.link()}</p>")


def see_also_plain(pen: Pen) -> None:
    pen.among(f"<p>{pen.voice.label('see')}: {pen.voice.headline()}</p>")


def lone_teaser(pen: Pen) -> None:
    pen.among(
        pen.dice.choice(("<p>{}</p>", "<strong>{}</strong>", "<b><em>{}</em></b>")).format(
            pen.link()
        )
    )


def teasers_with_summaries(pen: Pen) -> None:
    form = f"<div class='{pen.name()}'><h3>{{}}</h3><p>{{}}</p></div>"
    cards = pen.several(lambda: form.format(pen.link(), pen.voice.sentences(1, 2)), 3, 6)
    pen.dice.choice((pen.after, pen.outside))(_headed(pen, "related", cards))


def teasers_with_pictures(pen: Pen) -> None:
    form = "<li><a href='/{}.html'><img src='/x.jpg' alt='{}'><span>{}</span></a></li>"
    voice = pen.voice
    rows = pen.several(lambda: form.format(pen.name(), voice.headline(), voice.headline()), 1, 5)
    pen.anywhere(f"<ul class='{pen.name()}'>{rows}</ul>")


def dated_teasers(pen: Pen) -> None:
    form = "<li>{} <span>{:02}/03/2026 {:02}:10</span></li>"
    number = pen.voice.number
    rows = pen.several(lambda: form.format(pen.link(), number(28), number(23)), 4, 9)
    pen.outside(_headed(pen, "related", f"<ul>{rows}</ul>"))


def most_read(pen: Pen) -> None:
    numbers = iter(range(1, 20))
    rows = pen.several(lambda: f"<div><span>{next(numbers)}</span> {pen.link()}</div>", 4, 9)
    pen.dice.choice((pen.outside, pen.bottom))(_headed(pen, "most_read", rows))


def linked_ad(pen: Pen) -> None:
    text = f"{pen.voice.headline()} {pen.voice.label('buy')}"
    pen.anywhere(
        f"<div><a href='https://{pen.name()}.example/'><img src='/a.gif'><p>{text}</p></a></div>"
    )


def ad_label(pen: Pen) -> None:
    pen.anywhere(f"<div id='{pen.name()}'>{pen.voice.label('ad')}</div>")


def picture_ad(pen: Pen) -> None:
    address = f"https://{pen.name()}.example/?c={pen.voice.number()}"
    pen.among(
        f"<a href='{address}'><img src='/{pen.name()}.png' alt='{pen.voice.label('ad')}'></a>"
    )


def ad_slot(pen: Pen) -> None:
    inside = (
        f"<ins data-slot='{pen.voice.number()}'></ins><script>push({pen.voice.number()})</script>"
    )
    pen.among(f"{inside}<iframe src='https://{pen.name()}.example/f'></iframe>")


def comments(pen: Pen) -> None:
    """Opinions without a link, on some portals with a time and a label to answer by."""
    voice = pen.voice
    mark = pen.dice.choice(("div", "p", "li"))
    labelled = pen.dice.random() < 0.7

    def one() -> str:
        more = voice.opinion() if pen.dice.random() < 0.5 else ""
        ago = f"<span>{voice.number(23)} {voice.label('ago')}</span>"
        labels = f"{ago} <span>{voice.label('reply')}</span>" if labelled else ""
        return (
            f"<{mark}><b>{voice.person()}</b><div>{voice.opinion()} {more}</div>{labels}</{mark}>"
        )

    count = f"{voice.label('comments')} ({voice.number(40)})"
    pen.outside(f"<{(head := _mark(pen))}>{count}</{head}>{pen.several(one, 2, 7)}")


def comment_form(pen: Pen) -> None:
    fields = "".join(f"<label>{one}</label><input>" for one in pen.voice.labels("form")[:3])
    form = (
        f"<form>{fields}<textarea></textarea><button>{pen.voice.labels('form')[3]}</button></form>"
    )
    pen.outside(f"{form}<p>{pen.voice.label('log_in')}</p>")


def tag_list(pen: Pen) -> None:
    rows = pen.several(lambda: f"<li>{pen.link(pen.voice.person())}</li>", 3, 6)
    pen.dice.choice((pen.after, pen.outside))(
        f"<span>{pen.voice.label('tags')}:</span><ul>{rows}</ul>"
    )


def rating(pen: Pen) -> None:
    words, voice = pen.voice.labels("rating"), pen.voice
    score = f"{voice.number(4)}.{voice.number(9)}/5 ({voice.number(90)} {words[0]})"
    pen.after(f"<div><span>★★★★☆</span> <span>{score}</span></div>")


def newsletter(pen: Pen) -> None:
    first, field, promise = pen.voice.labels("newsletter")
    pen.anywhere(
        f"<h4>{first}</h4><p>{promise}</p><input placeholder='{field}'><button>OK</button>"
    )


def poll(pen: Pen) -> None:
    question, yes, no, button = pen.voice.labels("poll")
    votes = pen.voice.label("votes")
    rows = "".join(
        f"<li><label>{one}</label> <span>{pen.voice.number()} {votes}</span></li>"
        for one in (yes, no)
    )
    pen.outside(f"<h4>{question}</h4><ul>{rows}</ul><button>{button}</button>")


def weather(pen: Pen) -> None:
    city, _, sky, _, wet = pen.voice.labels("weather")
    now = f"{city} {pen.voice.number(38)}°C"
    pen.dice.choice((pen.outside, pen.top))(
        f"<div>{now}</div><div>{sky}</div><div>{wet}: {pen.voice.number(99)}%</div>"
    )


def exchange_rates(pen: Pen) -> None:
    *names, buy, sell = pen.voice.labels("money")
    rows = "".join(
        f"<tr><td>{one}</td><td>{pen.voice.number(30)}.{pen.voice.number(999):03}</td>"
        f"<td>{pen.voice.number(30)}.{pen.voice.number(999):03}</td></tr>"
        for one in names
    )
    pen.outside(f"<table><tr><th></th><th>{buy}</th><th>{sell}</th></tr>{rows}</table>")


def videos(pen: Pen) -> None:
    form = "<div><a href='/{}.html'><span>{:02}:{:02}</span><p>{}</p></a></div>"
    number, voice = pen.voice.number, pen.voice
    rows = pen.several(
        lambda: form.format(pen.name(), number(9), number(59), voice.headline()), 2, 5
    )
    pen.anywhere(_headed(pen, "videos", rows))


def author_box(pen: Pen) -> None:
    follow = pen.voice.label("follow")
    pen.after(f"<div><span>{follow}</span> <span>{pen.voice.number()}</span></div>")


def topic_box(pen: Pen) -> None:
    pen.dice.choice((pen.after, pen.before))(f"<div>{pen.voice.label('tags')}: {pen.link()}</div>")


BOXES = (
    related_list,
    see_also_linked,
    see_also_plain,
    lone_teaser,
    teasers_with_summaries,
    teasers_with_pictures,
    dated_teasers,
    most_read,
    linked_ad,
    ad_label,
    picture_ad,
    ad_slot,
    comments,
    comment_form,
    tag_list,
    rating,
    newsletter,
    poll,
    weather,
    exchange_rates,
    videos,
    author_box,
    topic_box,
)
