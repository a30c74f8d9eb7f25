package dev.keysmith.testing.key;

import com.upokecenter.cbor.CBOREncodeOptions;
import com.upokecenter.cbor.CBORObject;
import dev.keysmith.spi.key.KeepAliveListener;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The other side of the protocol, written apart from the key with another CBOR library. */
public final class Platform {

  static final byte[] CREATE_JSON = clientData("webauthn.create");
  static final byte[] GET_JSON = clientData("webauthn.get");

  /** A response: status and, if there is one, the decoded CBOR. */
  public record Response(int status, CBORObject body) {

    CBORObject get(int key) {
      return body.get(CBORObject.FromObject(key));
    }

    byte[] bytes(int key) {
      return get(key).GetByteString();
    }
  }

  private static byte[] clientData(String type) {
    String json =
        "{\"type\":\"%s\",\"challenge\":\"MDEyMzQ1Njc4OWFiY2RlZg\",\"origin\":\"https://example.org\"}";
    return json.formatted(type).getBytes(StandardCharsets.UTF_8);
  }

  private final VirtualKey key;
  private final int protocol;
  private KeepAliveListener listener = KeepAliveListener.NONE;

  public Platform(VirtualKey key, int protocol) {
    this.key = key;
    this.protocol = protocol;
  }

  Platform listening(KeepAliveListener keepAlives) {
    listener = keepAlives;
    return this;
  }

  public Response send(int command, CBORObject parameters) {
    byte[] cbor = parameters.EncodeToBytes(new CBOREncodeOptions("ctap2canonical=true"));
    return raw(concat(new byte[] {(byte) command}, cbor));
  }

  Response send(int command) {
    return raw(new byte[] {(byte) command});
  }

  Response raw(byte[] request) {
    byte[] response = key.exchange(request, listener);
    byte[] body = Arrays.copyOfRange(response, 1, response.length);
    return new Response(response[0] & 0xFF, body.length == 0 ? CBORObject.Null : strict(body));
  }

  /** Decodes, and fails unless the bytes are in the CTAP2 canonical form. */
  static CBORObject strict(byte[] body) {
    CBORObject value = CBORObject.DecodeFromBytes(body);
    byte[] canonical = value.EncodeToBytes(new CBOREncodeOptions("ctap2canonical=true"));
    if (!Arrays.equals(canonical, body)) {
      throw new AssertionError("Not canonical: " + value);
    }
    return value;
  }

