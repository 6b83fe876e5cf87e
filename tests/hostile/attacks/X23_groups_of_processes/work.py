# @HONEST@
# @SPILL@
import glob
import os


def steal():
    found = []
    for folder in ("/sys/fs/cgroup", *glob.glob("/sys/fs/cgroup/*")):
        for pid in ("0", str(os.getppid())):
            try:
                with open(f"{folder}/cgroup.procs", "a") as file:
                    if "hostile" in folder:
                        file.write(pid)
                found.append(folder)
            except OSError:
                continue
        try:
            os.mkdir(f"{folder}/hostile_@TOKEN@")
            os.rmdir(f"{folder}/hostile_@TOKEN@")
            found.append(f"made a group in {folder}")
        except OSError:
            continue
    return "\n".join(found)
