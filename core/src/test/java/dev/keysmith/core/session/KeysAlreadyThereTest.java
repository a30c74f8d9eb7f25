package dev.keysmith.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.key.Station.Change;
import dev.keysmith.core.key.Station.Look;
import dev.keysmith.spi.key.KeyDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeysAlreadyThereTest {

  private static final Look TROUBLE = new Look(List.of(), Map.of("usb", "It does not answer."));

  private final PluggedKey before = key("before");
  private final PluggedKey other = key("other");
  private final KeysAlreadyThere there = new KeysAlreadyThere(look(before));

  @Test
  void namesNeitherAKeyThatCameLaterNorOneThatWasPulledOut() {
    there.see(new Change(List.of(other), List.of(), look(before, other)));
    assertThat(there.contains(before)).isTrue();
    assertThat(there.contains(other)).isFalse();

    there.see(new Change(List.of(), List.of(before), look(other)));
    there.see(new Change(List.of(before), List.of(), look(before, other)));

    assertThat(there.contains(before)).isFalse();
  }

  @Test
  void namesAKeyDuringAndAfterAProblemOfItsTransport() {
    there.see(new Change(List.of(), List.of(before), TROUBLE));
    assertThat(there.contains(before)).isTrue();

    there.see(new Change(List.of(before, other), List.of(), look(before, other)));

    assertThat(there.contains(before)).isTrue();
    assertThat(there.contains(other)).as("it may have been there before the problem").isTrue();
  }

  @Test
  void forgetsAKeyThatIsNotThereAnyMoreAfterAProblem() {
    there.see(new Change(List.of(), List.of(before), TROUBLE));
    there.see(new Change(List.of(), List.of(), look()));
    there.see(new Change(List.of(before), List.of(), look(before)));

    assertThat(there.contains(before)).isFalse();
  }

  @Test
  void namesTheFirstListOfATransportThatHadAProblemAtTheMoment() {
    KeysAlreadyThere unseen = new KeysAlreadyThere(TROUBLE);
    unseen.see(new Change(List.of(), List.of(), TROUBLE));
    unseen.see(new Change(List.of(before), List.of(), look(before)));
    unseen.see(new Change(List.of(other), List.of(), look(before, other)));

    assertThat(unseen.contains(before)).isTrue();
    assertThat(unseen.contains(other)).isFalse();
  }

  @Test
  void leavesKeysOfOtherTransportsAloneDuringAProblem() {
    PluggedKey nfc = new PluggedKey("nfc", before.descriptor());
    KeysAlreadyThere both = new KeysAlreadyThere(look(before, nfc));
    both.see(new Change(List.of(), List.of(before, nfc), TROUBLE));
    both.see(new Change(List.of(before, nfc), List.of(), look(before, nfc)));

    assertThat(both.contains(before)).isTrue();
    assertThat(both.contains(nfc)).isFalse();
  }

  private static Look look(PluggedKey... keys) {
    return new Look(List.of(keys), Map.of());
  }

  private static PluggedKey key(String id) {
    return new PluggedKey("usb", new KeyDescriptor(id, "Key", "port " + id, Optional.empty()));
  }
}
