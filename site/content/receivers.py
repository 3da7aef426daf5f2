"""Anything an editor changes on the public pages begins a new generation of the page cache. No rule lives here."""

from django.db.models.signals import post_delete, post_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import copy_for_translation_done, page_published, page_unpublished, post_page_move

from content.cache import bump
from content.models import SiteSettings
from content.pages import SitePage

page_published.connect(bump, dispatch_uid="content.bump.published")
page_unpublished.connect(bump, dispatch_uid="content.bump.unpublished")
post_page_move.connect(bump, dispatch_uid="content.bump.moved")
for model in (SiteSettings, PageViewRestriction, Site, Redirect):
    post_save.connect(bump, sender=model, dispatch_uid=f"content.bump.saved.{model.__name__}")
    post_delete.connect(bump, sender=model, dispatch_uid=f"content.bump.deleted.{model.__name__}")


def _page_deleted(sender, **kwargs) -> None:
    if issubclass(sender, SitePage):
        bump()


post_delete.connect(_page_deleted, dispatch_uid="content.bump.page_deleted")


def _same_path_in_both_languages(sender, source_obj, target_obj, **kwargs) -> None:
    """A translation is copied as `gioi-thieu-en`; here /en/gioi-thieu/ is the English of /gioi-thieu/."""
    if not isinstance(target_obj, SitePage) or target_obj.slug == source_obj.slug:
        return
    if target_obj.get_siblings(inclusive=False).filter(slug=source_obj.slug).exists():
        return
    target_obj.slug = source_obj.slug
    target_obj.save()
    revision = target_obj.latest_revision
    if revision is not None:
        revision.content |= {"slug": target_obj.slug, "url_path": target_obj.url_path}
        revision.save()


copy_for_translation_done.connect(_same_path_in_both_languages, dispatch_uid="content.translated_path")
