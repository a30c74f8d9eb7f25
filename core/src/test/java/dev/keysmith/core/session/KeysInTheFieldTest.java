package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.keysmith.core.ctap.AssertionRequest;
import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.core.enrolment.ScriptedProvider;
import dev.keysmith.core.harness.Core;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.KeySession.State;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.CredentialCreationOptions.Requirement;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.Quirks;
import dev.keysmith.testing.key.model.Quirks.Occasion;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that do otherwise than the standard says, as keys in the field do. */
class KeysInTheFieldTest {

  private static final String PIN = "482913";
  private static final Interaction SILENT =
      new Interaction(Duration.ofSeconds(5), KeepAliveListener.NONE);

  @RegisterExtension final Core core = new Core();

  private Desk desk;

  @BeforeEach
  void setUp() {
    desk = new Desk(core, "u1", "u2");
  }

  static Stream<Arguments> waysNotToList() {
    return Stream.of(Model.CTAP_2_1, Model.CTAP_2_1_PRE)
        .flatMap(
            model ->
                Stream.of(Occasion.EMPTY_LIST, Occasion.LIST)
                    .flatMap(
                        occasion ->
                            Stream.of(
                                    "00", "00a0", "01", "27", "2d", "30", "33", "36", "7f", "00ff")
                                .map(answer -> arguments(model, occasion, answer))));
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @MethodSource("waysNotToList")
  void aKeyThatCannotListIsWrittenAndRecognisedInAnotherWay(
      Model model, Occasion occasion, String answer) {
    VirtualKey key = VirtualKey.builder().model(model).serialNumber("0007").build();
    key.quirks(Quirks.NONE.answering(occasion, answer).answering(Occasion.METADATA, answer));
    PluggedKey plugged = desk.plug(key);
    long first = written(plugged, desk.assign("u1"));
    core.get(Passkeys.class).revoke(Desk.OPERATOR, passkeyOf("u1"));
    core.deliver();

    assertThat(written(plugged, desk.assign("u1"))).isEqualTo(first);
    assertThat(key.credentials()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "00a0", "01", "30"})
  void aListOfNothingIsShownAsOne(String answer) {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    desk.session("u1", plugged, PIN);
    key.quirks(Quirks.NONE.answering(Occasion.EMPTY_LIST, answer));

    assertThat(contents(plugged, PIN)).isEmpty();
  }

  @Test
  void aListThatFailsIsNotTakenForAnEmptyOne() {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    written(plugged, desk.assign("u1"));
    key.quirks(Quirks.NONE.answering(Occasion.LIST, "30"));

    assertThatThrownBy(() -> contents(plugged, PIN))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo("key.cannot-list"));
  }

