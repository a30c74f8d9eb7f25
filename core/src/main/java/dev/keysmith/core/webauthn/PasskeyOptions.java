package dev.keysmith.core.webauthn;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.CredentialCreationOptions.CredentialDescriptor;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import java.util.ArrayList;
import java.util.List;

/** What is asked of a key beyond what the identity provider asks. */
public final class PasskeyOptions {

  private PasskeyOptions() {}

  /**
   * The options of the identity provider, but never without verification of the user: who finds a
   * key must not be able to sign in with it.
   *
   * @param exclude credentials beside which the key shall make no other
   */
  public static CredentialCreationOptions of(CredentialCreationOptions asked, List<Bytes> exclude) {
    List<CredentialDescriptor> excluded = new ArrayList<>(asked.excludeCredentials());
    exclude.stream()
        .filter(id -> excluded.stream().noneMatch(each -> each.id().equals(id)))
        .forEach(id -> excluded.add(new CredentialDescriptor(id, List.of())));
    return new CredentialCreationOptions(
        asked.relyingParty(),
        asked.user(),
        asked.challenge(),
        asked.algorithms(),
        excluded,
        asked.residentKey(),
        Requirement.REQUIRED,
        asked.attestation());
  }
}
