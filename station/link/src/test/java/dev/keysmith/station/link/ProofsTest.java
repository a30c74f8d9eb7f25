package dev.keysmith.station.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.junit.jupiter.api.Test;

class ProofsTest {

  private static final String ORIGIN = "https://keysmith.example.com";
  private static final byte[] NONCE = new byte[Proofs.NONCE_LENGTH];

  private final KeyPair pair = newPair();

  private static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance(Proofs.ALGORITHM).generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean proves(byte[] signed, byte[] expected) {
    return Proofs.isValid(
        pair.getPublic().getEncoded(), expected, Proofs.sign(pair.getPrivate(), signed));
  }

  @Test
  void holdForTheSameStatement() {
    byte[] statement = Proofs.connection(ORIGIN, 51, NONCE);

    assertThat(pair.getPublic().getEncoded()).hasSize(Proofs.PUBLIC_KEY_LENGTH);
    assertThat(proves(statement, statement)).isTrue();
  }

  @Test
  void holdForNoOtherStationServerNonceOrPurpose() {
    byte[] signed = Proofs.connection(ORIGIN, 51, NONCE);
    byte[] otherNonce = NONCE.clone();
    otherNonce[0] = 1;

    assertThat(proves(signed, Proofs.connection(ORIGIN, 52, NONCE))).isFalse();
    assertThat(proves(signed, Proofs.connection("https://evil.example", 51, NONCE))).isFalse();
    assertThat(proves(signed, Proofs.connection(ORIGIN, 51, otherNonce))).isFalse();
    assertThat(proves(signed, Proofs.pairing(ORIGIN, "51".toCharArray(), NONCE))).isFalse();
  }

  @Test
  void ofAnotherKeyAreNone() {
    byte[] statement = Proofs.connection(ORIGIN, 51, NONCE);
    byte[] signature = Proofs.sign(newPair().getPrivate(), statement);

    assertThat(Proofs.isValid(pair.getPublic().getEncoded(), statement, signature)).isFalse();
    assertThat(Proofs.isValid(new byte[44], statement, signature)).isFalse();
    assertThat(Proofs.isValid(new byte[0], statement, signature)).isFalse();
    assertThat(Proofs.isValid(pair.getPublic().getEncoded(), statement, new byte[0])).isFalse();
  }

  @Test
  void nameAServerByItsOrigin() {
    assertThat(Proofs.origin(URI.create("HTTPS://Keysmith.example.com:443/app/")))
        .isEqualTo("https://keysmith.example.com");
    assertThat(Proofs.origin(URI.create("http://localhost:8080")))
        .isEqualTo("http://localhost:8080");
  }
}
