"""One shape for every app: at start its rights, its operations and what it registers are read."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule


class BusinessApp(AppConfig):
    """An app of the business. `registered.register()` fills the registers, where the app has something to show."""

    default = False  # Django looks for the one configuration in an app's `apps.py`: not this one, which is only imported there

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        for name in ("permissions", "operations"):
            if module_has_submodule(self.module, name):
                import_module(f"{self.name}.{name}")
        if module_has_submodule(self.module, "registered"):
            import_module(f"{self.name}.registered").register()
