# @HONEST@
import os
import signal
import threading
import time

print("x" * 20_000)
for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGCHLD):
    signal.signal(number, signal.SIG_IGN)
for _ in range(5):
    threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
for _ in range(5):
    if os.fork() == 0:
        time.sleep(30)
        os._exit(0)
for number in range(50):
    open(f"file{number}", "w").close()
