package dev.keysmith.testing.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.keysmith.core.ctap.CredentialRequest;
import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.Interaction;
import dev.keysmith.core.ctap.MadeCredential;
import dev.keysmith.core.ctap.PinUvAuthToken;
import dev.keysmith.core.ctap.PinUvAuthToken.Permission;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.CredentialCreationOptions;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.hid.HidFault;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.key.usb.FidoFunction;
import dev.keysmith.testing.key.usb.KeyboardFunction;
import dev.keysmith.testing.key.usb.UsbDevice;
import dev.keysmith.testing.key.usb.UsbIdentity;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** The USB plugin keeps to KEY-1 to KEY-5, through libusb and Linux. */
@InGuest
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class KeyTransportIT {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] GET_INFO = {0x04};
  private static final byte[] SELECTION = {0x0B};
  private static final byte CANCELLED = 0x2D;
  private static final CredentialCreationOptions OPTIONS =
      new CredentialCreationOptions(
          new CredentialCreationOptions.RelyingParty("example.org", "An example"),
          new CredentialCreationOptions.UserEntity(Bytes.of((byte) 1), "ann", "Ann"),
          "not used",
          List.of(-7),
          List.of(),
          CredentialCreationOptions.Requirement.REQUIRED,
          CredentialCreationOptions.Requirement.REQUIRED,
          CredentialCreationOptions.Attestation.NONE);

  private final Room room;
  private final GuestTransport transport;
  private final VirtualKey key =
      VirtualKey.builder().product("Virtual key").touch(TouchPolicy.byHand()).build();
  private final FidoFunction fido = FidoFunction.of(key, 0x81, 0x01, 5);
  private final VirtualKey other = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
  private final EchoKey echo = EchoKey.behind(0x8B, 0x05);
  private String keyId = "";
  private String otherId = "";
  private String echoId = "";

  KeyTransportIT(Guest guest, Room room) {
    this.room = room;
    this.transport = GuestTransport.start(guest);
  }

  @BeforeAll
  void plugIn() {
    room.port(1).plug(UsbDevice.securityKey(fido));
    room.port(2).plug(UsbDevice.securityKeyBehind(KeyboardFunction.of(0x81), other));
    UsbIdentity identity = new UsbIdentity(0x1050, 0x0407, "Maker", "Echo", Optional.empty());
    room.port(3).plug(new UsbDevice(identity, List.of(echo)));
    room.port(4).plug(UsbDevice.keyboard(KeyboardFunction.of(0x81)));
    for (KeyDescriptor each : transport.awaitKeys(3)) {
      if (each.product().equals("Echo")) {
        echoId = each.id();
      } else if (each.serialNumber().equals(Optional.of(other.serialNumber()))) {
        otherId = each.id();
      } else {
        keyId = each.id();
      }
    }
  }

  @AfterAll
  void pullOut() {
    transport.quit();
    for (int number = 1; number <= 4; number++) {
      room.port(number).unplug();
    }
  }

  @Test
  void listsKeysAndNothingElse() {
    List<KeyDescriptor> keys = transport.listKeys();

    assertThat(keys)
        .extracting(KeyDescriptor::id)
        .containsExactlyInAnyOrder(keyId, otherId, echoId);
    assertThat(keys)
        .filteredOn(each -> each.id().equals(keyId))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.product()).isEqualTo("Virtual key");
              assertThat(each.serialNumber()).hasValue(key.serialNumber());
              assertThat(each.location()).startsWith("USB bus ").contains(", port ");
            });
    assertThat(transport.listKeys()).as("in a stable order").isEqualTo(keys);
  }

  @Test
  void opensAKeyForOneCallerAlone() {
    List<KeyDescriptor> before = transport.listKeys();
    try (KeyConnection connection = transport.open(keyId)) {
      assertThat(transport.listKeys()).isEqualTo(before);
      Failures.assertFails(() -> transport.open(keyId), Reason.KEY_BUSY, "another session");
      assertThat(connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0]).isZero();
    }
    transport.open(keyId).close();
    assertThat(key.requestsSeen(0x04)).as("opening itself asks for nothing").isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 57, 58, 116, 117, 1000, 7608, 7609})
  void carriesMessagesOfEachLength(int length) {
    byte[] message = new byte[length];
    new Random(length).nextBytes(message);
    message[0] = 1;
    try (KeyConnection connection = transport.open(echoId)) {
      assertThat(connection.exchange(message, LONG, KeepAliveListener.NONE)).isEqualTo(message);
      assertThat(connection.exchange(message, LONG, KeepAliveListener.NONE)).isEqualTo(message);
    }
  }

  @Test
  void carriesAHundredMessagesOneAfterTheOther() {
    try (KeyConnection connection = transport.open(echoId)) {
      for (int i = 0; i < 100; i++) {
        byte[] message = {1, (byte) i};
        assertThat(connection.exchange(message, LONG, KeepAliveListener.NONE)).isEqualTo(message);
      }
    }
  }

  @Test
  void tellsThatTheKeyWaitsForATouch() {
    try (KeyConnection connection = transport.open(keyId)) {
      List<KeepAliveListener.Status> signs = new ArrayList<>();
      byte[] response =
          connection.exchange(
              SELECTION,
              LONG,
              status -> {
                signs.add(status);
                if (signs.size() == 3) {
                  key.touch();
                }
              });
      assertThat(response).containsExactly(0);
      assertThat(signs).contains(KeepAliveListener.Status.USER_PRESENCE_NEEDED);
    }
  }

  @Test
  void givesUpWhenTheTimeIsOverAndGoesOn() {
    try (KeyConnection connection = transport.open(keyId)) {
      Failures.assertFails(
          () -> connection.exchange(SELECTION, Duration.ofMillis(700), KeepAliveListener.NONE),
          Reason.TIMED_OUT,
          "did not finish");
      assertThat(key.waitsForTouch()).isFalse();
      assertThat(connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0]).isZero();
    }
  }

  @Test
  void givesUpAKeyThatIgnoresItToo() {
    try (KeyConnection connection = transport.open(echoId)) {
      Failures.assertFails(
          () ->
              connection.exchange(
                  new byte[] {EchoKey.SILENCE}, Duration.ofMillis(500), KeepAliveListener.NONE),
          Reason.TIMED_OUT,
          "did not finish");
      byte[] message = {1, 2, 3};
      assertThat(connection.exchange(message, LONG, KeepAliveListener.NONE)).isEqualTo(message);
    }
  }

  @Test
  void cancelsFromAnotherThread() {
    try (KeyConnection connection = transport.open(keyId)) {
      connection.cancel();
      byte[] response = connection.exchange(SELECTION, LONG, status -> connection.cancel());
      assertThat(response).containsExactly(CANCELLED);
      assertThat(connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0]).isZero();
    }
  }

  @Test
  void endsTheExchangeWhenTheConnectionIsClosed() {
    KeyConnection connection = transport.open(keyId);
    byte[] response = connection.exchange(SELECTION, LONG, status -> connection.close());
    assertThat(response).containsExactly(CANCELLED);
    assertThat(key.waitsForTouch()).isFalse();
    assertThatCode(connection::close).doesNotThrowAnyException();
    Failures.assertFails(
        () -> connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE),
        Reason.KEY_ABSENT,
        "closed");
    transport.open(keyId).close();
  }

  @Test
  void servesTwoKeysAtOnce() {
    try (KeyConnection first = transport.open(keyId);
        KeyConnection second = transport.open(otherId)) {
      Waiting one = Waiting.on(first, SELECTION);
      Waiting two = Waiting.on(second, SELECTION);
      one.awaitTouchNeeded();
      two.awaitTouchNeeded();
      other.touch();
      assertThat(two.response()).containsExactly(0);
      assertThat(one.over()).isFalse();
      key.touch();
      assertThat(one.response()).containsExactly(0);
    }
  }

  /** Neither is touched before both wait, so that all else has gone on at the same time, too. */
  @Test
  void enrolsOnTwoKeysAtOnce() {
    CountDownLatch bothWait = new CountDownLatch(2);
    try (KeyConnection first = transport.open(keyId);
        KeyConnection second = transport.open(otherId)) {
      CompletableFuture<MadeCredential> one =
          CompletableFuture.supplyAsync(
              () -> enrol(first, key, bothWait), task -> new Thread(task).start());
      CompletableFuture<MadeCredential> two =
          CompletableFuture.supplyAsync(
              () -> enrol(second, other, bothWait), task -> new Thread(task).start());
      assertThat(Waiting.result(one).credential().credentialId())
          .isNotEqualTo(Waiting.result(two).credential().credentialId());
    }
    assertThat(key.credentials()).hasSize(1);
    assertThat(other.credentials()).hasSize(1);
  }

  private static MadeCredential enrol(
      KeyConnection connection, VirtualKey key, CountDownLatch bothWait) {
    Ctap2Client client = new Ctap2Client(connection, new SecureRandom());
    char[] pin = "482913".toCharArray();
    client.clientPin().setPin(pin);
    try (PinUvAuthToken token =
        client.clientPin().token(pin, Set.of(Permission.MAKE_CREDENTIAL), "example.org")) {
      Interaction touchWhenBothWait =
          new Interaction(
              LONG,
              status -> {
                if (status == KeepAliveListener.Status.USER_PRESENCE_NEEDED) {
                  bothWait.countDown();
                  Waiting.await(bothWait);
                  key.touch();
                }
              });
      return client.makeCredential(
          CredentialRequest.of(OPTIONS, Bytes.of(new byte[32])).verifiedBy(token),
          touchWhenBothWait);
    }
  }

  /** CTAPHID's own faults: each ends in an answer or in a clear error, and the key works on. */
  @ParameterizedTest
  @EnumSource(value = HidFault.class, names = "UNPLUG_IN_TRANSFER", mode = Mode.EXCLUDE)
  void outlivesWhatGoesWrongOnTheWire(HidFault fault) {
    try (KeyConnection connection = transport.open(keyId)) {
      fido.inject(fault);
      try {
        byte[] response =
            connection.exchange(GET_INFO, Duration.ofSeconds(3), KeepAliveListener.NONE);
        assertThat(response[0]).isZero();
      } catch (PluginException e) {
        assertThat(e.reason()).isIn(Reason.UNAVAILABLE, Reason.TIMED_OUT);
      }
      assertThat(connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0]).isZero();
    }
    transport.open(keyId).close();
  }

  @Test
  void doesNotKnowAKeyThatWasNeverThere() {
    Failures.assertFails(
        () -> transport.open("1-99.0-1234:5678"), Reason.KEY_ABSENT, "not plugged in");
  }

  @Test
  void opensAndClosesAgainAndAgain() {
    for (int i = 0; i < 10; i++) {
      try (KeyConnection connection = transport.open(otherId)) {
        byte[] response = connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE);
        assertThat(Arrays.copyOf(response, 1)).containsExactly(0);
      }
    }
  }
}
