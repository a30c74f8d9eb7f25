package dev.keysmith.core.enrolment;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.idp.CredentialCreationOptions.Attestation;
import dev.keysmith.spi.idp.CredentialCreationOptions.CredentialDescriptor;
import dev.keysmith.spi.idp.CredentialCreationOptions.RelyingParty;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import dev.keysmith.spi.idp.CredentialCreationOptions.UserEntity;
import dev.keysmith.spi.idp.DirectoryGroup;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.Page;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.idp.RegistrationTicket;
import dev.keysmith.spi.idp.UserQuery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An identity provider in memory whose n-th call about factors can go wrong in every way. */
public final class ScriptedProvider implements IdentityProvider {

  /** Where tests find the users' passkeys. */
  public static final String RP_ID = "login.example.org";

  /** What goes wrong with a call. */
  public enum Fault {
    /** The request never arrives. */
    LOST_REQUEST,
    /** The request takes effect, and the answer is lost. */
    LOST_ANSWER,
    /** The request takes effect later, when the server waits for it no longer. */
    GIVEN_UP,
    /** Too many requests. */
    RATE_LIMITED,
    /** The provider asks for more patience than a person at a desk has. */
    LONG_WAIT,
    /** The provider is broken. */
    BROKEN,
    /** The provider refuses. */
    REJECTED,
    /** The server's process ends before the request. */
    CRASH_BEFORE,
    /** The server's process ends after the request, before its answer is read. */
    CRASH_AFTER
  }

  /** The end of the server's process: it reaches the database no more. */
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Map<String, DirectoryUser> users = new LinkedHashMap<>();
  private final Map<String, Map<String, Factor>> factors = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final Map<Integer, Fault> faults = new LinkedHashMap<>();
  private final Set<String> staff = new LinkedHashSet<>();
  private final List<Runnable> late = new ArrayList<>();
  private int arrivesBefore;
  private int made;
  private boolean excluding = true;
  private Requirement userVerification = Requirement.REQUIRED;
  private Consumer<Error> process = end -> {};
  private String rpId = RP_ID;
  private String origin = "https://" + RP_ID;

  /** From now on passkeys are to be for this relying party. */
  public void asks(String newRpId, String newOrigin) {
    rpId = newRpId;
    origin = newOrigin;
  }

  /**
   * Where it ends the server's process. Its own thread will not do: the server guards itself
   * against what a plugin throws.
   */
  public void inProcess(Consumer<Error> end) {
    process = end;
  }

  private Crash crash() {
    Crash crash = new Crash();
    process.accept(crash);
    return crash;
  }

  /** Adds a user who can be imported. */
  public void user(String id) {
    user(id, Optional.empty());
  }

  /** Adds a user who can be reached by e-mail. */
  public void user(String id, String email) {
    user(id, Optional.of(email));
  }

  private void user(String id, Optional<String> email) {
    DirectoryUser.Status status = DirectoryUser.Status.ACTIVE;
    users.put(id, new DirectoryUser(id, id + "@example.org", "Person " + id, email, status));
  }

  /** Puts a user into the group. */
  public void hire(String id) {
    staff.add(id);
  }

  /** A user leaves the directory. */
  public void remove(String id) {
    users.remove(id);
  }

  /** From now on creation options exclude nothing, as of providers that want resident keys. */
  public void excludeNothing() {
    excluding = false;
  }

  /** From now on creation options ask for this verification of the user. */
  public void askFor(Requirement verification) {
    userVerification = verification;
  }

  /** The n-th call from now on (1 is the next) goes wrong. */
  public void fail(int call, Fault fault) {
    faults.put(calls.size() + call, fault);
  }

  /** What was given up takes effect just before the n-th call from now on. */
  public void arriveBefore(int call) {
    arrivesBefore = calls.size() + call;
  }

  /** What was given up takes effect now. */
  public void arrive() {
    late.forEach(Runnable::run);
    late.clear();
  }

  /** The calls about factors so far, by name of the method. */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** The factors of a user now, without a call. */
  public List<Factor> present(String userId) {
    return List.copyOf(of(userId).values());
  }

  /** An active factor that was made elsewhere. */
  public void activeFromElsewhere(String userId, Bytes credentialId) {
    of(userId).put("other", factor("other", Factor.Status.ACTIVE, Optional.of(credentialId)));
  }

  /** A pending factor that was begun elsewhere. */
  public void pendingOfSomebodyElse(String userId) {
    of(userId).put("theirs", factor("theirs", Factor.Status.PENDING, Optional.empty()));
  }

