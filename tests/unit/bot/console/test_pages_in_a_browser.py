"""The pages in a real browser, on a real port: asking, being answered, answering."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page

from bot.web import build_site, open_site, serve
from handlers.domain.people import Role
from tests.unit.bot.console.desk import FAMILIAR, STRANGE, Desk

FINDINGS = """() => {
  const problems = [];
  const name = (element) => element.outerHTML.slice(0, 80);
  for (const field of document.querySelectorAll("input:not([type=hidden]), textarea, select"))
    if (!field.labels?.length) problems.push("no label: " + name(field));
  for (const control of document.querySelectorAll("a, button, summary"))
    if (!control.textContent.trim()) problems.push("no words: " + name(control));
  for (const image of document.querySelectorAll("img"))
    if (!image.hasAttribute("alt")) problems.push("no alt: " + name(image));
  if (document.querySelectorAll("h1").length !== 1) problems.push("not one h1");
  if (document.querySelectorAll("main").length !== 1) problems.push("not one main");
  if (!document.documentElement.lang) problems.push("no language");
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of ids)
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) problems.push("twice: " + id);
  for (const element of document.querySelectorAll("[aria-describedby]"))
    for (const id of element.getAttribute("aria-describedby").split(" "))
      if (!document.getElementById(id)) problems.push("describes nothing: " + id);
  if (document.documentElement.scrollWidth > innerWidth) problems.push("wider than the screen");
  const luminance = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/, 0\\)$|transparent/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  for (const element of document.querySelectorAll("main *, header *, footer *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const box = element.getBoundingClientRect();
    if (!own || box.width <= 1 || element.matches("option, datalist *")) continue;
    const pair = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (contrast < 4.5) problems.push("contrast " + contrast.toFixed(2) + ": " + name(element));
  }
  return problems;
}"""
"""The checks of WCAG a program can make: names, headings, references, width and contrast."""


TRAINING = {
    "title": "NVO tarybų mokymai",
    "days": "2026-12-01; 2026-12-02",
    "begins": "09:00",
    "ends": "16:00",
    "municipality": "Zarasai",
    "place": "Salė",
    "seats": "20",
}


@asynccontextmanager
async def open_to_the_world(desk: Desk) -> AsyncIterator[str]:
    """Serve the desk's pages on a free port."""
    site = open_site(desk.app, owed=lambda: None)
    opened: asyncio.Queue[str] = asyncio.Queue()
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(
            serve(
                build_site(site, readiness=lambda: desk.roles),
                host="127.0.0.1",
                port=0,
                ready=opened.put_nowait,
                stopping=stopping,
            )
        )
        yield await opened.get()
        stopping.set()


@pytest.fixture
async def address(desk: Desk) -> AsyncIterator[str]:
    """Lend the address of the desk's pages."""
    async with open_to_the_world(desk) as address:
        yield address


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Collect what the browser complains about: a broken policy, a script, a missing file."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


async def test_a_question_asked_on_the_page_is_answered_there(
    page: Page, address: str, complaints: list[str]
) -> None:
    await page.goto(address)
    await page.get_by_label("Jūsų klausimas").fill(FAMILIAR)
    await page.get_by_role("button", name="Siųsti klausimą").click()

    answer = page.locator("article", has_text="Automatinis atsakymas")
    assert "Drakonų voljerą prižiūri bendruomenė." in await answer.inner_text()
    assert "Šaltinis: Bendruomenių įstatymas (2025)" in await answer.inner_text()

    await page.get_by_role("button", name="Padėjo", exact=True).click()
    assert await page.get_by_role("status").inner_text() == "Džiaugiamės, kad padėjo."
    assert complaints == []


async def test_a_consultant_answers_with_the_keyboard(
    page: Page, desk: Desk, address: str, complaints: list[str]
) -> None:
    asked = desk.ask(STRANGE)
    who = desk.add_consultant()
    code = desk.write(lambda uow: desk.app.staff.sign_in_code(uow, who))

    await page.goto(f"{address}/console/sign-in?code={code}")
    await page.get_by_role("button", name="Prisijungti").press("Enter")
    await page.wait_for_url("**/console")
    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**/{asked.reference}")
    await page.keyboard.press("r")
    await page.keyboard.type("Padangomis neprekiaujame.")
    await page.keyboard.press("Control+Enter")

    assert await page.get_by_role("status").inner_text() == "Atsakymas perduotas siųsti."
    assert desk.articles(asked)[-1].text == "Padangomis neprekiaujame."
    assert complaints == []


async def test_an_answer_is_inserted_where_the_cursor_is(
    page: Page, desk: Desk, address: str
) -> None:
    asked = desk.ask(FAMILIAR)
    who = desk.add_consultant()
    code = desk.write(lambda uow: desk.app.staff.sign_in_code(uow, who))
    await page.goto(
        f"{address}/console/sign-in?code={code}&next=/console/tickets/{asked.reference}"
    )
    await page.get_by_role("button", name="Prisijungti").click()

    await page.get_by_label("Atsakymas klausėjui").fill("Laba diena,")
    await page.locator("summary", has_text=FAMILIAR).click()
    await page.get_by_role("button", name="Įterpti šį atsakymą").first.click()

    typed = await page.get_by_label("Atsakymas klausėjui").input_value()
    assert typed.startswith("Laba diena,\n\nDrakonų voljerą")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
async def test_the_pages_can_be_read_by_everybody(
    page: Page, desk: Desk, address: str, width: int, scheme: str
) -> None:
    who = desk.add_consultant(role=Role.COORDINATOR)
    asked, answered = desk.ask(STRANGE, email="ona@example.org"), desk.ask(FAMILIAR)
    desk.client.post(asked.page, data={"text": "Dar vienas klausimas " + "labai " * 40})
    code = desk.write(lambda uow: desk.app.staff.sign_in_code(uow, who))
    await page.set_viewport_size({"width": width, "height": 800})
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found: dict[str, list[str]] = {}

    async def look(path: str) -> None:
        await page.goto(address + path)
        found[path] = await page.evaluate(FINDINGS)

    await look("/")
    await page.get_by_role("button", name="Siųsti klausimą").click()
    found["error"] = await page.evaluate(FINDINGS)
    training = desk.write(lambda uow: desk.app.intake.enrolling.calendar.add(uow, TRAINING, by="x"))
    trainings = ("/mokymai", f"/mokymai/{training.id}")
    for path in (answered.page, asked.page, *trainings, "/privatumas", "/nowhere"):
        await look(path)
    await look(f"/console/sign-in?code={code}")
    await page.get_by_role("button", name="Prisijungti").click()
    await page.wait_for_url("**/console")
    cards = ("/console/people/1", "/console/organisations", "/console/duty")
    ticket = f"/console/tickets/{answered.reference}"
    led = (f"{ticket}/review", "/console/deliverables", f"/console/trainings/{training.id}")
    spoken = ("/console/talk", f"{ticket}/agreements")
    for path in ("/console?view=all", ticket, *cards, *led, *spoken):
        await look(path)

    assert {path: problems for path, problems in found.items() if problems} == {}
