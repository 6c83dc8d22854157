"""Socket.IO packets: what is answered, and what ends the whole connection."""

import json

import pytest
from conftest import MAX_PAYLOAD
from rawhttp import SOCKETIO, PollingSession
from rawws import socketio_socket

PLACEHOLDER = '{"_placeholder":true,"num":0}'


@pytest.fixture
def joined(patient):
    with socketio_socket(patient) as socket:
        yield socket


@pytest.fixture
def stranger(patient):
    with socketio_socket(patient, connect=None) as socket:
        yield socket


def answers(socket, marker: int = 1) -> bool:
    """Whether the main namespace still works."""
    socket.text(f'42{marker}["message-with-ack",{marker}]')
    return socket.message() == f"43{marker}[{marker}]"


@pytest.mark.parametrize(
    "packet, prefix, auth",
    [
        ("40", "40", {}),
        ('40{"token":"1"}', "40", {"token": "1"}),
        ("40/custom,", "40/custom,", {}),
        ("40/custom", "40/custom,", {}),
        ('40/custom,{"a":[1,null,"ü"]}', "40/custom,", {"a": [1, None, "ü"]}),
    ],
)
def test_connect(stranger, packet, prefix, auth):
    stranger.text(packet)
    answer = stranger.message()
    assert answer.startswith(prefix + "{")
    assert set(json.loads(answer[len(prefix):])) == {"sid"}
    event = stranger.message()
    assert json.loads(event[len("42/custom,") if "custom" in prefix else 2:]) == ["auth", auth]


@pytest.mark.parametrize("packet", ["40[]", '40"x"', "40/custom,[1]", "40{", "401", '40{"a":1}x', "40null"])
def test_connect_with_a_payload_that_is_no_object(stranger, packet):
    stranger.text(packet)
    assert stranger.ends()


@pytest.mark.parametrize("namespace", ["/nope", "/custom/", "/Custom", "/custom?token=1", "/__proto__", "/" + "x" * 200])
def test_an_unknown_namespace_is_refused_and_the_connection_lives(joined, namespace):
    joined.text(f"40{namespace},")
    assert joined.message() == f'44{namespace},{{"message":"Invalid namespace"}}'
    assert answers(joined)


@pytest.mark.parametrize("packet", ["40", "40,", '44{"message":"x"}', "44"])
def test_what_a_joined_client_may_not_say(joined, packet):
    joined.text(packet)
    assert joined.ends()


@pytest.mark.parametrize("packet", ['42["message"]', "430[]", '42/custom,["message"]', f'451-["x",{PLACEHOLDER}]', '420["x"]'])
def test_nothing_is_said_before_connect(stranger, packet):
    stranger.text(packet)
    assert stranger.ends()


def test_an_event_of_a_namespace_that_was_not_joined(joined):
    joined.text('42/custom,["message"]')
    assert joined.ends()


def test_leaving_a_namespace_leaves_the_connection(joined):
    joined.text("40/custom,")
    assert joined.message().startswith("40/custom,")
    assert joined.message().startswith("42/custom,")
    joined.text("41")
    joined.text("40")
    assert joined.message().startswith('40{"sid"')
    assert joined.message().startswith('42["auth"')
    assert answers(joined)


def test_nothing_is_said_after_leaving(joined):
    joined.text("40/custom,")
    joined.message(), joined.message()
    joined.text("41")
    joined.text('42["message"]')
    assert joined.ends()


@pytest.mark.parametrize("name", ["null", "true", "{}", "[]", '{"toString":"foo"}'])
def test_an_event_name_is_text_or_a_number(joined, name):
    joined.text(f"42[{name}]")
    assert joined.ends()


@pytest.mark.parametrize(
    "name", ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"]
)
def test_reserved_names(joined, name):
    joined.text(f'42["{name}"]')
    assert joined.ends()


@pytest.mark.parametrize("event", ['["error"]', "[1]", '["nobody listens",1,2]', '["__proto__"]', '["constructor"]', '[""]'])
def test_events_without_a_listener_change_nothing(joined, event):
    joined.text("42" + event)
    assert answers(joined)


@pytest.mark.parametrize(
    "packet",
    [
        '42["a"]x', "42", "42[]", '42"a"', '42{"a":1}', '42["a"', "42[a]", "42['a']", '42["a",]', '42["a"]["b"]', '42["\\ud"]',
        '42["a",01]', '42["a",+1]', '42["a",nul]', '42["a",1e]', '42["a","\t"]', "47", "48", "4x", "4", "4-1", "49[]",
        '42-1["a"]', '42x["a"]', "42/custom", '43["a"]', "43", "431", "431{}", "451", "451-", '45-["a"]', "46", "461-0",
    ],
)
def test_packets_that_are_none(joined, packet):
    joined.text(packet)
    assert joined.ends()


@pytest.mark.parametrize("ack", ["99999999999999999999", "18446744073709551616", "9" * 400, "1.5", "1e3", "-1"])
def test_ack_ids_that_do_not_fit(joined, ack):
    joined.text(f'42{ack}["message-with-ack"]')
    assert joined.ends()


