BOOKING = """
start s
user a
boundary ca on=a compensate
user undoA isForCompensation=true
user b
boundary cb on=b compensate
user undoB isForCompensation=true
user c
throw t compensate{}
user d
end e
s -> a -> b -> c -> t -> d -> e
ca ~> undoA
cb ~> undoB
"""


def test_completed_activities_are_undone_in_reverse_order(run):
    case = run(BOOKING.format(""))
    for task in ("a", "b", "c"):
        case.complete(task)
    assert case.tasks == ["undoB"]
    case.complete("undoB")
    assert case.tasks == ["undoA"]
    case.complete("undoA")
    assert case.tasks == ["d"]


def test_one_activity_can_be_undone_alone(run):
    case = run(BOOKING.format("=a"))
    for task in ("a", "b", "c"):
        case.complete(task)
    assert case.tasks == ["undoA"]
    case.complete("undoA")
    assert case.tasks == ["d"]


def test_what_is_not_completed_is_not_undone(run):
    lines = BOOKING.replace("s -> a -> b", "xor g default=g_default\ns -> g\ng -> a : x\ng -> b : default\na -> b")
    case = run(lines.format(""), {"x": False})
    for task in ("b", "c"):
        case.complete(task)
    assert case.tasks == ["undoB"]
    case.complete("undoB")
    assert case.tasks == ["d"]


def test_nothing_to_undo_goes_on(run):
    assert run("start s\nthrow t compensate\nuser d\nend e\ns -> t -> d -> e").tasks == ["d"]


def test_a_completed_sub_process_is_undone_from_inside(run):
    lines = """
    start s
    sub x {
    start xs
    user a
    boundary ca on=a compensate
    user undoA isForCompensation=true
    xs -> a
    ca ~> undoA
    }
    user c
    throw t compensate
    user d
    end e
    s -> x -> c -> t -> d -> e
    """
    case = run(lines)
    case.complete("a")
    case.complete("c")
    assert case.tasks == ["undoA"]
    case.complete("undoA")
    assert case.tasks == ["d"]


def test_a_sub_process_with_its_own_compensation_handler_decides_itself(run):
    case = run("""
        start s
        sub x {
            start xs
            user a
            xs -> a
            on h {
                start hs compensate
                user v
                hs -> v
            }
        }
        user c
        throw t compensate
        user d
        end e
        s -> x -> c -> t -> d -> e
        """)
    case.complete("a")
    case.complete("c")
    assert case.tasks == ["v"]
    case.complete("v")
    assert case.tasks == ["d"]
