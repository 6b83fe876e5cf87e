# @HONEST@
# @SPILL@
import os
import pwd


def steal():
    found = []
    homes = {"/root", "/home", "/etc", "/etc/profile.d", "/usr/lib", "/usr/local/bin"}
    try:
        homes.add(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        pass
    for home in homes:
        try:
            path = os.path.join(home, "hostile_@TOKEN@")
            with open(path, "w") as file:
                file.write("{}")
            found.append(path)
            os.unlink(path)
        except OSError:
            continue
    return "\n".join(found)
