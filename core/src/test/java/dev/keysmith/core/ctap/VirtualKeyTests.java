package dev.keysmith.core.ctap;

import static dev.keysmith.core.ctap.Samples.HASH;
import static dev.keysmith.core.ctap.Samples.RP_ID;
import static dev.keysmith.core.ctap.Samples.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyTransport;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** What tests of the client against virtual keys share. */
abstract class VirtualKeyTests {

  static final char[] PIN = "123456".toCharArray();
  static final Set<Permission> TO_ENROL =
      EnumSet.of(Permission.MAKE_CREDENTIAL, Permission.GET_ASSERTION);

  final VirtualKeyTransport transport = new VirtualKeyTransport();

  @AfterEach
  void closeTransport() {
    transport.close();
  }

  static MadeCredential enrol(Ctap2Client client, String login, Bytes... excluded) {
    try (PinUvAuthToken token = client.clientPin().token(PIN, TO_ENROL, RP_ID)) {
      return client.makeCredential(
          CredentialRequest.of(Samples.options(login, excluded), HASH).verifiedBy(token), TOUCH);
    }
  }

  static CredentialRequest request(String login) {
    return CredentialRequest.of(Samples.options(login), HASH);
  }

  static List<Bytes> foreignIds(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Bytes.of(ByteBuffer.allocate(64).putInt(i).array()))
        .toList();
  }

  static PinUvAuthToken managementToken(Ctap2Client client) {
    return client.clientPin().token(PIN, EnumSet.of(Permission.CREDENTIAL_MANAGEMENT), null);
  }

  static PinUvAuthToken configToken(Ctap2Client client) {
    return client.clientPin().token(PIN, EnumSet.of(Permission.AUTHENTICATOR_CONFIG), null);
  }

  Ctap2Client clientWithPin(VirtualKey key) {
    Ctap2Client client = open(key);
    client.clientPin().setPin(PIN);
    return client;
  }

  Ctap2Client open(VirtualKey key) {
    return new Ctap2Client(connect(key), new SecureRandom());
  }

  KeyConnection connect(VirtualKey key) {
    return transport.open(transport.add(key));
  }

  static boolean isSignedBy(java.security.PublicKey key, Assertion assertion)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(key);
    signature.update(assertion.authenticatorData().encoded().toArray());
    signature.update(HASH.toArray());
    return signature.verify(assertion.signature().toArray());
  }

  static void assertRefused(CtapStatus status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(CtapException.class, e -> assertThat(e.status()).isEqualTo(status));
  }
}
