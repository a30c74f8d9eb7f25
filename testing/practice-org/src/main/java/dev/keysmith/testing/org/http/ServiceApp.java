package dev.keysmith.testing.org.http;

import java.security.PublicKey;
import java.util.Set;

/**
 * An OAuth service app: it proves itself with a private key and gets tokens for granted scopes.
 *
 * @param clientId that it names
 * @param key by which the org checks its assertions: RSA or EC on P-256
 * @param scopes granted to it, for instance {@code okta.users.manage}
 */
public record ServiceApp(String clientId, PublicKey key, Set<String> scopes) {

  /** Copies the scopes. */
  public ServiceApp {
    scopes = Set.copyOf(scopes);
  }
}
