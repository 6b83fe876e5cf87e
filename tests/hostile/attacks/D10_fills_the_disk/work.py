def total(x):
    with open("large", "wb", 0) as file:
        for _ in range(1024):
            if file.write(b"x" * (1 << 20)) < 1 << 20:
                raise OSError
    return "it wrote 1 GB"


def standardise(x):
    for number in range(64):
        with open(f"large{number}", "wb", 0) as file:
            for _ in range(16):
                if file.write(b"x" * (1 << 20)) < 1 << 20:
                    raise OSError
    return "it wrote 1 GB"
