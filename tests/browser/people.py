"""Somebody of the company at a browser: finds work in the inbox, fills in forms, decides."""

from __future__ import annotations

from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, TimeoutError, expect

from service.demo.loading import PASSWORD
from tests.browser.filling import fill
from tests.browser.site import Site

Theme = Literal["light", "dark"]

MILLISECONDS = 8_000

#: Chromium complains about every refused answer; refusals that a test provokes are named by it.
REFUSED = "Failed to load resource: the server responded with a status of"

WATCH_POLICY = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy ${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


class Employee:
    """`complaints` are what the browser complained about: errors, warnings, violations of the policy, failed answers."""

    def __init__(
        self, site: Site, browser: Browser, person: str, *, language: str = "zh", theme: Theme = "light", width: int = 1280
    ) -> None:
        self.site = site
        self.complaints: list[str] = []
        self._context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 500 else 900}, color_scheme=theme, locale="zh-CN"
        )
        self._context.add_cookies([{"name": "liuzhuan-language", "value": language, "url": site.address}])
        self._context.add_init_script(WATCH_POLICY)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(MILLISECONDS)
        self._listen()
        self.may_be_refused = False
        if person:
            self.signs_in(person)

    # ------------------------------------------------------------------ going around
    def signs_in(self, person: str) -> None:
        self.opens("/sign-in")
        self.page.fill("#account", person)
        self.page.fill("#password", PASSWORD)
        self.page.click("main button.btn-primary")
        self.page.wait_for_url("**/user-tasks")

    def opens(self, path: str) -> Page:
        """The page once its scripts have drawn their part."""
        self.page.goto(self.site.address + path)
        self.settles()
        return self.page

    def settles(self) -> None:
        self.page.wait_for_load_state("load")
        if self.page.locator("[data-form]").count():
            self.page.wait_for_selector("[data-form] .fjs-form")

    def leaves(self) -> None:
        self._context.close()

    # ------------------------------------------------------------------ working
    def starts(self, key: str, **values: Any) -> str:
        """The address of the process instance."""
        self.opens(f"/start/{key}")
        fill(self.page, values)
        self.page.click("form[data-decision] button.btn-primary")
        self.page.wait_for_url("**/process-instances/*")
        return self.page.url.removeprefix(self.site.address)

    def finds(self, title: str, step: str) -> None:
        """Opens the task of a step, whether it is their own or waits for several people."""
        for list_ in ("mine", "claimable"):
            self.opens(f"/user-tasks?list={list_}&q={title}")
            row = self.page.locator(".row-line", has=self.page.locator(".row-step", has_text=step))
            if row.count():
                row.first.locator(".row-title a").click()
                self.page.wait_for_url("**/user-tasks/*")
                self.settles()
                return
        raise AssertionError(f"{step} of {title} is in neither list: {self.page.inner_text('main')}")

    def decides(self, button: str = "", comment: str = "", **values: Any) -> None:
        """Fills in the form and presses a button, the only one when it is not named."""
        fill(self.page, values)
        if comment:
            self.page.fill("#comment", comment)
        buttons = self.page.locator("form[data-decision] button[name='outcome']")
        (buttons.filter(has_text=button) if button else buttons).first.click()

    def completes(self, title: str, step: str, button: str = "", **values: Any) -> None:
        """From the inbox to the inbox, or to the next task of what was found."""
        self.finds(title, step)
        self.decides(button, **values)
        try:
            self.page.wait_for_selector(".notice-success")
        except TimeoutError as waited:
            raise AssertionError(f"{step} was refused: {self.page.inner_text('[data-summary]')}") from waited
        expect(self.page.locator(".notice-success")).to_contain_text("已办结")

    # ------------------------------------------------------------------ what the browser complains about
    def _listen(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(REFUSED):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _see(self, response: Response) -> None:
        if response.status >= 400 and not self.may_be_refused:
            self.complaints.append(f"{response.status} {response.url}")
