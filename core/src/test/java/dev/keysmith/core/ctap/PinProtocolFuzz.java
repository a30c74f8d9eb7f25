package dev.keysmith.core.ctap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.spi.PluginException;
import java.security.SecureRandom;
import java.util.EnumSet;

/** A key that answers anything to the PIN/UV auth protocols, which it chooses itself. */
class PinProtocolFuzz {

  private static final char[] PIN = "123456".toCharArray();
  private static final SecureRandom RANDOM = new SecureRandom();

  @FuzzTest
  void endsInATokenOrOneKindOfException(byte[] input) {
    ClientPin clientPin = new Ctap2Client(InputKey.of(input), RANDOM).clientPin();
    try (PinUvAuthToken token =
        clientPin.token(PIN.clone(), EnumSet.of(Permission.CREDENTIAL_MANAGEMENT), Samples.RP_ID)) {
      token.authenticate(new byte[] {1});
      clientPin.pinRetries();
      clientPin.changePin(PIN.clone(), PIN.clone());
    } catch (CtapException | PluginException e) {
      // One of the two is what callers expect.
    }
  }
}
