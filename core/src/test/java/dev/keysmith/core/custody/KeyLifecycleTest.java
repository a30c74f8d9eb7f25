package dev.keysmith.core.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.Desk;
import dev.keysmith.testing.key.VirtualKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeyLifecycleTest {

  private static final String PIN = "482913";

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private KeyLifecycle keys;
  private long passkeyId;
  private long keyId;

  @BeforeEach
  void writeAPasskey() {
    desk = new Desk(core, "u1", "u2");
    keys = core.get(KeyLifecycle.class);
    passkeyId = desk.assign("u1");
    VirtualKey key = VirtualKey.builder().serialNumber("VK1").build();
    keyId = desk.session("u1", desk.plug(key), PIN).keyId().orElseThrow();
  }

  @Test
  void putsNoKeyInStockByWhichSomebodyCanSignIn() {
    assertThat(code(() -> keys.restock(Desk.OPERATOR, keyId, null)))
        .isEqualTo("key.passkeys-in-use");
    assertThat(code(() -> keys.restock(Desk.OPERATOR, keyId, PasskeyDisposal.KEEP)))
        .isEqualTo("key.passkeys-in-use");
    assertThat(key(keyId).state()).isEqualTo(SecurityKey.State.ACTIVE);

    keys.restock(Desk.OPERATOR, keyId, PasskeyDisposal.REVOKE);
    core.deliver();

    assertThat(key(keyId).state()).isEqualTo(SecurityKey.State.IN_STOCK);
    assertThat(passkey().state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(entry("key.restocked").details())
        .containsEntry("revoked", passkeyId + " of u1@example.org");
  }

  @Test
  void wantsToBeToldWhatBecomesOfThePasskeysOnALostOrRetiredKey() {
    assertThat(code(() -> keys.lose(Desk.OPERATOR, keyId, null)))
        .isEqualTo("key.passkeys-undecided");
    assertThat(code(() -> keys.retire(Desk.OPERATOR, keyId, null)))
        .isEqualTo("key.passkeys-undecided");

    keys.lose(Desk.OPERATOR, keyId, PasskeyDisposal.KEEP);
    assertThat(passkey().state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(entry("key.lost").details()).containsEntry("kept", passkeyId + " of u1@example.org");

    keys.retire(Desk.OPERATOR, keyId, PasskeyDisposal.REVOKE);
    assertThat(passkey().state()).isEqualTo(Passkey.State.REVOKED);
    keys.restock(Desk.OPERATOR, keyId, null);
    assertThat(key(keyId).ownerId()).isEmpty();
  }

  @Test
  void revokesNoPasskeyThatCameIntoUseAfterThePersonLooked() throws Exception {
    PasskeyDisposal blind = PasskeyDisposal.REVOKE.seeing(List.of());
    KeyReplacement lost = new KeyReplacement(Optional.empty(), SecurityKey.State.LOST);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> keys.lose(Desk.OPERATOR, keyId, blind),
            () -> keys.lose(Desk.OPERATOR, keyId, PasskeyDisposal.KEEP.seeing(List.of(1L))),
            () -> keys.retire(Desk.OPERATOR, keyId, blind),
            () -> keys.restock(Desk.OPERATOR, keyId, blind),
            () -> keys.replace(Desk.OPERATOR, keyId, lost, blind))) {
      assertThat(code(call)).isEqualTo("key.passkeys-changed");
    }
    assertThat(passkey().state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(key(keyId).state()).isEqualTo(SecurityKey.State.ACTIVE);

    restockWithItsPasskeys();
    long other = desk.user("u2").id();
    assertThat(code(() -> keys.assign(Desk.OPERATOR, keyId, other, blind)))
        .isEqualTo("key.passkeys-changed");
    PasskeyDisposal seen = PasskeyDisposal.REVOKE.seeing(List.of(passkeyId, passkeyId + 50));
    keys.assign(Desk.OPERATOR, keyId, other, seen);
    assertThat(passkey().state()).isEqualTo(Passkey.State.REVOKED);
  }

  @Test
  void revokesNothingWhenTheKeyCannotBeChanged() throws Exception {
    restockWithItsPasskeys();

    assertThat(code(() -> keys.lose(Desk.OPERATOR, keyId, PasskeyDisposal.REVOKE)))
        .isEqualTo("key.not-given-out");

    assertThat(passkey().state()).isEqualTo(Passkey.State.ACTIVE);
  }

  /** As an earlier version left it. */
  @Test
  void assignsNoKeyByWhichAnotherUserCanSignIn() throws Exception {
    restockWithItsPasskeys();
    long other = desk.user("u2").id();

    assertThat(code(() -> keys.assign(Desk.OPERATOR, keyId, other, null)))
        .isEqualTo("key.passkeys-in-use");
    assertThat(code(() -> keys.assign(Desk.OPERATOR, keyId, other, PasskeyDisposal.KEEP)))
        .isEqualTo("key.passkeys-in-use");
    assertThat(keys.assign(Desk.OPERATOR, keyId, other, PasskeyDisposal.REVOKE).ownerId())
        .contains(other);
    assertThat(passkey().state()).isEqualTo(Passkey.State.REVOKED);
  }

  @Test
  void givesNoKeyToWhoHasLeft() {
    long stocked = stock("VK2");
    long leaver = desk.user("u2").id();
    desk.provider().remove("u2");
    desk.importAll();

    assertThat(code(() -> keys.assign(Desk.OPERATOR, stocked, leaver, null)))
        .isEqualTo("user.left");
  }

  @Test
  void replacesALostKeyAndPromisesItsPasskeyForTheNewOne() {
    long fresh = stock("VK2");

    KeyLifecycle.Replaced replaced =
        keys.replace(
            Desk.OPERATOR,
            keyId,
            new KeyReplacement(Optional.of(fresh), SecurityKey.State.LOST),
            PasskeyDisposal.REVOKE);
    core.deliver();

    assertThat(key(keyId).state()).isEqualTo(SecurityKey.State.LOST);
    assertThat(key(fresh).ownerId()).contains(desk.user("u1").id());
    assertThat(passkey().state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(replaced.promised().orElseThrow().userId()).isEqualTo(desk.user("u1").id());
    assertThat(entry("key.replaced").details())
        .containsEntry("revoked", passkeyId + " of u1@example.org")
        .hasEntrySatisfying("replacement", it -> assertThat(it).contains("VK2"));
  }

  @Test
  void replacesARetiredKeyByOneThatIsInNoInventoryYet() {
    keys.retire(Desk.OPERATOR, keyId, PasskeyDisposal.REVOKE);

    KeyLifecycle.Replaced replaced =
        keys.replace(
            Desk.OPERATOR,
            keyId,
            new KeyReplacement(Optional.empty(), SecurityKey.State.LOST),
            null);

    assertThat(replaced.old().state()).isEqualTo(SecurityKey.State.RETIRED);
    assertThat(replaced.promised()).isPresent();
  }

  @Test
  void changesNothingWhenTheNewKeyIsNotInStock() {
    desk.assign("u2");
    VirtualKey other = VirtualKey.builder().serialNumber("VK3").build();
    long taken = desk.session("u2", desk.plug(other), PIN).keyId().orElseThrow();
    KeyReplacement replacement = new KeyReplacement(Optional.of(taken), SecurityKey.State.RETIRED);

    assertThat(code(() -> keys.replace(Desk.OPERATOR, keyId, replacement, PasskeyDisposal.REVOKE)))
        .isEqualTo("key.not-in-stock");

    assertThat(key(keyId).state()).isEqualTo(SecurityKey.State.ACTIVE);
    assertThat(passkey().state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void replacesNoKeyThatNobodyHas() {
    long stocked = stock("VK2");
    KeyReplacement replacement = new KeyReplacement(Optional.empty(), SecurityKey.State.LOST);

    assertThat(code(() -> keys.replace(Desk.OPERATOR, stocked, replacement, null)))
        .isEqualTo("key.not-given-out");
    assertThatThrownBy(() -> new KeyReplacement(Optional.empty(), SecurityKey.State.ACTIVE))
        .hasMessageContaining("key.replacement-reason");
  }

  @Test
  void namesTheKeyInTheAuditLogByTagAndSerialNumber() {
    core.get(SecurityKeys.class).tag(Desk.OPERATOR, keyId, "YK-0001");

    keys.lose(Desk.OPERATOR, keyId, PasskeyDisposal.REVOKE);

    assertThat(entry("key.lost").subject().label()).contains("YK-0001", "VK1");
    assertThat(entry("passkey.activated").details()).hasEntrySatisfying("key", this::isNamed);
    assertThat(entry("passkey.revoked").details()).hasEntrySatisfying("key", this::isNamed);
  }

  private void isNamed(String key) {
    assertThat(key).contains("VK1");
  }

  private long stock(String serialNumber) {
    return core.get(SecurityKeys.class)
        .register(
            Desk.OPERATOR,
            new SecurityKey.Facts(
                new UUID(1, 2), "Model", Optional.empty(), Optional.of(serialNumber)),
            "")
        .id();
  }

  private void restockWithItsPasskeys() throws Exception {
    core.inTransaction(() -> core.get(SecurityKeys.class).restock(Desk.OPERATOR, keyId, Map.of()));
  }

  private static String code(ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call).code();
  }

  private SecurityKey key(long id) {
    return core.get(SecurityKeys.class).find(id);
  }

  private Passkey passkey() {
    return core.get(Passkeys.class).find(passkeyId);
  }

  private AuditEntry entry(String action) {
    return core.get(Audit.class).list(PageRequest.first().with("action", action)).items().get(0);
  }
}
