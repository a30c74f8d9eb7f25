package dev.keysmith.core.plugin.guard;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one way into a plugin. Each call has a time limit and runs on a thread that can be given up.
 * What comes out is a result that is not null, or a {@link PluginException}, or an exception of the
 * server's own. A breach of the contract is logged and remembered with the plugin's name.
 *
 * <p>Callers hold no lock and no transaction meanwhile. Calls that hang are bounded: when there are
 * too many, no further one is let in until one of them comes back. Calls that end something are let
 * in all the same, because what stays open would stay so for good.
 */
public final class ForeignCalls {

  private static final Logger LOG = System.getLogger(ForeignCalls.class.getName());
  private static final int MOST_HANGING = 8;
  private static final Duration MEMORY = Duration.ofHours(1);

  private final String plugin;
  private final ClassLoader loader;
  private final Clock clock;
  private final TimeLimits limits;
  private final ForeignThreads threads;
  private final AtomicInteger hanging = new AtomicInteger();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Map<String, PluginFault> faults = new ConcurrentHashMap<>();

  /**
   * @param plugin its name, or where it was found as long as the name is not known
   * @param loader its class loader
   */
  public ForeignCalls(String plugin, ClassLoader loader, Clock clock, TimeLimits limits) {
    this.plugin = plugin;
    this.loader = loader;
    this.clock = clock;
    this.limits = limits;
    this.threads = new ForeignThreads(plugin);
  }

  /** The same for the plugin under its own name. */
  public ForeignCalls named(String name) {
    return new ForeignCalls(name, loader, clock, limits);
  }

  String plugin() {
    return plugin;
  }

  public TimeLimits limits() {
    return limits;
  }

  /** How the plugin breaks its contract now: what hangs, and what was wrong in the last hour. */
  List<PluginFault> faults() {
    Instant from = clock.instant().minus(MEMORY);
    return faults.values().stream()
        .filter(fault -> fault.hangs() || fault.at().isAfter(from))
        .sorted(Comparator.comparing(PluginFault::call))
        .toList();
  }

  /**
   * Calls.
   *
   * @param what the method, for people
   * @throws PluginException the plugin's own, or one that says how it broke the contract
   */
  public <T> T call(String what, Duration limit, Supplier<T> body) {
    return call(what, limit, body, result -> {});
  }

  /** As above; {@code late} gets a result that came too late, to close it. */
  <T> T call(String what, Duration limit, Supplier<T> body, Consumer<T> late) {
    return outcome(what, begin(what, limit, body, late));
  }

  /** Calls what returns nothing. */
  void run(String what, Duration limit, Runnable body) {
    call(what, limit, returningTrue(body));
  }

  private static Supplier<Boolean> returningTrue(Runnable body) {
    return () -> {
      body.run();
      return Boolean.TRUE;
    };
  }

  /**
   * As {@link #run}, for what must not fail: to cancel and to close. It is tried however many calls
   * hang.
   */
  void quietly(String what, Duration limit, Runnable body) {
    try {
      ForeignCall<Boolean> call = make(what, limit, returningTrue(body), result -> {});
      start(call);
      outcome(what, call);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Plugin {0}: {1} failed: {2}", plugin, what, e.getMessage());
    }
  }

  /** Sends a call on its way. */
  <T> ForeignCall<T> begin(String what, Duration limit, Supplier<T> body, Consumer<T> late) {
    ForeignCall<T> call = prepare(what, limit, body, late);
    start(call);
    return call;
  }

  /** Makes a call that its caller starts, so that the caller can keep it before it runs. */
  <T> ForeignCall<T> prepare(String what, Duration limit, Supplier<T> body, Consumer<T> late) {
    if (hanging.get() >= MOST_HANGING) {
      throw new PluginException(Reason.UNAVAILABLE, Complaints.tooManyHang(plugin));
    }
    return make(what, limit, body, late);
  }

  /** Starts a call that was prepared. */
  void start(ForeignCall<?> call) {
    try {
      threads.execute(call);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // Out of memory here means that the machine gives no further thread.
      throw new PluginException(Reason.UNAVAILABLE, Complaints.noThread(plugin));
    }
  }

  private <T> ForeignCall<T> make(String what, Duration limit, Supplier<T> body, Consumer<T> late) {
    if (known.add(what)) {
      LOG.log(Level.INFO, "Plugin {0}: first call of {1}", plugin, what);
    }
    return new ForeignCall<>(
        body,
        new ForeignCall.Terms<>(limit, late, () -> hangs(what, limit), () -> isBack(what)),
        loader);
  }

  /** Waits for a call and judges what it did. */
  <T> T outcome(String what, ForeignCall<T> call) {
    if (!ended(call)) {
      throw new PluginException(Reason.TIMED_OUT, Complaints.hangs(plugin, what));
    }
    call.misbehaviour()
        .ifPresent(
            wrong -> {
              throw refused(what, wrong);
            });
    faults.remove(what);
    call.rightful()
        .ifPresent(
            thrown -> {
              throw thrown;
            });
    return Objects.requireNonNull(call.result());
  }

  private boolean ended(ForeignCall<?> call) {
    try {
      return call.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException(Reason.UNAVAILABLE, Complaints.interrupted(plugin));
    }
  }

  /** Writes a breach of the contract down, and returns what to throw. */
  PluginException refused(String what, Misbehaviour wrong) {
    String reason = Complaints.broken(plugin, what, wrong.what());
    LOG.log(Level.WARNING, () -> reason + System.lineSeparator() + wrong.trace());
    faults.put(what, new PluginFault(plugin, what, clock.instant(), false, reason));
    return new PluginException(Reason.UNAVAILABLE, reason, new PluginBreach(wrong.what()));
  }

  private void hangs(String what, Duration limit) {
    hanging.incrementAndGet();
    String reason = Complaints.hangs(plugin, what);
    LOG.log(Level.WARNING, "{0} It was given {1}.", reason, limit);
    faults.put(what, new PluginFault(plugin, what, clock.instant(), true, reason));
  }

  private void isBack(String what) {
    hanging.decrementAndGet();
    faults.remove(what);
    LOG.log(Level.INFO, "Plugin {0}: {1} has returned after all", plugin, what);
  }
}
