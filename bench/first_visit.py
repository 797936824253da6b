"""The first visit to a lesson in real Chromium: bytes, requests, and the time until a slow phone can read it."""

import os
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, sync_playwright

from bench.rows import Row, at_most
from tools.chromium import ensure_chromium
from tools.serving import HOST

LESSON = "/courses/nhan-biet-va-tranh-lua-dao-qua-mang/lo-bi-lua-lam-gi-ngay"
SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s and 2 s until the first byte of each answer: Chromium's own "Slow 3G"."""
CPU_SLOWDOWN = 4
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
WORDS_READ = "() => document.querySelector('article').innerText.trim().split(/\\s+/).length"
READABLE_AT = """() => new Promise(resolve => {
  const firstPaint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
  new PerformanceObserver(list => resolve(Math.max(firstPaint, ...list.getEntries().map(e => e.startTime))))
    .observe({type: 'largest-contentful-paint', buffered: true});
})"""


@dataclass
class Traffic:
    """What went over the wire, images left out."""

    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)

    def watch(self, cdp: CDPSession) -> None:
        cdp.send("Network.enable")
        cdp.on("Network.responseReceived", lambda event: self.kinds.update({event["requestId"]: event["type"]}))
        cdp.on("Network.loadingFinished", lambda e: self.sizes.update({e["requestId"]: e["encodedDataLength"]}))

    def counted(self) -> list[float]:
        return [size for request, size in self.sizes.items() if self.kinds.get(request) != "Image"]


def measure_first_visit(port: int) -> list[Row]:
    """Rows for bytes, requests and slow 3G."""
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=sandbox)
        address = f"http://{HOST}:{port}{LESSON}"
        words, sizes = _visit(browser, address)
        readable = sorted(_visit_slowly(browser, address) for _ in range(3))[1]
        version = browser.version
        browser.close()
    note = f"a lesson of {words} words, headers included, images not; Chromium {version}"
    return [
        at_most("first visit to a lesson: all bytes, compressed", sum(sizes) / 1024, "KB", 14, note),
        at_most("first visit to a lesson: requests", len(sizes), "", 4),
        at_most("the same on slow 3G with a 4x slower CPU: readable after", readable / 1000, "s", 5, "median of 3"),
    ]


def _visit(browser: Browser, address: str) -> tuple[int, list[float]]:
    context = browser.new_context(**PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    traffic = Traffic()
    traffic.watch(context.new_cdp_session(page))
    page.goto(address, wait_until="networkidle")
    words: int = page.evaluate(WORDS_READ)
    context.close()
    return words, traffic.counted()


def _visit_slowly(browser: Browser, address: str) -> float:
    """Milliseconds until the first and the largest piece of text were painted."""
    context = browser.new_context(**PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions", dict[str, Any](SLOW_3G))
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})
    page.goto(address, wait_until="load", timeout=60_000)
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
    readable: float = page.evaluate(READABLE_AT)
    context.close()
    return readable
