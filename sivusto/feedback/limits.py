"""How much feedback is taken in a day: from one address, and from all together.

Addresses are kept as digests with a salt of the day, and for the day only: nobody can tell later
who wrote, nor whether two messages of different days have one writer.
"""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from sivusto.feedback.models import FeedbackTally

EVERYBODY = ""


def sender_digest(address: str, today: date) -> str:
    """Return 32 hexadecimal digits that stand for the address today."""
    salt = f"sivusto.feedback {today.isoformat()}"
    return salted_hmac(salt, address, algorithm="sha256").hexdigest()[:32]


def take_place(address: str, today: date) -> bool:
    """Count one more message of the address; False, and nothing counted, when it is too much.

    Safe between processes: the database counts, row by row. Run it in the transaction that saves
    the message, so that a message that is not saved does not count.
    """
    forget_earlier_days(today)
    with transaction.atomic():
        mine = _counted(sender_digest(address, today), today, settings.FEEDBACK_FROM_ONE)
        if mine and _counted(EVERYBODY, today, settings.FEEDBACK_FROM_ALL):
            return True
        transaction.set_rollback(True)
        return False


def forget_earlier_days(today: date) -> None:
    """Delete the numbers of earlier days, and with them what stood for the senders."""
    FeedbackTally.objects.filter(day__lt=today).delete()


def _counted(sender: str, today: date, most: int) -> bool:
    FeedbackTally.objects.bulk_create(
        [FeedbackTally(day=today, sender=sender)], ignore_conflicts=True
    )
    mine = FeedbackTally.objects.filter(day=today, sender=sender, number__lt=most)
    return mine.update(number=F("number") + 1) == 1
