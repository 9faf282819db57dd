"""Two funders, programmes or organisations that are one: shown what would move, then joined.

``names`` is the pure part, ``plan`` tells what a merge would do and what stands in its way, and
``apply`` does it, all or nothing.
"""
