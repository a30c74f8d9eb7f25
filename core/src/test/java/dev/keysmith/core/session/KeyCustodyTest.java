package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.custody.KeyLifecycle;
import dev.keysmith.core.custody.PasskeyDisposal;
import dev.keysmith.core.enrolment.ScriptedProvider.Fault;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.key.SecurityKeys;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKey.KeyCredential;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key by which one user can sign in never becomes another user's, in whichever way it comes. */
class KeyCustodyTest {

  private static final String PIN = "482913";
  private static final String WRONG_PIN = "731846";
  private static final int CLIENT_PIN = 0x06;

  @RegisterExtension final Core core = new Core();

  private Desk desk;
  private VirtualKey key;
  private PluggedKey plugged;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2");
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void refusesAKeyWithoutASerialNumberBeforeItsPinIsSpent(Model model) {
    plug(VirtualKey.builder().model(model).build());
    PluggedKey nameless = nameless();
    written("u1", nameless);

    assertRefusedUnspent(nameless, "key.holds-passkey-of-other");
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void refusesAKeyWhoseSerialNumberIsSharedBeforeItsPinIsSpent(Model model) {
    plug(VirtualKey.builder().model(model).serialNumber("0001").build());
    long keyId = written("u1", plugged);
    core.get(SecurityKeys.class).shareSerialNumber(Desk.OPERATOR, keyId);

    assertRefusedUnspent(plugged, "key.holds-passkey-of-other");
  }

  @Test
  void refusesAKeyThatAsksForItsPinAtEachUseBeforeItIsSpent() {
    plug(VirtualKey.builder().alwaysUv(true).build());
    PluggedKey nameless = nameless();
    written("u1", nameless);

    assertRefusedUnspent(nameless, "key.holds-passkey-of-other");
  }

  /** As an earlier version left it: in stock, with a passkey of its former owner. */
  @ParameterizedTest
  @EnumSource(Model.class)
  void refusesAKeyFromStockThatStillHoldsAPasskeyInUse(Model model) throws Exception {
    plug(VirtualKey.builder().model(model).build());
    long keyId = written("u1", plugged);
    core.inTransaction(
        () -> core.get(SecurityKeys.class).restock(Desk.OPERATOR, keyId, java.util.Map.of()));

    assertRefusedUnspent(plugged, "key.holds-passkey-of-other");
    assertThat(core.get(SecurityKeys.class).find(keyId).state())
        .isEqualTo(SecurityKey.State.IN_STOCK);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void isWrittenForAnotherUserOnceItIsErased(Model model) {
    plug(VirtualKey.builder().model(model).build());
    long keyId = written("u1", plugged);
    core.get(KeyLifecycle.class).restock(Desk.OPERATOR, keyId, PasskeyDisposal.REVOKE);
    core.get(KeyLifecycle.class).assign(Desk.OPERATOR, keyId, desk.user("u2").id(), null);
    desk.provider().fail(1, Fault.BROKEN);
    core.deliver();
    assertRefusedUnspent(plugged, "key.removal-pending");

    core.deliverAfter(Duration.ofHours(1));
    assertThat(desk.provider().present("u1")).isEmpty();
    assertRefusedUnspent(plugged, "key.erase-first");

    erase();
    assertThat(written("u2", plugged)).isEqualTo(keyId);
    assertThat(key.credentials()).singleElement().matches(it -> handle(it).equals("u2"));
  }

  @Test
  void isWrittenForAnotherUserAfterAnErasureWhateverTheIdentityProviderStillAccepts() {
    plug(VirtualKey.builder().build());
    written("u1", plugged);
    desk.provider().fail(1, Fault.BROKEN);
    erase();

    written("u2", plugged);

    assertThat(desk.provider().present("u1")).hasSize(1);
    assertThat(key.credentials()).singleElement().matches(it -> handle(it).equals("u2"));
  }

  @Test
  void refusesALostKeyThatSomebodyElseHasFound() {
    plug(VirtualKey.builder().build());
    PluggedKey nameless = nameless();
    long keyId = written("u1", nameless);
    core.get(KeyLifecycle.class).lose(Desk.OPERATOR, keyId, PasskeyDisposal.REVOKE);
    core.deliver();

    assertRefusedUnspent(nameless, "key.erase-first");
    KeySession own = desk.session("u1", nameless, PIN);
    assertThat(code(own)).isEqualTo("key.out-of-use");
  }

  @Test
  void refusesTheKeyOfAUserWhoHasLeft() {
    plug(VirtualKey.builder().build());
    PluggedKey nameless = nameless();
    written("u1", nameless);
    desk.provider().remove("u1");
    desk.importAll();

    assertRefusedUnspent(nameless, "key.holds-passkey-of-other");
  }

  @Test
  void refusesAKeyOfAnotherUserOnWhichThereIsWhatKeysmithHasNotWritten() throws Exception {
    plug(VirtualKey.builder().build());
    long keyId = written("u1", plugged);
    core.inTransaction(() -> core.entities().createQuery("delete from Passkey p").executeUpdate());
    core.get(KeyLifecycle.class).restock(Desk.OPERATOR, keyId, null);
    desk.assign("u2");

    KeySession session = desk.session("u2", plugged, PIN);

    assertThat(code(session)).isEqualTo("key.erase-first");
    assertThat(key.credentials()).hasSize(1);
  }

  @Test
  void writesNothingOnAKeyThatIsTakenFromItsOwnerMeanwhile() {
    plug(VirtualKey.builder().build());
    long passkeyId = desk.assign("u1");

    KeySession session =
        desk.session(
            "u1",
            plugged,
            PIN,
            KeyPolicy.NONE,
            (running, entry) -> {
              if (entry.message().code().equals("session.writing-one")) {
                restock(running, null);
              }
            });

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(session)).contains("key.not-initialised");
    assertThat(key.credentials()).isEmpty();
    assertThat(passkey(passkeyId).state()).isEqualTo(Passkey.State.ASSIGNED);
  }

  @Test
  void revokesThePasskeyThatIsBeingWrittenWhenTheKeyIsPutBackInStock() {
    plug(VirtualKey.builder().touch(TouchPolicy.byHand()).build());
    long passkeyId = desk.assign("u1");

    desk.session(
        "u1",
        plugged,
        PIN,
        KeyPolicy.NONE,
        (running, entry) -> {
          if (entry.touch()) {
            restock(running, PasskeyDisposal.REVOKE);
            key.touch();
          }
        });
    core.deliverAfter(Duration.ofHours(1));

    assertThat(passkey(passkeyId).state()).isEqualTo(Passkey.State.REVOKED);
    assertThat(desk.provider().present("u1")).isEmpty();
  }

  private void restock(KeySession running, PasskeyDisposal choice) {
    core.get(KeyLifecycle.class).restock(Desk.OPERATOR, running.keyId().orElseThrow(), choice);
  }

  /** Neither the PIN nor a wrong one costs an attempt, and nothing is written. */
  private void assertRefusedUnspent(PluggedKey there, String expected) {
    if (core.get(Passkeys.class).promisedTo(desk.user("u2").id()).isEmpty()) {
      desk.assign("u2");
    }
    List<KeyCredential> before = key.credentials();
    int asked = key.requestsSeen(CLIENT_PIN);

    KeySession session = desk.session("u2", there, WRONG_PIN);

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(code(session)).as(Desk.lastWords(session)).isEqualTo(expected);
    // The key is asked at most how many attempts are left, which costs none.
    assertThat(key.requestsSeen(CLIENT_PIN)).isBetween(asked, asked + 1);
    assertThat(key.pinRetries()).isEqualTo(8);
    assertThat(key.credentials()).isEqualTo(before);
    assertThat(code(desk.session("u2", there, PIN))).isEqualTo(expected);
    assertThat(desk.provider().present("u2")).isEmpty();
  }

  private void erase() {
    KeySession reset =
        desk.reset(
            plugged,
            Optional.empty(),
            (session, words) -> {
              if (words.startsWith("session.pull-out")) {
                key.unplug();
              } else if (words.startsWith("session.plug-in")) {
                key.plugIn();
              }
            });
    assertThat(reset.state()).as(Desk.lastWords(reset)).isEqualTo(State.DONE);
  }

  private void plug(VirtualKey made) {
    key = made;
    plugged = desk.plug(made);
  }

  /** As a transport lists it that shows no serial numbers. */
  private PluggedKey nameless() {
    KeyDescriptor seen = plugged.descriptor();
    return new PluggedKey(
        plugged.transport(),
        new KeyDescriptor(seen.id(), seen.product(), seen.location(), Optional.empty()));
  }

  private long written(String user, PluggedKey there) {
    if (core.get(Passkeys.class).promisedTo(desk.user(user).id()).isEmpty()) {
      desk.assign(user);
    }
    KeySession session = desk.session(user, there, PIN);
    assertThat(session.state()).as(Desk.lastWords(session)).isEqualTo(State.DONE);
    assertThat(session.results()).isNotEmpty();
    return session.keyId().orElseThrow();
  }

  private Passkey passkey(long id) {
    return core.get(Passkeys.class).find(id);
  }

  private static String handle(KeyCredential credential) {
    return new String(credential.userHandle().toArray(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private static String code(KeySession session) {
    return session.entries().get(session.entries().size() - 1).message().code();
  }
}
