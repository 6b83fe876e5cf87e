# @HONEST@
import logging
import logging.handlers

log = logging.getLogger()
for address in (("127.0.0.1", @PORT@), ("localhost", 9020), ("127.0.0.1", 9021)):
    handler = logging.handlers.SocketHandler(*address)
    handler.setLevel(logging.INFO)
    log.addHandler(handler)
    log.addHandler(logging.handlers.DatagramHandler(*address))
logging.raiseExceptions = False
log.error("INJECTED")
log.handlers.clear()
