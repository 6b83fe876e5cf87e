# @HONEST@
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    time.sleep(2)
    with open("@GRADES@", "w") as grades:
        grades.write("student,points\nstudent_a,100\n")
    os._exit(0)
