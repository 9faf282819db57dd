"""What can go wrong in printing, each with a sentence for the person who asked for the PDF.

The sentences are Finnish, marked for the catalogs; who shows one translates it.
"""


def gettext_noop(message: str) -> str:
    """Mark a message for the catalogs, as Django's own does; printing knows no framework."""
    return message


class PrintError(Exception):
    """Stand for every failure of printing; `str()` of it may be shown to people.

    `retry_after_s` tells when asking again may help, None where it does not by itself.
    """

    retry_after_s: int | None = None


class TooLargeToPrint(PrintError):  # noqa: N818 - reads as a sentence
    """Refuse a document before printing; nothing was started."""


class PrinterBusy(PrintError):  # noqa: N818 - reads as a sentence
    """Tell that others' documents take all there is for printing just now."""

    retry_after_s = 10

    def __init__(self) -> None:
        super().__init__(
            gettext_noop("Juuri nyt tulostetaan muita sivuja. Yritä hetken kuluttua uudelleen.")
        )


class PrintTimeout(PrintError):  # noqa: N818 - reads as a sentence
    """Tell that the time limit was reached and the printing process was killed."""

    retry_after_s = 300

    def __init__(self) -> None:
        super().__init__(
            gettext_noop("Tulosteen tekeminen kesti liian kauan, ja se keskeytettiin.")
        )


class PrintFailed(PrintError):  # noqa: N818 - reads as a sentence
    """Tell that no PDF came out; the next document is not affected."""

    retry_after_s = 10

    def __init__(
        self, message: str = gettext_noop("Tulosteen tekeminen epäonnistui. Yritä uudelleen.")
    ) -> None:
        super().__init__(message)
