package dev.keysmith.core.secret;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.event.Events;
import dev.keysmith.core.platform.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Seals credentials for the database and opens them again.
 *
 * <p>Authenticated encryption under the master key, with the purpose as associated data: what was
 * sealed for one purpose cannot be passed off for another.
 */
@ApplicationScoped
public class Secrets {

  private static final Logger LOG = System.getLogger(Secrets.class.getName());

  /** A sealed text begins with a byte 1 and the id of its key (Tink's wire format). */
  private static final int PREFIX = 5;

  @Inject Configuration configuration;
  @Inject Audit audit;
  @Inject Events events;

  private volatile @Nullable MasterKey key;

  /** Where the master key is. */
  public Path file() {
    return configuration
        .text("keysmith.master-key.file")
        .map(Path::of)
        .orElseGet(() -> configuration.data().resolve("master-key.json"));
  }

  /** Makes the master key. Only for a server that has not sealed anything yet. */
  synchronized void create() {
    key = MasterKey.create(file());
    LOG.log(
        Level.WARNING,
        "Made the master key {0}. Back it up now, apart from the database: without it the"
            + " credentials in the database are lost.",
        file());
  }

  /** Whether there is a master key. */
  boolean exists() {
    return Files.exists(file());
  }

  /**
   * Seals a credential, which stays the caller's to erase.
   *
   * @param purpose what it is for, for instance {@code integration:17:api-token}
   */
  public String seal(String purpose, char[] secret) {
    byte[] plain = encode(secret);
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(key().encrypt(plain, associated(purpose)));
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
    byte[] plain = decrypt(purpose, sealed);
    try {
      return decode(plain);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** The same credential under the present key; empty if it is under it already. */
  public Optional<String> resealed(String purpose, String sealed) {
    if (keyOf(bytes(purpose, sealed)) == key().primary()) {
      return Optional.empty();
    }
    char[] secret = open(purpose, sealed);
    try {
      return Optional.of(seal(purpose, secret));
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
  public synchronized void rotate(Actor by) {
    // Read anew: another node may have rotated since.
    key = MasterKey.read(file()).rotated();
    audit.record(by, "master-key.rotated", Subject.of("master-key", key().primary(), ""), Map.of());
    events.record(new MasterKeyRotated(key().primary()));
    LOG.log(Level.WARNING, "Added a key to the master key {0}. Back it up again.", file());
  }

  private byte[] decrypt(String purpose, String sealed) {
    byte[] content = bytes(purpose, sealed);
    try {
      return key().decrypt(content, associated(purpose));
    } catch (GeneralSecurityException e) {
      return decryptAfterRotation(purpose, content);
    }
  }

  /** Another node may have added a key to the file. */
  private byte[] decryptAfterRotation(String purpose, byte[] content) {
    MasterKey present = MasterKey.read(file());
    try {
      byte[] plain = present.decrypt(content, associated(purpose));
      key = present;
      return plain;
    } catch (GeneralSecurityException e) {
      throw new SecretException(
          "The secret \"%s\" cannot be opened with the master key %s: either the file is not the"
                  .formatted(purpose, file())
              + " one that belongs to this database (restore it from the backup), or the stored"
              + " value was changed (enter the secret again).");
    }
  }

  private static byte[] bytes(String purpose, String sealed) {
    try {
      byte[] content = Base64.getUrlDecoder().decode(sealed);
      if (content.length > PREFIX) {
        return content;
      }
    } catch (IllegalArgumentException e) {
      // Reported below without its message, which quotes the text.
    }
    throw new SecretException(
        "What is stored for the secret \"" + purpose + "\" is damaged. Enter the secret again.");
  }

  private static int keyOf(byte[] content) {
    return ByteBuffer.wrap(content).getInt(1);
  }

  private MasterKey key() {
    MasterKey known = key;
    if (known == null) {
      known = MasterKey.read(file());
      key = known;
    }
    return known;
  }

  private static byte[] associated(String purpose) {
    return purpose.getBytes(StandardCharsets.UTF_8);
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