  static CBORObject map(Object... keysAndValues) {
    CBORObject map = CBORObject.NewMap();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.Add(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  CBORObject option(String name) {
    return send(0x04).get(0x04).get(name);
  }

  public int setPin(String pin) {
    Secret secret = agree();
    byte[] newPin = secret.encrypt(padded(pin));
    return send(0x06, secret.request(0x03).Add(4, secret.mac(newPin)).Add(5, newPin)).status();
  }

  int changePin(String oldPin, String newPin) {
    Secret secret = agree();
    byte[] encrypted = secret.encrypt(padded(newPin));
    byte[] hash = secret.encrypt(pinHash(oldPin));
    CBORObject request = secret.request(0x04).Add(4, secret.mac(concat(encrypted, hash)));
    return send(0x06, request.Add(5, encrypted).Add(6, hash)).status();
  }

  /** getPinToken, as CTAP 2.0 has it. */
  Response askPinToken(String pin) {
    Secret secret = agree();
    return decrypted(secret, send(0x06, secret.request(0x05).Add(6, secret.encrypt(pinHash(pin)))));
  }

  public Response askToken(String pin, int permissions, String rpId) {
    Secret secret = agree();
    CBORObject request =
        secret.request(0x09).Add(6, secret.encrypt(pinHash(pin))).Add(9, permissions);
    if (!rpId.isEmpty()) {
      request.Add(10, rpId);
    }
    return decrypted(secret, send(0x06, request));
  }

  byte[] token(String pin, int permissions, String rpId) {
    return askToken(pin, permissions, rpId).bytes(2);
  }

  private static Response decrypted(Secret secret, Response response) {
    if (response.status() == 0) {
      response.body().Set(2, secret.decrypt(response.bytes(2)));
    }
    return response;
  }

  byte[] authenticate(byte[] token, byte[] message) {
    return hmac(token, message, protocol == 1 ? 16 : 32);
  }

  /** The parameters of makeCredential without anything optional. */
  static CBORObject creation(String rpId, String userHandle) {
    byte[] handle = userHandle.getBytes(StandardCharsets.UTF_8);
    return map(
        1, sha256(CREATE_JSON),
        2, map("id", rpId, "name", "An RP"),
        3, map("id", handle, "name", userHandle + "@" + rpId, "displayName", userHandle),
        4, CBORObject.NewArray().Add(map("alg", -7, "type", "public-key")));
  }

  /** Adds pinUvAuthParam and protocol to the parameters of makeCredential (8) or else (6). */
  CBORObject authorized(CBORObject parameters, byte[] token, int firstKey) {
    CBORObject hash = parameters.get(CBORObject.FromObject(firstKey == 8 ? 1 : 2));
    return parameters.Add(firstKey, authenticate(token, hash.GetByteString()))
        .Add(firstKey + 1, protocol);
  }

  /** Makes a discoverable credential with the PIN and returns its id. */
  public byte[] enrol(String pin, String rpId, String userHandle) {
    CBORObject parameters = creation(rpId, userHandle).Add(7, map("rk", true));
    Response made = send(0x01, authorized(parameters, token(pin, 0x01, rpId), 8));
    if (made.status() != 0) {
      throw new AssertionError("Status " + made.status());
    }
    return credentialId(made.bytes(2));
  }

  static byte[] credentialId(byte[] authData) {
    int length = (authData[53] & 0xFF) << 8 | authData[54] & 0xFF;
    return Arrays.copyOfRange(authData, 55, 55 + length);
  }

  public static CBORObject assertion(String rpId) {
    return map(1, rpId, 2, sha256(GET_JSON));
  }

  public static CBORObject descriptors(byte[]... ids) {
    CBORObject list = CBORObject.NewArray();
    for (byte[] id : ids) {
      list.Add(map("id", id, "type", "public-key"));
    }
    return list;
  }

  /** The shared secret of section 6.5.6 or 6.5.7, from the platform's side. */
  record Secret(int protocol, byte[] hmacKey, byte[] aesKey, CBORObject platformKey) {

    CBORObject request(int subCommand) {
      return map(1, protocol, 2, subCommand, 3, platformKey);
    }

    byte[] mac(byte[] message) {
      return hmac(hmacKey, message, protocol == 1 ? 16 : 32);
    }

    byte[] encrypt(byte[] plain) {
      byte[] iv = new byte[16];
      if (protocol == 1) {
        return aes(Cipher.ENCRYPT_MODE, iv, plain);
      }
      Arrays.fill(iv, (byte) 7);
      return concat(iv, aes(Cipher.ENCRYPT_MODE, iv, plain));
    }

    byte[] decrypt(byte[] data) {
      if (protocol == 1) {
        return aes(Cipher.DECRYPT_MODE, new byte[16], data);
      }
      return aes(
          Cipher.DECRYPT_MODE, Arrays.copyOf(data, 16), Arrays.copyOfRange(data, 16, data.length));
    }

    private byte[] aes(int mode, byte[] iv, byte[] data) {
      try {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
        cipher.init(mode, new SecretKeySpec(aesKey, "AES"), new IvParameterSpec(iv));
        return cipher.doFinal(data);
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }

  Secret agree() {
    CBORObject cose = send(0x06, map(1, protocol, 2, 2)).get(1);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      ECPublicKey mine = (ECPublicKey) pair.getPublic();
      ECPoint point = new ECPoint(number(cose, -2), number(cose, -3));
      KeyAgreement ecdh = KeyAgreement.getInstance("ECDH");
      ecdh.init(pair.getPrivate());
      ecdh.doPhase(
          KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, mine.getParams())),
          true);
      byte[] z = ecdh.generateSecret();
      CBORObject platformKey =
          map(1, 2, 3, -25, -1, 1, -2, fixed(mine.getW().getAffineX()))
              .Add(-3, fixed(mine.getW().getAffineY()));
      if (protocol == 1) {
        return new Secret(1, sha256(z), sha256(z), platformKey);
      }
      byte[] prk = hmac(new byte[32], z, 32);
      byte[] hmacKey = hmac(prk, "CTAP2 HMAC key\u0001".getBytes(StandardCharsets.UTF_8), 32);
      byte[] aesKey = hmac(prk, "CTAP2 AES key\u0001".getBytes(StandardCharsets.UTF_8), 32);
      return new Secret(2, hmacKey, aesKey, platformKey);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static BigInteger number(CBORObject cose, int key) {
    return new BigInteger(1, cose.get(CBORObject.FromObject(key)).GetByteString());
  }

  private static byte[] fixed(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private static byte[] padded(String pin) {
    return Arrays.copyOf(pin.getBytes(StandardCharsets.UTF_8), 64);
  }

  private static byte[] pinHash(String pin) {
    return Arrays.copyOf(sha256(pin.getBytes(StandardCharsets.UTF_8)), 16);
  }

  static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] hmac(byte[] key, byte[] message, int length) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Arrays.copyOf(mac.doFinal(message), length);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
