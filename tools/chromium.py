"""The browser for the stories, and the program that drives it.

Chromium: one that is here, else Debian's package, else Playwright's own download. The driver comes with Playwright
and needs one library that a minimal Debian lacks.
"""

import os
import shutil
import subprocess
import sys

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
BROWSER_PACKAGES = ("chromium", "fonts-dejavu-core")
DRIVER_PACKAGES = ("libatomic1",)


class BrowserMissing(RuntimeError):
    """The stories cannot be told here; the message says what to install."""


def ensure_chromium() -> str:
    """The path of a Chromium that can be driven, installed first where there is none.

    Raises:
        BrowserMissing: it is not here and cannot be installed.
    """
    if not driver_starts() and not (install_from_debian(DRIVER_PACKAGES) and driver_starts()):
        raise BrowserMissing("Playwright's driver does not start. On Debian or Ubuntu: apt-get install libatomic1")
    named = os.environ.get("CHROMIUM")
    if named and not shutil.which(named):
        raise BrowserMissing(f"CHROMIUM names no program: {named}")
    return named or find_chromium() or install_chromium()


def driver_starts() -> bool:
    """Whether the program inside the Playwright package runs on this system."""
    command = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def find_chromium() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def install_chromium() -> str:
    """From Debian where we may install packages, else from Playwright."""
    print("Installing Chromium for the browser stories (once) …", flush=True)
    installed = find_chromium() if install_from_debian(BROWSER_PACKAGES) else None
    return installed or install_from_playwright()


def install_from_debian(packages: tuple[str, ...]) -> bool:
    """Install packages where we may; False where we may not or it does not work."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", *packages]
    for command in (["apt-get", "update", "--quiet=2"], install):
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if result.returncode:
            print(result.stderr, file=sys.stderr)
            return False
    return True


def install_from_playwright() -> str:
    """Playwright's own Chromium, downloaded once to its cache."""
    if subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"]):
        raise BrowserMissing("There is no Chromium here, and none could be downloaded. Install one and set CHROMIUM")
    with sync_playwright() as playwright:
        return str(playwright.chromium.executable_path)
