package dev.keysmith.okta;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.testing.key.VirtualKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * As much of a client platform as it takes to get a credential from a virtual key (WebAuthn Level
 * 3, section 5.1.3; CTAP 2.1, section 6.1).
 */
final class MinimalPlatform {

  private static final int MAKE_CREDENTIAL = 1;
  private static final CBOREncodeOptions CANONICAL = new CBOREncodeOptions("ctap2canonical=true");

  private MinimalPlatform() {}

  static AuthenticatorAttestationResponse create(PendingRegistration pending) {
    CredentialCreationOptions options = pending.options();
    byte[] clientData =
        """
        {"type":"webauthn.create","challenge":"%s","origin":"%s","crossOrigin":false}"""
            .formatted(options.challenge(), pending.origin())
            .getBytes(StandardCharsets.UTF_8);
    CBORObject answer = ask(VirtualKey.builder().build(), request(options, sha256(clientData)));
    CBORObject attestationObject =
        CBORObject.NewMap()
            .Add("fmt", answer.get(CBORObject.FromObject(1)))
            .Add("attStmt", answer.get(CBORObject.FromObject(3)))
            .Add("authData", answer.get(CBORObject.FromObject(2)));
    return new AuthenticatorAttestationResponse(
        Bytes.of(clientData), Bytes.of(attestationObject.EncodeToBytes(CANONICAL)), List.of("usb"));
  }

  private static CBORObject request(CredentialCreationOptions options, byte[] hash) {
    CBORObject user =
        CBORObject.NewMap()
            .Add("id", options.user().id().toArray())
            .Add("name", options.user().name());
    CBORObject algorithm =
        CBORObject.NewMap().Add("alg", options.algorithms().get(0)).Add("type", "public-key");
    return CBORObject.NewMap()
        .Add(1, hash)
        .Add(2, CBORObject.NewMap().Add("id", options.relyingParty().id()))
        .Add(3, user)
        .Add(4, CBORObject.NewArray().Add(algorithm))
        .Add(7, CBORObject.NewMap().Add("rk", true));
  }

  private static CBORObject ask(VirtualKey key, CBORObject parameters) {
    byte[] body = parameters.EncodeToBytes(CANONICAL);
    byte[] request = new byte[body.length + 1];
    request[0] = MAKE_CREDENTIAL;
    System.arraycopy(body, 0, request, 1, body.length);
    byte[] response = key.exchange(request, KeepAliveListener.NONE);
    if (response[0] != 0) {
      throw new IllegalStateException("The virtual key answered with status " + response[0]);
    }
    return CBORObject.DecodeFromBytes(Arrays.copyOfRange(response, 1, response.length));
  }

  private static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
