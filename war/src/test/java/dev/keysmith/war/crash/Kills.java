package dev.keysmith.war.crash;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** Kills servers while the desks write. */
final class Kills {

  private static final long LOOK_AGAIN_NANOS = 50_000_000;
  private static final long LONGEST_PAUSE_NANOS = 6_000_000_000L;
  private static final int BOTH_UP_IN = 4;

  private final Plan plan;
  private final Cluster cluster;
  private final Desks desks;
  private final Facts facts;
  private final RandomGenerator random;
  private final long end;
  private final Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
  private int done;
  private int met;

  Kills(Plan plan, Cluster cluster, Desks desks, Facts facts, RandomGenerator random) {
    this.plan = plan;
    this.cluster = cluster;
    this.desks = desks;
    this.facts = facts;
    this.random = random;
    end = System.nanoTime() + plan.longest().toNanos();
  }

  /** Calls people to the desks in portions, and kills a server during each but the last. */
  void run(List<Person> people) throws InterruptedException, SQLException {
    int given = 0;
    for (int kill = 1; kill <= plan.kills(); kill++) {
      int until = people.size() * kill / (plan.kills() + 1);
      desks.give(people.subList(given, until));
      int busy = given + 1 + random.nextInt(until - given);
      await("people come", () -> desks.begun() >= busy);
      LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
      kill(kill);
      given = until;
    }
    desks.give(people.subList(given, people.size()));
    await("all are served", () -> desks.served() == people.size());
    cluster.awaitRestarts();
  }

  private void kill(int number) throws InterruptedException, SQLException {
    boolean forGood = number == plan.last();
    Node victim = forGood ? cluster.mortal() : cluster.someLiving(random);
    List<Running> sessions = desks.at(victim);
    victim.kill();
    done++;
    note(number, victim, sessions.stream().filter(session -> !session.isOver()).toList());
    if (!forGood) {
      cluster.restart(victim);
    }
    int wanted = number < plan.last() && random.nextInt(BOTH_UP_IN) > 0 ? 2 : 1;
    boolean mortalNext = number + 1 == plan.last();
    await(
        "servers are up",
        () -> cluster.living().size() >= wanted && (!mortalNext || cluster.mortal().lives()));
  }

  private void note(int number, Node victim, List<Running> sessions) throws SQLException {
    for (Running session : sessions) {
      Moment moment = facts.momentOf(session);
      met++;
      moments.merge(moment, 1, Integer::sum);
      System.out.printf(
          "kill %d, server %s, %s: %s%n",
          number, victim.name(), session.person().login(), moment.text());
    }
    if (sessions.isEmpty()) {
      moments.merge(Moment.IDLE, 1, Integer::sum);
      System.out.printf("kill %d, server %s: %s%n", number, victim.name(), Moment.IDLE.text());
    }
  }

  /** The table of kills by the moment of the sessions that they met. */
  String table() {
    StringBuilder table = new StringBuilder("| killed while | times |\n|---|---|\n");
    for (Moment moment : Moment.values()) {
      table.append("| %s | %d |%n".formatted(moment.text(), moments.getOrDefault(moment, 0)));
    }
    return table.toString();
  }

  int done() {
    return done;
  }

  /** How many sessions ran on servers when these were killed. */
  int met() {
    return met;
  }

  private void await(String what, BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      cluster.requireRestarts();
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("The time is over, and it is still not so that " + what + ".");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
