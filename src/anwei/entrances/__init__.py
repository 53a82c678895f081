"""The outer doors: portal, field, api, cli. They do not know each other."""
