package dev.keysmith.core.operator;

import dev.keysmith.core.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as Argon2id (RFC 9106) in the PHC string format, so that the costs can grow without
 * locking anybody out. The costs are OWASP's for 19 MiB.
 */
final class PasswordHash {

  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final String COSTS = "m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES;
  private static final Pattern FORM =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)");

  /** Each takes its memory: strangers who guess must not be able to take all of it. */
  private static final Semaphore AT_ONCE = new Semaphore(4, true);

  private static final long PATIENCE_SECONDS = 10;

  private PasswordHash() {}

  /** A new hash of a password, which stays the caller's to erase. */
  static String of(char[] password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = argon2(password, new Costs(MEMORY_KIB, PASSES, LANES), salt, HASH_BYTES);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$%s$%s$%s"
        .formatted(COSTS, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  /** Whether this is the password. */
  static boolean matches(char[] password, String stored) {
    Matcher parts = FORM.matcher(stored);
    if (!parts.matches()) {
      throw new IllegalStateException("The stored password hash has an unknown form");
    }
    Costs costs = new Costs(number(parts, 1), number(parts, 2), number(parts, 3));
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    return MessageDigest.isEqual(expected, argon2(password, costs, salt, expected.length));
  }

  /** Whether it was made with other costs than those of today. */
  static boolean isOutdated(String stored) {
    return !stored.startsWith("$argon2id$v=19$" + COSTS + "$");
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static byte[] argon2(char[] password, Costs costs, byte[] salt, int length) {
    acquire();
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] utf8 = new byte[encoded.remaining()];
    try {
      encoded.get(utf8);
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(costs.memoryKib())
              .withIterations(costs.passes())
              .withParallelism(costs.lanes())
              .withSalt(salt)
              .build());
      byte[] hash = new byte[length];
      generator.generateBytes(utf8, hash);
      return hash;
    } finally {
      Arrays.fill(utf8, (byte) 0);
      Arrays.fill(encoded.array(), (byte) 0);
      AT_ONCE.release();
    }
  }

  private static void acquire() {
    boolean acquired = false;
    try {
      acquired = AT_ONCE.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!acquired) {
      throw ProblemException.tooMany(OperatorMessage.SIGN_IN_BUSY);
    }
  }

  private record Costs(int memoryKib, int passes, int lanes) {}
}
