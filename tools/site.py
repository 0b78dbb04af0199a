"""Build the documentation site, and check all of it.

    python -m tools.site [FOLDER]      into build/, or into another folder

Pages are gathered in FOLDER/pages, where links to code lead to pages that show the code
by function; Zensical makes FOLDER/site of them, with warnings as errors; then every
link, anchor and picture of the finished site is checked, and that nothing in it is
loaded from elsewhere. Zensical itself checks neither the navigation nor pictures.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from experiments.config import yaml_file, yaml_text

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"(^```.*?^```)", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(\[(?:[^\[\]]|\[[^\[\]]*\])*\]\()([^)\s]+)(\))")
NAME = re.compile(r"!?\[`([\w.:]+)`\]\($")
CODE = "code"
UNSEARCHED = "---\nsearch:\n  exclude: true\n---\n\n"
"""Before pages of code, which would fill the first places of every search."""
LANGUAGES = {
    ".py": "python",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".toml": "toml",
    ".cff": "yaml",
    ".sh": "bash",
    ".csv": "text",
}
"""Files that are shown as pages; Markdown is a page already, others are copied."""


def main(arguments: Sequence[str]) -> int:
    """Gather, build and check; the exit code."""
    folder = Path(arguments[0]).resolve() if arguments else ROOT / "build"
    pages_, site = folder / "pages", folder / "site"
    for old in (pages_, site):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    stage(ROOT, pages_)
    settings = config() | {"docs_dir": pages_.name, "site_dir": site.name}
    settings["nav"] = navigation(settings, pages_)
    file = folder / "mkdocs.yml"
    file.write_text(yaml_text.dump(settings), encoding="utf-8")
    command = ("-m", "zensical", "build", "--clean", "--strict", "--config-file", file)
    done = subprocess.run([sys.executable, *command], cwd=folder, check=False)
    if done.returncode:
        return done.returncode
    found = faults(site)
    print(*found, f"{len(found)} faults in {site}", sep="\n")
    return 1 if found else 0


def config() -> dict[str, Any]:
    """What ``mkdocs.yml`` says."""
    return yaml_file.shipped(ROOT / "mkdocs.yml")


# The navigation


def navigation(settings: Mapping[str, Any], folder: Path) -> list[Any]:
    """The navigation with every folder replaced by its pages.

    Raises ``SystemExit`` for an entry that is no page below the folder.
    """
    return [_entry(entry, folder) for entry in settings["nav"]]


def _entry(entry: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    ((title, value),) = entry.items()
    if isinstance(value, list):
        return {title: [_entry(part, folder) for part in value]}
    if value == f"{CODE}/":
        return {title: f"{CODE}/index.md"}
    if value.endswith("/"):
        found = sorted(folder.glob(f"{value}*.md"), key=_index_first)
        listed = [path.relative_to(folder).as_posix() for path in found]
        if not listed:
            raise SystemExit(f"mkdocs.yml: the folder {value} has no pages")
        return {title: [{_title(folder / page): page} for page in listed]}
    if not (folder / value).exists():
        raise SystemExit(f"mkdocs.yml: the page {value} is not there")
    return {title: value}


def _index_first(path: Path) -> tuple[bool, str]:
    return path.stem not in ("index", "README"), path.stem


def _title(page: Path) -> str:
    head = re.search(r"^# (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return head[1] if head else page.stem


def pages(entries: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """All pages of a navigation."""
    for entry in entries:
        for value in entry.values():
            if isinstance(value, list):
                yield from pages(value)
            else:
                yield value


# Pages


def stage(root: Path, target: Path) -> None:
    """Gather the pages of ``root/docs``, and the code that they link, in a folder.

    Raises ``SystemExit`` naming page and target for a link that leads to nothing.
    """
    docs = root / "docs"
    shutil.copytree(docs, target, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    waiting = [(page, docs / page.relative_to(target)) for page in target.rglob("*.md")]
    linked: set[Path] = set()
    for page, origin in waiting:
        text = page.read_text(encoding="utf-8")
        page.write_text(relinked(text, origin, root, linked), encoding="utf-8")
    shown: set[Path] = set()
    while new := sorted(linked - shown):
        for path in new:
            shown.add(path)
            _show(path, root, target, linked)
    _index(shown, root, target)


def relinked(text: str, origin: Path, root: Path, linked: set[Path]) -> str:
    """The text of a page with links that leave ``docs/`` turned to pages of code."""

    def link(match: re.Match[str]) -> str:
        aim, hash_, anchor = match[2].partition("#")
        if not aim or urlsplit(match[2]).scheme:
            return match[0]
        path = Path(os.path.normpath(origin.parent / aim))
        if not path.exists() or not path.is_relative_to(root):
            raise SystemExit(f"{origin}: {match[2]} leads to nothing ({path})")
        place = path.relative_to(root)
        if place.parts[0] != "docs":
            linked.add(path)
            named = NAME.search(match[1])
            name = re.split(r"::|\.", named[1])[-1] if named else ""
            if path.suffix == ".py" and name in _definitions(path):
                hash_, anchor = "#", name
        near = os.path.relpath(_page(path, root), _page(origin, root).parent)
        return f"{match[1]}{near}{hash_}{anchor}{match[3]}"

    parts = FENCE.split(text)
    return "".join(
        part if part.startswith("```") else LINK.sub(link, part) for part in parts
    )


def _page(path: Path, root: Path) -> Path:
    """Where a file or folder of the repository stands among the pages."""
    place = path.relative_to(root)
    if place.parts[0] == "docs":
        first = min(path.glob("*.md"), key=_index_first, default=path)
        return Path(*first.relative_to(root).parts[1:])
    page = Path(CODE) / place
    if path.is_dir():
        return page / "index.md"
    if place.name == "README.md":  # which would become the index of its folder
        return page.with_name("about.md")
    if place.suffix in LANGUAGES or not place.suffix:
        return page.with_name(f"{place.name}.md")
    return page


def _definitions(path: Path) -> dict[str, ast.stmt]:
    """Functions and classes at the top of a file; methods lead to their class."""
    found: dict[str, ast.stmt] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found[node.name] = node
    return found


def _show(path: Path, root: Path, target: Path, linked: set[Path]) -> None:
    """Write the page of a file or a folder that a page links."""
    page = target / _page(path, root)
    page.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        text = UNSEARCHED + _folder(path, root, linked)
        page.write_text(text, encoding="utf-8")
    elif path.suffix == ".md":
        text = path.read_text(encoding="utf-8")
        page.write_text(relinked(text, path, root, linked), encoding="utf-8")
    elif page.suffix == ".md":
        text = UNSEARCHED + _source(path, path.relative_to(root))
        page.write_text(text, encoding="utf-8")
    else:
        shutil.copy(path, page)


def _folder(path: Path, root: Path, linked: set[Path]) -> str:
    """A page that lists a folder."""
    lines = [f"# {path.relative_to(root).as_posix()}/", ""]
    for inner in sorted(path.iterdir()):
        if inner.suffix in LANGUAGES and inner.is_file():
            linked.add(inner)
            lines.append(f"- [{inner.name}]({inner.name}.md){_summary(inner)}")
    return "\n".join(lines) + "\n"


def _summary(path: Path) -> str:
    """The first sentence of a module's docstring."""
    if path.suffix != ".py":
        return ""
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    head = doc.partition("\n")[0]
    return ": " + head.replace("*", r"\*").replace("_", r"\_") if head else ""


