import threading
import time


def total(x):
    time.sleep(1e9)


def standardise(x):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
