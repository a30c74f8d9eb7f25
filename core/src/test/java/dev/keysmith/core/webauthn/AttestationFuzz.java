package dev.keysmith.core.webauthn;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keysmith.core.ctap.CredentialRequest;
import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.InputKey;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.MadeCredential;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import java.security.SecureRandom;
import java.time.Duration;

/** A key that answers anything when it is asked for a credential, up to the hand-in. */
class AttestationFuzz {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Interaction TOUCH =
      new Interaction(Duration.ofSeconds(30), KeepAliveListener.NONE);

  @FuzzTest
  void verifiesOrIsRefused(byte[] input) {
    Ctap2Client client = new Ctap2Client(InputKey.known(input), RANDOM);
    try {
      MadeCredential made =
          client.makeCredential(
              CredentialRequest.of(
                  FuzzedRegistration.OPTIONS, FuzzedRegistration.CLIENT_DATA.hash()),
              TOUCH);
      FuzzedRegistration.verify(made.attestationObject());
    } catch (CtapException | PluginException | ProblemException e) {
      // One of these is what callers expect.
    }
  }
}
