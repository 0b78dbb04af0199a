"""Parts that the pages share: the frame, charts with a heading, controls, notices."""

from collections.abc import Callable, Sequence
from typing import Any

import solara
from solara.lab import ThemeToggle, theme

from app.keys import Key
from experiments.designs.pair import Value

PAGES = (
    ("/", "Compare"),
    ("/live", "Live"),
    ("/person", "One employee"),
    ("/learn", "Learn"),
    ("/class", "Class"),
)
STYLE = """
.v-application { font-family: system-ui, -apple-system, "Segoe UI", Roboto,
  sans-serif; }
.studio { max-width: 1240px; margin: 0 auto; padding: 8px 20px 48px; width: 100%;
  box-sizing: border-box; }
.studio-head { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 18px;
  padding: 10px 0 14px; }
.studio-name { font-weight: 700; font-size: 1.05rem; margin-right: 8px; }
.studio-head a { text-decoration: none; padding: 4px 2px; color: inherit; }
.studio-head a[aria-current="page"] { border-bottom: 3px solid #0072b2;
  font-weight: 600; }
.studio h1 { font-size: 1.6rem; line-height: 1.25; margin: 4px 0 8px;
  font-weight: 650; }
.studio h2 { font-size: 1.05rem; margin: 0 0 2px; font-weight: 650; }
.studio p { margin: 0 0 8px; max-width: 75ch; }
.quiet { opacity: .72; font-size: .9rem; }
.abreast { display: grid; gap: 18px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); }
.panel { border: 1px solid rgba(128,128,128,.3); border-radius: 10px;
  padding: 14px 16px; min-width: 0; }
.figures { display: grid; gap: 12px;
  grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); }
.figure-value { font-size: 1.55rem; font-weight: 650;
  font-variant-numeric: tabular-nums; }
.says { font-size: 1.2rem; line-height: 1.4; }
.dot { display: inline-block; width: .75em; height: .75em; border-radius: 50%;
  margin-right: .45em; }
.key { white-space: nowrap; }
.preview { opacity: .75; }
.slot { display: contents; }
a:focus-visible, button:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid #0072b2; outline-offset: 2px; }
@media (max-width: 600px) {
  .studio { padding: 4px 12px 40px; }
  .studio h1 { font-size: 1.3rem; }
  .says { font-size: 1.05rem; } }
"""


@solara.component
def Frame(children: Sequence[Any] = ()) -> Any:
    """The head of every page and what stands below it."""
    router = solara.use_router()
    here = "/" + router.path.strip("/").partition("/")[0]
    with solara.Column(classes=["studio"], gap="14px") as frame:
        solara.Style(STYLE)
        solara.Title("tokenmaxxing studio")
        with solara.Div(classes=["studio-head"]):
            solara.HTML(
                tag="span",
                unsafe_innerHTML="tokenmaxxing studio",
                classes=["studio-name"],
            )
            for path, name in PAGES:
                current = {"aria-current": "page"} if path == here else {}
                with solara.Link(path):
                    solara.HTML(tag="a", unsafe_innerHTML=name, attributes=current)
            solara.v.Spacer()
            with solara.Div(
                attributes={"role": "group", "aria-label": "light or dark"}
            ):
                ThemeToggle()
        solara.Column(children=[*children], gap="14px")
    return frame


def Slot() -> Any:
    """Where a part may stand or not: ``with Slot(): if ...``.

    What follows keeps its position whether it is there or not. A part that moves is
    made anew: a click that arrives meanwhile is lost, and an opened section closes.
    """
    return solara.Div(classes=["slot"])


@solara.component
def Chart(
    title: str,
    option: Callable[[bool], dict[str, Any]],
    *,
    note: str = "",
    height: int = 260,
    on_click: Callable[[Any], None] | None = None,
) -> None:
    """A chart below its heading; ``option`` is made for light or for dark."""
    dark = bool(theme.dark_effective)
    made = option(dark)
    said = made.get("aria", {}).get("label", {}).get("description", title)
    with solara.Div(classes=["panel"]):
        solara.HTML(tag="h2", unsafe_innerHTML=title)
        if note:
            solara.HTML(tag="p", unsafe_innerHTML=note, classes=["quiet"])
        solara.FigureEcharts(
            option=made,
            on_click=on_click,
            responsive=True,
            attributes={
                "style": f"height: {height}px; width: 100%",
                "role": "img",
                "aria-label": said,
            },
        )


@solara.component
def Folded(title: str, content: Callable[[], None]) -> None:
    """A section that opens; ``content`` is made only while it is open.

    ``solara.Details`` makes and updates what nobody sees: most of the work of a page.
    """
    is_open, set_open = solara.use_state(False)
    with solara.v.ExpansionPanels(
        v_model=0 if is_open else None, on_v_model=lambda v: set_open(v == 0)
    ):
        with solara.v.ExpansionPanel():
            solara.v.ExpansionPanelHeader(children=[title])
            with solara.v.ExpansionPanelContent():
                if is_open:
                    content()


@solara.component
def Control(key: Key, value: Value, on_value: Callable[[Value], None]) -> None:
    """The control of one parameter; hovering says what is declared of it."""
    with solara.Tooltip(key.about):
        with solara.Div(attributes={"aria-label": key.about}):
            if key.choices:
                solara.Select(key.name, key.choices, str(value), on_value=on_value)
            elif key.kind is bool:
                solara.Switch(label=key.name, value=bool(value), on_value=on_value)
            else:
                low, high, step = key.range(float(value))
                label = f"{key.name}: {float(value):g}{key.unit}"
                if key.kind is int:
                    solara.SliderInt(
                        label,
                        int(value),
                        int(low),
                        int(high),
                        int(step),
                        on_value=on_value,
                        thumb_label=False,
                    )
                else:
                    solara.SliderFloat(
                        label,
                        float(value),
                        low,
                        high,
                        step,
                        on_value=on_value,
                        thumb_label=False,
                    )


@solara.component
def Refusal(text: str) -> None:
    """What cannot be had and why, as plain text; nothing for an empty one."""
    with Slot():
        if text:
            solara.Warning(text, dense=True)
