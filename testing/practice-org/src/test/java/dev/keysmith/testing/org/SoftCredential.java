package dev.keysmith.testing.org;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** A credential that writes its own attestation and assertions, right or wrong in one point. */
final class SoftCredential {

  private final KeyPair keys;
  final byte[] id = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  String challenge = "";
  String origin = "";
  String rpId = "localhost";
  String type = "webauthn.create";
  int flags = 0x45; // UP, UV, AT
  boolean packed = true;
  boolean breakSignature = false;

  SoftCredential() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] clientData() {
    return ("{\"type\":\""
            + type
            + "\",\"challenge\":\""
            + challenge
            + "\",\"origin\":\""
            + origin
            + "\",\"crossOrigin\":false}")
        .getBytes(StandardCharsets.UTF_8);
  }

  byte[] attestation() throws Exception {
    byte[] authData = authData();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CBORGenerator cbor = new CBORFactory().createGenerator(out)) {
      cbor.writeStartObject(null, 3);
      cbor.writeStringField("fmt", packed ? "packed" : "none");
      cbor.writeFieldName("attStmt");
      cbor.writeStartObject(null, packed ? 2 : 0);
      if (packed) {
        cbor.writeNumberField("alg", -7);
        cbor.writeBinaryField("sig", sign(authData));
      }
      cbor.writeEndObject();
      cbor.writeBinaryField("authData", authData);
      cbor.writeEndObject();
    }
    return out.toByteArray();
  }

  private byte[] authData() throws Exception {
    byte[] cose = cose();
    return ByteBuffer.allocate(37 + 18 + id.length + cose.length)
        .put(sha256(rpId.getBytes(StandardCharsets.UTF_8)))
        .put((byte) flags)
        .putInt(0)
        .put(new byte[16])
        .putShort((short) id.length)
        .put(id)
        .put(cose)
        .array();
  }

  private byte[] cose() throws IOException {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (CBORGenerator cbor = new CBORFactory().createGenerator(out)) {
      cbor.writeStartObject(null, 5);
      cbor.writeFieldId(1);
      cbor.writeNumber(2);
      cbor.writeFieldId(3);
      cbor.writeNumber(-7);
      cbor.writeFieldId(-1);
      cbor.writeNumber(1);
      cbor.writeFieldId(-2);
      cbor.writeBinary(coordinate(key.getW().getAffineX()));
      cbor.writeFieldId(-3);
      cbor.writeBinary(coordinate(key.getW().getAffineY()));
      cbor.writeEndObject();
    }
    return out.toByteArray();
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private byte[] sign(byte[] authData) throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(authData);
    signature.update(sha256(breakSignature ? new byte[1] : clientData()));
    return signature.sign();
  }

  /** An assertion as a browser's PublicKeyCredential.toJSON() has it. */
  String assertion(int count, String userHandle) throws Exception {
    byte[] authData =
        ByteBuffer.allocate(37)
            .put(sha256(rpId.getBytes(StandardCharsets.UTF_8)))
            .put((byte) flags)
            .putInt(count)
            .array();
    String format =
        """
        {"type":"public-key","id":"%s","clientExtensionResults":{},"response":
         {"clientDataJSON":"%s","authenticatorData":"%s","signature":"%s","userHandle":"%s"}}""";
    return String.format(
        format, url(id), url(clientData()), url(authData), url(sign(authData)), userHandle);
  }

  static String url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }
}
