"""Finds subscriptions in the window's source that bypass `ui/widgets/lifetime` and could outlive their widget.

Qt ends a connection with the object whose method is called, and every connection with the signal's own object. So a
closure is safe on a signal of an object that its own maker created, which is deleted with its maker; on a signal of an
object passed in it is not. The source shows where an object was made: the result of calling a bare name is made, an
argument is passed in, and so is anything reached from either.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

Function = ast.FunctionDef | ast.Lambda


@dataclass
class Scope:
    """A function with its enclosing functions and class."""

    function: Function | None = None
    around: Scope | None = None
    owner: ast.ClassDef | None = None
    seen: set[tuple[int, str]] = field(default_factory=set)

    def parameters(self) -> set[str]:
        """Return the names of the parameters, except the object itself."""
        if self.function is None:
            return set()
        args = self.function.args
        named = [*args.posonlyargs, *args.args, *args.kwonlyargs, *filter(None, (args.vararg, args.kwarg))]
        return {arg.arg for arg in named} - {"self"}

    def assigned(self, name: str) -> list[ast.expr]:
        """Return the value assigned to a local name."""
        return [] if not isinstance(self.function, ast.FunctionDef) else list(_assigned(self.function, name))

    def function_of(self, name: str) -> ast.FunctionDef | None:
        """Return the function of that name defined in here."""
        body = self.function.body if isinstance(self.function, ast.FunctionDef) else []
        return next((node for node in body if isinstance(node, ast.FunctionDef) and node.name == name), None)


def past_lifetime(source: str, listened: frozenset[str]) -> list[str]:
    """Return where a module bypasses lifetime; `listened` are the methods that subscribe to a session."""
    tree = ast.parse(source)
    found = [
        f"line {call.lineno}: {why}"
        for call, scope in _calls(tree, Scope())
        if (why := _wrong(call, scope, listened)) is not None
    ]
    if any("shiboken" in name for node in ast.walk(tree) for name in _imported(node)):
        found.append("asks shiboken whether a widget is alive")
    return found


def _wrong(call: ast.Call, scope: Scope, listened: frozenset[str]) -> str | None:
    match call:
        case ast.Call(func=ast.Name(id="when_chosen"), args=[sender, listener]):
            return _closure_on_given(sender, listener, scope)
        case ast.Call(func=ast.Attribute(value=ast.Attribute(value=sender), attr="connect"), args=[listener, *_]):
            return _closure_on_given(sender, listener, scope)
        case ast.Call(func=ast.Attribute(value=ast.Name() as sender, attr="connect"), args=[listener, *_]):
            return _closure_on_given(sender, listener, scope)
        case ast.Call(func=ast.Attribute(attr="singleShot"), args=[_, act]) if _is_closure(act, scope):
            why = "a single shot calls a closure, and has no object with which it would end"
        case ast.Call(func=ast.Attribute(attr=name)) if name in listened:
            why = f"{name} is asked for without an owner"
        case ast.Call(func=ast.Attribute(attr="did"), args=[_, act]) if _calls_its_page(act, scope):
            why = "what the undo key does later is done by a page, which may be gone by then"
        case ast.Call(func=ast.Attribute(attr="say"), args=[_, _, act]) if _calls_its_page(act, scope):
            why = "what a message offers is done by a page, which may be gone by then"
        case _:
            return None
    return why


def _calls_its_page(act: ast.expr, scope: Scope) -> bool:
    """Return whether a listener calls a method of its own widget."""
    bases = [] if scope.owner is None else [ast.unparse(base) for base in scope.owner.bases]
    if scope.owner is None or set(bases) <= {"QObject"}:
        return False
    methods = {node.name for node in scope.owner.body if isinstance(node, ast.FunctionDef)}
    within = [at.function_of(act.id) for at in _outward(scope)] if isinstance(act, ast.Name) else [act]
    return any(
        isinstance(node, ast.Attribute) and node.attr in methods and ast.unparse(node.value) == "self"
        for part in within
        if part is not None
        for node in ast.walk(part)
    )


def _closure_on_given(sender: ast.expr, listener: ast.expr, scope: Scope) -> str | None:
    if _is_closure(listener, scope) and not _is_made(sender, scope):
        return f"a closure hears {ast.unparse(sender)}, which was made elsewhere"
    return None


def _is_closure(listener: ast.expr, scope: Scope) -> bool:
    """Return whether Qt cannot see the owner of a listener: a lambda, an inner function, or a parameter."""
    if isinstance(listener, ast.Lambda | ast.Call):
        return True
    at: Scope | None = scope
    while isinstance(listener, ast.Name) and at is not None:
        if at.function_of(listener.id) is not None or listener.id in at.parameters():
            return True
        at = at.around
    return False


def _is_made(what: ast.expr, scope: Scope) -> bool:
    """Return whether an object was made by the subscribing object or function, as far as its source shows."""
    match what:
        case ast.Name(id="self") | ast.Constant(value=None):
            made = True
        case ast.Attribute(value=ast.Name(id="self"), attr=name) if scope.owner is not None:
            made = _is_own(name, scope)
        case ast.Name(id=name):
            made = _is_local(name, scope)
        case ast.Call(func=ast.Name(id=name)):
            made = not any(name in at.parameters() for at in _outward(scope))
        case _:
            comes_from = _comes_from(what)
            made = bool(comes_from) and all(_is_made(one, scope) for one in comes_from)
    return made


def _comes_from(what: ast.expr) -> list[ast.expr]:
    """Return the origin of an expression; nothing if the source does not show it."""
    match what:
        case ast.Call(func=ast.Attribute(value=value)) | ast.Attribute(value=value) | ast.Subscript(value=value):
            return [value]
        case ast.DictComp(value=value) | ast.ListComp(elt=value):
            return [value]
        case ast.IfExp(body=body, orelse=orelse):
            return [body, orelse]
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return elements
        case _:
            return []


def _is_local(name: str, scope: Scope) -> bool:
    for at in _outward(scope):
        values = at.assigned(name)
        if values:
            key = (id(at.function), name)
            if key in scope.seen:
                return True
            scope.seen.add(key)
            return all(_is_made(value, _inside(at, scope)) for value in values)
        if name in at.parameters():
            return False
    return False


def _is_own(name: str, scope: Scope) -> bool:
    """Return whether an attribute belongs to the object. One that its class never sets was made by its base."""
    owner = scope.owner
    if owner is None or (id(owner), name) in scope.seen:
        return True
    scope.seen.add((id(owner), name))
    for method in (node for node in owner.body if isinstance(node, ast.FunctionDef)):
        inside = Scope(method, None, owner, scope.seen)
        if method.name == name:
            returned = (node.value for node in ast.walk(method) if isinstance(node, ast.Return) and node.value)
            return all(_is_made(value, inside) for value in returned)
        if not all(_is_made(value, inside) for value in _assigned(method, f"self.{name}")):
            return False
    return True


def _assigned(function: ast.FunctionDef, name: str) -> Iterator[ast.expr]:
    """Yield the values assigned to a name in a function: singly, by tuple, by walrus, or by a loop."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from _paired(target, value, name)
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
                yield from _paired(target, value, name)
            case ast.For(target=target, iter=turns) if isinstance(turns, ast.Tuple | ast.List):
                for turn in turns.elts:
                    yield from _paired(target, turn, name)
            case ast.For(target=target, iter=turns):
                yield from _paired(target, turns, name)


def _paired(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, part in zip(target.elts, value.elts, strict=True):
            yield from _paired(one, part, name)
    elif isinstance(target, ast.Tuple):
        for one in target.elts:
            yield from _paired(one, value, name)
    elif ast.unparse(target) == name:
        yield value


def _outward(scope: Scope) -> Iterator[Scope]:
    at: Scope | None = scope
    while at is not None:
        yield at
        at = at.around


def _inside(at: Scope, asked: Scope) -> Scope:
    return Scope(at.function, at.around, at.owner or asked.owner, asked.seen)


def _calls(node: ast.AST, scope: Scope) -> Iterator[tuple[ast.Call, Scope]]:
    for child in ast.iter_child_nodes(node):
        inner = scope
        if isinstance(child, ast.ClassDef):
            inner = Scope(None, scope, child)
        elif isinstance(child, ast.FunctionDef | ast.Lambda):
            inner = Scope(child, scope, scope.owner)
        elif isinstance(child, ast.Call):
            yield child, Scope(scope.function, scope.around, scope.owner)
        yield from _calls(child, inner)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
