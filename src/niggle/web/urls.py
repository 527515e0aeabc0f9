"""Addresses of the web face."""

from __future__ import annotations

from typing import Final

from django.urls import path

from niggle.web.views import (
    body_map,
    care,
    charts,
    checkin,
    corrections,
    data,
    errors,
    imports,
    library,
    library_exercises,
    load,
    sessions,
    settings,
    shoes,
    today,
    triage,
)

urlpatterns: Final = [
    path("", today.today, name="today"),
    path("checkin", checkin.checkin, name="checkin"),
    path("checkin/history", corrections.history, name="checkin-history"),
    path("checkin/<str:entry_id>/correct", corrections.correct, name="checkin-correct"),
    path("checkin/<str:entry_id>/more", checkin.more, name="checkin-more"),
    path("import", imports.imports, name="import"),
    path("import/<int:job_id>", imports.detail, name="import-detail"),
    path("import/<int:job_id>/progress", imports.progress, name="import-job"),
    path("import/<int:job_id>/retry", imports.retry, name="import-retry"),
    path("import/<int:job_id>/resume", imports.go_on, name="import-resume"),
    path("import/<int:job_id>/undo", imports.undo, name="import-undo"),
    path("load", load.load, name="load"),
    path("sessions", sessions.sessions, name="sessions"),
    path("sessions/add", sessions.add, name="session-add"),
    path("sessions/<str:session_id>", sessions.detail, name="session"),
    path("sessions/<str:session_id>/label", sessions.label, name="session-label"),
    path("shoes", shoes.shoes, name="shoes"),
    path("shoes/add", shoes.edit, name="shoe-add"),
    path("shoes/<str:shoe_id>", shoes.edit, name="shoe"),
    path("shoes/<str:shoe_id>/assign", shoes.assign, name="shoe-assign"),
    path("shoes/<str:shoe_id>/retire", shoes.retire, name="shoe-retire"),
    path("care", care.care, name="care"),
    path("care/clearance", care.clearance, name="care-clearance"),
    path("care/condition", care.condition, name="care-condition"),
    path("triage", triage.start, name="triage"),
    path("triage/<str:key>", triage.step, name="triage-step"),
    path("triage/<str:key>/result", triage.result, name="triage-result"),
    path("triage/<str:key>/end", triage.end, name="triage-end"),
    path("triage/<str:key>/summary", triage.summary, name="triage-summary"),
    path("triage/<str:key>/keep", triage.keep, name="triage-keep"),
    path("library", library.library, name="library"),
    path("library/conditions", library.conditions, name="conditions"),
    path("library/conditions/<str:name>", library.condition, name="condition"),
    path("library/glossary", library.glossary, name="glossary"),
    path("library/faq", library.faq, name="faq"),
    path("library/body-parts", library.body_parts, name="body-parts"),
    path("library/exercises", library_exercises.exercises, name="exercises"),
    path("library/exercises/<str:name>", library_exercises.exercise, name="exercise"),
    path("figures/<str:digest>.css", library_exercises.style, name="figure-style"),
    path(
        "figures/<str:digest>/<str:theme>/<str:side>/<str:shape>/<str:name>.svg",
        library_exercises.figure,
        name="figure",
    ),
    path("more", settings.more, name="more"),
    path("settings", settings.settings, name="settings"),
    path("settings/theme", settings.theme, name="theme"),
    path("settings/profile", settings.profile, name="profile"),
    path("settings/export", data.export, name="export"),
    path("settings/forget", data.forget, name="forget"),
    path("body-map/<str:name>", body_map.body_map, name="body-map"),
    path("charts/<str:name>", charts.bundle, name="bundle"),
]
handler400 = errors.bad_request
handler404 = errors.not_found
handler500 = errors.broken
