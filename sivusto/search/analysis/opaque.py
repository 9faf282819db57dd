"""Compounds whose parts would mislead: *kunta* must not find every *maakunta*.

A word belongs here if a reader who types its last or first part would not call the word a kind
of it, or part of its meaning. The list is reviewed by people and kept short; a word that merely
has a part which is rare in searches need not be here.
"""

from sivusto.search.analysis.tokens import words_of

OPAQUE = words_of(
    """
    maakunta yhteiskunta henkilökunta valtakunta toimikunta lautakunta neuvottelukunta
    oppilaskunta opiskelijakunta osuuskunta edustajakunta seurakunta eduskunta tiekunta asiakunta
    sotilaskunta ylioppilaskunta vihamieskunta talouskunta
    maailma hyvinvointi tietokone puheenjohtaja toimisto vastuu esimerkki perusta
    päämäärä lähtökohta näkökulma
    """
)
