"""What readers use beside the lesson: keeping it, printing it, notes, questions to the tutor, their own record."""

from django.urls import path

from courses import discussion, notes, offline, printing, record

urlpatterns = [
    path("hoc/dong-bo/", offline.sync, name="sync"),
    path("hoc/ngoai-tuyen/", offline.front, name="offline"),
    path("hoc/ngoai-tuyen/<uuid:key>/", offline.kept_lesson, name="kept_lesson"),
    path("hoc/ngoai-tuyen/<uuid:key>/goi/", offline.package, name="package"),
    path("hoc/ngoai-tuyen/<uuid:course>/<uuid:section>/goi/", offline.section_package, name="section_package"),
    path("hoc/bai/<uuid:key>/ban-in.pdf", printing.lesson_paper, name="lesson_paper"),
    path("hoc/phan/<uuid:course>/<uuid:section>/ban-in.pdf", printing.section_paper, name="section_paper"),
    path("hoc/bai/<uuid:key>/ghi-chu/", notes.write, name="note"),
    path("hoc/bai/<uuid:key>/danh-dau/", notes.mark, name="mark"),
    path("trang-cua-toi/ghi-chu/", notes.mine, name="notes"),
    path("trang-cua-toi/ket-qua/", record.page, name="record"),
    path("trang-cua-toi/ket-qua/<slug:form>", record.download, name="record_file"),
    path("hoc/bai/<uuid:key>/hoi-dap/", discussion.everything, name="discussion"),
    path("hoc/bai/<uuid:key>/hoi/", discussion.ask, name="ask"),
    path("hoc/hoi-dap/<uuid:pk>/tra-loi/", discussion.comment, name="comment"),
    path("hoc/hoi-dap/<uuid:pk>/bao/", discussion.report, name="report"),
    path("hoc/<str:code>", printing.short, name="short"),
]
