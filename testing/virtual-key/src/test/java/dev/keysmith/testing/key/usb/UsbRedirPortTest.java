package dev.keysmith.testing.key.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.hid.HidFault;
import dev.keysmith.testing.key.usb.RedirGuest.Packet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class UsbRedirPortTest {

  private static final int CONNECT = 1;
  private static final int DISCONNECT = 2;
  private static final int CONTROL = 100;
  private static final int INTERRUPT = 103;
  private static final String CONFIGURE = "01";
  private static final String IN = "81";
  private static final String INIT = "ffffffff8600080102030405060708";

  @TempDir Path directory;

  private final VirtualKey key = VirtualKey.builder().product("Key").serialNumber("42").build();
  private final FidoFunction fido = FidoFunction.of(key, 0x81, 0x01, 5);
  private final UsbDevice device = UsbDevice.securityKey(fido);
  private UsbRedirPort port;

  @BeforeEach
  void open() throws IOException {
    port = new UsbRedirPort(directory.resolve("port"));
  }

  @AfterEach
  void close() throws IOException {
    port.close();
  }

  @Test
  void greetsAsTheProtocolAsks() throws IOException {
    try (RedirGuest guest = new RedirGuest(port.socket())) {
      Packet hello = guest.hello();
      assertThat(hello.type()).isZero();
      // Version text of 64 bytes, then capabilities 1, 3, 4, 5 and 6.
      assertThat(hello.body()).hasSize(2 * 68).endsWith("7a000000");
    }
  }

  @Test
  void showsWhatWasPluggedInBeforeTheGuestCame() throws IOException {
    port.plug(device);
    try (RedirGuest guest = RedirGuest.greeted(port.socket())) {
      assertShown(guest);
      assertThat(port.connected()).isTrue();
    }
  }

  @Test
  void showsWhatIsPluggedInAfterTheGuestHasCome() throws IOException {
    try (RedirGuest guest = RedirGuest.greeted(port.socket())) {
      awaitConnected();
      port.plug(device);
      assertShown(guest);
    }
  }

  private static void assertShown(RedirGuest guest) throws IOException {
    Packet interfaces = guest.read();
    assertThat(interfaces.type()).isEqualTo(4);
    assertThat(interfaces.body())
        .isEqualTo("01000000" + slots("00") + slots("03") + slots("00") + slots("00"));
    Packet endpoints = guest.read();
    assertThat(endpoints.type()).isEqualTo(5);
    String types = "0003" + "ff".repeat(14);
    String intervals = "0005" + "00".repeat(14);
    String sizes = "40004000" + "0000".repeat(14);
    assertThat(endpoints.body())
        .isEqualTo(types + types + intervals + intervals + slots("00") + sizes + sizes);
    assertThat(guest.read()).isEqualTo(new Packet(CONNECT, 0, "010000000912d0f10001"));
  }

  private static String slots(String first) {
    return first + "00".repeat(31);
  }

  @Test
  void describesTheDevice() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      assertThat(guest.control("8006000100001200", "").body())
          .isEqualTo(
              "80068000" + "00010000" + "1200" + "120100020000004009" + "12d0f1000101020301");
      // Nine bytes of the configuration, whose whole length they tell, as hosts ask at first.
      assertThat(guest.control("8006000200000900", "").body())
          .isEqualTo("80068000" + "00020000" + "0900" + "09022900010100" + "8032");
      assertThat(guest.control("8006010309040600", "").body()).endsWith("12034b006500");
      assertThat(guest.control("800603030904ff00", "").body()).endsWith("0603340032" + "00");
    }
  }

  @Test
  void describesTheInterface() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      configure(guest);
      assertThat(guest.control("8106002200002200", "").body())
          .endsWith("06d0f10901a1010920150026ff007508954081020921150026ff00750895409102c0");
      assertThat(guest.control("8106002100000900", "").body()).endsWith("092111010001222200");
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      configure(guest);
      String deviceQualifier = "8006000600000a00";
      assertThat(guest.control(deviceQualifier, "").body()).isEqualTo("80068004000600000000");
      String descriptorOfAnotherInterface = "8106002201002200";
      assertThat(guest.control(descriptorOfAnotherInterface, "").body()).startsWith("80068104");
      String vendorRequest = "4001000000000000";
      assertThat(guest.control(vendorRequest, "").body()).startsWith("00014004");
      guest.send(6, 9, "02");
      assertThat(guest.read()).isEqualTo(new Packet(8, 9, "0402"));
    }
  }

  @Test
  void keepsReportsUntilTheGuestAsksForThem() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      configure(guest);
      write(guest, INIT);
      guest.send(15, 0, IN);
      assertThat(guest.read()).isEqualTo(new Packet(17, 0, "00" + IN));
      assertThat(guest.read().body()).startsWith(IN + "004000" + "ffffffff8600110102030405060708");

      guest.send(16, 0, IN);
      assertThat(guest.read()).isEqualTo(new Packet(17, 0, "00" + IN));
      write(guest, INIT);
      assertThat(guest.control("8000000000000200", "").type()).isEqualTo(CONTROL);
      guest.send(15, 0, IN);
      assertThat(guest.read().type()).isEqualTo(17);
      assertThat(guest.read().type()).isEqualTo(INTERRUPT);
    }
  }

  @Test
  void takesReportsOverTheControlEndpointToo() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      configure(guest);
      guest.send(15, 0, IN);
      guest.readUntil(17);
      guest.control("2109000200004000", padded(INIT));
      assertThat(guest.readUntil(INTERRUPT).body()).startsWith(IN + "004000" + "ffffffff86");
    }
  }

  @Test
  void refusesReportsToAnEndpointThatIsHaltedOrDoesNotExist() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      guest.send(INTERRUPT, 5, "01004000" + padded(INIT));
      assertThat(guest.read()).as("not configured").isEqualTo(new Packet(INTERRUPT, 5, "01044000"));
      configure(guest);
      guest.send(INTERRUPT, 5, "02004000" + padded(INIT));
      assertThat(guest.read().body()).as("no such endpoint").isEqualTo("02044000");
      assertThat(guest.control("0203000001000000", "").body()).startsWith("00030200");
      guest.send(INTERRUPT, 5, "01004000" + padded(INIT));
      assertThat(guest.read().body()).as("halted").isEqualTo("01044000");
      assertThat(guest.control("0201000001000000", "").body()).startsWith("00010200");
      write(guest, INIT);
    }
  }

  @Test
  void tellsWhenTheDeviceIsPulledOutAndPluggedInAgain() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      configure(guest);
      port.unplug();
      assertThat(key.plugged()).isFalse();
      assertThat(guest.read()).isEqualTo(new Packet(DISCONNECT, 0, ""));

      port.plug(device);
      assertThat(key.plugged()).isTrue();
      // Sent before the guest had noticed, hence meant for the device as it was before.
      guest.send(6, 1, CONFIGURE);
      guest.send(24, 0, "");
      guest.send(7, 2, "");
      assertShown(guest);
      assertThat(guest.read()).isEqualTo(new Packet(8, 2, "0000"));
    }
  }

  @Test
  void aKeyThatLosesItsPowerIsPulledOut() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      key.unplug();
      assertThat(guest.read().type()).isEqualTo(DISCONNECT);
    }
    port.plug(device);
    assertThat(key.plugged()).isTrue();
  }

  @Test
  void aKeyCanBePulledOutInTheMiddleOfAnAnswer() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      configure(guest);
      guest.send(15, 0, IN);
      guest.readUntil(17);
      write(guest, INIT);
      String channel = guest.readUntil(INTERRUPT).body().substring(38, 46);
      fido.inject(HidFault.UNPLUG_IN_TRANSFER);
      write(guest, channel + "90000104");
      assertThat(guest.read().body()).startsWith(IN + "004000" + channel + "90");
      assertThat(guest.read().type()).isEqualTo(DISCONNECT);
    }
  }

  @Test
  void carriesPacketsOfLengthZero() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      configure(guest);
      guest.send(15, 0, IN);
      guest.readUntil(17);
      fido.inject(HidFault.ZERO_LENGTH_READS);
      write(guest, INIT);
      assertThat(guest.read().body()).startsWith(IN + "004000");
      assertThat(guest.read().body()).isEqualTo(IN + "000000");
    }
  }

  @Test
  void aKeyboardTypesBesideTheKey() throws IOException {
    KeyboardFunction keyboard = KeyboardFunction.of(0x81);
    port.plug(UsbDevice.securityKeyBehind(keyboard, key));
    try (RedirGuest guest = connected()) {
      configure(guest);
      guest.send(15, 0, IN);
      guest.readUntil(17);
      keyboard.press(4);
      assertThat(guest.read().body()).isEqualTo(IN + "000800" + "0000040000000000");
      assertThat(guest.read().body()).isEqualTo(IN + "000800" + "0000000000000000");
      guest.send(15, 0, "84");
      guest.readUntil(17);
      guest.send(INTERRUPT, 3, "04004000" + padded(INIT));
      guest.readUntil(INTERRUPT);
      assertThat(guest.read().body()).startsWith("84004000" + "ffffffff86");
    }
  }

  @Test
  void showsTheDeviceToTheNextGuestAfresh() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      configure(guest);
    }
    try (RedirGuest guest = connected()) {
      guest.send(7, 1, "");
      assertThat(guest.read()).isEqualTo(new Packet(8, 1, "0000"));
    }
  }

  @Test
  void takesOneDeviceAtATime() throws IOException {
    port.plug(device);
    assertThatIllegalStateException().isThrownBy(() -> port.plug(device));
    port.close();
    port.close();
    assertThat(key.plugged()).isFalse();
    assertThat(Files.exists(port.socket())).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> port.plug(device));
  }

  static Stream<Arguments> hostilePackets() {
    return Stream.of(
        Arguments.of("an unknown type", 999, 0, ""),
        Arguments.of("a bulk packet", 101, 10, "00".repeat(10)),
        Arguments.of("a second greeting", 0, 64, "00".repeat(64)),
        Arguments.of("two gigabytes", CONTROL, Integer.MAX_VALUE, ""),
        Arguments.of("a negative length", CONTROL, -1, ""),
        Arguments.of("a control header cut short", CONTROL, 9, "00".repeat(9)),
        Arguments.of("data that was not announced", CONTROL, 11, "00092100000000000000" + "00"),
        Arguments.of("data that is missing", CONTROL, 10, "00092100000200004000"),
        Arguments.of("an interrupt packet too large", INTERRUPT, 69, "01004100" + "00".repeat(65)),
        Arguments.of("an interrupt packet too short", INTERRUPT, 4, "01004000"),
        Arguments.of("a report from the host to the host", INTERRUPT, 4, "81000000"),
        Arguments.of("a filter without end", 23, 1 << 20, ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostilePackets")
  void endsTheConnectionOfAGuestThatSends(String what, int type, int length, String body)
      throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      configure(guest);
      guest.send(type, length, 1, body);
      assertThat(guest.ended()).isTrue();
    }
    try (RedirGuest next = connected()) {
      configure(next);
    }
  }

  @Test
  void endsTheConnectionOfAGuestThatLacksCapabilities() throws IOException {
    try (RedirGuest guest = new RedirGuest(port.socket())) {
      guest.sendHello(0b1010);
      assertThat(guest.ended()).isTrue();
    }
  }

  @Test
  void endsTheConnectionOfAGuestThatDoesNotGreet() throws IOException {
    try (RedirGuest guest = new RedirGuest(port.socket())) {
      guest.send(3, 0, "");
      assertThat(guest.ended()).isTrue();
    }
  }

  @Test
  void bearsAGuestThatStopsInTheMiddleOfAPacket() throws IOException {
    port.plug(device);
    try (RedirGuest guest = connected()) {
      guest.send(INTERRUPT, 68, 1, "00".repeat(10));
    }
    try (RedirGuest next = connected()) {
      configure(next);
    }
  }

  /** A guest that has seen the device. */
  private RedirGuest connected() throws IOException {
    RedirGuest guest = RedirGuest.greeted(port.socket());
    guest.readUntil(CONNECT);
    return guest;
  }

  /** Without a device the port says nothing to which the guest could hear that it is there. */
  private void awaitConnected() {
    while (!port.connected()) {
      Thread.onSpinWait();
    }
  }

  private static void configure(RedirGuest guest) throws IOException {
    guest.send(6, 1, CONFIGURE);
    assertThat(guest.read()).isEqualTo(new Packet(8, 1, "00" + CONFIGURE));
  }

  private static void write(RedirGuest guest, String report) throws IOException {
    guest.send(INTERRUPT, 3, "01004000" + padded(report));
    assertThat(guest.read()).isEqualTo(new Packet(INTERRUPT, 3, "01004000"));
  }

  private static String padded(String report) {
    return report + "0".repeat(128 - report.length());
  }
}