def _source(path: Path, place: Path) -> str:
    """The page of a file of code; of Python with a heading before each definition."""
    lines = path.read_text(encoding="utf-8").splitlines()
    language = LANGUAGES.get(path.suffix, "text")
    text = [f"# {place.as_posix()}", ""]
    first = 1
    definitions = _definitions(path) if path.suffix == ".py" else {}
    for name, node in definitions.items():
        decorators = getattr(node, "decorator_list", [])
        start = min([node.lineno, *(d.lineno for d in decorators)])
        text += _code(lines, first, start - 1, language)
        text += [f'<a id="{name}"></a>', "", f"## `{name}`", ""]
        text += _code(lines, start, node.end_lineno or start, language)
        first = (node.end_lineno or start) + 1
    return "\n".join([*text, *_code(lines, first, len(lines), language)])


def _code(lines: Sequence[str], first: int, last: int, language: str) -> list[str]:
    """Lines first to last as a block with their numbers; nothing if all are empty."""
    while first <= last and not lines[first - 1].strip():
        first += 1
    while last >= first and not lines[last - 1].strip():
        last -= 1
    if first > last:
        return []
    fence = "````" if any("```" in line for line in lines[first - 1 : last]) else "```"
    head = f'{fence}{language} linenums="{first}"'
    return [head, *lines[first - 1 : last], fence, ""]


