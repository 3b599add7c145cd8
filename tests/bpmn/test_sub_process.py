from engine.facts.events import ElementCompleted
from tests.bpmn.cases import Run

SUB = "start s\nsub x {words} {{\nstart t\nuser a\nend f\nt -> a -> f\n}}\nuser b\nend e\ns -> x -> b -> e"


def test_it_is_done_when_everything_inside_is(run: Run) -> None:
    case = run(SUB.format(words=""))
    assert case.tasks == ["a"]
    case.complete("a", {"n": 1})
    assert case.tasks == ["b"]
    assert case.variables == {"n": 1}
    assert case.path == ["s", "t", "a", "f", "x"]


def test_its_inputs_are_local_and_only_its_outputs_leave(run: Run) -> None:
    case = run(SUB.format(words="in.limit==amount*2 out.result==limit+n"), {"amount": 5})
    case.complete("a", {"n": 1})
    assert case.variables == {"amount": 5, "n": 1, "result": 11}


def test_an_empty_sub_process_passes(run: Run) -> None:
    assert run("start s\nsub x {\n}\nuser b\nend e\ns -> x -> b -> e").tasks == ["b"]


def test_tokens_inside_name_the_scope_they_are_in(run: Run) -> None:
    case = run(SUB.format(words=""))
    assert [(each.element, each.scope, each.state) for each in case.execution.tokens()] == [
        ("x", 0, "active"),
        ("a", 2, "waiting"),
    ]


def test_sub_processes_nest(run: Run) -> None:
    lines = (
        "start s\n"
        + "".join(
            f"""
        sub x{i} {{
            start s{i}
            s{i} -> x{i + 1}

        """
            for i in range(20)
        )
        + "user x20\n"
        + "}\n" * 20
        + "end e\ns -> x0 -> e"
    )
    case = run(lines)
    case.complete("x20")
    assert case.outcome == "completed"
    assert len(case.of(ElementCompleted)) == 43


def test_data_objects_are_local_to_their_scope(run: Run) -> None:
    case = run(
        """
        start s
        sub x {
            start t
            script a script=1 liuzhuan:resultVariable=draft
            user u
            t -> a -> u
        }
        user b
        end e
        s -> x -> b -> e
        """.replace("start t", "start t")
    )
    case.complete("u")
    assert case.variables == {"draft": 1}
