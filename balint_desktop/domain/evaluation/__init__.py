"""The evaluation: questionnaires, the written part, and bare scores."""
