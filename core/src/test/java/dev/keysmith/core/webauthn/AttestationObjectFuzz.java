package dev.keysmith.core.webauthn;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.Bytes;

/** Any attestation object, as if the CTAP client let everything through. */
class AttestationObjectFuzz {

  @FuzzTest
  void verifiesOrIsRefused(byte[] input) {
    try {
      FuzzedRegistration.verify(Bytes.of(input));
    } catch (ProblemException e) {
      // What callers expect.
    }
  }
}
