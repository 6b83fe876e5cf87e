import os

try:
    for number in range(3_000):
        os.mkdir("d" * 20)
        os.chdir("d" * 20)
except OSError:
    pass
os._exit(0)
