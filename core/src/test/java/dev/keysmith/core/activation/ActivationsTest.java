package dev.keysmith.core.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.core.access.Throttle;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.imports.ImportPlan;
import dev.keysmith.core.imports.Imports;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.key.SerialNumbers;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.Desk;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.core.session.KeySessions;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationsTest {

  private static final String PIN = "482913";
  private static final String HERE = "192.0.2.1";

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private long userId;

  @BeforeEach
  void setUp() {
    core.restart(Throttle.class);
    desk = new Desk(core, "u1", "u2");
    userId = desk.user("u1").id();
  }

  @Test
  void letsTheOwnerWriteTheOwnPasskey() {
    long passkeyId = desk.assign("u1");
    ActivationSession session = redeem(issue(userId));

    assertThat(core.get(Activations.class).look(session).passkeys())
        .singleElement()
        .matches(waiting -> waiting.integration().equals("Scripted"));
    KeySession written = write(session, PIN);

    assertThat(written.state()).as(Desk.lastWords(written)).isEqualTo(KeySession.State.DONE);
    assertThat(written.by()).isEqualTo(Actor.owner(userId, "u1@example.org"));
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(entries("passkey.activated"))
        .singleElement()
        .matches(entry -> entry.by().kind() == Actor.Kind.OWNER);
  }

  @Test
  void usesACodeUpOnlyWhenAPasskeyIsActive() {
    String code = issue(userId);
    PluggedKey plugged = desk.plug(VirtualKey.builder().build());
    desk.session("u1", plugged, PIN);
    desk.assign("u1");
    ActivationSession session = redeem(code);

    KeySession wrongPin = write(session, plugged, "000111");
    assertThat(wrongPin.state()).isEqualTo(KeySession.State.FAILED);
    assertThat(Desk.lastWords(wrongPin)).contains("key.pin-wrong {attempts=7}");
    assertThat(codeOf(userId)).isEqualTo(ActivationCode.State.OPEN);
    KeySession right = write(session, plugged, PIN);

    assertThat(right.state()).as(Desk.lastWords(right)).isEqualTo(KeySession.State.DONE);
    assertThat(codeOf(userId)).isEqualTo(ActivationCode.State.USED);
    assertThat(core.get(Activations.class).look(session).usedUp()).isTrue();
    assertThatThrownBy(() -> write(session, PIN)).hasMessageContaining("activation.used-up");
    assertThatThrownBy(() -> redeem(code)).hasMessageContaining("activation.code");
  }

  @Test
  void answersTheSameForWrongExpiredUsedAndRevokedCodes() {
    String expired = issue(desk.user("u2").id());
    core.clock().advance(Duration.ofDays(8));
    String revoked = issue(userId);
    core.get(ActivationCodes.class).revoke(Desk.OPERATOR, codes(userId).get(0).id());

    ProblemException first = problem(() -> redeem("AAAA-BBBB-CCCC"));
    for (String code : List.of(expired, revoked, "", "!", "AAAA-BBBB-CCCC-DDDD")) {
      ProblemException next = problem(() -> redeem(code));
      assertThat(next.code()).isEqualTo(first.code());
      assertThat(next.getMessage()).isEqualTo(first.getMessage());
      assertThat(next.fields()).isEqualTo(first.fields());
    }
  }

  @Test
  void takesACodeHoweverItIsTyped() {
    String code = issue(userId);

    assertThat(code).matches("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}");
    String typed = code.toLowerCase(java.util.Locale.ROOT).replace("-", " ").replace('1', 'l');
    assertThat(redeem(typed.replace('0', 'o')).userId()).isEqualTo(userId);
  }

  @Test
  void hasOneOpenCodePerUserAndEndsTheSessionsOfARevokedOne() {
    String first = issue(userId);
    String second = issue(userId);
    assertThatThrownBy(() -> redeem(first)).hasMessageContaining("activation.code");
    Redemptions.Redeemed redeemed = core.get(Redemptions.class).redeem(second.toCharArray(), HERE);
    assertThat(core.get(Redemptions.class).find(redeemed.token())).isPresent();

    core.get(ActivationCodes.class).revoke(Desk.OPERATOR, redeemed.session().codeId());

    assertThat(core.get(Redemptions.class).find(redeemed.token())).isEmpty();
    assertThat(codes(userId))
        .extracting(code -> code.state(core.clock().instant()))
        .containsExactly(ActivationCode.State.REVOKED, ActivationCode.State.REVOKED);
  }

  @Test
  void endsAnHourAfterTheFirstRedemption() {
    String code = issue(userId);
    Redemptions.Redeemed redeemed = core.get(Redemptions.class).redeem(code.toCharArray(), HERE);
    core.clock().advance(Duration.ofMinutes(59));
    redeemed = redeemAgain(code, redeemed);
    core.clock().advance(Duration.ofMinutes(2));

    assertThat(core.get(Redemptions.class).find(redeemed.token())).isEmpty();
    assertThatThrownBy(() -> redeem(code)).hasMessageContaining("activation.code");
    assertThat(
            core.get(ActivationCodes.class)
                .list(PageRequest.first().with("state", "EXPIRED"))
                .total())
        .isEqualTo(1);
  }

  @Test
  void slowsDownWhoGuessesFromOneAddressAndWhoGuessesOneBeginning() {
    String code = issue(userId);
    String beginning = code.substring(0, 4);
    for (int i = 0; i < 10; i++) {
      String from = "198.51.100." + i;
      problem(() -> redeem(beginning + "00000000", from));
    }
    assertThat(problem(() -> redeem(code, HERE)).kind()).isEqualTo(ProblemException.Kind.TOO_MANY);
    core.clock().advance(Duration.ofHours(1));
    for (int i = 0; i < 20; i++) {
      String wrong = "%04d-0000-0000".formatted(i);
      problem(() -> redeem(wrong, HERE));
    }
    assertThat(problem(() -> redeem(code, HERE)).kind()).isEqualTo(ProblemException.Kind.TOO_MANY);
    core.clock().advance(Duration.ofMinutes(1));
    assertThat(redeem(code, HERE).userId()).isEqualTo(userId);
  }

  @Test
  void letsOneBrowserAloneRedeemACodeWhileItsSessionLasts() {
    String code = issue(userId);
    Redemptions.Redeemed first = core.get(Redemptions.class).redeem(code.toCharArray(), HERE);

    assertThat(problem(() -> redeem(code)).code()).isEqualTo("activation.redeemed-elsewhere");
    assertThat(entries("activation-code.refused-elsewhere")).hasSize(1);
    Redemptions.Redeemed again = redeemAgain(code, first);
    assertThat(core.get(Redemptions.class).find(first.token())).isEmpty();
    assertThat(problem(() -> redeemAgain(code, first)).code())
        .isEqualTo("activation.redeemed-elsewhere");

    core.get(Redemptions.class).leave(again.session().id());
    assertThat(redeem(code).userId()).isEqualTo(userId);
  }

  @Test
  void letsAnOwnerWhoLostTheBrowserInByANewCode() {
    String lost = issue(userId);
    Redemptions.Redeemed there = core.get(Redemptions.class).redeem(lost.toCharArray(), HERE);

    assertThat(redeem(issue(userId)).userId()).isEqualTo(userId);

    assertThat(core.get(Redemptions.class).find(there.token())).isEmpty();
  }

  /** Strangers who make beginnings up stop no owner, and get the same answer as for real ones. */
  @Test
  void countsBeginningsThatAreMadeUpApart() {
    String code = issue(userId);
    for (int i = 0; i < 10; i++) {
      String from = "198.51.100." + i;
      problem(() -> redeem("0000-1111-2222", from));
    }

    assertThat(problem(() -> redeem("0000-1111-2222", HERE)).kind())
        .isEqualTo(ProblemException.Kind.TOO_MANY);
    assertThat(problem(() -> redeem("0000-1111-2222", HERE)).kind())
        .isEqualTo(ProblemException.Kind.TOO_MANY);
    // Of each address one, also of the address that was refused before its code was looked at.
    assertThat(entries("activation-code.refused")).hasSize(11);
    assertThat(redeem(code, HERE).userId()).isEqualTo(userId);
  }

  /** Texts that cannot be codes guess at nothing, so strangers' typos stop no other person's. */
  @Test
  void countsTextsThatCannotBeACodeByTheAddressAlone() {
    for (int i = 0; i < 10; i++) {
      String from = "198.51.100." + i;
      problem(() -> redeem("typo", from));
    }

    assertThat(problem(() -> redeem("typo", HERE)).code()).isEqualTo("activation.code");
    for (int i = 0; i < 19; i++) {
      problem(() -> redeem("typo", HERE));
    }
    assertThat(problem(() -> redeem("typo", HERE)).kind())
        .isEqualTo(ProblemException.Kind.TOO_MANY);
  }

  /** In a transaction of its own it would need a second connection while it holds the first. */
  @Test
  void writesARefusalInTheTransactionOfTheRedemption() {
    assertThatThrownBy(
            () ->
                core.inTransaction(
                    () -> {
                      assertThat(problem(() -> redeem("0000-1111-2222")).code())
                          .isEqualTo("activation.code");
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");

    assertThat(entries("activation-code.refused")).isEmpty();
  }

  @Test
  void endsASessionThatWasGivenAnotherUser() throws Exception {
    Redemptions redemptions = core.get(Redemptions.class);
    Redemptions.Redeemed redeemed = redemptions.redeem(issue(userId).toCharArray(), HERE);
    long session = redeemed.session().id();
    assertThat(redemptions.isOpen(session)).isTrue();

    core.inTransaction(
        () ->
            core.entities()
                .createQuery("update ActivationSession s set s.userId = :other")
                .setParameter("other", desk.user("u2").id())
                .executeUpdate());

    assertThat(redemptions.find(redeemed.token())).isEmpty();
    assertThat(redemptions.isOpen(session)).isFalse();
    ActivationSession changed =
        core.inTransaction(() -> core.entities().find(ActivationSession.class, session));
    assertThat(changed.userId()).isEqualTo(desk.user("u2").id());
    assertThat(problem(() -> write(changed, PIN)).code()).isEqualTo("activation.used-up");
  }

  @Test
  void showsTheOwnKeysAndThoseThatAreNobodysAlone() {
    PluggedKey others = initialised("u2", VirtualKey.builder().serialNumber("0002").build());
    PluggedKey own = initialised("u1", VirtualKey.builder().serialNumber("0001").build());
    PluggedKey fresh = desk.plug(VirtualKey.builder().serialNumber("0003").build());
    // Some models show the same serial number on every device; one without a PIN is not that one.
    PluggedKey twin = desk.plug(VirtualKey.builder().serialNumber("0002").build());

    Activations.Keys shown =
        core.get(Activations.class)
            .keys(redeem(issue(userId)), core.get(Station.class).look(), OptionalLong.empty());

    assertThat(shown.keys()).containsExactlyInAnyOrder(own, fresh, twin).doesNotContain(others);
    assertThat(shown.others()).isEqualTo(1);
  }

  @Test
  void refusesAnotherPersonsKeyBeforeAPinIsSpent() {
    VirtualKey key = VirtualKey.builder().serialNumber("0002").build();
    desk.assign("u2");
    PluggedKey others = initialised("u2", key);
    desk.assign("u1");
    ActivationSession session = redeem(issue(userId));

    assertThat(problem(() -> examine(session, others)).code()).isEqualTo("key.not-yours");
    assertThat(problem(() -> write(session, others, "000111")).code()).isEqualTo("key.not-yours");
    assertThat(key.pinRetries()).isEqualTo(8);
    assertThat(entries("key.pin-refused")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void recognisesAnotherPersonsKeyWithoutATellingNumberByThePasskeyOnIt(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).serialNumber("0002").build();
    desk.assign("u2");
    PluggedKey others = initialised("u2", key);
    core.get(SecurityKeys.class)
        .shareSerialNumber(
            Desk.OPERATOR,
            core.get(SerialNumbers.class).bySerialNumber(others.descriptor()).orElseThrow().id());
    ActivationSession session = redeem(issue(userId));

    assertThat(problem(() -> examine(session, others)).code()).isEqualTo("key.not-yours");
    assertThat(Desk.lastWords(write(session, others, "000111"))).contains("key.not-yours");
    assertThat(key.pinRetries()).isEqualTo(8);
  }

  @Test
  void forgivesFewWrongPinsOnAKeyThatMayBeAnotherPersons() {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    setPinElsewhere(plugged);
    ActivationSession session = redeem(issue(userId));
    for (int i = 0; i < 3; i++) {
      write(session, plugged, "00011" + i);
      key.unplug();
      key.plugIn();
    }

    assertThat(problem(() -> write(session, plugged, "000119")).code())
        .isEqualTo("activation.wrong-pins");
    ActivationSession sameCode = redeem(issue(desk.user("u2").id()));
    assertThat(Desk.lastWords(write(sameCode, plugged, "000119")))
        .contains("key.pin-wrong {attempts=4}");
    core.clock().advance(Duration.ofMinutes(1));
    assertThat(write(redeem(issue(userId)), plugged, PIN).state()).isEqualTo(KeySession.State.DONE);
  }

  @Test
  void writesDownWhoTriesPinsOnWhichKey() {
    PluggedKey own = initialised("u1", VirtualKey.builder().serialNumber("0001").build());
    ActivationSession session = redeem(issue(userId));
    write(session, own, "000111");
    write(session, own, PIN);

    assertThat(entries("key.pin-set"))
        .singleElement()
        .matches(entry -> entry.by().equals(Desk.OPERATOR));
    AuditEntry refused = entries("key.pin-refused").get(0);
    assertThat(refused.by()).isEqualTo(Actor.owner(userId, "u1@example.org"));
    assertThat(refused.subject().type()).isEqualTo("key");
    assertThat(refused.subject().label()).contains("0001");
    assertThat(refused.details())
        .containsEntry("attemptsLeft", "7")
        .containsEntry("serialNumber", "0001")
        .containsEntry("user", Long.toString(userId));
    assertThat(refused.details().toString()).doesNotContain("000111");
    assertThat(entries("key.pin-verified"))
        .anyMatch(entry -> entry.by().kind() == Actor.Kind.OWNER);
  }

  @Test
  void writesOneKeyAtATime() {
    VirtualKey waiting = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    desk.assign("u1");
    ActivationSession session = redeem(issue(userId));
    PluggedKey first = desk.plug(waiting);
    PluggedKey second = desk.plug(VirtualKey.builder().build());
    KeySession running = start(session, first, PIN);
    while (!waiting.waitsForTouch() && running.state() == KeySession.State.RUNNING) {
      core.deliver();
      LockSupport.parkNanos(1_000_000);
    }

    assertThat(problem(() -> start(session, second, PIN)).code())
        .isEqualTo("activation.in-session");
    assertThat(core.get(Activations.class).keySessions(session)).containsExactly(running);
    running.cancel();
    ended(running);
  }

  private PluggedKey initialised(String user, VirtualKey key) {
    PluggedKey plugged = desk.plug(key);
    KeySession session = desk.session(user, plugged, PIN);
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(KeySession.State.DONE);
    return plugged;
  }

  private void examine(ActivationSession session, PluggedKey key) {
    core.get(Activations.class).examine(session, key.transport(), key.descriptor().id());
  }

  /** This PIN was set with another program. */
  private void setPinElsewhere(PluggedKey key) {
    try (KeyConnection connection = core.get(Station.class).open(key)) {
      new Ctap2Client(connection, new SecureRandom()).clientPin().setPin(PIN.toCharArray());
    }
  }

  @Test
  void showsNobodyTheKeySessionOfSomebodyElse() {
    ActivationSession one = redeem(issue(userId));
    ActivationSession other = redeem(issue(desk.user("u2").id()));
    String own = write(one, PIN).id();

    assertThat(core.get(Activations.class).keySession(one, own).userId()).contains(userId);
    assertThat(problem(() -> core.get(Activations.class).keySession(other, own)).kind())
        .isEqualTo(ProblemException.Kind.NOT_FOUND);
  }

  @Test
  void givesNoCodeToWhoHasLeft() {
    String code = issue(userId);
    desk.provider().remove("u1");
    core.get(Imports.class)
        .start(
            Desk.OPERATOR,
            desk.integrationId(),
            ImportPlan.whole(ImportPlan.Mode.NEW_AND_UPDATE).evenIfManyLeft());
    core.deliver();

    assertThatThrownBy(() -> redeem(code)).hasMessageContaining("activation.code");
    assertThatThrownBy(() -> issue(userId)).hasMessageContaining("activation.user-left");
  }

  @Test
  void keepsNoCodeThatCouldBeRead() throws Exception {
    String code = issue(userId);

    Object[] row =
        core.inTransaction(
            () ->
                (Object[])
                    core.entities()
                        .createNativeQuery(
                            "select prefix, hash_sealed, mail_sealed from activation_code")
                        .getSingleResult());

    assertThat(row[0]).isEqualTo(code.substring(0, 4));
    assertThat(row[2]).isNull();
    assertThat(row[1].toString()).doesNotContain(code.replace("-", "")).hasSizeGreaterThan(60);
    assertThat(entries("activation-code.issued"))
        .singleElement()
        .matches(entry -> !entry.details().toString().contains(code));
  }

  private String issue(long user) {
    try (IssuedCode issued = core.get(ActivationCodes.class).issue(Desk.OPERATOR, user, false)) {
      return new String(issued.text());
    }
  }

  private Redemptions.Redeemed redeemAgain(String code, Redemptions.Redeemed before) {
    return core.get(Redemptions.class)
        .redeem(code.toCharArray(), HERE, Optional.of(before.token()));
  }

  private ActivationSession redeem(String code) {
    return redeem(code, HERE);
  }

  private ActivationSession redeem(String code, String from) {
    return core.get(Redemptions.class).redeem(code.toCharArray(), from).session();
  }

  private KeySession write(ActivationSession session, String pin) {
    return write(session, desk.plug(VirtualKey.builder().build()), pin);
  }

  private KeySession write(ActivationSession session, PluggedKey key, String pin) {
    return ended(start(session, key, pin));
  }

  private KeySession start(ActivationSession session, PluggedKey key, String pin) {
    return core.get(Activations.class)
        .start(session, key.transport(), key.descriptor().id(), pin.toCharArray());
  }

  private KeySession ended(KeySession begun) {
    long patience = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (core.get(KeySessions.class).find(begun.id()).state() == KeySession.State.RUNNING) {
      assertThat(System.nanoTime()).isLessThan(patience);
      core.deliver();
      LockSupport.parkNanos(1_000_000);
    }
    core.deliver();
    return begun;
  }

  private List<ActivationCode> codes(long user) {
    return core.get(ActivationCodes.class)
        .list(PageRequest.first().with("user", Long.toString(user)))
        .items();
  }

  private ActivationCode.State codeOf(long user) {
    return codes(user).get(0).state(core.clock().instant());
  }

  private List<AuditEntry> entries(String action) {
    return core.get(Audit.class).list(PageRequest.first().with("action", action)).items();
  }

  private static ProblemException problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable c) {
    return catchThrowableOfType(ProblemException.class, c);
  }
}
