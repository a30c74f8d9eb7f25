package dev.keysmith.core.operator;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.spi.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;

/** A browser with one ES256 passkey, which can be told to lie. */
final class SoftAuthenticator {

  static final int UP = 1;
  static final int UV = 4;
  static final int BE = 8;
  static final int BS = 16;
  private static final int AT = 64;
  private static final int COORDINATE = 32;

  private final KeyPair keys;
  private final Bytes credentialId;
  private final Bytes userHandle;
  int flags = UP | UV;
  int counter = 1;

  SoftAuthenticator(Bytes userHandle) {
    this.userHandle = userHandle;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    credentialId = Bytes.of(Bytes.sha256(keys.getPublic().getEncoded()));
  }

  /** The answer to a ceremony that makes a passkey. */
  String create(Ceremony ceremony) {
    CBORObject object =
        CBORObject.NewOrderedMap()
            .Add("fmt", "none")
            .Add("attStmt", CBORObject.NewMap())
            .Add("authData", authenticatorData(ceremony, attested()));
    return json(
        "\"clientDataJSON\":\"%s\",\"attestationObject\":\"%s\",\"transports\":[\"usb\",\"nfc\"]"
            .formatted(
                Bytes.of(clientData("webauthn.create", ceremony)).toBase64Url(),
                Bytes.of(object.EncodeToBytes()).toBase64Url()));
  }

  /** The answer to a ceremony that signs in. */
  String get(Ceremony ceremony) {
    byte[] clientData = clientData("webauthn.get", ceremony);
    byte[] data = authenticatorData(ceremony, new byte[0]);
    return json(
        "\"clientDataJSON\":\"%s\",\"authenticatorData\":\"%s\",\"signature\":\"%s\",\"userHandle\":\"%s\""
            .formatted(
                Bytes.of(clientData).toBase64Url(),
                Bytes.of(data).toBase64Url(),
                Bytes.of(sign(data, Bytes.sha256(clientData))).toBase64Url(),
                userHandle.toBase64Url()));
  }

  private String json(String response) {
    String id = credentialId.toBase64Url();
    return "{\"id\":\"%s\",\"rawId\":\"%s\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{%s}}"
        .formatted(id, id, response);
  }

  private static byte[] clientData(String type, Ceremony ceremony) {
    return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
        .formatted(type, ceremony.challenge().toBase64Url(), ceremony.origin())
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] authenticatorData(Ceremony ceremony, byte[] attested) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Bytes.sha256(ceremony.rpId().getBytes(StandardCharsets.UTF_8)));
    out.write(flags | (attested.length > 0 ? AT : 0));
    out.writeBytes(ByteBuffer.allocate(4).putInt(counter).array());
    out.writeBytes(attested);
    return out.toByteArray();
  }

  private byte[] attested() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    CBORObject cose =
        CBORObject.NewOrderedMap()
            .Add(1, 2)
            .Add(3, -7)
            .Add(-1, 1)
            .Add(-2, coordinate(key.getW().getAffineX().toByteArray()))
            .Add(-3, coordinate(key.getW().getAffineY().toByteArray()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[16]);
    out.writeBytes(ByteBuffer.allocate(2).putShort((short) credentialId.length()).array());
    out.writeBytes(credentialId.toArray());
    out.writeBytes(cose.EncodeToBytes());
    return out.toByteArray();
  }

  private static byte[] coordinate(byte[] number) {
    byte[] fixed = new byte[COORDINATE];
    int length = Math.min(number.length, COORDINATE);
    System.arraycopy(number, number.length - length, fixed, COORDINATE - length, length);
    return fixed;
  }

  private byte[] sign(byte[] data, byte[] hash) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(data);
      signature.update(Arrays.copyOf(hash, hash.length));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
