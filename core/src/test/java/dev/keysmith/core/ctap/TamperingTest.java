package dev.keysmith.core.ctap;

import static dev.keysmith.core.ctap.Samples.HASH;
import static dev.keysmith.core.ctap.Samples.RP_ID;
import static dev.keysmith.core.ctap.Samples.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyTransport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A key that damages what it answers, in all commands. */
class TamperingTest {

  private static final char[] PIN = "123456".toCharArray();

  @Test
  void damagedAnswersOfAnyCommandEndInOneKindOfException() {
    Random random = new Random(7);
    Map<CtapStatus, Integer> ends = new EnumMap<>(CtapStatus.class);
    try (VirtualKeyTransport transport = new VirtualKeyTransport()) {
      KeyConnection honest = transport.open(transport.add(VirtualKey.builder().build()));
      new Ctap2Client(honest, new SecureRandom()).clientPin().setPin(PIN);
      for (int round = 0; round < 150; round++) {
        ends.merge(useEverything(new TamperingKey(honest, random)), 1, Integer::sum);
      }
    }
    assertThat(ends.getOrDefault(CtapStatus.UNREADABLE_RESPONSE, 0)).isGreaterThan(40);
  }

  /** Returns how it ended. */
  private static CtapStatus useEverything(KeyConnection key) {
    try {
      Ctap2Client client = new Ctap2Client(key, new SecureRandom());
      assertThat(client.clientPin().pinRetries()).isNotNull();
      try (PinUvAuthToken token =
          client.clientPin().token(PIN, EnumSet.of(Permission.MAKE_CREDENTIAL), RP_ID)) {
        CredentialRequest request =
            CredentialRequest.of(Samples.options("ann@example.org"), HASH).verifiedBy(token);
        Bytes made = client.makeCredential(request, TOUCH).attestationObject();
        assertThat(made.isEmpty()).isFalse();
      }
      client.getAssertions(AssertionRequest.of(RP_ID, HASH), TOUCH);
      try (PinUvAuthToken token =
          client.clientPin().token(PIN, EnumSet.of(Permission.CREDENTIAL_MANAGEMENT), null)) {
        CredentialManagement management = client.credentialManagement(token);
        management.metadata();
        management.relyingParties().forEach(rp -> management.credentials(rp.idHash()));
      }
      client.selection(TOUCH);
      return CtapStatus.OK;
    } catch (CtapException e) {
      return e.status();
    }
  }

  /** Damages about every sixth answer: bytes, length or both. */
  private record TamperingKey(KeyConnection key, Random random) implements KeyConnection {

    @Override
    public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
      byte[] response = key.exchange(request, timeout, listener);
      if (random.nextInt(6) > 0) {
        return response;
      }
      for (int i = random.nextInt(3); i >= 0; i--) {
        response[random.nextInt(response.length)] = (byte) random.nextInt(256);
      }
      response[0] = 0;
      List<Integer> lengths =
          List.of(response.length, random.nextInt(response.length + 1), response.length + 1);
      return Arrays.copyOf(response, lengths.get(random.nextInt(3)));
    }

    @Override
    public void cancel() {
      key.cancel();
    }

    @Override
    public void close() {
      key.close();
    }
  }
}
