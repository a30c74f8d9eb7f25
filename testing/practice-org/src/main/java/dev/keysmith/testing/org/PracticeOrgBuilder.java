package dev.keysmith.testing.org;

import com.yubico.webauthn.data.UserVerificationRequirement;
import dev.keysmith.testing.org.factor.FactorPolicy;
import dev.keysmith.testing.org.http.ServiceApp;
import dev.keysmith.testing.org.practice.KeyBench;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** What a practice org is like. Everything has a default; a token must be named. */
public final class PracticeOrgBuilder {

  record NewGroup(String name, String description, IntPredicate members) {}

  private static final int MOST_USERS = 1_000_000;

  int port = 0;
  int users = 25;
  int requestsPerMinute = 6_000;
  String name = "Practice org";
  Clock clock = Clock.systemUTC();
  SecureRandom random = new SecureRandom();
  final List<NewGroup> groups = new ArrayList<>();
  final Map<String, Boolean> tokens = new LinkedHashMap<>();
  final List<ServiceApp> apps = new ArrayList<>();
  Optional<Path> stateDirectory = Optional.empty();
  KeyBench bench = KeyBench.NONE;
  private Optional<String> rpId = Optional.empty();
  private boolean requireResidentKey = false;
  private String userVerification = "preferred";
  private String attestation = "direct";
  private Duration pendingLifetime = Duration.ofMinutes(5);
  private boolean onePendingFactor = false;

  PracticeOrgBuilder() {}

  /** The port to listen on; 0, the default, for any free one. */
  public PracticeOrgBuilder port(int port) {
    this.port = port;
    return this;
  }

  /** How many people there are at first: 1 to 1,000,000, 25 by default. */
  public PracticeOrgBuilder users(int count) {
    if (count < 1 || count > MOST_USERS) {
      throw new IllegalArgumentException("A practice org has 1 to " + MOST_USERS + " users");
    }
    this.users = count;
    return this;
  }

  /** A group; {@code members} tells which people, by number from 0, are in it at first. */
  public PracticeOrgBuilder group(String name, String description, IntPredicate members) {
    groups.add(new NewGroup(name, description, members));
    return this;
  }

  /** An API token ({@code SSWS}) of an administrator. */
  public PracticeOrgBuilder token(String token) {
    tokens.put(token, false);
    return this;
  }

  /** An API token of an administrator who may change nothing. */
  public PracticeOrgBuilder readOnlyToken(String token) {
    tokens.put(token, true);
    return this;
  }

  /** A service app that may get tokens by {@code private_key_jwt}. */
  public PracticeOrgBuilder app(ServiceApp app) {
    apps.add(app);
    return this;
  }

  /** Requests per minute for each kind of path; 6,000 by default. */
  public PracticeOrgBuilder requestsPerMinute(int limit) {
    this.requestsPerMinute = limit;
    return this;
  }

  /** The RP ID that creation options name; by default they name none. */
  public PracticeOrgBuilder rpId(String rpId) {
    this.rpId = Optional.of(rpId);
    return this;
  }

  /** Whether creation options require a discoverable credential; not by default. */
  public PracticeOrgBuilder requireResidentKey(boolean required) {
    this.requireResidentKey = required;
    return this;
  }

  /** {@code required}, {@code preferred} (the default) or {@code discouraged}. */
  public PracticeOrgBuilder userVerification(String requirement) {
    this.userVerification = requirement;
    return this;
  }

  /** The attestation that creation options ask for; {@code direct} by default. */
  public PracticeOrgBuilder attestation(String conveyance) {
    this.attestation = conveyance;
    return this;
  }

  /** How long a factor may stay pending; five minutes by default. */
  public PracticeOrgBuilder pendingLifetime(Duration lifetime) {
    this.pendingLifetime = lifetime;
    return this;
  }

  /** Whether a pending factor stands in the way of another; not by default. */
  public PracticeOrgBuilder onePendingFactor(boolean only) {
    this.onePendingFactor = only;
    return this;
  }

  /** What the org is called. */
  public PracticeOrgBuilder name(String name) {
    this.name = name;
    return this;
  }

  /** Where factors and changes to the directory are kept; by default they end with the process. */
  public PracticeOrgBuilder stateDirectory(Path folder) {
    this.stateDirectory = Optional.of(folder);
    return this;
  }

  /** The security keys that the page shows; none by default. */
  public PracticeOrgBuilder bench(KeyBench bench) {
    this.bench = bench;
    return this;
  }

  /** The clock; the system's by default. */
  public PracticeOrgBuilder clock(Clock clock) {
    this.clock = clock;
    return this;
  }

  /** Where challenges come from. */
  public PracticeOrgBuilder random(SecureRandom random) {
    this.random = random;
    return this;
  }

  FactorPolicy policy() {
    return new FactorPolicy(
        name,
        rpId,
        requireResidentKey,
        UserVerificationRequirement.valueOf(userVerification.toUpperCase(java.util.Locale.ROOT)),
        attestation,
        pendingLifetime,
        onePendingFactor);
  }

  /** Starts the org. The caller closes it. */
  public PracticeOrg start() {
    return new PracticeOrg(this);
  }
}
