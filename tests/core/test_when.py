"""Conditions as data: three values of truth, and forms that refuse what they do not know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niggle.core.when import BadCondition, parse

P = {"red_min": 7.0}
TRUTHS = st.sampled_from([True, False, None])


@pytest.mark.parametrize(
    ("form", "facts", "truth"),
    [
        ("limp", {"limp": True}, True),
        ("limp", {"limp": False}, False),
        ("limp", {}, None),
        ({"not": "limp"}, {}, None),
        ({"not": "limp"}, {"limp": False}, True),
        ({"all": ["a", "b"]}, {"a": True}, None),
        ({"all": ["a", "b"]}, {"a": False}, False),
        ({"any": ["a", "b"]}, {"a": True}, True),
        ({"any": ["a", "b"]}, {"a": False}, None),
        ({"any": ["a", "b"]}, {"a": False, "b": False}, False),
        ({"at_least": 2, "of": ["a", "b", "c"]}, {"a": True, "c": True}, True),
        ({"at_least": 2, "of": ["a", "b", "c"]}, {"a": True}, None),
        ({"at_least": 2, "of": ["a", "b", "c"]}, {"a": True, "b": False, "c": False}, False),
        ({"fact": "pain", "op": ">=", "parameter": "red_min"}, {"pain": 7.0}, True),
        ({"fact": "pain", "op": ">=", "parameter": "red_min"}, {"pain": 6.5}, False),
        ({"fact": "pain", "op": ">", "value": 3}, {"pain": 0}, False),
        ({"fact": "pain", "op": ">", "value": 3}, {}, None),
        ({"fact": "site", "in": ["groin", "navicular"]}, {"site": "groin"}, True),
        ({"fact": "site", "in": ["groin"]}, {"site": "knee_front"}, False),
        ({"fact": "site", "in": ["groin"]}, {}, None),
    ],
)
def test_forms(form, facts, truth):
    assert parse(form, P).truth(facts) is truth


@pytest.mark.parametrize(
    ("form", "complaint"),
    [
        ({"fact": "pain", "op": "=>", "value": 3}, "unknown comparison"),
        ({"fact": "pain", "op": ">=", "parameter": "nope"}, "unknown parameter"),
        ({"every": ["a"]}, "cannot have the keys"),
        ({"all": []}, "at least one"),
        (["a"], "a fact's name or a mapping"),
        (3, "a fact's name or a mapping"),
    ],
)
def test_bad_forms_say_what_is_wrong(form, complaint):
    with pytest.raises(BadCondition, match=complaint):
        parse(form, P)


def test_names_are_listed_once_in_order():
    form = {"all": ["b", {"any": ["a", {"not": "b"}]}, {"fact": "pain", "op": ">", "value": 1}]}
    assert parse(form, P).names == ("b", "a", "pain")


@given(st.lists(TRUTHS, min_size=1, max_size=5), st.data())
def test_answering_an_unknown_never_contradicts_what_was_already_certain(values, data):
    """Kleene logic is monotone: once True or False, more answers do not change it."""
    names = [f"f{i}" for i in range(len(values))]
    count = data.draw(st.integers(1, len(values)))
    condition = parse({"at_least": count, "of": names}, P)
    before = condition.truth(dict(zip(names, values, strict=True)))
    answered = {n: v if v is not None else data.draw(st.booleans()) for n, v in zip(names, values, strict=True)}
    after = condition.truth(answered)
    assert after is not None
    if before is not None:
        assert after is before


LEAVES = st.one_of(
    st.sampled_from(["a", "b", "c", "pain"]),
    st.builds(
        lambda op, value: {"fact": "pain", "op": op, "value": value},
        st.sampled_from([">=", ">", "<=", "<", "==", "!="]),
        st.integers(0, 3),
    ),
    st.just({"fact": "site", "in": ["groin", "shin_inner"]}),
)
FORMS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(lambda f: {"not": f}),
        st.lists(inner, min_size=1, max_size=4).map(lambda fs: {"all": fs}),
        st.lists(inner, min_size=1, max_size=4).map(lambda fs: {"any": fs}),
        st.tuples(st.integers(1, 5), st.lists(inner, min_size=1, max_size=4)).map(
            lambda pair: {"at_least": pair[0], "of": pair[1]}
        ),
    ),
    max_leaves=10,
)
SEEN = st.fixed_dictionaries(
    {},
    optional={
        "a": TRUTHS,
        "b": TRUTHS,
        "c": TRUTHS,
        "pain": st.none() | st.integers(0, 3),
        "site": st.sampled_from([None, "groin", "knee_front"]),
    },
)


def kleene(form, facts):
    """The truth of a form by the table of Kleene's logic, word for word."""
    if isinstance(form, str):
        return None if facts.get(form) is None else bool(facts[form])
    if "not" in form:
        value = kleene(form["not"], facts)
        return None if value is None else not value
    if "fact" in form:
        return parse(form, P).truth(facts)
    terms = form.get("all") or form.get("any") or form["of"]
    count = len(terms) if "all" in form else form.get("at_least", 1)
    values = [kleene(t, facts) for t in terms]
    if values.count(True) >= count:
        return True
    return None if values.count(True) + values.count(None) >= count else False


@given(FORMS, SEEN)
def test_truth_holds_and_fails_are_one(form, facts):
    condition = parse(form, P)
    truth = condition.truth(facts)
    assert truth is kleene(form, facts)
    assert condition.holds(facts) is (truth is True)
    assert condition.fails(facts) is (truth is False)
