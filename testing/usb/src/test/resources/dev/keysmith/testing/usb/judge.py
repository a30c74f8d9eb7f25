"""python-fido2 works on the one security key that is plugged in; each line that it prints is something that held.

usage: judge.py NODE PIN-PROTOCOL
"""

import hashlib
import os
import sys

from fido2 import cbor
from fido2.attestation import PackedAttestation
from fido2.cose import ES256, EdDSA
from fido2.ctap import CtapError
from fido2.ctap2 import ClientPin, Config, CredentialManagement, Ctap2, PinProtocolV1, PinProtocolV2
from fido2.ctap2.extensions import HmacSecretExtension
from fido2.hid import CtapHidDevice

PIN = "482913"
PROTOCOLS = {1: PinProtocolV1, 2: PinProtocolV2}
CLIENT_DATA_HASH = hashlib.sha256(b"client data").digest()
RP = {"id": "example.org", "name": "An example"}
P = ClientPin.PERMISSION

devices = list(CtapHidDevice.list_devices())
assert [each.descriptor.path for each in devices] == [sys.argv[1]], devices
device = devices[0]
ctap = Ctap2(device)
protocol = PROTOCOLS[int(sys.argv[2])]()
pin = ClientPin(ctap, protocol)


def refused(status, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except CtapError as error:
        assert error.code == status, error
        return
    raise AssertionError("was not refused")


def token(permission, rp_id=None):
    return pin.get_pin_token(PIN, permission, rp_id)


def make(name, algorithm, **more):
    proof = protocol.authenticate(token(P.MAKE_CREDENTIAL, RP["id"]), CLIENT_DATA_HASH)
    return ctap.make_credential(
        CLIENT_DATA_HASH, RP, {"id": name.encode(), "name": name}, [{"type": "public-key", "alg": algorithm}],
        options={"rk": True}, pin_uv_param=proof, pin_uv_protocol=protocol.VERSION, **more)


def sign(**more):
    proof = protocol.authenticate(token(P.GET_ASSERTION, RP["id"]), CLIENT_DATA_HASH)
    return ctap.get_assertions(
        RP["id"], CLIENT_DATA_HASH, pin_uv_param=proof, pin_uv_protocol=protocol.VERSION, **more)


assert device.ping(os.urandom(7609)[:7000])
device.wink()
print("ping, wink")

info = ctap.get_info()
assert info.versions == ["FIDO_2_0", "FIDO_2_1_PRE", "FIDO_2_1"] and info.pin_uv_protocols == [2, 1]
assert info.options["clientPin"] is False and info.max_msg_size == 7609
print("getInfo")

pin.set_pin("000000")
pin.change_pin("000000", PIN)
refused(CtapError.ERR.PIN_INVALID, pin.get_pin_token, "999999", P.MAKE_CREDENTIAL, RP["id"])
assert pin.get_pin_retries()[0] == 7
token(P.MAKE_CREDENTIAL, RP["id"])
assert pin.get_pin_retries()[0] == 8
print("setPIN, changePIN, retries")

refused(CtapError.ERR.PIN_REQUIRED, ctap.make_credential, CLIENT_DATA_HASH, RP,
        {"id": b"x", "name": "x"}, [{"type": "public-key", "alg": -7}], options={"rk": True})

keys = {}
for name, algorithm in (("ann", ES256.ALGORITHM), ("bob", EdDSA.ALGORITHM)):
    made = make(name, algorithm, extensions={"hmac-secret": True})
    assert made.fmt == "packed"
    PackedAttestation().verify(made.att_statement, made.auth_data, CLIENT_DATA_HASH)
    data = made.auth_data
    assert data.is_user_present() and data.is_user_verified() and data.extensions == {"hmac-secret": True}
    keys[name.encode()] = data.credential_data
    print("makeCredential", name)

excluded = [{"type": "public-key", "id": keys[b"ann"].credential_id}]
refused(CtapError.ERR.CREDENTIAL_EXCLUDED, make, "ann", -7, exclude_list=excluded)
print("excludeList")

assertions = sign()
assert len(assertions) == 2
for assertion in assertions:
    assertion.verify(CLIENT_DATA_HASH, keys[assertion.user["id"]].public_key)
    assert assertion.auth_data.is_user_verified()
refused(CtapError.ERR.NO_CREDENTIALS, ctap.get_assertion, "example.com", CLIENT_DATA_HASH)
print("getAssertion, getNextAssertion")

secrets = []
for salt in (b"a" * 32, b"b" * 32, b"a" * 32):
    extension = HmacSecretExtension(ctap, protocol)
    inputs = extension.process_create_input({"hmacCreateSecret": True})
    assert inputs
    inputs = extension.process_get_input({"hmacGetSecret": {"salt1": salt, "salt2": b"c" * 32}})
    output = sign(allow_list=excluded, extensions={"hmac-secret": inputs})[0]
    secret = extension.process_get_output(output.auth_data)["hmacGetSecret"]
    secrets.append((secret["output1"], secret["output2"]))
assert secrets[0] == secrets[2] and secrets[0][0] != secrets[1][0] and secrets[0][1] == secrets[1][1]
print("hmac-secret")

R = CredentialManagement.RESULT
management = CredentialManagement(ctap, protocol, token(P.CREDENTIAL_MGMT))
assert management.get_metadata()[R.EXISTING_CRED_COUNT] == 2
parties = management.enumerate_rps()
assert [party[R.RP]["id"] for party in parties] == ["example.org"]
assert parties[0][R.RP_ID_HASH] == hashlib.sha256(b"example.org").digest()
listed = management.enumerate_creds(parties[0][R.RP_ID_HASH])
assert {each[R.USER]["id"] for each in listed} == {b"ann", b"bob"}
for each in listed:
    assert each[R.PUBLIC_KEY] == keys[each[R.USER]["id"]].public_key
management.update_user_info(excluded[0], {"id": b"ann", "name": "ann.archer", "displayName": "Ann"})
management.delete_cred({"type": "public-key", "id": keys[b"bob"].credential_id})
left = management.enumerate_creds(parties[0][R.RP_ID_HASH])
assert [each[R.USER]["name"] for each in left] == ["ann.archer"]
print("credentialManagement")

ctap.selection()
print("selection")

config = Config(ctap, protocol, token(P.AUTHENTICATOR_CFG))
config.set_min_pin_length(6)
assert ctap.get_info().min_pin_length == 6
refused(CtapError.ERR.PIN_POLICY_VIOLATION, pin.change_pin, PIN, "12345")
print("authenticatorConfig")

ctap.reset()
assert ctap.get_info().options["clientPin"] is False
print("reset")
