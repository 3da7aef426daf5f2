"""Notes and bookmarks: written under a lesson, gathered on a page of one's own."""

from dataclasses import dataclass, field
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from courses.models import Note, OutlineItem
from courses.models.note import LONGEST
from courses.study import addresses
from courses.views import SignedIn, learning_here, to_lesson
from people.formfields import TextField
from people.text import search_text


class NoteForm(forms.Form):
    text = TextField(
        label=gettext_lazy("My note on this lesson"),
        lines=True,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


@login_required
def write(request: SignedIn, key: UUID) -> HttpResponse:
    """Keep the note as it is now; empty, it is gone."""
    enrolment = learning_here(request.user, key) if request.method == "POST" else None
    if enrolment is None:
        return to_lesson(request, key)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "courses/note.html", {"form": form, "key": key}, status=422)
    try:
        seen = parse_datetime(request.POST.get("seen", ""))
    except ValueError:
        seen = None
    Note.objects.write(request.user, enrolment.course, key, form.cleaned_data["text"], timezone.now(), seen)
    messages.success(request, _("Your note is saved."))
    return to_lesson(request, key, "#ghi-chu")


@login_required
def mark(request: SignedIn, key: UUID) -> HttpResponse:
    enrolment = learning_here(request.user, key) if request.method == "POST" else None
    if enrolment is not None:
        Note.objects.mark(request.user, enrolment.course, key, request.POST.get("mark") == "on", timezone.now())
    return to_lesson(request, key, "#ghi-chu")


@dataclass
class Entry:
    note: Note
    title: str
    url: str


@dataclass
class Group:
    course: str
    entries: list[Entry] = field(default_factory=list)


@login_required
@require_safe
def mine(request: SignedIn) -> HttpResponse:
    """All notes and marks of one person by course. Three queries, however many there are."""
    text = " ".join(request.GET.get("q", "").split())[:100]
    words = search_text(text).split()
    notes = list(Note.objects.of(request.user).select_related("course").order_by("course__code", "course__title_vi"))
    keys = [note.lesson_key for note in notes]
    found = addresses(keys, translation.get_language() or "vi", request) if keys else {}
    titles = {}
    if missing := set(keys) - set(found):  # a lesson whose page is gone still has its name
        titles = {item.lesson_key: item.title for item in OutlineItem.objects.filter(lesson_key__in=missing)}
    groups: dict[UUID, Group] = {}
    for note in sorted(notes, key=lambda note: note.changed_at, reverse=True):
        _language, title, url = found.get(note.lesson_key, ("", titles.get(note.lesson_key, ""), ""))
        said = search_text(f"{title} {note.text}")
        if all(word in said for word in words):
            groups.setdefault(note.course_id, Group(note.course.title)).entries.append(Entry(note, title, url))
    ordered = sorted(groups.values(), key=lambda group: search_text(group.course))
    return render(request, "courses/notes.html", {"groups": ordered, "text": text, "any": bool(notes)})
