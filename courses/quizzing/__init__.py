"""Quizzes: a bank of questions for each course, their plain-text and XML forms, attempts, marking, statistics."""
