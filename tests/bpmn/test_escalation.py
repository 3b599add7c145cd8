INSIDE = "start s\nsub x {{\nstart t\nuser a\nthrow h escalation=late\nuser b\nt -> a -> h -> b\n}}\nboundary c on=x escalation=late {}\nuser v\nend e\ns -> x -> e\nc -> v -> e"


def test_a_non_interrupting_boundary_lets_the_sub_process_go_on(run):
    case = run(INSIDE.format("nonInterrupting"))
    case.complete("a")
    assert sorted(case.tasks) == ["b", "v"]


def test_an_interrupting_boundary_ends_the_sub_process(run):
    case = run(INSIDE.format(""))
    case.complete("a")
    assert case.tasks == ["v"]


def test_an_event_sub_process_catches_it(run):
    case = run("start s\nuser a\nthrow h escalation=late in.why=slow\nuser b\nend e\ns -> a -> h -> b -> e\non k {\nstart ks escalation=late nonInterrupting\nuser v\nks -> v\n}")
    case.complete("a")
    assert sorted(case.tasks) == ["b", "v"]
    assert case.variables == {"why": "slow"}


def test_an_escalation_end_event_completes_its_path(run):
    case = run("start s\nsub x {\nstart t\nend h escalation=late\nt -> h\n}\nboundary c on=x escalation=late nonInterrupting\nuser v\nuser w\nend e\ns -> x -> w -> e\nc -> v -> e")
    assert sorted(case.tasks) == ["v", "w"]
