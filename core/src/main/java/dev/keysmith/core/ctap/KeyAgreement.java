package dev.keysmith.core.ctap;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Agrees with one security key on secrets, each with a new key pair of ours (CTAP 2.1, section
 * 6.5.5.4).
 *
 * <p>What takes time is computed while the security key is asked for its public key. It shows the
 * same one until it loses its power or a PIN was wrong (sections 6.5.5.1 and 6.5.5.7), so that the
 * one of last time is taken for granted until the answer is there, and its secret thrown away if it
 * is another.
 */
final class KeyAgreement {

  private final SecureRandom random;
  private @Nullable CborMap last;

  KeyAgreement(SecureRandom random) {
    this.random = random;
  }

  /**
   * Agrees on a secret.
   *
   * @param question asks the security key for its public key, in COSE form
   */
  SharedSecret agree(PinUvAuthProtocol protocol, Supplier<CborMap> question) {
    CompletableFuture<KeyPair> platform =
        CompletableFuture.supplyAsync(() -> SharedSecret.newKeyPair(random));
    CborMap expected = last;
    if (expected == null) {
      return agree(protocol, question.get(), platform);
    }
    CompletableFuture<SharedSecret> guess =
        platform.thenApply(pair -> SharedSecret.agree(protocol, expected, pair));
    boolean right = false;
    try {
      CborMap shown = question.get();
      right = shown.encoded().equals(expected.encoded());
      return right ? guess.join() : agree(protocol, shown, platform);
    } finally {
      if (!right) {
        guess.thenAccept(SharedSecret::close);
      }
    }
  }

  private SharedSecret agree(
      PinUvAuthProtocol protocol, CborMap shown, CompletableFuture<KeyPair> platform) {
    SharedSecret secret = SharedSecret.agree(protocol, shown, platform.join());
    last = shown;
    return secret;
  }
}
