package dev.keysmith.station.doctor;

import dev.keysmith.station.desk.KeyList;
import dev.keysmith.station.link.TransportState;
import java.util.List;
import java.util.function.Consumer;

/** Whether any transport sees a key. */
final class KeysCheck {

  private static final String SUBJECT = "keys";

  private final Consumer<Finding> out;

  KeysCheck(Consumer<Finding> out) {
    this.out = out;
  }

  void run(List<TransportState> states) {
    for (TransportState state : states) {
      state
          .problem()
          .ifPresent(
              problem ->
                  out.accept(Finding.problem(SUBJECT, state.name() + ": " + problem.message())));
      state.keys().forEach(key -> out.accept(Finding.ok(SUBJECT, KeyList.line(state.name(), key))));
    }
    if (states.isEmpty()) {
      out.accept(
          Finding.problem(
              SUBJECT, "No key transport is allowed. Correct the setting \"transports\"."));
    } else if (states.stream().allMatch(state -> state.keys().isEmpty())) {
      out.accept(Finding.warning(SUBJECT, "No security key is seen."));
    }
  }
}
