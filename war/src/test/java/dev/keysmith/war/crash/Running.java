package dev.keysmith.war.crash;

import tools.jackson.databind.JsonNode;

/** A key session that runs, as far as its desk has seen it. Thread-safe. */
final class Running {

  private final Person person;
  private final Node node;
  private final boolean again;
  private volatile String step = "";
  private volatile boolean over;

  /**
   * @param again whether the person had a session before
   */
  Running(Person person, Node node, boolean again) {
    this.person = person;
    this.node = node;
    this.again = again;
  }

  Person person() {
    return person;
  }

  Node node() {
    return node;
  }

  boolean isAgain() {
    return again;
  }

  /** The step of the last entry; empty before the first. */
  String step() {
    return step;
  }

  boolean isOver() {
    return over;
  }

  /** Takes a state in; whether it is the last. */
  boolean saw(JsonNode session) {
    JsonNode entries = session.required("entries");
    if (entries.size() > 0) {
      step = entries.get(entries.size() - 1).required("step").asString();
    }
    over = !session.required("state").asString().equals("RUNNING");
    return over;
  }
}
