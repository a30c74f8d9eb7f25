package dev.keysmith.testing.usb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.key.usb.KeyboardFunction;
import dev.keysmith.testing.key.usb.UsbDevice;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/** What the plugin leaves to others, and what it says when they have the key. */
@InGuest
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class OtherProgramsIT {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] GET_INFO = {0x04};
  private static final byte[] SELECTION = {0x0B};

  /** Prints the HID drivers' devices: one line each, {@code vendor:product node}. */
  private static final String NODES =
      "for h in /sys/class/hidraw/*; do"
          + " echo $(sed -n 's/^HID_ID=0003:0000\\(.*\\):0000\\(.*\\)/\\1:\\2/p' $h/device/uevent);"
          + " done | sort";

  private static final String KEY = "1209:F1D0";
  private static final String KEY_AND_KEYBOARD = "1209:F1D1";
  private static final String KEYBOARD = "1209:F1D2";

  private final Guest guest;
  private final Room room;
  private final GuestTransport server;
  private final GuestTransport program;
  private final VirtualKey key = VirtualKey.builder().touch(TouchPolicy.byHand()).build();
  private final KeyboardFunction keyboard = KeyboardFunction.of(0x81);

  OtherProgramsIT(Guest guest, Room room) {
    this.guest = guest;
    this.room = room;
    this.server = GuestTransport.start(guest);
    this.program = GuestTransport.start(guest);
  }

  @BeforeEach
  void plugInAKeyboard() {
    room.port(4).plug(UsbDevice.keyboard(keyboard));
  }

  @AfterEach
  void pullOut() {
    for (int number = 1; number <= 4; number++) {
      room.port(number).unplug();
    }
    awaitNodes();
  }

  @AfterAll
  void quit() {
    server.quit();
    program.quit();
  }

  @Test
  void getTheKeyBackWhenItIsClosed() {
    room.port(1).plug(UsbDevice.securityKey(key));
    awaitNodes(KEY, KEYBOARD);
    KeyConnection connection = server.open(server.awaitKeys(1).get(0).id());
    awaitNodes(KEYBOARD);
    assertThat(libfido2Lists()).doesNotContain("product=0xf1d0");
    connection.close();
    awaitNodes(KEY, KEYBOARD);
    assertThat(libfido2Lists()).contains("product=0xf1d0");
  }

  @Test
  void loseTheKeyIfTheyUseItOverTheHidDriver() {
    room.port(1).plug(UsbDevice.securityKey(key));
    awaitNodes(KEY, KEYBOARD);
    String script = "exec 3< /dev/hidraw%s; echo opened; cat <&3".formatted(nodeNumberOfKey());
    try (GuestProcess other = guest.start("/bin/bash", "-c", script)) {
      other.awaitOutput("opened", LONG);
      server.open(server.awaitKeys(1).get(0).id()).close();
      assertThat(other.await(LONG).err()).contains("Input/output error");
    }
  }

  private String nodeNumberOfKey() {
    String find = "ls -d /sys/bus/hid/devices/0003:1209:F1D0.*/hidraw/hidraw*";
    return guest.bash(LONG, find).output().strip().replaceAll(".*hidraw", "");
  }

  @Test
  void keepTheirKeyboardsAllTheTime() {
    KeyboardFunction builtIn = KeyboardFunction.of(0x81);
    room.port(1).plug(UsbDevice.securityKeyBehind(builtIn, key));
    awaitNodes(KEY_AND_KEYBOARD, KEY_AND_KEYBOARD, KEYBOARD);
    try (GuestProcess typed = reader("Virtual keyboard");
        GuestProcess typedByKey = reader("Keysmith virtual key")) {
      try (KeyConnection connection = server.open(server.awaitKeys(1).get(0).id())) {
        awaitNodes(KEY_AND_KEYBOARD, KEYBOARD);
        keyboard.press(4);
        builtIn.press(5);
        assertThat(connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0]).isZero();
        // Had a driver been taken away even for a moment, the reader's file would have ended.
        assertThat(typed.await(LONG).output()).contains("opened\n 00 00 04 00");
        assertThat(typedByKey.await(LONG).output()).contains("opened\n 00 00 05 00");
      }
      awaitNodes(KEY_AND_KEYBOARD, KEY_AND_KEYBOARD, KEYBOARD);
    }
  }

  /** Reads what is typed on the keyboard whose name ends so: two reports. */
  private GuestProcess reader(String name) {
    String script =
        "for h in /sys/class/hidraw/*; do"
            + " grep -q 'HID_NAME=.*%s$' $h/device/uevent && [ -d $h/device/input ]".formatted(name)
            + " && node=/dev/$(basename $h); done;"
            + " exec 3< $node; echo opened; head -c 16 <&3 | od -An -tx1 -v -w16";
    GuestProcess reader = guest.start("/bin/bash", "-c", script);
    reader.awaitOutput("opened\n", LONG);
    return reader;
  }

  @Test
  void areNamedWhenTheyHaveTheKeyAndItComesBackByItself() {
    room.port(1).plug(UsbDevice.securityKey(key));
    KeyConnection taken = program.open(program.awaitKeys(1).get(0).id());
    assertThat(server.listKeys()).as("nothing tells that it is a security key").isEmpty();
    taken.close();
    String keyId = server.awaitKeys(1).get(0).id();

    try (KeyConnection takenAgain = program.open(keyId)) {
      Failures.assertFails(() -> server.open(keyId), Reason.KEY_BUSY, "Another program uses");
      assertThat(server.listKeys()).as("it is still plugged in").hasSize(1);
      assertThat(takenAgain.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0])
          .as("the other program does not notice")
          .isZero();
    }
    try (KeyConnection connection = server.open(keyId)) {
      assertThat(connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0]).isZero();
    }
    awaitNodes(KEY, KEYBOARD);
  }

  @Test
  void getTheKeyBackAfterTheServerWasKilledAndStartedAgain() {
    room.port(1).plug(UsbDevice.securityKey(key));
    awaitNodes(KEY, KEYBOARD);
    GuestTransport killed = GuestTransport.start(guest);
    KeyConnection lost = killed.open(killed.awaitKeys(1).get(0).id());
    Waiting.on(lost, SELECTION).awaitTouchNeeded();
    killed.kill();
    awaitNodes(KEYBOARD);

    GuestTransport again = GuestTransport.start(guest);
    String keyId = again.awaitKeys(1).get(0).id();
    awaitNodes(KEY, KEYBOARD);
    try (KeyConnection connection = again.open(keyId)) {
      Failures.assertFails(
          () -> connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE),
          Reason.KEY_BUSY,
          "a program that was killed");
      key.touch();
      assertThat(connection.exchange(GET_INFO, LONG, KeepAliveListener.NONE)[0]).isZero();
    }
    awaitNodes(KEY, KEYBOARD);
    assertThat(libfido2Lists()).contains("product=0xf1d0");
    again.quit();
  }

  private String libfido2Lists() {
    return guest.run(LONG, "fido2-token", "-L").output();
  }

  /** Waits until Linux's HID driver has exactly these interfaces. */
  private void awaitNodes(String... nodes) {
    guest.await("[ \"$(%s)\" = \"%s\" ]".formatted(NODES, String.join("\n", nodes)));
  }
}
