package dev.keysmith.core.event;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Task;
import dev.keysmith.core.platform.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;

/**
 * Takes recorded events from the queue and has them delivered, from start to stop of the server.
 */
@ApplicationScoped
public class Dispatcher {

  /** For events whose observers do not wait for others; interactive work may hang on them. */
  private static final int QUICK_THREADS = 4;

  /** For those whose observers wait for identity providers, a minute at worst. */
  private static final int SLOW_THREADS = 8;

  /** Each scheduler takes the other's tasks for unknown ones, and would delete them in the end. */
  private static final Duration NEVER = Duration.ofDays(36_500);

  @Inject DataSource dataSource;
  @Inject ExecutorService executor;
  @Inject Clock clock;
  @Inject Configuration configuration;
  @Inject Delivery delivery;

  private volatile List<Scheduler> schedulers = List.of();

  /** Begins to deliver, first of all what a crash of this node has interrupted. */
  public void start() {
    release(configuration.node());
    List<Scheduler> started =
        List.of(
            scheduler(delivery.quick(), QUICK_THREADS), scheduler(delivery.slow(), SLOW_THREADS));
    started.forEach(Scheduler::start);
    schedulers = started;
  }

  private Scheduler scheduler(Task<?> task, int threads) {
    return Scheduler.create(dataSource, task)
        .schedulerName(new SchedulerName.Fixed(configuration.node()))
        .serializer(new EventJson())
        .clock(clock::instant)
        .executorService(new BorrowedExecutor(executor))
        .threads(threads)
        .pollingInterval(Duration.ofSeconds(2))
        .heartbeatInterval(Duration.ofSeconds(10))
        .shutdownMaxWait(Duration.ofSeconds(10))
        .deleteUnresolvedAfter(NEVER)
        .build();
  }

  /** Lets deliveries under way finish for some seconds; what does not, is delivered again. */
  public void stop() {
    List<Scheduler> running = schedulers;
    schedulers = List.of();
    running.forEach(Scheduler::stop);
  }

  /** Looks into the queue now, not only at the next poll. */
  void wake() {
    schedulers.forEach(Scheduler::triggerCheckForDueExecutions);
  }

  /** Releases executions that this node had picked before its restart. */
  private void release(String node) {
    String sql =
        "update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null,"
            + " version = version + 1 where picked_by = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, node);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("The event queue cannot be read: " + e.getMessage(), e);
    }
  }
}