  @Override
  public PendingRegistration beginRegistration(String userId) {
    return call(
        "begin",
        () -> {
          String id = "f" + ++made;
          of(userId).put(id, factor(id, Factor.Status.PENDING, Optional.empty()));
          return new PendingRegistration(
              new RegistrationTicket(userId, id), options(userId), origin, Optional.empty());
        });
  }

  @Override
  public Factor completeRegistration(
      RegistrationTicket ticket, AuthenticatorAttestationResponse response) {
    return call(
        "complete",
        () -> {
          Factor active =
              factor(ticket.factorId(), Factor.Status.ACTIVE, Optional.of(credentialId(response)));
          of(ticket.userId()).put(ticket.factorId(), active);
          return active;
        });
  }

  @Override
  public void cancelRegistration(RegistrationTicket ticket) {
    call(
        "cancel",
        () -> of(ticket.userId()).values().removeIf(each -> isPending(each, ticket.factorId())));
  }

  private static boolean isPending(Factor factor, String id) {
    return factor.id().equals(id) && factor.status() == Factor.Status.PENDING;
  }

  @Override
  public List<Factor> listFactors(String userId) {
    return call("list", () -> List.copyOf(of(userId).values()));
  }

  @Override
  public void removeFactor(String userId, String factorId) {
    call("remove", () -> of(userId).remove(factorId));
  }

  private <T> T call(String name, Supplier<T> effect) {
    calls.add(name);
    if (calls.size() == arrivesBefore) {
      arrive();
    }
    Fault fault = faults.get(calls.size());
    if (fault == null) {
      return effect.get();
    }
    switch (fault) {
      case LOST_REQUEST, BROKEN -> throw new PluginException(Reason.UNAVAILABLE, "Out of reach.");
      case RATE_LIMITED -> throw PluginException.rateLimited("Slower.", Duration.ZERO);
      case LONG_WAIT ->
          throw PluginException.rateLimited("In some minutes.", Duration.ofMinutes(3));
      case REJECTED -> throw new PluginException(Reason.REJECTED, "Not by our policy.");
      case CRASH_BEFORE -> throw crash();
      case GIVEN_UP -> {
        late.add(effect::get);
        throw new PluginException(Reason.TIMED_OUT, "No answer in time.");
      }
      case LOST_ANSWER -> {
        effect.get();
        throw new PluginException(Reason.UNAVAILABLE, "The answer was lost.");
      }
      case CRASH_AFTER -> {
        effect.get();
        throw crash();
      }
    }
    throw new IllegalStateException();
  }

  private CredentialCreationOptions options(String userId) {
    return new CredentialCreationOptions(
        new RelyingParty(rpId, "Example"),
        new UserEntity(bytes(userId), userId, ""),
        bytes("challenge-" + made).toBase64Url(),
        List.of(-7),
        of(userId).values().stream()
            .flatMap(factor -> factor.credentialId().stream())
            .filter(id -> excluding)
            .map(id -> new CredentialDescriptor(id, List.of()))
            .toList(),
        Requirement.REQUIRED,
        userVerification,
        Attestation.DIRECT);
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Bytes credentialId(AuthenticatorAttestationResponse response) {
    return Bytes.of(
        new AttestationObjectConverter(new ObjectConverter())
            .convert(response.attestationObject().toArray())
            .getAuthenticatorData()
            .getAttestedCredentialData()
            .getCredentialId());
  }

  private Map<String, Factor> of(String userId) {
    return factors.computeIfAbsent(userId, id -> new LinkedHashMap<>());
  }

  private static Factor factor(String id, Factor.Status status, Optional<Bytes> credentialId) {
    return new Factor(id, status, credentialId, Optional.empty(), Optional.empty());
  }

  @Override
  public String check() {
    return "Reached.";
  }

  @Override
  public Page<DirectoryUser> users(UserQuery query, Optional<String> cursor) {
    return new Page<>(
        users.values().stream()
            .filter(user -> !(query instanceof UserQuery.MembersOf) || staff.contains(user.id()))
            .toList(),
        Optional.empty());
  }

  @Override
  public List<DirectoryGroup> groups(String search, int limit) {
    return List.of(new DirectoryGroup("g1", "Staff", Optional.empty()));
  }

  @Override
  public Optional<DirectoryGroup> findGroup(String groupId) {
    return groups("", 1).stream().filter(group -> group.id().equals(groupId)).findFirst();
  }

  @Override
  public Optional<DirectoryUser> findUser(String idOrLogin) {
    return Optional.ofNullable(users.get(idOrLogin));
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
