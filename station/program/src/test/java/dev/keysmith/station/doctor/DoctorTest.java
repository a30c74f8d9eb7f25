package dev.keysmith.station.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.station.doctor.Finding.Verdict;
import dev.keysmith.station.fake.FakeServer;
import dev.keysmith.station.fake.FakeTransport;
import dev.keysmith.station.fake.TestAuthority;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.link.LinkVersion;
import dev.keysmith.station.link.TransportState;
import dev.keysmith.station.platform.Sources;
import dev.keysmith.station.plugin.LoadedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

  private static final byte[] FIDO = {0x06, (byte) 0xd0, (byte) 0xf1, 0x09, 0x01};
  private static final byte[] KEYBOARD = {0x05, 0x01, 0x09, 0x06};

  private final List<Finding> findings = new CopyOnWriteArrayList<>();
  private Sources sources = Sources.ofTheSystem();
  private boolean mayOpen = true;
  private Path root;
  private Home home;

  @BeforeEach
  void directories(@TempDir Path directory) throws IOException {
    root = Files.createDirectories(directory.resolve("root"));
    home = new Home(Files.createDirectories(directory.resolve("home")));
  }

  private Doctor doctor() {
    return new Doctor(home, new Machine(root, file -> mayOpen), sources, findings::add);
  }

  private void assertFound(Verdict verdict, String subject, String words) {
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(verdict);
              assertThat(finding.subject()).isEqualTo(subject);
              assertThat(finding.words()).contains(words);
            });
  }

  private void checkServer(FakeServer server, LinkVersion version) throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      other.submit(
          () -> {
            server.next().welcome(version, "a", "a");
            return null;
          });
      doctor().checkServer(Settings.load(home), Optional.of(server.address().toString()));
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void aServerThatIsWellIsToldSo() throws Exception {
    TestAuthority authority = new TestAuthority();
    authority.save(home.directory());
    Settings.change(home, Map.of("ca", "ca.pem"));
    try (FakeServer server = FakeServer.start(authority.server("localhost", Duration.ofDays(10)))) {
      checkServer(server, LinkVersion.CURRENT);
    }
    assertFound(Verdict.OK, "directory", home.directory().toString());
    assertFound(Verdict.WARNING, "pairing", "Add station");
    assertFound(Verdict.OK, "server", "takes connections");
    assertFound(Verdict.OK, "certificate", "valid");
    assertFound(Verdict.OK, "clock", "agrees");
    assertFound(Verdict.OK, "link", "link 1.0");
    assertThat(findings).noneMatch(finding -> finding.verdict() == Verdict.PROBLEM);
  }

  @Test
  void aClockThatIsOffIsToldSo() throws Exception {
    Clock off = Clock.offset(sources.clock(), Duration.ofMinutes(-5));
    sources = new Sources(off, sources.nanos(), sources.pauses(), sources.random());
    try (FakeServer server = FakeServer.start()) {
      checkServer(server, LinkVersion.CURRENT);
    }
    assertFound(Verdict.WARNING, "clock", "timedatectl");
  }

  @Test
  void versionsThatDoNotWorkTogetherAreToldSo() throws Exception {
    try (FakeServer server = FakeServer.start()) {
      checkServer(server, new LinkVersion(2, 0));
    }
    assertFound(Verdict.PROBLEM, "link", "Update the older");
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsToldSo() throws Exception {
    try (FakeServer server =
        FakeServer.start(new TestAuthority().server("localhost", Duration.ofDays(10)))) {
      doctor().checkServer(Settings.load(home), Optional.of(server.address().toString()));
    }
    assertFound(Verdict.PROBLEM, "certificate", "unknown authority");
  }

  @Test
  void aServerThatIsNotThereIsToldSo() throws Exception {
    String address;
    try (FakeServer server = FakeServer.start()) {
      address = server.address().toString();
    }
    doctor().checkServer(Settings.load(home), Optional.of(address));
    assertFound(Verdict.PROBLEM, "server", "firewall");
  }

  @Test
  void anAddressThatIsNoneIsToldSo() throws Exception {
    doctor().checkServer(Settings.load(home), Optional.of("keys.example.com"));
    assertFound(Verdict.PROBLEM, "settings", "https://keys.example.com");
  }

  /** As Linux shows a HID device of a USB device at port 2 of bus 1. */
  private Path plug(byte[] descriptor) throws IOException {
    Path device = Files.createDirectories(root.resolve("sys/devices/usb1/1-2"));
    Files.writeString(device.resolve("busnum"), "1\n");
    Files.writeString(device.resolve("devnum"), "7\n");
    Files.writeString(device.resolve("idVendor"), "1050\n");
    Files.writeString(device.resolve("product"), "YubiKey\n");
    Path hid = Files.createDirectories(device.resolve("1-2:1.0/0003:1050:0407.0001"));
    Files.write(hid.resolve("report_descriptor"), descriptor);
    Files.createDirectories(root.resolve("sys/bus/hid/devices"));
    Files.createSymbolicLink(root.resolve("sys/bus/hid/devices/" + hid.getFileName()), hid);
    return hid;
  }

  private void node() throws IOException {
    Files.createDirectories(root.resolve("dev/bus/usb/001"));
    Files.writeString(root.resolve("dev/bus/usb/001/007"), "");
  }

  private void checkUsb() {
    doctor().checkKeys(List.of(usb()), List.of());
  }

  private static LoadedTransport usb() {
    return new LoadedTransport("usb", Optional.of(new FakeTransport()), Optional.empty());
  }

  @Test
  void aKeyThatMayBeOpenedIsToldSo() throws Exception {
    plug(FIDO);
    node();
    checkUsb();
    assertFound(Verdict.OK, "usb", "YubiKey (USB 1-2) may be opened");
  }

  @Test
  void aKeyThatMayNotBeOpenedIsToldWithTheRule() throws Exception {
    mayOpen = false;
    Path hid = plug(FIDO);
    node();
    checkUsb();
    assertFound(Verdict.PROBLEM, "usb", "keysmith-station doctor --udev-rules | sudo tee");
    assertThat(findings).noneMatch(finding -> finding.words().contains("Add a line"));
    Files.writeString(hid.getParent().getParent().resolve("idVendor"), "abcd");
    checkUsb();
    assertFound(Verdict.PROBLEM, "usb", "Add a line for this maker: ATTR{idVendor}==\"abcd\"");
  }

  @Test
  void aKeyWithoutADeviceFileIsToldSo() throws Exception {
    plug(FIDO);
    checkUsb();
    assertFound(Verdict.PROBLEM, "usb", "has no device file");
  }

  @Test
  void aKeyboardIsNoKey() throws Exception {
    plug(KEYBOARD);
    checkUsb();
    assertFound(Verdict.WARNING, "usb", "no FIDO key");
  }

  @Test
  void aProgramThatHoldsTheKeyIsNamed() throws Exception {
    Path hid = plug(FIDO);
    node();
    Files.createDirectories(hid.resolve("hidraw/hidraw3"));
    Path file = Files.writeString(root.resolve("dev/hidraw3"), "");
    Path process = Files.createDirectories(root.resolve("proc/42/fd")).getParent();
    Files.writeString(process.resolve("comm"), "browser\n");
    Files.createSymbolicLink(process.resolve("fd/9"), file);
    checkUsb();
    assertFound(Verdict.WARNING, "usb", "is open in browser (process 42)");
  }

  @Test
  void aKeyThatWasTakenFromLinuxIsToldSo() throws Exception {
    Path place = Files.createDirectories(root.resolve("sys/bus/usb/devices/1-2:1.0"));
    Files.writeString(place.resolve("bInterfaceClass"), "03\n");
    Path driver = Files.createDirectories(root.resolve("sys/bus/usb/drivers/usbfs"));
    Files.createSymbolicLink(place.resolve("driver"), driver);
    Files.createDirectories(root.resolve("sys/bus/hid/devices"));
    checkUsb();
    assertFound(Verdict.WARNING, "usb", "A program holds the USB device at 1-2:1.0");
    assertThat(findings).noneMatch(finding -> finding.words().contains("no FIDO key"));
  }

  @Test
  void aReaderWithoutPcscdIsToldSo() throws Exception {
    Path place = Files.createDirectories(root.resolve("sys/bus/usb/devices/1-3:1.0"));
    Files.writeString(place.resolve("bInterfaceClass"), "0b\n");
    LoadedTransport pcsc =
        new LoadedTransport("pcsc", Optional.of(new FakeTransport()), Optional.empty());
    doctor().checkKeys(List.of(pcsc), List.of());
    assertFound(Verdict.WARNING, "pcsc", "pcscd does not run");
    Files.createDirectories(root.resolve("run/pcscd"));
    Files.writeString(root.resolve("run/pcscd/pcscd.comm"), "");
    doctor().checkKeys(List.of(pcsc), List.of());
    assertFound(Verdict.OK, "pcsc", "pcscd runs");
  }

  @Test
  void keysAndProblemsOfTransportsAreTold() {
    KeyDescriptor key = new KeyDescriptor("1", "YubiKey", "USB bus 1, port 2", Optional.of("77"));
    doctor()
        .checkKeys(
            List.of(),
            List.of(
                new TransportState("usb", Optional.empty(), List.of(key)),
                new TransportState(
                    "bench",
                    Optional.of(new TransportState.Problem(Reason.UNAVAILABLE, "Nothing answers.")),
                    List.of())));
    assertFound(Verdict.OK, "keys", "usb: YubiKey, USB bus 1, port 2, serial number 77");
    assertFound(Verdict.PROBLEM, "keys", "bench: Nothing answers.");
  }

  @Test
  void theRulesForUdevAreInTheProgram() {
    assertThat(UdevRules.text()).contains("ATTR{idVendor}==\"1050\"");
  }
}
