"""The questions a worker understands, and how each is answered."""

import contextlib
import inspect
import io
import os
import warnings
from collections.abc import Callable
from typing import Any

from graders.wire import Generator, Opaque
from graders.worker import models, plain
from graders.worker.explaining import clean, describe_error, message_of
from graders.worker.given_code import GivenCode
from graders.worker.loading import (
    LoadedFile,
    load_source,
    place_beside,
    seed_everything,
)
from graders.worker.right_values import right_values

PRINTED_CHARACTERS = 4096
MAX_WARNINGS = 20
FLOODED_STATUS = 77


class Session:
    """What one child remembers between questions: the file and live objects."""

    def __init__(self) -> None:
        self._file: LoadedFile | None = None
        self._objects = plain.LiveObjects()
        self._given_code = GivenCode()
        self._questions: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "load": self._load,
            "call": self._call,
            "method": self._method,
            "use": self._use,
            "read": self._read,
            "epoch_counter": self._epoch_counter,
            "export": self._export,
            "rebuild": self._rebuild,
            "apply": self._apply,
            "fit": self._fit,
            "weights": self._weights,
            "gradients": self._gradients,
        }

    def answer(self, question: dict[str, Any]) -> dict[str, Any]:
        """Answers one question; whatever goes wrong is part of the answer."""
        printed = _Tail(PRINTED_CHARACTERS, question["output_kib"] * 1024)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            with (
                contextlib.redirect_stdout(printed),
                contextlib.redirect_stderr(printed),
            ):
                try:
                    answer = self._questions[question["ask"]](question)
                except BaseException as error:
                    answer = {
                        "ending": "raised",
                        "error": describe_error(error, self._file),
                    }
        answer["printed"] = clean(printed.text)
        answer["warnings"] = [
            message_of(warning.message)[:500] for warning in caught[:MAX_WARNINGS]
        ]
        return answer

    def _load(self, question: dict[str, Any]) -> dict[str, Any]:
        self._objects.start_at(question["first_handle"])
        seed_everything(question["seed"])
        place_beside(question["provided"])
        self._file = LoadedFile(question["filename"], question["source"])
        load_source(self._file)
        return _returned(self._file.definitions())

    def _call(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._file is not None
        return self._run(self._file.namespace.get(question["function"]), question)

    def _method(self, question: dict[str, Any]) -> dict[str, Any]:
        owner = self._live(question["of"])
        return self._run(getattr(owner, question["function"], None), question)

    def _run(self, function: Any, question: dict[str, Any]) -> dict[str, Any]:
        assert self._file is not None
        if not callable(function):
            return {"ending": "missing"}
        seed_everything(question["seed"])
        arguments = [self._live(value) for value in question["args"]]
        named = {key: self._live(value) for key, value in question["kwargs"].items()}
        before = [plain.fingerprint(value) for value in arguments]
        with right_values(self._file.namespace, question["given"]):
            value = function(*arguments, **named)
        made = inspect.isclass(function) and type(value) is function
        keep = self._objects.keep if made else self._objects.to_plain
        answer = _returned(keep(value))
        answer["changed"] = [
            index
            for index, value in enumerate(arguments)
            if plain.fingerprint(value) != before[index]
        ]
        return answer

    def _use(self, question: dict[str, Any]) -> dict[str, Any]:
        seed_everything(question["seed"])
        used = self._given_code.find(question["source"], question["name"])
        arguments = [self._live(value) for value in question["args"]]
        return _returned(self._objects.to_plain(used(*arguments)))

    def _read(self, question: dict[str, Any]) -> dict[str, Any]:
        value = getattr(self._live(question["of"]), question["name"])
        return _returned(self._objects.to_plain(value))

    def _epoch_counter(self, question: dict[str, Any]) -> dict[str, Any]:
        return _returned(self._objects.to_plain(models.epoch_counter()))

    def _export(self, question: dict[str, Any]) -> dict[str, Any]:
        model = self._live(question["model"])
        return _returned(models.export(model, question["max_params"]))

    def _rebuild(self, question: dict[str, Any]) -> dict[str, Any]:
        seed_everything(question["seed"])
        model = models.rebuild(question["config"], question["weights"])
        return _returned(self._objects.to_plain(model))

    def _apply(self, question: dict[str, Any]) -> dict[str, Any]:
        model = self._live(question["model"])
        return _returned(models.apply(model, question["x"], question["training"]))

    def _weights(self, question: dict[str, Any]) -> dict[str, Any]:
        return _returned(models.weights(self._live(question["model"])))

    def _gradients(self, question: dict[str, Any]) -> dict[str, Any]:
        layer, x = self._live(question["model"]), question["x"]
        return _returned(models.gradients(layer, x, question["cotangent"]))

    def _fit(self, question: dict[str, Any]) -> dict[str, Any]:
        seed_everything(question["seed"])
        model = self._live(question["model"])
        return _returned(models.fit(model, question["x"], question["y"], question))

    def _live(self, value: Any) -> Any:
        """The object behind a handle or a seed; containers are walked."""
        if isinstance(value, Opaque):
            return self._objects.find(value)
        if isinstance(value, Generator):
            return plain.generator(value.seed)
        if type(value) in (list, tuple):
            return type(value)(self._live(item) for item in value)
        if type(value) is dict:
            return {key: self._live(item) for key, item in value.items()}
        return plain.writable(value)


def _returned(value: Any) -> dict[str, Any]:
    return {"ending": "returned", "value": value}


class _Tail(io.TextIOBase):
    """Keeps the first characters of what is printed; ends the process on a flood."""

    def __init__(self, keep: int, limit_bytes: int) -> None:
        self._keep, self._limit = keep, limit_bytes
        self._parts: list[str] = []
        self._kept = 0
        self._seen = 0

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        part = text[: max(self._keep - self._kept, 0)]
        if part:
            self._parts.append(part)
            self._kept += len(part)
        self._seen += len(text)
        if self._seen > self._limit:
            os._exit(FLOODED_STATUS)
        return len(text)
