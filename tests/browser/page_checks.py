"""What only a real browser can judge: the accessibility of a page, its width, and the size of what is to be touched."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
NARROWEST = 320
"""CSS pixels: a page may not scroll sideways on this width (WCAG 1.4.10)."""
SMALLEST_TARGET = 48
"""CSS pixels: width and height of what a finger has to hit."""

RUN_AXE = """() => axe.run(document, {resultTypes: ["violations", "incomplete"]}).then(found => found.violations.map(
    violation => violation.id + ": " + violation.help + " " +
        violation.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")))"""

TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.body.querySelectorAll("*")]
        .filter(element => element.getBoundingClientRect().right > width + 0.5)
        .slice(0, 3).map(element => element.outerHTML.slice(0, 140));
}"""

TOO_SMALL = """smallest => {
    const shown = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true});
    const isOnPage = box => box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0;
    const isInText = element => element.matches("a") && getComputedStyle(element).display === "inline" &&
        [...element.parentElement.childNodes].some(
            node => node !== element && node.nodeType === Node.TEXT_NODE && node.textContent.trim());
    const boxOf = element => {
        const boxes = [element, ...(element.labels ?? [])].map(part => part.getBoundingClientRect()).filter(isOnPage);
        const isTick = element.matches("input[type=radio], input[type=checkbox]");
        return boxes.filter((_, index) => index === 0 || isTick)
            .sort((one, other) => other.width * other.height - one.width * one.height)[0];
    };
    return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
        .filter(element => shown(element) && !element.disabled && !isInText(element))
        .map(element => [element, boxOf(element)])
        .filter(([, box]) => box && (box.width < smallest - 0.5 || box.height < smallest - 0.5))
        .map(([element, box]) =>
            `${Math.round(box.width)}×${Math.round(box.height)} ${element.outerHTML.slice(0, 140)}`);
}"""


def faults_of_access(page: Page) -> list[str]:
    """Every violation that axe finds, of any impact."""
    page.evaluate(AXE)
    return [f"axe {fault}" for fault in page.evaluate(RUN_AXE)]


def faults_of_shape(page: Page) -> list[str]:
    """Targets that are too small as the page stands, and what sticks out of a narrow screen."""
    small = [f"smaller than {SMALLEST_TARGET} px: {what}" for what in page.evaluate(TOO_SMALL, SMALLEST_TARGET)]
    size: Any = page.viewport_size
    page.set_viewport_size({"width": NARROWEST, "height": 740})
    wide = [f"sticks out at {NARROWEST} px: {what}" for what in page.evaluate(TOO_WIDE)]
    small_there = [f"smaller at {NARROWEST} px: {what}" for what in page.evaluate(TOO_SMALL, SMALLEST_TARGET)]
    page.set_viewport_size(size)
    return (small or small_there) + wide
