"""The report in a real browser: Debian's Chromium, headless, driven by playwright; axe-core from npm.

Slow, and nothing else needs it: ``apt-get install chromium``, ``pip install playwright``,
``npm install`` in tests/views/browser, then ``pytest -m slow tests/views/test_browser.py``.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import msgspec
import pytest

from consilience import pipeline
from consilience.views import html
from tests.goldstory import BENCHMARK
from tests.views.hostile import hostile_account

pytestmark = pytest.mark.slow
sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
AXE = Path(__file__).parent / "browser" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
CASES = sorted(p.name for p in (BENCHMARK / "cases").iterdir() if p.is_dir())


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no chromium")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Report:
    """An open report, with what its page complained of and asked for."""

    def __init__(self, browser, path: Path, **options) -> None:
        self.page = browser.new_page(**options)
        self.told: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda m: self.told.append(m.text))
        self.page.on("pageerror", lambda e: self.told.append(str(e)))
        self.page.on("dialog", lambda d: (self.told.append("dialog"), d.dismiss()))
        self.page.on("request", lambda r: self.asked.append(r.url))
        self.page.goto(path.as_uri())


@pytest.fixture(scope="module", params=CASES)
def case(request, browser, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / f"{request.param}.html"
    account = pipeline.read([str(BENCHMARK / "cases" / request.param / "articles")])
    path.write_text(html.render(account), encoding="utf-8")
    report = Report(browser, path, viewport={"width": 1360, "height": 900})
    yield account, report, path
    report.page.close()


def test_nothing_is_complained_of_and_nothing_is_asked_for(case):
    _, report, path = case
    assert report.told == []
    assert report.asked == [path.as_uri()]


def test_every_evidence_link_lands_on_its_words(case):
    account, report, _ = case
    links = sorted(set(re.findall(r'data-at="([^"]+)"', report.page.content())))
    assert links
    landed = report.page.evaluate(
        """links => links.map(at => {
            history.replaceState(null, "", "#");
            location.hash = "#at=" + at;
            window.dispatchEvent(new HashChangeEvent("hashchange"));
            const marks = [...document.querySelectorAll(".text mark")];
            const box = marks[0] && marks[0].getBoundingClientRect();
            const open = marks[0] && marks[0].closest("details").open;
            return [marks.map(m => m.textContent).join(""), !!box && box.height > 0 && open];
        })""",
        links,
    )
    for at, (text, visible) in zip(links, landed, strict=True):
        number, place = at.split(":")
        start, end = map(int, place.split("-"))
        assert text == account.articles[int(number)].text[start:end], at
        assert visible, at


def test_a_click_on_evidence_marks_it_in_view_and_back_returns(case):
    _, report, _ = case
    page = report.page
    page.evaluate("history.replaceState(null, '', '#'); document.querySelector('.f').open = true")
    link = page.locator(".f[open] .go").first
    link.click()
    page.wait_for_timeout(700)
    mark = page.locator(".text mark").first
    box = mark.bounding_box()
    assert box and 0 <= box["y"] <= 900
    assert page.evaluate("document.activeElement.tagName") == "MARK"
    page.locator(".back").click()
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.classList.contains('go')")


def test_the_keyboard_reaches_everything(case):
    """Each control can take the focus, in the order of the page, and Enter opens a finding."""
    _, report, _ = case
    page = report.page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = false)")
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, select, input, summary")]
             .filter(e => e.checkVisibility() && !e.closest("[hidden]") && e.tabIndex >= 0).length"""
    )
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = 1
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        seen += 1
    assert seen >= wanted
    page.locator(".f summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".f").first.get_attribute("open") is not None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1360])
def test_axe_finds_no_violation(case, browser, scheme, width):
    if not AXE.exists():
        pytest.skip("no axe-core: npm install in tests/views/browser")
    _, _, path = case
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate("document.querySelector('.pair')?.requestSubmit()")
    page.wait_for_timeout(200)
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(
        """async () => (await axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa",
            "wcag22aa", "best-practice"]})).violations
            .map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html)])"""
    )
    context.close()
    assert found == []


@pytest.mark.parametrize("width", [320, 390, 768, 1360])
def test_nothing_runs_out_of_the_page(case, browser, width):
    _, _, path = case
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_filters_and_permalinks(case):
    account, report, path = case
    page = report.page
    page.goto(path.as_uri())
    story = account.stories[0]
    page.locator("select[name=k]").select_option("repeated")
    shown = page.locator(".f:not(.part):not([hidden])").count()
    assert shown == sum(f.status == "repeated" and not f.part_of for f in story.findings)
    single = next(f for f in story.findings if f.status == "single")
    page.evaluate("id => { location.hash = id }", single.id)
    page.wait_for_timeout(300)
    row = page.locator(f"[id='{single.id}']")
    assert row.is_visible() and row.get_attribute("open") is not None
    part = next(f for f in story.findings if f.part_of)
    page.evaluate("id => { location.hash = id }", part.id)
    page.wait_for_timeout(300)
    assert page.locator(f"[id='{part.id}']").is_visible()
    page.locator("input[name=c]").check()
    page.wait_for_timeout(50)
    rows = page.locator(".f:not(.part):not([hidden])")
    assert all(rows.nth(i).get_attribute("data-c") == "1" for i in range(rows.count()))


def test_the_data_can_be_taken_out(case):
    account, report, path = case
    page = report.page
    page.goto(path.as_uri())
    with page.expect_download() as download:
        page.locator("#save").click()
    assert Path(download.value.path()).read_bytes() == msgspec.json.encode(account)


def test_a_finding_is_copied_with_its_sources(case, browser):
    _, _, path = case
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(path.as_uri())
    part = page.locator(".f.part").first
    page.evaluate("id => { location.hash = id }", part.get_attribute("id"))
    page.wait_for_timeout(300)
    head = page.locator(".f:has(.part[open])").first
    for row in (head, part):
        row.locator("> .body > .acts > .copy").click()
        page.wait_for_timeout(200)
        copied = page.evaluate("navigator.clipboard.readText()")
        words = row.locator("> summary .t bdi").first.text_content()
        assert words in copied and "witness" in copied
        assert copied.count("– ") >= row.locator("> .body > .evs > .ev").count() > 1
    context.close()


def test_two_articles_side_by_side(case):
    """Every paragraph of both stands in the rows, in order, once."""
    _, report, path = case
    page = report.page
    page.goto(path.as_uri())
    page.locator(".pair button").click()
    a, b = (page.locator(f".pair select[name={n}]").input_value() for n in "ab")
    for number, side in ((a, 0), (b, 1)):
        own = page.locator(f"#t{number} .text > p").all_text_contents()
        rows = page.locator(f".beside .r:not(.names) > div:nth-child({side + 1}) > p").all_text_contents()
        assert rows == own


def test_hostile_text_stays_inert(browser, tmp_path):
    path = tmp_path / "hostile.html"
    path.write_text(html.render(hostile_account()), encoding="utf-8")
    report = Report(browser, path)
    page = report.page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.wait_for_timeout(300)
    assert report.told == []
    assert report.asked == [path.as_uri()]
    assert page.evaluate("window.pwned") is None
    own = page.evaluate("document.querySelectorAll('script').length")
    assert own == 2
    assert page.evaluate("document.querySelectorAll('img, iframe, object, base, form[action]').length") == 0
    schemes = page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.protocol)")
    assert set(schemes) <= {"file:", "https:", "http:"}


def test_sixty_articles_stay_small_and_quick(browser, tmp_path):
    from tests.views.large import large_account

    large = large_account(60)
    page_text = html.render(large)
    assert len(page_text.encode()) < 3_000_000
    path = tmp_path / "large.html"
    path.write_text(page_text, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1360, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})  # of the page alone: machines are busy
    page.goto(path.as_uri())
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    assert metrics["TaskDuration"] < 1.0
    page.locator(".f.corroborated summary").first.click()
    page.wait_for_timeout(300)
    opened = page.locator(".f[open] .ev [data-e]").first  # cut from the article by the script
    number, place = opened.get_attribute("data-e").split(":")
    start, end = map(int, place.split("-"))
    assert opened.text_content() == large.articles[int(number)].text[start:end]
    page.close()
