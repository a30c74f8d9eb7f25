package dev.keysmith.war.crash;

import dev.keysmith.war.it.Api;
import dev.keysmith.war.it.Key;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Operators who write keys for people, each at whichever server lives. When one dies under their
 * hands they try again, or leave it for later. Thread-safe.
 */
final class Desks {

  private static final int MOST_TRIES = 12;
  private static final int LEAVE_ONE_OF = 4;

  private final Cluster cluster;
  private final BlockingQueue<Person> waiting = new LinkedBlockingQueue<>();
  private final Set<Running> running = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> endings = new TreeMap<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger();

  Desks(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Opens them. */
  void open(int desks, SplittableRandom random) {
    for (int desk = 1; desk <= desks; desk++) {
      RandomGenerator own = random.split();
      Thread thread = new Thread(() -> work(own), "desk " + desk);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** More people come. */
  void give(Collection<Person> people) {
    waiting.addAll(people);
  }

  /** How many people have been asked to the desks. */
  int begun() {
    return begun.get();
  }

  /** How many have left them. */
  int served() {
    return served.get();
  }

  /** The sessions that run on a server. */
  List<Running> at(Node node) {
    return running.stream().filter(it -> it.node() == node && !it.isOver()).toList();
  }

  /** How sessions ended, and how often. */
  Map<String, Integer> endings() {
    synchronized (endings) {
      return new TreeMap<>(endings);
    }
  }

  private void work(RandomGenerator random) {
    try {
      while (true) {
        Person person = waiting.take();
        begun.incrementAndGet();
        person.virtual().plugIn();
        try {
          serve(person, random);
        } finally {
          person.virtual().unplug();
          served.incrementAndGet();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Person person, RandomGenerator random) {
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      Node node = cluster.someLiving(random);
      String ending = count(write(person, node, tries > 1));
      boolean left = !node.lives() && random.nextInt(LEAVE_ONE_OF) == 0;
      if (ending.equals("DONE") || left) {
        return;
      }
      LockSupport.parkNanos(500_000_000L + random.nextLong(2_500_000_000L));
    }
    count("given up after " + MOST_TRIES + " tries");
  }

  private String count(String ending) {
    synchronized (endings) {
      endings.merge(ending, 1, Integer::sum);
    }
    return ending;
  }

  /**
   * Runs one session; DONE, or why it did not come to a good end.
   *
   * @param again whether the person had one before
   */
  String write(Person person, Node node, boolean again) {
    Running session = new Running(person, node, again);
    running.add(session);
    try {
      Api api = cluster.api(node);
      Api.Answer answer = api.post("/api/key-sessions", wanted(person));
      if (answer.status() != 202) {
        return "refused: " + answer.problem();
      }
      String address = URI.create(answer.header("Location")).getPath();
      return ending(api.follow(address + "/events", session::saw));
    } catch (AssertionError | UncheckedIOException e) {
      return node.lives() ? "no answer from a server that lives" : "the server was killed";
    } finally {
      running.remove(session);
    }
  }

  private static Map<String, Object> wanted(Person person) {
    return Map.of(
        "transport", "bench", "key", person.key(), "userId", person.userId(), "pin", Key.PIN);
  }

  private static String ending(JsonNode session) {
    JsonNode entries = session.required("entries");
    String code = entries.get(entries.size() - 1).required("message").required("code").asString();
    boolean written = code.equals("session.done") || code.equals("session.none-waits");
    return written ? "DONE" : session.required("state").asString() + ": " + code;
  }
}
