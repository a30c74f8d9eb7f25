"""Judges the virtual card with python-fido2 over PC/SC: getInfo, makeCredential, getAssertion."""

import hashlib
import uuid

from fido2.ctap2 import Ctap2
from fido2.pcsc import CtapPcscDevice

device = next(CtapPcscDevice.list_devices())
ctap = Ctap2(device)
print("aaguid", uuid.UUID(bytes=bytes(ctap.info.aaguid)))

hashed = hashlib.sha256(b"client data").digest()
made = ctap.make_credential(
    hashed,
    {"id": "example.org", "name": "Example"},
    {"id": b"user", "name": "ann", "displayName": "Ann"},
    [{"type": "public-key", "alg": -7}],
    # Long enough to need several commands.
    exclude_list=[{"type": "public-key", "id": bytes([i]) * 64} for i in range(8)],
    options={"rk": True},
)
credential = made.auth_data.credential_data
print("made", bool(credential.credential_id))

assertion = ctap.get_assertion("example.org", hashed)
assertion.verify(hashed, credential.public_key)
print("verified")
