"""Noise in lines: counters, clocks, bars, banners, credits, labels."""

from pen import Pen


def counters(pen: Pen) -> None:
    voice = pen.voice
    pen.after(
        f"<div>{voice.label('views')}: {voice.number()}</div>"
        f"<div>{voice.label('comments')} ({voice.number(40)})</div>"
    )


def counters_before(pen: Pen) -> None:
    voice = pen.voice
    pen.before(f"<span>{voice.number()} {voice.label('views').lower()}</span>")


def clock(pen: Pen) -> None:
    day, number = pen.voice.label("days"), pen.voice.number
    pen.top(
        f"<div>{day}, {number(28):02}/03/2026 {number(23):02}:{number(59):02}:{number(59):02}</div>"
    )


def relative_time(pen: Pen) -> None:
    when = f"{pen.voice.number(23)} {pen.voice.label('ago')}"
    pen.dice.choice((pen.before, pen.after))(f"<span>{when}</span>")


def share_bar(pen: Pen) -> None:
    names = ("Facebook", "Zalo", "Twitter", *pen.voice.labels("share"))
    row = "".join(f"<li>{one}</li>" for one in pen.dice.sample(names, 4))
    pen.dice.choice((pen.before, pen.after))(f"<ul>{row}</ul>")


def share_counts(pen: Pen) -> None:
    voice = pen.voice
    count = f"{voice.number(9)}.{voice.number(9)}K"
    pen.dice.choice((pen.before, pen.after))(
        f"<span>{voice.label('share')} {count}</span> <span>Facebook {voice.number()}</span>"
    )


def font_size(pen: Pen) -> None:
    size = pen.dice.choice((90, 100, 110, 120))
    pen.before(f"<div><span>A-</span> <span>A+</span> <span>{size}%</span></div>")


def player(pen: Pen) -> None:
    listen, voice, speed, _ = pen.voice.labels("listen")
    number = pen.voice.number
    pen.before(
        f"<div>{listen}</div><div>0:00 / {number(9)}:{number(59):02}</div>"
        f"<div>{voice}</div><div>{speed} {pen.dice.choice(('1x', '1.5x'))}</div>"
    )


def cookie_banner(pen: Pen) -> None:
    text, yes, no = pen.voice.labels("cookie")
    pen.dice.choice((pen.bottom, pen.top))(
        f"<p>{text}, {pen.link(pen.voice.label('share'))}.</p>"
        f"<button>{yes}</button> <span>{no}</span>"
    )


def credits(pen: Pen) -> None:  # noqa: A001 - what a portal calls them
    licence, editor, desk, phone, rights = pen.voice.labels("licence")
    voice = pen.voice
    pen.bottom(
        f"<p>{licence} {voice.number()}/GP-BTTTT. {editor}: {voice.person()}.</p>"
        f"<p>{desk}: {voice.number(99)} {voice.person()}. {phone}: 0{voice.number()}</p>"
        f"<p>© {voice.number(26)} {rights} {voice.person()}.</p>"
    )


def breadcrumbs(pen: Pen) -> None:
    row = " » ".join(pen.link(one) for one in pen.dice.sample(pen.voice.labels("home"), 3))
    pen.dice.choice((pen.top, pen.before))(f"<div>{row}</div>")


def ticker(pen: Pen) -> None:
    row = " | ".join(pen.link() for _ in range(pen.dice.randint(2, 4)))
    pen.top(f"<div><b>{pen.voice.label('breaking')}</b> {row}</div>")


def continue_reading(pen: Pen) -> None:
    pen.among(f"<div>{pen.voice.label('continue')}</div>")


def app_banner(pen: Pen) -> None:
    text, button = pen.voice.labels("app")
    pen.dice.choice((pen.top, pen.bottom))(f"<p>{text}</p><button>{button}</button>")


def log_in(pen: Pen) -> None:
    pen.dice.choice((pen.top, pen.outside))(f"<div>{pen.voice.label('log_in')}</div>")


def enlarge(pen: Pen) -> None:
    pen.among(f"<div><img src='/{pen.name()}.jpg'><span>{pen.voice.label('enlarge')}</span></div>")


def online_now(pen: Pen) -> None:
    number = pen.voice.number
    pen.bottom(f"<div>{pen.voice.label('views')}: {number()}</div><div>Online: {number()}</div>")


LINES = (
    counters,
    counters_before,
    clock,
    relative_time,
    share_bar,
    share_counts,
    font_size,
    player,
    cookie_banner,
    credits,
    breadcrumbs,
    ticker,
    continue_reading,
    app_banner,
    log_in,
    enlarge,
    online_now,
)
