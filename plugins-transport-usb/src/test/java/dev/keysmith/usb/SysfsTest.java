package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysfsTest {

  private static final HidInterface KEY =
      new HidInterface("1-5.2-1050:0407", 1, 5, "2.3", 1, 2, (byte) 0x84, (byte) 0x04, 34);

  @TempDir Path root;
  private Path device;
  private Path hidInterface;
  private Sysfs sysfs;

  @BeforeEach
  void plugIn() throws IOException {
    device = Files.createDirectories(root.resolve("sys/usb/devices/1-2.3"));
    hidInterface = Files.createDirectories(root.resolve("sys/usb/devices/1-2.3:1.2"));
    Files.createDirectories(root.resolve("dev/001"));
    Files.writeString(device.resolve("devnum"), "5\n");
    sysfs = new Sysfs(root.resolve("sys"), root.resolve("dev"));
  }

  private void bind(String reportDescriptor) throws IOException {
    Path hid = Files.createDirectories(hidInterface.resolve("0003:1050:0407.000A"));
    Files.write(hid.resolve("report_descriptor"), HexFormat.of().parseHex(reportDescriptor));
    Files.createDirectories(hidInterface.resolve("driver"));
  }

  @Test
  void knowsAFidoInterfaceByItsReportDescriptor() throws IOException {
    bind("06d0f10901a1010920150026ff007508954081020921150026ff00750895409102c0");
    assertThat(sysfs.find(KEY)).isEqualTo(Sysfs.Finding.FIDO);
  }

  @Test
  void knowsThatAKeyboardIsNone() throws IOException {
    bind("05010906a101c0");
    assertThat(sysfs.find(KEY)).isEqualTo(Sysfs.Finding.OTHER);
  }

  @Test
  void saysThatAProgramHasAnInterfaceWithADriverButNoReportDescriptor() throws IOException {
    Files.createDirectories(hidInterface.resolve("driver"));
    assertThat(sysfs.find(KEY)).isEqualTo(Sysfs.Finding.TAKEN);
  }

  @Test
  void saysThatAnInterfaceIsFreeWhichAKilledProgramHasLeftWithoutADriver() {
    assertThat(sysfs.find(KEY)).isEqualTo(Sysfs.Finding.FREE);
  }

  @Test
  void knowsNothingWhereThereIsNoSuchFileSystem() {
    Sysfs none = new Sysfs(root.resolve("none"), root.resolve("none"));
    assertThat(none.find(KEY)).isEqualTo(Sysfs.Finding.FREE);
    assertThat(none.text(KEY, "product")).isEmpty();
    assertThat(none.obstacle(KEY)).isEmpty();
  }

  @Test
  void readsWhatTheDeviceSaysOfItself() throws IOException {
    Files.writeString(device.resolve("product"), "Key\n");
    assertThat(sysfs.text(KEY, "product")).contains("Key\n");
  }

  @Test
  void noticesThatAContainerLacksTheFileOfADevice() throws IOException {
    assertThat(sysfs.obstacle(KEY)).contains(Sysfs.Obstacle.NO_FILE);
    Files.createFile(root.resolve("dev/001/005"));
    assertThat(sysfs.obstacle(KEY)).isEmpty();
  }

  @Test
  void doesNotTakeAnotherDeviceAtTheSamePortForThis() throws IOException {
    Files.writeString(device.resolve("devnum"), "6\n");
    assertThat(sysfs.obstacle(KEY)).isEmpty();
  }

  @Test
  void namesWhateverIsPluggedIn() throws IOException {
    Files.createDirectories(root.resolve("sys/hid/devices/0003:1050:0407.000A"));
    Files.createFile(root.resolve("dev/001/005"));

    assertThat(sysfs.names())
        .containsExactlyInAnyOrder("1-2.3", "1-2.3:1.2", "0003:1050:0407.000A", "001/005");
  }

  @Test
  void namesNothingWhereThereIsNoSuchFileSystem() {
    assertThat(new Sysfs(root.resolve("none"), root.resolve("dev")).names()).isEmpty();
  }

  @Test
  void saysWhereTheKeyIs() {
    assertThat(KEY.location()).isEqualTo("USB bus 1, port 2.3");
  }
}
