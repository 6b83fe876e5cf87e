# @HONEST@
# @SPILL@
import os


def steal():
    found = []
    for pid, value in (("self", -1000), (str(os.getppid()), 1000), ("@PID@", 1000)):
        path = f"/proc/{pid}/oom_score_adj"
        try:
            with open(path) as file:
                before = file.read()
            with open(path, "w") as file:
                file.write(str(value))
            with open(path, "w") as file:
                file.write(before)
            found.append(f"{path} {value}")
        except OSError:
            continue
    return "\n".join(found)