  @Test
  void listsWithoutTheirLengthAreReadToTheEnd() {
    VirtualKey key = VirtualKey.builder().quirks(Quirks.NONE.withoutCounts()).build();
    PluggedKey plugged = desk.plug(key);
    long first = written(plugged, desk.assign("u1"));

    assertThat(contents(plugged, PIN)).hasSize(1);
    assertThat(desk.session("u1", plugged, PIN).keyId()).contains(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2e", "00", "30", "01"})
  void aLeftoverThatDoesNotLetItselfBeDeletedIsReplacedByTheNextPasskey(String answer) {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    long passkey = desk.assign("u1");
    Quirks undeletable = Quirks.NONE.answering(Occasion.DELETE, answer);
    key.quirks(undeletable.answering(Occasion.WRITE, "7f"));
    for (int attempt = 0; attempt < 3; attempt++) {
      KeySession failed = desk.session("u1", plugged, PIN);
      assertThat(failed.state()).isEqualTo(State.FAILED);
      assertThat(failed.entries())
          .extracting(entry -> entry.message().code())
          .contains("session.leftover");
      assertThat(key.credentials()).hasSize(1);
    }
    key.quirks(undeletable);

    written(plugged, passkey);

    assertThat(key.credentials()).hasSize(1);
    assertThat(desk.session("u1", plugged, PIN).entries())
        .extracting(entry -> entry.message().code())
        .doesNotContain("session.leftover");
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "30", "3b", "00ff"})
  void aKeyThatDoesNotTellWhatItHoldsStillReplacesNoPasskeyInUse(String answer) throws Exception {
    VirtualKey key = VirtualKey.builder().build();
    key.quirks(
        Quirks.NONE
            .answering(Occasion.SILENT_ASSERTION, answer)
            .answering(Occasion.METADATA, answer)
            .answering(Occasion.LIST, answer));
    PluggedKey plugged = desk.plug(key);
    written(plugged, desk.assign("u1"));
    var own = key.credentials();
    forgetPasskeys();
    desk.provider().excludeNothing();
    long second = desk.assign("u1");

    KeySession session = desk.session("u1", plugged, PIN);

    assertThat(session.state()).isEqualTo(State.FAILED);
    assertThat(Desk.lastWords(session)).contains("ctap.credential-excluded");
    assertThat(key.credentials()).isEqualTo(own);
    assertThat(core.get(Passkeys.class).find(second).state()).isEqualTo(Passkey.State.ASSIGNED);
  }

  @Test
  void aPasskeyThatTheIdentityProviderDoesNotKnowAnyMoreIsReplaced() throws Exception {
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    written(plugged, desk.assign("u1"));
    forgetPasskeys();
    long second = desk.assign("u1");
    assertThat(Desk.lastWords(desk.session("u1", plugged, PIN))).contains("key.holds-passkey");
    desk.provider()
        .present("u1")
        .forEach(factor -> desk.provider().removeFactor("u1", factor.id()));

    written(plugged, second);

    assertThat(key.credentials()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void aPasskeyIsHiddenFromWhoHasOnlyFoundTheKey(Model model) {
    VirtualKey key = VirtualKey.builder().model(model).build();
    PluggedKey plugged = desk.plug(key);
    written(plugged, desk.assign("u1"));

    try (KeyConnection connection = core.get(Station.class).open(plugged)) {
      AssertionRequest unverified =
          AssertionRequest.of(ScriptedProvider.RP_ID, Bytes.of(new byte[32])).silent();
      Ctap2Client client = new Ctap2Client(connection, new SecureRandom());
      if (model == Model.CTAP_2_0) {
        assertThat(client.getAssertions(unverified, SILENT)).hasSize(1);
      } else {
        assertThatThrownBy(() -> client.getAssertions(unverified, SILENT))
            .isInstanceOfSatisfying(
                CtapException.class,
                e -> assertThat(e.status()).isEqualTo(CtapStatus.NO_CREDENTIALS));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Requirement.class)
  void aPasskeyForWhichNobodyWasVerifiedIsNotHandedIn(Requirement asked) {
    desk.provider().askFor(asked);
    VirtualKey key = VirtualKey.builder().quirks(Quirks.NONE.withoutVerification()).build();
    PluggedKey plugged = desk.plug(key);
    desk.assign("u1");

    assertThat(Desk.lastWords(desk.session("u1", plugged, PIN))).contains("key.not-verified");
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(key.credentials()).isEmpty();

    key.quirks(Quirks.NONE);
    written(plugged, passkeyOf("u1"));
  }

  @Test
  void aKeyThatAttestsAnotherModelThanItSaysIsRefused() {
    VirtualKey key = VirtualKey.builder().build();
    key.quirks(Quirks.NONE.telling(0x03, new byte[16]));
    PluggedKey plugged = desk.plug(key);
    long passkey = desk.assign("u1");

    KeySession session = desk.session("u1", plugged, PIN);

    assertThat(Desk.lastWords(session)).contains("key.another-aaguid", "attested=" + key.aaguid());
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(key.credentials()).isEmpty();
    assertThat(core.get(Passkeys.class).find(passkey).state()).isEqualTo(Passkey.State.ASSIGNED);
  }

  private void forgetPasskeys() throws Exception {
    core.inTransaction(() -> core.entities().createQuery("delete from Passkey p").executeUpdate());
  }

  private List<KeyExaminations.Held> contents(PluggedKey plugged, String pin) {
    return core.get(KeyExaminations.class)
        .contents(Desk.OPERATOR, plugged.transport(), plugged.descriptor().id(), pin.toCharArray());
  }

  private long passkeyOf(String user) {
    return core.get(Passkeys.class)
        .present(desk.user(user).id(), desk.integrationId())
        .map(Passkey::id)
        .orElseThrow();
  }

  private long written(PluggedKey plugged, long passkey) {
    KeySession session = desk.session("u1", plugged, PIN);
    assertThat(session.state()).as(session.entries().toString()).isEqualTo(State.DONE);
    assertThat(core.get(Passkeys.class).find(passkey).state()).isEqualTo(Passkey.State.ACTIVE);
    return session.keyId().orElseThrow();
  }
}
