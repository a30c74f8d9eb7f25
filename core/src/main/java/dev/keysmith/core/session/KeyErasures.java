package dev.keysmith.core.session;

import dev.keysmith.core.custody.ErasedKey;
import dev.keysmith.core.custody.ErasedKey.Evidence;
import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.custody.PendingErasures;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.enrolment.PasskeysOnKeys;
import dev.keysmith.core.key.Audience;
import dev.keysmith.core.key.OpenKey;
import dev.keysmith.core.key.OpenKeys;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.pin.RandomPins;
import dev.keysmith.core.session.KeyIdentification.Identified;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says, before a key is erased, what that would revoke, and records it afterwards. */
@ApplicationScoped
public class KeyErasures {

  @Inject Station station;
  @Inject SecurityKeys keys;
  @Inject Users users;
  @Inject PasskeysOnKeys onKeys;
  @Inject KeyIdentification identification;
  @Inject OpenKeys openKeys;
  @Inject KeyLifecycle lifecycle;
  @Inject PendingErasures pending;
  @Inject RandomPins pins;

  /**
   * What an erasure would revoke.
   *
   * @param key which one of the inventory it is, if that can be told without its PIN
   * @param recognisedBy what tells it
   * @param passkeys those that would be revoked
   * @param candidates keys of the inventory that it may be, if nothing tells: their passkeys would
   *     stay active
   */
  public record Preview(
      Optional<Candidate> key,
      Evidence recognisedBy,
      List<Held> passkeys,
      List<Candidate> candidates) {}

  /**
   * A key of the inventory.
   *
   * @param name what people know it by
   * @param owner login of its owner, if it has one
   */
  public record Candidate(long id, String name, Optional<String> owner) {}

  /**
   * A passkey that would be revoked.
   *
   * @param user login of whose it is
   */
  public record Held(long id, String user) {}

  /** Looks at a plugged key without its PIN. */
  public Preview preview(String transport, String keyId) {
    PluggedKey plugged = station.find(Audience.OPERATORS, transport, keyId);
    try (OpenKey key = openKeys.open(plugged)) {
      return preview(identification.identify(key, Optional.empty()));
    }
  }

  private Preview preview(Identified identified) {
    Stream<Passkey> recorded = identified.keyId().stream().flatMap(id -> onKeys.inUse(id).stream());
    List<Held> passkeys =
        Stream.concat(identified.found().stream().filter(Passkey::isInUse), recorded)
            .map(each -> new Held(each.id(), users.find(each.userId()).login()))
            .distinct()
            .toList();
    return new Preview(
        identified.keyId().map(keys::find).map(this::candidate),
        identified.by(),
        passkeys,
        identified.candidates().stream().map(this::candidate).toList());
  }

  /** Stores what is about to be erased; returns the number by which its end is told. */
  long begin(KeySession session, Identified identified) {
    return pending.begin(session.by(), erased(session, identified));
  }

  private static ErasedKey erased(KeySession session, Identified identified) {
    return new ErasedKey(
        session.plugged().descriptor(), identified.keyId(), identified.by(), identified.found());
  }

  /** The key has refused to erase itself. */
  void refused(long erasure) {
    pending.refused(erasure);
  }

  /** The key has not said whether it erased itself. */
  void unknown(long erasure) {
    pending.unknown(erasure);
  }

  /** Records that a key was erased: its passkeys, its owner and its PIN are no more. */
  @Transactional
  void record(KeySession session, Identified identified, long erasure) {
    lifecycle.erased(session.by(), erased(session, identified));
    pending.recorded(erasure);
    identified.keyId().ifPresent(id -> pins.dropOf(id, Optional.empty()));
  }

  private Candidate candidate(SecurityKey key) {
    return new Candidate(
        key.id(), key.name(), key.ownerId().map(owner -> users.find(owner).login()));
  }
}