@pytest.mark.parametrize("ack", [0, 1, 999999, 2**31, 2**53 - 1])
def test_ack_ids_come_back(joined, ack):
    joined.text(f'42{ack}["message-with-ack",{{"ü":[1.5,-0.25,null,true]}},"x"]')
    assert json.loads(joined.message().removeprefix(f"43{ack}")) == [{"ü": [1.5, -0.25, None, True]}, "x"]


def test_acks_that_nobody_waits_for_are_ignored(joined):
    for packet in ("430[]", "437[1]", '4399[{"a":1}]'):
        joined.text(packet)
    assert answers(joined)


def test_numbers_and_texts_come_back_as_they_were(joined):
    value = '["a\\"\\\\\\/\\b\\n\\u0000\\ud83d\\ude00é",-1.5e-7,12345678901234567890,0.1,[[[]]],{}]'
    joined.text(f'42["message",{value}]')
    assert json.loads(joined.message()[2:]) == ["message-back", json.loads(value)]


def test_deep_json(joined):
    joined.text('42["message",' + "[" * 40_000 + "]" * 40_000 + "]")
    assert joined.ends()


def test_duplicate_and_dangerous_keys_are_data(joined):
    joined.text('42["message",{"__proto__":{"x":1},"constructor":2,"a":1,"a":2}]')
    assert joined.message().startswith('42["message-back",')
    assert answers(joined)


def test_binary_event(joined):
    joined.text(f'451-["message",{PLACEHOLDER},"ü"]')
    joined.binary(b"\x00\x01\xff")
    assert joined.message() == f'451-["message-back",{PLACEHOLDER},"ü"]'
    assert joined.message() == b"\x00\x01\xff"


def test_binary_ack(joined):
    joined.text(f'452-7["message-with-ack",[{{"a":{PLACEHOLDER}}}],{{"_placeholder":true,"num":1}}]')
    joined.binary(b"one")
    joined.binary(b"")
    head = joined.message()
    assert head.startswith("462-7[")
    assert [joined.message(), joined.message()] == [b"one", b""]


def test_an_attachment_may_be_named_twice_or_not_at_all(joined):
    joined.text(f'452-["message",{PLACEHOLDER},{PLACEHOLDER}]')
    joined.binary(b"a")
    joined.binary(b"b")
    head = joined.message()
    count = int(head[2:head.index("-")])
    attachments = [joined.message() for _ in range(count)]
    arguments = json.loads(head[head.index("-") + 1:])[1:]
    assert [attachments[argument["num"]] for argument in arguments] == [b"a", b"a"]
    assert answers(joined)


def test_a_placeholder_in_a_plain_event_is_data(joined):
    joined.text(f'42["message",{PLACEHOLDER}]')
    assert json.loads(joined.message()[2:]) == ["message-back", {"_placeholder": True, "num": 0}]


@pytest.mark.parametrize("number", ["1", "-1", "1.5", "1e9", '"splice"', "null", "true", "99999999999999999999", "{}"])
def test_placeholders_that_name_no_attachment(joined, number):
    joined.text(f'451-["message",{{"_placeholder":true,"num":{number}}}]')
    joined.binary(b"a")
    assert joined.ends()


@pytest.mark.parametrize("count", ["11", "5999999", "99999999999999999999", "1.0", "1e0", "-1", "x", " 1"])
def test_attachment_counts_out_of_bounds(joined, count):
    joined.text(f'45{count}-["message",{PLACEHOLDER}]')
    assert joined.ends()


def test_text_while_attachments_are_missing(joined):
    joined.text(f'451-["message",{PLACEHOLDER}]')
    joined.text('42["message"]')
    assert joined.ends()


def test_binary_that_belongs_to_nothing(joined):
    joined.binary(b"lost")
    assert joined.ends()


def test_a_binary_event_of_no_attachments_keeps_no_state(joined):
    joined.text('450-["message","x"]')
    assert joined.message() == '42["message-back","x"]'
    joined.binary(b"lost")
    assert joined.ends()


def test_a_packet_above_the_limit_1009(joined):
    joined.text('42["message","' + "x" * MAX_PAYLOAD + '"]')
    assert joined.close_code() == 1009


def test_many_acks_at_once_keep_their_order(joined):
    for number in range(500):
        joined.text(f'42{number}["message-with-ack",{number}]')
    assert [joined.message() for _ in range(500)] == [f"43{number}[{number}]" for number in range(500)]


def test_the_same_over_polling(patient):
    session = PollingSession(patient, SOCKETIO)
    session.post("40")
    packets = session.poll().text.split("\x1e")
    if len(packets) == 1:
        packets += session.poll().text.split("\x1e")
    assert packets[0].startswith('40{"sid"') and packets[1] == '42["auth",{}]'
    session.post(f'451-["message",{PLACEHOLDER}]\x1ebAQID')
    assert session.poll().text == f'451-["message-back",{PLACEHOLDER}]\x1ebAQID'
    session.post('42["a"]x')
    # The layer above closes in good order: the next poll takes the close packet away.
    assert session.poll().text == "1"
    assert session.is_closed()
