package dev.keysmith.core.seal;

import dev.keysmith.core.platform.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The master key in use: reads its file when it is first needed, and again when another node may
 * have added a key.
 */
@ApplicationScoped
public class KeyRing {

  /** What is encrypted begins with a byte 1 and the id of its key (Tink's wire format). */
  private static final int PREFIX = 5;

  @Inject Configuration configuration;

  private volatile @Nullable MasterKey key;

  /** Where the master key is. */
  public Path file() {
    return configuration
        .text("keysmith.master-key.file")
        .map(Path::of)
        .orElseGet(() -> configuration.data().resolve("master-key.json"));
  }

  /** Whether there is a master key. */
  public boolean exists() {
    return Files.exists(file());
  }

  /** Makes the master key. Only for a server that has not sealed anything yet. */
  public synchronized void create() {
    key = MasterKey.create(file());
  }

  /**
   * Adds a key, which seals from now on. Read anew: another node may have added one since.
   *
   * @return names the new key
   */
  public synchronized int rotate() {
    MasterKey rotated = MasterKey.read(file()).rotated();
    key = rotated;
    return rotated.primary();
  }

  /**
   * Encrypts, and binds to what is said beside.
   *
   * @param associated what must be said again to decrypt
   */
  public byte[] encrypt(byte[] plain, byte[] associated) throws GeneralSecurityException {
    return key().encrypt(plain, associated);
  }

  /** Decrypts; empty if it was changed, bound to something else, or is of another master key. */
  public Optional<byte[]> decrypt(byte[] content, byte[] associated) {
    if (content.length <= PREFIX) {
      return Optional.empty();
    }
    try {
      return Optional.of(key().decrypt(content, associated));
    } catch (GeneralSecurityException e) {
      return decryptAnew(content, associated);
    }
  }

  private Optional<byte[]> decryptAnew(byte[] content, byte[] associated) {
    MasterKey present = MasterKey.read(file());
    try {
      byte[] plain = present.decrypt(content, associated);
      key = present;
      return Optional.of(plain);
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /** Whether it was encrypted with the newest key. */
  public boolean isPresent(byte[] content) {
    return content.length > PREFIX && ByteBuffer.wrap(content).getInt(1) == key().primary();
  }

  private MasterKey key() {
    MasterKey known = key;
    if (known == null) {
      known = MasterKey.read(file());
      key = known;
    }
    return known;
  }
}
