package dev.keysmith.testing.org.factor;

import com.yubico.webauthn.data.ByteArray;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.testing.org.factor.OrgFactor.Passkey;
import dev.keysmith.testing.org.http.OktaError;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The factors of all users. Thread-safe. */
public final class Factors {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int CHALLENGE_LENGTH = 24;

  private final Map<String, Map<String, OrgFactor>> byUser = new LinkedHashMap<>();
  private final Map<ByteArray, OrgFactor> byCredential = new LinkedHashMap<>();
  private final FactorPolicy policy;
  private final Clock clock;
  private final SecureRandom random;

  /** No factors yet. */
  public Factors(FactorPolicy policy, Clock clock, SecureRandom random) {
    this.policy = policy;
    this.clock = clock;
    this.random = random;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The factors of a user in the order in which they were enrolled. */
  public synchronized List<OrgFactor> of(String userId) {
    Map<String, OrgFactor> factors = byUser.getOrDefault(userId, Map.of());
    Instant oldest = now().minus(policy.pendingLifetime());
    factors.values().removeIf(f -> !f.isActive() && !f.created().isAfter(oldest));
    return List.copyOf(factors.values());
  }

  /** The active ones among {@link #of}. */
  public List<OrgFactor> active(String userId) {
    return of(userId).stream().filter(OrgFactor::isActive).toList();
  }

  /** One factor of a user, or the error that Okta answers. */
  public OrgFactor get(String userId, String factorId) {
    return of(userId).stream()
        .filter(factor -> factor.id().equals(factorId))
        .findFirst()
        .orElseThrow(() -> OktaError.notFound(factorId, "UserFactor"));
  }

  /** The active factor that has this credential. */
  public synchronized Optional<OrgFactor> withCredential(ByteArray credentialId) {
    return Optional.ofNullable(byCredential.get(credentialId));
  }

  /** Every factor. */
  public synchronized Collection<OrgFactor> all() {
    List<OrgFactor> all = new ArrayList<>();
    byUser.values().forEach(factors -> all.addAll(factors.values()));
    return all;
  }

  /** A new pending factor with a challenge of its own. */
  public synchronized OrgFactor enrol(OrgUser user) {
    if (!user.status().permitsEnrolment()) {
      throw OktaError.wrongStatus();
    }
    List<OrgFactor> present = of(user.id());
    if (present.size() >= FactorPolicy.MOST_FACTORS) {
      throw refused("The user has as many factors of this type as are allowed (10).");
    }
    if (policy.onePending() && present.stream().anyMatch(f -> !f.isActive())) {
      throw refused("A factor of this type is already set up.");
    }
    OrgFactor factor =
        new OrgFactor(newId(), user.id(), challenge(), now(), now(), Optional.empty());
    put(factor);
    return factor;
  }

  private static OktaError refused(String cause) {
    return OktaError.invalid("factorEnrollRequest", cause);
  }

  /** Stores what a security key has proved. */
  public synchronized OrgFactor activate(OrgFactor pending, Passkey passkey) {
    if (get(pending.userId(), pending.id()).isActive()
        || byCredential.containsKey(passkey.credentialId())) {
      throw OktaError.invalidPasscode();
    }
    OrgFactor active = pending.with(passkey, now());
    put(active);
    return active;
  }

  /** Stores the signature counter of a sign-in. */
  public synchronized void count(OrgFactor factor, long signatureCount) {
    put(factor.with(factor.passkey().orElseThrow().counted(signatureCount), factor.lastUpdated()));
  }

  /** Removes a factor, or fails as Okta does if it is not there. */
  public synchronized void remove(String userId, String factorId) {
    OrgFactor factor = get(userId, factorId);
    byUser.getOrDefault(userId, Map.of()).remove(factorId);
    factor.passkey().ifPresent(passkey -> byCredential.remove(passkey.credentialId()));
  }

  /** Puts a factor in its place. */
  public synchronized void put(OrgFactor factor) {
    byUser.computeIfAbsent(factor.userId(), id -> new LinkedHashMap<>()).put(factor.id(), factor);
    factor.passkey().ifPresent(passkey -> byCredential.put(passkey.credentialId(), factor));
  }

  private ByteArray challenge() {
    byte[] bytes = new byte[CHALLENGE_LENGTH];
    random.nextBytes(bytes);
    return new ByteArray(bytes);
  }

  private String newId() {
    StringBuilder id = new StringBuilder("fwf");
    while (id.length() < 20) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
