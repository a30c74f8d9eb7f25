package dev.keysmith.core.event;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/** Delivers events on the thread of the test, when the test says so. */
@Dependent
public class TestDispatcher {

  private static final int MAX_ROUNDS = 100;

  @Inject DataSource dataSource;
  @Inject Delivery delivery;
  @Inject Clock clock;

  /** Delivers what is due, and what is recorded meanwhile, until nothing is due. */
  public void deliver() throws SQLException {
    SettableClock now = new SettableClock();
    now.set(clock.instant());
    TestHelper.ManualSchedulerBuilder builder =
        TestHelper.createManualScheduler(dataSource, delivery.tasks()).clock(now);
    builder.serializer(new EventJson());
    ManualScheduler scheduler = builder.build();
    for (int round = 0; due() > 0; round++) {
      if (round == MAX_ROUNDS) {
        throw new IllegalStateException("Events follow from events without end");
      }
      now.set(clock.instant());
      scheduler.runAnyDueExecutions();
    }
  }

  /** How many events wait, due or not. */
  public long queued() throws SQLException {
    return count(OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
  }

  private long due() throws SQLException {
    return count(clock.instant().atOffset(ZoneOffset.UTC));
  }

  private long count(OffsetDateTime until) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement query =
            connection.prepareStatement(
                "select count(*) from scheduled_tasks where execution_time <= ? and not picked")) {
      query.setObject(1, until);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
