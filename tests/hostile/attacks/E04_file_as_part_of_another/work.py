# @HONEST@
# @SPILL@


def steal():
    import h5py

    found = []
    with h5py.File("data.h5", "w") as file:
        file.create_dataset("x", (32,), "u1", external=[("@CANARY_FILE@", 0, 32)])
        file["link"] = h5py.ExternalLink("@CANARY_FILE@", "/")
    with h5py.File("data.h5", "r") as file:
        try:
            text = file["x"][:].tobytes()
            found.append(text.decode() if any(text) else "")
        except OSError:
            pass
    return "".join(found)
