import sys


def output_size(n, k, stride=1, pad=0):
    sys.exit("stop")
