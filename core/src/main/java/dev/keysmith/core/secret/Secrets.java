package dev.keysmith.core.secret;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.seal.KeyRing;
import dev.keysmith.core.seal.Seals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Seals credentials for the database and opens them again.
 *
 * <p>Authenticated encryption under the master key, with the purpose as associated data: what was
 * sealed for one purpose cannot be passed off for another.
 */
@ApplicationScoped
public class Secrets {

  private static final Logger LOG = System.getLogger(Secrets.class.getName());

  /** More than the name of the key. */
  private static final int SHORTEST = 5;

  @Inject KeyRing keys;
  @Inject Audit audit;
  @Inject Events events;

  /**
   * Seals a credential, which stays the caller's to erase.
   *
   * @param purpose what it is for, for instance {@code integration:17:api-token}
   */
  public String seal(String purpose, char[] secret) {
    return seal(purpose, List.of(), secret);
  }

  /**
   * Seals a credential for settings that say where it goes: with others it does not open.
   *
   * @param bound the settings, in an order that stays
   */
  public String seal(String purpose, List<String> bound, char[] secret) {
    byte[] plain = encode(secret);
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(keys.encrypt(plain, associated(purpose, bound)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The secret \"" + purpose + "\" cannot be sealed", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * Opens a credential. The caller erases it after use.
   *
   * @param purpose the one it was sealed for
   * @throws SecretException if the master key is not the one that sealed it, or it was changed
   */
  public char[] open(String purpose, String sealed) {
    return open(purpose, List.of(), sealed);
  }

  /** Opens a credential that is bound to settings. */
  public char[] open(String purpose, List<String> bound, String sealed) {
    byte[] plain = decrypt(purpose, bound, sealed);
    try {
      return decode(plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** The same credential under the present key; empty if it is under it already. */
  public Optional<String> resealed(String purpose, String sealed) {
    return resealed(purpose, List.of(), sealed);
  }

  /** The same for a credential that is bound to settings. */
  public Optional<String> resealed(String purpose, List<String> bound, String sealed) {
    if (keys.isPresent(bytes(purpose, sealed))) {
      return Optional.empty();
    }
    char[] secret = open(purpose, bound, sealed);
    try {
      return Optional.of(seal(purpose, bound, secret));
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  /**
   * Adds a key to the master key; what is sealed from now on is sealed under it. Records {@link
   * MasterKeyRotated}, whereupon the features seal again what they keep. Old keys stay, so that a
   * backup of the database can still be opened.
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public void rotate(Actor by) {
    int added = keys.rotate();
    audit.record(by, "master-key.rotated", Subject.of("master-key", added, ""), Map.of());
    events.record(new MasterKeyRotated(added));
    LOG.log(Level.WARNING, "Added a key to the master key {0}. Back it up again.", keys.file());
  }

  private byte[] decrypt(String purpose, List<String> bound, String sealed) {
    return keys.decrypt(bytes(purpose, sealed), associated(purpose, bound))
        .orElseThrow(
            () ->
                new SecretException(
                    "The secret \"%s\" cannot be opened with the master key %s: either the file is"
                            .formatted(purpose, keys.file())
                        + " not the one that belongs to this database (restore it from the"
                        + " backup), or the stored value was changed (enter the secret again)."));
  }

  private static byte[] bytes(String purpose, String sealed) {
    try {
      byte[] content = Base64.getUrlDecoder().decode(sealed);
      if (content.length > SHORTEST) {
        return content;
      }
    } catch (IllegalArgumentException e) {
      // Reported below without its message, which quotes the text.
    }
    throw new SecretException(
        "What is stored for the secret \"" + purpose + "\" is damaged. Enter the secret again.");
  }

  private static byte[] associated(String purpose, List<String> bound) {
    return bound.isEmpty()
        ? purpose.getBytes(StandardCharsets.UTF_8)
        : Seals.joined(purpose, bound);
  }

  private static byte[] encode(char[] secret) {
    ByteBuffer buffer = StandardCharsets.UTF_8.encode(CharBuffer.wrap(secret));
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    Arrays.fill(buffer.array(), (byte) 0);
    return bytes;
  }

  private static char[] decode(byte[] bytes) {
    CharBuffer buffer = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
    char[] secret = new char[buffer.remaining()];
    buffer.get(secret);
    Arrays.fill(buffer.array(), '\0');
    return secret;
  }
}
