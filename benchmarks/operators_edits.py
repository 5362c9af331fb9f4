"""All edit operators."""

import operators_edit as text
import operators_facts as facts

EDITS: tuple[text.Edit, ...] = (
    text.digit,
    text.decimal_comma,
    text.name,
    text.negation_inserted,
    text.negation_removed,
    text.word_in_title,
    text.title_everywhere,
    text.word_in_lead,
    text.word_in_first,
    text.word_in_middle,
    text.word_in_last,
    text.word_in_caption,
    text.figure_in_caption,
    text.sentence_removed,
    text.paragraph_removed,
    text.paragraph_added,
    text.correction_note,
    facts.byline,
    facts.publication_date,
    text.quotation,
    text.punctuation,
    text.typo,
    text.tone_placement,
)
