package dev.keysmith.core.server;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A server that has noted that it runs. */
@Entity
@Table(name = "server_node")
public class ServerNode {

  @Id private String name = "";

  private Instant seen = Instant.EPOCH;

  /** For JPA. */
  protected ServerNode() {}

  ServerNode(String name, Instant seen) {
    this.name = name;
    this.seen = seen;
  }

  void seen(Instant now) {
    seen = now;
  }
}
