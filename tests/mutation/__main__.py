"""The table of docs/mutants.md, and what is still alive as a change of lines: run in the folder of a mutation run."""

from collections import defaultdict

from mutmut.__main__ import collect_source_file_mutation_data
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code

_KILLED = frozenset(("killed", "timeout", "segfault"))


def main() -> None:
    """Print both."""
    mutants, _ = collect_source_file_mutation_data(mutant_names=())
    modules: dict[str, list[bool]] = defaultdict(list)
    alive = []
    for data, name, code in mutants:
        killed = status_by_exit_code[code] in _KILLED
        modules[name.split(".")[2]].append(killed)
        if not killed:
            alive.append((name, get_diff_for_mutant(name, path=data.path)))
    modules["all"] = [killed for verdicts in modules.values() for killed in verdicts]
    print("| module | mutants | killed | alive |\n|---|---|---|---|")
    for module, verdicts in sorted(modules.items(), key=lambda item: (item[0] == "all", item[0])):
        print(f"| {module} | {len(verdicts)} | {sum(verdicts)} | {len(verdicts) - sum(verdicts)} |")
    for name, change in alive:
        print(f"\n{name}")
        print("\n".join(line for line in change.splitlines() if line[:1] in "+-" and line[:3] not in {"---", "+++"}))


if __name__ == "__main__":
    main()
