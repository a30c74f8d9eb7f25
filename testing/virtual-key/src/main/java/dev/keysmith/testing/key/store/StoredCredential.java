package dev.keysmith.testing.key.store;

import dev.keysmith.testing.key.crypto.Algorithm;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A credential with its private key.
 *
 * @param privateKey in PKCS #8 form
 * @param publicKey in COSE form; empty for one that is kept by the relying party
 * @param userHandle empty for one that is kept by the relying party
 */
public record StoredCredential(
    byte[] id,
    Algorithm algorithm,
    byte[] privateKey,
    byte[] publicKey,
    String rpId,
    byte[] userHandle,
    @Nullable String userName,
    @Nullable String userDisplayName,
    int credProtect) {

  /** The credential level of user verification (CTAP 2.1, section 12.1). */
  public static final int UV_OPTIONAL = 1;

  public static final int UV_OPTIONAL_WITH_LIST = 2;
  public static final int UV_REQUIRED = 3;

  public Map<Object, Object> descriptor() {
    return Map.of("id", id, "type", "public-key");
  }

  /** The user entity; what identifies a person only after user verification. */
  public Map<Object, Object> user(boolean identifying) {
    Map<Object, Object> user = new LinkedHashMap<>();
    user.put("id", userHandle);
    if (identifying && userName != null) {
      user.put("name", userName);
    }
    if (identifying && userDisplayName != null) {
      user.put("displayName", userDisplayName);
    }
    return user;
  }

  public StoredCredential withUser(@Nullable String name, @Nullable String displayName) {
    return new StoredCredential(
        id, algorithm, privateKey, publicKey, rpId, userHandle, name, displayName, credProtect);
  }

  /** Does not show the private key. */
  @Override
  public String toString() {
    return "StoredCredential[rpId=" + rpId + "]";
  }
}
