package dev.keysmith.testing.key;

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
record StoredCredential(
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
  static final int UV_OPTIONAL = 1;

  static final int UV_OPTIONAL_WITH_LIST = 2;
  static final int UV_REQUIRED = 3;

  Map<Object, Object> descriptor() {
    return Map.of("id", id, "type", "public-key");
  }

  /** The user entity; what identifies a person only after user verification. */
  Map<Object, Object> user(boolean identifying) {
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

  StoredCredential withUser(@Nullable String name, @Nullable String displayName) {
    return new StoredCredential(
        id, algorithm, privateKey, publicKey, rpId, userHandle, name, displayName, credProtect);
  }

  /** Does not show the private key. */
  @Override
  public String toString() {
    return "StoredCredential[rpId=" + rpId + "]";
  }
}
