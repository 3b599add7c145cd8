"""Random block-structured models: every block has one way in and one way out, so that no path is left hanging."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.bpmn.writing import bpmn

#: Its lines, its first and its last element.
Block = tuple[list[str], str, str]

LEAVES = ("user", "service", "script", "task", "timer", "repeating", "message", "condition", "escalation", "thrown", "called")
NESTING = (
    "sequence",
    "exclusive",
    "parallel",
    "inclusive",
    "complex",
    "race",
    "loop",
    "sub",
    "repeated",
    "each",
    "interrupted",
    "noticed",
    "handled",
    "undone",
    "cancelled",
)
#: Variables conditions look at; scripts and completed tasks change them.
NAMES = ("a", "b", "c")


class _Blocks:
    """Writes lines; each block answers its first and its last element."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._number = 0

    def id(self, kind: str) -> str:
        self._number += 1
        return f"{kind}{self._number}"

    def choose(self, *choices: str) -> str:
        return self._draw(st.sampled_from(choices))

    def condition(self) -> str:
        return f"{self.choose(*NAMES)} {self.choose('>', '<', '=')} {self.choose('0', '1', '2')}"

    def block(self, depth: int) -> Block:
        kind = self.choose(*LEAVES) if depth == 0 else self.choose(*NESTING, "user", "script")
        made: Block = getattr(self, f"_{kind}")(depth)
        return made

    # ------------------------------------------------------------------ leaves
    def _one(self, words: str, kind: str) -> Block:
        id = self.id(kind)
        return [f"{kind} {id} {words}"], id, id

    def _user(self, _: int) -> Block:
        return self._one("", "user")

    def _task(self, _: int) -> Block:
        return self._one(self.choose("", "completionQuantity=1"), "task")

    def _service(self, _: int) -> Block:
        return self._one("connector=http", "service")

    def _script(self, _: int) -> Block:
        name = self.choose(*NAMES)
        return self._one(f"script='{{{name}: modulo({name} + 1, 3)}}'", "script")

    def _timer(self, _: int) -> Block:
        return self._one(f"timer={self.choose('PT1H', 'P1D', 'P1M')}", "catch")

    def _repeating(self, _: int) -> Block:
        """Lets several tokens go, so it is kept inside a sub-process, which waits for all of them."""
        sub, catch, user = self.id("sub"), self.id("catch"), self.id("user")
        return [f"sub {sub} {{", f"catch {catch} timer=R2/PT1H", f"user {user}", f"{catch} -> {user}", "}"], sub, sub

    def _message(self, _: int) -> Block:
        return self._one(self.choose("message=hello/a", "signal=hail", "message=x signal=y parallelMultiple=true"), "catch")

    def _condition(self, _: int) -> Block:
        return self._one("condition='a + b + c >= 0'", "catch")

    def _escalation(self, _: int) -> Block:
        return self._one("escalation=note", "throw")

    def _thrown(self, _: int) -> Block:
        return self._one(self.choose("compensate", "signal=hail", "message=hello/a"), "throw")

    def _called(self, _: int) -> Block:
        """The process `inner` is the host's."""
        return self._one(f"calledElement=inner {self.choose('', 'in.a==a out.b==c')}", "call")

    def _undoable(self, depth: int) -> Block:
        """A block with a compensation handler."""
        lines, sub, _ = self._nested(depth)
        boundary, undo = self.id("boundary"), self.id("undo")
        kind = self.choose("user", "script")
        lines += [f"boundary {boundary} on={sub} compensate", f"{kind} {undo} isForCompensation=true", f"{boundary} ~> {undo}"]
        return lines, sub, sub

    # ------------------------------------------------------------------ blocks of blocks
    def _sequence(self, depth: int) -> Block:
        lines, first, last = self.block(depth - 1)
        for _ in range(self._draw(st.integers(1, 2))):
            more, begin, end = self.block(depth - 1)
            lines += [*more, f"{last} -> {begin}"]
            last = end
        return lines, first, last

    def _split(self, kind: str, depth: int, conditions: bool, words: str = "") -> Block:
        fork, join = self.id("fork"), self.id("join")
        count = self._draw(st.integers(2, 3))
        lines = [f"{kind} {join} {words}"]
        for index in range(count):
            more, begin, end = self.block(depth - 1)
            is_default = conditions and index == count - 1
            condition = f" : {self.condition()}" if conditions and not is_default else " : default" if is_default else ""
            lines += [*more, f"{fork} -> {begin}{condition}", f"{end} -> {join}"]
            if is_default:
                lines.insert(0, f"{kind} {fork} default={fork}_default")
        if not conditions:
            lines.insert(0, f"and {fork}")
        return lines, fork, join

    def _exclusive(self, depth: int) -> Block:
        return self._split("xor", depth, conditions=True)

    def _inclusive(self, depth: int) -> Block:
        return self._split("or", depth, conditions=True)

    def _parallel(self, depth: int) -> Block:
        return self._split(self.choose("and", "or"), depth, conditions=False)

    def _complex(self, depth: int) -> Block:
        """Inside a sub-process, which waits for late tokens: in a loop they would be taken for those of the next round."""
        sub = self.id("sub")
        lines, _, _ = self._split("complex", depth, conditions=False, words="activation='activationCount >= 2'")
        return [f"sub {sub} {{", *lines, "}"], sub, sub

    def _race(self, depth: int) -> Block:
        gateway, join = self.id("wait"), self.id("join")
        lines = [f"wait {gateway}", f"xor {join}"]
        for event in ("timer=P1D", "message=answer"):
            catch = self.id("catch")
            more, begin, end = self.block(depth - 1)
            lines += [f"catch {catch} {event}", *more, f"{gateway} -> {catch} -> {begin}", f"{end} -> {join}"]
        return lines, gateway, join

    def _loop(self, depth: int) -> Block:
        """Around again while a counter of its own is below a limit."""
        enter, count, again = self.id("enter"), self.id("count"), self.id("again")
        more, begin, end = self.block(depth - 1)
        name = f"n{self._number}"
        step = f"{{{name}: if {name} = null then 1 else {name} + 1}}"
        lines = [f"xor {enter}", f"script {count} script='{step}'", f"xor {again} default={again}_default", *more]
        out = self.id("out")
        lines += [f"task {out}", f"{enter} -> {begin}", f"{end} -> {count} -> {again}"]
        lines += [f"{again} -> {enter} : {name} < 3", f"{again} -> {out} : default"]
        return lines, enter, out

    def _nested(self, depth: int, words: str = "", kind: str = "sub", more: tuple[str, ...] = ()) -> Block:
        sub, start, end = self.id("sub"), self.id("start"), self.id("end")
        inside, begin, last = self.block(depth - 1)
        lines = [
            f"{kind} {sub} {words} {{",
            f"start {start}",
            f"end {end}",
            *inside,
            f"{start} -> {begin}",
            f"{last} -> {end}",
            *more,
            "}",
        ]
        return lines, sub, sub

    def _sub(self, depth: int) -> Block:
        return self._nested(depth, self.choose("", "in.local=1", "in.a==a out.b==b"), self.choose("sub", "transaction"))

    def _repeated(self, depth: int) -> Block:
        return self._nested(depth, self.choose("loopMaximum=2", "loop='loopCounter < 2' testBefore"))

    def _each(self, depth: int) -> Block:
        words = self.choose("each==[1,2,3] as=item", "times=2", "each==[1,2] as=item collect=found outputElement==item")
        return self._nested(depth, words + self.choose("", " sequential", " until='numberOfCompletedInstances = 1'"))

    def _handled(self, depth: int) -> Block:
        """With an event sub-process."""
        on, start, end = self.id("on"), self.id("start"), self.id("end")
        more, begin, last = self.block(0)
        event = self.choose(
            "message=stop", "message=hint nonInterrupting", "escalation=note nonInterrupting", "timer=R2/PT2H nonInterrupting"
        )
        handler = (f"on {on} {{", f"start {start} {event}", f"end {end}", *more, f"{start} -> {begin}", f"{last} -> {end}", "}")
        return self._nested(depth, more=handler)

    def _undone(self, depth: int) -> Block:
        first, second, throw, sub = self._undoable(depth), self.block(depth - 1), self.id("throw"), self.id("sub")
        lines = [f"sub {sub} {{", *first[0], *second[0], f"throw {throw} compensate", f"{first[2]} -> {second[1]}"]
        return [*lines, f"{second[2]} -> {throw}", "}"], sub, sub

    def _cancelled(self, depth: int) -> Block:
        """A transaction that may be cancelled."""
        sub, gate, stop, done, boundary, join = (
            self.id(kind) for kind in ("transaction", "xor", "cancel", "end", "boundary", "join")
        )
        inside, _, last = self._undoable(depth)
        more, first, end = self.block(0)
        lines = [f"transaction {sub} {{", *inside, f"xor {gate} default={gate}_default", f"end {stop} cancel", f"end {done}"]
        lines += [f"{last} -> {gate}", f"{gate} -> {stop} : {self.condition()}", f"{gate} -> {done} : default", "}"]
        lines += [f"boundary {boundary} on={sub} cancel", f"xor {join}", *more, f"{boundary} -> {first}"]
        return [*lines, f"{end} -> {join}", f"{sub} -> {join}"], sub, join

    def _attached(self, depth: int, event: str) -> Block:
        boundary, join = self.id("boundary"), self.id("join")
        lines, sub, _ = self._nested(depth)
        more, begin, end = self.block(depth - 1)
        lines += [f"boundary {boundary} on={sub} {event}", f"xor {join}", *more]
        lines += [f"{boundary} -> {begin}", f"{end} -> {join}", f"{sub} -> {join}"]
        return lines, sub, join

    def _interrupted(self, depth: int) -> Block:
        return self._attached(depth, self.choose("timer=PT3H", "signal=hail", "escalation=note"))

    def _noticed(self, depth: int) -> Block:
        """Beside the activity; its path ends by itself, because a second token would disturb a join behind."""
        boundary, end = self.id("boundary"), self.id("end")
        lines, sub, _ = self._nested(depth)
        more, begin, last = self.block(depth - 1)
        event = self.choose("timer=R2/PT1H", "escalation=note", "condition='a = 2'", "message=hint")
        lines += [f"boundary {boundary} on={sub} {event} nonInterrupting", f"end {end}", *more]
        return [*lines, f"{boundary} -> {begin}", f"{last} -> {end}"], sub, sub


@st.composite
def models(draw: st.DrawFn, depth: int = 3) -> bytes:
    """The XML of a process `p` that can be executed with variables a, b and c."""
    lines, first, last = _Blocks(draw).block(depth)
    return bpmn("\n".join(["start begin", "end finish", *lines, f"begin -> {first}", f"{last} -> finish"]))
