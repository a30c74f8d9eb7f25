package dev.keysmith.core.key;

import dev.keysmith.core.ctap.CredentialManagement;
import dev.keysmith.core.ctap.CredentialManagement.StoredCredential;
import dev.keysmith.core.ctap.CredentialManagement.StoredRelyingParty;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.spi.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * The discoverable credentials on an open key, as far as it tells. Some keys cannot list them,
 * although they say that they can, or have no answer where there are none: that is no failure of
 * what the list was asked for.
 *
 * @param complete whether these are all; a key that cannot list them may hold others
 * @param entries those that it has told
 */
public record DiscoverableCredentials(boolean complete, List<Entry> entries) {

  /** A credential and the relying party that it is for. */
  public record Entry(StoredRelyingParty party, StoredCredential credential) {}

  /** Copies the list. */
  public DiscoverableCredentials {
    entries = List.copyOf(entries);
  }

  /**
   * Asks a key whose PIN is known.
   *
   * @throws dev.keysmith.core.problem.ProblemException if the PIN is wrong or blocked
   */
  public static DiscoverableCredentials on(OpenKey key) {
    List<Entry> found = new ArrayList<>();
    if (!key.info().supportsCredentialManagement()) {
      return new DiscoverableCredentials(false, found);
    }
    try (PinUvAuthToken token = key.token(null, Permission.CREDENTIAL_MANAGEMENT)) {
      CredentialManagement management = key.client().credentialManagement(token);
      for (StoredRelyingParty party : management.relyingParties()) {
        management.credentials(party.idHash()).forEach(each -> found.add(new Entry(party, each)));
      }
      return new DiscoverableCredentials(true, found);
    } catch (CtapException e) {
      return new DiscoverableCredentials(false, found);
    }
  }

  /** The ids of the credentials. */
  public List<Bytes> ids() {
    return entries.stream().map(entry -> entry.credential().id()).toList();
  }
}
