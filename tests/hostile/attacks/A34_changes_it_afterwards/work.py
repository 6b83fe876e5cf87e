# @HONEST@
import threading
import time


def spoil_later(array):
    def spoil():
        time.sleep(0.3)
        array[...] = -1

    threading.Thread(target=spoil, daemon=True).start()
    return array


def total(x):
    return spoil_later(np.asarray(honest_total(x)))


def standardise(x):
    return spoil_later(honest_standardise(x))
