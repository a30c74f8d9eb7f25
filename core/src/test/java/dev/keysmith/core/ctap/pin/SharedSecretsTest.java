package dev.keysmith.core.ctap.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.core.ctap.wire.CtapException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever is computed ahead, the secret is that of the public key that the key shows. */
class SharedSecretsTest {

  private static final byte[] MESSAGE = {1, 2, 3};

  private final SecureRandom random = new SecureRandom();
  private final PinUvAuthProtocol protocol = new PinUvAuthProtocolTwo(random);
  private final SharedSecrets secrets = new SharedSecrets(random);
  private final KeyPair key = newKeyPair();

  @Test
  void agreesAgainAndAgainWithAKeyThatShowsTheSamePublicKey() throws Exception {
    Set<CBORObject> platformKeys = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      platformKeys.add(agreeWith(key).platformKey());
    }
    assertThat(platformKeys).as("a key pair is never used twice").hasSize(4);
  }

  @Test
  void agreesWithAKeyThatShowsAnotherPublicKey() throws Exception {
    KeyPair other = newKeyPair();
    agreeWith(key);
    agreeWith(other);
    agreeWith(other);
    agreeWith(key);
  }

  @Test
  void refusesWhatIsNoPointHoweverOftenItIsShown() throws Exception {
    CBORObject noPoint = coseKey((ECPublicKey) key.getPublic());
    noPoint.set(-3, noPoint.get(-2));
    CborMap shown = CborMap.decode(CborMap.encode(noPoint), "no point");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> secrets.agree(protocol, shown)).isInstanceOf(CtapException.class);
    }
    agreeWith(key);
    assertThatThrownBy(() -> secrets.agree(protocol, shown)).isInstanceOf(CtapException.class);
    agreeWith(key);
  }

  /** Computes the secret at the other side, too, and compares. */
  private SharedSecret agreeWith(KeyPair authenticator) throws GeneralSecurityException {
    ECPublicKey shown = (ECPublicKey) authenticator.getPublic();
    CborMap answer = CborMap.decode(CborMap.encode(coseKey(shown)), "key");
    SharedSecret secret = secrets.agree(protocol, answer);

    CBORObject platform = secret.platformKey();
    ECPoint point = new ECPoint(coordinate(platform, -2), coordinate(platform, -3));
    javax.crypto.KeyAgreement theirs = javax.crypto.KeyAgreement.getInstance("ECDH");
    theirs.init(authenticator.getPrivate());
    theirs.doPhase(
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, shown.getParams())),
        true);
    byte[] expected = protocol.deriveKey(theirs.generateSecret());
    assertThat(secret.authenticate(MESSAGE)).isEqualTo(protocol.authenticate(expected, MESSAGE));
    return secret;
  }

  private static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BigInteger coordinate(CBORObject coseKey, int label) {
    return new BigInteger(1, coseKey.get(label).GetByteString());
  }

  private static CBORObject coseKey(ECPublicKey key) {
    return CBORObject.NewMap()
        .Add(1, 2)
        .Add(3, -25)
        .Add(-1, 1)
        .Add(-2, fixed(key.getW().getAffineX()))
        .Add(-3, fixed(key.getW().getAffineY()));
  }

  private static byte[] fixed(BigInteger coordinate) {
    byte[] fixed = new byte[32];
    for (int i = 0; i < 32; i++) {
      fixed[31 - i] = coordinate.shiftRight(8 * i).byteValue();
    }
    return fixed;
  }
}
