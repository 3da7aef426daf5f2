from django import template

from people.browser import browser_key

register = template.Library()
register.filter("browser_key", browser_key)
