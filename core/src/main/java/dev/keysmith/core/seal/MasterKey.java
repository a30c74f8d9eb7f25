package dev.keysmith.core.seal;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.keysmith.core.platform.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * The keys that seal credentials, in a file: a keyset of Tink in JSON. The primary key seals; every
 * key opens what it has sealed. Immutable.
 */
final class MasterKey {

  private static final Configuration CONFIGURATION = AeadConfig2026.get();

  private final Path file;
  private final KeysetHandle keys;
  private final Aead aead;

  private MasterKey(Path file, KeysetHandle keys) throws GeneralSecurityException {
    this.file = file;
    this.keys = keys;
    this.aead = keys.getPrimitive(CONFIGURATION, Aead.class);
  }

  /** Reads the file. */
  static MasterKey read(Path file) {
    try {
      String json = Files.readString(OwnerOnly.tightened(file), StandardCharsets.UTF_8);
      return new MasterKey(
          file,
          TinkJsonProtoKeysetFormat.parseKeyset(
              json, CONFIGURATION, InsecureSecretKeyAccess.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The master key file " + file + " cannot be read. Check who may read it.", e);
    } catch (GeneralSecurityException | RuntimeException e) {
      // The cause may quote the content.
      throw new IllegalStateException(
          "The master key file " + file + " holds no keyset. Restore it from the backup.");
    }
  }

  /** Makes a key and writes the file, which must not be there. */
  static MasterKey create(Path file) {
    try {
      return write(
          file, KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, CONFIGURATION));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No key can be made: " + e.getMessage(), e);
    }
  }

  /** Adds a key, which seals from now on. */
  MasterKey rotated() {
    try {
      KeysetHandle.Builder more = KeysetHandle.newBuilder(keys).setConfiguration(CONFIGURATION);
      more.addEntry(
          KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
              .withRandomId()
              .makePrimary());
      return write(file, more.build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No key can be made: " + e.getMessage(), e);
    }
  }

  Path file() {
    return file;
  }

  /** Names the key that seals. */
  int primary() {
    return keys.getPrimary().getId();
  }

  byte[] encrypt(byte[] plain, byte[] purpose) throws GeneralSecurityException {
    return aead.encrypt(plain, purpose);
  }

  byte[] decrypt(byte[] sealed, byte[] purpose) throws GeneralSecurityException {
    return aead.decrypt(sealed, purpose);
  }

  private static MasterKey write(Path file, KeysetHandle keys) throws GeneralSecurityException {
    String json =
        TinkJsonProtoKeysetFormat.serializeKeyset(
            keys, CONFIGURATION, InsecureSecretKeyAccess.get());
    OwnerOnly.write(file, json.getBytes(StandardCharsets.UTF_8));
    return new MasterKey(file, keys);
  }
}
