package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.audit.Audit;
import dev.keysmith.core.audit.AuditEntry;
import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.custody.ErasedKey.Evidence;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which key of the inventory an erased one was, and what becomes of its passkeys. */
class ErasedKeyTest {

  private static final String PIN = "482913";

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private long passkeyId;
  private long keyId;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2");
    desk.listWithoutSerialNumbers();
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void recognisesAKeyWithoutASerialNumberByItsPasskeysAndRevokesThem(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).build();
    PluggedKey nameless = written(key);

    KeySession reset = erase(key, nameless, request(nameless, Optional.empty(), false), "");

    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
    assertThat(reset.keyId()).contains(keyId);
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(core.get(SecurityKeys.class).find(keyId).state())
        .isEqualTo(SecurityKey.State.IN_STOCK);
    assertThat(entry().details())
        .containsEntry("recognised", "PASSKEYS")
        .containsEntry("revoked", passkeyId + " of u1@example.org");
    assertThat(entry().subject().id()).isEqualTo(Long.toString(keyId));
  }

  @Test
  void erasesNoKeyThatMayBeOneOfTheInventoryWithoutAWord() {
    written(VirtualKey.builder().build());
    VirtualKey other = VirtualKey.builder().build();
    PluggedKey there = used(other);

    KeySession reset = erase(other, there, request(there, Optional.empty(), false), "");

    assertThat(reset.state()).isEqualTo(State.FAILED);
    assertThat(code(reset)).isEqualTo("key.unrecognised");
    assertThat(other.hasPin()).isTrue();
  }

  @Test
  void erasesItOnTheWordThatNobodyKnowsWhichOneItIs() {
    written(VirtualKey.builder().build());
    VirtualKey other = VirtualKey.builder().build();
    PluggedKey there = used(other);

    KeySession reset = erase(other, there, request(there, Optional.empty(), true), "");

    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
    assertThat(entry().details()).containsEntry("recognised", "NONE").doesNotContainKey("revoked");
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void revokesWhatIsOnTheKeyThatTheOperatorNames() {
    written(VirtualKey.builder().build());
    VirtualKey same = VirtualKey.builder().build();
    PluggedKey there = used(same);

    erase(same, there, request(there, Optional.of(keyId), false), "");

    assertThat(entry().details()).containsEntry("recognised", "OPERATOR").containsKey("revoked");
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.REVOKED);
  }

  @Test
  void erasesNothingIfAPasskeyCameIntoUseAfterThePersonLooked() {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey there = written(key);
    KeyReset unseen =
        new KeyReset(
            "virtual",
            there.descriptor().id(),
            Optional.of(keyId),
            false,
            Optional.of(Set.of(passkeyId + 1)),
            "erase");

    KeySession reset = erase(key, there, unseen, PIN);

    assertThat(reset.state()).isEqualTo(State.FAILED);
    assertThat(code(reset)).isEqualTo("key.passkeys-changed");
    assertThat(key.hasPin()).isTrue();
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void believesTheKeyMoreThanTheOperator() {
    written(VirtualKey.builder().build());
    VirtualKey other = VirtualKey.builder().build();
    PluggedKey there = used(other);

    KeySession reset = erase(other, there, request(there, Optional.of(keyId), false), PIN);

    assertThat(code(reset)).isEqualTo("key.is-another");
    assertThat(other.hasPin()).isTrue();
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void erasesAKeyThatListsNothingOfKeysmithsWithoutAskingWhichOneItIs() {
    written(VirtualKey.builder().build());
    VirtualKey other = VirtualKey.builder().build();
    PluggedKey there = used(other);

    KeySession reset = erase(other, there, request(there, Optional.empty(), false), PIN);

    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void erasesNothingWithAWrongPin() {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey there = written(key);

    KeySession reset = erase(key, there, request(there, Optional.empty(), false), "731846");

    assertThat(reset.state()).isEqualTo(State.FAILED);
    assertThat(key.pinRetries()).isEqualTo(7);
    assertThat(key.credentials()).hasSize(1);
  }

  @Test
  void revokesThePasskeyThatIsStillToBeSettled() {
    VirtualKey key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
    PluggedKey there = desk.plug(key);
    passkeyId = desk.assign("u1");
    KeySession interrupted =
        desk.session(
            "u1",
            there,
            PIN,
            KeyPolicy.NONE,
            (running, entry) -> {
              if (entry.touch()) {
                enable(false);
                key.touch();
              }
            });
    keyId = interrupted.keyId().orElseThrow();
    key.touchPolicy(TouchPolicy.automatic());
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.ENROLLING);

    erase(key, there, request(there, Optional.of(keyId), false), "");
    enable(true);
    core.deliverAfter(Duration.ofHours(1));

    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(desk.provider().present("u1")).isEmpty();
  }

  @Test
  void saysBeforeWhatAnErasureWouldRevoke() {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey there = written(key);
    VirtualKey other = VirtualKey.builder().build();
    PluggedKey unknown = used(other);
    KeyErasures erasures = core.get(KeyErasures.class);

    KeyErasures.Preview known = erasures.preview("virtual", there.descriptor().id());
    KeyErasures.Preview open = erasures.preview("virtual", unknown.descriptor().id());

    assertThat(known.recognisedBy()).isEqualTo(Evidence.PASSKEYS);
    assertThat(known.passkeys()).containsExactly(new KeyErasures.Held(passkeyId, "u1@example.org"));
    assertThat(open.key()).isEmpty();
    assertThat(open.candidates())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.id()).isEqualTo(keyId);
              assertThat(it.owner()).contains("u1@example.org");
            });
    assertThat(key.pinRetries()).isEqualTo(8);
  }

  private void enable(boolean on) {
    core.get(Integrations.class).enable(Desk.OPERATOR, desk.integrationId(), on);
  }

  /** Writes a passkey for the first user on a key that shows no serial number. */
  private PluggedKey written(VirtualKey key) {
    PluggedKey nameless = desk.plug(key);
    passkeyId = desk.assign("u1");
    keyId = desk.session("u1", nameless, PIN).keyId().orElseThrow();
    return nameless;
  }

  /** A PIN was set with another program. */
  private PluggedKey used(VirtualKey key) {
    PluggedKey there = desk.plug(key);
    try (KeyConnection connection = core.get(Station.class).open(there)) {
      new Ctap2Client(connection, new SecureRandom()).clientPin().setPin(PIN.toCharArray());
    }
    return there;
  }

  private KeySession erase(VirtualKey key, PluggedKey there, KeyReset request, String pin) {
    return desk.reset(
        there,
        request,
        pin,
        (session, words) -> {
          if (words.startsWith("session.pull-out")) {
            key.unplug();
          } else if (words.startsWith("session.plug-in")) {
            key.plugIn();
          }
        });
  }

  private static KeyReset request(PluggedKey there, Optional<Long> known, boolean unrecognised) {
    return new KeyReset("virtual", there.descriptor().id(), known, unrecognised, "erase");
  }

  private AuditEntry entry() {
    return core.get(Audit.class)
        .list(PageRequest.first().with("action", "key.reset"))
        .items()
        .get(0);
  }

  private static String code(KeySession session) {
    return session.entries().get(session.entries().size() - 1).message().code();
  }
}
