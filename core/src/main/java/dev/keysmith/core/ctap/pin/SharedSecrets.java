package dev.keysmith.core.ctap.pin;

import dev.keysmith.core.ctap.wire.CborMap;
import dev.keysmith.spi.Bytes;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;

/**
 * Agrees with one security key on secrets, each with a new key pair of ours (CTAP 2.1, section
 * 6.5.6).
 *
 * <p>A security key shows the same public key until it loses its power or a PIN was wrong (section
 * 6.5.5.7.2, {@code regenerate}). So the next secret is computed with the one that it showed last,
 * while it is at work on what comes next, and thrown away if it then shows another: what was not
 * used has protected nothing.
 */
public final class SharedSecrets {

  private final SecureRandom random;
  private Bytes last = Bytes.empty();
  private CompletableFuture<SharedSecret> ahead = new CompletableFuture<>();

  public SharedSecrets(SecureRandom random) {
    this.random = random;
  }

  /**
   * Agrees on a secret.
   *
   * @param shown the public key that the security key has just shown, in COSE form
   */
  public SharedSecret agree(PinUvAuthProtocol protocol, CborMap shown) {
    SharedSecret secret;
    if (shown.encoded().equals(last)) {
      secret = ahead.join();
    } else {
      secret = SharedSecret.agree(protocol, shown, random);
      ahead.thenAccept(SharedSecret::close);
    }
    last = shown.encoded();
    ahead = CompletableFuture.supplyAsync(() -> SharedSecret.agree(protocol, shown, random));
    return secret;
  }
}
