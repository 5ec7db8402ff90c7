"""An account whose articles try everything: for the tests of all views."""

from __future__ import annotations

from consilience import model as m
from consilience.ids import content_id
from consilience.spans import Span

TEXTS = (
    '<script>window.pwned = 1</script> killed nine people & "more" in <b>Town</b>.\n'
    "</script><script>window.pwned = 2</script> the minister's <img src=x onerror=window.pwned=3> said.\n"
    "\u202eright to left override\u202c and \u2066isolates\u2069 and \u202edangling.\n"
    "control \x00\x1b[31m\x07 and \x85 and a broken surrogate \ud83d here. 👩‍👩‍👧 🇿🇦 astral \U0001f4f0.\n"
    "{{ 7 * 7 }} {% raw %} ${7*7} `code` [link](javascript:alert(1)) <!-- comment --> ]]> &lt;b&gt;\n"
    "=cmd|' /C calc'!A0 and @SUM(1+1) and +1 and -1\r\nafter a carriage return\rand another",
    'שלום עולם said the مدير on Tuesday: <svg onload=window.pwned=4> "quoted" \'; DROP TABLE --\n'
    "&#60;script&#62; and %3Cscript%3E and data:text/html,<script>window.pwned=5</script>",
)


def hostile_article(number: int) -> m.Article:
    """An article with a hostile text and hostile fields."""
    text = TEXTS[number]
    outlet = f'Outlet {number} "><script>window.pwned = 6</script> \u202e'
    title = "=HYPERLINK(\"javascript:alert(1)\") <img src=x onerror='window.pwned=7'> title"
    url = ("javascript:window.pwned=8", "https://[::1")[number % 2]
    return m.Article(
        id=content_id("article", url, outlet, title, text.replace("\ud83d", "")),
        source=f'../<i>{number}</i>" onload="x.txt',
        text=text,
        completeness=m.Completeness("partial" if number else "whole", "cut <b>off</b>" if number else ""),
        url=url,
        outlet=outlet,
        title=title,
        published="2024-05-05T10:00:00Z",
        language='en"><script>',
        credit="<b>Wire</b>",
        byline="\u202eBy <a href='javascript:alert(1)'>me</a>",
        notes=("<script>window.pwned = 9</script>",),
    )


def hostile_account() -> m.Account:
    """Two hostile articles, with a value of every kind of the account."""
    articles = tuple(hostile_article(i) for i in (0, 1))
    pieces = [
        tuple(a.evidence(Span(i, min(i + 60, len(a.text)))) for i in range(0, len(a.text) - 1, 60))
        for a in articles
    ]
    origins = tuple(m.Origin(f"o{i}", (a.id,)) for i, a in enumerate(articles))
    speaker = m.Speaker("=Speaker <script>window.pwned = 10</script>", "e1")
    findings = [
        m.Finding(
            id=f'f{i}"><script>', text=e.text, canonical=e, evidence=(e,), origins=(f"o{k}",),
            status="single", sources=(speaker,), disagreements=("d1",),
        )
        for k, own in enumerate(pieces) for i, e in enumerate(own)
    ]  # fmt: skip
    both = (pieces[0][0], pieces[1][0])
    findings.insert(
        0,
        m.Finding(
            id="f", text=both[0].text, canonical=both[0], evidence=both, origins=("o0", "o1"),
            status="corroborated", disagreements=("d1",), reasons=("<b>",),
        ),
    )  # fmt: skip
    difference = m.Disagreement(
        id="d1", kind="figure", relation="conflict", about="<script>window.pwned = 11</script>",
        positions=tuple(m.Position("+1 <b>", (e,), (f"o{i}",)) for i, e in enumerate(both)),
        findings=("f",),
    )  # fmt: skip
    story = m.Story(
        id="s",
        articles=tuple(a.id for a in articles),
        headline=m.Headline(articles[0].title, articles[0].id, articles[0].outlet),
        origins=origins,
        entities=(m.Entity("e1", speaker.name, "person", ("x",), ("<b>role</b>",), (both[0],)),),
        attributions=(m.Attribution(both[0], both[1], both, True, speaker),),
        findings=tuple(findings),
        disagreements=(difference,),
        quotes=(m.Quote("q", both[0].text, speaker, both), m.Quote("q2", both[1].text, None, (both[1],))),
        figures=(m.Figure("g", 9.0, "=people", "<b>dead</b>", True, both),),
        commitments=(
            m.Commitment(
                "c",
                both[0].text,
                ("@by",),
                ("<i>to</i>",),
                "pledged",
                m.Amount((1.0, 2.0), "=X"),
                m.Period("2024-05-05"),
                both,
            ),
        ),
        timeline=(m.TimelineEntry("2024-05-05", None, both[0].text, both, True),),
        brief=(m.BriefLine(both[0].text, ("f",)),),
        matrix=(m.MatrixRow("f", {articles[0].id: "says", articles[1].id: "partial text"}),),
        outlets=tuple(m.OutletView(a.id, ("f",), ()) for a in articles),
    )
    return m.Account(articles=articles, stories=(story,), rejected=(m.Rejected("<b>x</b>", "=bad <i>"),))
