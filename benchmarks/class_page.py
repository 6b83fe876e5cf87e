"""The pages of a class: how long they take to write, and to open in a browser.

    python -m benchmarks.class_page --students 2000

Made-up gradings of sixty checks, of which a fifth have failed. The page is opened in
Debian's headless Chromium from the disk; the time is the browser's own, from the start
of the navigation to the first picture of the whole page.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.regrade_ledgers import fill, made_up, ten_by_six
from graders.batch import ResultFolder
from graders.ledger import Ledger

_OPENED = 5
_PAINTED_MS = """
const done = arguments[0];
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now())));
"""


def main() -> None:
    """Prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=2000)
    students = parser.parse_args().students
    with tempfile.TemporaryDirectory() as folder:
        results = ResultFolder(Path(folder) / "grades")
        with Ledger(f"sqlite:///{folder}/ledger.sqlite3", "benchmark") as ledger:
            rubric = ten_by_six()
            fill(ledger, rubric, made_up(rubric, min(students, 400)), students)

            def write() -> None:
                results.write(ledger, rubric.assignment, {})

            print(f"{students:,} students")
            print(f"everything written            {_seconds(write):6.1f} s")
            print(f"again, nothing has changed    {_seconds(write):6.1f} s")
            results.class_page.unlink()
            print(f"the page of the class alone   {_seconds(write):6.1f} s")
        size = results.class_page.stat().st_size
        print(f"class.html                    {size / 1e6:6.2f} MB")
        opened = _opened_ms(results.class_page)
        print(
            f"opened, median of {_OPENED}           {median(opened):6.0f} ms"
            f" (slowest {max(opened):.0f} ms)"
        )


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _opened_ms(page: Path) -> list[float]:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = _program("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(argument)
    found = []
    with webdriver.Chrome(options, Service(_program("chromedriver"))) as browser:
        browser.get(page.as_uri())  # The first page pays for the browser's start.
        for _ in range(_OPENED):
            browser.get("about:blank")
            browser.get(page.as_uri())
            found.append(float(browser.execute_async_script(_PAINTED_MS)))
    return found


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise SystemExit(f"{name} is missing: apt install chromium chromium-driver")
    return path


if __name__ == "__main__":
    main()
