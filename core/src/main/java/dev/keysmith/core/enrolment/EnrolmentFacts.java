package dev.keysmith.core.enrolment;

import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.idp.RegistrationTicket;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an enrolment under way. Each fact is stored before the next effect, so that a
 * crash at any point can be settled; the row is deleted when the outcome is known.
 */
@Entity
@Table(name = "enrolment")
class EnrolmentFacts {

  @Id
  @Column(name = "passkey_id")
  private long passkeyId;

  private Instant started = Instant.EPOCH;

  @Column(name = "alive_until")
  private @Nullable Instant aliveUntil;

  @Column(name = "pending_before")
  private String pendingBefore = "";

  private String attempt = "";

  private @Nullable String ticket;

  @Column(name = "rp_id")
  private @Nullable String rpId;

  @Column(name = "user_handle")
  private @Nullable String userHandle;

  @Column(name = "held_before")
  private @Nullable String heldBefore;

  @Column(name = "credential_id")
  private @Nullable String credentialId;

  @Column(name = "response_sealed")
  private @Nullable String responseSealed;

  /** For the persistence provider. */
  protected EnrolmentFacts() {}

  /** Fact one: these pending factors were there before, and are not ours. */
  EnrolmentFacts(
      long passkeyId, Collection<String> pendingBefore, Instant now, Instant aliveUntil) {
    this.passkeyId = passkeyId;
    this.pendingBefore = String.join(" ", pendingBefore);
    this.started = now;
    this.aliveUntil = aliveUntil;
    this.attempt = UUID.randomUUID().toString();
  }

  /** Fact two: the identity provider waits for a response under this ticket. */
  void registrationBegun(PendingRegistration registration) {
    ticket = registration.ticket().factorId();
    rpId = registration.options().relyingParty().id();
    userHandle = registration.options().user().id().toBase64Url();
  }

  /** Fact three: the key is about to write, and held these credentials of the account before. */
  void writing(Collection<Bytes> heldBefore) {
    this.heldBefore = String.join(" ", heldBefore.stream().map(Bytes::toBase64Url).toList());
  }

  /** In place of fact four: what the key holds of the account now and did not hold before. */
  void left(List<Bytes> credentialIds) {
    if (credentialIds.isEmpty()) {
      heldBefore = null;
    } else if (credentialIds.size() == 1) {
      credentialId = credentialIds.get(0).toBase64Url();
    }
  }

  /** Fact four: the credential is on the key, and this is its response (sealed). */
  void credentialMade(Bytes credentialId, String responseSealed) {
    this.credentialId = credentialId.toBase64Url();
    this.responseSealed = responseSealed;
  }

  /** Its steps have ended; what is left is to settle it. */
  void ended() {
    aliveUntil = null;
  }

  /** Until when it is taken to be alive; empty once it has ended. */
  Optional<Instant> aliveUntil() {
    return Optional.ofNullable(aliveUntil);
  }

  long passkeyId() {
    return passkeyId;
  }

  /** Tells this attempt from later ones for the same passkey. */
  String attempt() {
    return attempt;
  }

  Instant started() {
    return started;
  }

  /** Empty until the key is about to write, and again once it has proved not to have written. */
  Optional<String> heldBefore() {
    return Optional.ofNullable(heldBefore);
  }

  Set<String> pendingBefore() {
    return pendingBefore.isEmpty() ? Set.of() : Set.of(pendingBefore.split(" "));
  }

  Optional<RegistrationTicket> ticket(String externalUserId) {
    return Optional.ofNullable(ticket)
        .map(factor -> new RegistrationTicket(externalUserId, factor));
  }

  Optional<String> rpId() {
    return Optional.ofNullable(rpId);
  }

  Optional<Bytes> userHandle() {
    return Optional.ofNullable(userHandle).map(Bytes::fromBase64Url);
  }

  Optional<Bytes> credentialId() {
    return Optional.ofNullable(credentialId).map(Bytes::fromBase64Url);
  }

  Optional<String> responseSealed() {
    return Optional.ofNullable(responseSealed);
  }
}
