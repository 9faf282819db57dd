"""Projects that resemble one another, each with its reason: from the index, in four queries.

``resemblance`` is the pure core, ``sources`` tells what of a project is compared, ``hits`` finds
whom to compare it with, ``asking`` compares, and ``wording`` says why they are alike. What has
changed but has not been indexed yet is compared by what was indexed last, but is shown only if it
is public now.
"""
