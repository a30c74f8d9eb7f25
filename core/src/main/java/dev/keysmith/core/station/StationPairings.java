package dev.keysmith.core.station;

import dev.keysmith.core.access.Allowed;
import dev.keysmith.core.access.CodeText;
import dev.keysmith.core.access.Role;
import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.access.ThrottlePolicy;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.Refusals;
import dev.keysmith.core.audit.Subject;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.spi.Bytes;
import dev.keysmith.station.link.Proofs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Issues the codes by which stations are paired, and pairs them. */
@ApplicationScoped
public class StationPairings {

  /** How long a code can be used. */
  public static final Duration LASTS = Duration.ofMinutes(15);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  @Inject Throttle throttle;
  @Inject Audit audit;
  @Inject Refusals refusals;
  @Inject SecureRandom random;
  @Inject Clock clock;

  /**
   * Issues a code that pairs one station within {@link #LASTS}.
   *
   * @return with the code, which the caller erases
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public IssuedPairing issue(Actor by, StationTerms terms) {
    Instant now = clock.instant();
    char[] code = CodeText.random(random);
    char[] hash = CodeText.hash(code);
    try {
      StationPairing pairing = new StationPairing(terms, new String(hash), now, now.plus(LASTS));
      pairing.issuedBy(by.name());
      entities.persist(pairing);
      entities.flush();
      pairing.seal();
      audit.record(
          by,
          "station-pairing.issued",
          Subject.of(StationPairing.KIND, pairing.id(), pairing.name()),
          Map.of("serves", terms.serves().name(), "expires", pairing.expires().toString()));
      return new IssuedPairing(pairing, CodeText.grouped(code));
    } finally {
      Arrays.fill(code, '\0');
      Arrays.fill(hash, '\0');
    }
  }

  /** The codes that can be used now, the newest first. */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public List<StationPairing> open() {
    Instant now = clock.instant();
    return entities
        .createQuery(
            "select p from StationPairing p where p.ended is null and p.expires > :now"
                + " order by p.issued desc, p.id desc",
            StationPairing.class)
        .setParameter("now", now)
        .getResultList();
  }

  /**
   * One pairing, used or not.
   *
   * @throws ProblemException {@code NOT_FOUND}
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public StationPairing find(long id) {
    return found(id);
  }

  private StationPairing found(long id) {
    StationPairing pairing = entities.find(StationPairing.class, id);
    if (pairing == null) {
      throw ProblemException.notFound(StationMessage.NO_SUCH_PAIRING, Long.toString(id));
    }
    return pairing;
  }

  /**
   * Withdraws a code.
   *
   * @throws ProblemException {@code NOT_FOUND}; {@code CONFLICT} if it was used or is over
   */
  @Transactional
  @Allowed(Role.ADMINISTRATOR)
  public void withdraw(Actor by, long id) {
    StationPairing pairing = found(id);
    Instant now = clock.instant();
    if (!pairing.isOpen(now) && !pairing.isChangedOutside()) {
      throw ProblemException.conflict(StationMessage.PAIRING_OVER);
    }
    pairing.withdraw(now);
    audit.record(
        by,
        "station-pairing.withdrawn",
        Subject.of(StationPairing.KIND, id, pairing.name()),
        Map.of());
  }

  /**
   * Pairs a station. The answer is the same for a wrong, an expired and a used code.
   *
   * @param origin of this server, as the station reaches it
   * @param address where the request comes from
   * @throws ProblemException {@code INVALID} if there is no such open code or the proof is wrong;
   *     {@code CONFLICT} if the key is paired already; {@code TOO_MANY} after too many failures
   */
  @Transactional(dontRollbackOn = ProblemException.class)
  public PairedStation pair(PairingRequest request, String origin, String address) {
    char[] code = CodeText.read(request.code()).orElseGet(() -> new char[0]);
    Arrays.fill(request.code(), '\0');
    try {
      Throttle.Attempt attempt = throttle.begin(ThrottlePolicy.PAIRING, address);
      StationPairing pairing = openPairing(code).orElseThrow(() -> refused(address, "code"));
      byte[] statement = Proofs.pairing(origin, code, request.publicKey());
      if (!Proofs.isValid(request.publicKey(), statement, request.proof())) {
        throw refusedProof(address);
      }
      requireUnknown(request.publicKey());
      attempt.succeeded();
      return add(pairing, request, address);
    } finally {
      Arrays.fill(code, '\0');
    }
  }

  /** The lock lets one of two stations at once be the first. */
  private Optional<StationPairing> openPairing(char[] code) {
    if (code.length == 0) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    char[] hash = CodeText.hash(code);
    return entities
        .createQuery("select p from StationPairing p where p.hash = :hash", StationPairing.class)
        .setParameter("hash", new String(hash))
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultStream()
        .filter(pairing -> pairing.isOpen(now))
        .findFirst();
  }

  private ProblemException refused(String address, String what) {
    refusals.refusedWithin(Actor.system(), "station-pairing.refused", address, what);
    return ProblemException.invalid(StationMessage.WRONG_CODE)
        .at("code", ProblemMessage.FIELD_WRONG);
  }

  private ProblemException refusedProof(String address) {
    refusals.refusedWithin(Actor.system(), "station-pairing.refused", address, "proof");
    return ProblemException.invalid(StationMessage.NOT_PROVEN);
  }

  private void requireUnknown(byte[] publicKey) {
    boolean known =
        !entities
            .createQuery("select s.id from PairedStation s where s.publicKey = :key", Long.class)
            .setParameter("key", Bytes.of(publicKey).toBase64Url())
            .getResultList()
            .isEmpty();
    if (known) {
      throw ProblemException.conflict(StationMessage.KEY_KNOWN);
    }
  }

  private PairedStation add(StationPairing pairing, PairingRequest request, String address) {
    Instant now = clock.instant();
    PairedStation station =
        new PairedStation(pairing.terms(), Bytes.of(request.publicKey()), now, pairing.issuedBy());
    station.runs(request.program(), request.system());
    entities.persist(station);
    entities.flush();
    station.seal();
    pairing.use(station.id(), now);
    audit.record(
        Actor.system(),
        "station.paired",
        Stations.subject(station),
        Map.of(
            "pairing", Long.toString(pairing.id()),
            "issued by", pairing.issuedBy(),
            "serves", station.serves().name(),
            "fingerprint", station.fingerprint(),
            "address", address));
    return station;
  }
}
