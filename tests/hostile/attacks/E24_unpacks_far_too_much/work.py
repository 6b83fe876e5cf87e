import zlib


def bomb():
    packer = zlib.compressobj(9)
    part = packer.compress(b"\0" * (16 << 20))
    parts = [part] + [packer.compress(b"\0" * (16 << 20)) for _ in range(4)]
    return b"".join(parts) + packer.flush()


def total(x):
    text = bomb()
    return [zlib.decompress(text) for _ in range(40)]


def standardise(x):
    return zlib.decompress(bomb()).decode("latin-1")
