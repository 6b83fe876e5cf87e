"""One headless Chromium for all pages; it talks to nobody."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
_GRAVE = {"serious", "critical"}


@pytest.fixture(scope="session")
def chromium() -> Iterator[webdriver.Chrome]:
    driver, program = shutil.which("chromedriver"), shutil.which("chromium")
    if driver is None or program is None:
        told = "chromium and chromium-driver are not installed"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    options = Options()
    options.binary_location = program
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-proxy-server",
    ):
        options.add_argument(argument)
    options.add_argument("--host-resolver-rules=MAP * ~NOTFOUND")
    options.set_capability(
        "goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"}
    )
    with webdriver.Chrome(options, Service(driver)) as opened:
        opened.set_page_load_timeout(120)
        opened.set_script_timeout(120)
        yield opened


class Browser:
    """Pages as a person sees them."""

    def __init__(self, chromium: webdriver.Chrome) -> None:
        self.chromium = chromium

    def open(self, path: Path, *, width: int = 1280, scheme: str = "light") -> None:
        """Opens a file at a width, in a light or a dark scheme."""
        self._devtools(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
        )
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self._devtools("Emulation.setEmulatedMedia", {"features": [feature]})
        for kind in ("browser", "performance"):
            self.chromium.get_log(kind)  # Those of the page before.
        self.chromium.get(path.as_uri())

    def said(self) -> list[str]:
        """What the console has: errors, and what the policy forbade."""
        return [entry["message"] for entry in self.chromium.get_log("browser")]

    def loaded(self) -> set[str]:
        """Addresses that were asked for, but for pictures that are part of the page."""
        messages = (
            json.loads(entry["message"])["message"]
            for entry in self.chromium.get_log("performance")
        )
        return {
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        }

    def asks(self, script: str) -> object:
        """What a script gives back."""
        return self.chromium.execute_script(script)

    def scrolls_sideways(self) -> bool:
        return bool(
            self.asks(
                "const page = document.documentElement;"
                "return page.scrollWidth > page.clientWidth"
            )
        )

    def faults(self) -> list[str]:
        """What axe finds serious or critical, with the places."""
        self.asks(
            "for (const late of document.querySelectorAll('.later'))"
            " late.style.contentVisibility = 'visible'"
        )
        # The protocol, unlike a script element, is not subject to the page's policy.
        self._devtools("Runtime.evaluate", {"expression": AXE})
        found = self.chromium.execute_async_script(
            "const done = arguments[0]; axe.run().then(done, (e) => done(String(e)))"
        )
        return [
            f"{one['id']}: {[node['target'] for node in one['nodes']][:5]}"
            for one in found["violations"]
            if one["impact"] in _GRAVE
        ]

    def _devtools(self, command: str, arguments: dict) -> None:
        self.chromium.execute_cdp_cmd(command, arguments)


@pytest.fixture
def browser(chromium: webdriver.Chrome) -> Browser:
    return Browser(chromium)
