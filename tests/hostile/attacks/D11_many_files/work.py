import os


def total(x):
    for number in range(30_000):
        if number % 1000 == 0:
            os.mkdir(f"f{number}")
            os.chdir(f"f{number}")
        os.close(os.open(f"n{number}", os.O_CREAT | os.O_WRONLY))
    return "it made 30,000 files"


standardise = total
