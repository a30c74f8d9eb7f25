package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HidReportDescriptorTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "FIDO key, true, 06d0f10901a1010920150026ff00750895408102 0921150026ff0075089540 9102c0",
    "FIDO with a long page item, true, 07d0f100000901a101c0",
    "keyboard, false, 05010906a101050719e029e71500250175019508 8102c0",
    "vendor page of a keyboard, false, 0660ff0961a1010962150026ff00954075088102c0",
    "FIDO page with another usage, false, 06d0f10902a101c0",
    "keyboard that names FIDO later, false, 05010906a10106d0f10901a101c0c0",
    "FIDO usage in a physical collection, false, 06d0f10901a100c0",
    "empty, false, ''"
  })
  void tellsFidoFromEverythingElse(String what, boolean fido, String descriptor) {
    byte[] bytes = HexFormat.of().parseHex(descriptor.replace(" ", ""));
    assertThat(HidReportDescriptor.isFido(bytes)).isEqualTo(fido);
  }

  @Test
  void readsGarbageToItsEnd() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] garbage = new byte[random.nextInt(40)];
      random.nextBytes(garbage);
      assertThat(HidReportDescriptor.isFido(garbage)).isFalse();
    }
  }
}
