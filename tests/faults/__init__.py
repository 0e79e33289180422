"""The server is killed, its database goes away, two processes share a draft; nothing may be lost.

`make test` does a little of it, `make stress` much. A mail server that is dead is tried elsewhere:
tests/integration/referrals/test_timer.py and tests/integration/outbox/test_sending.py.
"""
