package dev.keysmith.core.ctap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.pin.PinUvAuthProtocolTwo;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.spi.PluginException;
import java.security.SecureRandom;
import java.util.EnumSet;

/** A key that answers anything when it is asked what is on it. */
class CredentialManagementFuzz {

  private static final SecureRandom RANDOM = new SecureRandom();

  @FuzzTest
  void endsInAListOrOneKindOfException(byte[] input) {
    Ctap2Client client = new Ctap2Client(InputKey.known(input), RANDOM);
    try (PinUvAuthToken token =
        new PinUvAuthToken(
            new PinUvAuthProtocolTwo(RANDOM),
            new byte[32],
            EnumSet.of(Permission.CREDENTIAL_MANAGEMENT),
            null)) {
      CredentialManagement management = client.credentialManagement(token);
      management.metadata();
      management.relyingParties().forEach(party -> management.credentials(party.idHash()));
    } catch (CtapException | PluginException e) {
      // One of the two is what callers expect.
    }
  }
}
