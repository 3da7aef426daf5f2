from wagtail.users.apps import WagtailUsersAppConfig


class PeopleOfWagtailConfig(WagtailUsersAppConfig):
    """wagtail.users with our two small forms: one full name, no password."""

    user_viewset = "people.wagtail_users.UserViewSet"
