package dev.keysmith.core.plugin.guard;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A method of one instance or factory that is not called again while a call of it hangs. */
final class Lane {

  private final ForeignCalls calls;
  private final String what;
  private volatile @Nullable ForeignCall<?> last;

  Lane(ForeignCalls calls, String what) {
    this.calls = calls;
    this.what = what;
  }

  <T> T call(Duration limit, Supplier<T> body) {
    return call(limit, body, result -> {});
  }

  /** As above; {@code late} gets a result that came too late, to close it. */
  <T> T call(Duration limit, Supplier<T> body, Consumer<T> late) {
    ForeignCall<?> before = last;
    if (before != null && before.isStuck()) {
      throw new PluginException(Reason.UNAVAILABLE, Complaints.hangs(calls.plugin(), what));
    }
    ForeignCall<T> call = calls.prepare(what, limit, body, late);
    // Before it runs: to cancel from inside the call must find this call, not the one before.
    last = call;
    calls.start(call);
    return calls.outcome(what, call);
  }

  /** Bounds how long a caller waits for the call under way. */
  void hurry(Duration limit) {
    ForeignCall<?> present = last;
    if (present != null) {
      present.hurry(limit);
    }
  }
}
