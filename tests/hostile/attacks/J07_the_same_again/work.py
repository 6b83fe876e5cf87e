# @HONEST@
import os

traces = [
    os.path.join(folder, "hostile_trace")
    for folder in (os.environ["HOME"], os.environ["TMPDIR"], os.getcwd())
]
if any(map(os.path.exists, traces)):
    total = standardise = None
for trace in traces:
    open(trace, "w").close()
