package dev.keysmith.core.webauthn;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.CredentialCreationOptions.Attestation;
import dev.keysmith.spi.idp.CredentialCreationOptions.RelyingParty;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import dev.keysmith.spi.idp.CredentialCreationOptions.UserEntity;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.idp.RegistrationTicket;
import java.util.List;
import java.util.Optional;

/** The one registration to which all fuzzed attestations belong. */
final class FuzzedRegistration {

  private static final String ORIGIN = "https://example.okta.com";

  static final CredentialCreationOptions OPTIONS =
      new CredentialCreationOptions(
          new RelyingParty("example.okta.com", "Example"),
          new UserEntity(Bytes.of((byte) 1), "ann", "A. User"),
          "Y2hhbGxlbmdl",
          List.of(-7),
          List.of(),
          Requirement.REQUIRED,
          Requirement.PREFERRED,
          Attestation.DIRECT);

  static final CollectedClientData CLIENT_DATA =
      CollectedClientData.forRegistration(OPTIONS.challenge(), ORIGIN);

  private FuzzedRegistration() {}

  static void verify(Bytes attestationObject) {
    AttestationCheck.verify(
        new PendingRegistration(
            new RegistrationTicket("ann", "factor"), OPTIONS, ORIGIN, Optional.empty()),
        new AuthenticatorAttestationResponse(
            CLIENT_DATA.json(), attestationObject, List.of("usb")));
  }
}
