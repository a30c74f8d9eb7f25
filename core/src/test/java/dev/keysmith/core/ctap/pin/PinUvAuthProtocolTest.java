package dev.keysmith.core.ctap.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.Cbor;
import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.HexFormat;
import java.util.Properties;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinUvAuthProtocolTest {

  private static final Properties VECTORS = new Properties();

  @BeforeAll
  static void readVectors() throws IOException {
    try (InputStream in =
        PinUvAuthProtocolTest.class.getResourceAsStream("prf-test-vectors.properties")) {
      VECTORS.load(in);
    }
  }

  @ParameterizedTest
  @CsvSource({"single.one, 1", "single.two, 2", "double.two, 2"})
  void encryptsAndDecryptsAsTheTestVectorsOfWebAuthnSay(String vector, int number)
      throws GeneralSecurityException {
    byte[] saltEnc = vector(vector + ".saltEnc");
    PinUvAuthProtocol protocol =
        number == 1 ? new PinUvAuthProtocolOne() : new PinUvAuthProtocolTwo(fixed(saltEnc));
    try (SharedSecret secret = SharedSecret.agree(protocol, authenticatorKey(), platformKeys())) {
      assertThat(secret.encrypt(vector(vector + ".salts"))).isEqualTo(saltEnc);
      assertThat(secret.decrypt(Bytes.of(vector(vector + ".outputEnc"))))
          .isEqualTo(vector(vector + ".outputs"));
    }
  }

  @ParameterizedTest
  @CsvSource({"single.one, 1, 0, 16", "single.two, 2, 0, 32"})
  void authenticatesWithTheHmacPartOfTheSharedSecretOfTheTestVectors(
      String vector, int number, int keyStart, int signatureLength)
      throws GeneralSecurityException {
    PinUvAuthProtocol protocol =
        number == 1 ? new PinUvAuthProtocolOne() : new PinUvAuthProtocolTwo(new SecureRandom());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(vector(vector + ".sharedSecret"), keyStart, 32, "HmacSHA256"));
    byte[] expected = mac.doFinal(new byte[] {1, 2, 3});
    try (SharedSecret secret = SharedSecret.agree(protocol, authenticatorKey(), platformKeys())) {
      assertThat(secret.authenticate(new byte[] {1}, new byte[] {2, 3}))
          .isEqualTo(java.util.Arrays.copyOf(expected, signatureLength));
    }
  }

  @Test
  void sendsItsPublicKeyInCoseForm() throws GeneralSecurityException {
    try (SharedSecret secret =
        SharedSecret.agree(new PinUvAuthProtocolOne(), authenticatorKey(), platformKeys())) {
      String encoded = HexFormat.of().formatHex(CborMap.encode(secret.platformKey()));
      assertThat(encoded).startsWith("a5" + "0102" + "0338" + "18" + "2001" + "215820");
      assertThat(encoded).hasSize(2 * (1 + 2 + 3 + 2 + 35 + 35));
    }
  }

  @Test
  void refusesAPointThatIsNotOnTheCurve() {
    String y = VECTORS.getProperty("authenticator.y");
    String wrong = y.substring(0, y.length() - 1) + (y.endsWith("0") ? "1" : "0");
    assertRefused(coseKey(VECTORS.getProperty("authenticator.x"), wrong));
  }

  @Test
  void refusesCoordinatesThatAreNotOfTheField() {
    assertRefused(coseKey("ff".repeat(32), "ff".repeat(32)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "00", "a30522c2de402b561965c3cf949a1cab020c6f6ea36fcf7e911ac1a0f15153"})
  void refusesCoordinatesOfWrongLength(String x) {
    assertRefused(coseKey(x, VECTORS.getProperty("authenticator.y")));
  }

  @ParameterizedTest
  @CsvSource({"1, 15", "1, 0", "1, 17", "2, 16", "2, 0", "2, 33", "2, 15"})
  void refusesCiphertextThatIsNotWholeBlocks(int number, int length)
      throws GeneralSecurityException {
    PinUvAuthProtocol protocol =
        number == 1 ? new PinUvAuthProtocolOne() : new PinUvAuthProtocolTwo(new SecureRandom());
    try (SharedSecret secret = SharedSecret.agree(protocol, authenticatorKey(), platformKeys())) {
      assertThatThrownBy(() -> secret.decrypt(Bytes.of(new byte[length])))
          .isInstanceOf(CtapException.class);
    }
  }

  @Test
  void protocolTwoNeverReusesAnInitialisationVector() {
    PinUvAuthProtocol protocol = new PinUvAuthProtocolTwo(new SecureRandom());
    byte[] key = new byte[64];
    assertThat(protocol.encrypt(key, new byte[16]))
        .isNotEqualTo(protocol.encrypt(key, new byte[16]));
  }

  private static void assertRefused(CborMap keyAgreement) {
    assertThatThrownBy(
            () ->
                SharedSecret.agree(
                    new PinUvAuthProtocolTwo(new SecureRandom()), keyAgreement, new SecureRandom()))
        .isInstanceOfSatisfying(
            CtapException.class,
            e -> assertThat(e.status()).isEqualTo(CtapStatus.UNREADABLE_RESPONSE));
  }

  private static CborMap authenticatorKey() {
    return coseKey(VECTORS.getProperty("authenticator.x"), VECTORS.getProperty("authenticator.y"));
  }

  private static CborMap coseKey(String x, String y) {
    String encoded =
        Cbor.map(
            Cbor.number(1), Cbor.number(2),
            Cbor.number(3), Cbor.number(-25),
            Cbor.number(-1), Cbor.number(1),
            Cbor.number(-2), Cbor.bytes(x),
            Cbor.number(-3), Cbor.bytes(y));
    return CborMap.decode(HexFormat.of().parseHex(encoded), "test");
  }

  /** The public half stands in: only its curve parameters are used in what is compared here. */
  private static KeyPair platformKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair any = generator.generateKeyPair();
    ECParameterSpec p256 = ((ECPublicKey) any.getPublic()).getParams();
    BigInteger s = new BigInteger(1, vector("platform.privateKey"));
    return new KeyPair(
        any.getPublic(),
        KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(s, p256)));
  }

  /** A source of random numbers that yields the initialisation vector of a test vector. */
  private static SecureRandom fixed(byte[] firstBytes) {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        System.arraycopy(firstBytes, 0, bytes, 0, bytes.length);
      }
    };
  }

  private static byte[] vector(String name) {
    return HexFormat.of().parseHex(VECTORS.getProperty(name));
  }
}
