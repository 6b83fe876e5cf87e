# @HONEST@
# @SPILL@
import os

own = f"written by {os.urandom(4).hex()}"
FOLDERS = ("/dev/shm", "/dev/mqueue", "/run/shm", "/run/lock", "/tmp", "/var/tmp")


def steal():
    found = []
    for folder in FOLDERS:
        path = os.path.join(folder, "hostile_@TOKEN@")
        try:
            with open(path) as file:
                if (text := file.read()) != own:
                    found.append(f"{path}: {text}")
        except OSError:
            pass
        try:
            with open(path, "w") as file:
                file.write(own)
        except OSError:
            pass
    return "\n".join(found)
