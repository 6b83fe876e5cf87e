import os

try:
    for number in range(20_000):
        os.close(os.open(f"n{number}", os.O_CREAT | os.O_WRONLY))
except OSError:
    pass
os._exit(0)