def _index(shown: set[Path], root: Path, target: Path) -> None:
    """A page that lists all code on the site."""
    files = [path for path in shown if path.suffix in LANGUAGES and path.is_file()]
    lines = ["# Code", "", "Every file that the documents link.", ""]
    folder = None
    for path in sorted(files, key=lambda path: (path.parent, path.name)):
        place = path.relative_to(root)
        if place.parent != folder:
            folder = place.parent
            lines += ["", f"## {folder.as_posix()}", ""]
        lines.append(f"- [{place.name}]({place.as_posix()}.md){_summary(path)}")
    (target / CODE / "index.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


# The finished site


class _Reader(HTMLParser):
    """Ids, links and loaded files of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.ids |= {said[name] for name in ("id", "name") if name in said}
        if tag == "a" and "href" in said:
            self.links.append(said["href"])
        elif tag == "link" and said.get("rel") not in ("canonical", "next", "prev"):
            self.loads.append(said.get("href", ""))
        elif tag == "link":
            self.links.append(said.get("href", ""))
        elif tag in ("img", "script", "iframe", "source", "audio", "video"):
            self.loads += [said[name] for name in ("src",) if name in said]


def faults(site: Path) -> list[str]:
    """What is wrong with a site: links, anchors, pictures, files from elsewhere."""
    readers = {}
    for path in sorted(site.rglob("*.html")):
        readers[path] = _Reader()
        readers[path].feed(path.read_text(encoding="utf-8"))
    found = []
    for path, reader in readers.items():
        for link in reader.loads:
            if urlsplit(link).scheme not in ("", "data") or link.startswith("//"):
                found.append(f"{path}: loads {link} from elsewhere")
            elif not link.startswith("data:"):
                found += _wrong(link, path, site, readers)
        for link in reader.links:
            found += _wrong(link, path, site, readers)
    for path in sorted(site.rglob("*.css")):
        text = path.read_text(encoding="utf-8")
        for link in re.findall(r"url\([\"']?((?:https?:)?//[^)]+)\)", text):
            found.append(f"{path}: loads {link} from elsewhere")
    return found


def _wrong(
    link: str, page: Path, site: Path, readers: Mapping[Path, _Reader]
) -> list[str]:
    """One fault if a link leads nowhere, or is no address."""
    parts = urlsplit(link)
    if parts.scheme in ("http", "https"):
        is_address = re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?", parts.netloc)
        return [] if is_address else [f"{page}: {link} is no address"]
    if parts.scheme in ("mailto", "data", "javascript"):
        return []
    # 404.html is served from any folder: its links begin at the root of the site.
    start = site if parts.path.startswith("/") else page.parent
    aim = Path(os.path.normpath(start / unquote(parts.path).lstrip("/")))
    aim = aim if parts.path else page
    if not aim.is_file():
        return [f"{page}: {link} leads to nothing"]
    anchor = unquote(parts.fragment)
    if anchor and aim in readers and anchor not in readers[aim].ids:
        return [f"{page}: {link} names an anchor that is not there"]
    return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
