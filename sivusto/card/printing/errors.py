"""What can go wrong in printing, each with a sentence for the person who asked for the PDF."""


class PrintError(Exception):
    """Stand for every failure of printing; `str()` of it may be shown to people."""


class TooLargeToPrint(PrintError):  # noqa: N818 - reads as a sentence
    """Refuse a document before printing; nothing was started."""


class PrintTimeout(PrintError):  # noqa: N818 - reads as a sentence
    """Tell that the time limit was reached and the printing process was killed."""

    def __init__(self) -> None:
        super().__init__("Tulosteen tekeminen kesti liian kauan, ja se keskeytettiin.")


class PrintFailed(PrintError):  # noqa: N818 - reads as a sentence
    """Tell that no PDF came out; the next document is not affected."""

    def __init__(self, message: str = "Tulosteen tekeminen epäonnistui. Yritä uudelleen.") -> None:
        super().__init__(message)
