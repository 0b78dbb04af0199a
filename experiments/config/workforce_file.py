"""Read a workforce from a YAML file of the reader's, as overrides.

The format is that of the shipped ones in ``configs/workforce``: below ``roles`` the
share of each, or its share and numbers of its own, see ``experiments.config.roles``.
"""

from experiments.config import yaml_file
from experiments.config.catalogue import members, suggestion
from experiments.config.overrides import Override, literal
from experiments.config.roles import FORM, role, workforce
from experiments.errors import UserError

EXAMPLE = f"such as roles: {FORM}"


def read(value: str) -> list[Override]:
    """Read the overrides in a workforce's file.

    Raises ``UserError`` naming the file and the line.
    """
    path = yaml_file.path_of("workforce", value)
    text = yaml_file.read(path, "workforce", members("workforce"))
    content = yaml_file.content(path, text, EXAMPLE)
    for name in content:
        if name != "roles":
            line = yaml_file.line(text, str(name))
            raise UserError(
                f"{path}, line {line}: there is no key {name}"
                f"{suggestion(str(name), ['roles'])}\nRoles and their shares stand "
                f"below roles, {EXAMPLE}."
            )
    mix = content["roles"]
    first = yaml_file.line(text, "roles")
    for name, given in mix.items() if isinstance(mix, dict) else ():
        line = yaml_file.line(text, str(name), first)
        role(str(name), given, f"{path}, line {line}: ")
    where = f"{path}, line {first}: "
    workforce(mix or {}, where)
    return [
        Override("workforce", "one_crowd"),
        Override("workforce.roles", literal(mix), where),
    ]
