package dev.keysmith.usb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CachedUsbScanTest {

  private Set<String> names = Set.of("usb1");
  private Supplier<List<KeyDescriptor>> keys = List::of;
  private int surveys;
  private final CachedUsbScan glance =
      new CachedUsbScan(
          () -> names,
          () -> {
            surveys++;
            return keys.get();
          });

  private void plugIn(String name) {
    names = Set.of("usb1", name);
    keys = () -> List.of(new KeyDescriptor(name, "Key", "port", Optional.empty()));
  }

  private void glances(int count) {
    for (int i = 0; i < count; i++) {
      glance.get();
    }
  }

  @Test
  void asksLibusbOnceWhileNothingChanges() {
    glances(50);
    assertThat(surveys).isEqualTo(1);
  }

  @Test
  void asksLibusbEveryTenSecondsAllTheSame() {
    glances(101);
    assertThat(surveys).isEqualTo(3);
    assertThat(glance.pause().multipliedBy(50)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void seesAKeyOnceItsNamesHaveComeToRest() {
    glances(3);
    plugIn("1-2");
    assertThat(glance.get()).isEmpty();
    assertThat(surveys).isEqualTo(1);
    assertThat(glance.get()).hasSize(1);
    glances(5);
    assertThat(surveys).isEqualTo(2);
  }

  @Test
  void seesAKeyThatComesBackAtTheSamePort() {
    plugIn("001/005");
    glances(2);
    plugIn("001/006");
    glances(1);
    assertThat(glance.get()).singleElement().extracting(KeyDescriptor::id).isEqualTo("001/006");
  }

  @Test
  void doesNotWaitForEverForNamesToComeToRest() {
    glances(3);
    for (int i = 0; i < 3; i++) {
      plugIn("1-" + i);
      glances(1);
    }
    assertThat(surveys).isEqualTo(2);
    assertThat(glance.get()).hasSize(1);
  }

  @Test
  void repeatsWhatIsWrongWithoutAskingAgainUntilSomethingChanges() {
    keys =
        () -> {
          throw new PluginException(Reason.MISCONFIGURED, "No library.");
        };
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(glance::get).hasMessage("No library.");
    }
    assertThat(surveys).isEqualTo(1);
    plugIn("1-2");
    assertThatThrownBy(glance::get).hasMessage("No library.");
    assertThat(glance.get()).hasSize(1);
  }

  @Test
  void asksLibusbEachTimeWhereTheSystemGivesNoNames() {
    names = Set.of();
    glances(3);
    assertThat(surveys).isEqualTo(3);
    assertThat(glance.pause()).isEqualTo(Duration.ofMillis(400));
  }
}
