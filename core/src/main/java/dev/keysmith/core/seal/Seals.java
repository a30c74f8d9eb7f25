package dev.keysmith.core.seal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Seals values that anybody may read and the server alone may write: a message authentication code
 * under the master key. It is the tag of AES-GCM over nothing, with the values as associated data
 * (GMAC, NIST SP 800-38D, section 3); so the keys that secrets have serve here, and their rotation.
 */
@ApplicationScoped
public class Seals {

  private static final byte[] NOTHING = new byte[0];

  /** Of one kind; more are found by {@link SealWalk} when these have been mended. */
  private static final int MOST_MET = 1000;

  @Inject KeyRing keys;

  private final Map<String, Set<Long>> met = new HashMap<>();

  /**
   * The seal of values.
   *
   * @param purpose what the values are, for instance {@code operator}: a seal for one purpose is
   *     none for another
   * @param values in an order that stays
   */
  public String seal(String purpose, List<String> values) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(keys.encrypt(NOTHING, joined(purpose, values)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The values of " + purpose + " cannot be sealed", e);
    }
  }

  /** Whether a seal is that of these values; none is that of nothing. */
  public boolean holds(@Nullable String seal, String purpose, List<String> values) {
    if (seal == null) {
      return false;
    }
    try {
      return keys.decrypt(Base64.getUrlDecoder().decode(seal), joined(purpose, values)).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A row with a wrong seal was read. */
  synchronized void met(String kind, long id) {
    Set<Long> ids = met.computeIfAbsent(kind, key -> new TreeSet<>());
    if (ids.size() < MOST_MET) {
      ids.add(id);
    }
  }

  /** The rows with a wrong seal that were read since this was asked last. */
  synchronized Set<Long> takeMet(String kind) {
    Set<Long> ids = met.remove(kind);
    return ids == null ? Set.of() : ids;
  }

  /** Each with its length, so that no two lists are joined alike. */
  public static byte[] joined(String purpose, List<String> values) {
    byte[][] parts = new byte[values.size() + 1][];
    parts[0] = purpose.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < values.size(); i++) {
      parts[i + 1] = values.get(i).getBytes(StandardCharsets.UTF_8);
    }
    int length = Arrays.stream(parts).mapToInt(part -> Integer.BYTES + part.length).sum();
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      all.putInt(part.length).put(part);
    }
    return all.array();
  }
}
