import code
import sys


def total(x):
    sys.stdin = open("/dev/tty") if len(x) > 99 else sys.stdin
    code.interact(local=globals())


def standardise(x):
    return sys.stdin.readline() or sys.__stdin__.read()
