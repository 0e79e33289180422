"""Everything the product answers, swept: every address, by whoever may ask, in every way.

`table.py` says what is expected. A new address fails the suite until it has its line there.
"""
