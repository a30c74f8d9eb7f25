package dev.keysmith.core.ctap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.spi.PluginException;
import java.security.SecureRandom;

/** A key that answers anything when it is asked to sign. */
class AssertionFuzz {

  private static final SecureRandom RANDOM = new SecureRandom();

  @FuzzTest
  void endsInAssertionsOrOneKindOfException(byte[] input) {
    Ctap2Client client = new Ctap2Client(InputKey.known(input), RANDOM);
    try {
      client
          .getAssertions(AssertionRequest.of(Samples.RP_ID, Samples.HASH), Samples.TOUCH)
          .forEach(assertion -> assertion.authenticatorData().userVerified());
    } catch (CtapException | PluginException e) {
      // One of the two is what callers expect.
    }
  }
}
