"""How long the first page takes in a real browser: Chromium, empty cache, a new profile for each page.

    ./liuzhuan demo &
    python -m bench.pages http://127.0.0.1:8080 [--account NAME] [--password WORD] [--runs 7] [--chromium /usr/bin/chromium]

Prints for the sign-in page and the inbox the medians of what the browser itself measures, in milliseconds from the click: first
byte, first paint, largest paint (what a person takes for "there"), all loaded; and the bytes that came over the network.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
from typing import Any

from playwright.sync_api import Browser, sync_playwright

#: In the page: waits for the largest paint to be reported, then tells everything.
MEASURED = """() => new Promise(done => {
  const tell = largest => {
    const [page] = performance.getEntriesByType('navigation');
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    const files = performance.getEntriesByType('resource');
    const bytes = [page, ...files].reduce((sum, each) => sum + each.transferSize, 0);
    done({byte: page.responseStart, paint: paint.startTime, largest, loaded: page.loadEventEnd, bytes, files: files.length + 1});
  };
  new PerformanceObserver(list => tell(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true});
})"""


def measure(browser: Browser, url: str, runs: int, cookies: Any = None) -> dict[str, float]:
    """Medians over so many new profiles; what goes on in the service at a first request is left out by one more before them."""
    told = [_open(browser, url, cookies) for _ in range(runs + 1)][1:]
    return {name: statistics.median(each[name] for each in told) for name in told[0]}


def _open(browser: Browser, url: str, cookies: Any) -> dict[str, float]:
    context = browser.new_context()
    context.add_cookies(cookies or [])
    page = context.new_page()
    page.goto(url, wait_until="load")
    page.wait_for_function("performance.getEntriesByType('navigation')[0].loadEventEnd > 0")
    told: dict[str, float] = page.evaluate(MEASURED)
    context.close()
    return told


def signed_in(browser: Browser, url: str, account: str, password: str) -> Any:
    """The cookies of somebody who is signed in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{url}/sign-in")
    page.locator("input[name=account]").fill(account)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "/sign-in" not in address)
    cookies = context.cookies()
    context.close()
    return cookies


def show(name: str, told: dict[str, float]) -> None:
    times = "   ".join(f"{what} {told[what]:4.0f} ms" for what in ("byte", "paint", "largest", "loaded"))
    print(f"{name:8} {times}   {told['bytes'] / 1024:4.0f} KiB in {told['files']:.0f} answers")


def main() -> None:
    """Reads the command line, signs in, measures both pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--account", default="li.na")
    parser.add_argument("--password", default="liuzhuan")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        show("sign-in", measure(browser, f"{given.url}/sign-in", given.runs))
        show("inbox", measure(browser, f"{given.url}/", given.runs, signed_in(browser, given.url, given.account, given.password)))
        browser.close()


if __name__ == "__main__":
    main()
