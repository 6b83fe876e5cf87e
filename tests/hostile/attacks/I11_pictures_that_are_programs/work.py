# @HONEST@
from pathlib import Path

for name in ("plot.png", "plot.svg", "plot.html", "index.html", "report.md", "plot.pdf"):
    Path(name).write_text("<svg onload=alert(1)>INJECTED</svg>")
