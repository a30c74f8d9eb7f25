package dev.keysmith.core.event;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import dev.keysmith.core.platform.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes recorded events from the queue and has them delivered, from start to stop of the server.
 */
@ApplicationScoped
public class Dispatcher {

  private static final int THREADS = 8;

  @Inject DataSource dataSource;
  @Inject ExecutorService executor;
  @Inject Clock clock;
  @Inject Configuration configuration;
  @Inject Delivery delivery;

  private volatile @Nullable Scheduler scheduler;

  /** Begins to deliver, first of all what a crash of this node has interrupted. */
  public void start() {
    String node = configuration.node();
    release(node);
    Scheduler started =
        Scheduler.create(dataSource, delivery.task())
            .schedulerName(new SchedulerName.Fixed(node))
            .serializer(new EventJson())
            .clock(clock::instant)
            .executorService(new BorrowedExecutor(executor))
            .threads(THREADS)
            .pollingInterval(Duration.ofSeconds(2))
            .heartbeatInterval(Duration.ofSeconds(10))
            .shutdownMaxWait(Duration.ofSeconds(10))
            .build();
    started.start();
    scheduler = started;
  }

  /** Lets deliveries under way finish for some seconds; what does not, is delivered again. */
  public void stop() {
    Scheduler running = scheduler;
    scheduler = null;
    if (running != null) {
      running.stop();
    }
  }

  /** Looks into the queue now, not only at the next poll. */
  void wake() {
    Scheduler running = scheduler;
    if (running != null) {
      running.triggerCheckForDueExecutions();
    }
  }

  /** What this node had taken before it started anew is in nobody's hands. */
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
