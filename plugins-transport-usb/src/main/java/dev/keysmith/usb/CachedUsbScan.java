package dev.keysmith.usb;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyDescriptor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are plugged in, for one who asks several times a second: the names that Linux gives
 * to devices are read each time, and libusb is asked only when they have changed.
 *
 * <p>A device shows up part by part. Libusb is asked once the names have come to rest, so that an
 * interface whose driver is about to take it is not mistaken for one that is free.
 */
final class CachedUsbScan implements Supplier<List<KeyDescriptor>> {

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration PAUSE_WITHOUT_NAMES = Duration.ofMillis(400);

  /** Glances at names that go on changing; with a survey a change is still told in a second. */
  private static final int LONGEST_UNREST = 2;

  /** Glances until libusb is asked all the same, in case that names do not show everything. */
  private static final int LONGEST_REST = 50;

  private final Supplier<Set<String>> names;
  private final Supplier<List<KeyDescriptor>> survey;
  private Set<String> before = Set.of();
  private @Nullable Set<String> surveyed;
  private int glances;
  private int unrest;
  private List<KeyDescriptor> keys = List.of();
  private @Nullable PluginException failure;

  /**
   * @param names of all that is plugged in; none where the system does not give any
   * @param survey asks libusb
   */
  CachedUsbScan(Supplier<Set<String>> names, Supplier<List<KeyDescriptor>> survey) {
    this.names = names;
    this.survey = survey;
  }

  /** The pause between two glances that suits this system. */
  Duration pause() {
    return names.get().isEmpty() ? PAUSE_WITHOUT_NAMES : PAUSE;
  }

  @Override
  public List<KeyDescriptor> get() {
    Set<String> now = names.get();
    unrest = now.equals(before) ? 0 : unrest + 1;
    before = now;
    glances++;
    if (isSurveyDue(now)) {
      survey(now);
    }
    if (failure != null) {
      throw failure;
    }
    return keys;
  }

  private boolean isSurveyDue(Set<String> now) {
    return surveyed == null
        || now.isEmpty()
        || glances >= LONGEST_REST
        || !now.equals(surveyed) && (unrest == 0 || unrest > LONGEST_UNREST);
  }

  private void survey(Set<String> now) {
    try {
      keys = survey.get();
      failure = null;
    } catch (PluginException e) {
      failure = e;
    }
    surveyed = now;
    glances = 0;
    unrest = 0;
  }
}
