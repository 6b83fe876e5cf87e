import time

for _ in range(600):
    time.sleep(1)
